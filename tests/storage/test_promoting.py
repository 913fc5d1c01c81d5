"""Who hears a planned moment when it comes: substitutes, leaders, who has left, and what was shown first."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, update

from actions import notices as notice_actions
from domain.people import Membership, Role
from storage import people, planned, substitutes
from storage.database import Unit
from storage.schema import endpoints, memberships
from storage.schema import notices as notice_rows
from storage.schema import planned as planned_rows
from tests.office import START, Office, Row

pytestmark = pytest.mark.anyio

PLAN = Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/02/2026")
OVERDUE = datetime.fromisoformat("2026-02-23T08:00:00+07:00")
TO_THE_HEAD = datetime.fromisoformat("2026-02-25T10:00:00+07:00")


def person(chat: str) -> Callable[[Unit], int]:
    return lambda unit: unit.conn.execute(select(endpoints.c.person_id).where(endpoints.c.chat == chat)).scalar_one()


def heard(rung: str) -> Callable[[Unit], set[int]]:
    occasion = notice_rows.c.occasion.startswith(f"rung:{rung}:")
    return lambda unit: set(unit.conn.execute(select(notice_rows.c.person_id).where(occasion)).scalars())


def state(rung: str) -> Callable[[Unit], str]:
    query = select(planned_rows.c.state).where(planned_rows.c.rung == rung)
    return lambda unit: str(unit.conn.execute(query).scalar_one())


async def test_a_substitute_hears_instead(office: Office) -> None:
    away, colleague = await office.officer("STP"), await office.officer("STP", Role.HEAD)
    await office.issue([PLAN])
    ids = [await office.read(person(one.chat)) for one in (away, colleague)]
    agency = await office.read(lambda unit: people.viewer(unit, ids[0], START.date()).seats[0].agency_id)
    days = (date(2026, 2, 23), date(2026, 2, 23))
    await office.run(lambda unit: substitutes.add(unit, ids[0], ids[1], agency, Role.OFFICER, *days, START))
    await office.run(lambda unit: planned.promote(unit, OVERDUE))
    assert await office.read(heard("over1")) == {ids[1]}
    assert await office.read(heard("t0")) == {ids[1]}, "what was not said before is said to who stands in now"
    week = OVERDUE + timedelta(days=30)
    await office.run(lambda unit: planned.promote(unit, week))
    assert await office.read(heard("week1")) == {ids[0]}, "the seat comes back by itself"


async def test_who_cannot_be_reached_stands_in_for_nobody(office: Office) -> None:
    away, colleague = await office.officer("STP"), await office.officer("STP", Role.HEAD)
    await office.issue([PLAN])
    ids = [await office.read(person(one.chat)) for one in (away, colleague)]
    agency = await office.read(lambda unit: people.viewer(unit, ids[0], START.date()).seats[0].agency_id)
    days = (date(2026, 2, 1), date(2026, 3, 1))
    await office.run(lambda unit: substitutes.add(unit, ids[0], ids[1], agency, Role.OFFICER, *days, START))
    dead = update(endpoints).where(endpoints.c.person_id == ids[1]).values(state="dead")
    await office.run(lambda unit: unit.conn.execute(dead))
    await office.run(lambda unit: planned.promote(unit, OVERDUE))
    assert await office.read(heard("over1")) == {ids[0]}


async def test_leaders_hear_wherever_they_sit(office: Office) -> None:
    await office.officer("VPUBND", Role.COORDINATOR)
    await office.officer("STP")
    leader = await office.officer("UBNDT", Role.LEADER)
    await office.issue([PLAN])
    await office.settle()
    up = update(planned_rows).where(planned_rows.c.rung == "over5").values(role=Role.LEADER.value, rung="up")
    await office.run(lambda unit: unit.conn.execute(up))
    await office.run(lambda unit: planned.promote(unit, OVERDUE + timedelta(days=10)))
    assert await office.read(heard("up")) == {await office.read(person(leader.chat))}


async def test_a_leader_who_joins_hears_what_found_no_leader(office: Office) -> None:
    await office.officer("VPUBND", Role.COORDINATOR)
    await office.officer("STP")
    await office.issue([PLAN])
    await office.settle()
    up = update(planned_rows).where(planned_rows.c.rung == "over5").values(role=Role.LEADER.value, rung="up")
    await office.run(lambda unit: unit.conn.execute(up))
    await office.run(lambda unit: planned.promote(unit, OVERDUE + timedelta(days=10)))
    assert await office.read(state("up")) == planned.UNREACHED
    await office.officer("UBNDT", Role.LEADER)
    assert await office.read(state("up")) == planned.WAITING


async def test_nothing_goes_above_before_it_was_shown(office: Office) -> None:
    await office.officer("STP")
    head = await office.officer("STP", Role.HEAD)
    await office.issue([PLAN])
    await office.settle()
    promote = lambda now, cut: office.run(lambda unit: planned.promote(unit, now, cut))  # noqa: E731
    await promote(TO_THE_HEAD, TO_THE_HEAD - timedelta(hours=2))
    assert await office.read(heard("over3")) == set()
    assert await office.read(state("over3")) == planned.WAITING, "what waits to be shown is not unreached"
    ids = await office.read(lambda unit: planned.unshown(unit, TO_THE_HEAD))
    assert len(ids) == 1
    await office.run(lambda unit: planned.show(unit, ids, TO_THE_HEAD, hold=False))
    assert await office.read(lambda unit: planned.unshown(unit, TO_THE_HEAD)) == []
    soon = TO_THE_HEAD + timedelta(hours=1)
    await promote(soon, soon - timedelta(hours=2))
    assert await office.read(heard("over3")) == set()
    await office.run(lambda unit: planned.decide(unit, ids, planned.HELD, "by hand"))
    later = TO_THE_HEAD + timedelta(days=1)
    await promote(later, later - timedelta(hours=2))
    assert await office.read(state("over3")) == planned.HELD
    await office.run(lambda unit: planned.decide(unit, ids, planned.WAITING, planned.LET_GO))
    await promote(later, later - timedelta(days=9))
    assert await office.read(heard("over3")) == {await office.read(person(head.chat))}


async def test_what_rested_is_shown_anew(office: Office) -> None:
    await office.officer("STP")
    await office.officer("STP", Role.HEAD)
    await office.issue([PLAN])
    await office.settle()
    ids = await office.read(lambda unit: planned.unshown(unit, TO_THE_HEAD))
    matter = await office.read(lambda unit: unit.conn.execute(select(planned_rows.c.matter_id)).scalars().first())

    def rest(unit: Unit) -> None:
        planned.show(unit, ids, START, hold=True)
        planned.suspend(unit, matter or 0)
        planned.resume(unit, matter or 0, START)

    await office.run(rest)
    assert await office.read(lambda unit: planned.unshown(unit, TO_THE_HEAD)) == ids
    assert await office.read(state("over3")) == planned.WAITING


async def test_who_left_between_notice_and_sending_is_not_told_and_the_audience_is_asked_again(office: Office) -> None:
    leaving = await office.officer("STP")
    await office.issue([PLAN])
    await office.advance(OVERDUE - timedelta(hours=1))
    office.clock.move_to(OVERDUE)
    await office.run(lambda unit: notice_actions.promote(unit, OVERDUE))
    gone = await office.read(person(leaving.chat))
    ended = update(memberships).where(memberships.c.person_id == gone).values(state=Membership.ENDED.value)
    await office.run(lambda unit: unit.conn.execute(ended))
    await leaving.heard()
    await office.settle()
    assert await leaving.heard() == []
    dropped = select(notice_rows.c.reason).where(notice_rows.c.occasion.startswith("rung:over1:"))
    assert await office.read(lambda unit: unit.conn.execute(dropped).scalar()) == planned.LEFT
    await office.settle()
    assert await office.read(state("over1")) == planned.UNREACHED
    successor = await office.officer("STP", name="Nguyễn Mẫu Hoa")
    told = (await successor.all_heard())[-1].text
    assert "NV-0001" in told


async def test_each_step_of_promoting_goes_by_an_index(office: Office) -> None:
    """What it costs follows what is due, not what is stored."""
    if office.inner.db.url.get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL scans tables as small as these whatever the index")
    await office.officer("STP")
    await office.issue([PLAN])

    def plans(unit: Unit) -> list[str]:
        asked: list[tuple[str, Any]] = []

        def note(_: Connection, __: Any, statement: str, parameters: Any, ___: Any, ____: bool) -> None:
            asked.append((statement, parameters))

        event.listen(unit.conn, "before_cursor_execute", note)
        planned.promote(unit, OVERDUE, OVERDUE)
        planned.unshown(unit, TO_THE_HEAD)
        event.remove(unit.conn, "before_cursor_execute", note)
        return [
            str(row[-1])
            for statement, parameters in asked
            for row in unit.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    steps = await office.run(plans)
    assert len([one for one in steps if "ix_planned_state_at" in one]) >= 6
    scans = {one for one in steps if one.startswith("SCAN")}
    assert scans <= {"SCAN memberships", "SCAN away"}, "of leaders, and of people who are away: small tables"
