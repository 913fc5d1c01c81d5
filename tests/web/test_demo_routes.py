"""The demo: absent unless asked for, closed to every other machine, several chats and one clock."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.routing import Route

from domain.outgoing import Message
from tests.web.conftest import browser_at
from tests.web.fakes import PERSONAS, Office, serving
from tests.web.test_events import BEGINNING, events
from web.app import create_app

pytestmark = pytest.mark.anyio


def demo_calls(office: Office) -> list[tuple[str, str]]:
    """Every (method, path) that exists with the demo and not without, and the page in front."""

    def calls(**changes: object) -> set[tuple[str, str]]:
        routes = [one for one in create_app(office.parts(**changes)).routes if isinstance(one, Route)]
        return {(method, route.path) for route in routes for method in sorted(route.methods or ()) if method != "HEAD"}

    with_demo = calls(demo=office.demo)
    return [*sorted(with_demo - calls()), ("GET", "/")]


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(office.parts(demo=office.demo))) as client:
        yield client


async def call(client: httpx.AsyncClient, method: str, path: str, **options: object) -> httpx.Response:
    for name, value in (("{chat}", "demo-stp"), ("{stamp}", "0"), ("{place:int}", "0")):
        path = path.replace(name, value)
    return await client.request(method, path, **options)  # type: ignore[arg-type]


async def test_without_the_demo_its_routes_do_not_exist(office: Office) -> None:
    found = demo_calls(office)
    assert len(found) == 8
    async with browser_at(create_app(office.parts())) as client:
        for method, path in found:
            answer = await call(client, method, path)
            assert answer.status_code == (200 if path == "/" else 404)
        assert "demo" not in (await client.get("/")).text


@pytest.mark.parametrize(
    ("address", "base_url", "headers"),
    [
        ("192.168.1.20", "http://127.0.0.1:8080", {}),
        ("203.0.113.5", "http://localhost:8080", {}),
        ("::ffff:203.0.113.5", "http://127.0.0.1:8080", {}),
        ("fe80::1", "http://127.0.0.1:8080", {}),
        ("", "http://127.0.0.1:8080", {}),
        ("testclient", "http://127.0.0.1:8080", {}),
        ("127.0.0.1", "http://evil.example", {}),
        ("127.0.0.1", "http://127.0.0.1.evil.example", {}),
        ("127.0.0.1", "http://127.0.0.1:8080", {"X-Forwarded-For": "203.0.113.5"}),
        ("127.0.0.1", "http://127.0.0.1:8080", {"Forwarded": "for=203.0.113.5"}),
    ],
)
async def test_no_other_machine_gets_in(office: Office, address: str, base_url: str, headers: dict[str, str]) -> None:
    app = create_app(office.parts(demo=office.demo))
    async with browser_at(app, address, base_url) as stranger:
        for method, path in demo_calls(office):
            answer = await call(stranger, method, path, headers=headers)
            assert answer.status_code == 403, (method, path)
            assert "Trần Mẫu Bình" not in answer.text


@pytest.mark.parametrize(
    ("address", "base_url"),
    [("127.0.0.1", "http://localhost:8080"), ("::1", "http://[::1]:8080"), ("::ffff:127.0.0.1", "http://127.0.0.1")],
)
async def test_this_machine_gets_in(office: Office, address: str, base_url: str) -> None:
    async with browser_at(create_app(office.parts(demo=office.demo)), address, base_url) as client:
        page = await client.get("/")
        assert page.status_code == 200
        assert "thứ Hai 12/01/2026, 08:00" in page.text
        assert "Kế hoạch 15/KH-UBND" in page.text


async def test_the_state_names_the_people_and_the_moment(browser: httpx.AsyncClient) -> None:
    state = (await browser.get("/demo/state")).json()
    assert state["now"] == {"day": "thứ Hai 12/01/2026", "time": "08:00", "iso": "2026-01-12T08:00:00+07:00"}
    assert [one["chat"] for one in state["people"]] == [one.chat for one in PERSONAS]
    assert state["people"][0]["suggestions"][0] == {"label": "Việc của tôi", "says": "/viec"}


async def test_each_person_speaks_in_their_own_chat(office: Office, browser: httpx.AsyncClient) -> None:
    body = {"id": "key-00001", "text": "/viec"}
    assert (await browser.post("/demo/chat/demo-stp/send", json=body)).status_code == 202
    upload = await browser.post(
        "/demo/chat/demo-citizen/file?id=key-00002", content=b"anh", headers={"X-File-Name": "a.jpg"}
    )
    assert upload.status_code == 202
    await office.worker.settle()
    officer = (await browser.get("/demo/chat/demo-stp/history")).json()["lines"]
    citizen = (await browser.get("/demo/chat/demo-citizen/history")).json()["lines"]
    assert [line["text"].split("\n")[0] for line in officer] == ["/viec", "NV-0007 đến hạn thứ Hai 19/01/2026"]
    assert citizen[-1]["text"] == "Đã nhận tệp a.jpg."


async def test_only_the_demos_own_chats_can_be_entered(browser: httpx.AsyncClient) -> None:
    body = {"id": "key-00001", "text": "tôi đây"}
    assert (await browser.post("/demo/chat/somebody/send", json=body)).status_code == 404
    assert (await browser.get("/demo/chat/somebody/history")).status_code == 404


async def test_another_site_cannot_move_the_clock(office: Office, browser: httpx.AsyncClient) -> None:
    evil = {"Origin": "https://evil.example"}
    assert (await browser.post("/demo/advance", json={"to": "day"}, headers=evil)).status_code == 403
    assert office.demo.now() == office.clock.now


@pytest.mark.parametrize("body", [b"", b"[]", b'{"to": "year"}', b'{"to": ["day"]}', b"{}"])
async def test_the_clock_moves_only_as_far_as_it_knows(browser: httpx.AsyncClient, body: bytes) -> None:
    answer = await browser.post("/demo/advance", content=body)
    assert answer.status_code in (400, 422)
    assert (await browser.get("/demo/state")).json()["now"]["day"] == "thứ Hai 12/01/2026"


async def test_moving_the_clock_tells_what_happened(browser: httpx.AsyncClient) -> None:
    jump = (await browser.post("/demo/advance", json={"to": "week"})).json()
    assert (jump["from"]["day"], jump["to"]["day"]) == ("thứ Hai 12/01/2026", "thứ Hai 19/01/2026")
    assert jump["sent"] == {"can-bo-stp": 1, "lanh-dao": 1}
    assert jump["lines"][0].startswith("Nhắc Sở Tư pháp")


async def test_the_clock_makes_one_move_at_a_time(office: Office, browser: httpx.AsyncClient) -> None:
    office.demo.gate = asyncio.Event()
    first = asyncio.create_task(browser.post("/demo/advance", json={"to": "day"}))
    while office.demo.waiting == 0:
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        assert (await browser.post("/demo/advance", json={"to": "day"})).status_code == 409
    office.demo.gate.set()
    assert (await first).status_code == 200


async def test_one_stream_brings_everybodys_lines(office: Office) -> None:
    app = create_app(office.parts(demo=office.demo))
    async with serving(app, office.worker.webchat) as url, httpx.AsyncClient(base_url=url, timeout=8) as client:
        await office.worker.tell("demo-head", Message("đã quá hạn"))
        async with client.stream("GET", "/demo/events", params={"after": BEGINNING}) as answer:
            ((_, missed),) = await events(answer, 1)
            assert (missed["chat"], missed["text"]) == ("demo-head", "đã quá hạn")
        async with client.stream("GET", "/demo/events") as answer:
            await office.worker.tell("somebody", Message("không ai trong bản thử"))
            await office.worker.tell("demo-leader", Message("tổng hợp"))
            found = [data for _, data in await events(answer, 2)]
            assert [line["chat"] for line in found] == ["demo-head", "demo-leader"]
