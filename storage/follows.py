"""Who follows what, who works for the coordinating office today, and what a matter is about."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, insert, select, update

from domain.following import About, Follow, Official
from domain.people import Role
from storage import people, ranks, substitutes
from storage.database import Unit
from storage.schema import agencies, assignments, follows, requests, task_versions, tasks
from storage.schema import plans as plan_rows
from storage.types import AnyRow


def add(unit: Unit, role: Role, follow: Follow, now: datetime) -> int | None:
    """Write what a person follows and return the id; None where the same is followed already."""
    if any(_same(row, follow) for row in of_person(unit, follow.person_id, role)):
        return None
    return int(
        unit.conn.execute(
            insert(follows)
            .values(
                person_id=follow.person_id,
                role=role.value,
                agency_id=follow.agency_id,
                level=follow.level,
                plan_id=follow.plan_id,
                section=follow.section or None,
                created_at=now,
            )
            .returning(follows.c.id)
        ).scalar_one()
    )


def _same(row: AnyRow, follow: Follow) -> bool:
    kept = (row.agency_id, row.level, row.plan_id, row.section or "")
    return kept == (follow.agency_id, follow.level, follow.plan_id, follow.section)


def end(unit: Unit, follow_id: int, now: datetime) -> bool:
    """End what is followed; False where it had ended before."""
    ended = unit.conn.execute(
        update(follows).where(follows.c.id == follow_id, follows.c.ended_at.is_(None)).values(ended_at=now)
    )
    return ended.rowcount == 1


def move(unit: Unit, old: int, new: int) -> None:
    """Let who follows an agency follow its successor."""
    unit.conn.execute(
        update(follows).where(follows.c.agency_id == old, follows.c.ended_at.is_(None)).values(agency_id=new)
    )


def get(unit: Unit, follow_id: int) -> AnyRow | None:
    """Return one follow that has not ended."""
    return unit.conn.execute(select(follows).where(follows.c.id == follow_id, follows.c.ended_at.is_(None))).first()


def of_person(unit: Unit, person_id: int, role: Role) -> Sequence[AnyRow]:
    """Return what a person follows (id, agency_id, agency, level, plan_id, plan_number, section), the oldest first."""
    query = (
        select(follows, agencies.c.name.label("agency"), plan_rows.c.number.label("plan_number"))
        .outerjoin(agencies, agencies.c.id == follows.c.agency_id)
        .outerjoin(plan_rows, plan_rows.c.id == follows.c.plan_id)
        .where(follows.c.person_id == person_id, follows.c.role == role.value, follows.c.ended_at.is_(None))
        .order_by(follows.c.id)
    )
    return unit.conn.execute(query).all()


def everything(unit: Unit, role: Role) -> list[Follow]:
    """Return all that people of a role follow."""
    rows = unit.conn.execute(_FOLLOWS, {"role": role.value})
    return [Follow(row.person_id, row.agency_id, row.level, row.plan_id, row.section or "") for row in rows]


_FOLLOWS = select(
    follows.c.person_id, follows.c.agency_id, follows.c.level, follows.c.plan_id, follows.c.section
).where(follows.c.role == bindparam("role"), follows.c.ended_at.is_(None))


def officials(unit: Unit, on: date) -> list[Official]:
    """Return who works for the coordinating office on a day, in order of joining."""
    held = ranks.by_person(unit)
    instead: dict[int, int] = {}
    for agency_id in {agency for seats in people.seats_held(unit, held).values() for agency, _ in seats}:
        instead |= substitutes.hearing_instead(unit, agency_id, Role.COORDINATOR, on)
    open_chats = people.first_chats(unit, {instead.get(one, one) for one in held})
    return [
        Official(one, rank, instead.get(one, one), instead.get(one, one) in open_chats) for one, rank in held.items()
    ]


def about(unit: Unit, matter_id: int) -> About:
    """Return what a matter is about: an assignment, or a request of one; empty for any other."""
    return abouts(unit, [matter_id]).get(matter_id, About())


def abouts(unit: Unit, matter_ids: Collection[int]) -> dict[int, About]:
    """Return what assignments, and requests of one, are about, by id; other matters are left out."""
    found: dict[int, About] = {}
    wanted = sorted(matter_ids)
    for at in range(0, len(wanted), _AT_ONCE):
        found |= _abouts(unit, wanted[at : at + _AT_ONCE])
    return found


_AT_ONCE = 5_000
"""So many ids in one statement: databases bound the number of parameters."""


def _abouts(unit: Unit, matter_ids: Sequence[int]) -> dict[int, About]:
    rows = list(unit.conn.execute(_OF_ASSIGNMENTS, {"matters": matter_ids}))
    others = set(matter_ids) - {row.matter_id for row in rows}
    rows += unit.conn.execute(_OF_REQUESTS, {"matters": sorted(others)}) if others else ()
    wordings = unit.conn.execute(_SECTIONS, {"tasks": sorted({row.task_id for row in rows})}) if rows else ()
    sections = {row.task_id: tuple(row.section or ()) for row in wordings}  # of several wordings the newest comes last
    return {row.matter_id: About(row.agency_id, row.level, row.plan_id, sections.get(row.task_id, ())) for row in rows}


def about_agency(unit: Unit, agency_id: int) -> About:
    """Return what a notice about an agency as such is about."""
    query = select(agencies.c.level).where(agencies.c.id == agency_id)
    return About(agency_id, unit.conn.execute(query).scalar())


_PLACE = (
    select(assignments.c.agency_id, assignments.c.task_id, agencies.c.level, tasks.c.plan_id)
    .join(agencies, agencies.c.id == assignments.c.agency_id)
    .join(tasks, tasks.c.id == assignments.c.task_id)
)
_MATTERS: BindParameter[list[int]] = bindparam("matters", expanding=True)
_OF_ASSIGNMENTS = _PLACE.add_columns(assignments.c.id.label("matter_id")).where(assignments.c.id.in_(_MATTERS))
_OF_REQUESTS = (
    _PLACE.add_columns(requests.c.id.label("matter_id"))
    .join(requests, requests.c.assignment_id == assignments.c.id)
    .where(requests.c.id.in_(_MATTERS))
)
_SECTIONS = (
    select(task_versions.c.task_id, task_versions.c.section)
    .where(task_versions.c.task_id.in_(bindparam("tasks", expanding=True)))
    .order_by(task_versions.c.id)
)
