"""What people of the office and leaders follow, as lists show it, and what typed words can mean as such."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from domain.following import Follow, level_named, said, section_named
from domain.people import Role, Viewer
from domain.words import fold
from storage import follows, ranks
from storage import people as people_rows
from storage.database import Unit
from storage.schema import plans
from storage.views import people


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing that a person follows."""

    id: int
    said: str


def of_person(unit: Unit, person_id: int, role: Role) -> list[Followed]:
    """Return what a person follows, the oldest first."""
    return [
        Followed(
            row.id,
            said(agency=row.agency or "", level=row.level, plan=row.plan_number or "", section=row.section or ""),
        )
        for row in follows.of_person(unit, person_id, role)
    ]


def role_of(viewer: Viewer) -> Role | None:
    """Return as what somebody follows: as one of the office, else as a leader, else not at all."""
    return Role.COORDINATOR if viewer.coordinates else Role.LEADER if viewer.leads else None


def rank(unit: Unit, person_id: int) -> int | None:
    """Return somebody's rank in the office, None for one who has no seat there."""
    return ranks.of(unit, person_id)


def understood(unit: Unit, person_id: int, text: str, on: date) -> list[tuple[Follow, str]]:
    """Return what typed words can mean, each in Vietnamese: a level, a plan and its section, agencies of that name."""
    level = level_named(text)
    if level is not None:
        return [(Follow(person_id, level=level), said(level=level))]
    place = section_named(text)
    if place is not None:
        rows = unit.conn.execute(select(plans.c.id, plans.c.number).where(plans.c.number.is_not(None)))
        return [
            (Follow(person_id, plan_id=row.id, section=place[1]), said(plan=row.number, section=place[1]))
            for row in rows
            if fold(row.number) == place[0]
        ]
    found = people.agency_named(unit, text, on) if text else []
    return [(Follow(person_id, agency_id=row.id), said(agency=row.name)) for row in found]


def known(unit: Unit, person_id: int) -> bool:
    """Whether there is such a person."""
    return people_rows.name_of(unit, person_id) is not None
