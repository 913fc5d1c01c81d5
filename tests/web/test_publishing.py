"""The page on which a case is made public: original and public version side by side, two people, pictures cleaned."""

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from actions import pages
from app.run import web_parts
from domain.local import today
from domain.people import Role
from storage.cases import fetching
from storage.database import Unit
from storage.views import office as office_views
from tests.office import Chat, Office, make_office
from tests.publishing_side import answered, open_page, staff
from tests.web.conftest import browser_at
from tests.web.test_review import HERE
from web.app import create_app

pytestmark = pytest.mark.anyio


@dataclass(slots=True)
class Desk:
    office: Office
    clerk: Chat
    second: Chat
    case_id: int
    code: str

    @property
    def path(self) -> str:
        return f"/office/publish/{self.case_id}"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    office = make_office(tmp_path)
    clerk, second = await staff(office)
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(stream, "JPEG", exif=_exif())
    kept = office.web.files.put(stream.getvalue(), "anh.jpg", "image/jpeg")

    def file_of(unit: Unit) -> int:
        found = fetching.add(unit, "webchat", kept.digest, "anh.jpg", "image/jpeg", kept.size, office.clock())
        unit.conn.execute(
            text("update files set digest = :digest where id = :id"), {"digest": kept.digest, "id": found}
        )
        return found

    case_id, code = await answered(office, clerk, file_ids=[await office.run(file_of)])
    yield Desk(office, clerk, second, case_id, code)
    await office.close()


def _exif() -> Image.Exif:
    held = Image.Exif()
    held[271] = "MAYMAU"
    return held


@asynccontextmanager
async def browser(desk: Desk, who: Chat) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which somebody has opened a session by a link from the chat."""
    now = desk.office.clock()

    def link(unit: Unit) -> str:
        person = unit.conn.execute(text("select id from people where name = :name"), {"name": who.name}).scalar_one()
        return pages.page_link(unit, office_views.viewer(unit, person, today(now)), desk.path, now)

    async with browser_at(create_app(web_parts(desk.office.inner, None))) as client:
        entered = await client.post("/office/enter/" + await desk.office.run(link), headers=HERE, content=b"")
        assert entered.status_code == 303
        yield client


def fields_of(page: str) -> dict[str, Any]:
    """Return what the form of the public version holds as a browser would send it."""
    form = page[page.index('id="ban-cong-khai"') :]
    values = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    values |= {name: unescape(said) for name, said in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)<', form)}
    title = re.search(r'name="title" value="([^"]*)"', form)
    assert title is not None
    return values | {"title": unescape(title[1])}


async def test_two_people_and_a_cleaned_picture(desk: Desk) -> None:
    async with browser(desk, desk.clerk) as clerk:
        listed = await clerk.get("/office/publish")
        assert desk.code in listed.text
        page = (await clerk.get(desk.path)).text
        assert page.count('<mark class="found') == 5
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        values = fields_of(page)
        assert "Tôi là [họ tên], số điện thoại [số điện thoại], ở [địa chỉ], xã Lam Sơn." in values["content"]
        masked = await clerk.post(desk.path, data={**values, "act": "again", "more": "xã Lam Sơn"}, headers=HERE)
        assert "ở [địa chỉ], [đã che]." in fields_of(masked.text)["content"]
        lost = await clerk.post(desk.path, data={**values, "act": "again", "more": "không có ở đây"}, headers=HERE)
        assert "Không thấy “không có ở đây”" in lost.text
        named = {**values, "act": "prepare", "answer": values["answer"] + " Chào ông Trần Mẫu Tuấn."}
        refused = await clerk.post(desk.path, data=named, headers=HERE)
        assert refused.status_code == 422
        assert "Bản công khai còn “Trần Mẫu Tuấn” (họ tên)" in refused.text
        cleaned = await clerk.post(desk.path, data={**values, "act": "clean-1"}, headers=HERE)
        assert "Công khai ảnh này" in cleaned.text
        picture = (await clerk.get(f"{desk.path}/picture/1")).content
        assert picture.startswith(b"\xff\xd8")
        assert b"MAYMAU" not in picture
        good = {**values, "title": "Thu bản sao ngoài danh mục", "act": "prepare", "picture-1": "1"}
        assert (await clerk.post(desk.path, data=good | {"token": "khac"}, headers=HERE)).status_code == 403
        assert (await clerk.post(desk.path, data=good, headers=HERE)).status_code == 303
        mine = (await clerk.get(desk.path)).text
        assert "Người soạn không tự duyệt được" in mine
        assert "/release" not in mine
    async with browser(desk, desk.second) as second:
        waiting = (await second.get(desk.path)).text
        assert "Hoàng Mẫu Lan soạn" in waiting
        values = fields_of(waiting) | {"publication": "1"}
        shut = await second.post(f"{desk.path}/release", data=values, headers=HERE)
        assert "Trang công khai đang tắt" in shut.text
        await open_page(desk.office)
        assert (await second.post(f"{desk.path}/release", data=values, headers=HERE)).status_code == 303
        assert "Đang công khai: Thu bản sao ngoài danh mục" in (await second.get(desk.path)).text
        assert (await second.get(f"/phan-anh/{desk.code}/anh/1")).content == picture
        gone = await second.post(
            f"{desk.path}/withdraw", data=values | {"reason": "Người gửi rút đồng ý"}, headers=HERE
        )
        assert gone.status_code == 303
        assert (await second.get(f"/phan-anh/{desk.code}")).status_code == 404


async def test_only_the_office_opens_it(desk: Desk) -> None:
    officer = await desk.office.officer("STP", Role.OFFICER, "Nguyễn Mẫu An", "Chuyên viên")
    async with browser(desk, officer) as stranger:
        for path in ("/office/publish", desk.path, f"{desk.path}/picture/1"):
            assert (await stranger.get(path)).status_code == 404
    async with browser(desk, desk.clerk) as clerk:
        assert (await clerk.get("/office/publish/999")).status_code == 404
        assert (await clerk.get(f"{desk.path}/picture/9")).status_code == 404
