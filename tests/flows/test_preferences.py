"""How a person hears: by which account first, which one next, in which hours."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions import notices as notice_actions
from actions import offices as office_actions
from actions import people
from channels.webchat import NAME as WEB
from domain.local import VIETNAM
from domain.people import Role
from storage import people as people_rows
from storage.database import Unit
from storage.schema import endpoints, outbox
from storage.schema import people as people_table
from storage.views import office as office_views
from tests.flows.test_linking import PLAN, linked
from tests.office import START, Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

TODAY = START.replace(hour=0)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


def unasked(heard: list[Heard]) -> list[Heard]:
    return [one for one in heard if one.kind == "bundle"]


async def number_of(office: Office, chat: Chat) -> int:
    query = select(endpoints.c.id).where(endpoints.c.channel == WEB, endpoints.c.chat == chat.chat)
    return int(await office.read(lambda unit: unit.conn.execute(query).scalar_one()))


async def test_notices_go_to_the_account_that_was_put_first(office: Office) -> None:
    first = await office.officer("STP")
    second = await linked(office, first)
    await second.say("caidat")
    await second.press("Đổi kênh nhận trước")
    (done,) = await second.press("Nhận trước ở trang chat 2")
    assert done.first_line == "Từ nay tin nhắc gửi trước tới trang chat 2."
    await office.issue(PLAN)
    await office.settle()
    assert not unasked(await first.heard())
    assert len(unasked(await second.heard())) == 1


async def test_an_account_that_dies_leaves_its_messages_to_the_next_in_order(office: Office) -> None:
    first = await office.officer("STP")
    second, third = await linked(office, first), await linked(office, first)
    await third.say("caidat")
    await third.press("Đổi kênh nhận trước")
    await third.press("Nhận trước ở trang chat 3")
    gone = await number_of(office, third)
    await office.run(lambda unit: people.chat_died(unit, gone, "blocked", office.clock()))
    await office.issue(PLAN)
    await office.settle()
    assert not unasked(await third.heard())
    assert len(unasked(await first.heard())) == 1
    assert not unasked(await second.heard())


async def test_the_answer_goes_where_the_person_wrote(office: Office) -> None:
    first = await office.officer("STP")
    second = await linked(office, first)
    assert await second.say("viec")
    assert not await first.heard()


async def test_mail_comes_last_until_its_person_puts_it_first(office: Office) -> None:
    officer = await office.officer("STP")
    second = await linked(office, officer)
    mail = await number_of(office, officer)
    at = update(endpoints).where(endpoints.c.id == mail).values(channel="email", chat="an@example.gov.vn")
    await office.run(lambda unit: unit.conn.execute(at))
    person = await office.read(lambda unit: people_rows.owner(unit, mail))
    assert person is not None
    chat = await number_of(office, second)
    assert await office.read(lambda unit: people_rows.first_chats(unit, [person])) == {person: chat}
    (done,) = await second.say("caidat nhận trước ở thư điện tử")
    assert done.first_line == "Từ nay tin nhắc gửi trước tới thư điện tử."
    assert await office.read(lambda unit: people_rows.first_chats(unit, [person])) == {person: mail}
    (refused,) = await second.say("caidat nhận trước ở telegram")
    assert "chưa nối tài khoản nào" in refused.text


async def test_nothing_unasked_comes_before_the_hour_that_was_chosen(office: Office) -> None:
    officer = await office.officer("STP")
    (done,) = await officer.say("caidat giờ sau 9h")
    assert done.first_line == "Từ nay nhận tin từ 09:00, trong giờ hành chính."
    await office.issue(PLAN)
    await office.advance(TODAY.replace(hour=8, minute=59))
    assert not unasked(await officer.heard())
    assert await officer.say("viec")
    await office.advance(TODAY.replace(hour=10))
    (told,) = unasked(await officer.all_heard())
    assert told.at == TODAY.replace(hour=9)


async def test_what_was_ready_when_the_hours_ended_waits_for_the_next_ones(office: Office) -> None:
    officer = await office.officer("STP")
    await office.issue(PLAN)

    def made(unit: Unit) -> None:
        notice_actions.promote(unit, office.clock())
        assert notice_actions.assemble(unit, office.clock(), office_views.etiquette(unit)) == 1
        unit.conn.execute(update(people_table).values(quiet_until=13 * 60 + 30))

    await office.run(made)
    await office.inner.deliverer.drain()
    assert not unasked(await officer.heard())
    waits = select(outbox.c.not_before).where(outbox.c.state == "waiting")
    assert await office.read(lambda unit: unit.conn.execute(waits).scalars().all()) == [
        datetime(2026, 1, 12, 13, 30, tzinfo=VIETNAM)
    ]
    await office.advance(TODAY.replace(hour=14))
    (told,) = unasked(await officer.heard())
    assert told.at == TODAY.replace(hour=13, minute=30)


async def test_messages_end_with_the_hours_and_go_on_the_next_morning(office: Office) -> None:
    officer = await office.officer("STP")
    await officer.say("caidat giờ đến 10h")
    await office.advance(TODAY.replace(hour=11))
    await office.issue(PLAN)
    await office.advance(TODAY + timedelta(days=1, hours=12))
    (told,) = unasked(await officer.heard())
    assert told.at == TODAY + timedelta(days=1, hours=8)


async def test_a_word_about_the_system_passes_the_hours(office: Office) -> None:
    head, away = await office.officer("STP", Role.HEAD), await office.officer("STP", name="Nguyễn Mẫu An")
    assert head
    stand_in = await office.officer("STP", name="Trần Mẫu Bình")
    await stand_in.say("caidat giờ chiều")
    await away.say("uyquyen Trần Mẫu Bình đến 23/01/2026")
    await away.press("Đồng ý")
    await office.settle()
    (told,) = unasked(await stand_in.heard())
    assert "thay đồng chí Nguyễn Mẫu An" in told.first_line


async def test_too_narrow_hours_and_unclear_words_leave_the_question_open(office: Office) -> None:
    officer = await office.officer("STP")
    await officer.say("caidat")
    (asked,) = await officer.press("Đổi giờ nhận tin")
    assert "2 giờ hành chính" in asked.text
    assert "ít nhất 2 giờ" in (await officer.say("11h-14h"))[0].text
    assert "Chưa rõ giờ" in (await officer.say("lúc nào cũng được"))[0].text
    (done,) = await officer.say("8h-16h30")
    assert done.first_line == "Từ nay nhận tin từ 08:00 đến 16:30, trong giờ hành chính."
    await officer.press("Đổi giờ nhận tin")
    (whole,) = await officer.press("Cả giờ hành chính")
    assert "cả giờ hành chính" in whole.first_line


async def test_every_menu_has_a_way_back_and_out(office: Office) -> None:
    officer = await office.officer("STP")
    await linked(office, officer)
    for way in ("Đổi kênh nhận trước", "Đổi giờ nhận tin"):
        await officer.say("caidat")
        (asked,) = await officer.press(way)
        assert {"Quay lại", "Huỷ"} <= {one.label for one in asked.choices}
        (menu,) = await officer.press("Quay lại")
        assert menu.first_line.startswith("Cài đặt nhận tin")
        assert "Huỷ" in {one.label for one in menu.choices}


async def test_a_stranger_has_nothing_to_set(office: Office) -> None:
    stranger = office.stranger()
    for said in ("caidat", "caidat giờ 8h-16h", "caidat rút gọn"):
        assert "dành cho cán bộ" in (await stranger.say(said))[0].text


async def test_settings_of_others_are_out_of_reach(office: Office) -> None:
    officer, other = await office.officer("STP"), await office.officer("SNV")
    theirs = await number_of(office, other)
    for key in (f"prefer:first:{theirs}", f"prefer:brief:{theirs}:on"):
        (answer,) = await officer._send({"button": key, "label": "x"}, "x")
        assert "Không tìm thấy" in answer.text
    brief = select(endpoints.c.brief, endpoints.c.position).where(endpoints.c.id == theirs)
    assert tuple(await office.read(lambda unit: unit.conn.execute(brief).one())) == (False, 0)


LATE = (
    Row(
        "Rà soát thủ tục hành chính của ngành và báo cáo kết quả về Văn phòng UBND tỉnh để tổng hợp chung",
        "Sở Tư pháp",
        "Trước ngày 20/02/2026",
        "Báo cáo",
    ),
)


async def test_messages_in_short_say_code_title_and_date_alone(office: Office) -> None:
    officer = await office.officer("STP")
    (done,) = await officer.say("caidat rút gọn")
    assert "chỉ có mã, tên ngắn, hạn" in done.first_line
    await office.issue(LATE)
    await office.settle()
    (told,) = unasked(await officer.heard())
    assert told.text == (
        "Nhắc việc thứ Hai 12/01/2026: 1 mục\n\n"
        "NV-0001 · Rà soát thủ tục hành chính của ngành và báo cáo kết quả về… · hạn 19/02/2026"
    )
    assert [one.label for one in told.choices] == ["Mở NV-0001"]
    kept = select(outbox.c.text_sent).where(outbox.c.kind == "bundle")
    assert await office.read(lambda unit: unit.conn.execute(kept).scalar()) == told.text
    (whole,) = await officer.say("caidat tắt rút gọn")
    assert "đầy đủ trở lại" in whole.first_line


async def test_a_channel_told_in_short_by_the_office_is_so_for_everybody(tmp_path: Path) -> None:
    office = make_office(tmp_path, environment={"NHACVIEC_BRIEF_CHANNELS": "telegram, web"})
    officer, coordinator = await office.officer("STP"), await office.officer("VPUBND", Role.COORDINATOR)
    await office.issue(LATE)
    await office.settle()
    assert unasked(await officer.heard())[0].first_line.startswith("Nhắc việc")
    (menu,) = await officer.say("caidat")
    assert not [one for one in menu.choices if "rút gọn" in one.label]
    await officer.say("vuongmac nv 1")
    await officer.say("Chưa được cấp kinh phí cho ông Nguyễn Mẫu Lý")
    await office.settle()
    (told,) = unasked(await coordinator.heard())
    assert "NV-0001" in told.text
    assert "kinh phí" not in told.text
    assert "Sở Tư pháp" not in told.text


async def test_with_an_address_each_task_in_short_has_a_link_of_its_own(tmp_path: Path) -> None:
    office = make_office(tmp_path, environment={"NHACVIEC_BRIEF_CHANNELS": "web"})
    officer = await office.officer("STP")
    await office.run(lambda unit: office_actions.remember_address(unit, "https://nhacviec.example", START))
    await office.issue(PLAN)
    await office.settle()
    (told,) = unasked(await officer.heard())
    assert told.text.count("https://nhacviec.example/l/") == 2


async def test_what_asks_for_an_answer_can_be_answered_in_short_too(tmp_path: Path) -> None:
    office = make_office(tmp_path, environment={"NHACVIEC_BRIEF_CHANNELS": "web"})
    officer = await office.officer("STP")
    await office.issue([Row("Trả lời phản ánh, kiến nghị đúng hạn", "Sở Tư pháp", "Thường xuyên", "Văn bản")])
    await office.advance(datetime(2026, 4, 10, 9, tzinfo=VIETNAM))
    (told,) = [one for one in unasked(await officer.heard()) if "Hỏi thăm" in one.text]
    assert told.text.endswith("Hỏi thăm việc thường xuyên")
    (answer,) = await officer.press("Vẫn thực hiện")
    assert "Không tìm thấy" not in answer.text
