"""Groups on Telegram: bound by the agency's own people, told how things stand, and nothing else."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actions import groups as group_actions
from domain.local import VIETNAM
from domain.people import Role
from storage.views import office as office_views
from tests.flows.telegram_side import Group, Person, Telegram, telegram_office
from tests.office import Row

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Rà soát thủ tục hành chính", "Sở Tư pháp", "Trước ngày 14/01/2026"),
    Row("Ban hành quy chế phối hợp", "Sở Tư pháp", "Trước ngày 20/03/2026"),
    Row("Báo cáo công tác cán bộ", "Sở Nội vụ", "Trước ngày 20/03/2026"),
)
STRANGER, OFFICER, OTHER, ROOM = 77, 1, 2, -500
MINE, ALSO_MINE, THEIRS = "NV-0001", "NV-0002", "NV-0003"


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        await opened.meet()
        await opened.office.issue(PLAN)
        yield opened


@pytest.fixture
async def officer(side: Telegram) -> Person:
    return await side.officer(OFFICER, "STP", name="Trần Mẫu Bình")


async def code_for_a_group(person: Person) -> str:
    await person.says("/nhom")
    said = await person.presses("Lấy mã gắn nhóm mới")
    return said.split(": ", 1)[1].split("\n", 1)[0].strip()


@pytest.fixture
async def room(side: Telegram, officer: Person) -> Group:
    """The agency's group, bound by its officer."""
    group = Group(side, ROOM)
    assert "Đã gắn nhóm này với Sở Tư pháp" in await group.hears(OFFICER, f"/start {await code_for_a_group(officer)}")
    return group


async def test_a_link_brings_the_bot_into_a_group_and_binds_it(side: Telegram, officer: Person) -> None:
    await code_for_a_group(officer)
    side.api.world.adds_by_link(ROOM, officer.link("Thêm vào nhóm"), OFFICER)
    group = Group(side, ROOM)
    said = await group.answer()
    assert "Đã gắn nhóm này với Sở Tư pháp" in said
    assert await side.facts("select title, summary from endpoints where agency_id is not null") == [("Nhóm 500", 0)]


async def test_the_code_by_name_binds_too_and_works_once(side: Telegram, officer: Person) -> None:
    code = await code_for_a_group(officer)
    group, second = Group(side, ROOM), Group(side, -501)
    assert "Đã gắn" in await group.hears(OFFICER, f"@NhacViecThuBot {code}")
    assert await second.hears(OFFICER, f"/start {code}") == group_actions.SAME_ANSWER
    assert await second.hears(OFFICER, "/start KHONGCOMA1") == group_actions.SAME_ANSWER


async def test_a_code_dies_after_an_hour(side: Telegram, officer: Person) -> None:
    code = await code_for_a_group(officer)
    side.office.clock.tick(3601)
    assert await Group(side, ROOM).hears(OFFICER, f"/start {code}") == group_actions.SAME_ANSWER


async def test_only_the_agencys_own_people_bind_and_let_go(side: Telegram, officer: Person) -> None:
    await side.officer(OTHER, "SNV", name="Phạm Mẫu Cúc")
    code = await code_for_a_group(officer)
    group = Group(side, ROOM)
    for who in (OTHER, STRANGER):
        assert await group.hears(who, f"/start {code}") == group_actions.NOT_YOURS
    assert "Đã gắn" in await group.hears(OFFICER, f"/start {code}"), "a refused try does not use the code up"
    for who in (OTHER, STRANGER):
        assert "Chỉ người đang giữ vai trò ở Sở Tư pháp" in await group.hears(who, "/huy")
    assert "Đã gỡ nhóm này khỏi Sở Tư pháp" in await group.hears(OFFICER, "/huy")
    assert MINE not in await group.hears(OFFICER, "/viec")


async def test_another_agencys_group_must_be_let_go_first(side: Telegram, room: Group) -> None:
    other = await side.officer(OTHER, "SNV", name="Phạm Mẫu Cúc")
    code = await code_for_a_group(other)
    assert "đang gắn với Sở Tư pháp" in await room.hears(OTHER, f"/start {code}")
    assert MINE in await room.hears(STRANGER, "/viec")


async def test_guessing_codes_is_stopped(side: Telegram, officer: Person) -> None:
    group = Group(side, ROOM)
    for at in range(5):
        assert await group.hears(STRANGER, f"/start SAIMA1234{at}") == group_actions.SAME_ANSWER
    assert await group.hears(OFFICER, f"/start {await code_for_a_group(officer)}") == group_actions.SAME_ANSWER


