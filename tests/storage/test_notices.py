"""From planned moments to notices: said once, whoever sweeps, however often."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from actions import notices as notice_actions
from domain.notices import Kind
from domain.people import Role
from scheduler.sweep import sweep
from storage import matters, notices, people
from storage import planned as planned_rows
from storage.database import Database, Unit
from storage.schema import assignments, endpoints, planned
from storage.schema import matters as matter_rows
from storage.schema import notices as notice_rows
from storage.schema import outbox as outbox_rows
from storage.views import office as office_views
from tests.office import START, Office, Row
from tests.storage.conftest import NOW

pytestmark = pytest.mark.anyio

ROWS = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp; Sở Nội vụ; Sở Tài chính", "Trước ngày 20/01/2026"),
    Row("Báo cáo kết quả", "Sở Tư pháp", "Hằng quý"),
)


def _count(table: Any) -> Callable[[Unit], int]:
    return lambda unit: unit.conn.execute(select(func.count()).select_from(table)).scalar_one()


def _states(unit: Unit) -> dict[str, int]:
    query = select(planned.c.state, func.count()).group_by(planned.c.state)
    return {row[0]: row[1] for row in unit.conn.execute(query)}


def _add(unit: Unit, person: int, occasion: str, matter: int | None = None) -> bool:
    return notices.add(unit, person, occasion, Kind.REPORTED, NOW, role=Role.COORDINATOR, matter_id=matter)


def test_an_occasion_without_a_matter_is_said_once(database: Database) -> None:
    """A unique index over NULL would let every digest in twice."""

    def work(unit: Unit) -> list[bool]:
        one, other = (people.add_person(unit, name, "", "", NOW) for name in ("Một", "Hai"))
        matter = matters.add(unit, [{"kind": "task", "opened_at": NOW}])[0]
        return [
            _add(unit, one, "digest:2026-01-12"),
            _add(unit, one, "digest:2026-01-12"),
            _add(unit, other, "digest:2026-01-12"),
            _add(unit, one, "digest:2026-01-13"),
            _add(unit, one, "digest:2026-01-12", matter),
            _add(unit, one, "digest:2026-01-12", matter),
        ]

    assert database.run_now(work) == [True, False, True, True, True, False]
    assert database.run_now(_count(notice_rows)) == 4


async def test_promoting_twice_says_nothing_twice(office: Office) -> None:
    await office.officer("STP")
    await office.issue(ROWS)
    told = await office.run(_count(notice_rows))
    assert told == 3, "one notice of issue an assignment of the one agency that can be reached"
    later = START + timedelta(days=20)
    first = await office.run(lambda unit: notice_actions.promote(unit, later))
    assert first > 3
    assert await office.run(lambda unit: notice_actions.promote(unit, later)) == 0
    assert await office.run(_count(notice_rows)) == told + first


async def test_two_sweepers_at_once_say_nothing_twice(office: Office) -> None:
    """Two threads promote the same moments; the unique occasion lets one of them through."""
    for agency in ("STP", "SNV", "STC"):
        await office.officer(agency)
    await office.issue(ROWS)
    before = await office.run(_count(notice_rows))
    later = START + timedelta(days=4)
    together = threading.Barrier(2)

    def promote(_: int) -> int:
        together.wait(10)
        return office.inner.db.run_now(lambda unit: notice_actions.promote(unit, later))

    with ThreadPoolExecutor(2) as pool:
        made = sum(pool.map(promote, range(2)))
    assert await office.run(_count(notice_rows)) == before + made
    same = (notice_rows.c.person_id, notice_rows.c.matter_id, notice_rows.c.occasion)
    twice = select(func.count()).select_from(notice_rows).group_by(*same)
    assert set(await office.run(lambda unit: set(unit.conn.execute(twice).scalars()))) == {1}
    assert "unreached" not in await office.run(_states), "what the other sweeper said counts as said"


async def test_a_second_sweep_makes_no_second_message(office: Office) -> None:
    await office.officer("STP")
    await office.issue(ROWS)
    first = await office.run(lambda unit: sweep(unit, START))
    second = await office.run(lambda unit: sweep(unit, START))
    assert (first.messages, second.messages) == (1, 0)
    assert second.next_at > START


async def test_nobody_to_hear_leaves_the_moment_unreached_until_somebody_joins(office: Office) -> None:
    await office.issue([ROWS[0]])
    assert (await office.run(_states))["unreached"] == 3
    places = await office.read(office_views.unreached)
    assert {(row.agency_code, row.role, row.matters) for row in places} == {
        ("STP", "officer", 1),
        ("SNV", "officer", 1),
        ("STC", "officer", 1),
    }
    chat = await office.officer("STP")
    assert (await office.run(_states))["unreached"] == 2
    assert "NV-0001" in (await chat.all_heard())[-1].text


async def test_closing_suspending_and_resuming_a_matter(office: Office) -> None:
    await office.officer("STP")
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 20/02/2026")])
    matter = await office.run(lambda unit: unit.conn.execute(select(assignments.c.id)).scalar_one())
    ahead = (await office.run(_states))["waiting"]

    def resume(unit: Unit) -> None:
        planned_rows.resume(unit, matter, START + timedelta(days=30))

    await office.run(lambda unit: planned_rows.suspend(unit, matter))
    assert await office.run(lambda unit: notice_actions.promote(unit, START + timedelta(days=400))) == 0
    assert (await office.run(_states))["skipped"] == ahead
    await office.run(resume)
    resumed = (await office.run(_states))["waiting"]
    assert 0 < resumed < ahead, "what lies behind stays unsaid"
    await office.run(lambda unit: matters.close(unit, matter, START))
    assert (await office.run(_states)).get("waiting", 0) == 0


async def test_a_head_is_not_told_before_the_officer_was_reached(office: Office) -> None:
    await office.officer("STP", Role.HEAD)
    await office.issue([ROWS[0]])
    later = START + timedelta(days=12)
    assert await office.run(lambda unit: notice_actions.promote(unit, later)) == 0
    rungs = select(planned.c.state).where(planned.c.role == "head", planned.c.at <= later)
    assert set(await office.run(lambda unit: set(unit.conn.execute(rungs).scalars()))) == {"skipped"}


async def test_only_a_message_with_something_for_the_day_is_the_days_message(office: Office) -> None:
    """What is urgent neither waits nor takes the place of the reminders."""
    await office.officer("STP")
    person = await office.run(lambda unit: unit.conn.execute(select(endpoints.c.person_id)).scalar_one())
    day = date(2026, 1, 12)

    def add(kind: Kind) -> Callable[[Unit], bool]:
        return lambda unit: notices.add(unit, person, f"event:{kind}", kind, NOW, role=Role.OFFICER)

    def waiting(*, urgent_only: bool = False) -> Callable[[Unit], list[str]]:
        return lambda unit: [row.kind for row in notices.waiting(unit, day, urgent_only=urgent_only)]

    etiquette = await office.read(office_views.etiquette)
    assemble = lambda unit: notice_actions.assemble(unit, NOW, etiquette)  # noqa: E731
    await office.run(add(Kind.RETURNED))
    assert await office.run(assemble) == 1
    await office.run(add(Kind.CONFIRMED))
    assert await office.run(waiting()) == ["confirmed"]
    assert await office.run(waiting(urgent_only=True)) == []
    assert await office.run(assemble) == 1
    await office.run(add(Kind.REPORTED))
    await office.run(add(Kind.OBSTACLE))
    assert await office.run(waiting()) == ["obstacle"]
    assert await office.run(lambda unit: _of_day(unit, person, day)) == 2


def _of_day(unit: Unit, person: int, day: date) -> int:
    query = select(func.count()).where(outbox_rows.c.person_id == person, outbox_rows.c.business_day == day)
    return unit.conn.execute(query).scalar_one()


async def test_nobody_hears_by_a_dead_chat(office: Office) -> None:
    await office.officer("STP")
    await office.run(lambda unit: unit.conn.execute(update(endpoints).values(state="dead")))
    await office.issue([ROWS[0]])
    assert await office.run(_count(notice_rows)) == 0


async def test_a_moved_date_is_a_new_occasion_and_the_old_moments_are_not_said(office: Office) -> None:
    await office.officer("STP")
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 20/02/2026")])
    before = await office.run(_count(notice_rows))
    await office.run(lambda unit: unit.conn.execute(update(matter_rows).values(due_version=2)))
    assert await office.run(lambda unit: notice_actions.promote(unit, START + timedelta(days=60))) == 0
    assert await office.run(_count(notice_rows)) == before
