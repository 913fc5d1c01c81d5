"""The coordinator's page of the work calendar: who may come, the effect before anything is written, how it looks."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest

from actions import calendar as calendar_actions
from actions import offices
from app.run import web_parts
from domain.people import Role
from domain.workdays import DayKind, WorkCalendar
from storage.views import office as office_views
from tests.office import Chat, Office, Row, make_office
from tests.web.chromium import new_page
from tests.web.conftest import browser_at
from tests.web.fakes import serving
from tests.web.test_review import BASE, HERE, arrives
from web.app import create_app

pytestmark = pytest.mark.anyio

PAGE = "/office/calendar"
PLAN = (
    Row("Báo cáo tháng", "Sở Tư pháp; Sở Nội vụ", "Hằng tháng", "Báo cáo"),
    Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 05/02/2026", "Kế hoạch"),
)
DAY_OFF = {"act": "add", "day": "2026-01-30", "kind": "holiday", "pair": "", "source": "12/QĐ-TTg"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = make_office(tmp_path)
    await opened.issue(PLAN)
    yield opened
    await opened.close()


@asynccontextmanager
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(office.inner, None))) as client:
        yield client


async def coordinator(office: Office, address: str = BASE) -> Chat:
    await office.run(lambda unit: offices.remember_address(unit, address, office.clock()))
    return await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")


async def link(chat: Chat) -> str:
    await chat.say("/lich")
    (answer,) = await chat.press("Mở trên trang web")
    return "/office/enter/" + answer.text.partition("/office/enter/")[2].split()[0]


async def entered(client: httpx.AsyncClient, chat: Chat) -> str:
    """Open the link and return the token of the page's forms."""
    opened = await client.post(await link(chat), headers=HERE, content=b"")
    assert (opened.status_code, opened.headers["location"]) == (303, PAGE)
    return token_in(await client.get(PAGE))


def token_in(shown: httpx.Response) -> str:
    assert shown.status_code == 200
    return str(re.findall(r'name="token" value="([0-9a-f]{64})"', shown.text)[0])


async def calendar(office: Office) -> WorkCalendar:
    return await office.read(office_views.calendar)


async def test_the_effect_is_shown_first_and_is_what_happens(office: Office) -> None:
    lan = await coordinator(office)
    async with browser(office) as client:
        token = await entered(client, lan)
        shown = await client.post(f"{PAGE}/preview", data={"token": token, **DAY_OFF}, headers=HERE)
        assert shown.status_code == 200
        counts = re.search(r"Nếu ghi, (\d+) lịch nhắc sẽ dời và 2 hạn đổi", shown.text)
        assert counts is not None
        assert "<b>NV-0001</b> thứ Sáu 30/01/2026 → thứ Năm 29/01/2026" in shown.text
        assert (await calendar(office)).is_working(date(2026, 1, 30)), "nothing is written yet"
        version = re.findall(r'name="version" value="(\d+)"', shown.text)[0]
        written = await client.post(
            f"{PAGE}/write", data={"token": token, "version": version, "at": "2026", **DAY_OFF}, headers=HERE
        )
        assert (written.status_code, written.headers["location"]) == (303, f"{PAGE}?at=2026#thay-doi")
        after = await client.get(PAGE)
        assert f"12/QĐ-TTg: {counts.group(1)} lịch nhắc dời, 2 hạn đổi" in after.text
    assert not (await calendar(office)).is_working(date(2026, 1, 30))


