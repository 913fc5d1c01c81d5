"""The office's pages: who may see which, what forms do and refuse, files handed out, names that would be markup."""

import io
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from starlette.routing import Route

import messages
from actions import offices, pages
from app.run import web_parts
from domain.errors import NotFound
from domain.ladder import WITH_DRAFT
from domain.ladder_files import to_toml
from domain.people import Role, Seat, Viewer
from storage.views import chronicle
from tests.office import Office, make_office
from tests.web.conftest import browser_at
from tests.web.page_office import FILE, MARCH, PLAN, Pages, open_pages
from tests.web.test_review import BASE, HERE
from web.app import create_app
from web.frame import NOT_HERE, REPORTS
from web.tasks import attachment

pytestmark = pytest.mark.anyio

ONE = "/office/works/NV-0001"
ROLES = ("coordinator", "leader", "head", "officer", "other")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Pages]:
    opened = await open_pages(tmp_path)
    yield opened
    await opened.office.close()


@asynccontextmanager
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(office.inner, None))) as client:
        yield client


ALL, OVERSEERS, OFFICE, JUSTICE = {*ROLES}, {"coordinator", "leader"}, {"coordinator"}, {*ROLES} - {"other"}
MATRIX = {
    "/office/board": OVERSEERS,
    "/office/board/1": OVERSEERS,
    "/office/board/1?level=province_department&section=I.%20NHI%E1%BB%86M%20V%E1%BB%A4&late=1&page=9": OVERSEERS,
    "/office/board/77": set(),
    "/office/tasks/1": JUSTICE,
    "/office/tasks/2": {"coordinator", "leader", "other"},
    "/office/tasks/77": set(),
    ONE: JUSTICE,
    "/office/works/nv-0001": JUSTICE,
    "/office/works/NV-0002": OVERSEERS,
    "/office/works/NV-9999": set(),
    "/office/works/x": set(),
    "/office/evidence/1": JUSTICE,
    "/office/evidence/77": set(),
    "/office/agencies": OVERSEERS,
    "/office/agencies/3": JUSTICE,
    "/office/agencies/5": {"coordinator", "leader", "other"},
    "/office/agencies/77": {*()},
    "/office/reports": OVERSEERS,
    "/office/reports?period=2026-Q1&plan=1": OVERSEERS,
    "/office/reports?frozen=77": set(),
    "/office/reports/files/progress.docx?period=2026-Q1": OVERSEERS,
    "/office/reports/files/progress.xlsx?period=2026-Q1&plan=1": OVERSEERS,
    "/office/reports/files/cases.docx?period=2026-Q1": OVERSEERS,
    "/office/reports/files/periodic.docx?period=2026-Q1": OFFICE,
    "/office/reports/files/x": set(),
    "/office/deadlines": ALL,
    "/office/deadlines?day=2026-03-19": ALL,
    "/office/deadlines?at=9999-99&day=%00": ALL,
    "/office/publish": OFFICE,
    "/office/publish/77": set(),
    "/office/people": OFFICE,
    "/office/people?agency=STP&page=-1": OFFICE,
    "/office/settings": OFFICE,
}


async def test_what_is_seen_by_whom(office: Pages) -> None:
    """One office, never changed, looked at from all sides."""
    async with browser(office.office) as client:
        for look in (_who_sees, _names, _history, _one_file, _bundle, _board):
            await look(office, client)


async def _who_sees(office: Pages, client: httpx.AsyncClient) -> None:
    for who in ROLES:
        opened = await office.enter(client, who)
        assert (opened.status_code, opened.headers["location"]) == (303, "/office")
        for path, allowed in MATRIX.items():
            shown = await client.get(path)
            assert shown.status_code == (200 if who in allowed else 404), (who, path)
            if who not in allowed:
                assert shown.json() == {"error": NOT_HERE}, "the same for what is not there and what is not theirs"
    home = await client.get("/office")
    assert (home.status_code, home.headers["location"]) == (303, "/office/agencies/5")


