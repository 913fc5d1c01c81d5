"""Events of the Official Account: what they say, and which of them come from Zalo."""

import json
from typing import Any

import pytest

from channels.zalo_oa_markup import pressed
from channels.zalo_oa_updates import genuine, parse, references
from domain.incoming import Sent
from tests.emulators.zalo_oa_push import HEADER, signature, written
from tests.emulators.zalo_oa_world import APP, OA, OA_SECRET, World

WORLD = World(lambda: 1_768_179_600.0)
USER = "2512523625412515"
PROVES = genuine(APP, OA_SECRET)


def told(event: dict[str, Any]) -> Any:
    found = parse(json.loads(written(event)))
    assert found is not None
    return found


def test_words() -> None:
    event = WORLD.says(USER, "Việc của tôi")
    found = told(event)
    assert (found.sent, found.text, found.chat, found.sender) == (Sent.TEXT, "Việc của tôi", USER, USER)
    assert found.key == "msg:" + event["message"]["msg_id"]
    assert found.message_id == event["message"]["msg_id"]
    assert not found.group


@pytest.mark.parametrize("text", ["#", "#viec", "#12", "# open:12", "##open:12", "open:12", "#Open:12", "#openn:12"])
def test_typed_signs_are_words(text: str) -> None:
    assert pressed(text) == ""
    assert told(WORLD.says(USER, text)).sent is Sent.TEXT


@pytest.mark.parametrize("key", ["open:12", "digest", "yes:join", "accept:0", "list:open:0"])
def test_a_pressed_button_is_its_key(key: str) -> None:
    found = told(WORLD.says(USER, f"#{key}"))
    assert (found.sent, found.button, found.text) == (Sent.BUTTON, key, "")


def test_decomposed_words_are_composed() -> None:
    assert told(WORLD.says(USER, "Vie\u0323\u0302c")).text == "Vi\u1ec7c"


def test_a_picture_with_words_and_a_document() -> None:
    picture = told(WORLD.sends_image(USER, b"\xff\xd8", "đã dán ở trụ sở"))
    assert (picture.sent, picture.text) == (Sent.FILE, "đã dán ở trụ sở")
    assert [(one.name, one.media_type) for one in picture.files] == [("ảnh.jpg", "image/jpeg")]
    document = told(WORLD.sends_file(USER, "Báo cáo.docx", b"PK"))
    assert document.files[0].media_type.endswith("wordprocessingml.document")
    assert references(WORLD.sends_file(USER, "a.pdf", b"%PDF")) != []
    assert references(WORLD.says(USER, "x")) == []
    assert references({"event_name": 5}) == []


def test_what_carries_nothing_we_take() -> None:
    assert told(WORLD.sends_sticker(USER)).sent is Sent.OTHER
    for kind in ("user_send_location", "user_send_business_card", "user_send_gif"):
        event = WORLD.sends_sticker(USER) | {"event_name": kind}
        assert told(event).sent is Sent.OTHER


def test_a_shared_address_is_words() -> None:
    payload = {"url": "https://tp.example.vn/45-KH", "title": "Kế hoạch"}
    event = WORLD.sends_sticker(USER) | {"event_name": "user_send_link"}
    event["message"]["attachments"] = [{"type": "link", "payload": payload}]
    assert (told(event).sent, told(event).text) == (Sent.TEXT, payload["url"])
    event["message"]["text"] = "xem https://tp.example.vn/45-KH"
    assert told(event).text == event["message"]["text"]


def test_follow_and_unfollow() -> None:
    assert (told(WORLD.follows(USER)).sent, told(WORLD.follows(USER)).chat) == (Sent.UNBLOCKED, USER)
    assert told(WORLD.unfollows(USER)).sent is Sent.BLOCKED


def test_receipts_name_our_messages_and_both_sides() -> None:
    WORLD.follows(USER)
    first, second = (WORLD.take(USER, {"text": "x"}) for _ in range(2))
    received = told(WORLD.received(first))
    assert (received.sent, received.about) == (Sent.RECEIVED, (first,))
    assert {received.chat, received.sender} == {USER, OA}
    seen = told(WORLD.sees(first, second))
    assert (seen.sent, seen.about) == (Sent.SEEN, (first, second))
    assert len(seen.key) < 80
    assert seen.key != told(WORLD.sees(first)).key
    assert parse(WORLD.echoes(first)) is None
    strange = WORLD.received(first)
    strange["message"]["delivery_time"] = "1"
    assert parse(strange) is None, "a ZNS without our mark is nobody's"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event_name": "user_send_text"},
        {"event_name": "user_send_text", "sender": {"id": "1"}, "message": None},
        {"event_name": "user_send_text", "sender": {"id": "1"}, "message": {"text": "x"}},
        {"event_name": "follow"},
        {"event_name": "user_seen_message", "message": {}},
    ],
)
def test_what_is_no_event(event: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, AttributeError)):
        parse(event)


@pytest.mark.parametrize("name", ["oa_send_text", "user_submit_info", "shop_has_order", "add_user_to_tag", "x"])
def test_other_events_say_nothing(name: str) -> None:
    assert parse({"event_name": name, "timestamp": "1"}) is None


BODIES = [
    b'{"event_name":"user_send_text","timestamp":"1768179600000","app_id":"4242424242"}',
    b'{ "timestamp" : "1768179600000" ,\n  "event_name" : "user_send_text" }',
    '{"timestamp":"1768179600000","message":{"text":"Đã xong việc, số 45/KH-STP"}}'.encode(),
    b'{"message":{"text":"\\u0110\\u00e3 xong"},"timestamp":"1768179600000"}',
    b'{"timestamp":1768179600000,"a":1.50}',
    b'{"timestamp":1768179600000.0}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_the_signature_is_over_the_bytes_as_they_came(body: bytes) -> None:
    stamp = "1768179600000.0" if body.endswith(b".0}") else "1768179600000"
    headers = {HEADER.lower(): signature(body, stamp)}
    assert PROVES(headers, body)
    assert not PROVES(headers, body + b" ")
    assert not PROVES(headers, json.dumps(json.loads(body), separators=(", ", ": "), sort_keys=True).encode() + b"\n")
    assert not PROVES({HEADER.lower(): signature(body, "1768179600001")}, body)


def test_what_proves_nothing() -> None:
    event = WORLD.says(USER, "x")
    body = written(event)
    good = signature(body, event["timestamp"])
    assert PROVES({HEADER.lower(): good}, body)
    for wrong in (
        "",
        good.removeprefix("mac="),
        good.upper(),
        good[:-1],
        "mac=",
        "mắc=" + good[4:],
        signature(body, event["timestamp"], secret="app-secret-nobody-owns"),
        signature(body, event["timestamp"], app="4242424243"),
    ):
        assert not PROVES({HEADER.lower(): wrong}, body)
    assert not PROVES({}, body)
    assert not genuine(APP, "")({HEADER.lower(): signature(body, event["timestamp"], secret="")}, body)
    for broken in (b"", b"[]", b"{", b"\xff", b"null", b'{"timestamp":null}', b'{"timestamp":""}', b"[" * 100_000):
        assert not PROVES({HEADER.lower(): signature(broken, "")}, broken)
