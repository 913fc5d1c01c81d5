"""What people type and press that nobody expects."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from actions import data_rights
from actions.cases import sender
from domain.assignments import State
from domain.cases.fields import content_of
from domain.errors import ActRefused
from domain.evidence import impossible_date_in, percent_in
from domain.people import Role
from storage.cases import rows
from storage.database import Unit
from storage.views import work
from tests.feedback import answers
from tests.flows.citizen_side import sent
from tests.office import Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Công khai thủ tục hành chính", "Sở Tư pháp", "Thường xuyên"),
    Row("Tổng kết năm", "Sở Tư pháp", "Trước 15/12/2026"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path)
    await made.issue(PLAN)
    return made


async def _states(office: Office) -> dict[str, State]:
    works = await office.read(lambda unit: work.everything(unit, office.clock().date(), agency="STP"))
    return {one.code: one.state for one in works}


@pytest.mark.parametrize("typed", ["/vi\u200bec", "\ufeff/viec", "\u202e/viec", "vi\u00adec"])
async def test_characters_that_show_nothing_do_not_hide_a_command(office: Office, typed: str) -> None:
    (answer,) = await (await office.officer("STP")).say(typed)
    assert answer.first_line.startswith("Việc của Sở Tư pháp")


async def test_nor_do_they_hide_a_code(office: Office) -> None:
    (answer,) = await (await office.officer("STP")).say("xong NV-\u200b0002")
    assert answer.first_line == "Báo xong NV-0002: Tổng kết năm"


@pytest.mark.parametrize("typed", ["ngày 30/02/2026", "45/KH-STP ngày 30/02/2026", "45/KH-STP ngày 20/11/2099"])
async def test_a_date_that_cannot_be_is_asked_again_at_once(office: Office, typed: str) -> None:
    officer = await office.officer("STP")
    await officer.say("xong NV-0002")
    (answer,) = await officer.say(typed)
    assert "không có trong lịch hoặc còn ở tương lai" in answer.text
    (confirm,) = await officer.say("45/KH-STP ngày 10/01/2026")
    assert confirm.first_line == "Xác nhận báo xong NV-0002"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("45/KH-STP ngày 30/2", "30/2"),
        ("ngày 01/01/0001", "01/01/0001"),
        ("45/KH-STP ngày 12/01/2026", None),
        ("45/KH-STP đạt 20/20 chỉ tiêu", None),
        ("45/KH-STP ngày 20/11", None),
        ("45/2026/QĐ-UBND", None),
    ],
)
def test_dates_that_no_document_can_bear(typed: str, wrong: str | None) -> None:
    assert impossible_date_in(typed, date(2026, 1, 12)) == wrong


@pytest.mark.parametrize("key", ["acceptall:99999999999", "acceptall:-1", "acceptall:x", "acceptall"])
async def test_a_forged_key_does_not_accept_everything(office: Office, key: str) -> None:
    officer = await office.officer("STP")
    await office.take_in(officer.chat, {"button": key, "label": "x", "stamp": office.web.stamp()})
    assert set((await _states(office)).values()) == {State.ASSIGNED}


@pytest.mark.parametrize("text", ["\u200b" * 30, "😀" * 25, ". " * 30, "1234567890" * 3])
def test_a_feedback_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ActRefused):
        content_of(text)


async def test_marks_of_direction_do_not_reach_the_office(office: Office) -> None:
    citizen = office.stranger()
    who = ("Nguyễn Mẫu An", "Thôn 1, xã Lam Sơn", "0912 000 000")
    typed = answers("Bộ phận Một cửa yêu cầu thêm giấy tờ", "\u202eUBND xã Lam Sơn", who)
    for one in ("/phananh", "1", "1", *typed[:-1]):
        await citizen.say(one)
    (review,) = await citizen.say(typed[-1])
    assert "Cơ quan: UBND xã Lam Sơn" in review.text


@pytest.mark.parametrize(("typed", "percent"), [("-5%", None), ("tiến độ -7 %", None), ("10-20%", 20), ("60%", 60)])
def test_progress_is_not_negative(typed: str, percent: int | None) -> None:
    assert percent_in(typed) == percent


async def test_progress_in_characters_that_show_nothing(office: Office) -> None:
    officer = await office.officer("STP")
    await officer.say("NV-0002")
    await officer.press("Báo tiến độ")
    (answer,) = await officer.say("\u200b\u200b")
    assert answer.text.startswith("Xin gõ một câu về tiến độ")


async def test_a_confirmed_report_is_not_asked_back(office: Office) -> None:
    coordinator, officer = await office.officer("VPUBND", Role.COORDINATOR), await office.officer("STP")
    for typed in ("xong NV-0002", "bỏ qua", "1"):
        await officer.say(typed)
    works = await office.read(lambda unit: work.everything(unit, office.clock().date(), agency="STP"))
    task = next(one.id for one in works if one.code == "NV-0002")
    for key in (f"confirm:{task}", f"return:{task}"):
        await office.take_in(coordinator.chat, {"button": key, "label": "x", "stamp": office.web.stamp()})
    (confirmed, card) = (await coordinator.heard())[-2:]
    assert confirmed.first_line == "Đã xác nhận hoàn thành NV-0002 · Sở Tư pháp"
    assert card.first_line.startswith("NV-0002 · đã xác nhận hoàn thành")


async def test_a_sender_floods_neither_who_works_on_the_case_nor_the_office(tmp_path: Path) -> None:
    told = await sent(make_office(tmp_path))
    citizen, office = told.citizen, told.office
    row = await office.read(lambda unit: rows.get(unit, told.id))
    assert row is not None

    def adds(unit: Unit) -> None:
        for n in range(sender.ADDED_A_DAY):
            sender.add(unit, row, f"Thêm một ý nữa, lần {n}", (), office.clock())

    await office.run(adds)
    with pytest.raises(ActRefused, match="Xin gửi tiếp vào ngày mai"):
        await office.run(lambda unit: sender.add(unit, row, "Thêm lần nữa", (), office.clock()))
    files = tuple(range(1, sender.FILES_OF_CASE + 2))
    tomorrow = office.clock() + timedelta(days=1)
    with pytest.raises(ActRefused, match="nhận tối đa 50 tệp"):
        await office.run(lambda unit: sender.add(unit, row, "Kèm tệp", files, tomorrow))
    await office.run(lambda unit: sender.add(unit, row, "Hôm sau thêm một ý", (), tomorrow))
    for _ in range(data_rights.ASKED_A_DAY):
        await citizen.say("dulieu")
        await citizen.press("Xoá dữ liệu của tôi")
        await citizen.press("Gửi yêu cầu")
        await citizen.say("dulieu")
        await citizen.press("Rút yêu cầu")
    await citizen.press("Xoá dữ liệu của tôi")
    (refused,) = await citizen.press("Gửi yêu cầu")
    assert refused.text == "Hôm nay ông/bà đã gửi 5 yêu cầu. Xin gửi tiếp vào ngày mai."
    await office.close()


async def test_an_answer_is_rated_no_more_once_the_case_is_looked_at_again(tmp_path: Path) -> None:
    told = await sent(make_office(tmp_path))
    await told.forward()
    await told.answer()
    office = told.office

    def again(unit: Unit) -> None:
        row = rows.get(unit, told.id)
        assert row is not None
        sender.report_again(unit, row, "Giấy khai sinh vẫn ghi sai tên cha", (), office.clock())

    await office.run(again)
    key = {"button": f"mine:rate:{told.id}:good", "label": "x", "stamp": office.web.stamp()}
    await office.take_in(told.citizen.chat, key)
    assert any("không đánh giá được nữa" in one.text for one in await told.citizen.heard())
    await office.close()


async def test_the_second_head_who_approves_reads_who_was_first(tmp_path: Path) -> None:
    told = await sent(make_office(tmp_path))
    first = await told.office.officer("XA01", Role.HEAD, "Bùi Mẫu Yến")
    second = await told.office.officer("XA01", Role.HEAD, "Đỗ Mẫu Giang")
    await told.forward()
    await told.answer()
    for head in (first, second):
        await head.say(told.code)
        await head.press("Duyệt trả lời")
    await first.press("Duyệt")
    (late,) = await second.press("Duyệt")
    assert "vừa được đồng chí Bùi Mẫu Yến cập nhật" in late.text
    await told.office.close()