async def test_every_route_of_the_office_asks_who_comes(office: Pages) -> None:
    app = create_app(web_parts(office.office.inner, None))
    async with browser_at(app) as client:
        routes = [one for one in app.routes if isinstance(one, Route) and one.path.startswith("/office")]
        asked = [one for one in routes if not one.path.startswith("/office/enter")]
        assert len(asked) >= 20
        for route in asked:
            path = re.sub(r"{\w+(:int)?}", "1", route.path)
            for method in route.methods or ():
                answer = await client.request(method, path, headers=HERE)
                assert answer.status_code == 403, (method, path)
            if "POST" in (route.methods or ()):
                await office.enter(client, "coordinator")
                forged = {"token": "0" * 64, "version": "1", "reason": "x", "value": "x"}
                elsewhere = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
                wanted = 400 if path.endswith("/upload") else 403  # a form of another kind
                assert (await client.post(path, data=forged, headers=HERE)).status_code == wanted, path
                assert (await client.post(path, data=forged, headers=elsewhere)).status_code == 403, path
            client.cookies.clear()


def test_a_link_leads_to_a_page_and_nowhere_else() -> None:
    kinds = pages._KINDS
    for path in ("/office", "/office/board/1", "/office/works/NV-0001", "/office/calendar", "/office/proof/NV-0012"):
        assert kinds.fullmatch(path), path
    for path in (
        "//evil.example",
        "/office/leave",
        "/office/works/NV-1",
        "/office/board/1/../x",
        "/office\n",
        "/office?",
    ):
        assert not kinds.fullmatch(path), path


async def test_strangers_get_no_link(office: Pages) -> None:
    for viewer in (Viewer(1, "Ai đó", ()), Viewer(1, "Quản trị", (Seat(2, "Văn phòng", Role.ADMIN),))):
        with pytest.raises(NotFound):
            await office.office.run(
                lambda unit, who=viewer: pages.page_link(unit, who, "/office", office.office.clock())
            )


async def test_the_chat_gives_the_link(office: Pages) -> None:
    (answer,) = await office.people["officer"].say("trang")
    (other,) = await office.people["officer"].say("trang nv-0001")
    async with browser(office.office) as client:
        for told, place in ((answer, "/office"), (other, ONE)):
            path = "/office/enter/" + told.text.partition("/office/enter/")[2].split()[0]
            assert (await client.post(path, headers=HERE)).headers["location"] == place
            assert (await client.post(path, headers=HERE)).status_code == 403, "once"
    (refused,) = await office.people["officer"].say("trang NV-0003")
    assert "Không tìm thấy" in refused.text
    (nobody,) = await office.office.stranger("Người dân").say("trang")
    assert "/office/enter/" not in nobody.text


async def _names(office: Pages, client: httpx.AsyncClient) -> None:
    await office.enter(client, "coordinator")
    for path in ("/office", "/office/board", ONE, "/office/tasks/1", "/office/agencies/3", "/office/people"):
        shown = await client.get(path)
        assert "<script" not in shown.text, path
        assert not re.search(r"<i>Mẫu|<b>Kết|\sstyle=|\son\w+=", shown.text), path
        assert "script-src 'none'" in shown.headers["content-security-policy"]
        assert shown.headers["cache-control"] == "no-store"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in (await client.get(ONE)).text


