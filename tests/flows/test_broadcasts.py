"""One text to many: previewed, waiting its minutes, taken back or gone; twice a year, who the focal officers are."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.local import VIETNAM
from domain.people import Role
from scheduler import sweep
from storage.schema import broadcasts, notices, reconfirmations
from tests.flows.evidence_files import WORD, with_macros, word_file
from tests.office import Chat, Office, make_office

pytestmark = pytest.mark.anyio

TEXT = "Họp giao ban trực tuyến lúc 8 giờ thứ Sáu 16/01/2026, đề nghị chuẩn bị số liệu"


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def _told(chat: Chat) -> list[str]:
    return [one.text for one in await chat.heard() if one.kind == "bundle"]


async def _send(coordinator: Chat, to: str) -> None:
    await coordinator.say("thongbao")
    await coordinator.say(TEXT)
    await (coordinator.press(to) if to.startswith("Tất cả") else coordinator.say(to))
    await coordinator.press("Gửi thông báo")


async def test_it_is_previewed_waits_and_leaves_once_a_person(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    officer, commune = await office.officer("STP"), await office.officer("XA01")
    head = await office.officer("STP", Role.HEAD)
    assert "quá ngắn" in (await coordinator.say("thongbao họp"))[0].text
    await coordinator.say(f"thongbao {TEXT}")
    assert "Danh mục chưa có" in (await coordinator.say("Sở Thể dục"))[0].text
    (shown,) = await coordinator.press("Tất cả cán bộ đầu mối")
    assert shown.first_line == "Gửi thông báo tới 2 người của 2 cơ quan, lúc 08:05 12/01/2026?"
    assert "Chưa liên lạc được 6 cơ quan: UBND tỉnh Sông Lam" in shown.text
    assert TEXT in shown.text
    (waits,) = await coordinator.press("Gửi thông báo")
    assert waits.first_line == "Thông báo sẽ gửi lúc 08:05 12/01/2026"
    await office.advance(at(12, 1, 8, 4))
    assert not any(TEXT in one for one in [*await _told(officer), *await _told(commune)])
    await office.advance(at(12, 1, 8, 5))
    for chat in (officer, commune):
        (told,) = [one for one in await _told(chat) if TEXT in one]
        assert "Đồng chí Hoàng Mẫu Lan, Văn phòng, lúc 08:00 12/01/2026" in told
    assert await _told(head) == []
    (late,) = await coordinator.press("Thu hồi")
    assert late.text.startswith("Thông báo này đã gửi đi lúc 08:05 ngày 12/01/2026, không thu hồi được nữa")
    await office.advance(at(14, 1))
    assert not any(TEXT in one for one in [*await _told(officer), *await _told(commune)]), "never twice"
    assert "Nơi nhận" in shown.text
    (read,) = await officer.say("thongbao")
    assert TEXT in read.text, "who does not coordinate reads what came last"
    assert "Chưa có thông báo chung nào" in (await head.say("thongbao"))[0].text


async def test_one_file_goes_with_the_text_once_it_was_looked_at(office: Office) -> None:
    coordinator, officer = await office.officer("VPUBND", Role.COORDINATOR), await office.officer("STP")
    await coordinator.say(f"thongbao {TEXT}")
    await coordinator.press("Tất cả cán bộ đầu mối")
    await coordinator.press("Kèm tệp")
    assert "Xin gửi một tệp" in (await coordinator.say("giấy mời"))[-1].text
    await coordinator.send_file("giay-moi.docx", "", WORD, with_macros())
    while await office.inner.evidence.step():
        pass
    assert "không dùng được" in (await coordinator.press("Gửi thông báo"))[-1].text, "it carries a program"
    letter = word_file("12/GM-VP", "10 tháng 01 năm 2026", "họp giao ban")
    shown = (await coordinator.send_file("giay-moi.docx", "", WORD, letter))[-1]
    assert f"Kèm tệp: giay-moi.docx ({round(len(letter) / 1000)} KB)" in shown.text
    early = (await coordinator.press("Gửi thông báo"))[-1]
    assert early.first_line.startswith("Tệp đang được tải về")
    await coordinator.press("Quay lại")
    assert "Kèm tệp: giay-moi.docx" in (await coordinator.press("Tất cả cán bộ đầu mối"))[-1].text, (
        "kept on the way back"
    )
    while await office.inner.evidence.step():
        pass
    (waits,) = await coordinator.press("Gửi thông báo")
    assert "Kèm tệp giay-moi.docx." in waits.text
    await coordinator.press("Thu hồi")
    await office.advance(at(12, 1, 8, 30))
    assert not [one for one in await officer.heard() if one.files], "taken back with its text"

    await coordinator.say(f"thongbao {TEXT}")
    await coordinator.press("Tất cả cán bộ đầu mối")
    await coordinator.send_file("giay-moi.docx", "", WORD, letter)
    while await office.inner.evidence.step():
        pass
    assert "Kèm tệp" not in (await coordinator.press("Bỏ tệp"))[-1].text
    await coordinator.send_file("giay-moi.docx", "", WORD, letter)
    while await office.inner.evidence.step():
        pass
    await coordinator.press("Gửi thông báo")
    await office.advance(at(12, 1, 9))
    heard = await officer.heard()
    assert any("Kèm tệp: giay-moi.docx" in one.text and TEXT in one.text for one in heard)
    ((file,),) = [one.files for one in heard if one.files]
    assert office.web.files.read(file.digest, 1_000_000) == letter
    assert [one.name for told in await officer.say("thongbao") for one in told.files] == ["giay-moi.docx"]


async def test_what_is_taken_back_at_the_last_minute_leaves_nothing(office: Office) -> None:
    coordinator, officer = await office.officer("VPUBND", Role.COORDINATOR), await office.officer("STP")
    await _send(coordinator, "các sở, UBND cấp xã")
    office.clock.move_to(at(12, 1, 8, 5))  # its minute has come, and no sweep has run yet
    (undone,) = await coordinator.press("Thu hồi")
    assert undone.first_line == "Đã thu hồi thông báo, không gửi tới ai"
    (again,) = await coordinator.press("Tổng hợp")
    assert again.text
    await office.advance(at(13, 1))
    assert await _told(officer) == []
    (row,) = await office.read(lambda unit: unit.conn.execute(select(broadcasts)).all())
    assert row.undone_at is not None
    assert row.left_at is None


async def test_a_sweep_that_wrote_notices_before_it_was_killed_says_nothing_of_what_was_taken_back(
    office: Office,
) -> None:
    coordinator, officer = await office.officer("VPUBND", Role.COORDINATOR), await office.officer("STP")
    await _send(coordinator, "Tất cả cán bộ đầu mối")
    office.clock.move_to(at(12, 1, 8, 5))
    await office.run(lambda unit: sweep.sweep(unit, office.clock()))
    await office.run(  # as if it had been taken back by another process in between
        lambda unit: unit.conn.execute(broadcasts.update().values(undone_at=office.clock()))
    )
    await office.settle()
    assert await _told(officer) == []
    (row,) = await office.read(
        lambda unit: unit.conn.execute(select(notices).where(notices.c.kind == "broadcast")).all()
    )
    assert (row.state, row.reason) == ("dropped", "the office took the broadcast back")


async def test_sent_in_the_evening_it_can_be_taken_back_until_the_morning(office: Office) -> None:
    coordinator, officer = await office.officer("VPUBND", Role.COORDINATOR), await office.officer("STP")
    await office.advance(at(12, 1, 20))
    await coordinator.heard()
    await _send(coordinator, "Tất cả cán bộ đầu mối")
    await office.advance(at(13, 1, 7, 29))
    (asked,) = await coordinator.say("thongbao")
    assert "Đang đợi gửi lúc 07:30 13/01/2026" in asked.text
    await coordinator.press("Thu hồi")
    await office.advance(at(13, 1, 12))
    assert not any(TEXT in one for one in await _told(officer))


async def test_twice_a_year_agencies_say_who_their_officers_are(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=at(29, 6))
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    officer = await office.officer("STP", name="Trần Mẫu Bình", position="Chuyên viên")
    head = await office.officer("STP", Role.HEAD, name="Lê Mẫu Cường")
    other = await office.officer("XA01", name="Nguyễn Mẫu An")
    await office.officer("SNV", name="Phạm Mẫu Dung")
    await office.advance(at(1, 7, 0, 30))
    await office.officer("STC")  # who joined within the month of a round is not asked in it
    for chat in (officer, head, other, coordinator):
        await chat.heard()
    await office.advance(at(1, 7))
    (told,) = await _told(head)
    assert "đề nghị xác nhận cán bộ đầu mối của Sở Tư pháp" in told
    assert "vẫn là đồng chí Trần Mẫu Bình (Chuyên viên)?" in told
    assert not any("đầu mối" in one for one in await _told(officer)), "the head is asked, not the officer"
    assert any("xác nhận cán bộ đầu mối của UBND xã Lam Sơn" in one for one in await _told(other))
    await head.say("daumoi")
    (thanks,) = await head.press("Vẫn đúng")
    assert thanks.first_line == "Đã ghi: cán bộ đầu mối của Sở Tư pháp vẫn đúng"
    (twice,) = await officer.say("daumoi")
    assert twice.text.startswith("Không có câu hỏi nào")

    (asked,) = await other.say("daumoi")
    assert [one.label for one in asked.choices] == ["Vẫn đúng", "Có thay đổi"]
    await other.press("Có thay đổi")
    (shown,) = await other.say("từ 01/8 đồng chí Đỗ Mẫu Em thay đồng chí Nguyễn Mẫu An")
    assert shown.first_line == "Gửi Văn phòng về cán bộ đầu mối của UBND xã Lam Sơn?"
    await other.press("Gửi Văn phòng")
    await office.advance(at(7, 7, 17))
    assert any("UBND xã Lam Sơn báo thay đổi cán bộ đầu mối" in one for one in await _told(coordinator))
    (stand,) = await coordinator.say("daumoi")
    assert stand.first_line == "Xác nhận đầu mối tháng 07/2026: 2/3 cơ quan đã trả lời"
    assert "Chưa trả lời: Sở Nội vụ" in stand.text
    assert "đồng chí Đỗ Mẫu Em thay" in stand.text
    await office.advance(at(10, 7, 17))
    said = await office.read(
        lambda unit: unit.conn.execute(select(notices.c.occasion).where(notices.c.kind == "reconfirm")).scalars().all()
    )
    assert sum(one.endswith(":again") for one in said) == 1, "once more, and only who is silent"
    rows = await office.read(lambda unit: unit.conn.execute(select(reconfirmations)).all())
    assert len(rows) == 3, "asked once a round"
