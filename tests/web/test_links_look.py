"""The pages behind short links in a real browser: on a cheap phone and at a desk, by keyboard, without any script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from actions import links, offices
from app.run import web_parts
from domain.outgoing import Attachment
from tests.office import Office, make_office
from tests.web.chromium import Page, new_page
from tests.web.fakes import serving
from tests.web.link_office import assignment, endpoint, facts, justice
from tests.web.test_review import arrives
from web.app import create_app

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

SIZES = ((360, 740, False), (360, 740, True), (1280, 800, False))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = make_office(tmp_path)
    yield opened
    await opened.close()


@asynccontextmanager
async def visit(office: Office, profile: Path) -> AsyncIterator[tuple[Page, dict[str, str]]]:
    """Open a browser beside an office with one link of each kind."""
    async with serving(create_app(web_parts(office.inner, None)), office.web) as url, new_page(profile) as page:
        await office.run(lambda unit: offices.remember_address(unit, url, office.clock()))
        chat = await justice(office)
        at, one, other = await endpoint(office, chat), await assignment(office, 1), await assignment(office, 3)
        kept = office.web.files.keep_made(b"x" * 1_500_000)
        told, now = Attachment(kept.digest, "Báo cáo quý I.docx", "application/x", kept.size), office.clock()
        made = {
            "upload": await office.run(lambda unit: links.upload(unit, at, now, one)),
            "answer": await office.run(lambda unit: links.answer(unit, at, [one, other], now)),
            "detail": await office.run(lambda unit: links.detail(unit, at, one, now)),
            "file": await office.run(lambda unit: links.file(unit, at, told, now)),
        }
        yield page, {name: address for name, address in made.items() if address is not None}
        assert page.complaints == []


async def test_every_page_fits_and_every_control_has_a_name(office: Office, tmp_path: Path) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    async with visit(office, tmp_path / "profile") as (page, made):
        for width, height, dark in SIZES:
            await page.look(width, height, dark=dark, phone=width < 500)
            for name, address in {**made, "task": f"{made['answer']}/NV-0001"}.items():
                await page.open(address)
                await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
                assert await page.evaluate(script) == [], (name, width, dark)
                assert await page.evaluate("document.scripts.length") == 0


async def test_a_task_is_answered_by_keyboard_alone(office: Office, tmp_path: Path) -> None:
    async with visit(office, tmp_path / "profile") as (page, made):
        await page.look(360, 740, phone=True)
        await page.open(f"{made['answer']}/NV-0001")
        await page.evaluate("document.querySelectorAll('summary')[2].focus()")
        await page.press("Enter", 13, "\r")
        await page.press("Tab", 9)
        await page.type("Đã lấy ý kiến, 60%")
        await page.press("Tab", 9)
        await page.press("Enter", 13, "\r")
        await arrives(page, "document.body.innerText.includes('Đã ghi tiến độ NV-0001: 60%')")
    assert await facts(office, "select percent from comments") == [(60,)]
