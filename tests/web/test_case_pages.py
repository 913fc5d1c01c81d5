"""Citizens' cases on the office's pages: who sees which, what forms show before they do, what they refuse."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from sqlalchemy import Engine, event

from actions.cases import forwarding, triage
from actions.cases.forwarding import Transfer
from app.run import web_parts
from domain.cases.kinds import Kind
from domain.local import today
from domain.people import Viewer
from storage.database import Unit
from storage.views import office as views
from tests.web.case_office import HOSTILE, PHONE, PICTURE, SENDER, CaseOffice, field, open_cases, post
from tests.web.conftest import browser_at
from tests.web.test_review import HERE
from web.app import create_app
from web.frame import CASES, NOT_HERE

pytestmark = pytest.mark.anyio
ROLES = ("coordinator", "leader", "head", "officer", "other")
STP, STC = 3, 5
GUARD = "mot can bo hach sach nguoi dan tai bo phan mot cua xa Lam Son, yeu cau di lai nhieu lan"
"""Words that stand in a case of conduct alone."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[CaseOffice]:
    opened = await open_cases(tmp_path)
    yield opened
    await opened.office.close()


@asynccontextmanager
async def browser(office: CaseOffice) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(web_parts(office.office.inner, None))) as client:
        yield client


async def forward(office: CaseOffice, code: str, agency: int = STP) -> None:
    """Pass a case on, as the coordinator."""

    def work(unit: Unit) -> None:
        case = unit.conn.exec_driver_sql("select id from cases where code = ?", (code,)).scalar_one()
        viewer = seat(unit, office, "coordinator")
        forwarding.forward(unit, viewer, case, agency, Transfer(), office.office.clock())

    await office.office.run(work)


def seat(unit: Unit, office: CaseOffice, who: str) -> Viewer:
    """Return somebody with the seats held now."""
    person = unit.conn.exec_driver_sql("select id from people where name = ?", (office.people[who].name,)).scalar_one()
    return views.viewer(unit, person, today(office.office.clock()))


async def state(office: CaseOffice, code: str) -> str:
    """Return the state in which a case is kept."""
    query = "select state from cases where code = ?"
    return str(await office.office.read(lambda unit: unit.conn.exec_driver_sql(query, (code,)).scalar_one()))


async def spam(office: CaseOffice, code: str) -> None:
    """Put a case into the list of spam, as the coordinator."""

    def work(unit: Unit) -> None:
        case = unit.conn.exec_driver_sql("select id from cases where code = ?", (code,)).scalar_one()
        triage.mark_spam(unit, seat(unit, office, "coordinator"), case, office.office.clock(), spam=True)

    await office.office.run(work)


async def test_who_sees_which_case_list_file_and_form(office: CaseOffice) -> None:
    """One office, hardly changed, looked at from all sides."""
    fresh, given = await office.case(), await office.case(HOSTILE[1], picture=True)
    conduct, junk = await office.case(GUARD, Kind.CONDUCT), await office.case(HOSTILE[4])
    for code in (given, conduct):
        await forward(office, code)
    await spam(office, junk)
    everybody, overseers, agency = {*ROLES}, {"coordinator", "leader"}, {"coordinator", "head", "officer"}
    matrix = {
        CASES: everybody,
        f"{CASES}?group=late&kind=conduct&agency=99999999999&before=x&since=9999-99-99&text=%00%25%22": everybody,
        f"{CASES}?text={quote(fresh)}": overseers,
        f"{CASES}/new": {"coordinator"},
        f"{CASES}/{fresh}": overseers,
        f"{CASES}/{fresh.lower()}": overseers,
        f"{CASES}/1000000": set(),
        f"{CASES}/PAKN-SL-2026-999999": set(),
        f"{CASES}/%2e%2e": set(),
        f"{CASES}/{given}": overseers | agency,
        f"{CASES}/{given}/files/1": agency,
        f"{CASES}/{given}/files/2": set(),
        f"{CASES}/{fresh}/files/1": set(),
        f"{CASES}/{conduct}": {"coordinator", "head"},
        f"{CASES}/{junk}": {"coordinator"},
    }
    async with browser(office) as client:
        for who in ROLES:
            await office.enter(client, who)
            for path, allowed in matrix.items():
                shown = await client.get(path, follow_redirects=True)
                if path.endswith(quote(fresh)) and "text=" in path:
                    assert (f"{fresh}. Thủ tục" in shown.text) == (who in allowed), (who, path)
                    continue
                assert shown.status_code == (200 if who in allowed else 404), (who, path)
                if who not in allowed:
                    assert shown.json() == {"error": NOT_HERE}, "the same for what is not there and what is not theirs"
            await _lists(client, who, given, conduct, junk)
        await _posts_of_others(office, client, given, conduct)
        await _one_file(office, client, given)
        await _nobody_reads_names(office, client, given)