async def _history(office: Pages, client: httpx.AsyncClient) -> None:
    await office.enter(client, "leader")
    shown = (await client.get(ONE)).text
    for words in (
        "Báo cáo tiến độ 60%",
        "Đã lấy ý kiến &lt;b&gt;",
        "Báo cáo hoàn thành",
        "Hạn: thứ Năm 19/03/2026",
    ):
        assert words in shown, words
    assert "Văn bản 45/KH-STP ngày 02/03/2026" in shown
    assert "/confirm" not in shown, "leaders read"
    late = (await client.get("/office/works/NV-0003")).text
    assert "quá hạn 25 ngày" in late
    officer, head = "Nguyễn &#34;Mẫu&#34; An", "Lê Mẫu Hà"
    for path in (ONE, "/office/tasks/1", "/office/agencies/3"):
        assert officer not in (await client.get(path)).text, "leaders hear of agencies, never of officers"
    assert head in (await client.get("/office/agencies/3")).text
    assert (await client.get("/office/proof/NV-0001")).status_code == 404
    await office.enter(client, "coordinator")
    for path in (ONE, "/office/tasks/1", "/office/agencies/3", "/office/proof/NV-0001"):
        assert officer in (await client.get(path)).text


def test_the_history_has_words_for_whatever_a_card_tells() -> None:
    card = (Path(messages.__file__).parent / "templates" / "work" / "card.txt").read_text(encoding="utf-8")
    told = set(re.findall(r'"(\w+)": "', card))
    assert {"progress", "urge", "directed"} <= told
    assert told <= {*chronicle.SAID, *chronicle.ASIDE}


async def _one_file(office: Pages, client: httpx.AsyncClient) -> None:
    await office.enter(client, "head")
    got = await client.get("/office/evidence/1")
    assert (got.status_code, got.content) == (200, FILE)
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["x-content-type-options"] == "nosniff"
    kept = got.headers["content-disposition"]
    assert kept.startswith("attachment; filename*=UTF-8''")
    assert unquote(kept.partition("''")[2]) == 'x"<b>Kết quả.pdf'
    assert attachment("") == attachment("..") == "attachment; filename*=UTF-8''tep"
    assert "%0D" not in attachment("a\r\nSet-Cookie: x.pdf")


async def _bundle(office: Pages, client: httpx.AsyncClient) -> None:
    for who, status in (("head", 404), ("leader", 404), ("coordinator", 200)):
        await office.enter(client, who)
        form = {"token": field((await client.get(ONE)).text, "token")}
        got = await client.post(f"{ONE}/bundle", data=form, headers=HERE)
        assert got.status_code == status, who
    assert got.headers["content-type"] == "application/zip"
    assert got.headers["content-disposition"].startswith("attachment; ")
    with zipfile.ZipFile(io.BytesIO(got.content)) as found:
        assert FILE in [found.read(name) for name in found.namelist()]
    nothing = await client.post("/office/works/NV-0003/bundle", data=form, headers=HERE)
    assert (nothing.status_code, "chưa có tệp minh chứng" in nothing.text) == (422, True)


def field(page: str, name: str) -> str:
    return re.findall(rf'name="{name}" value="(\w+)"', page)[0]


async def test_the_second_of_two_is_told(office: Pages) -> None:
    async with browser(office.office) as client:
        await office.enter(client, "leader")
        token = field((await client.get(ONE)).text, "token")
        assert (await client.post(f"{ONE}/confirm", data={"token": token}, headers=HERE)).status_code == 404
        await office.enter(client, "coordinator")
        shown = (await client.get(ONE)).text
        form = {"token": field(shown, "token"), "version": field(shown, "version")}
        empty = await client.post(f"{ONE}/return", data={**form, "reason": " "}, headers=HERE)
        assert (empty.status_code, "Xin ghi lý do" in empty.text) == (422, True)
        returned = await client.post(f"{ONE}/return", data={**form, "reason": "Thiếu phụ lục <2>"}, headers=HERE)
        assert (returned.status_code, returned.headers["location"]) == (303, f"{ONE}#lich-su")
        second = await client.post(f"{ONE}/confirm", data=form, headers=HERE)
        assert second.status_code == 422
        assert "vừa được" in second.text
        assert "Thiếu phụ lục &lt;2&gt;" in second.text
        assert "bị trả lại" in second.text


