"""The office presses: one task, one agency, everything; never twice a day, never for its own silence; and by letter."""

import io
import os
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from actions import office_settings, urging
from domain.errors import NotFound
from domain.local import VIETNAM, today
from domain.people import Role
from storage.database import Unit
from storage.schema import notices, outbox, urge_matters, urges
from storage.views import office as office_views
from storage.views import proof
from tests.office import Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

GOLDEN = Path(__file__).parent / "golden" / "paste.txt"

PLAN = (
    Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 28/02/2026", "Kế hoạch"),
    Row(
        "Báo cáo kết quả rà soát thủ tục hành chính",
        "Sở Tư pháp; Sở Nội vụ; UBND xã Lam Sơn; UBND xã Lam Thủy",
        "Trước ngày 05/03/2026",
        "Báo cáo",
    ),
    Row("Cung cấp số liệu thu thuế", "Thuế tỉnh", "Trước ngày 06/03/2026", "Số liệu"),
    Row("Sơ kết sáu tháng", "Sở Tư pháp", "Trước ngày 30/06/2026"),
)
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=VIETNAM)
ISSUED = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)


class Cast:
    """The office on a Monday with five late tasks: NV-0001, 2 (Tư pháp), 3 (Nội vụ), 4, 5 (communes), 6 (Thuế)."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.people: dict[str, Chat] = {}

    @property
    def lan(self) -> Chat:
        """The coordinator."""
        return self.people["lan"]

    async def begin(self) -> None:
        """Let everybody join, but nobody of UBND xã Lam Thủy."""
        self.people["lan"] = await self.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
        for code, name in (("STP", "Trần Mẫu Bình"), ("SNV", "Lê Mẫu Cúc"), ("XA01", "Vũ Mẫu Dân"), ("THUE", "Mai")):
            self.people[code] = await self.office.officer(code, name=name)
        await self.office.issue(PLAN, at=ISSUED)
        await self.office.settle()
        for chat in self.people.values():
            await chat.heard()

    async def told(self, code: str) -> list[Heard]:
        """Let everything leave, and return what a person heard unasked."""
        await self.office.settle()
        return [one for one in await self.people[code].heard() if one.kind == "bundle"]

    async def urged(self) -> list[tuple[str, list[str]]]:
        """Return each urging with the codes it was about."""

        def read(unit: Unit) -> list[tuple[str, list[str]]]:
            rows = unit.conn.execute(select(urges.c.id, urges.c.kind).order_by(urges.c.id)).all()
            about = select(urge_matters.c.matter_id)
            return [
                (kind, [str(one) for one in unit.conn.execute(about.where(urge_matters.c.urge_id == key)).scalars()])
                for key, kind in rows
            ]

        return await self.office.read(read)


@pytest.fixture
async def cast(tmp_path: Path) -> Cast:
    made = Cast(make_office(tmp_path, start=NOW, environment={"NHACVIEC_PREVIEW": "off"}))
    await made.begin()
    return made


async def late(chat: Chat) -> Heard:
    """Open the list of what is late."""
    await chat.say("tonghop")
    (listed,) = await chat.press("Quá hạn")
    return listed


async def test_everything_late_with_a_sentence_and_never_twice(cast: Cast) -> None:
    lan = cast.lan
    await cast.people["XA01"].say("vuongmac NV-0004")
    await cast.people["XA01"].say("Chưa có biểu mẫu báo cáo")
    listed = await late(lan)
    assert listed.first_line == "6 việc quá hạn · thứ Hai 16/03/2026"
    assert listed.text.endswith("Tính cả 1 việc chờ Văn phòng trả lời: các việc này không đôn đốc.")
    (shown,) = await lan.press("Đôn đốc (6)")
    assert shown.first_line == "Đôn đốc 4 việc của 3 cơ quan · thứ Hai 16/03/2026"
    assert "- Sở Tư pháp: 2 việc, quá hạn lâu nhất 17 ngày, 1 người nhận\n" in shown.text
    assert "- Thuế tỉnh (đề nghị phối hợp): 1 việc, quá hạn 11 ngày, 1 người nhận" in shown.text
    assert "Không gồm: 1 việc chờ Văn phòng trả lời; 1 việc cơ quan chưa có người nhận tin" in shown.text
    assert "từ 5 đến 500 ký tự" in (await lan.say("ok"))[0].text
    (again,) = await lan.say("Đề nghị gửi trước thứ Sáu để tổng hợp")
    assert "Ý kiến kèm theo: Đề nghị gửi trước thứ Sáu để tổng hợp" in again.text
    assert await cast.urged() == [], "nothing is written before the confirmation"
    (sent,) = await lan.press("Gửi đôn đốc 4 việc")
    assert sent.first_line == "Đã đôn đốc 4 việc của 3 cơ quan · thứ Hai 16/03/2026"
    (heard,) = await cast.told("STP")
    assert heard.first_line == "Văn phòng UBND tỉnh: đôn đốc 2 việc, lâu nhất quá hạn 17 ngày"
    assert "Ý kiến của Văn phòng: Đề nghị gửi trước thứ Sáu để tổng hợp" in heard.text
    (asked,) = await cast.told("THUE")
    assert asked.first_line == "Văn phòng UBND tỉnh: đề nghị phối hợp hoàn thành NV-0006, đã quá hạn 11 ngày"
    assert "đôn đốc" not in asked.text.lower()
    assert await cast.told("XA01") == []
    await late(lan)
    (refused,) = await lan.press("Đôn đốc (6)")
    assert refused.text == (
        "Đồng chí Hoàng Mẫu Lan đã đôn đốc lúc 09:00 hôm nay. Mỗi việc chỉ đôn đốc một lần trong ngày."
    )
    assert len(await cast.urged()) == 1
    (card,) = await lan.say("NV-0001")
    assert "09:00 16/03/2026: Văn phòng đôn đốc, Đề nghị gửi trước thứ Sáu để tổng hợp" in card.text
    proven = await cast.office.read(lambda unit: proof.of_assignment(unit, "NV-0001", today(NOW)))
    assert [one.person for one in proven.tellings if one.kind_label == "Văn phòng đôn đốc"] == ["Trần Mẫu Bình"]


async def test_a_second_press_and_a_second_coordinator_urge_nothing_again(cast: Cast) -> None:
    lan = cast.lan
    son = await cast.office.officer("VPUBND", Role.COORDINATOR, "Lý Mẫu Sơn")
    for one in (lan, son):
        await late(one)
        await one.press("NV-0003")
        await one.press("Đôn đốc")
    (shown,) = await son.say("Xin gửi ngay trong hôm nay")
    yes = shown.choices[0].key
    (sent,) = await lan.say("1")
    assert sent.first_line.startswith("Đã đôn đốc 1 việc"), "a number is as good as a button"
    (refused,) = await son.press(yes)
    assert refused.text.startswith("Đồng chí Hoàng Mẫu Lan đã đôn đốc lúc 09:00 hôm nay.")
    (stale,) = await lan._send({"button": yes, "label": "Gửi đôn đốc"}, "[Gửi đôn đốc]")
    assert "Đã đôn đốc" not in stale.text
    assert [kind for kind, _ in await cast.urged()] == ["chat"]
    assert len(await cast.told("SNV")) == 1
    with pytest.raises(NotFound):
        await cast.office.run(lambda unit: _urge_as(unit, "STP", cast))


def _urge_as(unit: Unit, code: str, cast: Cast) -> object:
    endpoint = office_views.endpoint(unit, "web", cast.people[code].chat)
    assert endpoint is not None
    viewer = office_views.viewer(unit, endpoint.person_id, today(NOW))
    return urging.urge(unit, viewer, [1], "", NOW)


async def test_one_agency_after_its_daily_message_and_what_was_done_meanwhile(cast: Cast) -> None:
    """An urging leaves on a day that had its message; what is reported before it leaves is not pressed for."""
    lan, binh = cast.lan, cast.people["STP"]
    await cast.office.advance(datetime(2026, 3, 17, 12, 0, tzinfo=VIETNAM))
    await binh.heard()
    await lan.say("tonghop")
    await lan.press("Theo cơ quan")
    (page,) = await lan.press("Sở Tư pháp")
    assert page.first_line == "Sở Tư pháp · thứ Ba 17/03/2026: QUÁ HẠN"
    assert "Trong 3 việc: quá hạn 2, đúng tiến độ 1." in page.text
    (shown,) = await lan.press("Đôn đốc (2)")
    assert "khi vào giờ làm việc (13:30 17/03/2026)" in shown.text
    await lan.press("Gửi đôn đốc")
    for typed in ("xong NV-0001", "45/KH-STP ngày 16/3/2026", "1"):
        await binh.say(typed)
    await cast.office.advance(datetime(2026, 3, 17, 14, 0, tzinfo=VIETNAM))
    (heard,) = [one for one in await binh.heard() if one.kind == "bundle"]
    assert heard.at == datetime(2026, 3, 17, 13, 30, tzinfo=VIETNAM)
    assert "NV-0002" in heard.text
    assert "NV-0001" not in heard.text
    why = select(notices.c.reason).where(notices.c.kind == "urge", notices.c.state == "dropped")
    assert await cast.office.read(lambda unit: unit.conn.execute(why).scalars().all()) == ["the assignment is reported"]


async def test_what_a_search_finds_late_is_urged_from_there(cast: Cast) -> None:
    (found,) = await cast.lan.say("viec quá hạn")
    assert found.first_line == "Đã qua hạn · thứ Hai 16/03/2026: 6 việc quá hạn", "the same number as in the overview"
    (shown,) = await cast.lan.press("Đôn đốc (6)")
    assert shown.first_line.startswith("Đôn đốc 5 việc của 4 cơ quan")
    (mine,) = await cast.people["STP"].say("viec quá hạn")
    assert not [one for one in mine.choices if one.label.startswith("Đôn đốc")]


async def test_the_text_for_a_group_chat(cast: Cast) -> None:
    """In the office's order, with the moment, nothing of persons; NHACVIEC_REWRITE_GOLDEN=1 writes it anew."""
    await cast.people["XA01"].say("vuongmac NV-0004")
    await cast.people["XA01"].say("Chưa có biểu mẫu báo cáo")
    await late(cast.lan)
    *pasted, ending = await cast.lan.press("Bản dán nhóm Zalo")
    assert ending.first_line.endswith("tính đến 09 giờ 00 ngày 16/03/2026: 5 việc của 4 cơ quan")
    assert "Không gồm: 1 việc chờ Văn phòng trả lời\n" in ending.text
    text = "\n\n".join(one.text for one in pasted) + "\n"
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert all(len(one.text) < 2000 and not one.choices for one in pasted)
    assert not [chat.name for chat in cast.people.values() if len(chat.name) > 4 and chat.name in text]


