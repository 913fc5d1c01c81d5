"""What a progress report reads, on both databases: later dates, other agencies, endings, days gone by."""

from datetime import date, datetime

import pytest
from sqlalchemy import event, select

from actions import assignments as acts
from actions import changing, closing, extensions, objections, progress_reports
from actions.assignments import Proof
from actions.extensions import Word
from domain.closing import Decisions
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.people import Role, Seat, Viewer
from domain.periods import Period
from domain.reports.counting import Figures
from domain.reports.progress import Progress
from storage import people
from storage.database import Unit
from storage.schema import agencies, assignments, matters
from storage.views import progress
from tests.office import START, Office, Row

pytestmark = pytest.mark.anyio

Q1, Q2, YEAR = (Period.read(one) for one in ("2026-Q1", "2026-Q2", "2026"))
DUE = "Trước ngày 28/02/2026"
PLAN = (
    Row("Được gia hạn sang quý sau", "Sở Tư pháp", DUE, "Báo cáo"),
    Row("Chuyển cho cơ quan khác", "Sở Tư pháp", DUE),
    Row("Thôi không làm", "Sở Tư pháp", DUE),
    Row("Vướng, chưa xong", "Sở Tư pháp", DUE),
    Row("Làm xong rồi bị trả lại", "Sở Tư pháp", DUE),
    Row("Theo dõi", "Sở Tư pháp; Thuế tỉnh", "Thường xuyên"),
)


def at(day: int, month: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=VIETNAM)


def _viewer(unit: Unit, code: str, role: Role) -> Viewer:
    found = unit.conn.execute(select(agencies).where(agencies.c.code == code)).one()
    return Viewer(
        people.add_person(unit, f"Người của {code}", "", "", START),
        "Người mẫu",
        (Seat(found.id, found.name, role),),
    )


def _ids(unit: Unit) -> dict[str, int]:
    return {row.code: row.id for row in unit.conn.execute(select(assignments.c.code, assignments.c.id))}


def _story(unit: Unit) -> None:
    """Let the first quarter pass in one go, each act on its day."""
    officer, office = _viewer(unit, "STP", Role.OFFICER), _viewer(unit, "VPUBND", Role.COORDINATOR)
    one = _ids(unit)
    asked = extensions.ask(unit, officer, one["NV-0001"], date(2026, 4, 20), "Chờ Bộ hướng dẫn", "", at(9, 2))
    extensions.grant(unit, office, asked, date(2026, 4, 20), Word("Phó Chủ tịch", "Công văn 45/VP"), at(10, 2))
    objections.disown(unit, officer, one["NV-0002"], "Việc của Sở Nội vụ", at(9, 2))
    other = unit.conn.execute(select(agencies.c.id).where(agencies.c.code == "SNV")).scalar_one()
    objections.reassign(unit, office, one["NV-0002"], other, "đúng chức năng", at(10, 2))
    version = unit.conn.execute(select(matters.c.version).where(matters.c.id == one["NV-0003"])).scalar_one()
    changing.cancel(unit, office, {one["NV-0003"]: version}, "Đã có kế hoạch khác", at(11, 2))
    objections.obstruct(unit, officer, one["NV-0004"], "Chưa có kinh phí", at(11, 2))
    proof = Proof("document", "9/BC", date(2026, 2, 12))
    acts.report(unit, officer, one["NV-0005"], proof, (), at(12, 2))
    acts.give_back(unit, office, one["NV-0005"], "Thiếu số liệu", at(2, 3))
    acts.report(unit, officer, one["NV-0006"], Proof("event", on=date(2026, 3, 3), text="Đã họp"), (), at(3, 3))


async def told(office: Office, period: Period, day: date) -> Progress:
    return await office.read(lambda unit: progress.of_period(unit, period, day))


