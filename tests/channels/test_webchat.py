"""The web chat's own side: stamps, listeners, files, and what its inbox rows say."""

import unicodedata
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.base import ChannelError, FileTooLargeError
from channels.files import FileKeeper
from channels.webchat import LISTENERS, WebChat
from domain.chatlines import is_stamp, rewound, stamp
from domain.delivery import Delivered, Reason, Refused
from domain.incoming import Incoming, IncomingFile, Sent
from domain.outgoing import Choice, Message

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)


@pytest.fixture
def webchat(tmp_path: Path) -> WebChat:
    return WebChat(lambda: NOW, FileKeeper(tmp_path / "files"), lambda: 1_000)  # a clock that stands still


async def chunks(*content: bytes) -> AsyncIterator[bytes]:
    for chunk in content:
        yield chunk


async def test_without_a_listener_a_message_is_delivered_all_the_same(webchat: WebChat) -> None:
    first, second = [await webchat.send("chat", Message("Chào")) for _ in range(2)]
    assert isinstance(first, Delivered)
    assert isinstance(second, Delivered)
    assert is_stamp(first.provider_id)
    assert first.provider_id < second.provider_id


async def test_a_listener_hears_its_chats_and_no_other(webchat: WebChat) -> None:
    message = Message("Việc mới\nNV-0001", (Choice("Đã nhận", "t:1:ok"),))
    with webchat.listen(["a", "b"]) as ear:
        await webchat.send("c", message)
        outcome = await webchat.send("b", message)
        heard = await ear.next(1)
        webchat.hang_up()
        assert await ear.next(1) is None
    assert heard is not None
    chat, line = heard
    assert (chat, line.text, line.choices, line.heading, line.at) == ("b", message.text, message.choices, True, NOW)
    assert outcome == Delivered(line.stamp)


async def test_a_text_over_the_limit_is_refused(webchat: WebChat) -> None:
    assert await webchat.send("chat", Message("a" * 4001)) == Refused(Reason.BROKEN, "text too long")
    assert isinstance(await webchat.send("chat", Message("ạ" * 4000)), Delivered)


async def test_a_listener_that_does_not_keep_up_is_ended_after_what_it_was_told(webchat: WebChat) -> None:
    with webchat.listen(["a"]) as ear:
        for _ in range(1000):
            await webchat.send("a", Message("tin"))
        heard = 0
        while not ear.over:
            heard += await ear.next(1) is not None
        assert 0 < heard < 1000


async def test_one_chat_has_only_so_many_listeners(webchat: WebChat) -> None:
    with webchat.listen(["a"]) as first:
        others = [webchat.listen(["a"]) for _ in range(LISTENERS)]
        ears = [one.__enter__() for one in others]
        assert first.closed
        assert not any(ear.closed for ear in ears)
        for one in others:
            one.__exit__(None, None, None)


async def test_closing_ends_listeners_now_and_later(webchat: WebChat) -> None:
    with webchat.listen(["a"]) as ear:
        await webchat.close()
        await webchat.close()
        assert await ear.next(1) is None
        assert ear.over
    with webchat.listen(["a"]) as late:
        assert late.closed


@pytest.mark.parametrize(
    ("payload", "meant"),
    [
        (
            {"text": unicodedata.normalize("NFD", "đã xong")},
            Incoming("web", "chat", "k", Sent.TEXT, text="đã xong"),
        ),
        (
            {"button": "t:1:ok", "label": "Đã nhận"},
            Incoming("web", "chat", "k", Sent.BUTTON, button="t:1:ok"),
        ),
        (
            {"file": {"reference": "ab", "name": "a.pdf", "media_type": "application/pdf", "size": 3}},
            Incoming(
                "web",
                "chat",
                "k",
                Sent.FILE,
                files=(IncomingFile("ab", "a.pdf", "application/pdf", 3),),
            ),
        ),
    ],
)
def test_what_a_row_says(webchat: WebChat, payload: dict[str, object], meant: Incoming) -> None:
    assert webchat.parse("chat", "k", payload | {"stamp": stamp(1)}) == meant


async def test_the_same_content_is_kept_once_and_read_back(webchat: WebChat, tmp_path: Path) -> None:
    first = await webchat.files.keep(chunks(b"bao ", b"cao"), 100)
    second = await webchat.files.keep(chunks(b"bao cao"), 100)
    assert first == second
    assert first.size == 7
    assert await webchat.fetch(first.digest, 7) == b"bao cao"
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1
    with pytest.raises(FileTooLargeError):
        await webchat.fetch(first.digest, 6)


async def test_a_stream_over_the_limit_leaves_nothing(webchat: WebChat, tmp_path: Path) -> None:
    with pytest.raises(FileTooLargeError):
        await webchat.files.keep(chunks(b"123", b"456"), 5)
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


@pytest.mark.parametrize("reference", ["", "../../etc/passwd", "a" * 64, "A" * 64, "a" * 63 + "\n"])
async def test_a_reference_to_nothing_is_a_channel_error(webchat: WebChat, reference: str) -> None:
    with pytest.raises(ChannelError):
        await webchat.fetch(reference, 100)


def test_stamps_are_in_order_as_texts() -> None:
    marks = [stamp(number) for number in (0, 9, 10, 999, 1_768_180_000_000_000_000)]
    assert marks == sorted(marks)
    assert all(is_stamp(mark) for mark in marks)
    assert rewound(stamp(5_000_000_001), 5) == stamp(1)
    assert rewound(stamp(1), 60) == stamp(0)
    assert not any(is_stamp(text) for text in ("", "1", "x" * 19, "١" * 19, "0" * 20))
