"""Telegram, against the emulated server: what leaves, and how every failure is told apart."""

import asyncio
import logging
import socket
import traceback
from typing import Any

import pytest

from channels.base import ChannelError
from channels.telegram import TelegramChannel, is_group
from channels.telegram_transport import AiohttpTransport
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.outgoing import Choice, Message, parts
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_faults import KINDS

pytestmark = pytest.mark.anyio

OFFICER, GROUP = 1001, -2002
HELLO = Message("Nhắc việc\nNV-0123 đến hạn thứ Năm 15/01/2026")


def reason_of(outcome: Outcome) -> Reason | None:
    return outcome.reason if isinstance(outcome, Refused) else None


async def test_a_message_leaves_as_plain_text_with_a_bold_first_line(
    api: TelegramEmulator, channel: TelegramChannel
) -> None:
    api.world.person(OFFICER)
    text = "📌 Việc <mới> & _gấp_ 😀\nNV-0123: Báo cáo <quý I>"
    outcome = await channel.send(str(OFFICER), Message(text))
    (sent,) = api.world.sent
    assert outcome == Delivered(str(sent.message_id))
    assert sent.text == text
    assert sent.entities == [{"type": "bold", "offset": 0, "length": 24}]
    assert "parse_mode" not in sent.parameters
    assert '"is_disabled": true' in sent.parameters["link_preview_options"]


@pytest.mark.parametrize(
    ("text", "heading", "entities"),
    [
        ("Một dòng", False, []),
        ("Một dòng", True, [(0, 8)]),
        ("   \nHai", True, []),
        ("  Thụt\nHai", True, [(2, 4)]),
    ],
)
async def test_the_heading(
    api: TelegramEmulator,
    channel: TelegramChannel,
    text: str,
    heading: bool,
    entities: list[tuple[int, int]],
) -> None:
    api.world.person(OFFICER)
    assert isinstance(await channel.send(str(OFFICER), Message(text, heading=heading)), Delivered)
    assert [(one["offset"], one["length"]) for one in api.world.sent[0].entities] == entities


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Đã xong", "Xin gia hạn", "Vướng mắc"], [2, 1]),
        (["Việc này không thuộc đơn vị tôi", "Huỷ", "Quay lại"], [1, 2]),
        (["Huỷ", "Việc này không thuộc đơn vị tôi", "Quay lại"], [1, 1, 1]),
        ([str(number) for number in range(1, 12)], [8, 3]),
        (["1", "2", "3", "Quay lại"], [3, 1]),
        (["Đã xong", "1", "2"], [2, 1]),
    ],
)
async def test_buttons_stand_in_order_and_fit(
    api: TelegramEmulator, channel: TelegramChannel, labels: list[str], rows: list[int]
) -> None:
    api.world.person(OFFICER)
    choices = tuple(Choice(label, f"k:{place}") for place, label in enumerate(labels))
    assert isinstance(await channel.send(str(OFFICER), Message("Chọn", choices)), Delivered)
    buttons = api.world.sent[0].buttons
    assert [len(row) for row in buttons] == rows
    assert [one["text"] for row in buttons for one in row] == labels
    assert [one["callback_data"] for row in buttons for one in row] == [one.key for one in choices]


async def test_a_message_without_choices_has_no_keyboard(api: TelegramEmulator, channel: TelegramChannel) -> None:
    api.world.person(OFFICER)
    await channel.send(str(OFFICER), HELLO)
    assert "reply_markup" not in api.world.sent[0].parameters


async def test_the_longest_text_passes_and_parts_of_a_longer_one_too(
    api: TelegramEmulator, channel: TelegramChannel
) -> None:
    api.world.person(OFFICER)
    for part in parts(Message("Việc 😀 " * 2000), channel.can):
        assert isinstance(await channel.send(str(OFFICER), part), Delivered)
    assert len(api.world.sent) > 1


