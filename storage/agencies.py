"""The directory of agencies."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from domain.agencies import Agency, Directory
from domain.words import fold
from storage import successions
from storage.database import Unit
from storage.schema import agencies, agency_aliases
from storage.types import AnyRow


def upsert(unit: Unit, agency: Agency, now: datetime) -> bool:
    """Write one agency by its code and return whether it is new; nothing is ever deleted."""
    values = {
        "name": agency.name,
        "name_folded": fold(agency.name),
        "level": agency.level,
        "parent_code": agency.parent,
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
        "successor_code": agency.successor,
        "relation": agency.relation or "",
        "coordinating": agency.coordinating,
    }
    unit.memory.pop(_COORDINATING, None)
    found = id_of(unit, agency.code)
    if found is None:
        found = unit.conn.execute(
            insert(agencies).values(code=agency.code, created_at=now, **values).returning(agencies.c.id)
        ).scalar_one()
        new = True
    else:
        unit.conn.execute(
            update(agencies).where(agencies.c.id == found).values(version=agencies.c.version + 1, **values)
        )
        unit.conn.execute(delete(agency_aliases).where(agency_aliases.c.agency_id == found))
        new = False
    _write_aliases(unit, found, agency.aliases)
    return new


def add_alias(unit: Unit, agency_id: int, alias: str) -> None:
    """Remember another name of an agency; one known already stays as it is."""
    known = select(agency_aliases.c.id).where(
        agency_aliases.c.agency_id == agency_id, agency_aliases.c.folded == fold(alias)
    )
    if unit.conn.execute(known).first() is None:
        _write_aliases(unit, agency_id, [alias])


def _write_aliases(unit: Unit, agency_id: int, aliases: Iterable[str]) -> None:
    by_folded = {fold(alias): alias for alias in aliases}
    rows = [{"agency_id": agency_id, "alias": alias, "folded": folded} for folded, alias in by_folded.items()]
    if rows:
        unit.conn.execute(insert(agency_aliases), rows)


def id_of(unit: Unit, code: str) -> int | None:
    """Return the id behind an agency's code."""
    return unit.conn.execute(select(agencies.c.id).where(agencies.c.code == code)).scalar()


def get(unit: Unit, agency_id: int) -> AnyRow | None:
    """Return an agency's row by its id."""
    return unit.conn.execute(select(agencies).where(agencies.c.id == agency_id)).first()


def ids(unit: Unit) -> dict[str, int]:
    """Return by code the id under which each agency takes on work: its own, or that of who took it over."""
    heirs = successions.heirs(unit)
    rows = unit.conn.execute(select(agencies.c.id, agencies.c.code))
    return {row.code: heirs.get(row.id, row.id) for row in rows}


def names(unit: Unit, agency_ids: Collection[int]) -> dict[int, str]:
    """Return the names of agencies by id."""
    query = select(agencies.c.id, agencies.c.name).where(agencies.c.id.in_(agency_ids))
    return {row.id: row.name for row in unit.conn.execute(query)}


def coordinating_id(unit: Unit) -> int | None:
    """Return the id of the one coordinating office."""
    found = coordinating(unit)
    return None if found is None else int(found.id)


def coordinating(unit: Unit) -> AnyRow | None:
    """Return (id, name) of the one coordinating office. A unit reads it once."""
    if _COORDINATING not in unit.memory:
        query = select(agencies.c.id, agencies.c.name).where(agencies.c.coordinating).order_by(agencies.c.id).limit(1)
        unit.memory[_COORDINATING] = unit.conn.execute(query).first()
    found: AnyRow | None = unit.memory[_COORDINATING]
    return found


_COORDINATING = "coordinating office"


def with_relation(unit: Unit, relations: Iterable[str]) -> frozenset[int]:
    """Return the ids of the agencies that stand to the office in one of these relations."""
    return frozenset(unit.conn.execute(select(agencies.c.id).where(agencies.c.relation.in_(list(relations)))).scalars())


def directory(unit: Unit) -> Directory:
    """Return the whole directory as the domain reads it."""
    aliases: dict[int, list[str]] = {}
    for row in unit.conn.execute(select(agency_aliases).order_by(agency_aliases.c.id)):
        aliases.setdefault(row.agency_id, []).append(row.alias)
    rows = unit.conn.execute(select(agencies).order_by(agencies.c.id))
    return Directory(
        Agency(
            code=row.code,
            name=row.name,
            aliases=tuple(aliases.get(row.id, ())),
            level=row.level,
            parent=row.parent_code,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            successor=row.successor_code,
            relation=row.relation or None,
            coordinating=row.coordinating,
        )
        for row in rows
    )
