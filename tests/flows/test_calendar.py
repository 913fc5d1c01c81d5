"""The work calendar in chat: a day added and taken out with its effect first, the unconfirmed year, why a date."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from actions import calendar as calendar_actions
from domain.local import VIETNAM
from domain.people import Role
from domain.workdays import DayKind, WorkCalendar
from storage.views import office as office_views
from storage.views import work
from tests.feedback import report
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Báo cáo tháng", "Sở Tư pháp; Sở Nội vụ", "Hằng tháng"),
    Row("Ban hành kế hoạch", "Sở Tài chính", "Trước ngày 05/02/2026"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path)
    await made.issue(PLAN)
    return made


async def calendar(office: Office) -> WorkCalendar:
    return await office.read(office_views.calendar)


async def said(chat: Chat, *words: str) -> str:
    """Say several things one after another and return the last answer."""
    answers = [await chat.say(one) for one in words]
    (last,) = answers[-1]
    return last.text


async def test_a_swap_is_added_question_by_question(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    (shown,) = await lan.say("/lich")
    assert shown.first_line == "Lịch làm việc: năm 2026 đã xác nhận, năm 2027 chưa xác nhận"
    assert "thứ Hai 16/02/2026: nghỉ lễ (Giao thừa Tết Nguyên Đán, theo Bộ luật Lao động)" in shown.text
    await lan.press("Thêm ngày")
    assert "Chưa rõ là ngày nào" in await said(lan, "hôm nào đó")
    assert "đã có trong lịch" in await said(lan, "17/02/2026")
    assert await said(lan, "30/1") == "Thứ Sáu 30/01/2026 là ngày gì?"
    await lan.press("Nghỉ hoán đổi")
    assert "vốn là ngày làm việc" in await said(lan, "29/1")
    assert "theo văn bản nào" in await said(lan, "7/2")
    assert "Chưa ghi căn cứ" in await said(lan, "…")
    shown_text = await said(lan, "55/VPCP-KGVX ngày 20/01/2026")
    counts = re.match(r"Nếu ghi 2 ngày này, (\d+) lịch nhắc sẽ dời và 2 hạn đổi", shown_text)
    assert counts is not None
    assert "- NV-0001: thứ Sáu 30/01/2026 → thứ Năm 29/01/2026" in shown_text
    assert (await calendar(office)).is_working(date(2026, 1, 30))
    (done,) = await lan.press("Ghi vào lịch")
    assert done.first_line == f"Đã ghi vào lịch làm việc: {counts.group(1)} lịch nhắc đã dời, 2 hạn đã đổi"
    after = await calendar(office)
    assert (after.is_working(date(2026, 1, 30)), after.is_working(date(2026, 2, 7))) == (False, True)


async def test_back_goes_one_question_back_and_cancel_writes_nothing(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    await lan.say("lich")
    await lan.press("Thêm ngày")
    await lan.say("30/01/2026")
    await lan.press("Nghỉ hoán đổi")
    await lan.say("07/02/2026")
    await lan.say("55/VPCP-KGVX")
    for expected in ("theo văn bản nào", "làm bù ngày nào", "là ngày gì", "Thêm ngày nào", "Lịch làm việc"):
        (answer,) = await lan.press("Quay lại")
        assert expected in answer.text
    await lan.press("Thêm ngày")
    await lan.say("30/01/2026")
    (answer,) = await lan.press("Huỷ")
    assert "Đã huỷ" in answer.text
    assert (await calendar(office)).version == 1


async def test_a_swap_is_taken_out_whole(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    await lan.say("lich")
    await lan.press("Gỡ ngày")
    (asked,) = await lan.press("16/02/2026")
    assert asked.first_line == "Gỡ thứ Hai 16/02/2026 theo văn bản nào?"
    await lan.press("Quay lại")
    assert "không có trong lịch" in await said(lan, "18/03/2026")
    await lan.say("31/08/2026")
    shown = await said(lan, "Văn bản 9/VPCP")
    assert "gỡ nghỉ hoán đổi với thứ Bảy 22/8/2026" in shown
    assert "gỡ làm bù cho thứ Hai 31/8/2026" in shown
    await lan.press("Gỡ khỏi lịch")
    after = await calendar(office)
    assert (after.is_working(date(2026, 8, 31)), after.is_working(date(2026, 8, 22))) == (True, False)


async def test_a_make_up_day_may_stand_alone(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    await lan.say("lich")
    await lan.press("Thêm ngày")
    await lan.say("14/3")
    await lan.press("Làm bù")
    await lan.say("bỏ qua")
    await lan.say("8/VPCP")
    await lan.press("Ghi vào lịch")
    assert (await calendar(office)).is_working(date(2026, 3, 14))


async def test_what_another_has_changed_meanwhile_is_shown_anew(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    await lan.say("lich")
    await lan.press("Thêm ngày")
    await lan.say("30/01/2026")
    await lan.press("Nghỉ lễ")
    await lan.say("55/VPCP-KGVX")
    other = calendar_actions.adding(date(2026, 1, 29), DayKind.HOLIDAY, "56/VPCP", office.clock())
    await office.run(lambda unit: calendar_actions.change(unit, other, office.clock(), None))
    (again,) = await lan.press("Ghi vào lịch")
    assert again.first_line.startswith("Lịch vừa được người khác sửa")
    assert "→ thứ Tư 28/01/2026" in again.text
    await lan.press("Ghi vào lịch")
    assert not (await calendar(office)).is_working(date(2026, 1, 30))


async def test_only_people_whose_date_moved_are_told_and_once(office: Office) -> None:
    justice, finance = await office.officer("STP"), await office.officer("STC")
    await office.advance(office.clock() + timedelta(hours=2))
    for chat in (justice, finance):
        await chat.heard()
    now = office.clock()
    off = calendar_actions.adding(date(2026, 1, 30), DayKind.HOLIDAY, "12/QĐ-TTg", now)
    done = await office.run(lambda unit: calendar_actions.change(unit, off, now, None))
    moved = {one.code for one in done.effect.moments}
    assert "NV-0005" in moved, "the other office's reminders move too"
    await office.advance(datetime(2026, 1, 14, 17, 0, tzinfo=VIETNAM))
    heard = [one for one in await justice.heard() if one.kind == "bundle"]
    assert len(heard) == 1
    assert heard[0].first_line == "Văn phòng UBND tỉnh: 1 hạn được tính lại theo lịch làm việc"
    assert "thời hạn: thứ Sáu 30/01/2026 → thứ Năm 29/01/2026" in heard[0].text
    assert "căn cứ: 12/QĐ-TTg" in heard[0].text
    assert await finance.heard() == []


async def test_the_reminder_comes_on_the_new_day(office: Office) -> None:
    justice = await office.officer("STP")
    now = office.clock()
    off = calendar_actions.adding(date(2026, 1, 30), DayKind.HOLIDAY, "12/QĐ-TTg", now)
    await office.run(lambda unit: calendar_actions.change(unit, off, now, None))
    await office.advance(datetime(2026, 1, 28, 17, 0, tzinfo=VIETNAM))
    await justice.heard()
    await office.advance(datetime(2026, 1, 30, 17, 0, tzinfo=VIETNAM))
    heard = [one for one in await justice.heard() if one.kind == "bundle"]
    assert [f"{one.at:%d/%m %H:%M}" for one in heard] == ["29/01 08:00"]
    assert "NV-0001" in heard[0].text


async def test_a_case_keeps_its_five_working_days(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    citizen = office.stranger()
    await report(citizen)
    await office.advance(office.clock() + timedelta(hours=1))
    await lan.heard()
    now = office.clock()
    off = calendar_actions.adding(date(2026, 1, 15), DayKind.HOLIDAY, "12/QĐ-TTg", now)
    done = await office.run(lambda unit: calendar_actions.change(unit, off, now, None))
    (moved,) = [one for one in done.effect.dates if one.matter.kind == "case"]
    assert (moved.old, moved.new) == (date(2026, 1, 19), date(2026, 1, 20))
    (status,) = await citizen.say(f"tracuu {moved.matter.code}")
    assert "20/01/2026" in status.text
    await office.advance(datetime(2026, 1, 13, 17, 0, tzinfo=VIETNAM))
    told = "\n".join(one.text for one in await lan.heard())
    assert f"{moved.matter.code}, hạn chuyển cơ quan có thẩm quyền" in told
    assert "thứ Hai 19/01/2026 → thứ Ba 20/01/2026" in told


async def test_an_unconfirmed_year_is_told_in_november_and_in_december(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=datetime(2026, 10, 28, 8, 0, tzinfo=VIETNAM))
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    await office.advance(datetime(2026, 12, 30, 17, 0, tzinfo=VIETNAM))
    heard = [one for one in await lan.heard() if "lịch nghỉ năm 2027 chưa được xác nhận" in one.first_line]
    assert [f"{one.at:%d/%m}" for one in heard] == ["02/11", "01/12"]
    assert "14 ngày dự kiến" in heard[0].text


async def test_a_confirmed_year_is_not_asked_for(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=datetime(2026, 10, 28, 8, 0, tzinfo=VIETNAM))
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    await lan.say("lich")
    await lan.press("Xác nhận năm 2027")
    shown = await said(lan, "99/TB-BNV ngày 26/10/2026")
    assert "14 ngày dự kiến của năm 2027 thành chính thức" in shown
    (done,) = await lan.press("Xác nhận năm này")
    assert done.first_line.startswith("Đã xác nhận lịch nghỉ năm 2027")
    await office.advance(datetime(2026, 12, 30, 17, 0, tzinfo=VIETNAM))
    assert not [one for one in await lan.heard() if "chưa được xác nhận" in one.text]
    (shown_again,) = await lan.say("lich")
    assert "năm 2027 đã xác nhận" in shown_again.first_line


async def test_the_card_tells_why(office: Office) -> None:
    justice, interior = await office.officer("STP"), await office.officer("SNV")
    now = office.clock()
    off = calendar_actions.adding(date(2026, 1, 30), DayKind.HOLIDAY, "12/QĐ-TTg", now)
    await office.run(lambda unit: calendar_actions.change(unit, off, now, None))
    await justice.say("NV-0001")
    (told,) = await justice.press("Vì sao hạn này?")
    assert told.first_line == "NV-0001: vì sao hạn là thứ Năm 29/01/2026"
    assert "Thời hạn ghi: “Hằng tháng”." in told.text
    assert "30/01/2026 (nghỉ lễ, 12/QĐ-TTg); 31/01/2026 (thứ Bảy)" in told.text
    assert "thứ Sáu 30/01/2026 → thứ Năm 29/01/2026, lịch làm việc thay đổi (12/QĐ-TTg)" in told.text
    assert "08:00 29/01/2026: nhắc hạn, cán bộ đầu mối" in told.text
    works = await office.read(lambda unit: work.everything(unit, now.date(), agency="STP"))
    await interior.say("viec")
    payload = {"button": f"why:{works[0].id}", "label": "x", "stamp": office.web.stamp()}
    await office.take_in(interior.chat, payload)
    assert "Không tìm thấy" in (await interior.heard())[-1].text


@pytest.mark.parametrize("key", ["calendar:remove:2026-13-77", "calendar:kind:holiday", "calendar:confirm:x"])
async def test_old_and_odd_choices_break_nothing(office: Office, key: str) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR)
    await office.take_in(lan.chat, {"button": key, "label": "x", "stamp": office.web.stamp()})
    assert (await lan.heard())[-1].text
    assert (await calendar(office)).version == 1
