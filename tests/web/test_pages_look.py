"""The office's pages in a real browser: on a cheap phone and at a desk, light and dark, by keyboard, without script."""

from pathlib import Path

import pytest

from app.run import web_parts
from tests.web.chromium import Page, new_page
from tests.web.fakes import serving
from tests.web.page_office import Pages, open_pages
from tests.web.test_review import arrives
from web.app import create_app

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

PATHS = (
    "/office",
    "/office/board",
    "/office/tasks/1",
    "/office/works/NV-0001",
    "/office/agencies",
    "/office/agencies/3",
    "/office/deadlines?day=2026-03-19",
    "/office/reports?period=2026-Q1",
    "/office/people",
    "/office/settings",
)
FOCUS = (
    "(() => { const one = document.activeElement; return [one.textContent.trim(), one.getAttribute('href') || '']; })()"
)
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


async def enter(page: Page, office: Pages, url: str, who: str, place: str) -> None:
    await page.open(url + await office.link(who, "/office"))
    await page.click("button.action")
    await arrives(page, f"location.pathname === '{place}'")


async def test_every_page_fits_and_is_walked_by_keyboard(tmp_path: Path) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    office = await open_pages(tmp_path)
    app = create_app(web_parts(office.office.inner, None))
    async with serving(app, office.office.web) as url, new_page(tmp_path / "profile") as page:
        await page.look(1280, 800)
        await enter(page, office, url, "coordinator", "/office")
        for path in PATHS:
            await page.open(url + path)
            await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            for width, height, dark in ((1280, 800, False), (1280, 800, True), (360, 740, False), (360, 740, True)):
                await page.look(width, height, dark=dark, phone=width < 500)
                assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
                assert await page.evaluate(script) == [], (path, width, dark)
                assert await page.evaluate("document.scripts.length") == 0
        await _by_keyboard(page, url)
        await _invite(page, url)
        await page.look(360, 740, phone=True)
        await page.open(url + "/office")
        await page.click(".leave button")
        await arrives(page, "location.pathname === '/'")
        await enter(page, office, url, "other", "/office/agencies/5")
        assert await page.evaluate("[...document.querySelectorAll('.rooms a')].map((one) => one.textContent)") == [
            "Việc của đơn vị",
            "Phản ánh",
            "Lịch hạn",
        ]
        assert page.complaints == []
    await office.office.close()


async def _by_keyboard(page: Page, url: str) -> None:
    """From the top: first the way past the ways, then the pages in order, each with a frame that is seen."""
    await page.look(1280, 800)
    await page.open(f"{url}/office/board")
    walked = []
    for _ in range(11):
        await page.press("Tab", 9)
        walked.append((await page.evaluate(FOCUS))[0])
        assert await page.evaluate(OUTLINE) == "solid"
    assert walked[:4] == ["Tới nội dung", "Thoát", "Tổng quan", "Bảng theo dõi"]
    await page.open(f"{url}/office/works/NV-0001")
    await page.evaluate("document.querySelector('summary').focus()")
    await page.press("Enter", 13, "\r")
    await page.press("Tab", 9)
    await page.type("Thiếu phụ lục")
    await page.press("Enter", 13, "\r")
    await arrives(page, "document.body.innerText.includes('bị trả lại')")


async def _invite(page: Page, url: str) -> None:
    """An invite's page shows its code and a picture of it, also on a phone."""
    await page.look(360, 740, phone=True)
    await page.open(f"{url}/office/people")
    for name, text in (("agency", "Sở Nội vụ"), ("name", "Vũ Mẫu Yên")):
        await page.click(f"form.fields [name={name}]")
        await page.type(text)
    await page.press("Enter", 13, "\r")
    await arrives(page, "document.querySelector('.invite .code') !== null")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.querySelector('.invite svg').getBoundingClientRect().width") > 150
    assert await page.evaluate("document.body.innerText.includes('Vũ Mẫu Yên')")
