"""A changed work calendar: the effect that was shown is what happens, and nothing else moves."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, update

from actions import assignments as assignment_actions
from actions import calendar as calendar_actions
from actions.calendar import Changed, Propose
from actions.recounting import laid_at
from domain.calendar_changes import kinds_for
from domain.errors import ActRefused, Stale
from domain.explanations import grounds_in
from domain.ladder import Dates, From, lay_out
from domain.local import VIETNAM, local
from domain.people import Role
from domain.reckoning import due
from domain.workdays import DayKind
from storage import calendars, ladders, planned, recounts
from storage.database import Unit
from storage.schema import (
    assignments,
    audit,
    calendar_changes,
    calendar_versions,
    due_versions,
    matters,
    notices,
)
from storage.schema import planned as planned_rows
from storage.views import calendar as calendar_views
from storage.views import office as office_views
from storage.views import work
from tests.office import START, Office, Row

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Báo cáo tháng", "Sở Tư pháp; Sở Nội vụ", "Hằng tháng"),
    Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 05/02/2026"),
    Row("Tổng kết năm", "Sở Tài chính", "Trước 15/12/2026"),
    Row("Rà soát", "Thuế tỉnh", "Quý II"),
    Row("Công khai", "Sở Nội vụ", "Thường xuyên"),
)
FRIDAY = date(2026, 1, 30)
SOURCE = "12/QĐ-TTg"


def holiday(day: date = FRIDAY, now: datetime = START) -> Propose:
    return calendar_actions.adding(day, DayKind.HOLIDAY, SOURCE, now)


def write(propose: Propose, now: datetime = START) -> Callable[[Unit], Changed]:
    return lambda unit: calendar_actions.change(unit, propose, now, None)


def look(propose: Propose, now: datetime = START) -> Callable[[Unit], Changed]:
    return lambda unit: calendar_actions.preview(unit, propose, now, None)


def ahead(unit: Unit) -> set[tuple[int, str, datetime]]:
    """What every open matter still waits for."""
    query = (
        select(planned_rows.c.matter_id, planned_rows.c.rung, planned_rows.c.at)
        .join(matters, matters.c.id == planned_rows.c.matter_id)
        .where(planned_rows.c.due_version == matters.c.due_version, planned_rows.c.state == planned.WAITING)
    )
    return {(row.matter_id, row.rung, row.at) for row in unit.conn.execute(query)}


def by_the_ladder(unit: Unit, now: datetime) -> set[tuple[int, str, datetime]]:
    """What they would wait for if their ladders were laid out by the calendar in force from the first."""
    calendar = calendars.in_force(unit)
    found = set()
    for row in recounts.open_dates(unit):
        grounds = grounds_in(row.explanation)
        assert grounds is not None
        assert grounds.reckoning is not None
        assert row.due_on == due(grounds.reckoning, calendar)
        dates = Dates(local(laid_at(row)), row.starts_on, row.due_on)
        steps = lay_out(ladders.get(unit, row.ladder_id), dates, calendar)
        found |= {(row.id, step.rung.name, step.at) for step in steps if step.rung.base is not From.ISSUE}
    return {one for one in found if one[2] > now}


def dates_of(unit: Unit) -> dict[str, date | None]:
    return {one.code: one.due_on for one in work.everything(unit, START.date())}


async def test_old_and_new_are_kept_and_only_the_moved_date_is_told(office: Office) -> None:
    for agency in ("STP", "SNV", "STC"):
        await office.officer(agency)
    await office.issue(PLAN)
    before = await office.run(dates_of)
    shown = await office.read(look(holiday()))
    done = await office.run(write(holiday()))
    assert {**shown.to_json(), "version": done.version} == done.to_json()
    assert done.version == shown.version + 1
    after = await office.run(dates_of)
    moved = {code for code in before if before[code] != after[code]}
    assert moved == {"NV-0001", "NV-0002"}
    assert all(after[code] == date(2026, 1, 29) for code in moved)
    rows = await office.run(_calendar_dates)
    assert {(row.number, row.due_on, row.basis, row.explanation["before"]) for row in rows} == {
        (2, date(2026, 1, 29), SOURCE, "2026-01-30")
    }
    assert "30/01/2026 (nghỉ lễ, 12/QĐ-TTg)" in rows[0].explanation["said"]
    told = await office.run(_told)
    assert [(row.kind, row.data["changes"]) for row in told] == [
        ("amended", [["deadline", "thứ Sáu 30/01/2026", "thứ Năm 29/01/2026"]])
    ] * 2
    (log,) = await office.run(lambda unit: unit.conn.execute(_logged(done.version)).all())
    assert (log.day, log.before, log.after["kind"]) == (FRIDAY, None, "holiday")
    assert log.effect == done.effect.to_json()
    acts = await office.run(lambda unit: set(unit.conn.execute(select(audit.c.act, audit.c.subject)).all()))
    assert {("calendar", "calendar"), ("move_due", "assignment")} <= {tuple(row) for row in acts}


def _calendar_dates(unit: Unit) -> list[Any]:
    return list(unit.conn.execute(select(due_versions).where(due_versions.c.reason == "calendar")).all())


def _told(unit: Unit) -> list[Any]:
    return list(unit.conn.execute(select(notices).where(notices.c.kind == "amended")).all())


def _logged(version: int) -> Any:
    return select(calendar_changes).where(calendar_changes.c.version_id == version)


async def test_a_moved_reminder_alone_is_told_to_nobody(office: Office) -> None:
    await office.officer("STP")
    await office.issue(PLAN[1:2])
    before = await office.run(ahead)
    done = await office.run(write(holiday(date(2026, 2, 3))))
    assert (len(done.effect.dates), len(done.effect.moments)) == (0, 3)  # T-7, T-3, T-1
    assert len(await office.run(ahead) - before) == 3
    assert await office.run(_told) == []


async def test_what_was_shown_of_another_calendar_is_stale(office: Office) -> None:
    shown = await office.read(look(holiday()))
    await office.run(write(holiday(date(2026, 3, 2))))
    with pytest.raises(Stale):
        await office.run(lambda unit: calendar_actions.change(unit, holiday(), START, None, shown=shown.version))
    assert (await office.read(office_views.calendar)).is_working(FRIDAY)


async def test_closed_and_undated_matters_are_left_alone(office: Office) -> None:
    await office.issue(PLAN)
    await office.run(lambda unit: unit.conn.execute(update(matters).values(closed_at=START)))
    done = await office.run(write(holiday()))
    assert (done.effect.dates, done.effect.moments) == ([], [])
    assert await office.run(_calendar_dates) == []


async def test_a_moment_moved_into_the_past_is_said_at_the_next_opening(office: Office) -> None:
    """T-1 of Thursday 05/02 would be Wednesday; on Wednesday morning at seven Wednesday is declared off."""
    chat = await office.officer("STP")
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Chậm nhất ngày 05/02/2026")])
    await office.advance(datetime(2026, 2, 3, 17, 0, tzinfo=VIETNAM))
    await chat.heard()
    early = datetime(2026, 2, 4, 7, 0, tzinfo=VIETNAM)
    office.clock.move_to(early)
    done = await office.run(write(holiday(date(2026, 2, 4), early), early))
    moments = [(one.rung, one.old and local(one.old), one.new and local(one.new)) for one in done.effect.moments]
    past = datetime(2026, 2, 3, 8, 0, tzinfo=VIETNAM)
    assert ("t1", datetime(2026, 2, 4, 8, 0, tzinfo=VIETNAM), past) in moments
    await office.advance(datetime(2026, 2, 5, 17, 0, tzinfo=VIETNAM))
    heard = [one for one in await chat.heard() if one.kind == "bundle"]
    assert [f"{one.at:%d/%m %H:%M}" for one in heard] == ["05/02 08:00"], "one message, on the next working day"
    assert "hôm nay" in heard[0].text


async def test_a_report_that_rests_is_laid_out_anew_where_it_rests(office: Office) -> None:
    chat = await office.officer("STP")
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await office.issue(PLAN[:1])
    await office.settle()
    await chat.say("xong NV-0001")
    await chat.press("Bỏ qua")
    await chat.press("Gửi báo cáo")
    assert not [one for one in await office.run(ahead) if one[0] == await office.run(_first)]
    await office.run(write(holiday()))
    rests = await office.run(lambda unit: [row.state for row in _rows_of_first(unit)])
    assert set(rests) == {planned.SKIPPED}
    assert await office.run(lambda unit: [row.person_id for row in _told(unit)]) == [], "the agency has done its part"
    viewer = await office.read(lambda unit: office_views.viewer(unit, 2, START.date()))
    assert viewer.coordinates, coordinator
    first = await office.run(_first)
    await office.run(lambda unit: assignment_actions.give_back(unit, viewer, first, "thiếu phụ lục", office.clock()))
    assert {row.state for row in await office.run(_rows_of_first)} >= {planned.WAITING}


def _first(unit: Unit) -> int:
    return int(unit.conn.execute(select(func.min(assignments.c.id))).scalar_one())


def _rows_of_first(unit: Unit) -> list[Any]:
    version = select(matters.c.due_version).where(matters.c.id == _first(unit)).scalar_subquery()
    query = select(planned_rows).where(planned_rows.c.matter_id == _first(unit), planned_rows.c.due_version == version)
    return list(unit.conn.execute(query).all())


async def test_an_unreached_word_of_issue_is_not_lost_with_the_date(office: Office) -> None:
    await office.issue(PLAN[:1])
    await office.settle()
    await office.run(write(holiday()))
    chat = await office.officer("STP")
    assert "NV-0001" in (await chat.all_heard())[-1].text


async def test_the_first_filling_is_no_change_and_a_confirmed_year_is_remembered(office: Office) -> None:
    assert await office.read(lambda unit: calendar_views.past_changes(unit, 5)) == []
    confirm = calendar_actions.confirming(2027, "99/TB-BNV")
    assert not await office.read(lambda unit: calendar_views.is_confirmed(unit, 2027))
    done = await office.run(write(confirm))
    assert (done.effect.dates, done.effect.moments) == ([], [])
    assert await office.read(lambda unit: calendar_views.is_confirmed(unit, 2027))
    with pytest.raises(ActRefused, match="đã được xác nhận"):
        await office.read(look(confirm))
    (past,) = await office.read(lambda unit: calendar_views.past_changes(unit, 5))
    assert past.source == "99/TB-BNV"
    assert all("99/TB-BNV" in one.after["source"] for one in past.days)


async def test_many_matters_share_their_ladders_and_their_statements(office: Office) -> None:
    """The work grows with what differs, not with the number of assignments."""
    await office.issue(PLAN)
    counted: list[str] = []

    def count(unit: Unit) -> Changed:
        def heard(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            counted.append(statement)

        event.listen(unit.conn, "before_cursor_execute", heard)
        try:
            return calendar_actions.change(unit, holiday(), START, None)
        finally:
            event.remove(unit.conn, "before_cursor_execute", heard)

    done = await office.run(count)
    assert len(done.effect.moments) > 8
    assert len(counted) < 60


OPS = st.lists(st.tuples(st.integers(0, 330), st.integers(0, 2)), min_size=1, max_size=5)


def _proposal(unit: Unit, offset: int, at: int) -> Propose:
    """Take a day out that stands in the calendar, or enter it as one of the kinds it can be."""
    day = date(2026, 1, 20) + timedelta(days=offset)
    if office_views.calendar(unit).entry(day) is not None:
        return calendar_actions.removing(day, SOURCE)
    kinds = kinds_for(day)
    kind = kinds[at % len(kinds)]
    saturday = day + timedelta(days=5 - day.weekday())
    return calendar_actions.adding(day, kind, SOURCE, START, saturday if kind is DayKind.SWAPPED_OFF else None)


async def test_any_changes_leave_what_the_ladder_would_lay_out(office: Office) -> None:
    """Shown is done, whatever is entered and taken out; in the end everything stands as the calendar has it."""
    await office.issue(PLAN, at=datetime.combine(START.date(), time(8), VIETNAM))
    await office.settle()

    def play(unit: Unit, ops: list[tuple[int, int]]) -> None:
        for offset, at in ops:
            propose = _proposal(unit, offset, at)
            try:
                shown = calendar_actions.preview(unit, propose, START, None)
            except ActRefused:
                continue
            before = ahead(unit)
            done = calendar_actions.change(unit, propose, START, None, shown=shown.version)
            assert {**shown.to_json(), "version": done.version} == done.to_json()
            gone, new = before - ahead(unit), ahead(unit) - before
            assert {(one.old, one.rung) for one in done.effect.moments if one.old} == {
                (at, rung) for _, rung, at in gone
            }
            assert {(one.new, one.rung) for one in done.effect.moments if one.new} == {
                (at, rung) for _, rung, at in new
            }
            assert ahead(unit) == by_the_ladder(unit, START)

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(OPS)
    def check(ops: list[tuple[int, int]]) -> None:
        def work(unit: Unit) -> None:
            with unit.conn.begin_nested() as savepoint:
                play(unit, ops)
                savepoint.rollback()

        office.inner.db.run_now(work)

    check()
    versions = select(func.count()).select_from(calendar_versions)
    assert await office.run(lambda unit: unit.conn.execute(versions).scalar_one()) == 1, "every example was taken back"