async def test_every_act_shows_where_it_belongs_and_once(office: Office) -> None:
    await office.issue(PLAN)
    assert (await told(office, Q1, date(2026, 1, 31))).totals() == Figures(open_in_time=7, undated=2)
    await office.run(_story)
    report = await told(office, Q1, date(2026, 3, 31))
    by_code = {row.code: row for row in report.rows}
    assert report.totals() == Figures(1, 0, 1, 3, cancelled=1, waiting=1, undated=1)
    assert "NV-0002" not in by_code  # another agency has it, under a code of its own
    assert report.by_original().total == 6
    assert (report.moved_out(), report.moved_in()) == (1, 0)

    late, extended, ended = by_code["NV-0004"], by_code["NV-0001"], by_code["NV-0003"]
    assert (late.about.reason, late.late_days) == ("Chưa có kinh phí", 22)
    assert extended.about.extension is not None
    assert (extended.original_on, extended.due_on) == (date(2026, 2, 27), date(2026, 4, 20))
    assert (extended.about.extension.reason, extended.about.extension.basis) == ("Chờ Bộ hướng dẫn", "Công văn 45/VP")
    assert ended.about.ended_for == "Đã có kế hoạch khác"
    assert by_code["NV-0005"].finished_on is None  # it was returned

    second = await told(office, Q2, date(2026, 3, 31))
    assert [row.code for row in second.rows if row.due_on] == ["NV-0001"]
    assert second.totals_before() == report.totals()
    assert [(one.due_on, len(one.agency_ids)) for one in report.coming] == [(date(2026, 4, 20), 1)]
    assert {one.code: figures.total for one, figures in report.by_agency()} == {"STP": 3, "SNV": 1, "THUE": 1}


async def test_what_is_long_overdue_is_carried_over_until_it_is_done(office: Office) -> None:
    await office.issue(PLAN)
    await office.run(_story)
    later = Period.read("2026-Q4")  # neither this period nor the one before holds the dates
    told_late = await told(office, later, date(2026, 10, 5))
    assert {row.code for row in told_late.carried_over()} >= {"NV-0001", "NV-0004", "NV-0005"}
    assert {row.due_on for row in told_late.carried_over() if row.code == "NV-0001"} == {date(2026, 4, 20)}
    assert (told_late.totals().carried, told_late.totals().open_overdue) == (4, 0)

    def finished(unit: Unit) -> None:
        officer, office_ = _viewer(unit, "STP", Role.OFFICER), _viewer(unit, "VPUBND", Role.COORDINATOR)
        one = _ids(unit)["NV-0005"]
        acts.report(unit, officer, one, Proof("document", "10/BC", date(2026, 10, 6)), (), at(7, 10))
        acts.confirm(unit, office_, one, at(8, 10))

    await office.run(finished)
    days = [(await told(office, later, date(2026, 10, day))).totals().carried for day in (5, 6, 8)]
    assert days == [4, 3, 3], "a day gone by still has what was closed later"


async def test_a_day_gone_by_knows_nothing_of_later_acts(office: Office) -> None:
    await office.issue(PLAN)
    await office.run(_story)
    assert (await told(office, Q1, date(2026, 2, 8))).totals() == Figures(open_in_time=7, undated=2)
    mid = await told(office, Q1, date(2026, 2, 10))
    assert [row.extended for row in mid.rows if row.code == "NV-0001"] == [True]
    assert mid.totals().cancelled == 0


async def test_work_of_the_whole_year_is_not_called_undone_when_its_plan_ends(office: Office) -> None:
    plan_id = await office.issue(PLAN[-1:])
    closed = datetime(2026, 12, 31, 9, tzinfo=VIETNAM)
    await office.run(lambda unit: closing.close(unit, plan_id, Decisions(), closed))
    assert (await told(office, YEAR, date(2026, 12, 31))).totals() == Figures(open_in_time=2, undated=2)
    assert (await told(office, Period.read("2027"), date(2027, 6, 1))).totals() == Figures()


async def test_the_statements_are_few_however_many_assignments(office: Office) -> None:
    await office.issue(PLAN * 4)

    def counted(unit: Unit) -> int:
        said: list[str] = []

        def heard(*about: object) -> None:
            said.append(str(about[2]))

        event.listen(unit.conn, "before_cursor_execute", heard)
        progress.of_period(unit, Q1, date(2026, 3, 31))
        event.remove(unit.conn, "before_cursor_execute", heard)
        return len(said)

    assert await office.read(counted) <= 9


async def test_what_is_frozen_stands_whatever_is_done_later(office: Office) -> None:
    await office.issue(PLAN)
    day = datetime(2026, 1, 31, 9, tzinfo=VIETNAM)
    first = await office.run(lambda unit: progress_reports.freeze(unit, None, Q1, day))
    await office.run(_story)
    kept = await office.read(lambda unit: progress_reports.frozen(unit, Q1))
    assert kept == first
    assert kept.report.totals() == Figures(open_in_time=7, undated=2)
    with pytest.raises(ActRefused, match="chưa được chốt"):
        await office.read(lambda unit: progress_reports.frozen(unit, Q2))
    officer = await office.run(lambda unit: _viewer(unit, "STP", Role.OFFICER))
    with pytest.raises(ActRefused, match="Chỉ cán bộ Văn phòng"):
        await office.run(lambda unit: progress_reports.freeze(unit, officer, Q1, day))
