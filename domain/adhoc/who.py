"""Whom a sentence gives something: the agencies and collectives it begins with, typed with or without marks.

Cells of a plan are cut by capitals and marks (`domain.agencies`); a line of chat has neither, so names are found by
the directory itself: the longest run of words that it knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.agencies import AgencyPhrase, Directory, Group
from domain.agencies.phrases import levels_of
from domain.agencies.pieces import begins_name
from domain.agencies.words import HEADS, flat

_ALL = r"(?:tat ca |toan bo |toan the )?(?:cac )"
_AREA = r"(?:xa|phuong|dac khu|thi tran|huyen|thi xa|thanh pho)"
_AREAS = rf"{_AREA}(?:\s*(?:,|/|-|va)\s*(?:cac )?{_AREA})*"
_GROUPS = tuple(
    re.compile(rf"(?:{one})(?=$|[\s,;:.(])")
    for one in (
        rf"(?:{_ALL})?so\s*,?\s*(?:(?:va\s+)?ban\s*,?\s*)?(?:va\s+)?nganh(?: cap tinh| cua tinh| tinh)?",
        rf"{_ALL}so(?: cap tinh)?",
        rf"(?:{_ALL})?(?:ubnd|uy ban nhan dan) (?:cap (?:xa|huyen)|cac {_AREAS}|{_AREA}(?:\s*(?:,|/|-|va)\s*{_AREA})+)",
        rf"{_ALL}{_AREAS}",
        rf"{_ALL}(?:co quan |don vi )?(?:nganh doc|trung uong)(?: (?:dong )?tren dia ban)?(?: tinh)?",
        rf"{_ALL}(?:hoi,? )?(?:doan the|to chuc chinh tri ?-? ?xa hoi)",
        rf"{_ALL}(?:co quan )?(?:bao chi|bao,? dai)",
        rf"{_ALL}(?:co quan|don vi|dia phuong)(?:\s*(?:,|va)\s*(?:cac )?(?:don vi|dia phuong))*(?: (?:co )?lien quan)?",
    )
)
_LISTED = re.compile(r"(?:cac )(?P<head>so|phong|ban|xa|phuong|dac khu)\s*:?\s+")
_JOINT = re.compile(r"\s*(?:,|;|&)\s*(?:va\s+|cung\s+)?|\s+(?:va|cung)\s+")
_EXCEPT = re.compile(r"\s*[,(]?\s*(?:ngoai tru|ngoại trừ|trừ|tru|không kể|khong ke)\s+", re.IGNORECASE)
_HELPED = re.compile(r"\s*,?\s*(?:(?:va )?phoi hop(?: chat che)?(?: (?:voi|cung))?)\s+")
_LEADING = re.compile(r"\s*,?\s*(?:la (?:co quan|don vi) )?chu tri(?: thuc hien| tham muu)?(?=\s|,|$)")
_WORD = re.compile(r"[^\s,;:()]+")
_DUTY = re.compile(
    r"\b(?:bao cao|ra soat|gui|tham muu|xay dung|trien khai|thuc hien|tong hop|kiem tra|hoan thanh|cung cap|chu tri|"
    r"phoi hop|to chuc|cap nhat|chuan bi|giai quyet|xu ly|du thao|trinh|lap|tra loi|danh gia|hop|de xuat|cong khai|"
    r"lam|khac phuc|dang ky|nop|bo sung|truoc|cham nhat|tiep tuc|cu|co)\b"
)
_LONGEST_NAME = 12
"""Words of the longest name that is looked for."""
_LONGEST_UNKNOWN = 7
_BARE = frozenset({"ubnd", "uy ban nhan dan", "hdnd", "hoi dong nhan dan"})
"""What names the province's own body, or the beginning of any other's: never enough by itself."""
_JOINING = frozenset({"va", "cac", "cung"})
_OF_AREA = re.compile(r"(?:xa|phuong|dac khu|thi tran)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """Who was named at the beginning of a text, and where the rest of it begins."""

    lead: AgencyPhrase
    coordinating: AgencyPhrase
    after: int


def names(text: str, directory: Directory, on: date) -> Named:
    """Return the agencies and collectives a text begins with, as the directory knows them on a day.

    `after` is 0 where it begins with none. A name that looks like an agency's and is not in the directory is named
    up to the first word of a duty.
    """
    reader = _Reader(text, directory, on)
    lead, at = reader.phrase(0)
    if not at:
        return Named(AgencyPhrase(), AgencyPhrase(), 0)
    folded = flat(text)
    if (leading := _LEADING.match(folded, at)) is not None:
        at = leading.end()
    helping = AgencyPhrase()
    if (helped := _HELPED.match(folded, at)) is not None:
        helping, end = reader.phrase(helped.end())
        at = end or at
    return Named(lead, helping, at)


class _Reader:
    def __init__(self, text: str, directory: Directory, on: date) -> None:
        self.text, self.folded, self.directory, self.on = text, flat(text), directory, on

    def phrase(self, at: int) -> tuple[AgencyPhrase, int]:
        """Return what is named from a place on, and the place after it; 0 where nothing is."""
        named: list[str] = []
        groups: list[Group] = []
        excluded: list[str] = []
        end, head = 0, ""
        while (found := self._one(at, head)) is not None:
            what, end = found
            if isinstance(what, str):
                named.append(what)
                head = head if self._repeats(what, head) else self._head(what)
            else:
                groups += what
            if groups and (without := _EXCEPT.match(self.text, end)) is not None:
                left_out, closed = self.phrase(without.end())
                excluded += left_out.names
                end = closed or end
            if (joint := _JOINT.match(self.folded, end)) is None:
                break
            at = joint.end()
        if self.text[end : end + 1] == ")":
            end += 1
        return AgencyPhrase(tuple(dict.fromkeys(named)), tuple(groups), tuple(excluded)), end

    def _one(self, at: int, head: str) -> tuple[str | list[Group], int] | None:
        listed = _LISTED.match(self.folded, at)
        if listed is not None and (one := self._agency(listed.end(), listed["head"])) is not None:
            return one
        if (one := self._agency(at, head)) is not None:
            return one
        for pattern in _GROUPS:
            if (found := pattern.match(self.folded, at)) is not None:
                raw = self.text[at : found.end()]
                fixed = "lien quan" not in found.group()
                levels = [Group(raw, level, fixed and level != "other") for level in levels_of(raw, self.on)]
                return (levels, found.end()) if levels else None
        return self._unknown(at)

    def _agency(self, at: int, head: str) -> tuple[str, int] | None:
        """Return the longest name at a place that the directory knows, with the place after it."""
        for end in self._ends(at):
            piece = self.text[at:end]
            if self._runs_on(piece, end):
                continue
            for name in self._spellings(piece, head):
                if (found := self.directory.find(name, self.on)) is not None:
                    return found.name, end
        return None

    def _ends(self, at: int) -> Iterator[int]:
        words = [found.end() for found, _ in zip(_WORD.finditer(self.text, at), range(_LONGEST_NAME), strict=False)]
        return reversed(words)

    def _runs_on(self, piece: str, end: int) -> bool:
        """Whether a piece holds more than a name: names are compared without "và", and without what follows "tỉnh"."""
        if flat(piece) in _BARE:
            return True
        *before, last = [flat(word) for word in piece.split()]
        if {"tinh", "pho"} & set(before) or last in _JOINING:
            return True
        typed = piece.split()[-1].lower()
        return last == "tinh" and typed != "tỉnh" and bool(self.text[end:].strip()) and bool(before)

    def _spellings(self, piece: str, head: str) -> Iterator[str]:
        yield piece
        if _OF_AREA.match(flat(piece)):
            yield f"UBND {piece}"
        if head:
            yield f"{head} {piece}"
            if _OF_AREA.match(flat(head)):
                yield f"UBND {head} {piece}"

    def _head(self, name: str) -> str:
        folded = flat(name)
        found = re.match(r"(?:ubnd )?(so|xa|phuong|dac khu|phong|ban)\b", folded)
        return found.group(1) if found else ""

    def _repeats(self, name: str, head: str) -> bool:
        return bool(head) and self._head(name) == head

    def _unknown(self, at: int) -> tuple[str, int] | None:
        """Return a name that begins like an agency's and that the directory does not hold."""
        rest = self.text[at:]
        if not begins_name(rest) or HEADS.match(self.folded, at) is None:
            return None
        words = list(_WORD.finditer(self.text, at))[:_LONGEST_UNKNOWN]
        duty = _DUTY.search(self.folded, words[0].end())
        stop = re.compile(r"[,;:]").search(self.text, at)
        limit = min([words[-1].end(), *([duty.start()] if duty else []), *([stop.start()] if stop else [])])
        name = self.text[at:limit].strip()
        if flat(name) in _BARE:
            return None
        return (name, at + len(self.text[at:limit].rstrip())) if name else None
