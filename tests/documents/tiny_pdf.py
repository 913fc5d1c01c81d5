"""Small PDF files for tests: ruled tables and lines of Vietnamese text, written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LETTER_WIDTH = 5.0
LINE_HEIGHT = 12.0
PAGE = (600, 400)


@dataclass
class Page:
    """What to draw; places are in points from the top left corner of the page."""

    texts: list[tuple[float, float, str]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def write(self, left: float, top: float, *lines: str) -> None:
        for number, line in enumerate(lines):
            at = left
            for word in line.split():
                self.texts.append((at, top + number * LINE_HEIGHT, word))
                at += (len(word) + 1) * LETTER_WIDTH

    def cell(self, left: float, top: float, right: float, bottom: float, *lines: str) -> None:
        self.boxes.append((left, top, right, bottom))
        self.write(left + 3, top + 3, *lines)

    def row(self, edges: Sequence[float], top: float, bottom: float, *cells: str) -> None:
        for left, right, text in zip(edges, edges[1:], cells, strict=False):
            self.cell(left, top, right, bottom, *text.split("\n"))


def save(path: Path, pages: Sequence[Page], *, trailer: str = "", extra: str = "") -> Path:
    """Write the pages to a file; `trailer` goes into the trailer and `extra` is a further object."""
    letters = sorted({letter for page in pages for _, _, word in page.texts for letter in word})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /DW 500 /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor"
        " /FontName /Test /Flags 4 /Ascent 750 /Descent -250 /FontBBox [0 -250 500 750] >> >>",
        _stream(_to_unicode(codes)),
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents {7 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(_stream(_drawing(page, codes)))
    objects += [extra] if extra else []
    path.write_bytes(_file(objects, trailer))
    return path


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _to_unicode(codes: dict[str, int]) -> str:
    pairs = [f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items()]
    chunks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Test def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    )


def _drawing(page: Page, codes: dict[str, int]) -> str:
    height = PAGE[1]
    out = [f"{x} {height - bottom} {right - x} {bottom - top} re S" for x, top, right, bottom in page.boxes]
    for left, top, word in page.texts:
        shown = "".join(f"{codes[letter]:04x}" for letter in word)
        out.append(f"BT /F 10 Tf {left} {height - top - 8} Td <{shown}> Tj ET")
    return "\n".join(out)


def _file(objects: Sequence[str], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    return out + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