async def test_what_was_shown_of_another_calendar_is_not_written(office: Office) -> None:
    lan = await coordinator(office)
    async with browser(office) as client:
        token = await entered(client, lan)
        shown = await client.post(f"{PAGE}/preview", data={"token": token, **DAY_OFF}, headers=HERE)
        version = re.findall(r'name="version" value="(\d+)"', shown.text)[0]
        other = calendar_actions.adding(date(2026, 3, 2), DayKind.HOLIDAY, "13/QĐ-TTg", office.clock())
        await office.run(lambda unit: calendar_actions.change(unit, other, office.clock(), None))
        late = await client.post(f"{PAGE}/write", data={"token": token, "version": version, **DAY_OFF}, headers=HERE)
        assert late.status_code == 422
        assert "vừa được người khác cập nhật" in late.text
        blind = await client.post(f"{PAGE}/write", data={"token": token, **DAY_OFF}, headers=HERE)
        assert blind.status_code == 422
    assert (await calendar(office)).is_working(date(2026, 1, 30))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source": " "}, "Chưa ghi căn cứ"),
        ({"day": "2026-02-17"}, "đã có trong lịch"),
        ({"day": "soon"}, "Xin chọn đủ ngày, tháng, năm"),
        ({"kind": "party"}, "Xin chọn loại ngày"),
        ({"kind": "makeup_work"}, "vốn là ngày làm việc"),
        ({"act": "remove"}, "không có trong lịch riêng"),
        ({"act": "confirm", "year": "2026"}, "đã được xác nhận"),
    ],
)
async def test_what_is_refused_is_said_where_it_was_asked(office: Office, fields: dict[str, str], said: str) -> None:
    lan = await coordinator(office)
    async with browser(office) as client:
        token = await entered(client, lan)
        shown = await client.post(f"{PAGE}/preview", data={"token": token, **DAY_OFF, **fields}, headers=HERE)
    assert shown.status_code == 422
    assert said in shown.text


async def test_only_a_coordinators_own_forms_are_taken(office: Office) -> None:
    lan = await coordinator(office)
    async with browser(office) as client:
        assert (await client.get(PAGE)).status_code == 403
        token = await entered(client, lan)
        forged = {"token": "0" * 64, **DAY_OFF}
        for path in (f"{PAGE}/preview", f"{PAGE}/write"):
            assert (await client.post(path, data=forged, headers=HERE)).status_code == 403
            elsewhere = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
            assert (await client.post(path, data={"token": token, **DAY_OFF}, headers=elsewhere)).status_code == 403
            assert (await client.get(path)).status_code == 405
        odd = await client.post(f"{PAGE}/preview", data={"token": token, **DAY_OFF, "act": "burn"}, headers=HERE)
        assert odd.status_code == 404
    officer = await office.officer("STP")
    (refused,) = await officer.say("/lich")
    assert "Không tìm thấy" in refused.text


async def test_a_page_without_scripts_says_its_year(office: Office) -> None:
    lan = await coordinator(office)
    async with browser(office) as client:
        await entered(client, lan)
        shown = await client.get(f"{PAGE}?at=2027")
        assert "mới là dự kiến, chưa xác nhận" in shown.text
        assert "<script" not in shown.text
        assert " style=" not in shown.text
        assert "script-src 'none'" in shown.headers["content-security-policy"]
        assert (await client.get(f"{PAGE}?at=%00x")).status_code == 200


@pytest.mark.browser
async def test_it_is_used_and_read_on_every_screen(office: Office, tmp_path: Path) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    app = create_app(web_parts(office.inner, None))
    async with serving(app, office.web) as url, new_page(tmp_path / "profile") as page:
        lan = await coordinator(office, url)
        await page.look(360, 740, phone=True)
        await page.open(url + await link(lan))
        await page.click("button.action")
        await arrives(page, "location.pathname === '/office/calendar'")
        for width, height, dark in ((360, 740, False), (360, 740, True), (1280, 800, False), (1280, 800, True)):
            await page.look(width, height, dark=dark, phone=width < 500)
            await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            assert await page.evaluate(script) == [], (width, dark)
        await page.look(360, 740, phone=True)
        await page.evaluate("document.querySelector('input[name=day][type=date]').value = '2026-01-30'")
        await page.click("input[name=source]")
        await page.type("12/QĐ-TTg")
        await page.press("Enter", 13, "\r")
        await arrives(page, "document.querySelector('.shown h2')?.textContent.includes('2 hạn đổi')")
        box = "document.querySelector('.shown h2').getBoundingClientRect()"
        assert await page.evaluate(f"{box}.top >= 0 && {box}.bottom <= innerHeight"), "the effect is in sight"
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await page.evaluate(script) == []
        await page.click("button.action")
        await arrives(page, "document.querySelector('#thay-doi') !== null")
        assert not (await calendar(office)).is_working(date(2026, 1, 30))
        assert page.complaints == []
