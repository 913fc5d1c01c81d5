"""Who in the coordinating office hears of a matter, and when the next above hears that it still waits.

First those who follow its agency or its part of a plan; where none of them can hear, everybody. What nobody has
answered after so many working days is told to the heads of room, after as many again to the heads of the office.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from domain.people import HEAD_OF_OFFICE, HEAD_OF_ROOM
from domain.words import fold

_MARK = re.compile(r"^\s*([IVXLC]+|[A-Z]|\d+(?:\.\d+)*)\s*(?:[.)/-]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What a notice is about, as far as somebody may follow it; None and empty where it has no such thing."""

    agency_id: int | None = None
    level: str | None = None
    plan_id: int | None = None
    section: tuple[str, ...] = ()
    """The headings of the plan above its row, the outermost first: "II. KIỂM SOÁT…", "1. Rà soát…"."""


@dataclass(frozen=True, slots=True)
class Follow:
    """What one person follows: an agency, a level of agencies, a plan, or a section of a plan ("II", "II.1")."""

    person_id: int
    agency_id: int | None = None
    level: str | None = None
    plan_id: int | None = None
    section: str = ""

    def covers(self, about: About) -> bool:
        """Whether a matter is part of what is followed; a follow of nothing covers nothing."""
        if self.agency_id is None and self.level is None and self.plan_id is None:
            return False
        if self.agency_id is not None and self.agency_id != about.agency_id:
            return False
        if self.level is not None and self.level != about.level:
            return False
        if self.plan_id is not None and self.plan_id != about.plan_id:
            return False
        return not self.section or within(self.section, about.section)


@dataclass(frozen=True, slots=True)
class Official:
    """One who works for the coordinating office: the rank, and who hears for that seat today."""

    person_id: int
    rank: int
    hears: int
    """The person who hears: the holder, or the substitute of one who is away."""
    reachable: bool
    """Whether the one who hears has an open chat."""


def marks(section: Sequence[str]) -> str:
    """Return the place of a row among its plan's headings, "II.1"; "" where they carry no numbers."""
    found = [mark.group(1).upper() for one in section if (mark := _MARK.match(one))]
    whole = ""
    for one in found:
        whole = one if whole and one.startswith(f"{whole}.") else f"{whole}.{one}" if whole else one
    return whole


def within(wanted: str, section: Sequence[str]) -> bool:
    """Whether a row under these headings lies in the section that somebody follows."""
    own, asked = marks(section), wanted.strip().rstrip(".").upper()
    return own == asked or own.startswith(f"{asked}.")


def first(about: About, follows: Iterable[Follow], officials: Collection[Official]) -> list[int]:
    """Return who hears of it first: the followers who can, else everybody of the office, in order of joining."""
    following = {one.person_id for one in follows if one.covers(about)}
    chosen = [one for one in officials if one.person_id in following and one.reachable]
    return _once(chosen or officials)


def step(waited: int, every: int) -> int:
    """Return how far up a matter has come that waited so many working days: 0 nowhere, 1 the room, 2 the office."""
    return min(waited // every, 2) if every > 0 else 0


def above(at: int, officials: Collection[Official]) -> list[int]:
    """Return who hears at a step that it still waits: heads of room at 1, of the office at 2.

    A room without a head who can hear is passed over, so that its step goes to the office's heads.
    """
    heads = _once(one for one in officials if one.rank >= HEAD_OF_OFFICE and one.reachable)
    rooms = _once(one for one in officials if one.rank == HEAD_OF_ROOM and one.reachable)
    if at <= 0:
        return []
    return rooms or heads if at == 1 else heads


def _once(officials: Iterable[Official]) -> list[int]:
    return list(dict.fromkeys(one.hears for one in officials))


LEVELS = {
    "province_department": "các sở, ban, ngành",
    "commune_committee": "các xã, phường, đặc khu",
    "district_committee": "UBND cấp huyện",
    "central_agency": "các cơ quan ngành dọc",
    "press": "các cơ quan báo, đài",
    "mass_organisation": "Mặt trận, đoàn thể, hội",
}
"""The levels that can be followed as one, in Vietnamese."""

_LEVEL_WORDS = {
    **{fold(said): level for level, said in LEVELS.items()},
    **{fold(level): level for level in LEVELS},
    "so nganh": "province_department",
    "cac so nganh": "province_department",
    "cac so": "province_department",
    "so, ban, nganh": "province_department",
    "so ban nganh": "province_department",
    "cap xa": "commune_committee",
    "cac xa": "commune_committee",
    "cac xa, phuong": "commune_committee",
    "xa phuong": "commune_committee",
    "ubnd cap xa": "commune_committee",
    "cap huyen": "district_committee",
    "nganh doc": "central_agency",
    "bao dai": "press",
    "doan the": "mass_organisation",
}

_SECTION = re.compile(r"^(?P<number>\S*\d\S*/\S+?),?(?:\s+(?:phan|muc)\s+(?P<section>[\w.]+))?$")


def level_named(words: str) -> str | None:
    """Return the level of agencies that the words mean, None for none."""
    return _LEVEL_WORDS.get(fold(words))


def section_named(words: str) -> tuple[str, str] | None:
    """Return (a plan's number, folded; its section, "" for all of it) of "15/KH-UBND phần II.1", None for no such."""
    found = _SECTION.match(re.sub(r"^(ke hoach|van ban)\s+(so\s+)?", "", fold(words)))
    return (found["number"], (found["section"] or "").upper()) if found else None


def said(*, agency: str = "", level: str | None = None, plan: str = "", section: str = "") -> str:
    """Return in Vietnamese what is followed."""
    parts = [
        agency,
        LEVELS.get(level or "", ""),
        f"văn bản {plan}" if plan else "",
        f"phần {section}" if section else "",
    ]
    return ", ".join(filter(None, parts))
