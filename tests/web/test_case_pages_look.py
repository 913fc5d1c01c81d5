"""The pages of citizens' cases in a real browser: hostile words in 200 cases, on a cheap phone and at a desk."""

from pathlib import Path

import pytest

from app.run import web_parts
from domain.cases.kinds import Kind
from tests.web.case_office import HOSTILE, CaseOffice, open_cases
from tests.web.chromium import Page, new_page
from tests.web.fakes import serving
from tests.web.test_pages_look import enter
from tests.web.test_review import arrives
from web.app import create_app
from web.frame import CASES

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

ALL = 200
LOOKS = ((1280, 800, False), (1280, 800, True), (360, 740, False), (360, 740, True))


async def test_cases_are_read_and_passed_on_by_keyboard_on_any_screen(tmp_path: Path) -> None:
    office = await open_cases(tmp_path)
    codes = [
        await office.case(HOSTILE[at % 5], Kind.CONDUCT if at % 7 == 0 else Kind.REGULATION, picture=at == ALL - 1)
        for at in range(ALL)
    ]
    app = create_app(web_parts(office.office.inner, None))
    async with serving(app, office.office.web) as url, new_page(tmp_path / "profile") as page:
        await page.look(1280, 800)
        await enter(page, office, url, "coordinator", "/office")
        for path in (CASES, f"{CASES}?text=thu+tuc&kind=conduct", f"{CASES}/new", f"{CASES}/{codes[-1]}"):
            await page.open(url + path)
            await _fits(page, path)
        await _pass_on(office, page, url, codes[-1])
        assert page.complaints == []
    await office.office.close()


async def _fits(page: Page, path: str) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for width, height, dark in LOOKS:
        await page.look(width, height, dark=dark, phone=width < 500)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        assert await page.evaluate(script) == [], (path, width, dark)
        assert await page.evaluate("document.scripts.length") == 0


async def _pass_on(office: CaseOffice, page: Page, url: str, code: str) -> None:
    """Classify by the form that stands open, then pass on: each after a look that names whom it reaches."""
    await page.look(360, 740, phone=True)
    await page.open(f"{url}{CASES}/{code}")
    for name, value in (("class", "regulation"), ("urgency", "normal")):
        choose = f"document.querySelector('#classify [name={name}]').value = '{value}'"
        await page.evaluate(choose)
    await page.click("#classify form > button")
    await arrives(page, "document.querySelector('.look') !== null")
    await _fits(page, "look")
    await page.look(360, 740, phone=True)
    await page.click(".look button.first")
    await arrives(page, "location.search === '?done=classify'")
    await page.evaluate("document.querySelector('#forward [name=agency]').focus()")
    await page.type("Sở Tư pháp")
    await page.click("#forward form > button")
    await arrives(page, "document.body.innerText.includes('Sẽ báo: Nguyễn')")
    await _fits(page, "look")
    await page.look(360, 740, phone=True)
    await page.click(".look button.first")
    await arrives(page, "document.body.innerText.includes('Đã chuyển cơ quan xử lý.')")