async def _lists(client: httpx.AsyncClient, who: str, given: str, conduct: str, junk: str) -> None:
    """Conduct and spam are absent from other people's lists, searches and counts."""
    listed = (await client.get(CASES)).text
    searched = (await client.get(f"{CASES}?text=hach%20sach%20nguoi%20dan")).text
    aside = (await client.get(f"{CASES}?group=spam")).text
    assert (given in listed) == (who != "other"), who
    sees = who in {"coordinator", "head"}
    assert (conduct in listed, conduct in searched) == (sees, sees), who
    assert (junk in listed, junk in aside) == (False, who == "coordinator"), who
    counts = {"coordinator": "3", "leader": "2", "head": "2", "officer": "1", "other": "0"}
    assert re.findall(r"<b>(\d+)</b> <span>Đang mở", listed) == [counts[who]], who


async def _posts_of_others(office: CaseOffice, client: httpx.AsyncClient, given: str, conduct: str) -> None:
    """What a page does not offer is refused as a page that is none, also with a token of one's own."""
    entered = ""
    for who, code, act in (
        ("leader", given, "acknowledge"),
        ("leader", given, "reroute"),
        ("leader", given, "identity"),
        ("other", given, "acknowledge"),
        ("other", given, "identity"),
        ("officer", conduct, "acknowledge"),
        ("officer", conduct, "identity"),
        ("officer", given, "reroute"),
        ("officer", given, "extend"),
        ("officer", given, "numbers"),
        ("coordinator", given, "acknowledge"),
        ("coordinator", given, "nothing"),
        ("coordinator", "1000000", "forward"),
    ):
        if who != entered:
            await office.enter(client, who)
            entered = who
        token = field((await client.get(CASES)).text, "token")
        every = {"agency": "Sở Tài chính", "reason": "Vì một lý do đủ dài", "until": "2026-05-05", "agreed": "Ông Mẫu"}
        form = {"token": token, "version": "2", "sure": "1", **every}
        answer = await client.post(f"{CASES}/{code}/{act}", data=form, headers=HERE)
        assert (answer.status_code, NOT_HERE in answer.text) == (404, True), (who, act)
        forged = await client.post(f"{CASES}/{code}/{act}", data={**form, "token": "0" * 64}, headers=HERE)
        assert forged.status_code == 403, (who, act)
        away = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
        assert (await client.post(f"{CASES}/{code}/{act}", data=form, headers=away)).status_code == 403
    assert await state(office, given) == "forwarded"


async def _one_file(office: CaseOffice, client: httpx.AsyncClient, given: str) -> None:
    await office.enter(client, "officer")
    got = await client.get(f"{CASES}/{given}/files/1")
    assert (got.content, got.headers["content-type"]) == (PICTURE, "image/png")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-disposition"].startswith("inline; filename*=UTF-8''anh")
    await office.office.run(lambda unit: unit.conn.exec_driver_sql("update files set media_type = 'text/html'"))
    got = await client.get(f"{CASES}/{given}/files/1")
    assert got.headers["content-type"] == "application/octet-stream"
    assert unquote(got.headers["content-disposition"]) == "attachment; filename*=UTF-8''anh <b>.png"


