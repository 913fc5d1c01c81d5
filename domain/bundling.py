"""How files are named where those of many agencies lie in one folder: safe anywhere, told apart, never twice."""

import re
from collections.abc import Iterable, Iterator

from domain.words import fold

_LONGEST = 80
_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{one}{at}" for one in ("com", "lpt") for at in range(1, 10))}


def safe(text: str) -> str:
    """Return a text as a piece of a file's name: plain letters, digits, points and dashes, never hidden or reserved."""
    plain = "".join(one if ord(one) < 128 else fold(one) for one in text)
    name = _UNSAFE.sub("-", plain).strip("-.")
    return f"tep-{name}" if name.partition(".")[0].lower() in _RESERVED or not name else name


def entry_name(agency_code: str, code: str, number: str, name: str) -> str:
    """Return "STP-NV-0012_45-KH-STP_ket-qua.pdf": whose, which task, which document, and the file's own name."""
    stem, point, ending = name.rpartition(".")
    short = len(ending) <= 8 and point
    stem, ending = (stem, safe(ending).lower()) if short else (name, "")
    parts = [f"{safe(agency_code)}-{safe(code)}", *([safe(number)] if number else []), safe(stem)]
    whole = "_".join(parts)[:_LONGEST].rstrip("-._")
    return f"{whole}.{ending}" if ending else whole


def unique(names: Iterable[str]) -> Iterator[str]:
    """Yield the names in order, a later one of the same spelling (case apart) with -2, -3… before its ending."""
    seen: set[str] = set()
    for name in names:
        stem, point, ending = name.rpartition(".")
        if not stem:
            stem, point, ending = name, "", ""
        at, found = 1, name
        while found.lower() in seen:
            at += 1
            found = f"{stem}-{at}{point}{ending}"
        seen.add(found.lower())
        yield found
