"""One case for its sender on the web: opened by code and secret part alone, looked at in a real browser."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from app.run import web_parts
from domain.cases.lifecycle import State
from storage.schema import case_answers, case_files
from tests.flows.citizen_side import ANSWER, WHO, Told, send, sent
from tests.office import make_office
from tests.web.chromium import new_page
from tests.web.fakes import serving
from tests.web.link_office import PDF, browser
from web.app import create_app
from web.own_case import OLD_PAGE, SAME_ANSWER
from web.public_asked import LOOK_UP

pytestmark = pytest.mark.anyio


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    office = make_office(tmp_path)
    yield await sent(office)
    await office.close()


async def post(web: httpx.AsyncClient, path: str, pdf: str = "", **fields: str) -> httpx.Response:
    """Post a form as a browser does."""
    upload = (pdf, PDF, "application/pdf") if pdf else ("", b"", "application/octet-stream")
    return await web.post(path, data=fields, files={"file": upload}, headers={"accept": "text/html"})


def keys(text: str) -> dict[str, str]:
    """What the forms of an opened case carry."""
    found = re.search(r'name="key" value="([^"]+)"><input type="hidden" name="seen" value="(\d+)"', text)
    assert found is not None
    return {"key": found[1], "seen": found[2]}


async def opened(web: httpx.AsyncClient, told: Told) -> str:
    answer = await post(web, LOOK_UP, code=told.code.lower(), secret=told.opened.secret.upper())
    assert answer.status_code == 200
    return answer.text


async def test_only_code_and_secret_together_open_a_case(told: Told) -> None:
    async with browser(told.office) as web:
        form = await web.get(f"{LOOK_UP}?ma={told.code}")
        assert form.status_code == 200
        assert told.code in form.text
        answers = [
            await post(web, LOOK_UP, code=code, secret=secret)
            for code, secret in (
                (told.code, "00000000"),
                (told.code, ""),
                ("PAKN-SL-2026-009999", told.opened.secret),
                ("<script>", told.opened.secret),
            )
        ]
        assert {one.status_code for one in answers} == {422}
        assert all(SAME_ANSWER in one.text and "<script>" not in one.text for one in answers)
        shown = await post(web, LOOK_UP, code=told.code, secret=told.opened.secret)
        for one in (form, shown, answers[0]):
            assert one.headers["cache-control"] == "no-store"
            assert "noindex" in one.headers["x-robots-tag"]
            assert "set-cookie" not in one.headers
            assert "script-src 'none'" in one.headers["content-security-policy"]
        own = (WHO.name, WHO.address, WHO.phone)
        assert all(one in shown.text for one in own)
        assert all(one not in other.text for other in (form, *answers) for one in own)
        limited = [await post(web, LOOK_UP, code=told.code, secret="00000000") for _ in range(12)]
        assert limited[-1].status_code == 429


async def test_the_sender_adds_rates_reports_again_and_withdraws_by_the_same_acts(told: Told) -> None:
    async with browser(told.office) as web:
        await told.ask_supplement("ngày ghi trên giấy hẹn")
        page = await opened(web, told)
        assert "ngày ghi trên giấy hẹn" in page
        added = await post(web, f"{LOOK_UP}/gui", pdf="giay-hen.pdf", text="Ngày 05/01/2026", **keys(page))
        assert "Đã nhận nội dung" in added.text
        assert await told.state() == State.WAITING_RECEPTION
        kept = await told.office.read(lambda unit: unit.conn.execute(select(case_files.c.origin)).scalars().all())
        assert kept == ["supplement"]
        stale = await post(web, f"{LOOK_UP}/gui", text="Lần nữa với bản cũ", **keys(page))
        assert "vừa có thay đổi" in stale.text
        assert (stale.status_code, await told.state()) == (422, State.WAITING_RECEPTION)
        await told.forward()
        await told.answer()
        page = await opened(web, told)
        assert ANSWER in page
        rated = await post(web, f"{LOOK_UP}/danh-gia", rating="bad", reason="Chưa đúng", **keys(page))
        assert "Đã ghi đánh giá: không hài lòng" in rated.text
        rating = await told.office.read(lambda unit: unit.conn.execute(select(case_answers.c.rating_reason)).scalar())
        assert rating == "Chưa đúng"
        again = await post(web, f"{LOOK_UP}/lai", text="Tên cha trên giấy khai sinh vẫn sai.", **keys(rated.text))
        assert "Đã nhận phản ánh lại" in again.text
        assert await told.state() == State.REOPENED
        unsure = await post(web, f"{LOOK_UP}/rut", **keys(again.text))
        assert "đánh dấu vào ô xác nhận" in unsure.text
        gone = await post(web, f"{LOOK_UP}/rut", sure="1", **keys(again.text))
        assert "Đã rút phản ánh" in gone.text
        assert await told.state() == State.WITHDRAWN


async def test_what_people_write_is_never_markup(told: Told) -> None:
    words = "<script>alert(1)</script> <b>giấy hẹn</b> không ghi ngày trả kết quả"
    told.opened = await send(told.office, told.citizen, words)
    await told.ask_supplement("<img src=x onerror=alert(2)> ngày nào?")
    async with browser(told.office) as web:
        shown = await opened(web, told)
        assert "&lt;script&gt;alert(1)" in shown
        assert "&lt;img src=x" in shown
        assert "<script" not in shown
        assert "<img src=x" not in shown


async def test_a_key_is_one_s_own_and_ends(told: Told) -> None:
    async with browser(told.office) as web:
        key = keys(await opened(web, told))
        case, until, mark = key["key"].split(".")
        for other in (
            f"{int(case) + 1}.{until}.{mark}",
            f"{case}.{int(until) + 9}.{mark}",
            "",
            "1.2.3",
            f"{case}.{until}.",
        ):
            refused = await post(web, f"{LOOK_UP}/rut", sure="1", **{**key, "key": other})
            assert OLD_PAGE in refused.text
        refused = await post(web, f"{LOOK_UP}/khong-co", **key)
        assert OLD_PAGE in refused.text
        await told.office.advance(told.office.clock().replace(hour=9))
        assert OLD_PAGE in (await post(web, f"{LOOK_UP}/rut", sure="1", **key)).text
        assert await told.state() == State.WAITING_RECEPTION


@pytest.mark.browser
async def test_the_pages_fit_and_work_in_a_browser(told: Told, tmp_path: Path) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    await told.forward()
    await told.answer()
    app = create_app(web_parts(told.office.inner, None))
    async with serving(app, told.office.web) as url, new_page(tmp_path / "profile") as page:
        for width, height, dark in ((360, 740, False), (360, 740, True), (1280, 800, False)):
            await page.look(width, height, dark=dark, phone=width < 500)
            await page.open(f"{url}{LOOK_UP}?ma={told.code}")
            assert await page.evaluate(script) == []
            await page.evaluate(f"document.querySelector('[name=secret]').value = {told.opened.secret!r}")
            await page.evaluate("document.querySelector('form.card').submit()")
            await page.until(f"document.querySelector('h1')?.innerText.startsWith('{told.code}')")
            await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert await page.evaluate(script) == []
        await page.evaluate("document.querySelector('.rates button').click()")
        await page.until("document.querySelector('[role=status]')?.innerText.includes('hài lòng')")
        assert page.complaints == []
