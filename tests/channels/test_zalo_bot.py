"""The Zalo bot's calls: how each failure ends, what is polled, which pictures are fetched, and no token anywhere."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator

import pytest

from channels.base import ChannelError, FileTooLargeError
from channels.zalo_bot import ZaloBotChannel
from channels.zalo_bot_transport import PLACEHOLDER, ZaloBotTransport
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.outgoing import Attachment, Choice, Link, Message
from tests.channels.zalo_bot_rig import PERSON, channel_to
from tests.emulators.zalo_bot import ZaloBotEmulator

pytestmark = pytest.mark.anyio

HELLO = Message("Nhắc việc\nNV-0123")


@pytest.fixture
async def api() -> AsyncIterator[ZaloBotEmulator]:
    async with ZaloBotEmulator() as emulator:
        emulator.world.person(PERSON)
        yield emulator


@pytest.fixture
async def channel(api: ZaloBotEmulator) -> AsyncIterator[ZaloBotChannel]:
    opened = channel_to(api)
    yield opened
    await opened.close()


def reason(outcome: Outcome) -> Reason | type[Unknown] | type[Delivered]:
    """Return how it ended: the reason of a refusal, else the kind of ending."""
    return outcome.reason if isinstance(outcome, Refused) else type(outcome)


@pytest.mark.parametrize("mirrors", [False, True])
@pytest.mark.parametrize(
    ("fault", "ended", "arrived"),
    [
        ("flood", Reason.FLOOD, 0),
        ("flood_html", Reason.FLOOD, 0),
        ("blocked", Reason.BLOCKED, 0),
        ("lost", Reason.BLOCKED, 0),
        ("never_wrote", Reason.BLOCKED, 0),
        ("broken", Reason.BROKEN, 0),
        ("unauthorized", Reason.ACCOUNT, 0),
        ("no_address", Reason.BLOCKED, 0),
        ("strange", Unknown, 0),
        ("error", Unknown, 0),
        ("error_after", Unknown, 1),
        ("late", Unknown, 1),
        ("gateway", Unknown, 0),
        ("portal", Unknown, 0),
        ("redirect", Unknown, 0),
        ("empty", Unknown, 0),
        ("reset", Unknown, 0),
        ("reset_after", Unknown, 1),
        ("silence", Unknown, 0),
        ("silence_after", Unknown, 1),
    ],
)
async def test_every_failure_ends_as_what_it_is_and_is_not_repeated(
    api: ZaloBotEmulator, channel: ZaloBotChannel, *, mirrors: bool, fault: str, ended: Reason | type, arrived: int
) -> None:
    api.mirrors = mirrors
    api.fail(fault)
    assert reason(await channel.send(PERSON, HELLO)) is ended
    assert len(api.world.sent) == arrived
    assert [one.method for one in api.requests].count("sendMessage") == 1
    assert isinstance(await channel.send(PERSON, HELLO), Delivered)


@pytest.mark.parametrize("asked", ["no_address", "unauthorized"])
async def test_a_bare_404_is_the_account_s_where_the_account_is_not_known_either(
    api: ZaloBotEmulator, channel: ZaloBotChannel, asked: str
) -> None:
    api.fail("no_address")
    api.fail(asked, method="getMe")
    assert reason(await channel.send(PERSON, HELLO)) is Reason.ACCOUNT


@pytest.mark.parametrize(("fault", "wait"), [("flood_told", 7.0), ("flood", 5.0)])
async def test_a_flood_waits_as_long_as_told(
    api: ZaloBotEmulator, channel: ZaloBotChannel, fault: str, wait: float
) -> None:
    api.fail(fault, retry_after=7)
    outcome = await channel.send(PERSON, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.retry_after == wait


async def test_whoever_never_wrote_cannot_be_written_to(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    api.world.person("moi", wrote=False)
    assert reason(await channel.send("moi", HELLO)) is Reason.BLOCKED
    assert reason(await channel.send("khong-co", HELLO)) is Reason.BLOCKED


async def test_without_a_connection_nothing_left(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    await api.stop()
    assert reason(await channel.send(PERSON, HELLO)) is Reason.UNREACHED
    assert not await channel.answers()


async def test_without_a_free_connection_nothing_left(api: ZaloBotEmulator) -> None:
    transport = ZaloBotTransport(api.token, api.url, connect=0.2, read=30.0)
    busy = ZaloBotChannel(api.token, transport=transport)
    polls = [asyncio.create_task(busy.updates()) for _ in range(20)]
    while api.methods.polls < 20:
        await asyncio.sleep(0.01)
    assert reason(await busy.send(PERSON, HELLO)) is Reason.UNREACHED
    for poll in polls:
        poll.cancel()
    await asyncio.gather(*polls, return_exceptions=True)
    await busy.close()


async def test_once_closed_nothing_leaves(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    await channel.close()
    assert reason(await channel.send(PERSON, HELLO)) is Reason.UNREACHED
    with pytest.raises(ChannelError):
        await channel.fetch(f"{api.url}/photos/a", 10)
    assert api.requests == []


async def test_what_the_channel_cannot_show_is_said_in_words(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    message = Message("Chọn một", (Choice("Đã xong", "k:1"),), links=(Link("Xem", "https://x.example/a"),))
    await channel.send(PERSON, message)
    assert api.world.sent[0].text == "Chọn một\n\nXem: https://x.example/a\n\n1 Đã xong"


async def test_a_file_is_refused_before_anything_is_sent(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    file = Attachment("0" * 64, "a.png", "image/png", 10)
    assert not channel.can.takes(file)
    assert reason(await channel.send(PERSON, Message("Biểu đồ", files=(file,)))) is Reason.BROKEN
    assert api.requests == []


async def test_one_update_a_poll_and_nothing_new_is_nothing(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    api.world.says(PERSON, "một")
    api.world.says(PERSON, "hai")
    polled = [await channel.updates(), await channel.updates("không có dấu"), await channel.updates(wait=0)]
    assert [[one["message"]["text"] for one in batch] for batch in polled] == [["một"], ["hai"], []]
    assert channel.mark_after(polled[0]) == ""


async def test_a_poll_that_fails_says_so(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    api.fail("gateway", method="getUpdates")
    with pytest.raises(ChannelError, match="unknown: HTTP 502"):
        await channel.updates()
    await channel.set_webhook("https://nhacviec.example.vn/zalo/bot", "du-tam-ky-tu")
    with pytest.raises(ChannelError, match="account: 409"):
        await channel.updates()
    await channel.delete_webhook()
    assert await channel.updates(wait=0) == []


async def test_its_name_is_what_people_see(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    assert await channel.me() == "Bot Nhắc việc"
    api.fail("empty", method="getMe")
    with pytest.raises(ChannelError):
        await channel.me()


@pytest.mark.parametrize(("fault", "answers"), [("unauthorized", True), ("flood", True), ("gateway", False)])
async def test_it_answers_where_the_provider_says_anything(
    api: ZaloBotEmulator, channel: ZaloBotChannel, fault: str, answers: bool
) -> None:
    api.fail(fault, method="getMe")
    assert await channel.answers() is answers


async def test_a_picture_is_fetched_within_its_limit(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    incoming = channel.parse(api.world.sends_photo(PERSON, b"j" * 1000))
    assert incoming is not None
    address = incoming.files[0].reference
    assert await channel.fetch(address, 1000) == b"j" * 1000
    with pytest.raises(FileTooLargeError):
        await channel.fetch(address, 999)
    with pytest.raises(ChannelError, match="not served: 404"):
        await channel.fetch(address + "x", 1000)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/a.jpg",
        "https://zdn.vn.evil.example/a.jpg",
        "https://evilzdn.vn/a.jpg",
        "http://photo.zdn.vn/a.jpg",
        "ftp://photo.zdn.vn/a.jpg",
        "file:///etc/passwd",
        "https://zdn.vn@evil.example/a.jpg",
        "https://evil.example@photo.zdn.vn/a.jpg",
        "https://evil.example\\@photo.zdn.vn/a.jpg",
        "https://169.254.169.254/latest",
        "http://localhost/a.jpg",
        "https://[::1/a.jpg",
        "a.jpg",
        "",
    ],
)
async def test_other_hosts_are_never_asked(channel: ZaloBotChannel, address: str) -> None:
    with pytest.raises(ChannelError) as refused:
        await channel.fetch(address, 1000)
    assert reason(refused.value.outcome) is Reason.BROKEN


async def test_a_redirect_is_not_followed(api: ZaloBotEmulator, channel: ZaloBotChannel) -> None:
    with pytest.raises(ChannelError, match="not served: 302"):
        await channel.fetch(f"{api.url}/moved", 1000)
    assert api.requests == []


SECRET = "an-emulated-token-nobody-owns"


async def test_the_token_is_in_no_log_no_error_and_no_ending(
    api: ZaloBotEmulator, channel: ZaloBotChannel, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, name)
    faults = ("gateway", "reset", "silence", "unauthorized", "quoting", "redirect")
    told: list[str] = []
    for fault in faults:
        api.fail(fault)
        api.fail(fault, method="getMe")
        told.append(repr(await channel.send(PERSON, HELLO)))
        try:
            await channel.me()
        except ChannelError as error:
            told += [str(error), repr(error.outcome), "".join(traceback.format_exception(error))]
    await api.stop()
    told.append(repr(await channel.send(PERSON, HELLO)))
    assert len(told) > len(faults)
    assert "HTTP Request: POST" in caplog.text, "httpx does write addresses into its log"
    assert PLACEHOLDER in caplog.text
    assert [one for one in (*told, caplog.text) if SECRET in one] == []
    assert all(SECRET.encode() not in repr(record.__dict__).encode() for record in caplog.records)
    assert "quoted: 4117:…" in "".join(told)