async def test_a_report_is_confirmed_on_its_page(office: Pages) -> None:
    async with browser(office.office) as client:
        await office.enter(client, "coordinator")
        home = (await client.get("/office")).text
        assert "Báo cáo chờ xác nhận" in home
        assert f'href="{ONE}"' in home
        shown = (await client.get(ONE)).text
        form = {"token": field(shown, "token"), "version": field(shown, "version")}
        assert (await client.post(f"{ONE}/confirm", data=form, headers=HERE)).status_code == 303
        assert "đã xác nhận hoàn thành" in (await client.get(ONE)).text
    await office.office.settle()
    assert any("NV-0001" in one.text for one in await office.people["officer"].heard())


async def test_an_invite_is_shown_once_and_works(office: Pages) -> None:
    async with browser(office.office) as client:
        await office.enter(client, "coordinator")
        token = field((await client.get("/office/people")).text, "token")
        asked = {
            "token": token,
            "agency": "Sở Nội vụ",
            "role": "officer",
            "name": "Vũ Mẫu <Yên>",
            "position": "Phó phòng",
        }
        for wrong, said in (
            ("agency", "Chưa rõ cơ quan nào"),
            ("name", "Xin ghi họ tên"),
            ("role", "Xin chọn vai trò"),
        ):
            refused = await client.post("/office/people/invite", data={**asked, wrong: " "}, headers=HERE)
            assert (refused.status_code, said in refused.text) == (422, True)
            assert "Phó phòng" in refused.text, "what was typed stays"
        made = await client.post("/office/people/invite", data=asked, headers=HERE)
        assert made.status_code == 200
        assert "Vũ Mẫu &lt;Yên&gt;" in made.text
        assert re.search(r"<svg [^>]*viewBox=", made.text), "it grows and shrinks as a whole"
        code = re.findall(r'class="code">([^<]+)<', made.text)[0]
        assert code not in (await client.get("/office/people")).text
    chat = office.office.stranger()
    (offer,) = await chat.say(code)
    assert "Sở Nội vụ" in offer.text


async def test_a_setting_is_changed_or_refused_at_its_field(office: Pages) -> None:
    async with browser(office.office) as client:
        await office.enter(client, "coordinator")
        token = field((await client.get("/office/settings")).text, "token")
        taken = await client.post("/office/settings/digest_at", data={"token": token, "value": "7h45"}, headers=HERE)
        assert (taken.status_code, taken.headers["location"]) == (303, "/office/settings#digest_at")
        assert 'value="07:45"' in (await client.get("/office/settings")).text
        refused = await client.post("/office/settings/digest_at", data={"token": token, "value": "25h"}, headers=HERE)
        assert refused.status_code == 422
        assert re.search(r'id="digest_at-can"><span class="wrong" role="alert">Giờ gửi', refused.text)
        assert 'value="25h"' in refused.text
        unknown = await client.post("/office/settings/nothing", data={"token": token, "value": "x"}, headers=HERE)
        assert unknown.status_code == 404


async def _board(office: Pages, client: httpx.AsyncClient) -> None:
    await office.enter(client, "coordinator")
    shown = (await client.get("/office/board/1")).text
    assert 'class="m-late"><a href="/office/works/NV-0003">Q<i>25</i>' in shown
    assert 'class="m-reported"><a href="/office/works/NV-0001">B</a>' in shown
    assert 'class="m-late"><a href="/office/tasks/3">Q<i>31</i><small>0/2</small>' in shown
    late = (await client.get("/office/board/1?late=1")).text
    assert "NV-0001" not in late
    assert "NV-0003" in late
    assert "UBND xã Lam Sơn" in late
    communes = (await client.get("/office/board/1?level=commune_committee")).text
    assert "UBND xã Lam Sơn</a>" in communes
    assert "Sở Tài chính</a>" not in communes
    assert len(PLAN) == 3


