"""What arrives from Telegram: polling, the webhook, and what each kind of update says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from channels.base import ChannelError
from channels.telegram import TelegramChannel
from channels.telegram_updates import callback_id, parse
from domain.delivery import Delivered, Reason, Refused
from domain.incoming import Incoming, IncomingFile, Sent
from domain.outgoing import Choice, Message
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_world import World

pytestmark = pytest.mark.anyio

OFFICER, GROUP = 1001, -2002
BOT = "NhacViecThuBot"


def heard(act: Callable[[World], Any]) -> Incoming | None:
    """Let a person act in a fresh world and read what comes of it."""
    world = World(privacy=False)
    act(world)
    (update,) = world.updates
    return parse(update, BOT)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("/start abc_DEF-123", "/start abc_DEF-123"),
        ("/viec@NhacViecThuBot", "/viec"),
        ("/viec@nhacviecthubot 2", "/viec 2"),
        ("@NhacViecThuBot, xong NV-0123", "xong NV-0123"),
        ("@ai_do xong", "@ai_do xong"),
        ("gửi a@NhacViecThuBot", "gửi a@NhacViecThuBot"),
        ("đa\u0303 xong", "đã xong"),
    ],
)
def test_words(said: str, read: str) -> None:
    for chat, group in ((OFFICER, False), (GROUP, True)):
        found = heard(lambda world, chat=chat: world.says(chat, said, sender=5))  # type: ignore[misc]
        assert found
        assert (found.channel, found.chat, found.sent, found.text) == ("telegram", str(chat), Sent.TEXT, read)
        assert (found.sender, found.group) == ("5", group)


def test_a_command_for_another_bot_is_not_ours_unless_our_name_is_unknown() -> None:
    assert heard(lambda world: world.says(GROUP, "/viec@KhacBot", sender=5)) is None
    world = World(privacy=False)
    world.says(GROUP, "/viec@KhacBot", sender=5)
    found = parse(world.updates[0])
    assert found
    assert found.text == "/viec"


def test_a_file_keeps_what_the_message_says_about_it() -> None:
    found = heard(lambda world: world.sends_file(OFFICER, "bc.docx", b"abc", "45/KH-STP", "application/x-docx"))
    assert found
    assert (found.sent, found.text) == (Sent.FILE, "45/KH-STP")
    (file,) = found.files
    assert file == IncomingFile(file.reference, "bc.docx", "application/x-docx", 3)


def test_of_a_picture_the_largest_size_is_taken() -> None:
    found = heard(lambda world: world.sends_photo(OFFICER, b"x" * 100))
    assert found
    assert [(file.name, file.media_type, file.size) for file in found.files] == [("ảnh.jpg", "image/jpeg", 100)]


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        ({"document": {}}, "tệp", "application/octet-stream"),
        ({"video": {"width": 1, "height": 1, "duration": 1}}, "video.mp4", "video/mp4"),
        ({"audio": {"duration": 1, "mime_type": "audio/ogg"}}, "âm thanh.mp3", "audio/ogg"),
    ],
)
def test_files_without_a_name(content: dict[str, dict[str, Any]], name: str, media_type: str) -> None:
    (field,) = content
    known = {field: content[field] | {"file_id": "f", "file_unique_id": "u"}}
    found = heard(lambda world: world.message(OFFICER, known))
    assert found
    assert found.files == (IncomingFile("f", name, media_type),)


@pytest.mark.parametrize(
    "act",
    [
        lambda world: world.sends_sticker(OFFICER),
        lambda world: world.shares_contact(OFFICER, "0900000000"),
        lambda world: world.message(OFFICER, {"location": {"longitude": 105.8, "latitude": 21.0}}),
    ],
)
def test_what_we_cannot_use_is_said_to_be_other(act: Callable[[World], Any]) -> None:
    found = heard(act)
    assert found
    assert (found.sent, found.text, found.files) == (Sent.OTHER, "", ())


@pytest.mark.parametrize(
    ("recorded", "name", "media_type"),
    [("voice", "ghi âm.ogg", "audio/ogg"), ("video_note", "video.mp4", "video/mp4")],
)
def test_what_people_record_instead_of_writing_is_told_with_its_file(recorded: str, name: str, media_type: str) -> None:
    told = {"file_id": "v", "file_unique_id": "v", "duration": 3, "length": 240, "file_size": 900}
    found = heard(lambda world: world.message(OFFICER, {recorded: told}))
    assert found
    assert found.sent is Sent.OTHER
    assert found.files == (IncomingFile("v", name, media_type, 900),)


@pytest.mark.parametrize(
    "act",
    [
        lambda world: world.edits(OFFICER, "sửa lại"),
        lambda world: world.message(GROUP, {"new_chat_title": "Nhóm mới"}, 5),
        lambda world: world.message(GROUP, {"migrate_from_chat_id": -1005}, 5),
        lambda world: world.message(GROUP, {"text": "x", "from": {"id": 8, "is_bot": True, "first_name": "b"}}),
    ],
)
def test_what_is_nothing_to_us(act: Callable[[World], Any]) -> None:
    assert heard(act) is None


def test_an_update_of_a_kind_nobody_knows_yet_is_nothing() -> None:
    assert parse({"update_id": 5, "rich_thing": {"a": 1}}) is None


@pytest.mark.parametrize("broken", [{}, {"update_id": 5, "message": {"text": "x"}}, {"update_id": 5, "message": "x"}])
def test_what_is_no_update_at_all_is_an_error(broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, AttributeError)):
        parse(broken)


def test_blocking_and_coming_back() -> None:
    for chat, group in ((OFFICER, False), (GROUP, True)):
        blocked = heard(lambda world, chat=chat: world.blocks(chat))  # type: ignore[misc]
        back = heard(lambda world, chat=chat: world.unblocks(chat))  # type: ignore[misc]
        assert blocked
        assert back
        assert (blocked.sent, back.sent) == (Sent.BLOCKED, Sent.UNBLOCKED)
        assert (blocked.chat, blocked.group) == (str(chat), group)


def test_a_group_that_moves_says_where() -> None:
    found = heard(lambda world: world.message(GROUP, {"migrate_to_chat_id": -1005}, 5))
    assert found
    assert (found.sent, found.chat, found.moved_to, found.group) == (Sent.MOVED, str(GROUP), "-1005", True)


def test_what_is_told_about_a_message() -> None:
    world = World()
    world.says(GROUP, f"@{BOT} NV-0123", sender=5)
    world.says(GROUP, "/viec", sender=5)
    world.says(OFFICER, "xong")
    called, command, private = (parse(update, BOT) for update in world.updates)
    assert called
    assert command
    assert private
    assert (called.title, called.called, called.text) == ("Nhóm 2002", True, "NV-0123")
    assert (command.called, private.called, private.title) == (False, False, "")
    assert [one.message_id for one in (called, command, private)] == [
        str(update["message"]["message_id"]) for update in world.updates
    ]


async def test_which_message_of_ours_is_answered(api: TelegramEmulator, channel: TelegramChannel) -> None:
    api.world.person(OFFICER)
    await channel.me()
    outcome = await channel.send(str(OFFICER), Message("NV-0001"))
    assert isinstance(outcome, Delivered)
    theirs = api.world.says(OFFICER, "của tôi")
    assert theirs
    mine = max(number for _, number in api.world.written)
    api.world.says(OFFICER, "xong", reply_to=int(outcome.provider_id))
    api.world.says(OFFICER, "xong", reply_to=mine)
    read = [channel.parse(update) for update in await channel.updates(wait=0)]
    assert [one.quotes for one in read if one] == ["", outcome.provider_id, ""]


def test_the_parts_of_an_album_bear_its_mark() -> None:
    world = World()
    world.sends_album(OFFICER, {"a.jpg": b"a", "b.jpg": b"b"}, "ảnh hiện trường")
    world.sends_photo(OFFICER, b"c")
    first, second, alone = (parse(update, BOT) for update in world.updates)
    assert first
    assert second
    assert alone
    assert first.album == second.album != ""
    assert (first.text, second.text, alone.album) == ("ảnh hiện trường", "", "")
    assert first.key != second.key


async def test_a_pressed_button_tells_the_message_that_bears_it(
    api: TelegramEmulator, channel: TelegramChannel
) -> None:
    api.world.person(OFFICER)
    outcome = await channel.send(str(OFFICER), Message("Chọn", (Choice("Xem", "list:open:0"),)))
    api.world.presses(OFFICER, "Xem")
    (update,) = await channel.updates(wait=0)
    found = channel.parse(update)
    assert found
    assert outcome == Delivered(found.message_id)


async def test_a_button_gives_back_its_key(api: TelegramEmulator, channel: TelegramChannel) -> None:
    api.world.person(OFFICER)
    await channel.send(str(OFFICER), Message("Chọn", (Choice("Đã xong", "t:1:đ"), Choice("Huỷ", "t:1:x"))))
    api.world.presses(OFFICER, "Đã xong")
    (update,) = await channel.updates(wait=0)
    found = channel.parse(update)
    assert found
    assert (found.sent, found.button, found.text) == (Sent.BUTTON, "t:1:đ", "")
    assert (found.chat, found.sender, found.key) == (str(OFFICER), str(OFFICER), str(update["update_id"]))
    assert callback_id(update) == update["callback_query"]["id"]
    api.world.says(OFFICER, "1")
    assert callback_id((await channel.updates(channel.mark_after([update]), wait=0))[0]) is None


async def test_the_channel_knows_its_name_once_asked(api: TelegramEmulator, channel: TelegramChannel) -> None:
    api.world.privacy = False
    api.world.says(GROUP, "/viec@KhacBot", sender=5)
    (update,) = await channel.updates(wait=0)
    assert channel.parse(update)
    await channel.me()
    assert channel.parse(update) is None


async def test_only_asking_for_the_next_confirms(api: TelegramEmulator, channel: TelegramChannel) -> None:
    first, second = api.world.says(OFFICER, "một"), api.world.says(OFFICER, "hai")
    assert first
    assert second
    for _ in range(2):
        assert [one["update_id"] for one in await channel.updates(wait=0)] == [first, second]
    assert [one["update_id"] for one in await channel.updates(str(second), wait=0)] == [second]
    assert await channel.updates(str(second + 1), wait=0) == []


async def test_a_long_poll_ends_with_the_first_update(api: TelegramEmulator, channel: TelegramChannel) -> None:
    await channel.updates(wait=0)
    poll = asyncio.create_task(channel.updates())
    while api.methods.polls < 2:
        await asyncio.sleep(0)
    number = api.world.says(OFFICER, "chào")
    assert [one["update_id"] for one in await poll] == [number]


async def test_edits_are_not_even_asked_for(api: TelegramEmulator, channel: TelegramChannel) -> None:
    await channel.updates(wait=0)
    assert api.world.edits(OFFICER, "sửa") is None
    assert api.world.blocks(OFFICER)


async def test_of_two_pollers_the_older_is_sent_away(api: TelegramEmulator, channel: TelegramChannel) -> None:
    older = asyncio.create_task(channel.updates())
    while not api.methods.polls:
        await asyncio.sleep(0)
    await channel.updates(wait=0)
    with pytest.raises(ChannelError) as failed:
        await older
    assert isinstance(failed.value.outcome, Refused)
    assert failed.value.outcome.reason is Reason.ACCOUNT
    assert "getUpdates" in failed.value.outcome.detail


class Office:
    """A web server standing for ours: answers as told, then 200, and keeps what it was told."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.came: list[tuple[str, dict[str, Any]]] = []
        self.enough = asyncio.Event()
        self.wanted = 1

    async def answer(self, request: web.Request) -> web.StreamResponse:
        update = await request.json()
        self.came.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), update))
        if len(self.came) >= self.wanted:
            self.enough.set()
        if self.statuses and (status := self.statuses.pop(0)) != 200:
            return web.Response(status=status)
        call = {"method": "sendMessage", "chat_id": update["message"]["chat"]["id"], "text": "Đã nhận"}
        return web.json_response(call)