REFUSALS: list[tuple[str, dict[str, int], Outcome]] = [
    ("blocked", {}, Refused(Reason.BLOCKED, "Forbidden: bot was blocked by the user")),
    ("deactivated", {}, Refused(Reason.BLOCKED, "Forbidden: user is deactivated")),
    ("kicked", {}, Refused(Reason.BLOCKED, "Forbidden: bot was kicked from the supergroup chat")),
    ("uninitiated", {}, Refused(Reason.BLOCKED, "Forbidden: bot can't initiate conversation with a user")),
    ("lost", {}, Refused(Reason.BLOCKED, "Chat not found")),
    ("muted", {}, Refused(Reason.BLOCKED, "Not enough rights to send text messages to the chat")),
    (
        "moved",
        {"migrate_to_chat_id": -100555},
        Refused(Reason.MOVED, "Group migrated to supergroup. New chat id: -100555", new_chat="-100555"),
    ),
    ("flood", {"retry_after": 7}, Refused(Reason.FLOOD, "Too Many Requests: retry after 7", 7.0)),
    ("flood_html", {}, Refused(Reason.FLOOD, "Too Many Requests: retry after 1", 1.0)),
    (
        "entities",
        {},
        Refused(Reason.BROKEN, 'Can\'t parse entities: unsupported start tag "x" at byte offset 0'),
    ),
    ("large", {}, Refused(Reason.BROKEN, "Request Entity Too Large")),
    ("unauthorized", {}, Refused(Reason.ACCOUNT, "Unauthorized")),
    ("conflict", {}, Refused(Reason.ACCOUNT, "Conflict: " + KINDS["conflict"].description[10:])),
]


@pytest.mark.parametrize(("kind", "more", "expected"), REFUSALS, ids=[row[0] for row in REFUSALS])
async def test_what_the_server_refuses(
    api: TelegramEmulator, channel: TelegramChannel, kind: str, more: dict[str, int], expected: Refused
) -> None:
    api.world.person(OFFICER)
    api.fail(kind, **more)
    outcome = await channel.send(str(OFFICER), HELLO)
    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.retry_after, outcome.new_chat) == (
        expected.reason,
        expected.retry_after,
        expected.new_chat,
    )
    assert outcome.detail.lower() == expected.detail.lower()
    assert not api.world.sent
    assert isinstance(await channel.send(str(OFFICER), HELLO), Delivered)


@pytest.mark.parametrize(
    ("kind", "arrived"),
    [
        ("error", 0),
        ("error_after", 1),
        ("gateway", 0),
        ("portal", 0),
        ("empty", 0),
        ("redirect", 0),
        ("reset", 0),
        ("reset_after", 1),
        ("silence", 0),
        ("silence_after", 1),
    ],
)
async def test_what_nobody_can_know(api: TelegramEmulator, channel: TelegramChannel, kind: str, arrived: int) -> None:
    api.world.person(OFFICER)
    api.fail(kind)
    assert isinstance(await channel.send(str(OFFICER), HELLO), Unknown)
    assert len(api.world.sent) == arrived
    assert isinstance(await channel.send(str(OFFICER), HELLO), Delivered)
    assert len(api.world.sent) == arrived + 1, "the channel never repeats by itself"


def test_every_fault_of_the_emulator_is_in_a_table() -> None:
    unknown = "error error_after gateway portal empty redirect reset reset_after silence silence_after"
    assert {row[0] for row in REFUSALS} | set(unknown.split()) == set(KINDS)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_refused_connection_never_left() -> None:
    channel = TelegramChannel("7:secret-secret", f"http://127.0.0.1:{closed_port()}")
    assert reason_of(await channel.send(str(OFFICER), HELLO)) is Reason.UNREACHED
    await channel.close()


async def test_a_dead_proxy_never_left(api: TelegramEmulator) -> None:
    channel = TelegramChannel(api.token, api.url, proxy=f"http://127.0.0.1:{closed_port()}")
    assert reason_of(await channel.send(str(OFFICER), HELLO)) is Reason.UNREACHED
    await channel.close()


async def test_a_proxy_that_opens_no_tunnel_never_left(api: TelegramEmulator) -> None:
    proxy = f"http://nguoi:mat-khau@127.0.0.1:{api.port}"  # a web server, which knows no CONNECT
    channel = TelegramChannel("7:secret-secret", "https://127.0.0.1:1", proxy=proxy)
    outcome = await channel.send(str(OFFICER), HELLO)
    assert reason_of(outcome) is Reason.UNREACHED
    assert "mat-khau" not in str(outcome)
    await channel.close()


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9050", "127.0.0.1:3128"])
def test_a_proxy_we_cannot_use_is_refused_at_once(proxy: str) -> None:
    with pytest.raises(ValueError, match="http://"):
        AiohttpTransport("7:secret-secret", proxy=proxy)


