"""QR codes as pictures that stand in a page."""

import io

import segno


def svg(text: str) -> str:
    """Return a QR code of the text as an SVG element of whatever size the page gives it.

    Middle error correction survives a creased print.
    """
    buffer = io.BytesIO()
    segno.make(text, error="m").save(buffer, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
    return buffer.getvalue().decode()
