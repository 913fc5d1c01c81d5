"""Telegram's other calls: files, the menu of commands, pressed buttons, and how each may fail."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from channels.base import ChannelError, FileTooLargeError
from channels.telegram import TelegramChannel
from domain.delivery import Reason, Refused, Unknown
from domain.outgoing import Choice, Message
from tests.emulators.telegram import TelegramEmulator

pytestmark = pytest.mark.anyio

OFFICER = 1001


async def test_files_are_fetched_within_the_limit(api: TelegramEmulator, channel: TelegramChannel) -> None:
    update = api.world.sends_file(OFFICER, "Báo cáo quý I.docx", b"x" * 5000)
    assert update
    (file,) = [file for one in await channel.updates(wait=0) if (found := channel.parse(one)) for file in found.files]
    assert (file.name, file.size) == ("Báo cáo quý I.docx", 5000)
    assert await channel.fetch(file.reference, 5000) == b"x" * 5000
    with pytest.raises(FileTooLargeError):
        await channel.fetch(file.reference, 4999)


async def test_a_file_larger_than_it_says_is_not_read_to_its_end(
    api: TelegramEmulator, channel: TelegramChannel
) -> None:
    api.world.files["liar"] = ("documents/liar.bin", b"x" * 300_000)
    api.world.tells_sizes = False
    with pytest.raises(FileTooLargeError):
        await channel.fetch("liar", 1000)
    assert len(await channel.fetch("liar", 300_000)) == 300_000


async def test_a_file_the_server_does_not_hand_out(api: TelegramEmulator, channel: TelegramChannel) -> None:
    api.world.files["huge"] = ("documents/huge.bin", b"x" * ((20 << 20) + 1))
    with pytest.raises(FileTooLargeError):
        await channel.fetch("huge", 1 << 30)
    with pytest.raises(ChannelError) as failed:
        await channel.fetch("unknown", 1 << 30)
    assert isinstance(failed.value.outcome, Refused)
    assert failed.value.outcome.reason is Reason.BROKEN


async def test_the_bots_name_and_commands(api: TelegramEmulator, channel: TelegramChannel) -> None:
    assert await channel.me() == "NhacViecThuBot"
    await channel.set_commands([("viec", "Việc của tôi"), ("trogiup", "Trợ giúp")])
    assert api.world.commands == [
        {"command": "viec", "description": "Việc của tôi"},
        {"command": "trogiup", "description": "Trợ giúp"},
    ]
    with pytest.raises(ChannelError):
        await channel.set_commands([("Việc", "sai")])


CALLS: dict[str, Callable[[TelegramChannel], Awaitable[Any]]] = {
    "getupdates": lambda channel: channel.updates(wait=0),
    "getme": lambda channel: channel.me(),
    "getfile": lambda channel: channel.fetch("file1", 10),
    "deletewebhook": lambda channel: channel.delete_webhook(),
    "setmycommands": lambda channel: channel.set_commands([("viec", "Việc của tôi")]),
}
ENDS: dict[str, Refused | Unknown] = {
    "flood": Refused(Reason.FLOOD, retry_after=1.0),
    "unauthorized": Refused(Reason.ACCOUNT),
    "conflict": Refused(Reason.ACCOUNT),
    "error": Unknown(),
    "portal": Unknown(),
    "empty": Unknown(),
    "reset": Unknown(),
}


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("kind", ENDS)
async def test_other_calls_fail_in_the_same_words(
    api: TelegramEmulator, channel: TelegramChannel, method: str, kind: str
) -> None:
    api.fail(kind, method=method)
    with pytest.raises(ChannelError) as failed:
        await CALLS[method](channel)
    assert replace(failed.value.outcome, detail="") == ENDS[kind]


async def test_a_pressed_button_is_answered_once_and_late_answers_do_no_harm(
    api: TelegramEmulator, channel: TelegramChannel
) -> None:
    api.world.person(OFFICER)
    await channel.send(str(OFFICER), Message("Chọn", (Choice("Đã xong", "t:1:done"),)))
    api.world.presses(OFFICER, "Đã xong")
    (update,) = await channel.updates(wait=0)
    await channel.answer_callback(update["callback_query"]["id"], "Đã ghi")
    await channel.answer_callback("too-old")
    assert [one["text"] for one in api.world.answered] == ["Đã ghi"]


@pytest.mark.parametrize("kind", ENDS)
async def test_an_unanswered_callback_stops_nobody(api: TelegramEmulator, channel: TelegramChannel, kind: str) -> None:
    api.fail(kind, method="answercallbackquery")
    await channel.answer_callback("cb1")
    assert not api.world.answered