async def test_a_report_is_read_taken_along_and_frozen(office: Pages) -> None:
    place = "/office/reports"
    async with browser(office.office) as client:
        await office.enter(client, "leader")
        shown = (await client.get(f"{place}?period=2026-Q1")).text
        assert re.search(r"nhiệm vụ trong kỳ</dt><dd>(\d+)<", shown)
        parts = re.findall(r"(\d+) đúng hạn \+ (\d+) trễ \+ (\d+) trong hạn \+ (\d+) quá hạn = (\d+)", shown)[0]
        *each, total = map(int, parts)
        assert (sum(each), total > 3, each[3] > 0) == (total, True, True)
        assert re.search(rf"cộng theo khối: 0?{total}; cộng theo cơ quan: 0?{total}\.", shown)
        assert "Chốt số liệu" not in shown, "leaders read"
        await office.enter(client, "coordinator")
        page = (await client.get(f"{place}?said=quý%201/2026&period=2026")).text
        assert "<h1>Báo cáo quý I năm 2026</h1>" in page, "what was typed goes before what was chosen"
        wrong = await client.get(f"{place}?said=<b>tuần")
        assert (wrong.status_code, "Chưa rõ kỳ báo cáo “&lt;b&gt;tuần”" in wrong.text) == (422, True)
        unknown = await client.get(f"{place}?plan=77")
        assert (unknown.status_code, "Không có kế hoạch số 77" in unknown.text) == (422, True)
        for name, start in (
            ("progress.docx", "bao-cao-tien-do-2026-Q1.docx"),
            ("progress.xlsx", "bao-cao-tien-do-2026"),
            ("cases.xlsx", "bao-cao-phan-anh-kien-nghi-2026-Q1.xlsx"),
        ):
            got = await client.get(f"{place}/files/{name}?period=2026-Q1")
            assert (got.status_code, got.content[:2]) == (200, b"PK")
            assert unquote(got.headers["content-disposition"]).startswith(f"attachment; filename*=UTF-8''{start}")
        none = await client.get(f"{place}/files/indicators.xlsx?period=2026-Q1")
        assert (none.status_code, "Chưa có chỉ tiêu nào" in none.text) == (422, True)
        await _freeze(office, client, place, page)


async def _freeze(office: Pages, client: httpx.AsyncClient, place: str, page: str) -> None:
    form = {"token": field(page, "token"), "period": "2026-Q1", "plan": "", "mark": field(page, "mark")}
    unsure = await client.post(f"{place}/freeze", data=form, headers=HERE)
    assert (unsure.status_code, "Xin đánh dấu xác nhận" in unsure.text) == (422, True)
    moved = await client.post(f"{place}/freeze", data={**form, "sure": "1", "mark": "0"}, headers=HERE)
    assert (moved.status_code, "Số liệu vừa thay đổi nên chưa chốt" in moved.text) == (422, True)
    made = await client.post(f"{place}/freeze", data={**form, "sure": "1"}, headers=HERE)
    assert made.status_code == 303
    frozen = made.headers["location"].partition("#")[0]
    await office.enter(client, "leader")
    form["token"] = field((await client.get(frozen)).text, "token")
    assert (await client.post(f"{place}/freeze", data={**form, "sure": "1"}, headers=HERE)).status_code == 404
    office.office.clock.move_to(MARCH + timedelta(days=40))
    await office.enter(client, "leader")
    kept, now = (await client.get(frozen)).text, (await client.get(f"{place}?period=2026-Q1")).text
    assert "Đây là bản chốt số 1, không đổi nữa" in kept
    sums = [re.findall(r"(\d+) trong hạn \+ (\d+) quá hạn", one)[0] for one in (page, kept, now)]
    assert sums[0] == sums[1] != sums[2]

    async def left(period: str) -> tuple[int, int]:
        shown = (await client.get(f"{place}?period={period}")).text
        own, carried = (
            int(re.findall(rf"{what}</dt><dd>(\d+)<", shown)[0])
            for what in ("đang làm, quá hạn", "kỳ trước chuyển sang, quá hạn")
        )
        assert f"Kỳ trước chuyển sang: {f'{carried:02} nhiệm vụ' if carried else 'không có'}" in shown
        each = re.findall(r'data-label="Kỳ trước chuyển sang, quá hạn">(\d+)<', shown)
        assert sum(map(int, each)) == 4 * carried, "blocks and their sum, agencies and theirs"
        return own, carried

    first, second = await left("2026-Q1"), await left("2026-Q2")
    assert (first[1], second[1]) == (0, first[0])