@pytest.fixture
async def hook_port() -> AsyncIterator[tuple[Office, int]]:
    office = Office(500, 503)
    app = web.Application()
    app.router.add_post("/telegram", office.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield office, runner.addresses[0][1]
    await runner.cleanup()


async def test_the_webhook_repeats_until_it_is_taken_and_keeps_a_chats_order(
    hook_port: tuple[Office, int],
) -> None:
    office, port = hook_port
    async with TelegramEmulator(first_wait=0.0) as api:
        channel = TelegramChannel(api.token, api.url)
        await channel.set_webhook(f"http://127.0.0.1:{port}/telegram", "bi-mat_1")
        with pytest.raises(ChannelError, match="webhook"):
            await channel.updates(wait=0)
        office.wanted = 4
        api.world.says(OFFICER, "một")
        api.world.says(OFFICER, "hai")
        await asyncio.wait_for(office.enough.wait(), 5)
        assert [update["message"]["text"] for _, update in office.came] == ["một", "một", "một", "hai"]
        assert {secret for secret, _ in office.came} == {"bi-mat_1"}
        while len(api.world.sent) < 2:
            await asyncio.sleep(0)
        assert [sent.text for sent in api.world.sent] == ["Đã nhận", "Đã nhận"]
        await channel.delete_webhook()
        api.world.says(OFFICER, "ba")
        (update,) = await channel.updates(wait=0)
        assert update["message"]["text"] == "ba"
        await channel.close()


@pytest.mark.parametrize(
    ("url", "secret"), [("http://nhacviec.example/telegram", "ok"), ("https://a.example", "có dấu")]
)
async def test_webhooks_the_server_does_not_take(
    api: TelegramEmulator, channel: TelegramChannel, url: str, secret: str
) -> None:
    with pytest.raises(ChannelError) as failed:
        await channel.set_webhook(url, secret)
    assert isinstance(failed.value.outcome, Refused)
    assert failed.value.outcome.reason is Reason.BROKEN
