"""What every channel must do, whoever provides it: a new adapter joins `rigs.RIGS` and passes, or is not finished."""

import logging
from collections.abc import AsyncIterator

import pytest

from channels.base import ChannelError
from channels.fake import FakeChannel
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.outgoing import Capabilities, Choice, Link, Message, parts
from tests.channels.rig import REFUSALS, Far, Rig, Seen
from tests.channels.rigs import RIGS

pytestmark = pytest.mark.anyio

HELLO = Message("Nhắc việc\nNV-0123", (Choice("Đã xong", "t:1:done"), Choice("Xin gia hạn", "t:1:more")))
NOTICE = Message("Có việc mới\nNV-0123", HELLO.choices, numbered=False)
ADDRESS = "https://nhacviec.example.vn/l/Zx9_kQ-7abcDEFghijklmnop"


@pytest.fixture(params=sorted(RIGS))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with RIGS[request.param]() as built:
        yield built


def far_of(rig: Rig) -> Far:
    """Return the provider's end; a channel without one has nothing to show here."""
    if rig.far is None:
        pytest.skip("no provider stands between us and the person")
    return rig.far


async def sent(rig: Rig, message: Message = HELLO) -> Outcome:
    """Send a message that takes one part."""
    (only,) = parts(message, rig.channel.can)
    return await rig.channel.send(rig.chat, only)


async def brought(rig: Rig, message: Message) -> list[Seen]:
    """Send all parts of a message, which must all be taken, and return what was seen of them."""
    before = len(await rig.seen())
    for part in parts(message, rig.channel.can):
        assert isinstance(await rig.channel.send(rig.chat, part), Delivered)
    return (await rig.seen())[before:]


