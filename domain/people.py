"""Who may do what: roles, and the words by which an office names them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.words import fold


class Role(StrEnum):
    """What a person is to an agency. One person may hold several, in several agencies."""

    OFFICER = "officer"  # cán bộ đầu mối
    HEAD = "head"  # lãnh đạo cơ quan
    COORDINATOR = "coordinator"  # cán bộ văn phòng
    LEADER = "leader"  # lãnh đạo UBND
    ADMIN = "admin"  # quản trị

    @property
    def label(self) -> str:
        """The role in Vietnamese."""
        return _LABELS[self]

    @property
    def needs_consent(self) -> bool:
        """Whether a coordinator must agree before the membership is active."""
        return self in {Role.COORDINATOR, Role.LEADER, Role.ADMIN}


_LABELS = {
    Role.OFFICER: "cán bộ đầu mối",
    Role.HEAD: "lãnh đạo cơ quan",
    Role.COORDINATOR: "cán bộ Văn phòng",
    Role.LEADER: "lãnh đạo UBND",
    Role.ADMIN: "quản trị",
}

_BY_WORD = {
    **{fold(role): role for role in Role},
    **{fold(label): role for role, label in _LABELS.items()},
    "dau moi": Role.OFFICER,
    "can bo": Role.OFFICER,
    "chuyen vien": Role.OFFICER,
    "thu truong": Role.HEAD,
    "lanh dao don vi": Role.HEAD,
    "can bo van phong ubnd": Role.COORDINATOR,
    "can bo van phong ubnd tinh": Role.COORDINATOR,
    "dieu phoi": Role.COORDINATOR,
    "lanh dao ubnd tinh": Role.LEADER,
}


STAFF, HEAD_OF_ROOM, HEAD_OF_OFFICE = 0, 1, 2
"""Ranks inside the coordinating office: chuyên viên; lãnh đạo phòng; lãnh đạo Văn phòng."""

RANK_LABELS: Final = {STAFF: "chuyên viên", HEAD_OF_ROOM: "lãnh đạo phòng", HEAD_OF_OFFICE: "lãnh đạo Văn phòng"}

_RANKED = {"chanh van phong": HEAD_OF_OFFICE, "truong phong": HEAD_OF_ROOM}
"""What a title holds as whole words, with "phó" before it or not, by the rank that it gives."""

_RANK_WORDS = {
    **{fold(label): rank for rank, label in RANK_LABELS.items()},
    **{str(rank): rank for rank in RANK_LABELS},
    **_RANKED,
    **{f"pho {title}": rank for title, rank in _RANKED.items()},
}


def rank_of(position: str) -> int:
    """Return the rank in the coordinating office that a title ("Phó Trưởng phòng Tổng hợp") gives."""
    said = f" {fold(position)} "
    return next((rank for title, rank in _RANKED.items() if f" {title} " in re.sub(r"[^\w]+", " ", said)), STAFF)


def rank_named(words: str) -> int | None:
    """Return the rank that a word for it means (also 0, 1, 2), None for no rank."""
    return _RANK_WORDS.get(fold(words))


def role_named(words: str) -> Role | None:
    """Return the role that an office's word or the code's own name stands for, None for no role."""
    return _BY_WORD.get(fold(words))


class Membership(StrEnum):
    """The life of a membership."""

    PENDING = "pending"  # waits for a coordinator's yes
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Seat:
    """One active membership as authority questions need it, one's own or that of somebody who is away."""

    agency_id: int
    agency: str
    role: Role
    instead_of: str = ""
    """Whose seat it is where its holder is a substitute; "" for one's own."""
    until: date | None = None
    """The substitute's last day."""
    rank: int = 0
    """In the coordinating office: one of the ranks below; 0 everywhere else."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A known person with the seats held at this moment, read from the database for this very act."""

    person_id: int
    name: str
    seats: tuple[Seat, ...]

    def agencies_as(self, *roles: Role) -> frozenset[int]:
        """Return the ids of the agencies in which this person holds one of the roles."""
        return frozenset(seat.agency_id for seat in self.seats if seat.role in roles)

    @property
    def standing_in(self) -> tuple[Seat, ...]:
        """The seats that this person holds instead of somebody who is away."""
        return tuple(seat for seat in self.seats if seat.instead_of)

    @property
    def own_agencies(self) -> frozenset[int]:
        """The agencies whose tasks this person sees in /viec."""
        return self.agencies_as(Role.OFFICER, Role.HEAD)

    @property
    def coordinates(self) -> bool:
        """Whether this person works for the coordinating office in this program."""
        return bool(self.agencies_as(Role.COORDINATOR))

    @property
    def rank(self) -> int:
        """The highest rank held in the coordinating office, also for somebody who is away; 0 outside it."""
        return max((seat.rank for seat in self.seats if seat.role is Role.COORDINATOR), default=0)

    @property
    def leads(self) -> bool:
        """Whether this person is a leader of the People's Committee."""
        return bool(self.agencies_as(Role.LEADER))

    @property
    def oversees(self) -> bool:
        """Whether this person may look at every agency's work."""
        return self.coordinates or self.leads

    def reads_names(self, agency_id: int) -> bool:
        """Whether this person reads who in an agency does its work: its own people and the office; leaders do not."""
        return self.coordinates or agency_id in self.own_agencies


INVITE_LIFE = timedelta(days=30)
JOIN_TRIES = 5
JOIN_WINDOW = timedelta(minutes=15)
"""At most five wrong codes from one chat in a quarter of an hour."""
