"""Reading the Zalo bot's updates: every form in which they come, and what is left alone."""

from typing import Any

import pytest

from channels.zalo_bot_updates import parse
from domain.incoming import Incoming, IncomingFile, Sent
from tests.channels.zalo_bot_rig import PERSON
from tests.emulators.zalo_bot_world import World

KEY = "2d758cb5e222177a4e35"


def update(event: str, **content: Any) -> dict[str, Any]:
    """Return an update as the official pages show it."""
    message = {
        "message_id": KEY,
        "date": 1_750_316_131_602,
        "chat": {"id": PERSON, "chat_type": "PRIVATE"},
        "from": {"id": PERSON, "display_name": "Nguyễn Mẫu An", "is_bot": False},
    }
    return {"event_name": f"message.{event}.received", "message": message | content}


def seen(sent: Sent, event: str, text: str = "", files: tuple[IncomingFile, ...] = ()) -> Incoming:
    key = f"message.{event}.received:{KEY}"
    return Incoming("zalo_bot", PERSON, key, sent, text, files=files, sender=PERSON, message_id=KEY)


PICTURE = "https://f20-zpc.zdn.vn/jpg/1/anh.jpg"
DRAWING = "https://f20-zpc.zdn.vn/1/so%20do.PNG?v=1"


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (update("text", text="da xong nv 12"), seen(Sent.TEXT, "text", "da xong nv 12")),
        (update("text", text="xong"), seen(Sent.TEXT, "text", "xong")),
        (update("text", text="vie\u0323\u0302c"), seen(Sent.TEXT, "text", "việc")),
        (update("text", text=""), seen(Sent.OTHER, "text")),
        (update("link", url="https://stp.example.vn/a"), seen(Sent.TEXT, "link", "https://stp.example.vn/a")),
        (
            update("image", photo_url=PICTURE, caption="45/KH-STP"),
            seen(Sent.FILE, "image", "45/KH-STP", (IncomingFile(PICTURE, "ảnh.jpg", "image/jpeg"),)),
        ),
        (
            update("image", photo=DRAWING),
            seen(Sent.FILE, "image", "", (IncomingFile(DRAWING, "ảnh.png", "image/png"),)),
        ),
        (update("image"), seen(Sent.OTHER, "image")),
        (update("sticker", sticker="bfe458bf", url="https://x.example/s"), seen(Sent.OTHER, "sticker")),
        (update("voice", voice_url="https://x.example/a.aac"), seen(Sent.OTHER, "voice")),
        (update("unsupported"), seen(Sent.OTHER, "unsupported")),
        (update("reaction", reaction="tim"), None),
        (update("text", text="x", chat={"id": "nhom", "chat_type": "GROUP"}), None),
        (update("text", text="x", **{"from": {"id": "b", "is_bot": True}}), None),
        ({"event_name": "message.unsupported.received"}, None),
        (update("text", text="x", chat={"id": PERSON}), seen(Sent.TEXT, "text", "x")),
    ],
)
def test_what_an_update_says_plain_and_wrapped(told: dict[str, Any], wanted: Incoming | None) -> None:
    assert parse(told) == wanted
    assert parse({"ok": True, "result": told}) == wanted


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"ok": True, "result": {}},
        {"ok": True, "result": None},
        {"event_name": 7, "message": None},
        {"event_name": "message.text.received", "message": "x"},
        update("text", text={"a": 1}),
        update("text", text="x", message_id=None),
        update("text", text="x", chat={"id": 5, "chat_type": "PRIVATE"}),
        update("text", text="x", chat=None),
        update("image", photo_url=["x"]),
    ],
)
def test_what_is_no_update_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        parse(told)


@pytest.mark.parametrize("wrapped", [False, True])
def test_what_the_emulator_brings_is_understood(*, wrapped: bool) -> None:
    world = World(wrapped=wrapped)
    brought = [
        world.says(PERSON, "viec"),
        world.sends_photo(PERSON, b"x", "ảnh hiện trường"),
        world.sends_sticker(PERSON),
        world.sends_file(PERSON),
    ]
    parsed = [parse(one) for one in brought]
    assert [one and one.sent for one in parsed] == [Sent.TEXT, Sent.FILE, Sent.OTHER, Sent.OTHER]
    assert len({one.key for one in parsed if one is not None}) == 4
    assert parse(world.says_in_group("nhom", PERSON, "viec")) is None
    assert parse(world.is_protected()) is None


def test_the_same_update_has_the_same_key() -> None:
    told = World().says(PERSON, "viec")
    first, second = parse(told), parse({"ok": True, "result": told})
    assert first is not None
    assert second is not None
    assert first.key == second.key
