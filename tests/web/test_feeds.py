"""Calendars of due dates by a secret link: what they hold, whose authority they have, how they end."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import text

from actions import offices
from app.run import web_parts
from domain.people import Role
from tests.office import Chat, Office, Row, make_office
from tests.web.conftest import browser_at
from tests.web.test_review import BASE
from web.app import create_app

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Rà soát thủ tục hành chính; báo cáo", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 16/03/2026", "Báo cáo"),
    Row("Niêm yết công khai", "Sở Tư pháp", "Trước ngày 25/03/2026"),
    Row("Việc của nơi khác", "Sở Nội vụ", "Trước ngày 25/04/2026"),
    Row("Trả lời phản ánh", "Sở Tư pháp", "Thường xuyên"),
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = make_office(tmp_path)
    await opened.run(lambda unit: offices.remember_address(unit, BASE, opened.clock()))
    yield opened
    await opened.close()


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(office.inner, None))) as client:
        yield client


async def made(chat: Chat) -> str:
    """Ask for a calendar and return its path."""
    await chat.say("caidat")
    await chat.press("Lịch hạn việc")
    (answer,) = await chat.press("Tạo lịch")
    found = re.search(r"/lich/\S+\.ics", answer.text)
    assert found
    return found.group(0)


async def days(browser: httpx.AsyncClient, path: str) -> dict[str, str]:
    """Read a calendar as a program does: {title: day}."""
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    book = Calendar.from_ical(answer.text)
    return {str(one["summary"]): one["dtstart"].dt.isoformat() for one in book.walk("VEVENT")}


async def test_an_officers_calendar_holds_what_the_agency_owes_and_follows_it(
    office: Office, browser: httpx.AsyncClient
) -> None:
    officer, coordinator = await office.officer("STP"), await office.officer("VPUBND", Role.COORDINATOR)
    await office.issue(PLAN)
    await office.settle()
    path = await made(officer)
    assert await days(browser, path) == {
        "Hạn NV-0001: Rà soát thủ tục hành chính; báo cáo": "2026-03-15",
        "Hạn NV-0003: Niêm yết công khai": "2026-03-24",
    }
    raw = (await browser.get(path)).text
    assert "X-WR-CALNAME:Hạn việc" in raw
    assert "UID:nv-0003.sl@nhacviec" in raw
    await officer.say("baocao nv 3 45/KH-STP ngay 18/1")
    await officer.press("Gửi báo cáo")
    assert list(await days(browser, path)) == ["Hạn NV-0001: Rà soát thủ tục hành chính; báo cáo"]
    everybody = await made(coordinator)
    whole = await days(browser, everybody)
    assert whole == {
        "Hạn Rà soát thủ tục hành chính; báo cáo": "2026-03-15",
        "Hạn Việc của nơi khác": "2026-04-24",
    }
    assert "Còn 2/2 cơ quan chưa báo cáo xong" in (await browser.get(everybody)).text.replace("\r\n ", "")


async def test_a_calendar_ends_with_the_seat_and_by_its_owners_word(office: Office, browser: httpx.AsyncClient) -> None:
    officer = await office.officer("STP")
    await office.issue(PLAN)
    first, second = await made(officer), await made(officer)
    await officer.press("Các lịch đã tạo")
    await officer.press("Thu hồi lịch 1")
    assert (await browser.get(first)).status_code == 404
    assert (await browser.get(second)).status_code == 200
    await office.run(lambda unit: unit.conn.execute(text("UPDATE memberships SET state = 'ended'")))
    gone, wrong = await browser.get(second), await browser.get("/lich/" + "a" * 32 + ".ics")
    assert (gone.status_code, gone.text) == (wrong.status_code, wrong.text) == (404, wrong.text)


async def test_a_strangers_press_and_one_too_many_are_refused(office: Office) -> None:
    officer, other = await office.officer("STP"), await office.officer("SNV")
    await office.issue(PLAN)
    for _ in range(5):
        await made(officer)
    await officer.press("Các lịch đã tạo")
    (full,) = await officer.press("Tạo lịch")
    assert "thu hồi" in full.text
    await other.say("caidat")
    await other.press("Lịch hạn việc")
    (forged,) = await other._send({"button": "feed:drop:1", "label": "Thu hồi"}, "")
    assert "không phải của đồng chí" in forged.text
    justice = await office.read(
        lambda unit: unit.conn.execute(text("SELECT id FROM agencies WHERE code = 'STP'")).scalar()
    )
    (forged,) = await other._send({"button": f"feed:make:{justice}", "label": "Tạo lịch"}, "")
    assert "/lich/" not in forged.text
