"""Whoever decides a date, what it rests on is kept with it, and a changed calendar can do the sum again."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions import amend, dates, extensions
from actions import assignments as assignment_actions
from actions import calendar as calendar_actions
from actions.assignments import Proof
from app.guessing import nearest_name
from domain.explanations import REASONS, grounds_in
from domain.local import VIETNAM
from domain.people import Role, Viewer
from domain.plans import to_json
from domain.reckoning import Held, LastWorking, due
from domain.workdays import DayKind
from storage.database import Unit
from storage.schema import due_versions
from storage.views import dates as date_views
from storage.views import office as office_views
from storage.views import work
from tests.office import Office, Row, make_draft, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Báo cáo tháng", "Sở Tư pháp", "Hằng tháng"),
    Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 20/02/2026"),
    Row("Kiểm tra tại cơ sở", "Sở Tư pháp", "Theo Kế hoạch riêng"),
    Row("Rà soát", "Sở Tư pháp", "Quý II"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path)
    await made.officer("STP")
    await made.officer("VPUBND", Role.COORDINATOR)
    await made.issue(PLAN)
    return made


def _viewer(unit: Unit, office: Office, person_id: int) -> Viewer:
    return office_views.viewer(unit, person_id, office.clock().date())


def _ids(unit: Unit) -> dict[str, int]:
    return {f"{one.content} {one.period}".strip(): one.id for one in work.everything(unit, date(2026, 1, 12))}


def _rows(unit: Unit) -> list[Any]:
    query = select(due_versions).order_by(due_versions.c.matter_id, due_versions.c.number)
    return list(unit.conn.execute(query).all())


async def _report_and_return(office: Office, one: int, days: int) -> None:
    now = office.clock()
    report = Proof("event")
    await office.run(lambda unit: assignment_actions.report(unit, _viewer(unit, office, 1), one, report, (), now))
    office.clock.move_to(now + timedelta(days=days))
    later = office.clock()
    await office.run(
        lambda unit: assignment_actions.give_back(unit, _viewer(unit, office, 2), one, "thiếu phụ lục", later)
    )


async def test_every_way_a_date_is_decided_keeps_its_grounds(office: Office) -> None:
    ids = await office.run(_ids)
    now = office.clock()
    waiting = ids["Kiểm tra tại cơ sở chưa có hạn"]
    await office.run(
        lambda unit: dates.set_due(unit, _viewer(unit, office, 2), waiting, date(2026, 6, 30), "12/KH-UBND", now)
    )
    await _report_and_return(office, ids["Báo cáo tháng 2026-01"], 2)
    asked = await office.run(
        lambda unit: extensions.ask(
            unit, _viewer(unit, office, 1), ids["Rà soát"], date(2026, 7, 31), "chờ Bộ", "", office.clock()
        )
    )
    word = extensions.Word("Chánh Văn phòng", "9/VPUBND")
    await office.run(
        lambda unit: extensions.grant(unit, _viewer(unit, office, 2), asked, date(2026, 7, 31), word, office.clock())
    )
    draft = make_draft((PLAN[0], Row(PLAN[1].content, "Sở Tư pháp", "Trước ngày 10/03/2026"), *PLAN[2:]))
    await office.run(
        lambda unit: amend.amend(
            unit, 1, draft, to_json(draft), "a" * 64, nearest_name, office.clock(), accept_doubts=True
        )
    )
    off = calendar_actions.adding(date(2026, 2, 27), DayKind.HOLIDAY, "13/QĐ-TTg", office.clock())
    await office.run(lambda unit: calendar_actions.change(unit, off, office.clock(), None))
    rows = await office.run(_rows)
    assert {row.reason for row in rows} == {"issued", "dated", "returned", "extended", "amended", "calendar"}
    assert {row.reason for row in rows} <= set(REASONS)
    for row in rows:
        grounds = grounds_in(row.explanation)
        assert grounds is not None, row.reason
        assert (grounds.reckoning is None) == (row.due_on is None)
        assert row.explanation["said"].endswith(".")
    said = {row.reason: row.explanation["said"] for row in rows}
    assert "Văn phòng đặt hạn: thứ Ba 30/06/2026 (12/KH-UBND)." in said["dated"]
    assert (
        "Văn phòng đồng ý gia hạn đến: thứ Sáu 31/07/2026 (9/VPUBND; người đồng ý: Chánh Văn phòng)."
        in (said["extended"])
    )
    assert "“Trước ngày” không tính chính thứ Ba 10/03/2026" in said["amended"]
    assert "trả lại 2 ngày làm việc" in said["returned"]
    assert "27/02/2026 (nghỉ lễ, 13/QĐ-TTg)" in said["calendar"]


async def test_days_given_back_are_counted_again(office: Office) -> None:
    """The end of January and two days more: a holiday among them moves the date by one."""
    one = (await office.run(_ids))["Báo cáo tháng 2026-01"]
    await _report_and_return(office, one, 2)
    given = next(row for row in await office.run(_rows) if row.reason == "returned")
    assert given.due_on == date(2026, 2, 3)
    off = calendar_actions.adding(date(2026, 2, 2), DayKind.HOLIDAY, "13/QĐ-TTg", office.clock())
    await office.run(lambda unit: calendar_actions.change(unit, off, office.clock(), None))
    moved = next(row for row in await office.run(_rows) if row.reason == "calendar" and row.matter_id == one)
    grounds = grounds_in(moved.explanation)
    assert grounds is not None
    assert grounds.reckoning == Held(LastWorking(date(2026, 1, 31)), date(2026, 1, 12), date(2026, 1, 14))
    assert moved.due_on == due(grounds.reckoning, await office.read(office_views.calendar)) == date(2026, 2, 4)
    assert moved.explanation["known_on"] == "2026-01-12", "known since issue: it climbs as before"
    told = await office.read(lambda unit: date_views.by_code(unit, "NV-0001"))
    assert told is not None
    assert [(at.old, at.new, at.reason) for at in told.decisions[1:]] == [
        (date(2026, 1, 30), date(2026, 2, 3), REASONS["returned"]),
        (date(2026, 2, 3), date(2026, 2, 4), REASONS["calendar"]),
    ]


async def test_nobody_is_made_late_by_an_entry_of_today(office: Office) -> None:
    office.clock.move_to(datetime(2026, 1, 30, 7, 0, tzinfo=VIETNAM))
    off = calendar_actions.adding(date(2026, 1, 30), DayKind.HOLIDAY, "13/QĐ-TTg", office.clock())
    done = await office.run(lambda unit: calendar_actions.change(unit, off, office.clock(), None))
    assert "NV-0001" not in {one.matter.code for one in done.effect.dates}
    told = await office.read(lambda unit: date_views.by_code(unit, "NV-0001"))
    assert told is not None
    assert told.due_on == date(2026, 1, 30)
    assert "Giữ thứ Sáu 30/01/2026: lịch thay đổi không kéo hạn lùi về ngày đã qua." in told.why.sentences
