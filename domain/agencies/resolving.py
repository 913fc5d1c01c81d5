"""From the words of a cell to the agencies of the directory on the plan's day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.agencies.directory import Agency, AgencyLevel, Directory
from domain.agencies.phrases import AgencyPhrase, Group, GroupLevel

Nearest = Callable[[str, Sequence[str]], str | None]

MEMBERS: dict[GroupLevel, AgencyLevel] = {
    "province_departments": "province_department",
    "district_committees": "district_committee",
    "commune_committees": "commune_committee",
    "central_agencies": "central_agency",
    "press": "press",
    "mass_organisations": "mass_organisation",
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name the directory does not hold, with the nearest name it does hold."""

    name: str
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The agencies named, each collective with its members on the day, and the names not found."""

    agencies: tuple[Agency, ...] = ()
    groups: tuple[tuple[Group, tuple[Agency, ...]], ...] = ()
    unknown: tuple[Unknown, ...] = ()


def resolve(phrase: AgencyPhrase, directory: Directory, on: date, nearest: Nearest | None = None) -> Resolution:
    """Return the agencies a phrase means on a day.

    A collective without fixed members ("các cơ quan có liên quan", a working group) stays visible and expands
    to nobody. Agencies left out ("trừ Sở Ngoại vụ") leave every collective; one that is named stays named.
    """
    found: dict[str, Agency] = {}
    unknown: list[Unknown] = []
    for name in phrase.names:
        if (agency := directory.find(name, on)) is not None:
            found.setdefault(agency.code, agency)
        else:
            unknown.append(_unknown(name, directory, on, nearest))
    left_out: set[str] = set()
    for name in phrase.excluded:
        if (agency := directory.find(name, on)) is not None:
            left_out.add(agency.code)
        else:
            unknown.append(_unknown(name, directory, on, nearest))
    groups = tuple((group, _members(group, directory, on, left_out)) for group in phrase.groups)
    return Resolution(tuple(found.values()), groups, tuple(unknown))


def _members(group: Group, directory: Directory, on: date, left_out: set[str]) -> tuple[Agency, ...]:
    level = MEMBERS.get(group.level)
    if level is None or not group.fixed:
        return ()
    return tuple(agency for agency in directory.members(level, on) if agency.code not in left_out)


def _unknown(name: str, directory: Directory, on: date, nearest: Nearest | None) -> Unknown:
    return Unknown(name, nearest(name, directory.names(on)) if nearest is not None else None)