async def test_everybody_in_the_group_sees_the_agencys_tasks_and_no_others(room: Group) -> None:
    said = await room.hears(STRANGER, "/viec")
    assert MINE in said
    assert ALSO_MINE in said
    assert "thứ Ba 13/01/2026" in said
    assert THEIRS not in said
    assert "Trần Mẫu Bình" not in said
    (shown,) = room.messages[-1:]
    assert shown.buttons == []
    assert "không có trong các việc của Sở Tư pháp" in await room.hears(STRANGER, f"@NhacViecThuBot {THEIRS}")
    assert "công tác cán bộ" not in "\n".join(one.text for one in room.messages)
    assert "Tổng hợp việc của Sở Tư pháp" in await room.hears(STRANGER, "/tonghop@NhacViecThuBot")


async def test_answers_stand_under_what_was_asked(side: Telegram, room: Group) -> None:
    await room.hears(STRANGER, "/viec")
    under = room.messages[-1].parameters["reply_parameters"]
    asked = max(number for chat, number in side.api.world.written if chat == ROOM)
    assert f'"message_id": {asked}' in under
    assert '"allow_sending_without_reply": true' in under


async def test_a_reply_to_a_message_asks_about_what_it_told(room: Group) -> None:
    await room.hears(STRANGER, f"@NhacViecThuBot {ALSO_MINE} thế nào rồi?")
    said = await room.hears(STRANGER, "còn việc này?", reply_to=room.messages[-1].message_id)
    assert said.startswith(ALSO_MINE)


async def test_people_talking_among_themselves_are_left_alone(side: Telegram, room: Group) -> None:
    before = await side.facts("select count(*) from inbox")
    assert await room.hears(STRANGER, f"sáng nay họp, {MINE} đến đâu rồi các anh?") == ""
    assert await side.facts("select count(*) from inbox") == before, "privacy mode keeps it from us"
    side.api.world.privacy = False
    assert await room.hears(STRANGER, "hôm nay trời đẹp") == ""
    assert await room.hears(STRANGER, "/batden") == ""
    assert MINE in await room.hears(STRANGER, f"{MINE} đến đâu rồi?")


@pytest.mark.parametrize("asked", [f"/baocao {MINE}", "/giahan", "/phananh", "/tracuu PAKN-SL-2026-000001", "/nhom"])
async def test_to_act_people_are_shown_the_way_to_the_private_chat(room: Group, asked: str) -> None:
    said = await room.hears(OFFICER, asked)
    assert "mở trong trò chuyện riêng" in said
    assert "PAKN" not in said
    (row,) = room.messages[-1].buttons
    assert [set(one) for one in row] == [{"text", "url"}]


async def test_the_way_out_opens_the_task_in_the_private_chat(room: Group, officer: Person) -> None:
    await room.hears(STRANGER, f"@NhacViecThuBot xong {MINE}")
    link = room.messages[-1].buttons[0][0]["url"]
    said = await officer.follows(link)
    assert said.startswith(MINE)
    assert "Báo xong" in officer.labels()


async def test_the_way_out_shows_a_stranger_nothing(side: Telegram, room: Group) -> None:
    await room.hears(STRANGER, f"@NhacViecThuBot {MINE}")
    said = await side.person(STRANGER).follows(room.messages[-1].buttons[0][0]["url"])
    assert "Rà soát" not in said


async def test_a_button_pressed_in_a_group_does_nothing(side: Telegram, room: Group) -> None:
    before = await side.states()
    key = {"id": "cbX", "chat_instance": "1", "data": "accept:1"}
    shown = {"message_id": 1, "date": 1_790_000_000, "chat": side.api.world.person(ROOM).described()}
    who = {"from": {"id": OFFICER, "is_bot": False, "first_name": "X"}}
    side.api.world.arrive("callback_query", key | who | {"message": shown})
    assert await room.answer() == ""
    assert await side.states() == before


async def test_an_unbound_group_hears_one_sentence_a_day(side: Telegram, officer: Person) -> None:
    group = Group(side, ROOM)
    side.api.world.adds(ROOM, STRANGER)
    assert "nhóm này chưa gắn với cơ quan nào" in await group.answer()
    assert await group.hears(STRANGER, "/viec") == ""
    assert await group.hears(OFFICER, "/viec") == ""
    side.office.clock.tick(24 * 3600)
    assert "chưa gắn" in await group.hears(STRANGER, "/viec")
    assert await group.hears(STRANGER, "/trogiup") == ""


@pytest.mark.parametrize("how", ["told", "refused"])
async def test_thrown_out_it_forgets_the_group_and_bothers_nobody(side: Telegram, room: Group, how: str) -> None:
    coordinator = await side.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    await coordinator.heard()
    if how == "told":
        side.api.world.blocks(ROOM)
    else:
        side.api.world.says(ROOM, "/viec", STRANGER)
        side.api.world.person(ROOM).blocked = True
    await side.take_in()
    assert await side.facts(f"select state, agency_id from endpoints where chat = '{ROOM}'") == [("dead", None)]
    await side.office.advance(side.office.clock() + timedelta(days=1))
    assert "liên lạc" not in "\n".join(one.text for one in await coordinator.heard())


