"""An issued plan is amended, or a row that waits gets its date: what changes, and who hears of it, once."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from actions import amend
from actions.amend import Amended
from app.guessing import nearest_name
from domain.assignments import State
from domain.errors import ActRefused
from domain.people import Role
from domain.plans import to_json
from storage.views import work
from tests.office import Office, Row, make_draft, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 20/02/2026", "Kế hoạch"),
    Row("Rà soát thủ tục hành chính còn vướng mắc", "Sở Tư pháp", "Quý II", "Báo cáo"),
    Row("Kiểm tra tại cơ sở", "Sở Nội vụ", "Theo Kế hoạch riêng", "Biên bản"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def amend_by(office: Office, *rows: Row, accept: bool = False) -> Amended:
    draft = make_draft(rows)
    return await office.run(
        lambda unit: amend.amend(
            unit, 1, draft, to_json(draft), f"{rows!r}"[:64], nearest_name, office.clock(), accept_doubts=accept
        )
    )


async def _due(office: Office) -> dict[str, tuple[str, date | None, State]]:
    works = await office.read(lambda unit: work.everything(unit, office.clock().date()))
    return {one.code: (one.agency_code, one.due_on, one.state) for one in works}


async def test_a_moved_date_a_new_row_and_a_dropped_one(office: Office) -> None:
    justice = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.advance(office.clock() + timedelta(hours=1))
    await justice.heard()
    done = await amend_by(
        office,
        Row(PLAN[0].content, "Sở Tư pháp; Sở Nội vụ", "Trước ngày 10/03/2026", "Kế hoạch"),
        PLAN[2],
        Row("Tổng kết phong trào thi đua", "Sở Tài chính", "Trước 15/12/2026", "Báo cáo"),
    )
    assert done == Amended(added=1, moved=2, cancelled=1)
    due = await _due(office)
    assert due["NV-0001"] == ("STP", date(2026, 3, 9), State.ASSIGNED)
    assert due["NV-0003"][2] is State.CANCELLED
    assert due["NV-0005"] == ("STC", date(2026, 12, 14), State.ASSIGNED)
    await office.advance(office.clock() + timedelta(days=2))
    heard = [one for one in await justice.heard() if one.kind == "bundle"]
    assert len(heard) == 1
    assert "NV-0001" in heard[0].text
    assert "20/02/2026 → Trước ngày 10/03/2026" in heard[0].text
    assert "NV-0003 không còn phải thực hiện" in heard[0].text


async def test_reminders_follow_the_new_date_and_the_old_ones_are_silent(office: Office) -> None:
    justice = await office.officer("STP")
    await office.issue(PLAN[:1])
    await amend_by(office, Row(PLAN[0].content, PLAN[0].lead, "Trước ngày 10/03/2026", "Kế hoạch"))
    await office.advance(office.clock() + timedelta(days=40))
    texts = "\n".join(one.text for one in await justice.heard())
    assert "QUÁ HẠN" not in texts
    assert "19/02/2026" not in texts


async def test_a_reported_row_stays_reported(office: Office) -> None:
    justice = await office.officer("STP")
    await office.issue(PLAN[1:2])
    await office.settle()
    await justice.say("xong NV-0001")
    await justice.press("Bỏ qua")
    await justice.press("Gửi báo cáo")
    await amend_by(office, Row(PLAN[1].content, "Sở Tư pháp", "Quý III", "Báo cáo"))
    assert (await _due(office))["NV-0001"][1:] == (date(2026, 9, 30), State.REPORTED)


@pytest.mark.parametrize("rows", [PLAN, ()])
async def test_what_changes_nothing_is_refused(office: Office, rows: tuple[Row, ...]) -> None:
    await office.issue(PLAN)
    with pytest.raises(ActRefused):
        await amend_by(office, *rows)


async def test_doubts_refuse_the_whole_amendment(office: Office) -> None:
    await office.issue(PLAN)
    before = await _due(office)
    fresh = Row("Việc của nơi chưa biết", "Sở Vũ trụ", "Quý IV")
    with pytest.raises(ActRefused, match="Sở Vũ trụ"):
        await amend_by(office, *PLAN, fresh)
    assert await _due(office) == before
    assert (await amend_by(office, *PLAN, fresh, accept=True)).added == 0


async def test_the_office_gives_a_waiting_row_its_date(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    interior = await office.officer("SNV")
    await office.issue(PLAN)
    await office.settle()
    await coordinator.say("tonghop")
    await coordinator.press("Nhiệm vụ chưa có hạn")
    await coordinator.press("Đặt hạn NV-0004")
    (refused,) = await coordinator.say("khi nào rảnh")
    assert "Chưa rõ hạn" in refused.text
    (answer,) = await coordinator.say("trước ngày 30/06/2026 theo 12/KH-UBND ngày 01/03/2026")
    assert answer.first_line == "Đã đặt hạn thứ Hai 29/06/2026 cho 1 đơn vị"
    assert (await _due(office))["NV-0004"][1] == date(2026, 6, 29)
    await office.advance(office.clock() + timedelta(days=2))
    assert any("12/KH-UBND" in one.text for one in await interior.heard())


async def test_an_officer_cannot_set_dates(office: Office) -> None:
    interior = await office.officer("SNV")
    await office.issue(PLAN)
    await office.settle()
    await interior.say("viec")
    await office.take_in(interior.chat, {"button": "date:4", "label": "x", "stamp": office.web.stamp()})
    assert (await _due(office))["NV-0004"][1] is None
