"""The menus on Telegram: by role, in Vietnamese, set after the fact and only where something changed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.menus import menu_of
from bot.routes import COMMANDS
from domain.people import Membership, Role
from storage import people
from tests.emulators.telegram_world import World
from tests.flows.telegram_side import Telegram, telegram_office

pytestmark = pytest.mark.anyio


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        await opened.meet()
        yield opened


def words(world: World, whose: str) -> list[str]:
    return [one["command"] for one in world.menus.get(whose, [])]


def calls(side: Telegram) -> int:
    return sum(one.method in {"setmycommands", "deletemycommands"} for one in side.api.requests)


async def tidy(side: Telegram) -> int:
    """Let the account's menus be set as the program does every now and then; return how many calls that took."""
    (connection,) = side.office.inner.connections
    assert connection.tidy is not None
    before = calls(side)
    await connection.tidy()
    return calls(side) - before


async def test_everybody_sees_few_words_and_groups_see_theirs(side: Telegram) -> None:
    assert words(side.api.world, "default") == ["phananh", "tracuu", "dulieu", "riengtu", "trogiup", "huy"]
    assert words(side.api.world, "all_group_chats") == ["viec", "tonghop", "trogiup", "huy"]
    said = [one["description"] for menu in side.api.world.menus.values() for one in menu]
    assert all(any(letter in one.lower() for letter in "ăâđêôơưạảàáãệộợịứữềấậ") for one in said)


@pytest.mark.parametrize(
    ("role", "agency", "first", "never"),
    [
        (Role.OFFICER, "STP", "viec", "kehoach"),
        (Role.HEAD, "STP", "viec", "kehoach"),
        (Role.COORDINATOR, "VPUBND", "tonghop", "baocao"),
        (Role.LEADER, "UBNDT", "tonghop", "kehoach"),
    ],
)
async def test_who_joins_gets_the_menu_of_the_role(
    side: Telegram, role: Role, agency: str, first: str, never: str
) -> None:
    if role is Role.LEADER:
        await side.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    await side.officer(1, agency, role, "Trần Mẫu Bình")
    if role is Role.LEADER:
        assert await tidy(side) == 0, "a seat that waits for consent gives nothing"
        await side.office.run(lambda unit: people.set_membership(unit, 2, Membership.ACTIVE, side.office.clock()))
    assert await tidy(side) == 1
    assert words(side.api.world, "chat 1")[0] == first
    assert never not in words(side.api.world, "chat 1")
    assert {"trogiup", "huy"} <= set(words(side.api.world, "chat 1"))
    assert await tidy(side) == 0, "nothing changed"


async def test_a_start_sets_only_what_changed(side: Telegram) -> None:
    before = calls(side)
    await side.meet()
    assert calls(side) == before
    await side.officer(1, "STP", name="Trần Mẫu Bình")
    await side.meet()
    assert calls(side) == before + 1


async def test_who_leaves_falls_back_to_everybodys_menu(side: Telegram) -> None:
    await side.officer(1, "STP", name="Trần Mẫu Bình")
    await tidy(side)
    await side.office.run(lambda unit: people.set_membership(unit, 1, Membership.ENDED, side.office.clock()))
    assert await tidy(side) == 1
    assert "chat 1" not in side.api.world.menus
    assert await tidy(side) == 0


async def test_two_seats_are_one_menu(side: Telegram) -> None:
    await side.officer(1, "VPUBND", Role.COORDINATOR, "Trần Mẫu Bình")
    await side.person(1).says(f"/start {await side.office.invite('VPUBND', Role.OFFICER)}")
    await side.person(1).presses("Đúng, tham gia")
    await tidy(side)
    menu = words(side.api.world, "chat 1")
    assert {"tonghop", "kehoach", "viec", "baocao"} <= set(menu)
    assert len(set(menu)) == len(menu)


async def test_what_cannot_be_set_now_is_set_in_a_later_round(side: Telegram) -> None:
    await side.officer(1, "STP", name="Trần Mẫu Bình")
    await side.officer(2, "SNV", name="Phạm Mẫu Cúc")
    side.api.fail("flood", method="setMyCommands")
    assert await tidy(side) == 1, "told to wait, it stops"
    assert await tidy(side) == 2
    assert words(side.api.world, "chat 2")[0] == "viec"


async def test_a_chat_that_takes_no_menu_is_not_asked_for_ever(side: Telegram) -> None:
    await side.officer(1, "STP", name="Trần Mẫu Bình")
    await side.officer(2, "SNV", name="Phạm Mẫu Cúc")
    side.api.fail("lost", method="setMyCommands")
    assert await tidy(side) == 2
    assert await tidy(side) == 0


def test_every_command_stands_in_somebodys_menu() -> None:
    told = {word for role in Role for word, _ in menu_of([role])} | {word for word, _ in menu_of(())}
    assert told == set(COMMANDS) - {"start"}
