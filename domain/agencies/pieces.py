"""Cutting a cell into its bullets, its parts and its names, always in the spelling of the source."""

import re
from collections.abc import Iterator

from domain.agencies.lists import FIELDS, beginning, spread
from domain.agencies.words import AREAS, BODIES, COLLECTIVE, HEADS, LABEL, NEEDS_NAME, flat
from domain.words import nfc, squeeze

_BULLET = re.compile(r"^(?:[\s\-–—+*·•●▪◦➢✓]|(?:\d{1,2}|[a-dđ])[.)](?=\s))+")
_INLINE = re.compile(r"(?<=[.;:,])\s+(?=[-–—+•·](?:\s|[^\W\d_]))")
_DASH = re.compile(r"\s[-–—+]\s+")
_STOP = re.compile(r"\s*;\s*|(?<=[^\W\d_]{2}[^\W\d_])\.\s+(?=[^\W\d_])|(?<=\))\.\s+(?=[^\W\d_])|\.\.+\s+")
_AFTER_NOTE = re.compile(r"(\((?:chủ trì|phối hợp|theo dõi|thực hiện|cơ quan chủ trì)\))\s*,\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s*&\s*|\s*/\s*", re.IGNORECASE)
_OPEN_BODIES = re.compile(
    rf"(?:^|[,/] ?|\bva |\b(?:thu truong|lanh dao|nguoi dung dau|giam doc) )(?:cac )?(?:{BODIES})$"
)
_OPEN_AREAS = re.compile(rf"(?:\bubnd|uy ban nhan dan|,|/|\bva|\bdan|\bdang uy|\bhuyen|\btren)(?: cac)? ?(?:{AREAS})$")
_BODY = re.compile(rf"(?:{BODIES})(?=$|[,;/ ])")
_AREA = re.compile(rf"(?:{AREAS})(?=$|[,;/()]| va| trên| tren| thuoc| trong| co| lien quan| chu tri| phoi hop)")
_NEAR = 300  # letters on either side that tell whether a separator divides two names
_UNFINISHED = re.compile(
    r"(?:\b(?:van phong|vp|so|phong|ban|cuc|chi cuc|trung tam|cac|va|hdnd|dbqh|hoi|thuoc|cua|voi|to|truong|chu tich)"
    r"|[,&(-])$"
)
_HALF_OFFICE = re.compile(r"(?:hdnd|hoi dong nhan dan|dbqh|dai bieu quoc hoi)$")
_BARE_PRESS = ("bao", "cac bao")  # "Báo và Đài tỉnh" is one body, or two of one place
_OFFICE_PAIR = re.compile(r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)\b")
_CENTRAL_UNIT = re.compile(r"(?:cuc|vu|tong cuc) [^,]*$")
_CENTRAL_OWNER = re.compile(r"(?:van phong chinh phu|vpcp|bo \w+)")
_PLACE = re.compile(r"\b(?:tai|qua|tren he thong)\b")
_PLACE_HEAD = re.compile(r"(?:bo phan|trung tam|diem|to|he thong|cong)\b")


def bullets(cell: str) -> list[str]:
    """Return the lines a cell was meant to have: bullets apart, broken lines joined, marks gone."""
    lines: list[str] = []
    for raw in nfc(cell).splitlines():
        for piece in _inline(raw):
            text = squeeze(_BULLET.sub("", piece))
            if not text:
                continue
            if lines and not _starts_anew(piece, text, lines[-1]):
                lines[-1] = f"{lines[-1]} {text}"
            else:
                lines.append(text)
    return lines


def parts(line: str) -> list[str]:
    """Return the parts of one bullet, which semicolons and full stops divide."""
    found: list[str] = []
    shared: str | None = None
    for raw in _outside_brackets(_STOP, line):
        for part in map(tidy, _AFTER_NOTE.sub(r"\1\n", raw).split("\n")):
            if shared is not None and part and not begins_name(part):
                part = f"{shared} {part}"
            shared = beginning(part) if ":" in part else shared
            found.append(part)
    return [part for part in found if part]


def tidy(name: str) -> str:
    """Return a name without the marks around it; a bracket that was opened stays closed."""
    text = squeeze(name).strip(" .,;:-–—+*·•…")
    return text[:-1].rstrip(" .,;") if text.endswith(")") and text.count(")") > text.count("(") else text


def cut(text: str) -> list[str]:
    """Return the names in a text without roles: a comma or "và" divides only where a name begins."""
    found: list[str] = []
    start = 0
    for match in _at_depth_zero(_SEPARATOR, text):
        if match.start() >= start and _divides(text, start, match):
            found.append(tidy(text[start : match.start()]))
            start = match.end()
    found.append(tidy(text[start:]))
    return [each for name in found if name for each in spread(name)]


def begins_name(text: str) -> bool:
    """Say whether a text begins like the name of an agency or of a collective."""
    folded = flat(text)
    if COLLECTIVE.match(folded):
        return True
    if not HEADS.match(folded):
        return False
    everyday = NEEDS_NAME.match(folded)
    if everyday is None:
        return True
    rest = text[everyday.end() :]
    if folded.startswith(FIELDS, everyday.end()):
        return True
    return text[:1].isupper() and (rest[:1].isupper() or flat(rest).startswith(("tinh", "thanh pho", "va phat thanh")))


def _inline(raw: str) -> list[str]:
    pieces = _INLINE.split(raw)
    if not _BULLET.match(raw.lstrip() or " "):
        return pieces
    return [each for piece in pieces for each in _dashed(piece)]


def _dashed(piece: str) -> Iterator[str]:
    start = 0
    for match in _DASH.finditer(piece):
        if piece[start : match.start()].strip(" -–—+") and begins_name(piece[match.end() :]):
            yield piece[start : match.start()]
            start = match.start()
    yield piece[start:]


def _starts_anew(raw: str, text: str, before: str) -> bool:
    if _BULLET.match(raw) and raw.lstrip()[:1] in "-–—+*·•●▪◦➢✓":
        return True
    if LABEL.match(flat(text)):
        return True
    if _UNFINISHED.search(flat(before)):
        return False
    return before[-1] in ".;:" or begins_name(text)


def _outside_brackets(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    start = 0
    for match in _at_depth_zero(pattern, text):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


def _at_depth_zero(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    depth = counted = 0
    for match in pattern.finditer(text):
        between = text[counted : match.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        counted = match.start()
        if depth == 0:
            yield match


def _divides(text: str, start: int, match: re.Match[str]) -> bool:
    left = flat(text[max(start, match.start() - _NEAR) : match.start()]).strip()
    right = text[match.end() : match.end() + _NEAR]
    after = flat(right)
    if left in _BARE_PRESS or (_HALF_OFFICE.search(left) and _OFFICE_PAIR.match(after)):
        return False
    if _OPEN_AREAS.search(left) and _AREA.match(after):
        return False
    if _OPEN_BODIES.search(left) and _BODY.match(after) and not right[:1].isupper():
        return False
    if match.group().strip() == "," and _CENTRAL_UNIT.match(left) and _CENTRAL_OWNER.match(after):
        return False
    if _PLACE.search(left) and _PLACE_HEAD.match(after):
        return False
    return begins_name(right)
