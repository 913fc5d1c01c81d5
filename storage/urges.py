"""Urgings by the office: which assignments, by whom, when; the number of a letter once it is signed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update

from domain.urging import Kind, Urged
from storage.database import Unit
from storage.schema import matters, people, urge_matters, urges
from storage.types import AnyRow


def add(
    unit: Unit,
    kind: Kind,
    person_id: int,
    matter_ids: Iterable[int],
    now: datetime,
    *,
    sentence: str = "",
    wanted_by: date | None = None,
) -> int:
    """Write one urging of these matters and return its id."""
    urge_id = int(
        unit.conn.execute(
            insert(urges)
            .values(kind=kind.value, person_id=person_id, sentence=sentence, wanted_by=wanted_by, at=now)
            .returning(urges.c.id)
        ).scalar_one()
    )
    unit.conn.execute(insert(urge_matters), [{"urge_id": urge_id, "matter_id": one} for one in matter_ids])
    return urge_id


def lock(unit: Unit, matter_ids: Collection[int]) -> None:
    """Let nobody else urge these matters until the unit ends: whoever comes second sees what the first has written."""
    query = select(matters.c.id).where(matters.c.id.in_(matter_ids)).order_by(matters.c.id).with_for_update()
    unit.conn.execute(query).all()


def since(unit: Unit, kind: Kind, matter_ids: Collection[int], moment: datetime) -> dict[int, Urged]:
    """Return the last urging of that kind since a moment, by matter."""
    query = (
        select(urge_matters.c.matter_id, people.c.name, urges.c.at)
        .join(urges, urges.c.id == urge_matters.c.urge_id)
        .join(people, people.c.id == urges.c.person_id)
        .where(urges.c.kind == kind.value, urges.c.at >= moment)
        .order_by(urges.c.id)
    )
    wanted = set(matter_ids)
    return {row.matter_id: Urged(row.name, row.at) for row in unit.conn.execute(query) if row.matter_id in wanted}


def get(unit: Unit, urge_id: int) -> AnyRow | None:
    """Return an urging with the name of who urged (by_name)."""
    query = select(urges, people.c.name.label("by_name")).join(people, people.c.id == urges.c.person_id)
    return unit.conn.execute(query.where(urges.c.id == urge_id)).first()


def by_ids(unit: Unit, ids: Collection[int]) -> dict[int, AnyRow]:
    """Return urgings by id."""
    return {row.id: row for row in unit.conn.execute(select(urges).where(urges.c.id.in_(ids)))}


def matters_of(unit: Unit, urge_id: int) -> list[int]:
    """Return the ids of the matters that were urged together."""
    query = select(urge_matters.c.matter_id).where(urge_matters.c.urge_id == urge_id).order_by(urge_matters.c.id)
    return list(unit.conn.execute(query).scalars())


def record_number(unit: Unit, urge_id: int, number: str, on: date, person_id: int, now: datetime) -> bool:
    """Write the number and date of a signed letter; False where it had one already."""
    done = unit.conn.execute(
        update(urges)
        .where(urges.c.id == urge_id, urges.c.kind == Kind.LETTER.value, urges.c.number.is_(None))
        .values(number=number, date=on, recorded_by=person_id, recorded_at=now)
    )
    return done.rowcount == 1


def drop(unit: Unit, urge_id: int) -> None:
    """Take back a letter that was never signed."""
    unit.conn.execute(delete(urge_matters).where(urge_matters.c.urge_id == urge_id))
    unit.conn.execute(delete(urges).where(urges.c.id == urge_id, urges.c.number.is_(None)))


def unnumbered(unit: Unit) -> Sequence[AnyRow]:
    """Return the letters (id, at, by_name) whose number nobody has recorded, the oldest first."""
    query = (
        select(urges.c.id, urges.c.at, people.c.name.label("by_name"))
        .join(people, people.c.id == urges.c.person_id)
        .where(urges.c.kind == Kind.LETTER.value, urges.c.number.is_(None))
        .order_by(urges.c.id)
    )
    return unit.conn.execute(query).all()


def of_matters(unit: Unit, matter_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return every urging (matter_id, id, kind, sentence, wanted_by, at, number, date, by_name) of these matters."""
    query = (
        select(urge_matters.c.matter_id, urges, people.c.name.label("by_name"))
        .join(urges, urges.c.id == urge_matters.c.urge_id)
        .join(people, people.c.id == urges.c.person_id)
        .where(urge_matters.c.matter_id.in_(matter_ids))
        .order_by(urges.c.id)
    )
    return unit.conn.execute(query).all()
