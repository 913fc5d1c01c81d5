"""A row that comes back without a day: asked once at import, the last working day unless somebody says otherwise."""

from datetime import date, datetime
from pathlib import Path

import pytest

from actions import drafts, issue, plans, settling
from app.guessing import nearest_name
from domain import plans as plan_values
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.people import Role, Viewer
from storage import plans as plan_rows
from storage.database import Unit
from storage.views import office as office_views
from storage.views import work
from tests.flows.test_amend import amend_by
from tests.office import START, Office, Row, make_draft, make_office

pytestmark = pytest.mark.anyio

ROWS = (
    Row("Báo cáo kết quả", "Sở Tư pháp", "Hằng quý"),
    Row("Tổng kết năm", "Sở Nội vụ", "Hằng năm"),
    Row("Báo cáo tháng", "Sở Tài chính", "Trước ngày 25 hằng tháng"),
    Row("Tổng hợp", "Sở Tài chính", "Hằng quý, 6 tháng và năm"),
    Row("Trực ban", "Sở Tài chính", "Hằng tuần"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def drafted(office: Office) -> int:
    draft = make_draft(ROWS)

    def keep(unit: Unit) -> int:
        return plans.import_draft(unit, draft, plan_values.to_json(draft), "0" * 64, nearest_name, START).plan_id

    return await office.run(keep)


async def asked(office: Office, plan: int) -> dict[str, int]:
    def ask(unit: Unit) -> dict[str, int]:
        version = plan_rows.latest_version(unit, plan) or 0
        return {one.said: one.id for one in plan_rows.doubts_of(unit, version, open_only=True) if one.field == "day"}

    return await office.read(ask)


async def due(office: Office, plan: int) -> dict[str, date | None]:
    await office.run(lambda unit: issue.issue(unit, plan, accept_doubts=True, at=START, now=START))
    works = await office.read(lambda unit: work.everything(unit, START.date()))
    return {one.content: one.due_on for one in reversed(works)}


async def test_asked_once_and_the_last_working_day_where_nobody_answers(office: Office) -> None:
    plan = await drafted(office)
    assert set(await asked(office, plan)) == {"Hằng quý", "Hằng năm"}
    found = await due(office, plan)
    assert found["Báo cáo kết quả"] == date(2026, 3, 31)
    assert found["Tổng kết năm"] == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("said", "answer", "day"),
    [
        ("Hằng quý", "25", date(2026, 3, 25)),
        ("Hằng quý", "ngày 20", date(2026, 3, 20)),
        ("Hằng quý", "ngày làm việc cuối kỳ", date(2026, 3, 31)),
        ("Hằng quý", "giữ nguyên", date(2026, 3, 31)),
        ("Hằng năm", "20/11", date(2026, 11, 20)),
        ("Hằng năm", "ngày 20 tháng 11", date(2026, 11, 20)),
    ],
)
async def test_an_answer_names_the_day(office: Office, said: str, answer: str, day: date) -> None:
    plan = await drafted(office)
    doubt = (await asked(office, plan))[said]
    await office.run(lambda unit: settling.settle(unit, plan, doubt, answer, START))
    content = "Báo cáo kết quả" if said == "Hằng quý" else "Tổng kết năm"
    assert (await due(office, plan))[content] == day


@pytest.mark.parametrize(("said", "answer"), [("Hằng quý", "32"), ("Hằng quý", "cuối kỳ ạ"), ("Hằng năm", "25"),
                                              ("Hằng năm", "31/2"), ("Hằng quý", "20/11")])  # fmt: skip
async def test_what_is_no_day_of_the_period_is_refused(office: Office, said: str, answer: str) -> None:
    plan = await drafted(office)
    doubt = (await asked(office, plan))[said]
    with pytest.raises(ActRefused, match="là ngày nào của kỳ"):
        await office.run(lambda unit: settling.settle(unit, plan, doubt, answer, START))


async def test_an_answer_can_be_taken_back(office: Office) -> None:
    await office.officer("VPUBND", Role.COORDINATOR)
    plan = await drafted(office)
    doubt = (await asked(office, plan))["Hằng quý"]

    def coordinator(unit: Unit) -> Viewer:
        return office_views.viewer(unit, office_views.coordinators_reachable(unit)[0], START.date())

    found = await office.run(lambda unit: drafts.answer(unit, coordinator(unit), plan, doubt, "25", START))
    assert "25" in found.said
    await office.run(lambda unit: drafts.take_back(unit, coordinator(unit), plan, doubt, START))
    assert "Hằng quý" in await asked(office, plan)
    assert (await due(office, plan))["Báo cáo kết quả"] == date(2026, 3, 31)


async def test_an_amendment_does_not_ask_for_it(office: Office) -> None:
    await office.issue(ROWS[:1])
    await amend_by(office, ROWS[0], ROWS[1])


async def test_dates_are_asked_for_as_the_plan_is_issued_and_then_once_a_month(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await office.issue([Row("Việc một", "Sở Tư pháp", "Theo Kế hoạch riêng")])
    await office.settle()
    await office.advance(datetime(2026, 1, 20, 9, tzinfo=VIETNAM))
    await office.issue([Row("Việc hai", "Sở Nội vụ", "Khi có phát sinh")], number="16/KH-UBND")
    await office.advance(datetime(2026, 2, 3, 9, tzinfo=VIETNAM))
    told = [one for one in await coordinator.all_heard() if one.kind == "bundle" and "chưa có hạn" in one.first_line]
    assert [(f"{one.at:%d/%m}", "Việc một" in one.text, "Việc hai" in one.text) for one in told] == [
        ("12/01", True, False),
        ("20/01", False, True),
        ("02/02", True, True),
    ]