async def test_a_ladder_is_looked_at_before_it_is_chosen(office: Pages) -> None:
    place = "/office/settings"
    async with browser(office.office) as client:
        await office.enter(client, "coordinator")
        token = field((await client.get(place)).text, "token")
        text = to_toml(replace(WITH_DRAFT, name="riêng <1>"))
        for content, said in ((b"", "Xin chọn"), (b"\xff[", "TOML"), (text.encode() * 99, "Xin chọn")):
            refused = await client.post(
                f"{place}/ladder/upload", data={"token": token}, files={"file": ("a.toml", content)}, headers=HERE
            )
            assert (refused.status_code, said in refused.text) == (422, True)
        forged = await client.post(
            f"{place}/ladder/upload", data={"token": "0"}, files={"file": ("a.toml", b"x")}, headers=HERE
        )
        assert forged.status_code == 403
        sent = await client.post(
            f"{place}/ladder/upload", data={"token": token}, files={"file": ("a.toml", text.encode())}, headers=HERE
        )
        assert sent.status_code == 303
        shown = (await client.get(sent.headers["location"].partition("#")[0])).text
        assert "Xem lịch nhắc: riêng &lt;1&gt;" in shown
        assert "Lịch nhắc đang dùng: mặc định" in (await client.get(place)).text, "only kept"
        form = {"token": token, "ladder": "riêng <1>", "plan": "0", "mark": field(shown, "mark")}
        other = await client.post(f"{place}/ladder/choose", data={**form, "mark": "0"}, headers=HERE)
        assert (other.status_code, "vừa được" in other.text) == (422, True)
        assert (await client.post(f"{place}/ladder/choose", data=form, headers=HERE)).status_code == 303
        assert "Lịch nhắc đang dùng: riêng &lt;1&gt;" in (await client.get(place)).text
        assert (await client.get(f"{place}?ladder=nobody")).status_code == 404


async def test_a_leader_sees_the_portfolio(office: Pages) -> None:
    add = (
        "insert into follows (person_id, role, agency_id, created_at) "
        "select id, 'leader', 5, '2026-01-12 01:00:00+00:00' from people where name = 'Trần Mẫu Bình'"
    )
    await office.office.run(lambda unit: unit.conn.exec_driver_sql(add))
    async with browser(office.office) as client:
        await office.enter(client, "leader")
        for path, status in (
            ("/office/works/NV-0003", 200),
            (ONE, 404),
            ("/office/tasks/1", 404),
            ("/office/evidence/1", 404),
            ("/office/agencies/3", 404),
            ("/office/agencies/5", 200),
        ):
            assert (await client.get(path)).status_code == status, path
        board = (await client.get("/office/board")).text
        assert "Sở Tài chính</a>" in board
        assert "Sở Tư pháp</a>" not in board
        assert re.search(r"việc đã giao</dt><dd>1<", (await client.get("/office")).text)
        assert "NV-0001" not in (await client.get("/office/deadlines?day=2026-03-19")).text


async def test_the_pages_of_an_office_without_a_plan(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    await office.run(lambda unit: offices.remember_address(unit, BASE, office.clock()))
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    async with browser(office) as client:
        await Pages(office, {"lan": lan}).enter(client, "lan")
        for path in ("/office", "/office/board", "/office/agencies", "/office/deadlines", "/office/people", REPORTS):
            assert (await client.get(path)).status_code == 200, path
        assert "Lịch nhắc đang dùng: mặc định" in (await client.get("/office/settings")).text
    await office.close()