@pytest.mark.parametrize("met_before", [False, True])
async def test_a_group_that_becomes_a_supergroup_stays_bound(side: Telegram, room: Group, met_before: bool) -> None:
    new = Group(side, -1005)
    if met_before:
        side.api.world.says(-1005, "/trogiup", STRANGER)
        await side.take_in()
    side.api.world.upgrades(ROOM, -1005)
    await side.take_in()
    assert MINE in await new.hears(STRANGER, "/viec")
    assert await side.facts("select count(*) from endpoints where agency_id is not null") == [(1,)]


async def test_a_sending_that_meets_the_move_follows_it(side: Telegram, room: Group) -> None:
    side.api.world.person(-1006)
    side.api.world.says(ROOM, "/viec", STRANGER)
    side.api.world.person(ROOM).moved_to = -1006
    await side.take_in()
    assert MINE in "\n".join(one.text for one in Group(side, -1006).messages)
    assert await side.facts("select chat from endpoints where agency_id is not null") == [("-1006",)]


EVENING = datetime(2026, 1, 12, 16, 30, tzinfo=VIETNAM)


async def summaries(group: Group) -> list[str]:
    return [one.text for one in group.fresh() if one.text.startswith("Cuối ngày")]


async def test_the_evening_summary_is_off_until_an_officer_turns_it_on(
    side: Telegram, room: Group, officer: Person
) -> None:
    room.fresh()
    await side.office.advance(EVENING + timedelta(hours=1))
    assert await summaries(room) == []
    await officer.says("/nhom")
    assert "Đã bật tóm tắt cuối ngày" in await officer.presses("Bật tóm tắt")
    await side.office.advance(EVENING + timedelta(days=1, hours=1))
    (told,) = await summaries(room)
    assert told.startswith("Cuối ngày thứ Ba 13/01/2026 · Sở Tư pháp")
    assert f"Đến hạn từ nay đến hết thứ Tư 14/01/2026: 1\n- {MINE} · Rà soát" in told
    await officer.says("/nhom")
    await officer.presses("Tắt tóm tắt")
    await side.office.advance(EVENING + timedelta(days=2, hours=1))
    assert await summaries(room) == []


async def turned_on(side: Telegram, officer: Person) -> None:
    await officer.says("/nhom")
    await officer.presses("Bật tóm tắt")


async def test_it_comes_once_on_working_days_only(side: Telegram, room: Group, officer: Person) -> None:
    await turned_on(side, officer)
    room.fresh()
    await side.office.advance(EVENING + timedelta(days=7))
    days = [told.split(" · ")[0].removeprefix("Cuối ngày ")[:9] for told in await summaries(room)]
    assert days == ["thứ Hai 1", "thứ Ba 13", "thứ Tư 14", "thứ Năm 1", "thứ Sáu 1", "thứ Hai 1"]


async def test_a_second_sweep_says_nothing_twice(side: Telegram, room: Group, officer: Person) -> None:
    await turned_on(side, officer)
    room.fresh()
    side.office.clock.move_to(EVENING)

    for expected in (1, 0):
        made = await side.office.run(
            lambda unit: group_actions.summarise(unit, side.office.clock(), office_views.etiquette(unit))
        )
        assert made == expected
    await side.office.settle()
    await side.office.settle()
    assert len(await summaries(room)) == 1


async def test_what_could_not_leave_that_day_is_not_said_the_next(side: Telegram, room: Group, officer: Person) -> None:
    await turned_on(side, officer)
    room.fresh()
    side.office.clock.move_to(EVENING)
    await side.office.run(lambda unit: group_actions.summarise(unit, EVENING, office_views.etiquette(unit)))
    side.office.clock.move_to(datetime(2026, 1, 13, 8, 0, tzinfo=VIETNAM))
    await side.office.settle()
    assert await summaries(room) == []
    assert await side.facts("select state from outbox where kind = 'group'") == [("cancelled",)]


async def test_nobody_switches_a_group_of_others(side: Telegram, room: Group) -> None:
    other = await side.officer(OTHER, "SNV", name="Phạm Mẫu Cúc")
    ((number,),) = await side.facts(f"select id from endpoints where chat = '{ROOM}'")
    ((agency,),) = await side.facts("select id from agencies where code = 'STP'")
    for key in (f"group:summary:{number}:on", f"group:drop:{number}", f"group:code:{agency}"):
        assert "Không tìm thấy" in await other.presses_old(key)
    assert await side.facts("select agency_id, summary from endpoints where agency_id is not null") == [(agency, 0)]
