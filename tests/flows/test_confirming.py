"""Reports with a number and a date: confirmed together by a coordinator, or by themselves after a while."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.local import VIETNAM
from domain.people import Role
from storage.schema import assignments, audit
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = tuple(Row(f"Việc thứ {n}", "Sở Tư pháp", "Trước ngày 20/06/2026") for n in (1, 2, 3))


async def report(officer: Chat, code: str, document: str) -> None:
    await officer.say(f"xong {code}")
    await officer.say(document)
    await officer.press("Gửi báo cáo")


async def states(office: Office) -> dict[str, str]:
    query = select(assignments.c.code, assignments.c.state).order_by(assignments.c.id)
    return await office.read(lambda unit: {row.code: row.state for row in unit.conn.execute(query)})


async def begun(folder: Path, days: int = 0) -> tuple[Office, Chat, Chat]:
    office = make_office(folder, environment={"NHACVIEC_AUTO_CONFIRM_DAYS": str(days)})
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    justice = await office.officer("STP")
    await office.issue(PLAN)
    await report(justice, "NV-0001", "45/KH-STP ngày 12/01/2026")
    await report(justice, "NV-0002", "46/BC-STP ngày 12/01/2026")
    await report(justice, "NV-0003", "Bỏ qua")
    return office, coordinator, justice


async def test_together_after_a_look_at_the_codes(tmp_path: Path) -> None:
    office, coordinator, _ = await begun(tmp_path)
    await coordinator.say("tonghop")
    await coordinator.press("Báo cáo chờ xác nhận")
    (asked,) = await coordinator.press("Xác nhận tất cả báo cáo có số, ngày (2)")
    assert "- NV-0001 · Sở Tư pháp: Việc thứ 1\n- NV-0002 · Sở Tư pháp: Việc thứ 2" in asked.text
    assert "NV-0003" not in asked.text
    assert (await states(office))["NV-0001"] == "reported"
    (done,) = await coordinator.press("Xác nhận 2 báo cáo")
    assert "NV-0001, NV-0002" in done.text
    assert await states(office) == {"NV-0001": "confirmed", "NV-0002": "confirmed", "NV-0003": "reported"}


async def test_what_was_answered_meanwhile_is_left_out(tmp_path: Path) -> None:
    office, coordinator, _ = await begun(tmp_path)
    other = await office.officer("VPUBND", Role.COORDINATOR)
    await coordinator.say("tonghop")
    await coordinator.press("Báo cáo chờ xác nhận")
    await coordinator.press("Xác nhận tất cả")
    await other.say("NV-0001")
    await other.press("Trả lại báo cáo")
    await other.say("Thiếu số liệu cấp xã")
    (done,) = await coordinator.press("Xác nhận 2 báo cáo")
    assert "NV-0002" in done.text
    assert "NV-0001" not in done.text
    assert (await states(office))["NV-0001"] == "returned"


async def test_only_a_coordinator_confirms_together(tmp_path: Path) -> None:
    office, _, justice = await begun(tmp_path)
    await office.take_in(justice.chat, {"button": "confirmall", "label": "x", "stamp": office.web.stamp()})
    assert "Không tìm thấy" in (await justice.heard())[-1].text


async def test_by_itself_after_the_days_set_and_told(tmp_path: Path) -> None:
    office, _, justice = await begun(tmp_path, days=5)
    await office.advance(datetime(2026, 1, 16, 17, 0, tzinfo=VIETNAM))
    assert set((await states(office)).values()) == {"reported"}
    await justice.heard()
    await office.advance(datetime(2026, 1, 19, 9, 0, tzinfo=VIETNAM))
    assert await states(office) == {"NV-0001": "confirmed", "NV-0002": "confirmed", "NV-0003": "reported"}
    told = "\n".join(one.text for one in await justice.heard())
    assert "NV-0001: Việc thứ 1\nTự xác nhận sau 5 ngày làm việc: có số, ngày văn bản." in told
    act = select(audit.c.actor).where(audit.c.act == "confirm")
    assert await office.read(lambda unit: set(unit.conn.execute(act).scalars())) == {"system"}


async def test_an_earlier_document_counts_for_nothing_after_a_return(tmp_path: Path) -> None:
    office, coordinator, justice = await begun(tmp_path, days=2)
    await coordinator.say("NV-0001")
    await coordinator.press("Trả lại báo cáo")
    await coordinator.say("Chưa đúng thẩm quyền ký")
    office.clock.move_to(datetime(2026, 1, 12, 9, 0, tzinfo=VIETNAM))
    await report(justice, "NV-0001", "Bỏ qua")
    await office.advance(datetime(2026, 1, 20, 9, 0, tzinfo=VIETNAM))
    assert await states(office) == {"NV-0001": "reported", "NV-0002": "confirmed", "NV-0003": "reported"}


async def test_never_by_itself_unless_it_is_set(tmp_path: Path) -> None:
    office, _, _ = await begun(tmp_path)
    await office.advance(datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM))
    assert set((await states(office)).values()) == {"reported"}
