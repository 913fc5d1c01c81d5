"""Officials and heads without a chat: the same notices by mail, and their answers by the link in it."""

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from docx import Document
from icalendar import Calendar

from actions import extensions, mailing, offices
from actions.people import Newcomer, invite_person
from app.run import web_parts
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.people import Role
from storage.views import office as office_views
from tests.channels.email_rig import shown
from tests.emulators.mailbox import Mailbox
from tests.office import Chat, Office, Row, make_office
from tests.web.conftest import browser_at
from web.app import create_app

pytestmark = pytest.mark.anyio

BASE = "http://127.0.0.1:8080"
PLAN = (
    Row("Ban hành kế hoạch kiểm soát thủ tục", "Sở Tư pháp", "Trước ngày 20/3/2026", "Kế hoạch"),
    Row("Bố trí kinh phí", "Sở Tài chính", "Quý II năm 2026"),
    Row("Tiếp dân", "Sở Tư pháp", "Thường xuyên", "Báo cáo"),
)
AN = Newcomer("STP", "Nguyễn Mẫu An", "Chuyên viên", "", Role.OFFICER, "an@stp.example.vn")
HOA = Newcomer("STP", "Lý Mẫu Hòa", "Giám đốc", "", Role.HEAD, "hoa@stp.example.vn")


@dataclass
class Post:
    """An office that sends mails to a mailbox, and the browser in which its people open links."""

    office: Office
    box: Mailbox
    client: httpx.AsyncClient
    lan: Chat

    async def enrol(self, *rows: Newcomer) -> None:
        """Do as `people import` does."""
        for row in rows:
            await self.office.run(lambda unit, row=row: self._enrol(unit, row))  # type: ignore[misc]

    def _enrol(self, unit: Any, row: Newcomer) -> None:
        invite_person(unit, row, self.office.clock())
        mailing.give(unit, row, self.office.clock())

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails that somebody got."""
        return [mail for mail, to in zip(self.box.mails, self.box.recipients, strict=True) if to == address]

    async def facts(self, query: str) -> list[tuple[Any, ...]]:
        rows = await self.office.read(lambda unit: unit.conn.exec_driver_sql(query).all())
        return [tuple(row) for row in rows]

    async def act(self, path: str, code: str, act: str, **given: str) -> httpx.Response:
        """Open a task's page by the link of a mail and send one of its forms."""
        page = await self.client.get(f"{path}/{code}")
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
        form: dict[str, Any] = {name: (None, value) for name, value in {**fields, **given}.items()}
        return await self.client.post(f"{path}/{code}/{act}", files=form)


@asynccontextmanager
async def posted(folder: Path) -> AsyncIterator[Post]:
    async with Mailbox() as box:
        given = {
            "SMTP_URL": f"smtp://127.0.0.1:{box.port}",
            "NHACVIEC_MAIL_FROM": "nhacviec@songlam.example.vn",
            "NHACVIEC_PREVIEW": "off",
        }
        office = make_office(folder, environment=given)
        await office.run(lambda unit: offices.remember_address(unit, BASE, office.clock()))
        lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
        async with browser_at(create_app(web_parts(office.inner, None))) as client:
            yield Post(office, box, client, lan)
        await office.close()


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with posted(tmp_path) as opened:
        yield opened


def link(mail: EmailMessage) -> str:
    """Return the path of a mail's link."""
    (address,) = shown(mail).addresses
    assert address.startswith(f"{BASE}/l/")
    return address.removeprefix(BASE)


async def test_an_official_without_a_chat_gets_the_work_by_mail_and_reports_by_its_link(post: Post) -> None:
    await post.enrol(AN)
    await post.office.issue(PLAN)
    await post.office.settle()
    (mail,) = post.to(AN.mail)
    text = shown(mail).text
    assert mail["subject"].startswith("Văn phòng UBND tỉnh: ")
    assert "NV-0001" in text
    assert "Ban hành kế hoạch kiểm soát thủ tục" in text
    assert "Trả lời “xong NV-…”" not in text, "nothing that is written back reaches us"
    assert "Cần hỗ trợ: Phòng Kiểm soát thủ tục hành chính" in text
    done = await post.act(link(mail), "NV-0001", "xong", document="45/KH-STP ngày 12/01/2026")
    assert "Đã báo cáo hoàn thành NV-0001" in done.text
    await post.office.settle()
    heard = await post.lan.say("NV-0001")
    assert "đã báo cáo" in heard[-1].first_line
    assert "văn bản 45/KH-STP" in heard[-1].text


