"""Short links where a channel carries no files: one that takes a report's file in, one that hands a file out."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from actions import offices, outbox, people
from app.run import web_parts
from channels.zalo_bot import CAN
from domain.outgoing import Attachment, Message
from domain.people import Role
from tests.flows.zalo_bot_side import ZaloBot, zalo_bot_office
from tests.office import Row
from tests.web.conftest import browser_at
from web.app import create_app

pytestmark = pytest.mark.anyio

BASE = "http://127.0.0.1:8080"
PDF = b"%PDF-1.7\n1 0 obj\n"
PLAN = (
    Row("Ban hành kế hoạch kiểm soát thủ tục", "Sở Tư pháp", "Trước ngày 20/3/2026", "Kế hoạch"),
    Row("Rà soát quy trình nội bộ", "Sở Tư pháp", "Trước ngày 20/4/2026", "Báo cáo"),
)
OFFICER, COORDINATOR = "officer01", "office001"
_ADDRESS = re.compile(rf"{re.escape(BASE)}(/l/[\w-]+)")


@pytest.fixture
async def zalo(tmp_path: Path) -> AsyncIterator[ZaloBot]:
    async with zalo_bot_office(tmp_path) as side:
        await side.office.run(lambda unit: offices.remember_address(unit, BASE, side.office.clock()))
        await side.officer(COORDINATOR, "VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
        await side.officer(OFFICER, "STP", Role.OFFICER, "Nguyễn Mẫu An")
        await side.office.issue(PLAN)
        await side.office.settle()
        yield side


@pytest.fixture
async def client(zalo: ZaloBot) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(zalo.office.inner, None))) as opened:
        yield opened


def links(text: str) -> list[str]:
    return _ADDRESS.findall(text)


async def send(client: httpx.AsyncClient, path: str, text: str = "") -> httpx.Response:
    page = await client.get(path)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return await client.post(path, data={**fields, "text": text}, files={"file": ("Kế hoạch.pdf", PDF)})


async def test_a_report_with_a_file_by_a_channel_that_carries_none(zalo: ZaloBot, client: httpx.AsyncClient) -> None:
    officer = zalo.person(OFFICER)
    await officer.says("NV-0001")
    asked = await officer.chooses("Báo xong")
    (path,) = links(asked)
    assert re.search(r"Gửi tệp tại đây \(đến 08:\d\d 13/01\): http", asked)
    assert asked.index("/l/") < asked.index("1 Bỏ qua"), "the choices stand last"
    assert "Tệp cho việc NV-0001" in (await client.get(path)).text
    assert (await send(client, path, "45/KH-STP ngày 12/01/2026")).status_code == 200
    officer.fresh()
    await zalo.handle()
    confirm = "\n".join(officer.fresh())
    assert confirm.startswith("Xác nhận báo xong NV-0001")
    assert "45/KH-STP" in confirm
    await officer.chooses("Gửi báo cáo")
    assert (await zalo.states())["NV-0001"] == "reported"
    ((reference, channel),) = await zalo.facts("select reference, channel from files")
    assert await zalo.office.inner.intake.fetchers[channel](reference, 100) == PDF


async def test_the_link_stands_with_its_question_and_again_after_what_cannot_come_in(zalo: ZaloBot) -> None:
    officer = zalo.person(OFFICER)
    await officer.says("NV-0001")
    (first,) = links(await officer.chooses("Báo xong"))
    assert links(await officer.says("xong rồi đó")) == [], "it was given above"
    (second,) = links(await officer.sends_file())
    assert second != first
    assert links(await officer.says("huy")) == []
    assert links(await officer.says("viec")) == []


async def test_the_question_about_another_task_has_a_link_of_its_own(zalo: ZaloBot, client: httpx.AsyncClient) -> None:
    officer = zalo.person(OFFICER)
    await officer.says("NV-0001")
    (first,) = links(await officer.chooses("Báo xong"))
    await officer.says("/viec")
    await officer.says("NV-0002")
    (second,) = links(await officer.chooses("Báo xong"))
    assert (await client.get(first)).status_code == 404, "its file would be taken for the other task's"
    assert "Tệp cho việc NV-0002" in (await client.get(second)).text


async def test_a_file_after_the_question_was_left_asks_what_it_is(zalo: ZaloBot, client: httpx.AsyncClient) -> None:
    officer = zalo.person(OFFICER)
    await officer.says("NV-0001")
    (path,) = links(await officer.chooses("Báo xong"))
    await officer.says("huy")
    await send(client, path)
    officer.fresh()
    await zalo.handle()
    assert "Kế hoạch.pdf" in "\n".join(officer.fresh())
    assert (await zalo.states())["NV-0001"] == "assigned"


async def test_a_plan_comes_in_by_a_link_too(zalo: ZaloBot, client: httpx.AsyncClient) -> None:
    office = zalo.person(COORDINATOR)
    (path,) = links(await office.says("kehoach"))
    assert (await send(client, path)).status_code == 200
    office.fresh()
    await zalo.handle()
    assert "\n".join(office.fresh()).startswith("Đã nhận tệp “Kế hoạch.pdf”, đang đọc.")
    ((reference, channel),) = await zalo.facts("select reference, channel from intakes")
    assert await zalo.office.inner.intake.fetchers[channel](reference, 100) == PDF


async def test_without_an_address_the_question_stands_without_a_link(zalo: ZaloBot) -> None:
    await zalo.office.run(lambda unit: offices.remember_address(unit, "", zalo.office.clock()))
    officer = zalo.person(OFFICER)
    await officer.says("NV-0001")
    assert "tại đây" not in await officer.chooses("Báo xong")


async def test_a_file_that_the_channel_does_not_carry_goes_as_a_link(zalo: ZaloBot, client: httpx.AsyncClient) -> None:
    kept = zalo.office.web.files.keep_made(b"noi dung")
    told = Message("Báo cáo quý I", files=(Attachment(kept.digest, "Báo cáo.docx", "application/x", kept.size),))
    now = zalo.office.clock()
    await zalo.office.run(
        lambda unit: outbox.reply(
            unit, "test:1", people.endpoint(unit, "zalo_bot", OFFICER, now).id, None, [told], CAN, now
        )
    )
    await zalo.handle()
    text = zalo.person(OFFICER).messages[-1].text
    assert text.startswith("Báo cáo quý I\n\nTệp Báo cáo.docx: http")
    (path,) = links(text)
    assert (await client.get(f"{path}/tep")).content == b"noi dung"


async def test_where_nobody_knows_our_address_the_file_is_named(zalo: ZaloBot) -> None:
    await zalo.office.run(lambda unit: offices.remember_address(unit, "", zalo.office.clock()))
    told = Message("Báo cáo quý I", files=(Attachment("a" * 64, "Báo cáo.docx", "application/x", 9),))
    now = zalo.office.clock()
    await zalo.office.run(
        lambda unit: outbox.reply(
            unit, "test:1", people.endpoint(unit, "zalo_bot", OFFICER, now).id, None, [told], CAN, now
        )
    )
    await zalo.handle()
    assert zalo.person(OFFICER).messages[-1].text == "Báo cáo quý I\n\nTệp không gửi được qua kênh này: Báo cáo.docx"
