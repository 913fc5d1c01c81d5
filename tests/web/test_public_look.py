"""The public pages and the page that prepares them in a real browser: phone and desk, light and dark, by keyboard."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.run import web_parts
from domain.local import VIETNAM
from domain.people import Role
from tests.office import Office, make_office
from tests.publishing_side import answered, open_page, staff
from tests.web.chromium import Page, new_page
from tests.web.fakes import serving
from tests.web.page_office import Pages
from tests.web.test_public import Public, release
from tests.web.test_review import arrives
from web.app import create_app

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

LOOKS = ((1280, 800, False), (1280, 800, True), (360, 740, False), (360, 740, True))
TITLES = (
    ("Thu bản sao công chứng ngoài danh mục thủ tục đã công bố tại Bộ phận Một cửa", "Tư pháp"),
    ("Cổng dịch vụ công báo lỗi khi nộp hồ sơ đất đai", "Đất đai"),
    ("Trả kết quả hộ tịch chậm so với giấy hẹn, không có văn bản xin lỗi", "Tư pháp"),
)


async def _filled(office: Office) -> tuple[Public, int]:
    clerk, second = await staff(office)
    await open_page(office)
    public = Public(office, clerk, second, [])
    for title, field in TITLES:
        content = (
            f"Tôi là Lành Mẫu Mùa, điện thoại 0912 345 678. {title}. Tôi đã đến ba lần, xe 99A-123.45 gửi ở cổng.\n\n"
            "Đề nghị cơ quan kiểm tra và trả lời bằng văn bản. <script>alert(1)</script>"
        )
        await release(public, content, title, field=field)
    case_id, _ = await answered(office, clerk)
    return public, case_id


async def _looked_at(page: Page, name: str) -> None:
    """Hold every look of the page to be readable, named and not wider than the window."""
    script = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
    shots = os.environ.get("NHACVIEC_SHOTS")
    for width, height, dark in LOOKS:
        await page.look(width, height, dark=dark, phone=width < 500)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        assert await page.evaluate(script) == [], (name, width, dark)
        assert await page.evaluate("document.scripts.length") == 0
        assert await page.evaluate("document.querySelectorAll('main').length") == 1
        if shots:
            await page.picture(Path(shots) / f"{name}-{width}-{'dark' if dark else 'light'}.png")


async def test_everybody_can_read_them(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    public, case_id = await _filled(office)
    officer = await office.officer("STP", Role.OFFICER, "Nguyễn Mẫu An", "Chuyên viên")
    app = create_app(web_parts(office.inner, None))
    async with serving(app, office.web) as url, new_page(tmp_path / "profile") as page:
        await page.look(360, 740, phone=True)
        await page.open(f"{url}/phan-anh")
        await page.click("input[type=search]")
        await page.type("ho tich cham")
        await page.press("Enter", 13, "\r")
        await arrives(page, "location.search.includes('q=ho+tich')")
        assert await page.evaluate("document.querySelectorAll('.public-list li').length") == 1
        await page.click(".public-list a")
        await arrives(page, "location.pathname.startsWith('/phan-anh/PAKN-')")
        await _looked_at(page, "case")
        assert "0912" not in await page.evaluate("document.body.innerText")
        await page.open(f"{url}/phan-anh")
        await page.press("Tab", 9)
        assert await page.evaluate("document.activeElement.textContent") == "Tới nội dung"
        await _looked_at(page, "list")
        seats = Pages(office, {"coordinator": public.clerk, "officer": officer})
        await page.open(url + await seats.link("coordinator", f"/office/publish/{case_id}"))
        await page.click("button.action")
        await arrives(page, f"location.pathname === '/office/publish/{case_id}'")
        await _looked_at(page, "prepare")
        office.clock.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM) + timedelta(hours=1))
        await page.open(f"{url}/phan-anh/thong-ke")
        await _looked_at(page, "figures")
        assert page.complaints == []
    await office.close()


def test_colours_of_the_public_pages_have_contrast_enough() -> None:
    """Pairs of ink and paper of the style, as WCAG 2.2 counts them: 4.5 for text, light and dark."""
    style = (Path(__file__).parents[2] / "web/static/style.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in style.split("@media", 2)[:2])
    for colours in (light, light | dark):
        for ink, paper in (
            ("ink", "paper"),
            ("ink", "card"),
            ("quiet", "paper"),
            ("quiet", "card"),
            ("brand", "card"),
            ("brand", "paper"),
            ("brand", "soft"),
            ("mine-ink", "mine"),
            ("alert", "alert-soft"),
            ("band-ink", "band"),
            ("band-quiet", "band"),
        ):
            assert _ratio(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def _ratio(one: str, other: str) -> float:
    above, below = sorted((_light(one), _light(other)), reverse=True)
    return (above + 0.05) / (below + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