async def test_waiting_in_vain_for_a_free_connection_never_left(api: TelegramEmulator) -> None:
    api.world.person(OFFICER)
    api.fail("silence")
    transport = AiohttpTransport(api.token, connect=0.05, read=0.3, connections=1)
    channel = TelegramChannel(api.token, api.url, transport=transport)
    first, second = await asyncio.gather(channel.send(str(OFFICER), HELLO), channel.send(str(OFFICER), HELLO))
    assert isinstance(first, Unknown)
    assert reason_of(second) is Reason.UNREACHED
    await channel.close()


async def test_a_closed_channel_sends_nothing(api: TelegramEmulator, channel: TelegramChannel) -> None:
    api.world.person(OFFICER)
    await channel.close()
    await channel.close()
    assert reason_of(await channel.send(str(OFFICER), HELLO)) is Reason.UNREACHED
    assert not api.requests


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (Message("   "), Reason.BROKEN),
        (Message("a" * 4097), Reason.BROKEN),
        (Message("ạ" * 20_000), Reason.BROKEN),
        (Message("Chọn", (Choice("Xong", ""),)), Reason.BROKEN),
        (Message("Chọn", (Choice(" ", "k"),)), Reason.BROKEN),
        (Message("Chọn", tuple(Choice("1", "k") for _ in range(101))), Reason.BROKEN),
    ],
)
async def test_messages_the_server_does_not_take(
    api: TelegramEmulator, channel: TelegramChannel, message: Message, reason: Reason
) -> None:
    api.world.person(OFFICER)
    assert reason_of(await channel.send(str(OFFICER), message)) is reason


async def test_chats_the_server_does_not_reach(api: TelegramEmulator, channel: TelegramChannel) -> None:
    api.world.person(1, started=False)
    api.world.blocks(2)
    api.world.blocks(-3)
    api.world.person(-4).moved_to = -1004
    reasons = [reason_of(await channel.send(chat, HELLO)) for chat in ("1", "2", "-3", "-4", "99", "ai đó")]
    assert reasons == [Reason.BLOCKED] * 3 + [Reason.MOVED] + [Reason.BLOCKED] * 2


@pytest.mark.parametrize("token", ["7:well-formed-but-wrong", "malformed"])
async def test_a_wrong_token_is_our_accounts_fault(api: TelegramEmulator, token: str) -> None:
    channel = TelegramChannel(token, api.url)
    assert reason_of(await channel.send(str(OFFICER), HELLO)) is Reason.ACCOUNT
    with pytest.raises(ChannelError) as failed:
        await channel.me()
    assert reason_of(failed.value.outcome) is Reason.ACCOUNT
    await channel.close()


async def test_nothing_ever_tells_the_token(api: TelegramEmulator, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "telegram", "httpx", "aiohttp"):
        caplog.set_level(logging.DEBUG, logger=name)
    api.world.person(OFFICER)
    channel = TelegramChannel(api.token, api.url, transport=AiohttpTransport(api.token, read=0.05))
    told = [repr(channel._bot), str(vars(channel))]
    for kind in KINDS:
        if kind != "moved":
            api.fail(kind)
            told.append(str(await channel.send(str(OFFICER), HELLO)))
            api.fail(kind, method="getfile")
            told.append(await failure_of(channel.fetch("file1", 10)))
    unreached = TelegramChannel(api.token, f"http://127.0.0.1:{closed_port()}")
    api.fail("reset", method="getupdates")
    told += [await failure_of(channel.updates(wait=0))]
    told += [str(await unreached.send("1", HELLO)), await failure_of(unreached.me())]
    await channel.close()
    await unreached.close()
    records = [record.getMessage() + str(record.exc_text) for record in caplog.records]
    assert len(records) > 50
    assert not [line for line in [*records, *told] if api.token in line or api.token[2:] in line]


async def failure_of(call: Any) -> str:
    """Return all that a failing call leaves behind: its traceback and its chain of causes."""
    try:
        return str(await call)
    except ChannelError as error:
        chain: list[str] = traceback.format_exception(error)
        link: BaseException | None = error
        while link is not None:
            chain.append(repr(link) + repr(link.args))
            link = link.__context__ or link.__cause__
        return "".join(chain)


def test_groups_are_numbered_below_zero() -> None:
    assert is_group(str(GROUP))
    assert not is_group(str(OFFICER))