async def test_the_letter_holds_the_tasks_and_the_calendar_their_dates(post: Post) -> None:
    await post.enrol(AN)
    await post.office.issue(PLAN)
    await post.office.settle()
    word, dates = list(post.to(AN.mail)[0].iter_attachments())
    assert word.get_filename() == "thong-bao-viec-2026-01-12.docx"
    paper = Document(io.BytesIO(word.get_content()))
    assert "Kính gửi: Chuyên viên, Nguyễn Mẫu An" in [one.text for one in paper.paragraphs]
    head, *rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert head == ["TT", "Mã việc", "Nội dung", "Hạn", "Sản phẩm", "Văn bản giao"]
    assert [row[1] for row in rows] == ["NV-0001", "NV-0003"]
    assert rows[0][2].startswith("Ban hành kế hoạch kiểm soát thủ tục")
    assert rows[0][3].startswith("thứ Năm 19/03/2026")
    assert rows[0][4:] == ["Kế hoạch", "Kế hoạch 15/KH-UBND ngày 09/01/2026"]
    assert rows[1][3].startswith("Chưa có ngày cụ thể")
    assert "/l/" not in "\n".join(one.text for one in paper.paragraphs), "the letter may be passed on"
    book: Any = Calendar.from_ical(dates.get_content())
    (event,) = book.walk("VEVENT")
    assert (book["METHOD"], event["UID"], event["SEQUENCE"]) == ("PUBLISH", "nv-0001.sl@nhacviec", 0)
    assert event["DTSTART"].dt == date(2026, 3, 19)
    assert event["DTEND"].dt == date(2026, 3, 20)
    assert [alarm["TRIGGER"].dt.total_seconds() for alarm in event.walk("VALARM")] == [-16 * 3600]


async def test_a_later_date_renews_the_same_day_in_the_calendar(post: Post) -> None:
    await post.enrol(AN)
    await post.office.issue(PLAN)
    await post.office.settle()
    given = {"until": "30/04/2026", "reason": "Chờ số liệu", "document": ""}
    assert (await post.act(link(post.to(AN.mail)[0]), "NV-0001", "gia-han", **given)).status_code == 200
    await post.office.settle()
    await post.lan.say("tonghop")
    extension = await post.facts("select id from extensions")
    await post.office.run(lambda unit: _grant(unit, post, extension[0][0]))
    await post.office.advance(datetime(2026, 1, 13, 9, 0, tzinfo=VIETNAM))
    dates = [one for one in post.to(AN.mail)[-1].iter_attachments() if one.get_content_type() == "text/calendar"]
    book: Any = Calendar.from_ical(dates[0].get_content())
    (event,) = book.walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"]) == ("nv-0001.sl@nhacviec", 1)
    assert event["DTSTART"].dt == date(2026, 4, 30)


def _grant(unit: Any, post: Post, extension: int) -> None:
    lan = office_views.viewer(unit, 1, date(2026, 1, 12))
    extensions.grant(unit, lan, extension, date(2026, 4, 30), extensions.Word(), post.office.clock())


async def test_a_head_without_a_chat_hears_of_what_is_late_and_answers(post: Post) -> None:
    await post.enrol(AN, HOA)
    await post.office.issue(PLAN)
    await post.office.advance(datetime(2026, 3, 26, 9, 0, tzinfo=VIETNAM))
    late = [mail for mail in post.to(HOA.mail) if "quá hạn" in shown(mail).text]
    assert late, [shown(mail).text for mail in post.to(HOA.mail)]
    assert [one.get_content_type() for one in late[0].iter_attachments()][1:] == ["text/calendar"]
    said = await post.act(link(late[0]), "NV-0001", "tien-do", text="Đã trình ký, 90%")
    assert "Đã ghi tiến độ NV-0001: 90%" in said.text
    assert (await post.facts("select percent from comments"))[-1] == (90,)


async def test_the_quarters_question_is_answered_at_once_for_all(post: Post) -> None:
    await post.enrol(AN)
    await post.office.issue(PLAN)
    await post.office.advance(datetime(2026, 3, 9, 9, 0, tzinfo=VIETNAM))
    mail = next(one for one in post.to(AN.mail) if "hỏi chung" in one["subject"])
    page = await post.client.get(link(mail))
    assert "Trả lời chung cho 1 việc thường xuyên của Sở Tư pháp" in page.text
    (action,) = re.findall(r'action="([^"]*/chung/\d+)"', page.text)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    form: dict[str, Any] = {name: (None, value) for name, value in fields.items()}
    short = await post.client.post(action, files={**form, "text": (None, "ừ")})
    assert (short.status_code, "từ 5 ký tự" in short.text) == (422, True)
    said = await post.client.post(action, files=form)
    assert "Đã ghi nhận cho 1 việc thường xuyên" in said.text
    assert await post.facts("select kind, text from comments") == [("check_in", "Vẫn thực hiện, không vướng")]
    assert (await post.client.post(action, files=form)).status_code == 422, "once"
    other = re.sub(r"\d+$", "1", action)
    assert (await post.client.post(other, files=form)).status_code == 404


