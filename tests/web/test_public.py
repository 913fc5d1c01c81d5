"""What everybody may read of cases: shut by default, no session, hostile words harmless, found without marks."""

import io
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from actions.cases import publishing
from app.run import web_parts
from domain.errors import ActRefused
from domain.local import VIETNAM
from storage.cases import fetching
from storage.database import Unit
from tests.office import Chat, Office, make_office
from tests.publishing_side import answered, open_page, staff, switch, viewer_of
from tests.web.conftest import browser_at
from web.app import create_app
from web.public import SHOWN
from web.public_asked import DATA, FIGURES, LIST

pytestmark = pytest.mark.anyio


@dataclass(slots=True)
class Public:
    office: Office
    clerk: Chat
    second: Chat
    codes: list[str]


async def release(public: Public, content: str, title: str, *, field: str = "Tư pháp") -> int:
    """Take a case through to the public page; return its version."""
    office = public.office
    case_id, code = await answered(office, public.clerk, content=content, field=field)
    public.codes.append(code)

    def prepare(unit: Unit) -> int:
        viewer = viewer_of(unit, office, public.clerk)
        made = publishing.source(unit, viewer, case_id, title=title).drafted.public
        return publishing.prepare(unit, viewer, case_id, made, office.clock())

    version = await office.run(prepare)
    await office.run(
        lambda unit: publishing.release(unit, viewer_of(unit, office, public.second), version, office.clock())
    )
    return version


@pytest.fixture
async def public(tmp_path: Path) -> AsyncIterator[Public]:
    office = make_office(tmp_path)
    clerk, second = await staff(office)
    yield Public(office, clerk, second, [])
    await office.close()


HOSTILE = (
    "Bộ phận Một cửa <script>alert(1)</script> thu thêm bản sao công chứng, xin gọi 0912 345 678 "
    '"><img src=x onerror=alert(1)>'
)


