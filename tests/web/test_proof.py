"""The page that proves notice: the way in, who may look, and how it looks on a screen and on paper."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from actions import offices
from app.run import web_parts
from domain.people import Role
from tests.office import Chat, Office, Row, make_office
from tests.web.chromium import Page, new_page
from tests.web.conftest import browser_at
from tests.web.fakes import serving
from tests.web.test_review import BASE, HERE, arrives
from web.app import create_app

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch <năm>", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 20/3/2026", "Kế hoạch"),
    Row("Bố trí kinh phí", "Sở Tài chính", "Quý II năm 2026"),
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = make_office(tmp_path)
    yield opened
    await opened.close()


@asynccontextmanager
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(office.inner, None))) as client:
        yield client


async def issued(office: Office, address: str = BASE) -> tuple[Chat, Chat]:
    """The coordinator and the officer of an agency that was told of the plan."""
    await office.run(lambda unit: offices.remember_address(unit, address, office.clock()))
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    justice = await office.officer("STP", Role.OFFICER, "Nguyễn Mẫu An", "Trưởng phòng")
    await office.issue(PLAN)
    await office.settle()
    await justice.heard()
    return lan, justice


async def link(chat: Chat, code: str = "NV-0001") -> str:
    """Ask the chat for the page and return the path of its link."""
    await chat.say(code)
    heard = await chat.press("Đã thông báo những gì?")
    return "/office/enter/" + heard[0].text.partition("/office/enter/")[2].split()[0]


async def enter(client: httpx.AsyncClient, path: str) -> httpx.Response:
    return await client.post(path, headers=HERE, content=b"")


async def test_the_link_leads_to_the_proof(office: Office) -> None:
    lan, _ = await issued(office)
    async with browser(office) as client:
        opened = await enter(client, await link(lan))
        assert (opened.status_code, opened.headers["location"]) == (303, "/office/proof/NV-0001")
        shown = await client.get("/office/proof/NV-0001")
        assert shown.status_code == 200
        for words in (
            "Bảng chứng minh đã thông báo",
            "Kế hoạch số 15/KH-UBND ngày 09/01/2026",
            "Sở Tư pháp",
            "thứ Năm 19/03/2026",
            "Nguyễn Mẫu An",
            "Trưởng phòng",
            "Giao việc",
            "đã gửi",
            "Toàn văn các tin đã gửi",
            "Giao Sở Tư pháp chủ trì theo",
        ):
            assert words in shown.text, words
        assert "Ban hành kế hoạch &lt;năm&gt;" in shown.text


async def test_all_agencies_of_the_task_and_who_has_nobody(office: Office) -> None:
    lan, _ = await issued(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        shown = (await client.get("/office/proof/nv-0001/all")).text
        assert shown.count('<article class="proof"') == 2
        assert "Chưa có người nhận:" in shown
        assert "cán bộ đầu mối, Sở Nội vụ" in shown


async def test_an_agencys_people_see_their_own_alone(office: Office) -> None:
    lan, justice = await issued(office)
    async with browser(office) as client:
        await enter(client, await link(justice))
        assert (await client.get("/office/proof/NV-0001")).status_code == 200
        every = (await client.get("/office/proof/NV-0001/all")).text
        assert every.count('<article class="proof"') == 1
        assert "Mọi cơ quan của nhiệm vụ" not in every
        for path in ("/office/proof/NV-0002", "/office/proof/NV-0003", "/office/proof/NV-9999", "/office/proof/x"):
            assert (await client.get(path)).status_code == 404, path
        assert (await client.get("/office/plans/1")).status_code == 403, "plans are the coordinators'"
    async with browser(office) as client:
        await enter(client, await link(lan))
        assert (await client.get("/office/proof/NV-0003")).status_code == 200


async def test_without_a_session_there_is_nothing(office: Office) -> None:
    await issued(office)
    async with browser(office) as client:
        assert (await client.get("/office/proof/NV-0001")).status_code == 403
        assert (await client.get("/office/proof/NV-0001/all")).status_code == 403


async def test_who_lost_the_seat_sees_nothing_more(office: Office) -> None:
    _, justice = await issued(office)
    path = await link(justice)
    late = await link(justice)
    async with browser(office) as client:
        await enter(client, path)
        await office.run(lambda unit: unit.conn.exec_driver_sql("UPDATE memberships SET state = 'ended'"))
        assert (await client.get("/office/proof/NV-0001")).status_code == 403
        assert (await enter(client, late)).status_code == 403


async def test_the_page_holds_no_script_and_is_not_kept(office: Office) -> None:
    lan, _ = await issued(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        shown = await client.get("/office/proof/NV-0001")
        assert "<script" not in shown.text
        assert " style=" not in shown.text
        assert "script-src 'none'" in shown.headers["content-security-policy"]
        assert shown.headers["cache-control"] == "no-store"


@asynccontextmanager
async def visit(office: Office, profile: Path) -> AsyncIterator[Page]:
    app = create_app(web_parts(office.inner, None))
    async with serving(app, office.web) as url, new_page(profile) as page:
        lan, justice = await issued(office, url)
        office.clock.tick(300)
        await justice.say("NV-0001")
        await justice.press("Đã nhận việc")
        await page.open(url + await link(lan))
        await page.click("button.action")
        await arrives(page, "location.pathname === '/office/proof/NV-0001'")
        yield page
        assert page.complaints == []


@pytest.mark.browser
async def test_it_fits_every_screen_and_a_sheet_of_paper(office: Office, tmp_path: Path) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    async with visit(office, tmp_path / "profile") as page:
        for width, height, dark in ((1280, 800, False), (1280, 800, True), (800, 900, False), (360, 740, False)):
            await page.look(width, height, dark=dark, phone=width < 500)
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            assert await page.evaluate(script) == [], (width, dark)
        printed = await page.call("Page.printToPDF", preferCSSPageSize=True)
        assert base64.b64decode(printed["data"]).startswith(b"%PDF")
        await page.call("Emulation.setEmulatedMedia", media="print")
        assert await page.evaluate("getComputedStyle(document.querySelector('.band')).display") == "none"