async def test_a_chat_goes_first_and_mail_is_what_remains(post: Post) -> None:
    await post.enrol(AN)
    chat = post.office.stranger("An")
    await chat.say(await post.office.invite("STP", Role.OFFICER, AN.name, AN.position))
    await chat.press("Đúng, tham gia")
    await post.office.issue(PLAN)
    await post.office.settle()
    assert post.to(AN.mail) == []
    assert any("NV-0001" in one.text for one in await chat.all_heard())
    await post.office.run(
        lambda unit: unit.conn.exec_driver_sql("update endpoints set state = 'dead' where channel = 'web' and id > 1")
    )
    await post.office.advance(datetime(2026, 3, 18, 9, 0, tzinfo=VIETNAM))
    assert post.to(AN.mail)


async def test_an_address_that_nobody_has_is_told_to_the_office_once(post: Post) -> None:
    post.box.unknown.add(AN.mail)
    await post.enrol(AN)
    await post.office.issue(PLAN)
    await post.office.settle()
    await post.office.advance(datetime(2026, 1, 13, 9, 0, tzinfo=VIETNAM))
    assert post.to(AN.mail) == []
    assert await post.facts("select state from endpoints where channel = 'email'") == [("dead",)]
    told = [one for one in await post.lan.all_heard() if "Nguyễn Mẫu An" in one.text]
    assert len(told) == 1
    post.box.unknown.clear()
    await post.enrol(AN)
    await post.office.advance(datetime(2026, 1, 14, 9, 0, tzinfo=VIETNAM))
    assert post.to(AN.mail), "the address given again is open again"


async def test_a_lost_answer_is_repeated_once_under_the_same_name_with_the_same_link(post: Post) -> None:
    await post.enrol(AN)
    post.box.faults.append("hang up after")
    await post.office.issue(PLAN)
    await post.office.settle()
    post.office.clock.tick(60)
    await post.office.settle()
    first, again = post.to(AN.mail)
    assert first["message-id"] == again["message-id"]
    assert again["subject"] == f"(nhắc lại) {first['subject']}"
    assert link(first) == link(again)
    assert [one.get_content() for one in first.iter_attachments()] == [
        one.get_content() for one in again.iter_attachments()
    ]


async def test_a_server_that_was_away_gets_one_mail_when_it_is_back(post: Post) -> None:
    await post.enrol(AN)
    post.box.faults.extend(["greylisted", "closing"])
    await post.office.issue(PLAN)
    for _ in range(3):
        await post.office.settle()
        post.office.clock.tick(120)
    assert len(post.to(AN.mail)) == 1


async def test_a_mail_to_the_office_speaks_of_no_task_of_its_own(post: Post) -> None:
    row = Newcomer("VPUBND", "Đỗ Mẫu Linh", "Chuyên viên", "", Role.COORDINATOR, "linh@vp.example.vn")
    await post.enrol(row, AN)
    await post.office.issue(PLAN)
    await post.office.settle()
    await post.act(link(post.to(AN.mail)[0]), "NV-0001", "xong", none="1")
    await post.office.advance(datetime(2026, 1, 13, 9, 0, tzinfo=VIETNAM))
    mail = next(one for one in post.to(row.mail) if "NV-0001" in shown(one).text)
    page = await post.client.get(link(mail))
    assert "NV-0001" in page.text
    assert "<form" not in page.text, "the office decides in the chat"


async def test_in_short_a_mail_has_code_title_date_and_links_alone(post: Post) -> None:
    await post.enrol(AN)
    await post.office.run(
        lambda unit: unit.conn.exec_driver_sql("update endpoints set brief = true where channel = 'email'")
    )
    await post.office.issue(PLAN)
    await post.office.settle()
    (mail,) = post.to(AN.mail)
    assert list(mail.iter_attachments()) == []
    assert "NV-0001" in shown(mail).text
    assert "Kế hoạch số 15/KH-UBND" not in shown(mail).text
    done = await post.act(link(mail), "NV-0001", "nhan")
    assert "đơn vị đã nhận NV-0001" in done.text


async def test_one_address_is_one_persons(post: Post) -> None:
    await post.enrol(AN)
    with pytest.raises(ActRefused, match="đã được ghi cho một người khác"):
        await post.enrol(Newcomer("STC", "Lê Mẫu Tâm", "", "", Role.OFFICER, AN.mail.upper()))


async def test_another_address_closes_the_one_before(post: Post) -> None:
    await post.enrol(AN)
    await post.enrol(Newcomer("STP", AN.name, AN.position, "", AN.role, "an.nguyen@stp.example.vn"))
    await post.office.issue(PLAN)
    await post.office.settle()
    assert (len(post.to(AN.mail)), len(post.to("an.nguyen@stp.example.vn"))) == (0, 1)


async def test_no_address_and_no_key_stands_in_the_audit(post: Post) -> None:
    await post.enrol(AN)
    await post.office.issue(PLAN)
    await post.office.settle()
    token = link(post.to(AN.mail)[0]).removeprefix("/l/")
    kept = str(await post.facts("select * from audit")) + str(await post.facts("select * from chat_links"))
    assert AN.mail not in kept
    assert token not in kept
