"""Whether what an officer typed about a document agrees with what the document says of itself."""

from datetime import date

from domain.evidence import DocumentRef
from domain.words import fold


def together(typed: DocumentRef, read: DocumentRef, today: date) -> DocumentRef | None:
    """Return number and date from both, None where they contradict each other.

    A bare "45" agrees with "45/KH-STC". A date after today was misread: no document bears one.
    """
    on = read.on if read.on is not None and read.on <= today else None
    if typed.number and read.number and not _same(typed.number, read.number):
        return None
    if typed.on and on and typed.on != on:
        return None
    return DocumentRef(_fuller(typed.number, read.number), typed.on or on)


def _same(typed: str, read: str) -> bool:
    wanted, found = _bare(typed), _bare(read)
    return wanted == found or (wanted.isdigit() and found.partition("/")[0].lstrip("0") == wanted.lstrip("0"))


def _bare(number: str) -> str:
    return fold(number).replace(" ", "").replace("–", "-")


def _fuller(typed: str | None, read: str | None) -> str | None:
    if typed and read:
        return read if _bare(typed).isdigit() else typed
    return typed or read
