"""Requests that no browser of ours sends: each gets its refusal, none the page for faults of ours."""

import httpx
import pytest

from tests.web.conftest import browser_at
from tests.web.fakes import Office
from web.app import create_app

pytestmark = pytest.mark.anyio

JSON = {"content-type": "application/json"}


async def _visit(client: httpx.AsyncClient) -> None:
    assert (await client.get("/chat")).status_code == 200


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"a":' * 12_000])
async def test_brackets_without_end(web_office: Office, body: bytes) -> None:
    async with browser_at(create_app(web_office.parts()), "10.0.0.7") as client:
        await _visit(client)
        answer = await client.post("/chat/send", content=body, headers=JSON)
    assert answer.status_code == 400


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "http://evil.example"])
async def test_an_origin_that_is_none_of_ours(web_office: Office, origin: str) -> None:
    async with browser_at(create_app(web_office.parts()), "10.0.0.7") as client:
        await _visit(client)
        answer = await client.post("/chat/send", content=b"{}", headers={**JSON, "origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["[::1", "evil.example:80:80", "127.0.0.1.evil.example", "evil.example"])
async def test_an_unreadable_host_is_not_this_machine(web_office: Office, host: str) -> None:
    app = create_app(web_office.parts(demo=web_office.demo))
    async with browser_at(app, "127.0.0.1") as client:
        answer = await client.get("/demo/state", headers={"host": host})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["tasks", "evidence", "agencies", "plans", "board"])
async def test_a_number_that_no_row_can_have_is_not_here(web_office: Office, path: str) -> None:
    async with browser_at(create_app(web_office.parts()), "10.0.0.7") as client:
        answers = [await client.get(f"/office/{path}/{number}") for number in ("2147483648", "9" * 19, "9" * 400)]
    assert [one.status_code for one in answers] == [404] * 3
