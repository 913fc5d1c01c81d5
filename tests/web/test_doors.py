"""What is not for people: health, metrics, webhooks, and the headers on every answer."""

import re
from typing import Any

import httpx
import pytest

from tests.web.conftest import browser_at
from tests.web.fakes import PERSONAS, FakeDemo, Office
from web.app import STATIC, create_app
from web.parts import Check
from web.webhooks import secret_header, telegram_webhook

pytestmark = pytest.mark.anyio

SECRET = "bi-mat_123"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def test_alive_ready_and_counted(office: Office) -> None:
    async with browser_at(create_app(office.parts()), "10.0.0.7") as probe:
        assert (await probe.get("/livez")).text == "ok"
        ready = await probe.get("/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        office.health.append(Check("outbox", False, "oldest waiting 900 s"))
        ready = await probe.get("/readyz")
        assert ready.status_code == 503
        assert ready.json()["checks"][1] == {"name": "outbox", "good": False, "said": "oldest waiting 900 s"}
        metrics = await probe.get("/metrics")
        assert metrics.headers["content-type"].startswith("text/plain")
        assert "nhacviec_sent_total 1.0" in metrics.text


class Receiver:
    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.broken = False

    async def __call__(self, update: dict[str, Any]) -> None:
        if self.broken:
            raise OSError("disk full")
        self.got.append(update)


async def knock(client: httpx.AsyncClient, content: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    return (await client.post("/telegram", content=content, headers=headers)).status_code


async def test_telegrams_door_saves_before_it_thanks(office: Office) -> None:
    receiver = Receiver()
    app = create_app(office.parts(webhooks=(telegram_webhook(SECRET, receiver),)))
    async with browser_at(app, "149.154.167.220") as telegram:
        assert await knock(telegram, b'{"update_id": 7}') == 200
        assert receiver.got == [{"update_id": 7}]
        receiver.broken = True
        assert await knock(telegram, b'{"update_id": 8}') == 500  # Telegram will bring it again


@pytest.mark.parametrize(
    ("content", "secret", "status"),
    [
        (b'{"update_id": 7}', None, 403),
        (b'{"update_id": 7}', "", 403),
        (b'{"update_id": 7}', SECRET + "x", 403),
        (b"{", SECRET, 400),
        (b"[]", SECRET, 400),
        (b'"' + b"x" * 1024 * 1024 + b'"', SECRET, 413),
    ],
)
async def test_who_is_not_telegram_leaves_nothing(
    office: Office, content: bytes, secret: str | None, status: int
) -> None:
    receiver = Receiver()
    app = create_app(office.parts(webhooks=(telegram_webhook(SECRET, receiver),)))
    async with browser_at(app) as stranger:
        assert await knock(stranger, content, secret) == status
        assert receiver.got == []


def test_no_secret_proves_nothing() -> None:
    genuine = secret_header(HEADER, "")
    assert not genuine({HEADER.lower(): ""}, b"")
    assert not genuine({}, b"")


async def test_without_a_webhook_there_is_no_door(office: Office) -> None:
    async with browser_at(create_app(office.parts())) as client:
        assert await knock(client, b"{}") == 404


class SlyDemo(FakeDemo):
    def plan(self) -> Any:
        facts = super().plan()
        return type(facts)("<script>alert(1)</script>", facts.title, facts.facts)


async def test_pages_hold_no_inline_script_or_style_and_escape_what_they_show(office: Office) -> None:
    sly = office.parts(
        demo=SlyDemo(office.worker, office.clock), office_name=lambda _unit: '"><script src=//evil.example>'
    )
    for app in (create_app(sly), create_app(office.parts(office_name=sly.office_name))):
        async with browser_at(app) as client:
            for path in ("/", "/chat", "/nowhere"):
                page = await client.get(path, headers={"Accept": "text/html"})
                assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
                assert page.headers["x-content-type-options"] == "nosniff"
                assert page.headers["cache-control"] == "no-store"
                for tag in re.findall(r"<script[^>]*>", page.text):
                    assert re.fullmatch(r'<script type="module" src="/static/\w+\.js">', tag)
                assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", page.text)


async def test_a_refusal_is_a_page_to_readers_and_json_to_scripts(office: Office) -> None:
    async with browser_at(create_app(office.parts())) as client:
        page = await client.get("/nowhere", headers={"Accept": "text/html"})
        assert (page.status_code, "Không có trang này." in page.text) == (404, True)
        assert (await client.get("/nowhere")).json() == {"error": "Không có trang này."}
        wrong = await client.delete("/chat")
        assert (wrong.status_code, set(wrong.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


async def test_a_fault_of_ours_says_nothing_of_its_cause(office: Office) -> None:
    async def broken() -> Any:
        raise RuntimeError("postgresql://user:password@db")

    async with browser_at(create_app(office.parts(health=broken))) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 500
        assert "password" not in answer.text
        assert answer.json()["error"].startswith("Máy chủ gặp sự cố.")


async def test_scripts_and_styles_are_served_from_here(office: Office) -> None:
    async with browser_at(create_app(office.parts(demo=office.demo))) as client:
        for file in STATIC.iterdir():
            answer = await client.get(f"/static/{file.name}")
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "no-cache"
            again = await client.get(f"/static/{file.name}", headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304
        assert (await client.get("/static/..%2fapp.py")).status_code == 404


def test_the_personas_of_the_fake_are_told_apart() -> None:
    assert len({one.key for one in PERSONAS}) == len({one.chat for one in PERSONAS}) == len(PERSONAS)
