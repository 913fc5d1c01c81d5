"""An office with an agency's officer, links for that officer, and a browser that opens them."""

import io
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from actions import links, offices
from actions import people as people_actions
from app.run import web_parts
from domain.people import Role
from tests.office import Chat, Office, Row, make_office
from tests.web.conftest import browser_at
from web.app import create_app

BASE = "http://127.0.0.1:8080"
PDF = b"%PDF-1.7\n1 0 obj\n"
PLAN = (
    Row("Ban hành kế hoạch kiểm soát thủ tục", "Sở Tư pháp", "Trước ngày 20/3/2026", "Kế hoạch"),
    Row("Bố trí kinh phí", "Sở Tài chính", "Quý II năm 2026"),
    Row("Rà soát quy trình nội bộ", "Sở Tư pháp", "Trước ngày 20/4/2026", "Báo cáo"),
)


@asynccontextmanager
async def addressed(folder: Path) -> AsyncIterator[Office]:
    """Open an office that knows where browsers find it."""
    opened = make_office(folder)
    await opened.run(lambda unit: offices.remember_address(unit, BASE, opened.clock()))
    yield opened
    await opened.close()


@asynccontextmanager
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(office.inner, None))) as client:
        yield client


async def justice(office: Office) -> Chat:
    """The officer of an agency with two tasks; another agency has one."""
    await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    chat = await office.officer("STP", Role.OFFICER, "Nguyễn Mẫu An")
    await office.issue(PLAN)
    await office.settle()
    await chat.heard()
    return chat


async def endpoint(office: Office, chat: Chat) -> int:
    row = await office.run(lambda unit: people_actions.endpoint(unit, "web", chat.chat, office.clock()))
    return int(row.id)


async def upload_link(office: Office, chat: Chat) -> str:
    at, now = await endpoint(office, chat), office.clock()
    return path_of(await office.run(lambda unit: links.upload(unit, at, now)))


async def answer_link(office: Office, chat: Chat, *works: int) -> str:
    """`works` are the numbers of the tasks' codes."""
    at, now, ids = await endpoint(office, chat), office.clock(), [await assignment(office, one) for one in works]
    return path_of(await office.run(lambda unit: links.answer(unit, at, ids, now)))


async def assignment(office: Office, number: int) -> int:
    ((found,),) = await facts(office, f"select id from assignments where code = 'NV-{number:04}'")
    return int(found)


def path_of(address: str | None) -> str:
    assert address is not None
    assert address.startswith(f"{BASE}/l/")
    return address.removeprefix(BASE)


def hidden(page: httpx.Response) -> dict[str, str]:
    """Return the hidden fields of a page's first form."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    assert "token" in fields, page.text
    return fields


async def post(
    client: httpx.AsyncClient,
    path: str,
    fields: dict[str, str],
    file: tuple[str, bytes] | None = None,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    """Post a form as a browser does; an input without a chosen file sends an empty one."""
    sent = {"file": (file[0], file[1], "application/octet-stream") if file else ("", b"", "application/octet-stream")}
    return await client.post(path, data=fields, files=sent, headers=headers)


async def facts(office: Office, query: str) -> list[tuple[Any, ...]]:
    rows = await office.read(lambda unit: unit.conn.exec_driver_sql(query).all())
    return [tuple(row) for row in rows]


async def everything(office: Office) -> list[list[tuple[Any, ...]]]:
    """Return all that a page could have changed."""
    tables = (
        "assignments",
        "comments",
        "inbox",
        "outbox",
        "audit",
        "chat_links",
        "sightings",
        "files",
        "conversations",
    )
    return [await facts(office, f"select * from {table} order by 1") for table in tables]


def content_types(main: str) -> str:
    """Return the list of types of an Office file whose main part is this one."""
    craft = "wordprocessingml.document" if main.startswith("word/") else "spreadsheetml.sheet"
    kind = f"application/vnd.openxmlformats-officedocument.{craft}.main+xml"
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    )


def book(*parts: str, content: bytes = b"x", ending: str = "word/document.xml") -> bytes:
    """Return an Office file of these parts, as far as anybody looks who does not open it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types(ending))
        for part in (ending, *parts):
            archive.writestr(part, content)
    return buffer.getvalue()
