"""The emulated Zalo Bot Platform itself: that it refuses what the real one refuses, and can be steered from outside."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.channels.zalo_bot_rig import PERSON
from tests.emulators.zalo_bot import TOKEN, ZaloBotEmulator

pytestmark = pytest.mark.anyio


@pytest.fixture
async def api() -> AsyncIterator[ZaloBotEmulator]:
    async with ZaloBotEmulator() as emulator:
        yield emulator


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def call(
    http: aiohttp.ClientSession, api: ZaloBotEmulator, method: str, token: str = TOKEN, **parameters: Any
) -> Any:
    async with http.post(f"{api.url}/bot{token}/{method}", json=parameters) as answer:
        return await answer.json()


SAID = {"chat_id": PERSON, "text": "xin chào"}
HOOK = {"url": "https://nhacviec.example.vn/zalo/bot", "secret_token": "du-tam-ky-tu"}
PHOTO = {"chat_id": PERSON, "photo": "https://nhacviec.example.vn/a.png"}


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("sendMessage", {"chat_id": PERSON}, 400),
        ("sendMessage", SAID | {"text": ""}, 400),
        ("sendMessage", SAID | {"text": " \n "}, 400),
        ("sendMessage", SAID | {"text": "ạ" * 2001}, 400),
        ("sendMessage", SAID | {"text": "😀" * 1001}, 400),
        ("sendMessage", SAID | {"text": 1}, 400),
        ("sendMessage", {"text": "x"}, 400),
        ("sendMessage", SAID | {"chat_id": "chua-tung-nhan"}, 404),
        ("sendMessage", SAID | {"chat_id": "blocked"}, 403),
        ("sendmessage", SAID, 404),
        ("editMessageText", SAID, 404),
        ("sendDocument", SAID, 404),
        ("sendPhoto", {"chat_id": PERSON}, 400),
        ("sendPhoto", PHOTO | {"photo": "/a.png"}, 400),
        ("sendPhoto", PHOTO | {"photo": "http://a.example/a.png"}, 400),
        ("sendPhoto", PHOTO | {"caption": "x" * 2001}, 400),
        ("sendChatAction", {"chat_id": PERSON, "action": "upload_photo"}, 400),
        ("setWebhook", {"url": HOOK["url"]}, 400),
        ("setWebhook", HOOK | {"secret_token": "ngắn"}, 400),
        ("setWebhook", HOOK | {"secret_token": "a" * 257}, 400),
        ("setWebhook", HOOK | {"url": "http://nhacviec.example.vn/zalo/bot"}, 400),
        ("getUpdates", {"timeout": 30}, 400),
    ],
)
async def test_what_it_refuses(
    http: aiohttp.ClientSession, api: ZaloBotEmulator, method: str, parameters: dict[str, Any], code: int
) -> None:
    api.world.person(PERSON)
    api.world.person("chua-tung-nhan", wrote=False)
    api.world.person("blocked")
    api.world.blocks("blocked")
    body = await call(http, api, method, **parameters)
    assert (body["ok"], body["error_code"]) == (False, code)
    assert body["description"]
    assert api.world.sent == []


@pytest.mark.parametrize(
    ("method", "parameters", "text"),
    [
        ("sendMessage", SAID | {"text": "ạ" * 2000}, "ạ" * 2000),
        ("sendMessage", SAID | {"text": "😀" * 1000}, "😀" * 1000),
        ("sendPhoto", PHOTO | {"caption": "x" * 2000}, "x" * 2000),
        ("sendPhoto", PHOTO, ""),
    ],
)
async def test_what_it_takes(
    http: aiohttp.ClientSession, api: ZaloBotEmulator, method: str, parameters: dict[str, Any], text: str
) -> None:
    api.world.person(PERSON)
    body = await call(http, api, method, **parameters)
    assert body["ok"]
    assert [(one.message_id, one.text) for one in api.world.sent] == [(body["result"]["message_id"], text)]


async def test_only_posted_json_by_the_owner_of_the_token_is_heard(
    http: aiohttp.ClientSession, api: ZaloBotEmulator
) -> None:
    address = f"{api.url}/bot{TOKEN}/getMe"
    for ask in (http.get(address), http.post(address, data={"a": "b"}), http.post(address, json=[1])):
        async with ask as answer:
            assert (await answer.json())["error_code"] == 400
    assert (await call(http, api, "getMe", token="4117:someone-else"))["error_code"] == 401
    assert (await call(http, api, "getMe"))["result"]["account_type"] == "BASIC"


async def test_an_update_is_handed_out_once_alone_and_forgotten(
    http: aiohttp.ClientSession, api: ZaloBotEmulator
) -> None:
    api.world.says(PERSON, "một")
    api.world.says(PERSON, "hai")
    texts = [(await call(http, api, "getUpdates", timeout="0"))["result"]["message"]["text"] for _ in range(2)]
    assert texts == ["một", "hai"]
    assert (await call(http, api, "getUpdates", timeout="0"))["error_code"] == 408


async def test_a_poll_waits_for_the_next_update(http: aiohttp.ClientSession, api: ZaloBotEmulator) -> None:
    poll = asyncio.create_task(call(http, api, "getUpdates", timeout="30"))
    while not api.methods.polls:
        await asyncio.sleep(0)
    api.world.says(PERSON, "vừa viết")
    assert (await poll)["result"]["message"]["text"] == "vừa viết"


async def test_webhook_and_polling_exclude_each_other(http: aiohttp.ClientSession, api: ZaloBotEmulator) -> None:
    poll = asyncio.create_task(call(http, api, "getUpdates", timeout="30"))
    while not api.methods.polls:
        await asyncio.sleep(0)
    assert (await call(http, api, "setWebhook", **HOOK))["result"]["url"] == HOOK["url"]
    assert (await poll)["error_code"] == 409
    assert (await call(http, api, "getWebhookInfo"))["result"]["url"] == HOOK["url"]
    assert (await call(http, api, "deleteWebhook"))["ok"]
    assert (await call(http, api, "getUpdates", timeout="0"))["error_code"] == 408


async def test_loopback_is_allowed_only_where_told(http: aiohttp.ClientSession) -> None:
    async with ZaloBotEmulator(loopback=False) as strict:
        body = await call(http, strict, "setWebhook", url="http://127.0.0.1:1/zalo/bot", secret_token="du-tam-ky-tu")
        assert body["error_code"] == 400


async def test_the_limits_it_holds_senders_to(http: aiohttp.ClientSession) -> None:
    now = [0.0]
    async with ZaloBotEmulator(clock=lambda: now[0]) as api:
        api.flood.per_second, api.flood.chat_gap = 2, 1.0
        for chat in "abc":
            api.world.person(chat)
        codes = [(await call(http, api, "sendMessage", chat_id=chat, text="x")).get("error_code") for chat in "aabc"]
        now[0] = 1.0
        codes.append((await call(http, api, "sendMessage", chat_id="c", text="x")).get("error_code"))
    assert codes == [None, 429, None, 429, None]


async def test_it_is_steered_from_another_process(http: aiohttp.ClientSession, api: ZaloBotEmulator) -> None:
    async def control(act: str, **arguments: Any) -> int:
        async with http.post(f"{api.url}/control/{act}", json=arguments) as answer:
            return answer.status

    assert await control("says", chat=PERSON, text="1") == 200
    assert await control("sends_photo", chat=PERSON, content="jpeg") == 200
    assert await control("settings", mirrors=True) == 200
    assert await control("fail", kind="error") == 200
    assert await control("destroy") == 404
    async with http.post(f"{api.url}/bot{TOKEN}/sendMessage", json=SAID) as answer:
        assert answer.status == 500
    assert (await call(http, api, "sendMessage", **SAID))["ok"]
    async with http.get(f"{api.url}/control/sent") as answer:
        assert [one["text"] for one in await answer.json()] == ["xin chào"]
    async with http.get(f"{api.url}/control/requests") as answer:
        assert [one["code"] for one in await answer.json()] == [500, 200]
    update = (await call(http, api, "getUpdates", timeout="0"))["result"]
    assert update["event_name"] == "message.text.received"
    async with http.get((await call(http, api, "getUpdates"))["result"]["message"]["photo_url"]) as answer:
        assert await answer.read() == b"jpeg"


@dataclass(slots=True)
class Door:
    """Somebody's webhook: what was brought, and how it will answer."""

    answers: list[int]
    brought: list[tuple[str, str]] = field(default_factory=list)

    async def knock(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.brought.append((update["message"]["text"], request.headers["X-Bot-Api-Secret-Token"]))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.mark.parametrize(
    ("answers", "copies", "texts"),
    [
        ([], 1, ["một", "hai"]),
        ([500, 503], 1, ["một", "một", "một", "hai"]),
        ([], 2, ["một", "một", "hai", "hai"]),
    ],
)
async def test_updates_are_posted_in_order_until_they_are_taken(
    answers: list[int], copies: int, texts: list[str]
) -> None:
    door = Door(answers)
    app = web.Application()
    app.router.add_post("/zalo/bot", door.knock)
    async with TestServer(app) as server, ZaloBotEmulator(wait=0.01) as api:
        api.pusher.copies = copies
        api.world.says(PERSON, "một")
        await api.methods.call("setWebhook", {"url": str(server.make_url("/zalo/bot")), "secret_token": "du-tam-ky-tu"})
        api.world.says(PERSON, "hai")
        while len(door.brought) < len(texts) or api.world.updates:
            await asyncio.sleep(0.01)
        await api.methods.call("deleteWebhook", {})
        assert [text for text, _ in door.brought] == texts
        assert {secret for _, secret in door.brought} == {"du-tam-ky-tu"}