async def test_a_long_list_is_pasted_as_one_line_an_agency(tmp_path: Path) -> None:
    """Nobody pastes many pages: each agency with its count and longest delay; what is left out is said."""
    office = make_office(tmp_path, start=NOW, environment={"NHACVIEC_PREVIEW": "off"})
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    long = "Báo cáo kết quả rà soát, đơn giản hóa thủ tục hành chính nội bộ trong lĩnh vực được giao quản lý, mục"
    rows = [Row(f"{long} {at}", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 28/02/2026") for at in range(38)]
    rows += [Row("Rà soát trụ sở", "Văn phòng UBND tỉnh", "Trước ngày 05/03/2026"), PLAN[2]]
    await office.issue(tuple(rows), at=ISSUED)
    await late(lan)
    *pasted, ending = await lan.press("Bản dán nhóm Zalo")
    assert [len(one.text) < 2000 for one in pasted] == [True]
    lines = pasted[0].text.split("\n")
    assert lines[1] == "78 việc của 4 cơ quan, đơn vị"
    assert "Số việc của từng cơ quan, đơn vị:" in lines
    assert {line.partition(". ")[2] for line in lines if line[:1].isdigit() and ". " in line} == {
        "Sở Nội vụ: 38 việc, lâu nhất quá 17 ngày",
        "Sở Tư pháp: 38 việc, lâu nhất quá 17 ngày",
        "Thuế tỉnh (đề nghị phối hợp): 01 việc, lâu nhất quá 11 ngày",
        "Văn phòng UBND tỉnh: 01 việc, lâu nhất quá 12 ngày",
    }
    assert "NV-0001" not in pasted[0].text
    assert "mỗi cơ quan chỉ ghi số việc" in ending.text
    await late(lan)
    (asked,) = await lan.press("Lập công văn đôn đốc")
    assert asked.first_line.startswith("Công văn đôn đốc 77 việc quá hạn của 3 cơ quan")
    assert "Không gồm: 1 việc của chính Văn phòng\n" in asked.text
    (shown,) = await lan.say("25/3")
    assert "Không gồm: 1 việc của chính Văn phòng\n" in shown.text


async def test_a_letter_is_written_numbered_and_stands_in_every_history(cast: Cast) -> None:
    lan = cast.lan
    for name, value in (("place", "Sông Lam"), ("signatory_position", "Phó Chánh Văn phòng"), ("signatory_name", "Vũ")):
        await cast.office.run(lambda unit, name=name, value=value: office_settings.change(unit, None, name, value, NOW))
    await late(lan)
    await lan.press("Lập công văn đôn đốc")
    (shown,) = await lan.say("25/3")
    assert "Kính gửi: Sở Nội vụ; Sở Tư pháp; UBND xã Lam Sơn; UBND xã Lam Thủy; Thuế tỉnh" in shown.text
    assert "Đề nghị xong chậm nhất thứ Tư 25/03/2026" in shown.text
    assert "Chưa khai đủ" not in shown.text
    answered = await lan.press("Lập công văn")
    assert answered[0].first_line == "Đã lập công văn đôn đốc 6 việc của 5 cơ quan · thứ Hai 16/03/2026"
    words = _words(await _file_sent(cast, ".docx"))
    assert re.search(r"Số:\s+/VP-KSTT", words), "the number is left blank"
    assert "Căn cứ Kế hoạch số 15/KH-UBND ngày 09/01/2026 của UBND tỉnh Sông Lam;" in words
    assert "còn 06 nhiệm vụ của 05 cơ quan" in words
    assert "hoàn thành chậm nhất ngày 25/03/2026" in words
    assert (
        "Ban hành kế hoạch của đơn vị\n(NV-0001, Kế hoạch số 15/KH-UBND, mục I.1)|Sở Tư pháp|27/02/2026|17|11" in words
    )
    assert "PHÓ CHÁNH VĂN PHÒNG" in words
    (overview,) = await lan.say("tonghop")
    assert "Công văn đôn đốc chưa ghi số: 1" in overview.text
    await late(lan)
    (refused,) = await lan.press("Lập công văn đôn đốc")
    assert refused.text.startswith("Đồng chí Hoàng Mẫu Lan đã lập công văn đôn đốc các việc này hôm nay.")
    await lan.say("tonghop")
    await lan.press("Công văn đôn đốc chưa ghi số")
    await lan.press("Công văn lập ngày 16/03")
    assert "Chưa đọc được đủ số và ngày" in (await lan.say("số 123"))[0].text
    assert "tương lai" in (await _number(lan, "123/VP-KSTT ngày 20/3/2026")).text
    await lan.say("tonghop")
    await lan.press("Công văn đôn đốc chưa ghi số")
    await lan.press("Công văn lập ngày 16/03")
    done = await _number(lan, "123/VP-KSTT ngày 16/3/2026")
    assert done.text == "Đã ghi công văn số 123/VP-KSTT ngày 16/03/2026 vào lịch sử 6 việc"
    for code in ("NV-0001", "NV-0006"):
        (card,) = await lan.say(code)
        assert "công văn số 123/VP-KSTT ngày 16/03/2026, đề nghị xong chậm nhất 25/03/2026" in card.text
    proven = await cast.office.read(lambda unit: proof.of_assignment(unit, "NV-0001", today(NOW)))
    assert [(one.number, f"{one.on:%d/%m}") for one in proven.letters if one.on] == [("123/VP-KSTT", "16/03")]
    assert await cast.told("STP") == [], "a letter goes its own way"
    await late(lan)
    (urge,) = await lan.press("Đôn đốc (6)")
    assert urge.first_line.startswith("Đôn đốc 5 việc"), "a letter does not stand in the way of a message"


async def _number(chat: Chat, typed: str) -> Heard:
    await chat.say(typed)
    (answer,) = await chat.press("Ghi số công văn")
    return answer


async def test_a_letter_that_is_not_signed_is_dropped_and_written_again(cast: Cast) -> None:
    lan = cast.lan
    for _ in range(2):
        await late(lan)
        await lan.press("Lập công văn đôn đốc")
        await lan.press("Không ghi ngày")
        await lan.press("Lập công văn")
        await lan.press("Ghi số công văn")
        await lan.press("Bỏ dự thảo")
        (dropped,) = await lan.press("Bỏ dự thảo")
        assert dropped.text == "Đã bỏ dự thảo công văn đôn đốc 6 việc"
    assert await cast.urged() == []


async def test_a_group_task_counts_its_members_and_gives_all_evidence_in_one_file(cast: Cast) -> None:
    lan = cast.lan
    for code, task in (("STP", "NV-0002"), ("SNV", "NV-0003")):
        chat = cast.people[code]
        await chat.say(f"xong {task}")
        await chat.send_file("Kết quả.pdf", f"45/BC-{code} ngày 13/3/2026", content=PDF)
        await chat.press("Gửi báo cáo")
    while await cast.office.inner.evidence.step():
        pass
    await lan.say("NV-0003")
    await lan.press("Xác nhận hoàn thành")
    await lan.say("tonghop")
    await lan.press("Theo nhiệm vụ")
    (task,) = await lan.press("NV-0002 · 4 đơn vị")
    assert task.first_line == ("Nhiệm vụ của 4 đơn vị · thứ Hai 16/03/2026: đã gửi 1/4, chờ xác nhận 1, chưa gửi 2")
    labels = [one.label for one in task.choices]
    assert {"Chưa gửi (2)", "Chờ xác nhận (1)", "Đã gửi (1)", "Đôn đốc (2)"} <= set(labels)
    (card,) = await lan.say("NV-0002")
    assert "Cả nhiệm vụ: đã gửi 1/4 đơn vị, chờ xác nhận 1, chưa gửi 2" in card.text
    await lan.press("Cả nhiệm vụ (4 đơn vị)")
    (unsent,) = await lan.press("Chưa gửi")
    assert [line for line in unsent.text.split("\n") if line[:2] in {"1.", "2."}] == [
        "1. UBND xã Lam Sơn · NV-0004, quá hạn 12 ngày",
        "2. UBND xã Lam Thủy · NV-0005, quá hạn 12 ngày",
    ]
    await lan.press("Cả nhiệm vụ")
    (sent,) = await lan.press("Đã gửi (1)")
    assert "1. Sở Nội vụ · NV-0003, đã xác nhận hoàn thành" in sent.text
    await lan.press("Cả nhiệm vụ")
    (found,) = await lan.say("viec rà soát thủ tục")
    assert "NV-0003 · đã xác nhận hoàn thành" in [one.label for one in found.choices], "as the list itself says"
    await lan.say("NV-0002")
    await lan.press("Cả nhiệm vụ")
    answered = await lan.press("Tải minh chứng")
    assert answered[0].first_line == "Minh chứng của nhiệm vụ NV-0002: 2 tệp trong một gói zip"
    with zipfile.ZipFile(io.BytesIO(await _file_sent(cast, ".zip"))) as bundle:
        names = sorted(bundle.namelist())
        assert names[0] == "00-danh-sach.xlsx"
        assert [re.sub(r"\W", "-", name) for name in names[1:]] == [
            "SNV-NV-0003_45-BC-SNV_Ket-qua-pdf", "STP-NV-0002_45-BC-STP_Ket-qua-pdf",
        ]  # fmt: skip
        assert bundle.read(names[1]) == PDF
        sheet = load_workbook(io.BytesIO(bundle.read(names[0]))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[1], row[7] or "") for row in rows] == [
        ("NV-0003", ""), ("NV-0002", ""), ("NV-0004", "chưa gửi minh chứng"), ("NV-0005", "chưa gửi minh chứng"),
    ]  # fmt: skip


async def test_an_obstacle_is_passed_on_to_an_agency_and_to_a_colleague(cast: Cast) -> None:
    lan, dan = cast.lan, cast.people["XA01"]
    son = await cast.office.officer("VPUBND", Role.COORDINATOR, "Lý Mẫu Sơn", "Trưởng phòng")
    await dan.say("vuongmac NV-0004")
    await dan.say("Chưa có biểu mẫu báo cáo")
    await cast.told("SNV")
    await lan.say("tonghop")
    (inbox,) = await lan.press("Tất cả việc đang chờ")
    assert "Vướng mắc · NV-0004 · UBND xã Lam Sơn" in inbox.text
    await lan.press("NV-0004")
    (ask,) = await lan.press("Chuyển nơi khác")
    assert any(one.label.startswith("Đồng chí Lý Mẫu Sơn") for one in ask.choices)
    await lan.say("Sở Nội vụ")
    await lan.say("Đề nghị gửi biểu mẫu cho xã")
    (shown,) = await lan.press("3 ngày làm việc")
    assert shown.first_line == (
        "Chuyển vướng mắc NV-0004 · UBND xã Lam Sơn cho Sở Nội vụ, trả lời chậm nhất thứ Năm 19/03/2026"
    )
    await lan.press("Chuyển vướng mắc")
    await cast.office.advance(datetime(2026, 3, 17, 9, 0, tzinfo=VIETNAM))
    asked = (await cast.told("SNV"))[-1]
    assert (
        "Văn phòng chuyển vướng mắc: Chưa có biểu mẫu báo cáo. Ý kiến của Văn phòng: Đề nghị gửi biểu mẫu" in asked.text
    )
    await cast.people["SNV"].press("Trả lời")
    await cast.people["SNV"].say("Đã gửi biểu mẫu qua trục liên thông")
    await cast.office.advance(datetime(2026, 3, 18, 9, 0, tzinfo=VIETNAM))
    for told in (await cast.told("lan"), await cast.told("XA01")):
        assert [one for one in told if "Đã gửi biểu mẫu qua trục liên thông" in one.text]
    await lan.say("NV-0004")
    await lan.press("Chuyển nơi khác")
    await lan.press("Đồng chí Lý Mẫu Sơn")
    await lan.say("Xin ý kiến đồng chí Trưởng phòng")
    await lan.press("Chuyển vướng mắc")
    cast.people["son"] = son
    told = (await cast.told("son"))[-1]
    assert told.first_line.startswith("Văn phòng UBND tỉnh: ")
    assert "Hoàng Mẫu Lan chuyển đồng chí Lý Mẫu Sơn: Xin ý kiến đồng chí Trưởng phòng" in told.text
    await son.press("Mở NV-0004")
    await son.press("Trả lời vướng mắc")
    await son.say("Dùng mẫu Sở Nội vụ đã gửi")
    await lan.say("NV-0004")
    assert "Chuyển nơi khác xử lý" not in [one.label for one in (await lan.say("NV-0004"))[0].choices]


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


async def _file_sent(cast: Cast, ending: str) -> bytes:
    """Return the content of the last file of that ending that left in an answer."""

    def read(unit: Unit) -> bytes | None:
        sent = [
            file
            for message in unit.conn.execute(select(outbox.c.message).order_by(outbox.c.id)).scalars()
            for file in message.get("files", ())
            if file[1].endswith(ending)
        ]
        return unit.shelf.take(sent[-1][0], 10_000_000)

    content = await cast.office.read(read)
    assert content is not None
    return content


def _words(content: bytes) -> str:
    paper = Document(io.BytesIO(content))
    cells = ["|".join(cell.text for cell in row.cells) for table in paper.tables for row in table.rows]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])