async def _nobody_reads_names(office: CaseOffice, client: httpx.AsyncClient, given: str) -> None:
    """Who reports stands on no page; an officer's name on none of a leader's."""
    for who in ("coordinator", "leader", "officer"):
        await office.enter(client, who)
        for path in (CASES, f"{CASES}/{given}", f"{CASES}?text={quote(SENDER)}", f"{CASES}?text={PHONE}"):
            shown = (await client.get(path)).text
            assert f"{SENDER} " not in shown.replace(f"“{SENDER}”", ""), (who, path)
            assert "Thôn" not in shown, (who, path)
    await office.enter(client, "officer")
    assert (await post(client, f"{CASES}/{given}", "acknowledge", {})).status_code == 303
    await office.enter(client, "leader")
    shown = (await client.get(f"{CASES}/{given}")).text
    assert "Nguyễn &#34;Mẫu&#34; An" not in shown
    assert "Nhận xử lý</b> <small>Sở Tư pháp" in shown
    assert "1 tệp kèm theo" in shown


class Marks(HTMLParser):
    """Gathers what could only come from somebody's words: scripts, pictures, styles, handlers, names in italics."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name for name, _ in attrs}
        self.found |= {one for one in named if one.startswith("on") or one == "style"}
        if tag in {"script", "i", "iframe", "object"} or (tag == "img" and ("src", "x") in attrs):
            self.found.add(tag)


async def test_hostile_words_are_shown_as_words(office: CaseOffice) -> None:
    codes = [await office.case(words) for words in HOSTILE]
    async with browser(office) as client:
        await office.enter(client, "coordinator")
        pages = [CASES, *(f"{CASES}/{code}" for code in codes), f"{CASES}?text={quote(HOSTILE[4][:60])}"]
        for path in pages:
            shown = await client.get(path)
            assert shown.status_code == 200
            marks = Marks()
            marks.feed(shown.text)
            assert marks.found == set(), path
            assert "script-src 'none'" in shown.headers["content-security-policy"]
            assert shown.headers["cache-control"] == "no-store"
        assert "{{ 7*7 }}" in (await client.get(f"{CASES}/{codes[4]}")).text
        looked = await post(client, f"{CASES}/{codes[0]}", "ask_supplement", {"text": HOSTILE[0]}, sure=False)
        assert (looked.status_code, "<script" in looked.text) == (200, False)
        assert looked.text.count("&lt;script&gt;alert(1)") >= 3, "what was typed, what the sender would read"
        kept = await client.get(f"{CASES}?text=thu%20tuc%20dat%20dai")
        assert codes[0] in kept.text, "found without marks"
        assert codes[2] not in kept.text


async def test_an_act_is_looked_at_and_only_then_done(office: CaseOffice) -> None:
    code = await office.case()
    page = f"{CASES}/{code}"
    async with browser(office) as client:
        await office.enter(client, "coordinator")
        missing = await post(client, page, "classify", {"class": "nobody", "urgency": "normal"})
        assert (missing.status_code, "Xin chọn lại “Phân loại" in missing.text) == (422, True)
        assert (await post(client, page, "classify", {"class": "regulation", "urgency": "urgent"})).status_code == 303
        unclear = await post(client, page, "forward", {"agency": "Sở", "note": "Xem <b>kỹ</b>"})
        assert unclear.status_code == 422
        assert re.search(r'id="forward">.*?<p class="wrong" role="alert">Chưa rõ cơ quan nào', unclear.text, re.S)
        assert "Xem &lt;b&gt;kỹ&lt;/b&gt;</textarea>" in unclear.text, "what was typed stays"
        looked = await post(client, page, "forward", {"agency": "Sở Tư pháp"}, sure=False)
        assert "Hạn trả lời: thứ Hai 23/03/2026" in looked.text
        assert "Sẽ báo: Nguyễn &#34;Mẫu&#34; An (Sở Tư pháp)" in looked.text
        assert f"{code}: đã chuyển Sở Tư pháp xử lý" in looked.text, "word for word what the sender would read"
        assert await state(office, code) == "classifying", "only looked at"
        shown = (await client.get(page)).text
        form = {"token": field(shown, "token"), "version": field(shown, "version"), "agency": "Sở Tư pháp"}
        back = await client.post(f"{page}/forward", data={**form, "sure": "1", "back": "1"}, headers=HERE)
        assert (back.status_code, 'value="Sở Tư pháp"' in back.text) == (200, True)
        assert await state(office, code) == "classifying"
        done = await client.post(f"{page}/forward", data={**form, "sure": "1"}, headers=HERE)
        assert done.headers["location"] == f"{page}?done=forward"
        after = (await client.get(done.headers["location"])).text
        assert "Đã chuyển cơ quan xử lý." in after
        assert '<p dir="auto">Sở Tư pháp</p>' in after, "where it went stands in its history"
        await office.enter(client, "second")
        token = field((await client.get(CASES)).text, "token")
        late = await client.post(f"{page}/forward", data={**form, "token": token, "sure": "1"}, headers=HERE)
        assert late.status_code == 422
        assert "vừa được đồng chí Hoàng &lt;i&gt;Mẫu&lt;/i&gt; Lan cập nhật lúc 09:00" in late.text
        assert "khẩn" in late.text


async def test_a_case_from_the_agency_to_its_answer(office: CaseOffice) -> None:
    code = await office.case()
    page = f"{CASES}/{code}"
    await forward(office, code)
    async with browser(office) as client:
        await office.enter(client, "officer")
        assert (await post(client, page, "acknowledge", {})).status_code == 303
        assert (await post(client, page, "ask", {"question": "Ông/bà nộp hồ sơ ngày nào?"})).status_code == 303
        shown = (await client.get(page)).text
        assert "Ông/bà nộp hồ sơ ngày nào?" in shown
        assert "trong đó chờ người gửi" in shown.lower()
        assert (await post(client, page, "resume", {})).status_code == 303
        note = await _draft(client, page)
        shown = (await client.get(page)).text
        assert "Chờ duyệt" in shown
        assert 'id="approve"' not in shown, "the head's"
        forged = {"token": field(shown, "token"), "version": field(shown, "version"), "kept": "a" + note}
        refused = await client.post(f"{page}/draft", data=forged, headers=HERE)
        assert refused.status_code == 422
        await office.enter(client, "head")
        looked = await post(client, page, "approve", {}, sure=False)
        assert "Đã bỏ yêu cầu nộp bản sao\ncông chứng" in looked.text.replace("\r", "")
        assert (await post(client, page, "approve", {})).status_code == 303
        assert await state(office, code) == "answered"
        await office.enter(client, "leader")
        shown = (await client.get(page)).text
        file = re.findall(rf'href="({page}/files/\d+)"', shown)
        assert len(file) == 1
        got = await client.get(file[0])
        assert (got.headers["content-type"], got.content[:5]) == ("application/pdf", b"%PDF-")
        assert got.headers["content-disposition"].startswith("attachment; ")
    query = "select fetched_at is not null from files"
    assert await office.office.read(lambda unit: unit.conn.exec_driver_sql(query).scalars().all()) == [1]


async def _draft(client: httpx.AsyncClient, page: str) -> str:
    """Lay a draft before the head, with a letter; return the note that carried the file from look to act."""
    shown = (await client.get(page)).text
    form = {
        "token": field(shown, "token"),
        "version": field(shown, "version"),
        "outcome": "fixed",
        "text": "Đã bỏ yêu cầu nộp bản sao\ncông chứng từ hôm nay.",
        "number": "45/STP-VP",
        "on": "2026-03-02",
        "signer": "Lê Mẫu Hà",
    }
    wrong = {"file": ("a.exe", b"MZ\x90\x00", "application/pdf")}
    refused = await client.post(f"{page}/draft", data=form, files=wrong, headers=HERE)
    assert (refused.status_code, "không thuộc loại được nhận" in refused.text) == (422, True)
    letter = {"file": ("../công văn.pdf", b"%PDF-1.4 tra loi", "text/html")}
    looked = await client.post(f"{page}/draft", data=form, files=letter, headers=HERE)
    assert (looked.status_code, "công văn.pdf" in looked.text) == (200, True)
    note = field(looked.text, "kept")
    done = await client.post(f"{page}/draft", data={**form, "kept": note, "sure": "1"}, headers=HERE)
    assert done.status_code == 303
    return note


async def test_a_refusal_needs_a_ground_and_a_second_person(office: CaseOffice) -> None:
    code = await office.case()
    page, reason = f"{CASES}/{code}", {"reason": "Chưa rõ việc gì, xảy ra ở đâu"}
    async with browser(office) as client:
        await office.enter(client, "coordinator")
        for ground in ("R9", "R7", "không thuộc thẩm quyền"):
            refused = await post(client, page, "refuse", {"ground": ground, **reason})
            assert (refused.status_code, "Xin chọn lại “Căn cứ”" in refused.text) == (422, True)
        assert (await post(client, page, "refuse", {"ground": "R2", **reason})).status_code == 303
        assert 'id="agree"' not in (await client.get(page)).text, "not one's own"
        own = await post(client, page, "agree", {})
        assert (own.status_code, "Người đề nghị không tự đồng ý được" in own.text) == (422, True)
        await office.enter(client, "second")
        assert 'id="agree"' in (await client.get(page)).text
        assert (await post(client, page, "agree", {})).status_code == 303
        assert await state(office, code) == "refused"


async def test_who_reports_is_shown_for_a_reason_that_is_kept(office: CaseOffice) -> None:
    code = await office.case()
    page = f"{CASES}/{code}"
    await forward(office, code)
    async with browser(office) as client:
        await office.enter(client, "officer")
        shown = (await client.get(page)).text
        form = {"token": field(shown, "token"), "reason": "x"}
        refused = await client.post(f"{page}/identity", data=form, headers=HERE)
        assert (refused.status_code, "Xin ghi lý do cần thông tin người gửi" in refused.text) == (422, True)
        asked = {**form, "reason": "Hẹn kiểm tra thực địa"}
        seen = await client.post(f"{page}/identity", data=asked, headers=HERE)
        assert seen.status_code == 200
        assert SENDER in seen.text
        assert "Thôn &lt;b&gt;Mẫu" in seen.text
        assert seen.headers["cache-control"] == "no-store"
        assert (await client.get(f"{page}/identity")).status_code == 405
        assert "Hẹn kiểm tra" not in (await client.get(page)).text, "the office's business"
        await office.enter(client, "coordinator")
        assert "Hẹn kiểm tra thực địa" in (await client.get(page)).text
    query = "select reason from identity_reads"
    kept = await office.office.read(lambda unit: unit.conn.exec_driver_sql(query).scalars().all())
    assert kept == ["Hẹn kiểm tra thực địa"]


async def test_feedback_is_written_down_for_somebody_else(office: CaseOffice) -> None:
    page = f"{CASES}/new"
    typed = {
        "source": "phone",
        "kind": "regulation",
        "content": "Tôi tố cáo việc cán bộ yêu cầu nộp bản sao công chứng khi khai sinh ở xã Lam Sơn",
        "about": "UBND xã Lam Sơn",
        "who": "person",
        "name": SENDER,
        "address": "Thôn Mẫu, xã Lam Sơn",
        "contact": PHONE,
        "incoming_number": "<b>77</b>",
        "incoming_on": "2026-02-27",
        "received_on": "2026-02-27",
        "agreed": "1",
    }
    async with browser(office) as client:
        await office.enter(client, "coordinator")
        token = field((await client.get(page)).text, "token")
        for wrong, said in (("agreed", "Xin điền “Đã đọc thông báo"), ("contact", "Xin điền “Điện thoại")):
            refused = await client.post(page, data={**typed, wrong: "", "token": token}, headers=HERE)
            assert (refused.status_code, said in refused.text, SENDER in refused.text) == (422, True, True)
        late = await client.post(page, data={**typed, "received_on": "2026-03-03", "token": token}, headers=HERE)
        assert (late.status_code, "Ngày tiếp nhận đang ở tương lai" in late.text) == (422, True)
        looked = await client.post(page, data={**typed, "token": token}, headers=HERE)
        assert "Nghe như khiếu nại, tố cáo" in looked.text
        assert "Hạn chuyển cơ quan xử lý: thứ Sáu 06/03/2026" in looked.text
        assert PHONE in looked.text
        count = "select count(*) from cases"
        assert await office.office.read(lambda unit: unit.conn.exec_driver_sql(count).scalar_one()) == 0
        done = await client.post(page, data={**typed, "token": token, "sure": "1"}, headers=HERE)
        assert (done.status_code, 'class="secret"' in done.text) == (200, True)
        code = re.findall(r"PAKN-SL-2026-\d{6}", done.text)[0]
        shown = (await client.get(f"{CASES}/{code}")).text
        assert "&lt;b&gt;77&lt;/b&gt;, ngày 27/02/2026" in shown
        assert "Điện thoại, nhận" in shown
        assert PHONE not in shown


@contextmanager
def statements() -> Iterator[list[str]]:
    """Gather what the database is asked meanwhile."""
    heard: list[str] = []

    def hear(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


async def test_a_page_asks_the_database_as_often_for_many_cases_as_for_few(office: CaseOffice) -> None:
    codes = [await office.case(HOSTILE[at % 5]) for at in range(3)]
    await forward(office, codes[0])
    paths = (CASES, f"{CASES}?group=late&text=thu%20tuc", f"{CASES}/{codes[0]}", f"{CASES}/{codes[1]}")
    async with browser(office) as client:
        await office.enter(client, "coordinator")

        async def asked(path: str) -> int:
            await client.get(path)
            with statements() as heard:
                assert (await client.get(path)).status_code == 200
            return len(heard)

        few = [await asked(path) for path in paths]
        for at in range(60):
            await office.case(HOSTILE[at % 5])
        await post(client, f"{CASES}/{codes[0]}", "urge", {})
        await post(client, f"{CASES}/{codes[1]}", "numbers", {"incoming_number": "12"})
        many = [await asked(path) for path in paths]
        assert many == few
        assert max(many) <= 32
        listed = (await client.get(CASES)).text
        after = re.findall(r'rel="next" href="([^"]+)"', listed)[0].replace("&amp;", "&")
        second = (await client.get(after)).text
        on_both = {*re.findall(r">(PAKN-SL-2026-\d{6})<", listed)} & {*re.findall(r">(PAKN-SL-2026-\d{6})<", second)}
        assert (listed.count('class="line-head"'), second.count('class="line-head"'), on_both) == (30, 30, set())
        assert re.search(r"<b>63</b> <span>Đang mở", listed)


async def test_a_portfolio_and_a_named_handler_open_what_is_theirs(office: CaseOffice) -> None:
    given, conduct = await office.case(), await office.case(GUARD, Kind.CONDUCT)
    for code in (given, conduct):
        await forward(office, code)
    follow = (
        "insert into follows (person_id, role, agency_id, created_at) "
        f"select id, 'leader', {STC}, '2026-01-12 01:00:00+00:00' from people where name = 'Trần Mẫu Bình'"
    )
    await office.office.run(lambda unit: unit.conn.exec_driver_sql(follow))
    async with browser(office) as client:
        await office.enter(client, "leader")
        assert (await client.get(f"{CASES}/{given}")).status_code == 404
        assert given not in (await client.get(CASES)).text
        await forward_to_finance(office, given)
        assert (await client.get(f"{CASES}/{given}")).status_code == 200
        assert given in (await client.get(CASES)).text
        await office.enter(client, "head")
        page = f"{CASES}/{conduct}"
        shown = (await client.get(page)).text
        officer = re.findall(r'<option value="(\d+)">Nguyễn &#34;Mẫu&#34; An', shown)[0]
        assert (await post(client, page, "handler", {"person": officer})).status_code == 303
        await office.enter(client, "officer")
        assert conduct in (await client.get(f"{CASES}?kind=conduct")).text
        assert (await post(client, page, "acknowledge", {})).status_code == 303
    assert await state(office, conduct) == "in_progress"


async def forward_to_finance(office: CaseOffice, code: str) -> None:
    """Give a case to another agency on its page, as the coordinator."""
    async with browser(office) as client:
        await office.enter(client, "coordinator")
        fields = {"agency": "Sở Tài chính", "reason": "Thuộc lĩnh vực tài chính"}
        assert (await post(client, f"{CASES}/{code}", "reroute", fields)).status_code == 303


async def test_papers_lists_and_words_for_who_has_no_chat_are_taken_along(office: CaseOffice) -> None:
    code = await office.case()
    page, reads = f"{CASES}/{code}", "select count(*) from identity_reads"
    await forward(office, code)

    async def read() -> int:
        return int(await office.office.read(lambda unit: unit.conn.exec_driver_sql(reads).scalar_one()))

    async with browser(office) as client:
        for who, kind, status in (
            ("leader", "answer", 404),
            ("other", "answer", 404),
            ("officer", "forwarding", 404),
            ("officer", "answer", 200),
            ("coordinator", "nothing", 404),
            ("coordinator", "refusal", 422),
            ("coordinator", "forwarding", 200),
        ):
            await office.enter(client, who)
            token = field((await client.get(CASES)).text, "token")
            got = await client.post(f"{page}/papers/{kind}", data={"token": token}, headers=HERE)
            assert (got.status_code, got.content[:2] == b"PK") == (status, status == 200), (who, kind)
            listed = await client.post(f"{CASES}/export", data={"token": token}, headers=HERE)
            assert listed.status_code == (200 if who == "coordinator" else 404), who
        assert unquote(got.headers["content-disposition"]).endswith(f"''chuyen-{code}.docx")
        assert await read() == 0
        named = await client.post(f"{CASES}/export", data={"token": token, "reason": "Nhập Cổng DVCQG"}, headers=HERE)
        assert (named.content[:2], await read()) == (b"PK", 1)
        none = await client.post(f"{CASES}/export", data={"token": token, "text": "zzz"}, headers=HERE)
        assert (none.status_code, "Không có phản ánh nào" in none.text) == (422, True)
        shown = (await client.get(page)).text
        assert f"{code}: đã chuyển Sở Tư pháp xử lý" in shown, "what is to be told by phone"
        assert (await post(client, page, "told", {"how": "Gọi điện lúc 9 giờ"})).status_code == 303
        assert 'id="told"' not in (await client.get(page)).text


async def test_what_may_be_the_same_matter_is_shown_to_the_office_alone(office: CaseOffice) -> None:
    first, second = await office.case(HOSTILE[0]), await office.case(HOSTILE[0].replace("yêu cầu", "đòi"))
    apart, conduct = await office.case(HOSTILE[2]), await office.case(HOSTILE[0], Kind.CONDUCT)
    async with browser(office) as client:
        await office.enter(client, "coordinator")
        alike = re.findall(r'id="trung">.*?</section>', (await client.get(f"{CASES}/{second}")).text, re.S)
        assert re.findall(r"<b>(PAKN[-\w]+)</b>", alike[0]) == [first]
        for code in (apart, conduct):
            assert 'id="trung"' not in (await client.get(f"{CASES}/{code}")).text
        await forward(office, second)
        await office.enter(client, "officer")
        assert first not in (await client.get(f"{CASES}/{second}")).text


async def test_what_is_answered_and_not_posted_is_found(office: CaseOffice) -> None:
    chat, other = await office.case(), await office.case(HOSTILE[2])
    change = "update cases set state = 'answered', answered_on = '2026-03-02', source = ? where code = ?"
    for source, code in (("chat", chat), ("national", other)):
        await office.office.run(lambda unit, row=(source, code): unit.conn.exec_driver_sql(change, row))
    async with browser(office) as client:
        await office.enter(client, "coordinator")
        found = (await client.get(f"{CASES}?posted=no")).text
        assert (other in found, chat in found) == (True, False)
        kept = await post(
            client, f"{CASES}/{other}", "numbers", {"posted_on": "2026-03-02", "posted_url": "https://x.vn/<1>"}
        )
        assert kept.status_code == 303
        assert other not in (await client.get(f"{CASES}?posted=no")).text
        assert 'href="https://x.vn/&lt;1&gt;"' in (await client.get(f"{CASES}/{other}")).text
        wrong = await post(client, f"{CASES}/{other}", "numbers", {"posted_url": "javascript:alert(1)"})
        assert (wrong.status_code, "Đường dẫn phải bắt đầu bằng https://" in wrong.text) == (422, True)
