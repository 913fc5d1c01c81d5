"""How Excel shows a number or a date: the number formats of a workbook's cells."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from xml.etree import ElementTree

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHUNK = 1 << 16
_BUILT_IN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mm/yyyy"}
_UNSHOWN = re.compile(r"\[[^\]]*\]|\\|\"[^\"]*\"|_.|\*.|;.*$")
_TIME = re.compile(r"[\s,]*(h+|s+)([:.]?(m+|s+|AM/PM))*.*$", re.IGNORECASE)
_DATE_PART = re.compile(r"y+|m+|d+")


def of_sheet(archive: zipfile.ZipFile, sheet_name: str) -> dict[tuple[int, int], str]:
    """Return the format codes of a sheet's cells by row and column from 0; cells shown plainly are left out."""
    codes = _codes(archive)
    part = part_of(archive, sheet_name) if codes else None
    if part is None:
        return {}
    styles = b"|".join(style.encode() for style in codes)
    cell = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*?\ss=\"(" + styles + rb")\")[^>]*?\sr=\"([A-Z]+)(\d+)\"")
    found: dict[tuple[int, int], str] = {}
    for piece in tags(archive, part):
        for style, letters, number in cell.findall(piece):
            found[int(number) - 1, _column(letters.decode())] = codes[style.decode()]
    return found


def tags(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in pieces of bounded size that never cut a tag in two."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"<"), 0)
            yield text[:cut]
            rest = text[cut:]
    yield rest


def shown_date(value: date, code: str | None) -> str:
    """Return a date as Excel shows it; without a code, or with one that names months, as dd/mm/yyyy."""
    plain = _TIME.sub("", _UNSHOWN.sub("", code or "")).strip().lower()
    parts = _DATE_PART.findall(plain)
    if not parts or any(len(part) > 2 and part[0] != "y" for part in parts):
        return f"{value:%d/%m/%Y}"
    forms: Mapping[str, str] = {
        "yyyy": f"{value.year:04d}",
        "yy": f"{value.year % 100:02d}",
        "y": f"{value.year % 100:02d}",
        "mm": f"{value.month:02d}",
        "m": str(value.month),
        "dd": f"{value.day:02d}",
        "d": str(value.day),
    }
    return _DATE_PART.sub(lambda match: forms.get(match[0], f"{value.year:04d}"), plain)


def shown_number(value: float, code: str | None) -> str:
    """Return a number as Excel shows it, as far as percent and decimals go."""
    plain = _UNSHOWN.sub("", code or "")
    decimals = re.search(r"0\.(0+)", plain)
    if "%" in plain:
        return f"{value * 100:.{len(decimals[1])}f}%" if decimals else f"{value * 100:.10g}%"
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    return f"{value:.10g}"


def part_of(archive: zipfile.ZipFile, sheet_name: str) -> str | None:
    """Return the name of the part that holds a sheet, None where the workbook does not tell."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = {s.get("name"): s.get(f"{_R}id") for s in book.iter(f"{_S}sheet")}
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    target = targets.get(sheets.get(sheet_name), "").lstrip("/")
    part = target if target.startswith("xl/") else f"xl/{target}"
    return part if part in archive.namelist() else None


def _codes(archive: zipfile.ZipFile) -> dict[str, str]:
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in styles.iter(f"{_S}numFmt")}
    formats = styles.find(f"{_S}cellXfs")
    numbers = [int(f.get("numFmtId", "0")) for f in formats] if formats is not None else []
    codes = {str(i): own.get(number, _BUILT_IN.get(number, "")) for i, number in enumerate(numbers)}
    return {style: code for style, code in codes.items() if code and code != "General"}


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
