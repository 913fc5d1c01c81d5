"""The emulated Official Account itself: it refuses what the real one refuses, and repeats what was not taken."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiohttp import web

from channels.zalo_oa_updates import genuine
from tests.emulators.zalo_oa import ZaloOaEmulator
from tests.emulators.zalo_oa_world import APP, APP_SECRET, FIRST_REFRESH, OA_SECRET

pytestmark = pytest.mark.anyio

USER = "501"
HOUR = 3600.0


@pytest.fixture
async def api() -> AsyncIterator[ZaloOaEmulator]:
    async with ZaloOaEmulator(clock=lambda: 1_768_179_600.0, hour=0.01) as emulator:
        yield emulator


@pytest.fixture
async def http(api: ZaloOaEmulator) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=api.url, trust_env=False) as client:
        yield client


async def ask(http: httpx.AsyncClient, refresh: str, secret: str = APP_SECRET) -> Any:
    form = {"app_id": APP, "grant_type": "refresh_token", "refresh_token": refresh}
    return (await http.post("/v4/oa/access_token", data=form, headers={"secret_key": secret})).json()


async def send(http: httpx.AsyncClient, token: str, message: Any, user: str = USER) -> Any:
    body = {"recipient": {"user_id": user}, "message": message}
    return (await http.post("/v3.0/oa/message/cs", json=body, headers={"access_token": token})).json()


async def test_a_refresh_token_works_once_even_if_its_answer_is_lost(
    api: ZaloOaEmulator, http: httpx.AsyncClient
) -> None:
    assert (await ask(http, FIRST_REFRESH, "wrong"))["error"] == -14004
    first = await ask(http, FIRST_REFRESH)
    assert first["expires_in"] == "90000"
    assert (await ask(http, FIRST_REFRESH))["error"] == -14014
    api.fail("reset_after", place="token")
    with pytest.raises(httpx.TransportError):
        await ask(http, first["refresh_token"])
    assert (await ask(http, first["refresh_token"]))["error"] == -14014


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": "x"}, 0),
        ({"text": "ạ" * 2000}, 0),
        ({"text": "ạ" * 2001}, -210),
        ({"text": "😀" * 1001}, -210),
        ({"text": "  "}, -201),
        ({}, -201),
        (None, -201),
        ({"attachment": {"type": "file", "payload": {"token": "unknown"}}}, -201),
        ({"attachment": {"type": "template", "payload": {"template_type": "media", "elements": []}}}, -201),
        ({"attachment": {"type": "cloud", "payload": {}}}, -201),
    ],
)
async def test_messages(api: ZaloOaEmulator, http: httpx.AsyncClient, message: Any, code: int) -> None:
    api.world.says(USER, "chào")
    token = (await ask(http, FIRST_REFRESH))["access_token"]
    assert (await send(http, token, message))["error"] == code


def button(title: str = "Xem", kind: str = "oa.query.hide", payload: Any = "#x") -> dict[str, Any]:
    return {"title": title, "type": kind, "payload": payload}


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([button()] * 5, 0),
        ([button(kind="oa.open.url", payload={"url": "https://a.vn"})], 0),
        ([button()] * 6, -201),
        ([], -201),
        ([button(title="x" * 101)], -201),
        ([button(payload="x" * 1001)], -201),
        ([button(payload="")], -201),
        ([button(kind="oa.query")], -201),
        ([button(kind="oa.open.url", payload={"url": "javascript:1"})], -201),
    ],
)
async def test_buttons(api: ZaloOaEmulator, http: httpx.AsyncClient, buttons: list[Any], code: int) -> None:
    api.world.says(USER, "chào")
    token = (await ask(http, FIRST_REFRESH))["access_token"]
    message = {"text": "Chọn", "attachment": {"type": "template", "payload": {"buttons": buttons}}}
    assert (await send(http, token, message))["error"] == code


async def test_people_it_may_not_write_to(api: ZaloOaEmulator, http: httpx.AsyncClient) -> None:
    token = (await ask(http, FIRST_REFRESH))["access_token"]
    assert (await send(http, token, {"text": "x"}, "nobody"))["error"] == -201
    api.world.user("silent")
    assert (await send(http, token, {"text": "x"}, "silent"))["error"] == -213
    api.world.says("old", "chào")
    api.world.user("old").heard_at = api.world.clock() - 7 * 24 * HOUR - 1
    assert (await send(http, token, {"text": "x"}, "old"))["error"] == -230
    assert (await send(http, "guess", {"text": "x"}))["error"] == -216
    api.world.expire()
    assert (await send(http, token, {"text": "x"}))["error"] == -220


async def test_uploads_are_looked_into(api: ZaloOaEmulator, http: httpx.AsyncClient) -> None:
    token = {"access_token": (await ask(http, FIRST_REFRESH))["access_token"]}

    async def upload(kind: str, name: str, content: bytes) -> Any:
        answer = await http.post(f"/v2.0/oa/upload/{kind}", files={"file": (name, content)}, headers=token)
        return answer.json()["error"]

    assert await upload("file", "a.pdf", b"%PDF-1.7") == 0
    assert await upload("file", "a.pdf", b"") == -201
    assert await upload("file", "a.xlsx", b"PK\x03\x04") == -201
    assert await upload("file", "a.pdf", b"%PDF" + bytes(5 << 20)) == -210
    assert await upload("image", "a.png", b"\x89PNG") == 0
    assert await upload("image", "a.gif", b"GIF8") == -201
    assert await upload("image", "a.jpg", b"\xff\xd8" + bytes(1 << 20)) == -210


async def test_templates(api: ZaloOaEmulator, http: httpx.AsyncClient) -> None:
    token = {"access_token": (await ask(http, FIRST_REFRESH))["access_token"]}
    api.world.templates["7"] = frozenset({"so_viec"})
    api.world.user(USER).phone = "84900000123"
    api.world.zns_quota = 1
    good = {"phone": "84900000123", "template_id": "7", "template_data": {"so_viec": "1"}, "tracking_id": "t"}

    async def notify(headers: Any = token, **more: Any) -> Any:
        return (await http.post("/message/template", json=good | more, headers=headers)).json()

    assert (await notify(headers={"access_token": "guess"}))["error"] == -124
    assert (await notify(phone="0900000123"))["error"] == -108
    assert (await notify(template_id="8"))["error"] == -109
    assert (await notify(template_data={"so_viec": "1", "x": "2"}))["error"] == -112
    assert (await notify(template_data={"so_viec": ""}))["error"] == -112
    assert (await notify(phone="84900000124"))["error"] == -118
    assert (await notify())["data"]["quota"] == {"dailyQuota": "1", "remainingQuota": "0"}
    assert (await notify())["error"] == -144


async def test_events_are_repeated_until_taken_and_then_switched_off(api: ZaloOaEmulator) -> None:
    got: list[tuple[str, bool]] = []
    statuses = [500, 302, 200]

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        got.append((request.headers["num_retry"], genuine(APP, OA_SECRET)(headers, body)))
        return web.Response(status=statuses.pop(0) if statuses else 404)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        api.pusher.point(f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        api.world.says(USER, "Đã xong việc")
        while len(got) < 3:
            await asyncio.sleep(0.001)
        assert got == [("0", True), ("1", True), ("2", True)]
        api.world.says(USER, "nữa")
        while not api.pusher.switched_off:
            await asyncio.sleep(0.001)
        assert [repeat for repeat, _ in got[3:]] == ["0", "1", "2", "3", "4", "5"]
    finally:
        await runner.cleanup()
