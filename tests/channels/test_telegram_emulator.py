"""The emulated Bot API itself: that it refuses what the real one refuses, and can be steered from outside."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_world import World
from tests.timers import ManualTimer

pytestmark = pytest.mark.anyio

PERSON = 1001


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def call(http: aiohttp.ClientSession, api: TelegramEmulator, method: str, **parameters: Any) -> Any:
    async with http.post(f"{api.url}/bot{api.token}/{method}", json=parameters) as answer:
        body = await answer.json()
        assert body["ok"] == (answer.status == 200)
        assert body.get("error_code", 200) == answer.status
        return body


@pytest.mark.parametrize(
    ("mode", "text", "shown"),
    [
        ("HTML", "<b>Sở &lt;A&gt;</b> &amp; <a href='x'>B</a>", "Sở <A> & B"),
        ("html", "<b><i>lồng</i></b>", "lồng"),
        ("HTML", "&nbsp; giữ nguyên", "&nbsp; giữ nguyên"),
        ("Markdown", "*đậm* _nghiêng_ `mã` [chữ](http://a.example) 2\\*3", "đậm nghiêng mã chữ 2*3"),
        ("MarkdownV2", "*đậm _cả hai_* ||ẩn|| `a.b` [chữ](http://a.example)\\.", "đậm cả hai ẩn a.b chữ."),
        ("MarkdownV2", ">trích", "trích"),
        ("", "<b>chỉ là chữ</b>", "<b>chỉ là chữ</b>"),
    ],
)
async def test_markup_is_read(
    http: aiohttp.ClientSession, api: TelegramEmulator, mode: str, text: str, shown: str
) -> None:
    api.world.person(PERSON)
    body = await call(http, api, "sendMessage", chat_id=PERSON, text=text, parse_mode=mode)
    assert body.get("result", body).get("text") in (shown, f">{shown}")


@pytest.mark.parametrize(
    ("mode", "text", "words"),
    [
        ("HTML", "Sở <A>", 'Unsupported start tag "a>"|Can\'t find end tag'),
        ("HTML", "hạn < 5 ngày", "Unclosed start tag at byte offset 6"),
        ("HTML", "<không>x</không>", 'Unsupported start tag "không" at byte offset 0'),
        ("HTML", "<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "x</b>", "Unexpected end tag at byte offset 1"),
        ("HTML", "<b><i>x</b></i>", "Unmatched end tag"),
        ("Markdown", "NV_0123", "Can't find end of the entity starting at byte offset 2"),
        ("MarkdownV2", "Hết.", "Character '.' is reserved"),
        ("MarkdownV2", "*đậm", "Can't find end of Bold entity at byte offset 0"),
        ("MarkdownV2", "`mã", "Can't find end of Code entity"),
    ],
)
async def test_broken_markup_is_refused(
    http: aiohttp.ClientSession, api: TelegramEmulator, mode: str, text: str, words: str
) -> None:
    api.world.person(PERSON)
    body = await call(http, api, "sendMessage", chat_id=PERSON, text=text, parse_mode=mode)
    assert body["description"].startswith("Bad Request: can't parse entities: ")
    assert any(word in body["description"] for word in words.split("|"))


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "ạ" * 11_000}, "text is too long"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 3}]}, "ends after the end"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]}, "in a middle of a UTF-16"),
        ({"text": "x", "entities": "[{"}, "can't parse entities JSON object"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "đ" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "unallowed"),
        ({"text": "x", "chat_id": 404}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ],
)
async def test_broken_messages_are_refused(
    http: aiohttp.ClientSession, api: TelegramEmulator, parameters: dict[str, Any], words: str
) -> None:
    api.world.person(PERSON)
    body = await call(http, api, "sendMessage", **({"chat_id": PERSON} | parameters))
    assert words in body["description"]
    assert not api.world.sent


async def test_a_text_that_is_short_enough_once_its_markup_is_gone(
    http: aiohttp.ClientSession, api: TelegramEmulator
) -> None:
    api.world.person(PERSON)
    text = "<b>" + "a" * 4096 + "</b>"
    assert (await call(http, api, "sendMessage", chat_id=PERSON, text=text, parse_mode="HTML"))["ok"]


async def test_unknown_methods_and_late_callbacks(http: aiohttp.ClientSession, api: TelegramEmulator) -> None:
    assert (await call(http, api, "sendTelepathy"))["error_code"] == 404
    late = await call(http, api, "answerCallbackQuery", callback_query_id="x")
    assert "query is too old" in late["description"]


async def test_it_holds_senders_to_the_limits_of_its_own_clock(http: aiohttp.ClientSession) -> None:
    timer = ManualTimer()
    async with TelegramEmulator(clock=timer.monotonic) as api:
        api.flood.per_second, api.flood.chat_gap, api.flood.retry_after = 2, 1.0, 5
        for chat in (1, 2, 3, -4):
            api.world.person(chat)

        async def send(chat: int) -> int:
            body = await call(http, api, "sendMessage", chat_id=chat, text="x")
            retry: int = body.get("parameters", {}).get("retry_after", 0)
            return retry

        assert [await send(chat) for chat in (1, 1, 2, 3)] == [0, 5, 0, 5]
        timer.advance(1)
        assert await send(1) == 0
        for _ in range(20):
            timer.advance(1)
            assert await send(-4) == 0
        timer.advance(1)
        assert await send(-4) == 5
        timer.advance(40)
        assert await send(-4) == 0


async def test_it_is_steered_over_http(http: aiohttp.ClientSession, api: TelegramEmulator) -> None:
    async def act(name: str, /, **arguments: Any) -> Any:
        async with http.post(f"{api.url}/control/{name}", json=arguments) as answer:
            return await answer.json() if answer.status == 200 else answer.status

    assert await act("says", number=PERSON, text="/start") == 1002
    await act("fail", kind="flood", times=1, retry_after=9)
    refused = await call(http, api, "sendMessage", chat_id=PERSON, text="x")
    assert refused["parameters"] == {"retry_after": 9}
    keyboard = {"inline_keyboard": [[{"text": "Xong", "callback_data": "k"}]]}
    await call(http, api, "sendMessage", chat_id=PERSON, text="Chọn", reply_markup=keyboard)
    assert await act("buttons", number=PERSON) == ["Xong"]
    await act("presses", number=PERSON, button="Xong")
    await act("sends_file", number=PERSON, name="a.txt", content="nội dung", caption="tệp")
    await act("blocks", number=PERSON)
    await act("settings", per_second=30, chat_gap=1.0, retry_after=3, delay=0.0)
    assert await act("nonsense") == 404
    updates = (await call(http, api, "getUpdates"))["result"]
    kinds = [next(key for key in update if key != "update_id") for update in updates]
    assert kinds == ["message", "callback_query", "message", "my_chat_member"]
    async with http.get(f"{api.url}/control/sent") as answer:
        assert [sent["text"] for sent in await answer.json()] == ["Chọn"]
    async with http.get(f"{api.url}/control/requests") as answer:
        assert [request["status"] for request in await answer.json()] == [429, 200, 200]


REPLY_TO_NOTHING = {"message_id": 404}


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"text": "x", "reply_parameters": REPLY_TO_NOTHING}, "message to be replied not found"),
        ("editMessageText", {"text": "x", "message_id": 404}, "message to edit not found"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {"document": "unknown"}, "wrong remote file identifier"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "http://localhost/x"}]]}},
            "Wrong HTTP URL",
        ),
        (
            "sendMessage",
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "https://a.vn", "callback_data": "b"}]]},
            },
            "unallowed",
        ),
        ("setMyCommands", {"commands": [{"command": "Viec", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "viec", "description": ""}]}, "DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 404}}, "chat not found"),
        ("setMyCommands", {"commands": [], "scope": {"type": "planet"}}, "unsupported type"),
    ],
)
async def test_what_else_is_refused(
    http: aiohttp.ClientSession, api: TelegramEmulator, method: str, parameters: dict[str, Any], words: str
) -> None:
    api.world.person(PERSON)
    body = await call(http, api, method, chat_id=PERSON, **parameters)
    assert words in body["description"]
    assert not api.world.sent


async def upload(
    http: aiohttp.ClientSession, api: TelegramEmulator, kind: str, content: bytes, caption: str = ""
) -> Any:
    form = aiohttp.FormData({"chat_id": str(PERSON), "caption": caption})
    form.add_field(kind, BytesIO(content), filename="a.png")
    async with http.post(f"{api.url}/bot{api.token}/send{kind}", data=form) as answer:
        return await answer.json()


async def test_uploads_are_measured(http: aiohttp.ClientSession, api: TelegramEmulator) -> None:
    api.world.person(PERSON)
    assert "too big for a photo" in (await upload(http, api, "photo", b"x" * 10_000_001))["description"]
    assert "file is too big" in (await upload(http, api, "document", b"x" * 50_000_001))["description"]
    assert "IMAGE_PROCESS_FAILED" in (await upload(http, api, "photo", b"no picture"))["description"]
    assert "non-empty" in (await upload(http, api, "document", b""))["description"]
    assert "caption is too long" in (await upload(http, api, "document", b"x", "a" * 1025))["description"]
    assert not api.world.sent
    assert (await upload(http, api, "document", b"x", "a" * 1024))["result"]["document"]["file_size"] == 1


def test_deep_links_carry_what_telegram_allows() -> None:
    world = World()
    world.follows(PERSON, "https://t.me/NhacViecThuBot?start=NV-0123")
    assert world.updates[-1]["message"]["text"] == "/start NV-0123"
    for payload in ("", "a" * 65, "mã", "a b", "a.b"):
        with pytest.raises(LookupError):
            world.follows(PERSON, f"https://t.me/NhacViecThuBot?start={payload}")
    with pytest.raises(LookupError):
        world.follows(PERSON, "https://t.me/KhacBot?start=abc")


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("hôm nay họp", False),
        ("NV-0123 đến đâu rồi", False),
        ("/viec", True),
        ("/viec@NhacViecThuBot", True),
        ("/viec@KhacBot", False),
        ("nhờ @nhacviecthubot xem NV-0123", True),
    ],
)
def test_privacy_mode_lets_through_what_is_for_the_bot(text: str, arrives: bool) -> None:
    world = World()
    assert (world.says(-5, text, sender=1) is not None) == arrives


def test_only_what_the_bot_asked_for_and_is_allowed_to_see_arrives() -> None:
    world = World()
    assert world.message(-5, {"photo": []}, 1) is None
    assert world.adds(-5, sender=1)
    assert world.upgrades(-5, -1005)
    assert [next(key for key in one if key != "update_id") for one in world.updates] == [
        "my_chat_member",
        "message",
        "message",
    ]
