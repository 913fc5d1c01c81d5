"""The pages in a real browser: one day's work as several people, at a desk and on a phone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from domain.outgoing import Choice, Message
from tests.web.chromium import Page, new_page
from tests.web.fakes import Office, serving
from web.app import create_app

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

SHOWN = ".conversation:not([hidden])"


@asynccontextmanager
async def visit(office: Office, profile: Path, *, demo: bool) -> AsyncIterator[tuple[Page, str]]:
    app = create_app(office.parts(demo=office.demo if demo else None))
    async with serving(app, office.worker.webchat) as url, new_page(profile) as page:
        yield page, url
        assert page.complaints == []


def says(text: str) -> str:
    return f"[...document.querySelectorAll('{SHOWN} .line')].some((line) => line.textContent.includes('{text}'))"


async def enter(page: Page, text: str) -> None:
    await page.click(f"{SHOWN} textarea")
    await page.type(text)
    await page.press("Enter", 13, "\r")


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def test_a_citizen_talks_and_finds_everything_again(office: Office, tmp_path: Path) -> None:
    async with visit(office, tmp_path / "profile", demo=False) as (page, url):
        await page.look(360, 740, phone=True)
        await page.open(f"{url}/")
        await page.click("a.action")
        await page.until("document.querySelector('.link-state')?.textContent === 'Đã kết nối'")
        await page.click("[data-says='phananh']")
        await page.until(says("Đã nghe: phananh"))
        await enter(page, "Đèn đường hỏng đã một tuần")
        await page.until(says("Đã nghe: Đèn đường hỏng"))
        assert await fits(page)
        await page.until("document.querySelector('.pending') === null")
        await page.open(f"{url}/chat")
        await page.until(says("Đã nghe: Đèn đường hỏng"))
        order = await page.evaluate("[...document.querySelectorAll('.line .text')].map((one) => one.textContent)")
        assert order == [
            "phananh",
            "Đã nghe: phananh",
            "Đèn đường hỏng đã một tuần",
            "Đã nghe: Đèn đường hỏng đã một tuần",
        ]


async def test_words_are_never_taken_for_markup_and_only_web_addresses_become_links(
    office: Office, tmp_path: Path
) -> None:
    async with visit(office, tmp_path / "profile", demo=False) as (page, url):
        await page.open(f"{url}/chat")
        await enter(page, "<img src=x onerror=alert(1)> javascript:alert(1) https://songlam.example/a?b=1.")
        await page.until(says("Đã nghe"))
        assert await page.evaluate("document.querySelectorAll('.log img').length") == 0
        links = await page.evaluate("[...document.querySelectorAll('.log a')].map((one) => one.href)")
        assert links == ["https://songlam.example/a?b=1"] * 2


async def test_an_officer_answers_by_button_and_the_newest_choices_stand_out(office: Office, tmp_path: Path) -> None:
    async with visit(office, tmp_path / "profile", demo=True) as (page, url):
        await page.look(1280, 800)
        await page.open(f"{url}/")
        await page.click(f"{SHOWN} [data-says='/viec']")
        await page.until(f"document.querySelectorAll('{SHOWN} .choices button').length === 4")
        await page.click(f"{SHOWN} [data-key='t:7:done']")
        await page.until(says("Đã nghe: t:7:done"))
        assert await page.evaluate(says("Đã xong"))
        await office.worker.tell("demo-stp", Message("Xác nhận?", (Choice("Đúng", "yes"), Choice("Huỷ", "no"))))
        await page.until(f"document.querySelectorAll('{SHOWN} .choices').length === 2")
        past = "[...document.querySelectorAll('.choices')].map((one) => one.classList.contains('past'))"
        assert await page.evaluate(past) == [True, False]
        notice = Message("Nhắc: NV-0009", (Choice("Mở NV-0009", "t:9:open"),), numbered=False)
        await office.worker.tell("demo-stp", notice)
        await page.until(f"document.querySelectorAll('{SHOWN} .choices').length === 3")
        assert await page.evaluate(past) == [True, False, False]  # a typed number still answers the second
        numbers = "[...document.querySelectorAll('.choices')].map((one) => one.querySelectorAll('b').length)"
        assert await page.evaluate(numbers) == [4, 2, 0]


async def test_the_clock_moves_and_others_have_news(office: Office, tmp_path: Path) -> None:
    async with visit(office, tmp_path / "profile", demo=True) as (page, url):
        await page.look(1280, 800, dark=True)
        await page.open(f"{url}/")
        await page.click("body.ready [data-leap=next]")
        await page.until("document.querySelector('#now').textContent === 'thứ Tư 14/01/2026, 08:00'")
        await page.until("document.querySelectorAll('#diary > li').length === 1")
        badge = "[...document.querySelectorAll('.badge:not([hidden])')].map((one) => one.textContent)"
        await page.until(f"JSON.stringify({badge}) === '[\"1 tin mới\"]'")  # the open chat has none
        await page.click("a.person[href='#lanh-dao']")
        await page.until(says("29 việc"))
        await page.until(f"{badge}.length === 0")
        assert await page.evaluate("document.querySelector('[aria-current] strong').textContent") == "Lê Mẫu Quang"
        assert await page.evaluate(f"document.querySelector('{SHOWN} .day').textContent") == "thứ Tư 14/01/2026"


async def test_on_a_phone_the_list_leads_to_a_chat_and_back(office: Office, tmp_path: Path) -> None:
    async with visit(office, tmp_path / "profile", demo=True) as (page, url):
        await page.look(360, 740, phone=True)
        await page.open(f"{url}/")
        await page.until("document.body.classList.contains('ready')")
        assert await fits(page)
        assert await page.evaluate("document.querySelector('#stage').offsetParent === null")
        await page.click("a.person[href='#nguoi-dan']")
        await page.until(f"document.querySelector('{SHOWN} .who h2')?.textContent === 'Người dân'")
        await enter(page, "Xin chào")
        await page.until(says("Đã nghe: Xin chào"))
        assert await fits(page)
        await page.click("[data-leap=day]")
        await page.until(f"document.querySelector('{SHOWN} .waiting-count').textContent === ' (2 tin mới)'")
        await page.click(f"{SHOWN} .back")
        await page.until("document.querySelector('#people').offsetParent !== null")
        assert await fits(page)


async def test_lines_lost_while_the_server_was_gone_are_shown_when_it_is_back(office: Office, tmp_path: Path) -> None:
    async with visit(office, tmp_path / "profile", demo=True) as (page, url):
        await page.open(f"{url}/")
        await page.until("document.body.classList.contains('ready')")
        await page.until(f"document.querySelector('{SHOWN} .link-state').textContent === 'Đã kết nối'")
        office.worker.webchat.hang_up()
        await office.worker.tell("demo-stp", Message("khi vắng"))
        await page.until(says("khi vắng"))
        lines = f"[...document.querySelectorAll('{SHOWN} .line')].length"
        assert await page.evaluate(lines) == 1


async def test_every_control_has_a_name_and_text_can_be_read(office: Office, tmp_path: Path) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    async with visit(office, tmp_path / "profile", demo=True) as (page, url):
        for dark in (False, True):
            await page.look(1280, 800, dark=dark)
            await page.open(f"{url}/")
            await page.until("document.body.classList.contains('ready')")
            await page.click("[data-leap=day]")
            await page.until(f"document.querySelectorAll('#diary > li').length === 1 && {says('NV-0007')}")
            assert await page.evaluate(script) == []


async def test_news_are_read_from_their_beginning(office: Office, tmp_path: Path) -> None:
    long = "\n".join(f"dòng {number}" for number in range(60))
    top = (
        f"(() => {{ const log = document.querySelector('{SHOWN} .log').getBoundingClientRect();"
        f" const line = document.querySelector('{SHOWN} .unread').getBoundingClientRect();"
        " return line.top >= log.top && line.top < log.top + 100; })()"
    )
    async with visit(office, tmp_path / "profile", demo=True) as (page, url):
        await page.look(1280, 800)
        await page.open(f"{url}/")
        await page.until("document.body.classList.contains('ready')")
        await office.worker.tell("demo-head", Message(f"Việc đầu tiên\n{long}"))
        await office.worker.tell("demo-head", Message(f"Việc thứ hai\n{long}"))
        await page.until("document.querySelector('.badge:not([hidden])')?.firstChild.data === '2'")
        assert (await page.evaluate("document.title")).startswith("(2) ")
        await page.click("a.person[href='#giam-doc-stp']")
        await page.until(f"{says('Việc thứ hai')} && {top}")
        assert "Việc đầu tiên" in await page.evaluate(f"document.querySelector('{SHOWN} .unread').textContent")
        await page.until("document.querySelectorAll('.badge:not([hidden])').length === 0")
