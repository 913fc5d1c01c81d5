"""Two agencies merge in the middle of a year: everybody is told once, and the work goes on under the same codes."""

from datetime import datetime
from pathlib import Path

import pytest

from actions import succession
from domain.assignments import State
from domain.local import VIETNAM
from domain.people import Role
from storage.views import work
from tests.flows.transcript import transcript
from tests.office import Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tài chính; Sở Nội vụ", "Trước ngày 30/01/2026", "Kế hoạch"),
    Row("Đối chiếu số phí, lệ phí", "Sở Tài chính", "Hằng quý", "Biên bản"),
    Row("Rà soát mức thu lệ phí", "Sở Tài chính", "Trước ngày 16/01/2026", "Báo cáo"),
)
BASIS = "Nghị quyết số 18/NQ-HĐND ngày 10/01/2026"


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, start=at(12, 1, 7, 30))


async def test_a_merger_as_its_people_see_it(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    moved = await office.officer("STC", Role.OFFICER, "Ngô Mẫu Khánh", "Chuyên viên")
    stays = await office.officer("SNV", Role.OFFICER, "Phạm Mẫu Cúc", "Phó Chánh Văn phòng")
    head = await office.officer("STC", Role.HEAD, "Lê Mẫu Sơn", "Giám đốc")
    await office.advance(at(12, 1, 8))
    await office.issue(PLAN)
    await office.advance(at(19, 1, 9))
    await moved.say("NV-0003")
    await moved.press("Báo tiến độ")
    for chat in (coordinator, stays, head):
        await chat.heard()
    await office.run(lambda unit: succession.succeed(unit, "STC", "SNV", office.clock().date(), BASIS, office.clock()))
    (kept,) = await moved.say("đã đối chiếu xong 2 tháng, khoảng 60%")
    assert kept.first_line.startswith("Đã ghi tiến độ NV-0003"), "what was begun goes on"
    await office.advance(at(20, 1, 15))
    for chat in (moved, stays, head):
        told = [one for one in await chat.heard() if "kế thừa" in one.text]
        assert len(told) == 1
        assert "Từ thứ Hai 19/01/2026, Sở Nội vụ kế thừa Sở Tài chính theo Nghị quyết số 18/NQ-HĐND" in told[0].text
        assert "NV-0003" in told[0].text
    (figures,) = [one for one in await coordinator.heard() if "kế thừa" in one.text]
    assert "Việc trùng đã nhập làm một: NV-0001 vào NV-0002." in figures.text
    (listed,) = await stays.say("viec")
    assert listed.first_line.startswith("Việc của Sở Nội vụ")
    (card,) = await stays.say("NV-0003")
    assert "sáp nhập, chuyển từ Sở Tài chính sang Sở Nội vụ" in card.text
    assert "tiến độ 60%" in card.text
    (merged,) = await coordinator.say("NV-0001")
    assert "nhập vào NV-0002" in merged.text
    (mine,) = await moved.say("viec")
    assert "NV-0001" not in mine.text
    await moved.say("xong NV-0003")
    await moved.say("40/BB-SNV ngày 20/01/2026")
    await moved.press("Gửi báo cáo hoàn thành")
    works = await office.read(lambda unit: work.everything(unit, office.clock().date(), agency="SNV"))
    assert {one.code: one.state for one in works}["NV-0003"] is State.REPORTED


async def test_reminders_after_the_merger_name_the_new_agency(office: Office) -> None:
    moved = await office.officer("STC", Role.OFFICER, "Ngô Mẫu Khánh", "Chuyên viên")
    await office.issue(PLAN[2:])
    await office.advance(at(13, 1))
    await office.run(lambda unit: succession.succeed(unit, "STC", "SNV", office.clock().date(), BASIS, office.clock()))
    await moved.heard()
    await office.advance(at(30, 1))
    heard = [one for one in await moved.heard() if one.kind == "bundle"]
    assert any("QUÁ HẠN" in one.text.upper() and "NV-0001" in one.text for one in heard)
    assert not any("Sở Tài chính" in one.text for one in heard if "kế thừa" not in one.text)
    assert "kế thừa" in await transcript(office)
