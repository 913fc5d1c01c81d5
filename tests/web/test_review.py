"""The coordinator's page of a plan: the way in, who may act, what the forms do, and how it looks in a browser."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from actions import offices, pages
from app.run import web_parts
from domain.people import Membership, Role
from storage import people as people_rows
from storage.database import Unit
from storage.schema import assignments, audit, doubts, memberships
from storage.views import sheet
from tests.flows.plan_files import PLAN, read, send
from tests.office import Chat, Office, make_office
from tests.web.chromium import Page, new_page
from tests.web.conftest import browser_at
from tests.web.fakes import serving
from web.app import create_app

pytestmark = pytest.mark.anyio

BASE = "http://127.0.0.1:8080"
HERE = {"origin": BASE, "sec-fetch-site": "same-origin"}
PLAN_PAGE = "/office/plans/1"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = make_office(tmp_path)
    yield opened
    await opened.close()


@asynccontextmanager
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(office.inner, None))) as client:
        yield client


async def draft(office: Office, address: str = BASE) -> Chat:
    """A coordinator whose plan was read from a file."""
    await office.run(lambda unit: offices.remember_address(unit, address, office.clock()))
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    await send(lan, "ke-hoach.md", PLAN.encode())
    await read(lan)
    return lan


async def link(chat: Chat) -> str:
    """Ask the chat for the page and return the path of its link."""
    await chat.say("kehoach")
    await chat.press("plan:1")
    heard = await chat.press("Mở trên trang web")
    return "/office/enter/" + heard[0].text.partition("/office/enter/")[2].split()[0]


async def enter(client: httpx.AsyncClient, path: str) -> httpx.Response:
    return await client.post(path, headers=HERE, content=b"")


async def token_of(client: httpx.AsyncClient, path: str = PLAN_PAGE) -> str:
    shown = await client.get(path)
    assert shown.status_code == 200
    return str(re.findall(r'name="token" value="([0-9a-f]{64})"', shown.text)[0])


async def post(client: httpx.AsyncClient, act: str, **fields: object) -> httpx.Response:
    given = {"token": await token_of(client), "at": "plan", **fields}
    return await client.post(f"{PLAN_PAGE}/{act}", data=given, headers=HERE)


def settled(unit: Unit) -> int:
    query = select(func.count()).where(doubts.c.settled_at.is_not(None))
    return unit.conn.execute(query).scalar_one()


def issued(unit: Unit) -> int:
    return unit.conn.execute(select(func.count()).select_from(assignments)).scalar_one()


async def test_the_link_opens_once_and_is_not_used_up_by_looking_at_it(office: Office) -> None:
    lan = await draft(office)
    path = await link(lan)
    async with browser(office) as client:
        for _ in range(2):
            looked = await client.get(path)
            assert "Mở trang làm việc" in looked.text
            assert "set-cookie" not in looked.headers
        opened = await enter(client, path)
        assert (opened.status_code, opened.headers["location"]) == (303, PLAN_PAGE)
        cookie = opened.headers["set-cookie"].lower()
        assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/office", "max-age=28800"))
        assert (await client.get(PLAN_PAGE)).status_code == 200


async def test_used_expired_forged_and_unseated_links_get_the_same_words(office: Office) -> None:
    lan = await draft(office)
    used, late, unseated = await link(lan), await link(lan), await link(lan)
    answers = []
    async with browser(office) as client:
        assert (await enter(client, used)).status_code == 303
        answers.append(await enter(client, used))
        answers.append(await enter(client, "/office/enter/" + "x" * 32))
        office.clock.move_to(office.clock() + timedelta(minutes=15))
        answers.append(await enter(client, late))
        fresh = await link(lan)
        await office.run(lambda unit: _end_seats(unit, office))
        answers += [await enter(client, fresh), await enter(client, unseated)]
    assert {one.status_code for one in answers} == {403}
    assert {one.json()["error"] for one in answers} == {pages.SAME_ANSWER}
    assert not any("set-cookie" in one.headers for one in answers)


def _end_seats(unit: Unit, office: Office) -> None:
    for seat in unit.conn.execute(select(memberships.c.id)).scalars().all():
        people_rows.set_membership(unit, seat, Membership.ENDED, office.clock())


async def test_the_session_ends_after_eight_hours_with_the_seat_and_by_leaving(office: Office) -> None:
    lan = await draft(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        token = await token_of(client)
        office.clock.move_to(office.clock() + timedelta(hours=7, minutes=59))
        assert (await client.get(PLAN_PAGE)).status_code == 200
        office.clock.move_to(office.clock() + timedelta(minutes=1))
        assert (await client.get(PLAN_PAGE)).status_code == 403
    async with browser(office) as client:
        await enter(client, await link(lan))
        token = await token_of(client)
        session = client.cookies["nhacviec_office"]
        left = await client.post("/office/leave", data={"token": token}, headers=HERE)
        assert (left.status_code, left.headers["location"]) == (303, "/")
        client.cookies.set("nhacviec_office", session, path="/office")
        assert (await client.get(PLAN_PAGE)).status_code == 403
    async with browser(office) as client:
        await enter(client, await link(lan))
        token = await token_of(client)
        await office.run(lambda unit: _end_seats(unit, office))
        assert (await client.get(PLAN_PAGE)).status_code == 403
        fields = {"token": token, "doubt": "1", "text": "STC"}
        assert (await client.post(f"{PLAN_PAGE}/answer", data=fields, headers=HERE)).status_code == 403
    assert await office.read(settled) == 0


async def test_a_stranger_sees_nothing(office: Office) -> None:
    await draft(office)
    async with browser(office) as client:
        for path in (PLAN_PAGE, "/office/plans/2"):
            shown = await client.get(path)
            assert shown.status_code == 403
            assert "Sở Tài" not in shown.text
        client.cookies.set("nhacviec_office", "forged", path="/office")
        assert (await client.get(PLAN_PAGE)).status_code == 403


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({}, HERE, 403),
        ({"token": "0" * 64}, HERE, 403),
        ({"token": None}, HERE | {"origin": "https://evil.example"}, 403),
        ({"token": None}, HERE | {"sec-fetch-site": "cross-site"}, 403),
    ],
)
async def test_a_forged_form_changes_nothing(
    office: Office, fields: dict[str, str | None], headers: dict[str, str], status: int
) -> None:
    lan = await draft(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        token = await token_of(client)
        given = {key: value or token for key, value in fields.items()}
        for act in ("answer", "reopen", "lead", "deadline", "facts", "heads", "issue"):
            data = {
                "on": "1",
                "doubt": "1",
                "task": "1",
                "text": "STC",
                "number": "9/KH",
                "date": "2026-01-09",
                "sure": "1",
                **given,
            }
            refused = await client.post(f"{PLAN_PAGE}/{act}", data=data, headers=headers)
            assert refused.status_code == status, act
    assert await office.read(settled) == 0
    assert await office.read(issued) == 0


async def test_the_token_of_one_session_is_worth_nothing_in_another(office: Office) -> None:
    lan = await draft(office)
    async with browser(office) as first, browser(office) as second:
        await enter(first, await link(lan))
        await enter(second, await link(lan))
        token = await token_of(first)
        refused = await second.post(
            f"{PLAN_PAGE}/answer", data={"token": token, "doubt": "1", "text": "STC"}, headers=HERE
        )
        assert refused.status_code == 403
    assert await office.read(settled) == 0


async def test_doubts_are_settled_and_taken_back_in_place(office: Office) -> None:
    lan = await draft(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        done = await post(client, "answer", doubt=1, text="stc", at="hoi-1")
        assert (done.status_code, done.headers["location"]) == (303, f"{PLAN_PAGE}#hoi-1")
        row = (await office.read(lambda unit: sheet.of_plan(unit, 1))).tasks[1]
        assert [one.code for one in row.named] == ["STC"]
        assert "Trả lời lại" in (await client.get(PLAN_PAGE)).text
        assert (await post(client, "reopen", doubt=1, at="hoi-1")).status_code == 303
        row = (await office.read(lambda unit: sheet.of_plan(unit, 1))).tasks[1]
        assert (row.named, row.asks) == ((), True)
    acts = await office.read(lambda unit: {row.act: row.person_id for row in unit.conn.execute(select(audit))})
    assert acts["settle_doubt"] == acts["open_doubt"] == acts["page_enter"] is not None


async def test_what_is_not_understood_is_said_where_it_was_typed(office: Office) -> None:
    lan = await draft(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        wrong = await post(client, "answer", doubt=1, text="Cục <b>Lạ</b>", at="hoi-1")
        assert wrong.status_code == 422
        assert "Danh mục chưa có" in wrong.text
        assert "<b>Lạ</b>" not in wrong.text
        assert 'value="Cục &lt;b&gt;Lạ&lt;/b&gt;"' in wrong.text
        tasks = (await office.read(lambda unit: sheet.of_plan(unit, 1))).tasks
        wrong = await post(client, "deadline", task=tasks[0].id, text="lúc nào đó", at=f"viec-{tasks[0].id}-deadline")
        assert wrong.status_code == 422
        assert "Chưa hiểu thời hạn" in wrong.text
    assert await office.read(settled) == 0


async def test_edits_of_lead_deadline_number_and_date(office: Office) -> None:
    lan = await draft(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        first = (await office.read(lambda unit: sheet.of_plan(unit, 1))).tasks[0]
        await post(client, "lead", task=first.id, text="Sở Nội vụ; UBND các xã, phường")
        await post(client, "deadline", task=first.id, text="Quý III")
        await post(client, "facts", number="16/KH-UBND", date="2026-01-10")
        shown = await office.read(lambda unit: sheet.of_plan(unit, 1))
        row = shown.tasks[0]
        assert {one.code for one in row.named} == {"SNV", "XA01", "XA02"}
        assert row.understood.startswith("trong quý III/2026")
        assert (row.deadline_raw, row.lead_raw) == ("Trước ngày 20/03/2026", ("Sở Tư pháp",)), "the source stays"
        assert (shown.plan.number, shown.plan.date.isoformat()) == ("16/KH-UBND", "2026-01-10")
        assert (await post(client, "facts", number="", date="2026-01-10")).status_code == 422
        for on, said in (("1", "có"), ("0", "không"), ("1", "có"), ("1", "có")):
            assert (await post(client, "heads", on=on, at="lanh-dao")).status_code == 303
            assert f"Lãnh đạo cơ quan xác nhận trước: {said}" in (await client.get(PLAN_PAGE)).text
        changes = select(func.count()).where(audit.c.act == "head_confirms")
        assert await office.read(lambda unit: unit.conn.execute(changes).scalar_one()) == 3, "said twice is done once"
        for act in ("lead", "deadline"):
            assert (await post(client, act, task=999, text="STP")).status_code == 404
        assert (await post(client, "nothing")).status_code == 404


async def test_issuing_asks_for_the_mark_waits_for_the_doubts_and_happens_once(office: Office) -> None:
    lan = await draft(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        early = await post(client, "issue", sure=1, at="ban-hanh")
        assert (early.status_code, await office.read(issued)) == (422, 0)
        for one in await office.read(lambda unit: _open(unit)):
            assert (await post(client, "answer", doubt=one, text="giữ nguyên")).status_code == 303
        assert (await post(client, "issue", at="ban-hanh")).status_code == 422
        assert await office.read(issued) == 0
        assert (await post(client, "issue", sure=1, at="ban-hanh")).status_code == 303
        assert await office.read(issued) == 5
        after = await client.get(PLAN_PAGE)
        assert "Đã ban hành" in after.text
        assert "/answer" not in after.text
        assert "/issue" not in after.text
        assert (await post(client, "heads", on="1", at="lanh-dao")).status_code == 303, "also once it is issued"
        token = re.findall(r'name="token" value="([0-9a-f]{64})"', after.text)[0]
        for act in ("issue", "lead", "deadline", "answer", "reopen", "facts"):
            data = {"token": token, "sure": "1", "task": "1", "doubt": "1", "text": "STP", "at": "plan"}
            again = await client.post(f"{PLAN_PAGE}/{act}", data=data, headers=HERE)
            assert again.status_code in (422, 404), act
        assert await office.read(issued) == 5
    row = await office.read(lambda unit: unit.conn.execute(select(audit).where(audit.c.act == "issue")).one())
    assert (row.actor, row.person_id is not None) == ("person", True)


def _open(unit: Unit) -> list[int]:
    return list(unit.conn.execute(select(doubts.c.id).where(doubts.c.settled_at.is_(None))).scalars())


async def test_the_policy_allows_forms_and_nothing_else(office: Office) -> None:
    lan = await draft(office)
    async with browser(office) as client:
        await enter(client, await link(lan))
        shown = await client.get(PLAN_PAGE)
        policy = shown.headers["content-security-policy"]
        assert "form-action 'self'" in policy
        assert "script-src 'none'" in policy
        assert "unsafe" not in policy
        assert shown.headers["cache-control"] == "no-store"
        assert "<script" not in shown.text
        assert " style=" not in shown.text
        assert "form-action 'none'" in (await client.get("/chat")).headers["content-security-policy"]


async def test_many_tasks_come_on_pages_and_what_is_asked_alone(office: Office) -> None:
    await office.run(lambda unit: offices.remember_address(unit, BASE, office.clock()))
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    rows = "".join(f"| {at} | Việc thứ {at} | Sở Tư pháp | Quý II | |\n" for at in range(6, 140))
    await send(lan, "ke-hoach.md", (PLAN + rows).encode())
    await read(lan)
    async with browser(office) as client:
        await enter(client, await link(lan))
        found = [(await client.get(f"{PLAN_PAGE}?page={at}")).text.count("<tbody") for at in (1, 2, 3, 99)]
        assert found == [sheet.PAGE, sheet.PAGE, 19, 19]
        assert (await client.get(f"{PLAN_PAGE}?only=1")).text.count("<tbody") == 3
        assert (await client.get(f"{PLAN_PAGE}?page=-1x&only=")).status_code == 200


async def arrives(page: Page, condition: str) -> None:
    """Wait for a condition across a change of page."""
    for _ in range(100):
        try:
            await page.until(f"document.readyState === 'complete' && ({condition})")
            return
        except RuntimeError:  # the page that was asked has gone
            continue
    raise AssertionError(condition)


@asynccontextmanager
async def visit(office: Office, profile: Path) -> AsyncIterator[tuple[Page, Callable[[], Awaitable[None]]]]:
    app = create_app(web_parts(office.inner, None))
    async with serving(app, office.web) as url, new_page(profile) as page:
        lan = await draft(office, url)

        async def open_link() -> None:
            await page.open(url + await link(lan))
            await page.click("button.action")
            await arrives(page, "location.pathname === '/office/plans/1'")

        yield page, open_link
        assert [one for one in page.complaints if "422" not in one] == []


@pytest.mark.browser
async def test_a_coordinator_settles_and_issues_in_a_browser(office: Office, tmp_path: Path) -> None:
    async with visit(office, tmp_path / "profile") as (page, open_link):
        await page.look(1280, 800)
        await open_link()
        assert await page.evaluate("document.querySelectorAll('.doubt.open').length") == 3
        groups = "document.querySelector('.group summary')"
        assert "2 nơi" in await page.evaluate(f"{groups}.textContent")
        await page.click(".group summary")
        assert "UBND xã Lam Sơn; UBND xã Lam Thủy" in await page.evaluate(
            "document.querySelector('.group[open] p').textContent"
        )
        await page.click(".doubt.open .answers .first")
        await arrives(page, "document.querySelectorAll('.doubt.open').length === 2")
        assert await page.evaluate("document.querySelector('.settled b').textContent") == "STC"
        await page.click(".doubt.open input[name=text]")
        await page.type("lúc nào đó")
        await page.press("Enter", 13, "\r")
        await arrives(page, "document.querySelector('.wrong')?.textContent.includes('Chưa hiểu thời hạn')")
        box = "document.querySelector('.wrong').getBoundingClientRect()"
        assert await page.evaluate(f"{box}.top >= 0 && {box}.bottom <= innerHeight"), "the answer is in sight"
        await page.evaluate("document.querySelector('.doubt.open input[name=text]').value = ''")
        await page.click(".doubt.open input[name=text]")
        await page.type("trước ngày 15/5/2026")
        await page.press("Enter", 13, "\r")
        await arrives(page, "document.querySelectorAll('.doubt.open').length === 1")
        await page.click(".doubt.open .answers button")
        await arrives(page, "document.querySelector('form.issue') !== null")
        await page.click("form.issue button")
        assert await office.read(issued) == 0, "the browser asks for the mark first"
        await page.click(".sure input")
        await page.click("form.issue button")
        await arrives(page, "document.querySelector('.panel h2').textContent === 'Đã ban hành'")
        assert await office.read(issued) == 6


@pytest.mark.browser
async def test_it_fits_and_can_be_read_on_every_screen(office: Office, tmp_path: Path) -> None:
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    async with visit(office, tmp_path / "profile") as (page, open_link):
        await open_link()
        for width, height, dark in ((1280, 800, False), (1280, 800, True), (800, 900, False), (360, 740, False)):
            await page.look(width, height, dark=dark, phone=width < 500)
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            assert await page.evaluate(script) == [], (width, dark)
            await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
