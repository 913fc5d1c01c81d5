"""The stream of new lines, over a real connection: live, resumed, and ended when the server goes."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from domain.outgoing import Message
from tests.web.fakes import Office, serving
from web.app import create_app
from web.sessions import COOKIE

pytestmark = pytest.mark.anyio

BEGINNING = "0" * 19


@asynccontextmanager
async def visitor(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url, timeout=8) as client:
        await client.get("/chat")
        yield client


def chat_of(client: httpx.AsyncClient) -> str:
    return client.cookies[COOKIE].partition(".")[0]


async def events(answer: httpx.Response, number: int) -> list[tuple[str, dict[str, Any]]]:
    """Return the next events of a stream as (id, data)."""
    found: list[tuple[str, dict[str, Any]]] = []
    mark = ""
    async for line in answer.aiter_lines():
        if line.startswith("id: "):
            mark = line[4:]
        elif line.startswith("data: "):
            found.append((mark, json.loads(line[6:])))
            if len(found) == number:
                break
    return found


def texts(found: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [data["text"] for _, data in found]


async def test_what_was_missed_comes_first_then_what_happens(office: Office) -> None:
    async with serving(create_app(office.parts()), office.worker.webchat) as url, visitor(url) as client:
        await office.worker.tell(chat_of(client), Message("trước"))
        async with client.stream("GET", "/chat/events", params={"after": BEGINNING}) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert answer.headers["cache-control"] == "no-store"
            stream = answer.aiter_lines()
            async for line in stream:
                if "trước" in line:
                    break
            await office.worker.tell(chat_of(client), Message("sau"))
            async for line in stream:
                if line.startswith("data: "):
                    assert json.loads(line[6:])["text"] == "sau"
                    break


async def test_a_resumed_stream_brings_what_followed_the_last_line_seen(office: Office) -> None:
    async with serving(create_app(office.parts()), office.worker.webchat) as url, visitor(url) as client:
        chat = chat_of(client)
        for number in range(1, 4):
            await office.worker.tell(chat, Message(f"tin {number}"))
        async with client.stream("GET", "/chat/events", params={"after": BEGINNING}) as answer:
            seen = await events(answer, 2)
        assert texts(seen) == ["tin 1", "tin 2"]
        await office.worker.tell(chat, Message("tin 4"))
        async with client.stream("GET", "/chat/events", headers={"Last-Event-ID": seen[-1][0]}) as answer:
            resumed = await events(answer, 4)
        known = {data["id"] for _, data in seen}
        assert [data["text"] for _, data in resumed if data["id"] not in known] == ["tin 3", "tin 4"]
        assert [mark for mark, _ in resumed] == sorted(mark for mark, _ in resumed)


async def test_a_long_absence_is_made_up_for_whole(office: Office) -> None:
    async with serving(create_app(office.parts()), office.worker.webchat) as url, visitor(url) as client:
        for number in range(230):
            await office.worker.tell(chat_of(client), Message(f"tin {number}"))
        async with client.stream("GET", "/chat/events", params={"after": BEGINNING}) as answer:
            assert texts(await events(answer, 230)) == [f"tin {number}" for number in range(230)]


async def test_another_sessions_lines_are_never_heard(office: Office) -> None:
    async with (
        serving(create_app(office.parts()), office.worker.webchat) as url,
        visitor(url) as one,
        visitor(url) as other,
        one.stream("GET", "/chat/events", params={"after": BEGINNING}) as answer,
    ):
        await office.worker.tell(chat_of(other), Message("của người khác"))
        await office.worker.tell(chat_of(one), Message("của tôi"))
        assert texts(await events(answer, 1)) == ["của tôi"]


@pytest.mark.parametrize("mark", ["x\ndata: giả", "9" * 40, "١" * 19, ""])
async def test_a_mark_that_is_none_is_not_repeated_and_brings_only_what_is_new(office: Office, mark: str) -> None:
    async with (
        serving(create_app(office.parts()), office.worker.webchat) as url,
        visitor(url) as client,
        client.stream("GET", "/chat/events", params={"after": mark}) as answer,
    ):
        await office.worker.tell(chat_of(client), Message("mới"))
        ((said, data),) = await events(answer, 1)
        assert (said, data["text"]) == (data["id"], "mới")


async def test_both_pages_of_one_session_hear_what_either_says(office: Office) -> None:
    async with (
        serving(create_app(office.parts()), office.worker.webchat) as url,
        visitor(url) as client,
        client.stream("GET", "/chat/events", params={"after": BEGINNING}) as answer,
    ):
        await client.post("/chat/send", json={"id": "key-00001", "text": "xin chào"})
        assert texts(await events(answer, 2)) == ["xin chào", "Đã nghe: xin chào"]


async def test_the_ninth_page_of_a_session_takes_the_first_ones_place(office: Office) -> None:
    async with (
        serving(create_app(office.parts()), office.worker.webchat) as url,
        visitor(url) as client,
        client.stream("GET", "/chat/events") as first,
    ):
        others = [await client.send(client.build_request("GET", "/chat/events"), stream=True) for _ in range(8)]
        async for _ in first.aiter_lines():
            pass  # ends by itself
        for other in others:
            await other.aclose()


async def test_closing_the_channel_ends_the_streams(office: Office) -> None:
    async with (
        serving(create_app(office.parts()), office.worker.webchat) as url,
        visitor(url) as client,
        client.stream("GET", "/chat/events") as answer,
    ):
        await office.worker.webchat.close()
        assert not [line async for line in answer.aiter_lines() if line.startswith("data")]
