"""One person on Telegram and in the web chat: the deep link, who hears first, who is next, what is said in short."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from actions import offices
from actions.people import SAME_ANSWER
from bot.groups import CODE_ENDED
from domain.local import VIETNAM
from domain.people import Role
from tests.flows.telegram_side import Group, Person, Telegram, telegram_office
from tests.office import START, Chat, Row

PLAN = (Row("Rà soát thủ tục hành chính của ngành", "Sở Tư pháp", "Trước ngày 20/02/2026", "Báo cáo"),)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        await opened.meet()
        yield opened


async def linked(side: Telegram) -> tuple[Chat, Person]:
    """Return an officer's web chat and the Telegram account that was joined to it by the deep link."""
    chat = await side.office.officer("STP", name="Trần Mẫu Bình")
    (answer,) = await chat.say("lienket")
    (link,) = re.findall(r"https://t\.me/\S+", answer.text)
    phone = side.person(7)
    asked = await phone.follows(link)
    assert asked.startswith("Nối tài khoản này vào: Trần Mẫu Bình")
    await phone.presses("Đúng, nối tài khoản")
    return chat, phone


async def test_the_deep_link_joins_and_the_web_chat_is_told(side: Telegram) -> None:
    chat, phone = await linked(side)
    assert "Đã nối thêm tài khoản Telegram" in (await chat.heard())[0].text
    assert (await phone.says("/viec")).startswith("Việc của Sở Tư pháp")
    listed = await phone.says("/lienket")
    assert "1. trang chat: nối 12/01/2026" in listed
    assert "2. Telegram (đang dùng): nối 12/01/2026" in listed


async def test_the_link_of_the_web_chat_is_given_where_its_address_is_known(side: Telegram) -> None:
    await side.office.run(lambda unit: offices.remember_address(unit, "https://nhacviec.example/", START))
    officer = await side.officer(1, "STP")
    answer = await officer.says("/lienket")
    code = re.findall(r"Mã nối tài khoản: (\w{10})", answer)[0]
    assert f"Trang chat: https://nhacviec.example/chat#{code}" in answer
    (asked,) = await side.office.stranger().say(f"/start {code}")
    assert asked.first_line.startswith("Nối tài khoản này vào")


async def test_a_used_deep_link_gets_the_answer_of_a_bad_code(side: Telegram) -> None:
    chat = await side.office.officer("STP")
    (answer,) = await chat.say("lienket")
    (link,) = re.findall(r"https://t\.me/\S+", answer.text)
    first, second = side.person(7), side.person(8)
    await first.follows(link)
    await first.presses("Đúng, nối tài khoản")
    assert await second.follows(link) == SAME_ANSWER


async def test_what_telegram_put_first_cannot_take_goes_to_the_web_chat(side: Telegram) -> None:
    chat, phone = await linked(side)
    await phone.says("/caidat nhận trước ở telegram")
    await side.office.issue(PLAN)
    side.api.world.blocks(7)
    await side.take_in()
    await side.office.settle()
    bundles = [one for one in await chat.all_heard() if one.kind == "bundle"]
    assert [one.first_line.count("1 việc mới được giao") for one in bundles] == [1]
    listed = (await chat.say("lienket"))[0].text
    assert "Telegram: nối 12/01/2026, dùng gần nhất 12/01/2026, KHÔNG CÒN NHẬN ĐƯỢC TIN" in listed


async def test_in_short_on_telegram_and_whole_in_the_web_chat(tmp_path: Path) -> None:
    async with telegram_office(tmp_path, {"NHACVIEC_BRIEF_CHANNELS": "telegram"}) as side:
        await side.meet()
        chat, phone = await linked(side)
        head = await side.office.officer("STP", Role.HEAD)
        await phone.says("/caidat nhận trước ở telegram")
        await side.office.issue(PLAN)
        phone.fresh()
        await side.office.advance(datetime(2026, 1, 12, 9, tzinfo=VIETNAM))
        (told,) = [one.text for one in phone.fresh()]
        assert told == (
            "Nhắc việc thứ Hai 12/01/2026: 1 mục\n\nNV-0001 · Rà soát thủ tục hành chính của ngành · hạn 19/02/2026"
        )
        assert phone.labels() == ["Mở NV-0001"]
        assert "1 việc mới được giao" not in "".join(one.text for one in await chat.all_heard())
        assert (await phone.presses("Mở NV-0001")).startswith("NV-0001")
        assert not [one for one in await head.all_heard() if one.text.startswith("Nhắc việc")]


@pytest.mark.parametrize("form", ["/lienket {}", "{}", "/start {}", "@NhacViecThuBot {}"])
@pytest.mark.parametrize("who", [1, 77])
async def test_an_account_code_typed_in_a_group_ends_whoever_typed_it(side: Telegram, form: str, who: int) -> None:
    side.api.world.privacy = False
    officer = await side.officer(1, "STP")
    (code,) = re.findall(r"Mã nối tài khoản: (\w{10})", await officer.says("/lienket"))
    group = Group(side, -500)
    assert await group.hears(who, form.format(code)) == CODE_ENDED
    assert [one.text for one in await side.office.stranger().say(code)] == [SAME_ANSWER]
    assert CODE_ENDED not in await group.hears(who, form.format(code)), "a dead code is nothing to end"
