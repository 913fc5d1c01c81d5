"""An officer goes away: a colleague stands in until a day, with the same authority, and hands back alone."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from actions import people
from actions.leaving import may_end
from domain.local import VIETNAM
from domain.people import Role
from storage.schema import audit
from storage.views import office as office_views
from tests.office import Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 30/01/2026", "Kế hoạch"),
    Row("Rà soát thủ tục hành chính", "Sở Tư pháp", "Trước ngày 28/02/2026", "Báo cáo"),
    Row("Công khai thủ tục hành chính", "Sở Nội vụ", "Trước ngày 30/01/2026", "Báo cáo"),
)


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, start=at(12, 1, 7, 30))


async def _two(office: Office) -> tuple[Chat, Chat]:
    """An officer and the head of one agency, with two tasks."""
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình", "Chuyên viên")
    head = await office.officer("STP", Role.HEAD, "Đỗ Mẫu Giang", "Giám đốc")
    await office.advance(at(12, 1, 8))
    await office.issue(PLAN)
    await office.advance(at(13, 1))
    await officer.heard()
    await head.heard()
    return officer, head


async def _hand_over(officer: Chat, until: str = "23/1") -> None:
    await officer.say("uyquyen")
    await officer.press("Đỗ Mẫu Giang")
    await officer.say(until)
    await officer.press("Đồng ý")


async def test_the_colleague_hears_sees_and_acts_and_hands_back_alone(office: Office) -> None:
    officer, head = await _two(office)
    (asked,) = await officer.say("uyquyen")
    assert asked.first_line == "Ai thay đồng chí ở vai trò cán bộ đầu mối, Sở Tư pháp?"
    (until,) = await officer.say("1")
    assert until.first_line == "Đồng chí Đỗ Mẫu Giang thay đến hết ngày nào?"
    (shown,) = await officer.say("đến hết 23/1")
    assert shown.first_line == "Đồng chí Đỗ Mẫu Giang thay đồng chí từ hôm nay đến hết thứ Sáu 23/01/2026"
    (done,) = await officer.press("Đồng ý")
    assert "thay đến hết thứ Sáu 23/01/2026" in done.first_line
    await office.settle()
    (told,) = await head.heard()
    assert "đồng chí thay đồng chí Trần Mẫu Bình đến hết thứ Sáu 23/01/2026" in told.first_line
    assert "NV-0001" in told.text
    await office.advance(at(23, 1, 16))
    reminded = [one.text for one in await head.heard() if one.kind == "bundle"]
    assert any("NV-0001" in one and "hạn thứ Năm 29/01/2026" in one for one in reminded)
    assert not [one for one in await officer.heard() if one.kind == "bundle"], "who is away is left in peace"
    (listed,) = await head.say("viec")
    assert "Đang thay đồng chí Trần Mẫu Bình (cán bộ đầu mối, Sở Tư pháp) đến hết thứ Sáu 23/01/2026" in listed.text
    await head.say("xong NV-0001")
    await head.say("12/KH-STP ngày 22/01/2026")
    (reported,) = await head.press("Gửi báo cáo hoàn thành")
    assert "NV-0001" in reported.first_line
    await office.advance(at(24, 2))
    assert [one for one in await officer.heard() if one.kind == "bundle" and "NV-0002" in one.text]
    assert not [one for one in await head.heard() if one.kind == "bundle" and "nhắc" in one.text.lower()]
    (greeted,) = await head.say("start")
    assert "thay đồng chí" not in greeted.text


async def test_an_officer_for_a_head_gets_the_heads_seat(office: Office) -> None:
    officer, head = await _two(office)
    await head.say("uyquyen")
    await head.press("Chọn người thay")
    await head.press("Trần Mẫu Bình")
    await head.say("23/1")
    await head.press("Đồng ý")
    viewer = await office.read(lambda unit: office_views.viewer(unit, 1, date(2026, 1, 23)))
    assert [(seat.role, seat.instead_of, seat.until) for seat in viewer.seats] == [
        (Role.OFFICER, "", None),
        (Role.HEAD, "Đỗ Mẫu Giang", date(2026, 1, 23)),
    ]
    back = await office.read(lambda unit: office_views.viewer(unit, 1, date(2026, 1, 24)))
    assert [seat.role for seat in back.seats] == [Role.OFFICER]
    (greeted,) = await officer.say("start")
    assert "Lãnh đạo cơ quan, Sở Tư pháp (thay đồng chí Đỗ Mẫu Giang đến hết thứ Sáu 23/01/2026)" in greeted.text


async def test_who_stands_in_for_a_head_ends_no_seats(office: Office) -> None:
    _, head = await _two(office)
    await head.say("uyquyen")
    await head.press("Chọn người thay")
    await head.press("Trần Mẫu Bình")
    await head.say("23/1")
    await head.press("Đồng ý")
    viewers = [
        await office.read(lambda unit, one=one: office_views.viewer(unit, one, date(2026, 1, 20))) for one in (1, 2)
    ]
    agency = viewers[0].seats[0].agency_id
    assert [may_end(one, agency, Role.HEAD) for one in viewers] == [False, True]
    assert [may_end(one, agency, Role.OFFICER) for one in viewers] == [False, True]


@pytest.mark.parametrize("who", ["away", "substitute"])
async def test_either_ends_it_early_and_the_other_is_told(office: Office, who: str) -> None:
    officer, head = await _two(office)
    await _hand_over(officer)
    await office.advance(at(14, 1))
    await head.heard()
    ends, other = (officer, head) if who == "away" else (head, officer)
    await ends.say("uyquyen")
    (answer,) = await ends.press("Kết thúc sớm" if who == "away" else "Trả lại sớm")
    assert answer.first_line.startswith("Đã kết thúc uỷ quyền" if who == "away" else "Đã trả lại")
    await office.settle()
    (told,) = await other.heard()
    assert ("thôi thay" if who == "away" else "trả lại việc thay") in told.first_line
    viewer = await office.read(lambda unit: office_views.viewer(unit, 2, office.clock().date()))
    assert not viewer.standing_in
    acts = await office.read(lambda unit: list(unit.conn.execute(select(audit.c.act)).scalars()))
    assert acts.count("substitute") == acts.count("end_substitute") == 1


async def test_what_was_not_said_yet_goes_to_the_substitute_and_comes_back(office: Office) -> None:
    officer, head = await _two(office)
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    await officer.say("xong NV-0001")
    await officer.press("Bỏ qua")
    await officer.press("Gửi báo cáo hoàn thành")
    await office.advance(at(13, 1, 18))
    await coordinator.say("NV-0001")
    await coordinator.press("Trả lại báo cáo")
    await coordinator.say("Chưa có văn bản kèm theo")
    await _hand_over(officer)
    await officer.say("uyquyen")
    await officer.press("Kết thúc sớm")
    await _hand_over(officer)
    await head.heard()
    await officer.heard()
    await office.advance(at(14, 1, 11))
    assert [one for one in await head.heard() if "Chưa có văn bản kèm theo" in one.text]
    assert not [one for one in await officer.heard() if "Chưa có văn bản kèm theo" in one.text]


async def test_no_two_steps(office: Office) -> None:
    """Who stands in and goes away himself passes his own seat on, not the one lent to him."""
    officer, head = await _two(office)
    third = await office.officer("STP", Role.OFFICER, "Lý Mẫu Oanh", "Chuyên viên")
    await _hand_over(officer)
    await head.say("uyquyen")
    await head.press("Chọn người thay: lãnh đạo cơ quan")
    await head.press("Lý Mẫu Oanh")
    await head.say("30/1")
    (done,) = await head.press("Đồng ý")
    assert "Phần đồng chí đang thay đồng chí Trần Mẫu Bình" in done.text
    viewer = await office.read(lambda unit: office_views.viewer(unit, 3, date(2026, 1, 20)))
    assert [seat.instead_of for seat in viewer.standing_in] == ["Đỗ Mẫu Giang"]
    (refused,) = await officer.say("uyquyen")
    assert "Đỗ Mẫu Giang đang thay đồng chí" in refused.text, "one substitute for one seat"
    await third.say("uyquyen")
    await third.press("Chọn người thay")
    await third.press("Đỗ Mẫu Giang")
    await third.say("20/1")
    (refused,) = await third.press("Đồng ý")
    assert "cũng vắng đến hết thứ Sáu 30/01/2026" in refused.text


async def test_a_substitute_out_of_reach_leaves_the_word_with_who_is_away(office: Office) -> None:
    officer, head = await _two(office)
    await _hand_over(officer)
    await office.settle()
    endpoint = await office.read(lambda unit: office_views.endpoint(unit, "web", head.chat))
    assert endpoint is not None
    await office.run(lambda unit: _die(unit, endpoint.id, office.clock()))
    await officer.heard()
    await office.advance(at(23, 1, 16))
    assert [one for one in await officer.heard() if one.kind == "bundle" and "NV-0001" in one.text]


def _die(unit: office_views.Unit, endpoint_id: int, now: datetime) -> None:
    people.chat_died(unit, endpoint_id, "blocked", now)


async def test_who_may_not(office: Office) -> None:
    officer, _ = await _two(office)
    stranger = await office.officer("SNV", Role.OFFICER, "Phạm Mẫu Cúc")
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    (refused,) = await coordinator.say("uyquyen")
    assert "Uỷ quyền dành cho cán bộ đầu mối" in refused.text
    agency = 3
    for key in (
        f"sub:{agency}:officer",
        f"sub:{agency}:leader",
        "subend:1",
        f"newcomer:{agency}",
        f"people:{agency}:0",
    ):
        (answer,) = await _forged(office, stranger, key)
        assert answer.first_line.startswith("Không tìm thấy"), key
    await stranger.say("uyquyen")
    (answer,) = await _forged(office, stranger, "subby:1")
    assert "đã đóng" in answer.text or "Không tìm thấy" in answer.text
    await _hand_over(officer)
    (answer,) = await _forged(office, stranger, "subend:1")
    assert answer.first_line.startswith("Không tìm thấy")


async def _forged(office: Office, chat: Chat, key: str) -> list[Heard]:
    await chat.heard()
    await office.take_in(chat.chat, {"button": key, "label": "x", "stamp": office.web.stamp()})
    return await chat.heard()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("sớm thôi", "Chưa rõ đến hết ngày nào"), ("10/01/2026", "đã qua"), ("20/03/2028", "xa quá một năm")],
)
async def test_a_day_that_is_none(office: Office, typed: str, said: str) -> None:
    officer, _ = await _two(office)
    await officer.say("uyquyen")
    await officer.press("Đỗ Mẫu Giang")
    (answer,) = await officer.say(typed)
    assert said in answer.text
    (shown,) = await officer.say("10/1")
    assert "10/01/2027" in shown.first_line, "without a year the next such day is meant"


async def test_a_head_invites_somebody_new_and_searches_by_name(office: Office) -> None:
    _, head = await _two(office)
    await head.say("uyquyen")
    await head.press("Chọn người thay")
    (none,) = await head.say("Nguyễn")
    assert "Không thấy ai tên “Nguyễn”" in none.text
    (code,) = await head.press("Mời người mới")
    newcomer = office.stranger("Người mới")
    await newcomer.say(code.first_line.rpartition(" ")[2])
    (joined,) = await newcomer.press("Đúng, tham gia")
    assert joined.first_line == "Đã tham gia: Sở Tư pháp (cán bộ đầu mối)"
    await head.say("uyquyen")
    await head.press("Chọn người thay")
    (found,) = await head.say("dai dien")
    assert found.choices[0].label.startswith("Đại diện Sở Tư pháp")
