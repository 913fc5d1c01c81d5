"""The door at which Zalo knocks: who knocks is proved, an update is kept once, and a dead process loses none."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.run import web_parts
from channels.base import ChannelError
from domain.delivery import Reason, Refused
from domain.people import Role
from tests.emulators.zalo_bot import ZaloBotEmulator
from tests.flows.zalo_bot_side import ZaloBot, zalo_bot_office
from tests.office import make_office
from web.app import create_app

pytestmark = pytest.mark.anyio

SECRET = "mot-chuoi-bi-mat"
HEADER = "X-Bot-Api-Secret-Token"
HOOK = {
    "ZALO_BOT_MODE": "webhook",
    "ZALO_BOT_WEBHOOK_SECRET": SECRET,
    "NHACVIEC_PUBLIC_URL": "https://nhacviec.example.vn",
}


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[ZaloBot]:
    """An office that is called by the provider."""
    async with zalo_bot_office(tmp_path, HOOK) as opened:
        yield opened


@pytest.fixture
async def http(hooked: ZaloBot) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(web_parts(hooked.office.inner, None))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://nhacviec.example.vn") as client:
        yield client


async def knock(http: httpx.AsyncClient, update: Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    return (await http.post("/zalo/bot", json=update, headers=headers)).status_code


@pytest.mark.parametrize("secret", [None, "", "sai", SECRET.upper(), SECRET + "x"])
async def test_a_forged_knock_is_refused_and_nothing_is_kept(
    hooked: ZaloBot, http: httpx.AsyncClient, secret: str | None
) -> None:
    assert await knock(http, hooked.api.world.says("binh", "viec"), secret) == 403
    await hooked.handle()
    assert await hooked.facts("select count(*) from inbox") == [(0,)]
    assert hooked.api.world.sent == []


async def test_the_same_update_plain_wrapped_and_repeated_acts_once(hooked: ZaloBot, http: httpx.AsyncClient) -> None:
    code = await hooked.office.invite("STP", Role.OFFICER)
    told = hooked.api.world.says("binh", code)
    for update in (told, {"ok": True, "result": told}, told):
        assert await knock(http, update) == 200
        await hooked.handle()
    assert [sent.text.split("\n")[0] for sent in hooked.api.world.sent] == ["Xác nhận tham gia: Sở Tư pháp"]
    assert await hooked.facts("select count(*) from inbox") == [(1,)]


async def test_what_is_no_update_is_thanked_and_forgotten(hooked: ZaloBot, http: httpx.AsyncClient) -> None:
    for strange in ({}, {"ok": True}, {"event_name": 1}, {"event_name": "message.text.received", "message": "x"}):
        assert await knock(http, strange) == 200
    assert await knock(http, [1]) == 400
    assert await hooked.facts("select count(*) from inbox") == [(0,)]


async def test_a_process_that_dies_after_its_thanks_loses_nothing(hooked: ZaloBot, http: httpx.AsyncClient) -> None:
    assert await knock(http, hooked.api.world.says("binh", "xin chào")) == 200
    settings = hooked.office.inner.settings
    given = HOOK | {"ZALO_BOT_TOKEN": hooked.api.token, "ZALO_BOT_API_URL": hooked.api.url}
    next_one = make_office(settings.data_dir, directory=(), environment=given)
    assert hooked.api.world.sent == [], "the first process has answered nobody"
    await next_one.settle()
    await next_one.settle()
    assert [sent.text.split(".")[0] for sent in hooked.api.world.sent] == ["Kính chào ông/bà"]
    await next_one.close()


async def test_each_start_tells_the_provider_how_updates_are_to_come(tmp_path: Path) -> None:
    async with zalo_bot_office(tmp_path / "a", HOOK) as side:
        (connection,) = side.office.inner.connections
        assert connection.introduce is not None
        assert connection.polled is None
        await connection.introduce()
        methods = side.api.methods
        assert (methods.webhook, methods.secret) == ("https://nhacviec.example.vn/zalo/bot", SECRET)
    async with zalo_bot_office(tmp_path / "b") as side:
        (connection,) = side.office.inner.connections
        assert connection.introduce is not None
        assert connection.door is None
        side.api.methods.webhook = "https://older.example.vn/zalo/bot"
        await connection.introduce()
        assert side.api.methods.webhook == ""
        assert connection.whoami is not None
        assert await connection.whoami() == "Bot Nhắc việc"


async def test_a_wrong_token_is_the_operator_s_matter(tmp_path: Path) -> None:
    async with ZaloBotEmulator() as api:
        given = {"ZALO_BOT_TOKEN": "4117:another", "ZALO_BOT_API_URL": api.url}
        office = make_office(tmp_path, environment=given)
        (connection,) = office.inner.connections
        assert connection.introduce is not None
        with pytest.raises(ChannelError) as refused:
            await connection.introduce()
        assert isinstance(refused.value.outcome, Refused)
        assert refused.value.outcome.reason is Reason.ACCOUNT
        assert connection.refused is not None
        assert "ZALO_BOT_TOKEN" in str(connection.refused)
        await office.close()


async def test_no_token_no_bot(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    assert office.inner.connections == ()
    await office.close()
