"""What every channel must do, whoever provides it: a new adapter joins RIGS and passes, or is not finished."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

from channels.base import Channel
from channels.fake import FakeChannel
from channels.telegram import TelegramChannel
from channels.telegram_transport import AiohttpTransport
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.outgoing import Choice, Message, parts
from tests.emulators.telegram import TelegramEmulator

pytestmark = pytest.mark.anyio

REFUSALS = (Reason.BLOCKED, Reason.FLOOD, Reason.BROKEN, Reason.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Rig:
    """A channel with someone at its far end, and the ways to make its next message fail."""

    channel: Channel
    chat: str
    received: Callable[[], list[str]]
    refuse: Callable[[Reason], None]
    lose_the_answer: Callable[[], None]
    """Of a message that arrives all the same."""
    cut_off: Callable[[], Awaitable[None]]
    """Make the provider unreachable from now on."""


@asynccontextmanager
async def telegram() -> AsyncIterator[Rig]:
    kinds = dict(zip(REFUSALS, ("blocked", "flood", "entities", "unauthorized"), strict=True))
    async with TelegramEmulator() as api:
        api.world.person(1001)
        transport = AiohttpTransport(api.token, read=0.2)
        channel = TelegramChannel(api.token, api.url, transport=transport)
        yield Rig(
            channel,
            "1001",
            lambda: [sent.text for sent in api.world.sent],
            lambda reason: api.fail(kinds[reason]),
            lambda: api.fail("silence_after"),
            api.stop,
        )
        await channel.close()


@asynccontextmanager
async def fake() -> AsyncIterator[Rig]:
    channel = FakeChannel()
    lost = Unknown("told to")

    def received() -> list[str]:
        return [kept.message.text for kept in channel.attempts if not isinstance(kept.outcome, Refused)]

    def refuse(reason: Reason) -> None:
        wait = 1.0 if reason is Reason.FLOOD else None
        channel.end_with(Refused(reason, retry_after=wait))

    async def cut_off() -> None:
        channel.end_with(Refused(Reason.UNREACHED), times=100)

    yield Rig(
        channel,
        "1001",
        received,
        refuse,
        lambda: channel.end_with(lost),
        cut_off,
    )
    await channel.close()


RIGS: dict[str, Callable[[], AbstractAsyncContextManager[Rig]]] = {"telegram": telegram, "fake": fake}
HELLO = Message("Nhắc việc\nNV-0123", (Choice("Đã xong", "t:1:done"), Choice("Xin gia hạn", "t:1:more")))


@pytest.fixture(params=sorted(RIGS))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with RIGS[request.param]() as built:
        yield built


async def sent(rig: Rig, message: Message = HELLO) -> Outcome:
    (only,) = parts(message, rig.channel.can)
    return await rig.channel.send(rig.chat, only)


async def test_a_message_arrives_and_is_named(rig: Rig) -> None:
    first, second = await sent(rig), await sent(rig)
    assert isinstance(first, Delivered)
    assert isinstance(second, Delivered)
    assert first.provider_id != second.provider_id
    assert [text.split("\n\n")[0] for text in rig.received()] == [HELLO.text] * 2


async def test_it_has_a_name_and_says_what_it_can(rig: Rig) -> None:
    assert rig.channel.name
    assert rig.channel.can.text_limit >= 1000


async def test_the_longest_text_it_claims_to_take_it_takes(rig: Rig) -> None:
    text = "ạ" * rig.channel.can.text_limit
    assert isinstance(await sent(rig, Message(text, heading=False)), Delivered)
    assert rig.received() == [text]


async def test_signs_of_markup_are_only_words(rig: Rig) -> None:
    text = "<b>Sở A & B_C* `x` [y](z) <không có thẻ"
    assert isinstance(await sent(rig, Message(text)), Delivered)
    assert rig.received() == [text]


@pytest.mark.parametrize("reason", REFUSALS)
async def test_a_refusal_says_why_and_nothing_arrived(rig: Rig, reason: Reason) -> None:
    rig.refuse(reason)
    outcome = await sent(rig)
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    assert (outcome.retry_after is not None) == (reason is Reason.FLOOD)
    assert rig.received() == []
    assert isinstance(await sent(rig), Delivered)


async def test_a_lost_answer_is_unknown_and_not_repeated(rig: Rig) -> None:
    rig.lose_the_answer()
    assert isinstance(await sent(rig), Unknown)
    assert len(rig.received()) == 1


async def test_what_never_left_is_no_unknown(rig: Rig) -> None:
    await rig.cut_off()
    outcome = await sent(rig)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.UNREACHED
    assert rig.received() == []


async def test_closing_twice_does_no_harm(rig: Rig) -> None:
    await sent(rig)
    await rig.channel.close()
    await rig.channel.close()


async def test_the_fake_ends_as_told_for_the_chat_told() -> None:
    channel = FakeChannel(name="zalo_bot")
    channel.end_with(Unknown("x"), times=2, chat="2")
    channel.end_with(Refused(Reason.BROKEN), chat="1")
    ends = [type(await channel.send(chat, HELLO)) for chat in ("1", "2", "1", "2", "2")]
    assert ends == [Refused, Unknown, Delivered, Unknown, Delivered]
    assert [kept.chat for kept in channel.sent] == ["1", "2"]
    assert len(channel.attempts) == 5
    assert channel.name == "zalo_bot"
    await channel.close()
    assert channel.closed