def filled(can: Capabilities, of: str, more: int = 0) -> str:
    """Return a text of exactly the channel's limit and `more`, in its own counting, made of these characters."""
    wanted = can.text_limit + more
    text = of * (wanted // can.length(of))
    return text + "a" * (wanted - can.length(text))


async def test_a_message_arrives_and_is_named(rig: Rig) -> None:
    first, second = await sent(rig), await sent(rig)
    assert isinstance(first, Delivered)
    assert isinstance(second, Delivered)
    assert first.provider_id
    assert first.provider_id != second.provider_id
    assert [seen.text.split("\n\n")[0] for seen in await rig.seen()] == [HELLO.text] * 2


async def test_it_has_a_name_and_says_what_it_can(rig: Rig) -> None:
    assert rig.channel.name
    can = rig.channel.can
    assert can.text_limit >= 1000
    assert can.buttons or can.most_buttons > 0
    assert bool(can.files_out) == (can.largest_out > 0)


@pytest.mark.parametrize("of", ["ạ", "a", "😀", "Nhắc việc 😀 "])
async def test_a_text_of_exactly_the_limit_is_taken_and_one_more_is_refused(rig: Rig, of: str) -> None:
    text = filled(rig.channel.can, of)
    assert isinstance(await rig.channel.send(rig.chat, Message(text, heading=False)), Delivered)
    assert [seen.text for seen in await rig.seen()] == [text.strip()]
    if rig.strict:
        outcome = await rig.channel.send(rig.chat, Message(filled(rig.channel.can, of, 1), heading=False))
        assert isinstance(outcome, Refused)
        assert outcome.reason is Reason.BROKEN
        assert len(await rig.seen()) == 1


async def test_signs_of_markup_are_only_words(rig: Rig) -> None:
    text = "<b>Sở A & B_C* `x` [y](z) <không có thẻ {{ 7*7 }} %s \\n"
    assert isinstance(await sent(rig, Message(text)), Delivered)
    assert [seen.text for seen in await rig.seen()] == [text]


async def test_choices_are_buttons_or_numbered_lines(rig: Rig) -> None:
    (seen,) = await brought(rig, HELLO)
    if rig.channel.can.buttons:
        assert seen.labels == ("Đã xong", "Xin gia hạn")
        assert "1 Đã xong" not in seen.text
    else:
        assert seen.text.endswith("1 Đã xong\n2 Xin gia hạn")


async def test_what_nobody_asked_for_numbers_nothing(rig: Rig) -> None:
    (seen,) = await brought(rig, NOTICE)
    assert "1 Đã xong" not in seen.text
    assert bool(seen.labels) == rig.channel.can.buttons


async def test_more_choices_than_buttons_are_numbered(rig: Rig) -> None:
    can = rig.channel.can
    choices = tuple(Choice(f"NV-{number:04}", f"open:{number}") for number in range(can.most_buttons + 1))
    seen = await brought(rig, Message("Chọn việc", choices))
    assert all(one.labels == () for one in seen)
    said = "\n".join(one.text for one in seen).splitlines()
    assert [f"{number} {choice.label}" in said for number, choice in enumerate(choices, 1)] == [True] * len(choices)


async def test_a_link_can_be_opened_and_arrives_unchanged(rig: Rig) -> None:
    (seen,) = await brought(rig, Message("Xem chi tiết NV-0123", links=(Link("Mở trang", ADDRESS),)))
    assert ADDRESS in seen.addresses or f"Mở trang: {ADDRESS}" in seen.text.splitlines()


@pytest.mark.parametrize(
    ("name", "media_type", "size"),
    [
        ("Báo cáo tháng 1.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 2000),
        ("bao-cao.pdf", "application/pdf", 2000),
        ("so-lieu.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 2000),
        ("ke-hoach.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 6_000_000),
        ("lich.ics", "text/calendar", 300),
    ],
)
async def test_a_file_is_handed_over_or_refused_before_anything_leaves(
    rig: Rig, name: str, media_type: str, size: int
) -> None:
    file = rig.keep(name, b"%" * size, media_type)
    message = Message("Tệp kèm theo", files=(file,))
    if rig.channel.can.takes(file):
        seen = await brought(rig, message)
        assert [one for shown in seen for one in shown.files] == [name]
        assert any("Tệp kèm theo" in shown.text for shown in seen)
    elif rig.strict:
        outcome = await rig.channel.send(rig.chat, message)
        assert isinstance(outcome, Refused)
        assert outcome.reason is Reason.BROKEN
        assert await rig.seen() == []


async def test_a_file_that_is_not_kept_any_more_is_no_unknown(rig: Rig) -> None:
    file = rig.keep("bao-cao.pdf", b"%PDF", "application/pdf")
    lost = type(file)("f" * 64, file.name, file.media_type, file.size)
    if rig.strict and rig.far is not None:
        outcome = await rig.channel.send(rig.chat, Message("", heading=False, files=(lost,)))
        assert isinstance(outcome, Refused)
        assert await rig.seen() == []


@pytest.mark.parametrize("reason", REFUSALS)
async def test_a_refusal_says_why_and_nothing_arrived(rig: Rig, reason: Reason) -> None:
    far = far_of(rig)
    if reason not in far.refusals:
        pytest.skip("this provider knows no such refusal")
    far.refuse(reason)
    outcome = await sent(rig)
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    assert (outcome.retry_after is not None) == (reason is Reason.FLOOD)
    assert await rig.seen() == []
    assert isinstance(await sent(rig), Delivered)


async def test_a_lost_answer_is_unknown_and_not_repeated(rig: Rig) -> None:
    far_of(rig).lose_the_answer()
    assert isinstance(await sent(rig), Unknown)
    assert len(await rig.seen()) == 1


async def test_what_never_left_is_no_unknown(rig: Rig) -> None:
    await far_of(rig).cut_off()
    outcome = await sent(rig)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.UNREACHED
    assert await rig.seen() == []


async def test_it_answers_as_long_as_there_is_a_provider(rig: Rig) -> None:
    assert await rig.channel.answers()
    assert await rig.seen() == [], "asking sends nothing to anyone"
    if rig.far is not None and rig.far.elsewhere is not None:
        await rig.far.cut_off()
        assert not await rig.channel.answers()


async def test_closing_twice_does_no_harm_and_nothing_leaves_after(rig: Rig) -> None:
    await sent(rig)
    await rig.channel.close()
    await rig.channel.close()
    arrived = len(await rig.seen())
    if rig.strict and rig.far is not None:
        outcome = await sent(rig)
        assert isinstance(outcome, Refused)
        assert outcome.reason is Reason.UNREACHED
        assert len(await rig.seen()) == arrived


async def test_no_secret_in_any_ending_error_or_log(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    far = far_of(rig)
    caplog.set_level(logging.DEBUG)
    told = [repr(await sent(rig))]
    for reason in far.refusals:
        far.refuse(reason)
        told.append(repr(await sent(rig)))
    far.lose_the_answer()
    told.append(repr(await sent(rig)))
    await far.cut_off()
    told += [repr(await sent(rig)), repr(await rig.channel.answers()), repr(rig.channel)]
    if far.source is not None:
        told.append(await _failing_fetch(far))
    records = [repr(record.__dict__) for record in caplog.records]
    for secret in far.secrets:
        assert [one for one in (*told, caplog.text, *records) if secret in one] == []


async def _failing_fetch(far: Far) -> str:
    assert far.source is not None
    with pytest.raises(ChannelError) as failed:
        await far.source.fetch("không có tệp này", 1000)
    return repr(failed.value) + repr(failed.value.outcome)


@pytest.mark.parametrize("text", ["viec", "Đã xong NV-0123, số 45/KH-STC", "1", "/trogiup", "😀 <b>x</b> {{ y }}"])
async def test_what_a_person_types_is_read_as_typed(rig: Rig, text: str) -> None:
    far = far_of(rig)
    if far.says is None or far.source is None:
        pytest.skip("nothing comes in by this channel")
    update = far.says(text)
    first, again = far.source.parse(update), far.source.parse(update)
    assert first is not None
    assert first == again
    assert (first.channel, first.chat, first.text) == (rig.channel.name, rig.chat, text)
    other = far.source.parse(far.says(text))
    assert other is not None
    assert other.key != first.key


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
