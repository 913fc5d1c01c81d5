"""A form on a channel that carries no files: numbered choices, the workbook and the way back as links."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from actions import collections as forms
from actions import offices
from app.run import web_parts
from domain.people import Role
from storage.database import Unit
from storage.views import collections
from tests.flows.collecting import DOSSIERS, filled, put_row, sheet_of
from tests.flows.zalo_bot_side import ZaloBot, zalo_bot_office
from tests.web.conftest import browser_at
from web.app import create_app

pytestmark = pytest.mark.anyio

BASE = "http://127.0.0.1:8080"
OFFICER = "officer01"
_ADDRESS = re.compile(rf"{re.escape(BASE)}(/l/[\w-]+)")


@pytest.fixture
async def zalo(tmp_path: Path) -> AsyncIterator[ZaloBot]:
    async with zalo_bot_office(tmp_path) as side:
        await side.office.run(lambda unit: offices.remember_address(unit, BASE, side.office.clock()))
        await side.officer(OFFICER, "STP", Role.OFFICER, "Nguyễn Mẫu An")
        await side.office.run(lambda unit: _open(unit, side))
        yield side


def _open(unit: Unit, side: ZaloBot) -> None:
    now = side.office.clock()
    ids = forms.units_named(unit, "Sở Tư pháp", now.date())
    outline = forms.outline(unit)
    form = forms.Form(forms.PERIODIC, "2026-01", outline.title, outline, ids, date(2026, 1, 16))
    forms.open_form(unit, None, form, now)


async def test_the_workbook_goes_out_and_comes_back_by_links(zalo: ZaloBot) -> None:
    officer = zalo.person(OFFICER)
    async with browser_at(create_app(web_parts(zalo.office.inner, None))) as client:
        shown = await officer.says("bieumau")
        assert re.search(r"^1 Sở Tư pháp: kỳ 2026-01$", shown, re.MULTILINE)
        await officer.says("1")
        asked = await officer.chooses("Nhận tệp Excel")
        found = _ADDRESS.findall(asked)
        assert len(found) == 2, asked
        form = await _fetched(client, found)
        content = filled(form, lambda book: put_row(sheet_of(book, "Tình hình, kết quả giải"), DOSSIERS))
        officer.fresh()
        assert (await _sent(client, found, content)).status_code == 200
        await zalo.handle()
        assert await zalo.office.inner.intake.step()
        await zalo.office.inner.deliverer.drain()
        read = "\n".join(officer.fresh())
        assert "Đã đọc tệp “da-dien.xlsx”" in read
        assert "bảng 1 dòng" in read
        assert "Đã gửi" in await officer.chooses("Gửi Văn phòng")
    progress = await zalo.office.read(lambda unit: collections.progress(unit, 1))
    assert progress.missing == ()


async def _fetched(client: httpx.AsyncClient, paths: list[str]) -> bytes:
    """Return the file behind the link that hands one out: its page has a button."""
    (path,) = [one for one in paths if 'type="file"' not in (await client.get(one)).text]
    fetched = await client.get(f"{path}/tep")
    return fetched.content


async def _sent(client: httpx.AsyncClient, paths: list[str], content: bytes) -> httpx.Response:
    """Send the file in by the link that takes one."""
    for path in paths:
        page = await client.get(path)
        if 'type="file"' in page.text:
            fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
            return await client.post(path, data={**fields, "text": ""}, files={"file": ("da-dien.xlsx", content)})
    raise AssertionError("no link takes a file")