async def test_shut_until_the_office_opens_it_and_gone_when_it_is_taken_back(public: Public) -> None:
    office = public.office
    async with browser_at(create_app(web_parts(office.inner, None))) as browser:
        for path in (LIST, FIGURES, f"{FIGURES}.json", DATA, f"{LIST}/PAKN-VN-2026-000001"):
            assert (await browser.get(path)).status_code == 404
        await open_page(office)
        assert "Chưa có phản ánh, kiến nghị nào" in (await browser.get(LIST)).text
        version = await release(public, HOSTILE, "Thu thêm giấy tờ <b>ngoài</b> danh mục")
        code = public.codes[0]
        shown = await browser.get(f"{LIST}/{code.lower()}")
        assert shown.status_code == 200
        _harmless(shown)
        listed = await browser.get(LIST, params={"q": "thu them giay to"})
        _harmless(listed)
        assert f'href="/phan-anh/{code}"' in listed.text
        assert "Không có kết quả" in (await browser.get(LIST, params={"q": "0912345678"})).text
        assert "Không có kết quả" in (await browser.get(LIST, params={"q": 'Lành" OR *'})).text
        again = await browser.get(LIST, headers={"If-None-Match": (await browser.get(LIST)).headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        await office.run(
            lambda unit: publishing.withdraw(
                unit, viewer_of(unit, office, public.second), version, "Người gửi rút", office.clock()
            )
        )
        gone = await browser.get(f"{LIST}/{code}")
        assert gone.status_code == 404
        assert code not in (await browser.get(LIST)).text
        assert (await browser.get(DATA)).json()["items"] == []
        assert not browser.cookies


def _harmless(response: httpx.Response) -> None:
    assert "set-cookie" not in response.headers
    assert response.headers["cache-control"] == "public, max-age=120"
    assert "noindex" in response.headers["x-robots-tag"]
    assert "script-src 'none'" in response.headers["content-security-policy"]
    for word in ("<script", "<img src=x", "0912", "345 678", "Lành", "<b>"):
        assert word not in response.text
    assert '<html lang="vi">' in response.text
    assert len(re.findall("<main", response.text)) == len(re.findall("<h1", response.text)) == 1
    levels = [int(one) for one in re.findall(r"<h(\d)", response.text)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


async def test_lists_data_figures_and_robots(public: Public) -> None:
    office = public.office
    await open_page(office)
    await release(
        public, "Cổng dịch vụ công báo lỗi khi nộp hồ sơ đất đai.", "Cổng báo lỗi khi nộp hồ sơ", field="Đất đai"
    )
    await release(public, "Trả kết quả hộ tịch chậm ba ngày so với giấy hẹn.", "Trả kết quả hộ tịch chậm")
    await office.run(_many)
    async with browser_at(create_app(web_parts(office.inner, None))) as browser:
        first = await browser.get(LIST)
        assert first.text.count("<h2>") == SHOWN
        following = re.search(r'href="([^"]+)" rel="next"', first.text)
        assert following is not None
        second = await browser.get(following.group(1).replace("&amp;", "&"))
        seen = [set(re.findall(r"<h2><a[^>]+>(.+?)</a>", one.text)) for one in (first, second)]
        assert len(seen[0]) == SHOWN
        assert not seen[0] & seen[1]
        land = await browser.get(LIST, params={"linhvuc": "Đất đai", "nam": "2026"})
        assert land.text.count("<h2>") == 1
        assert "Cổng báo lỗi" in land.text
        for hostile in ({"nam": "x", "sau": "9" * 30, "coquan": "-1"}, {"sau": "1-2-3"}, {"q": "\x00%_"}):
            assert (await browser.get(LIST, params=hostile)).status_code == 200
        data = (await browser.get(DATA)).json()
        assert data["next"] is None
        assert [one["title"] for one in data["items"]][:2] == ["Cổng báo lỗi khi nộp hồ sơ", "Trả kết quả hộ tịch chậm"]
        assert set(data["items"][0]) >= {"code", "content", "answer", "field", "agency", "answered_on", "published_at"}
        assert (await browser.get(DATA, params={"after": data["items"][0]["id"]})).json()["items"] == data["items"][1:]
        office.clock.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM))
        figures = await browser.get(FIGURES)
        assert "Tháng 1 năm 2026" in figures.text
        assert "không hiện" in figures.text
        months = (await browser.get(f"{FIGURES}.json")).json()["months"]
        assert [one["period"] for one in months] == ["2026-02", "2026-01"]
        assert months[1]["totals"]["received"] is None
        assert (await browser.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"
        await switch(office, "case_public_index", True)
        assert "Allow: /phan-anh\n" in (await browser.get("/robots.txt")).text
        assert "x-robots-tag" not in (await browser.get(LIST)).headers


def _many(unit: Unit) -> None:
    """Write some releases more, each a little later: pages are by the moment of release."""
    unit.conn.execute(
        text(
            "insert into case_publications (case_id, state, title, content, answer, field, folded, files, prepared_by,"
            " prepared_at, released_by, released_at) "
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 25) "
            "select case_id, state, title || i, content, answer, 'Khác', folded, files, prepared_by, prepared_at,"
            " released_by,"
            " strftime('%Y-%m-%d %H:%M:%f', released_at, '+' || i || ' minutes') || '000'"
            " from case_publications, n where case_publications.id = 2"
        )
    )


async def test_pictures_go_out_cleaned_and_only_when_chosen(public: Public) -> None:
    office = public.office
    await open_page(office)
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "PNG")
    kept = office.web.files.put(stream.getvalue(), "anh.png", "image/png")

    def file_of(unit: Unit) -> int:
        number = fetching.add(unit, "webchat", kept.digest, "anh.png", "image/png", kept.size, office.clock())
        unit.conn.execute(
            text("update files set digest = :digest where id = :id"), {"digest": kept.digest, "id": number}
        )
        return number

    number = await office.run(file_of)
    case_id, code = await answered(office, public.clerk, file_ids=[number])

    def prepare(unit: Unit, *, clean: bool) -> int:
        viewer, now = viewer_of(unit, office, public.clerk), office.clock()
        found = publishing.source(unit, viewer, case_id)
        if clean:
            publishing.keep_clean(unit, viewer, case_id, found.files[0].id, b"\x89PNG cleaned", "image/png", now)
        return publishing.prepare(unit, viewer, case_id, found.drafted.public, now, pictures=[found.files[0].id])

    with pytest.raises(ActRefused, match="chưa được làm sạch"):
        await office.run(lambda unit: prepare(unit, clean=False))
    version = await office.run(lambda unit: prepare(unit, clean=True))
    await office.run(
        lambda unit: publishing.release(unit, viewer_of(unit, office, public.second), version, office.clock())
    )
    async with browser_at(create_app(web_parts(office.inner, None))) as browser:
        picture = await browser.get(f"{LIST}/{code}/anh/1")
        assert (picture.content, picture.headers["content-type"]) == (b"\x89PNG cleaned", "image/png")
        assert (await browser.get(f"{LIST}/{code}/anh/2")).status_code == 404
        assert 'alt="Ảnh 1 kèm phản ánh"' in (await browser.get(f"{LIST}/{code}")).text
