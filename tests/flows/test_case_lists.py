"""A list of the national system in a coordinator's chat: shown, taken over once, brought up to date, written again."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from actions.cases import importing
from actions.cases.foreseeing import Foreseen
from actions.cases.opening import Feedback, Origin, open_case
from domain.cases.decisions import Source
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.people import Role
from domain.register_files import ReadList, RegisterRow, Stage
from messages import case_list
from storage.database import Unit
from storage.schema import case_events, case_handlings, case_tellings, cases, citizens, endpoints, identity_reads
from tests.flows.collecting import files_of, pick, read, words_of
from tests.office import Chat, Office, make_office

pytestmark = pytest.mark.anyio

NEW = RegisterRow(
    2,
    "PA-1",
    "Hồ sơ đất đai nộp ba tháng chưa trả",
    date(2026, 1, 9),
    Reporter("Nguyễn Mẫu An", "xã Mẫu", "0912345678"),
)
HANDED = RegisterRow(
    3,
    "PA-2",
    "Thủ tục yêu cầu thêm giấy tờ",
    date(2026, 1, 8),
    Reporter("Trần Mẫu Bình", "xã Mẫu"),
    stage=Stage.FORWARDED,
    agency="Sở Tư pháp",
    forwarded_on=date(2026, 1, 9),
    due_on=date(2026, 1, 30),
)
SENT = "Cổng Dịch vụ công quốc gia"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = make_office(tmp_path)
    yield made
    await made.close()


async def sent(clerk: Chat, name: str, *rows: RegisterRow) -> Any:
    await clerk.send_file(name, content=case_list.book(rows), media_type=case_list.MEDIA_TYPE)
    await pick(clerk, "Danh sách phản ánh", SENT)
    return await read(clerk)


async def test_a_list_is_shown_then_taken_over_once_and_goes_out_again(office: Office) -> None:
    clerk = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    justice = await office.officer("STP", name="Nguyễn Mẫu Tư")
    shown = await sent(clerk, "pakn.xlsx", NEW, HANDED)
    assert shown.first_line == "Đã đọc “pakn.xlsx”: 2 phản ánh mới, 0 có thay đổi, 0 không đổi"
    assert "Chuyển cho cơ quan xử lý ngay khi nhập: 1 phản ánh" in shown.text
    assert "Nguyễn Mẫu An" not in shown.text
    assert await office.read(lambda unit: unit.conn.execute(cases.select()).all()) == []

    taken = await pick(clerk, "Nhập vào sổ")
    assert taken.first_line == "Đã nhập “pakn.xlsx”: 2 phản ánh mới, 0 có thay đổi"
    rows = await office.read(lambda unit: unit.conn.execute(cases.select().order_by(cases.c.id)).all())
    assert [(one.external_code, one.state, one.received_on) for one in rows] == [
        ("PA-1", "waiting_reception", date(2026, 1, 9)),
        ("PA-2", "forwarded", date(2026, 1, 8)),
    ]
    assert "Mã mới: PAKN-" in taken.text
    await office.advance(office.clock().replace(hour=14))
    told = "\n".join(one.text for one in await justice.heard())
    assert rows[1].code in told

    sealed = await office.read(lambda unit: unit.conn.execute(citizens.select()).all())
    assert not any(b"Nguy" in bytes(one.name or b"") for one in sealed)
    kept = await office.read(
        lambda unit: [str(one.data) for one in unit.conn.execute(case_events.select()) if one.act == "import"]
    )
    assert len(kept) == 2
    assert "đất đai" not in "".join(kept), "what a list said is kept as digests"

    answered = replace(HANDED, stage=Stage.ANSWERED, answer="Đã bỏ giấy tờ ấy.", answered_on=date(2026, 1, 12))
    again = await sent(clerk, "pakn-2.xlsx", NEW, answered)
    assert again.first_line.endswith("0 phản ánh mới, 1 có thay đổi, 1 không đổi")
    await pick(clerk, "Nhập vào sổ")
    states = await office.read(lambda unit: unit.conn.execute(cases.select().order_by(cases.c.id)).all())
    assert [(one.state, one.answered_on) for one in states] == [
        ("waiting_reception", None),
        ("answered", date(2026, 1, 12)),
    ]
    same = await sent(clerk, "pakn-2.xlsx", NEW, answered)
    assert "Không có gì phải nhập." in same.text
    assert "Tệp này đã được nhập trước đó." in same.text

    await clerk.press("Sổ phản ánh")
    out = await pick(clerk, "Xuất danh sách", "Đang mở")
    assert out.first_line.startswith("Danh sách phản ánh, kiến nghị (đang mở): phan-anh-2026-01-12.xlsx")
    (content,) = [one for name, one in (await files_of(clerk)).items() if name.startswith("phan-anh")]
    texts = {str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for cell in row}
    assert {"PA-1", rows[0].code} <= texts
    assert not {"Nguyễn Mẫu An", "PA-2"} & texts


async def test_what_is_no_list_is_said_and_others_may_send_none(office: Office) -> None:
    clerk = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    officer = await office.officer("STP", name="Nguyễn Mẫu Tư")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Kế hoạch", "năm 2026"])
    written = io.BytesIO()
    book.save(written)
    await clerk.send_file("x.xlsx", content=written.getvalue(), media_type=case_list.MEDIA_TYPE)
    await pick(clerk, "Danh sách phản ánh", SENT)
    assert "không có dòng tiêu đề" in (await read(clerk)).text
    many = [replace(NEW, code=f"PA-{at}") for at in range(501)]
    assert "nhận tối đa 500" in (await sent(clerk, "dai.xlsx", *many)).text
    await officer.say("viec")
    for key in ("caselist:export:open", "caselist:take:1", "caselist:source:national"):
        (refused,) = await officer._send({"button": key, "label": "x"}, "x")
        assert "Không tìm thấy" in refused.text


async def test_papers_are_written_for_the_office_and_the_answer_for_its_agency(office: Office) -> None:
    clerk = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    justice = await office.officer("STP", name="Nguyễn Mẫu Tư")
    home = await office.officer("SNV", name="Phạm Mẫu Nội")
    answered = replace(
        HANDED, stage=Stage.ANSWERED, answer="Đã bỏ giấy tờ ấy theo quy định.", answered_on=date(2026, 1, 12)
    )
    await sent(clerk, "pakn.xlsx", answered)
    await pick(clerk, "Nhập vào sổ")
    (row,) = await office.read(lambda unit: unit.conn.execute(cases.select()).all())
    await clerk.say("viec")
    (offered,) = await clerk._send({"button": f"casepaper:pick:{row.id}", "label": "x"}, "x")
    labels = [one.label for one in offered.choices]
    assert labels[:3] == ["Văn bản chuyển", "Công văn trả lời", "Giấy biên nhận"]
    await pick(clerk, "Công văn trả lời")
    (content,) = [one for name, one in (await files_of(clerk)).items() if name.startswith("tra-loi")]
    assert "Kính gửi: Ông/bà Trần Mẫu Bình" in words_of(content)
    reads = await office.read(lambda unit: unit.conn.execute(identity_reads.select()).all())
    assert [one.reason for one in reads] == ["lập công văn trả lời"]

    await justice.say("viec")
    await justice._send({"button": f"casepaper:answer:{row.id}", "label": "x"}, "x")
    (theirs,) = [one for name, one in (await files_of(justice)).items() if name.startswith("tra-loi")]
    assert "Trần Mẫu Bình" not in words_of(theirs), "an agency's paper leaves the name open"
    for chat, key in ((justice, "casepaper:forwarding"), (home, "casepaper:answer"), (home, "casepaper:pick")):
        await chat.say("viec")
        (refused,) = await chat._send({"button": f"{key}:{row.id}", "label": "x"}, "x")
        assert "Không tìm thấy" in refused.text


async def test_every_step_of_a_list_meets_every_step_here(office: Office) -> None:
    await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    head = await office.officer("STP", Role.HEAD, "Trần Mẫu Thủ")
    assert head.role is Role.HEAD
    done = {"answer": "Đã giải quyết xong.", "answered_on": date(2026, 1, 12)}

    def row(code: str, stage: Stage, **values: Any) -> RegisterRow:
        return replace(HANDED if stage is not Stage.RECEIVED else NEW, code=code, stage=stage, **values)

    async def take(*rows: RegisterRow) -> Foreseen:
        listed = ReadList(rows)
        return await office.run(
            lambda unit: importing.take(unit, None, Source.NATIONAL, listed, "0" * 64, office.clock())
        )

    async def stands() -> dict[str, str]:
        found = await office.read(lambda unit: unit.conn.execute(cases.select()).all())
        return {one.external_code: one.state for one in found}

    await take(
        row("refused", Stage.RECEIVED),
        row("withdrawn", Stage.FORWARDED),
        row("answered", Stage.ANSWERED, **done),
        row("nobody's", Stage.ANSWERED, **done, agency=""),
        row("ended", Stage.REFUSED),
        row("unknown", Stage.FORWARDED, agency="Sở Lạ"),
        row("erased", Stage.RECEIVED),
        row("conduct", Stage.FORWARDED, kind=Kind.CONDUCT, agency="Sở Nội vụ"),
    )
    assert await stands() == {
        "refused": "waiting_reception",
        "withdrawn": "forwarded",
        "answered": "answered",
        "nobody's": "answered",
        "ended": "refused",
        "unknown": "waiting_reception",
        "erased": "waiting_reception",
        "conduct": "forwarded",
    }
    by_code = {one.external_code: one for one in await office.read(lambda u: u.conn.execute(cases.select()).all())}
    assert by_code["conduct"].by_document, "an agency without a head here gets conduct by letter"
    assert by_code["answered"].passed_on == date(2026, 1, 9)
    asked = (
        cases.update().where(cases.c.external_code == "erased").values(anonymised_at=office.clock(), content="(đã xoá)")
    )
    await office.run(lambda unit: unit.conn.execute(asked))

    second = await take(
        row("refused", Stage.REFUSED),
        row("withdrawn", Stage.WITHDRAWN),
        row("answered", Stage.FORWARDED),
        row("nobody's", Stage.REFUSED),
        row("ended", Stage.FORWARDED),
        row("unknown", Stage.FORWARDED, agency="Sở Lạ"),
        row("erased", Stage.RECEIVED, content="Nội dung cũ", who=Reporter("Nguyễn Mẫu An", "xã khác")),
        row("conduct", Stage.ANSWERED, **done, kind=Kind.CONDUCT, agency="Sở Nội vụ"),
    )
    assert await stands() == {
        "refused": "refused",
        "withdrawn": "withdrawn",
        "answered": "answered",
        "nobody's": "answered",
        "ended": "refused",
        "unknown": "waiting_reception",
        "erased": "waiting_reception",
        "conduct": "answered",
    }
    said = "\n".join(second.notes)
    for words in (
        "answered: ở đây “đã trả lời”, danh sách còn ghi",
        "nobody's: danh sách ghi “không tiếp nhận”",
        "“Sở Lạ”",
    ):
        assert words in said
    erased = await office.read(
        lambda unit: unit.conn.execute(cases.select().where(cases.c.external_code == "erased")).one()
    )
    assert erased.content == "(đã xoá)"
    handled = await office.read(lambda unit: unit.conn.execute(case_handlings.select()).all())
    ended = {one.case_id: (one.ending, one.done_on) for one in handled}
    assert ended[by_code["answered"].id] == ("answered", date(2026, 1, 12))
    assert ended[by_code["refused"].id][0] == "refused"
    told = await office.read(lambda unit: unit.conn.execute(case_tellings.select()).all())
    assert told == [], "senders hear of it where they sent it"
    third = await take(row("unknown", Stage.FORWARDED, agency="Sở Lạ"), row("conduct", Stage.FORWARDED, agency=""))
    assert third.tally.unchanged == 2


async def test_a_case_that_began_here_is_known_by_our_code_and_its_sender_hears_the_answer(office: Office) -> None:
    await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    citizen = office.stranger()
    await citizen.say("xin chào")
    feedback = Feedback(
        Kind.REGULATION, "Thủ tục này yêu cầu quá nhiều giấy tờ", "Sở Tư pháp", Reporter("Lê An", "xã Mẫu")
    )

    def opened(unit: Unit) -> str:
        chat = unit.conn.execute(endpoints.select().where(endpoints.c.chat == citizen.chat)).one()
        return open_case(unit, feedback, Origin("webchat", endpoint_id=chat.id), "thông báo", office.clock()).code

    code = await office.run(opened)
    there = replace(
        HANDED,
        code="PA-9",
        own_code=code,
        content="Viết lại ở hệ thống kia",
        stage=Stage.ANSWERED,
        answer="Đã bỏ bớt giấy tờ theo phương án đơn giản hoá.",
        answered_on=date(2026, 1, 12),
    )

    def take(unit: Unit) -> Foreseen:
        return importing.take(unit, None, Source.NATIONAL, ReadList((there,)), "0" * 64, office.clock())

    assert (await office.run(take)).tally.changed == 1
    (row,) = await office.read(lambda unit: unit.conn.execute(cases.select()).all())
    assert (row.code, row.external_code, row.state, row.source) == (code, "PA-9", "answered", "chat")
    assert row.content == feedback.content
    await office.settle()
    assert any("phương án đơn giản hoá" in one.text for one in await citizen.heard())
    assert (await office.run(take)).tally.unchanged == 1


async def test_what_a_column_is_called_elsewhere_is_said_once(office: Office) -> None:
    clerk = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Số vụ việc", "Nội dung", "Ngày gửi", "Trạng thái"])
    book.worksheets[0].append(["7", "Chờ lâu tại bộ phận một cửa", "09/01/2026", "Đang trình"])
    written = io.BytesIO()
    book.save(written)

    async def hand_in() -> Any:
        await clerk.send_file("x.xlsx", content=written.getvalue(), media_type=case_list.MEDIA_TYPE)
        await pick(clerk, "Danh sách phản ánh", SENT)
        return await read(clerk)

    assert "thiếu cột “Mã phản ánh, kiến nghị”" in (await hand_in()).text
    await pick(clerk, "Chỉ rõ tên cột")
    assert "chưa đúng cách ghi" in (await clerk.say("số vụ việc"))[0].text
    (shown,) = await clerk.say("Số vụ việc = mã phản ánh; trạng thái: Đang trình = lạ")
    assert "Không có trạng thái “lạ”" in shown.text
    await clerk.say("Số vụ việc = mã phản ánh\ntrạng thái: Đang trình = đã tiếp nhận")
    await pick(clerk, "Quay lại")
    (shown,) = await clerk.say("Số vụ việc = mã phản ánh\ntrạng thái: Đang trình = đã tiếp nhận")
    assert shown.first_line == "Ghi nhớ cho các danh sách từ Cổng Dịch vụ công quốc gia, VPCP chuyển?"
    assert "Đã ghi nhớ" in (await pick(clerk, "Ghi nhớ")).text
    assert (await hand_in()).first_line.startswith("Đã đọc “x.xlsx”: 1 phản ánh mới")
