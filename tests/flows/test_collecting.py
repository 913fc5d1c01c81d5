"""A form from its opening to the frozen report, and a list from its file to the posted link."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from actions import collections as forms
from actions import periodic, publications
from domain.collections.filled import Filled
from domain.errors import ActRefused, NotFound, Stale
from domain.local import VIETNAM
from domain.periods import Period
from storage import publications as publication_rows
from storage.database import Unit
from storage.views import office as office_views
from tests.flows.collecting import (
    DOSSIERS,
    LATE,
    Cast,
    files_of,
    filled,
    late_list,
    pick,
    put_row,
    read,
    rows_of,
    sheet_of,
    words_of,
)
from tests.office import Office, Row, make_office

pytestmark = pytest.mark.anyio

JANUARY = Period.read("2026-01")


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    office = make_office(tmp_path)
    people = Cast(office)
    await people.begin()
    yield people
    await office.close()


async def at(office: Office, day: int, hour: int, minute: int = 0) -> None:
    await office.advance(datetime(2026, 1, day, hour, minute, tzinfo=VIETNAM))


async def opened(cast: Cast) -> None:
    """Let the office ask three departments for January's report, due on Friday the 16th."""
    await cast.clerk.say("tonghop")
    await pick(cast.clerk, "Việc khác", "Thu thập, báo cáo định kỳ", "Mở đợt thu thập")
    await cast.clerk.say("tháng 1")
    await cast.clerk.say("Sở Tư pháp; Sở Nội vụ; Sở Tài chính")
    (shown,) = await cast.clerk.say("ngày 16/01/2026")
    assert shown.first_line == "Mở đợt thu thập tháng 1 năm 2026, hạn gửi thứ Sáu 16/01/2026?"
    assert "(3 đơn vị)" in shown.text
    assert "Đã mở đợt thu thập, 3 đơn vị" in (await pick(cast.clerk, "Mở đợt và báo")).first_line


async def test_from_the_opening_to_the_frozen_report(cast: Cast) -> None:
    office = cast.office
    await office.issue([Row("Rà soát thủ tục hành chính", "Sở Tư pháp", "Trước ngày 10/01/2026")])
    await opened(cast)
    await at(office, 13, 8, 30)
    (asked,) = [one for one in await cast.justice.heard() if "Đề nghị gửi" in one.text]
    assert "Sở Tư pháp: Tình hình, kết quả thực hiện công tác kiểm soát" in asked.text

    await _by_words(cast)
    await _by_workbook(cast)

    before = await reminders(cast)
    assert before == {"justice": [], "home": [], "finance": ["15/01", "16/01"]}

    await cast.clerk.say("bieumau")
    standing = await pick(cast.clerk, "Các đợt thu thập", "Kỳ 2026-01")
    assert "đã gửi 2/3, chưa gửi 1: Sở Tài chính" in standing.text
    await pick(cast.clerk, "Tệp tổng hợp")
    merged = (await files_of(cast.clerk))["tong-hop-2026-01-dot-1.xlsx"]
    table = rows_of(merged, "Tình hình, kết quả giải quyết")
    assert ("Sở Nội vụ", *DOSSIERS) in table
    assert table[-1][:3] == ("Tổng cộng", None, 120)
    assert ("Sở Tài chính", "chưa gửi") in rows_of(merged, "Tình hình gửi")

    await _report(cast)


async def _by_words(cast: Cast) -> None:
    """The department of justice answers section by section, goes back once, leaves the others out."""
    chat = cast.justice
    (listed,) = await chat.say("bieumau")
    assert listed.first_line == "1 biểu mẫu đơn vị cần gửi, sớm nhất thứ Sáu 16/01/2026"
    first = await pick(chat, "Sở Tư pháp", "Trả lời từng mục")
    assert first.first_line == "Mục 1/7: Công tác chỉ đạo, điều hành"
    (second,) = await chat.say("Ban hành Kế hoạch 05/KH-STP")
    assert second.first_line.startswith("Mục 2/7")
    again = await pick(chat, "Quay lại")
    assert "Đã trả lời: Ban hành Kế hoạch 05/KH-STP" in again.text
    (_,) = await chat.say("Ban hành Kế hoạch 05/KH-STP ngày 09/01/2026")
    for _ in range(6):
        shown = await pick(chat, "Bỏ qua")
    assert shown.first_line == "Nội dung Sở Tư pháp sẽ gửi Văn phòng UBND tỉnh:"
    sent = await pick(chat, "Gửi Văn phòng")
    assert sent.first_line.startswith("Đã gửi Tình hình, kết quả")
    assert "Mục chưa có nội dung" in sent.text


async def _by_workbook(cast: Cast) -> None:
    """The department of home affairs fills the workbook in; figures that do not add up come back with both numbers."""
    chat = cast.home
    await chat.say("bieumau")
    await pick(chat, "Sở Nội vụ", "Nhận tệp Excel")
    form = (await files_of(chat))["bieu-mau-2026-01.xlsx"]
    wrong = filled(
        form, lambda book: put_row(sheet_of(book, "Tình hình, kết quả giải"), ("Hộ tịch", 121, *DOSSIERS[2:]))
    )
    await chat.send_file("bieu-mau.xlsx", content=wrong)
    refused = await read(chat)
    assert "cột (3) tổng số tiếp nhận ghi 121, trong khi (4) + (5) + (6) là 120" in refused.text
    await chat.say("bieumau")
    await pick(chat, "Sở Nội vụ", "Gửi tệp Excel")
    right = filled(form, lambda book: put_row(sheet_of(book, "Tình hình, kết quả giải"), DOSSIERS))
    await chat.send_file("bieu-mau.xlsx", content=right)
    shown = await read(chat)
    assert "bảng 1 dòng" in shown.text
    assert (await pick(chat, "Gửi Văn phòng")).first_line.startswith("Đã gửi")


async def reminders(cast: Cast) -> dict[str, list[str]]:
    """Go to the evening of the last day and return when each department was reminded."""
    for one in (cast.justice, cast.home, cast.finance):
        await one.heard()
    await at(cast.office, 16, 17)
    return {
        name: [f"{one.at:%d/%m}" for one in await getattr(cast, name).heard() if "Nhắc gửi" in one.text]
        for name in ("justice", "home", "finance")
    }


async def _report(cast: Cast) -> None:
    """The report holds what came, is frozen, and does not change with what comes later."""
    office, clerk = cast.office, cast.clerk
    await pick(clerk, "Các đợt thu thập")
    made = await pick(clerk, "Lập báo cáo KSTT", "Tháng 1 năm 2026")
    assert "Đơn vị đã gửi 2/3" in made.text
    paper = words_of((await files_of(clerk))["bao-cao-kstt-2026-01.docx"])
    for said in (
        "BÁO CÁO",
        "Số liệu từ ngày 15/12/2025 đến ngày 14/01/2026",
        "Chưa gửi (01): Sở Tài chính.",
        "- Sở Tư pháp: Ban hành Kế hoạch 05/KH-STP ngày 09/01/2026",
        "Tổng số hồ sơ tiếp nhận 120",
        "trước hạn và đúng hạn 95 (đạt 95%), quá hạn 05 (chiếm 5%)",
        "10. Nhiệm vụ khác của kế hoạch Kế hoạch giao 01 nhiệm vụ",
        "Rà soát thủ tục hành chính Sở Tư pháp 09/01/2026 đang thực hiện, quá hạn",
        "[Nguyên nhân: người soạn bổ sung]",
        "Sở Nội vụ 120 60 50 10 100 70 25 5 20",
    ):
        assert said in paper, said
    frozen = await pick(clerk, "Chốt số liệu", "Chốt số liệu")
    assert "bản chốt số 1" in frozen.first_line
    await cast.finance.say("bieumau")
    await pick(cast.finance, "Sở Tài chính", "Trả lời từng mục")
    await cast.finance.say("Gửi sau khi chốt")
    for _ in range(6):
        await pick(cast.finance, "Bỏ qua")
    assert (await pick(cast.finance, "Gửi Văn phòng")).first_line.startswith("Đã gửi")
    report, kept = await office.read(lambda unit: periodic.frozen(unit, JANUARY))
    assert (report.missing, kept.number, kept.cut_off.isoformat()) == (("Sở Tài chính",), 1, "2026-01-14")
    now = await office.read(lambda unit: periodic.gather(unit, JANUARY, office.clock()))
    assert now.missing == ()

    await clerk.say("bieumau")
    await pick(clerk, "Các đợt thu thập", "Kỳ 2026-01", "Đóng đợt", "Đóng đợt thu thập")
    await cast.finance.say("bieumau")
    with pytest.raises(ActRefused, match="đã đóng"):
        await _send(cast, "STC", "Muộn")


async def _send(cast: Cast, agency: str, text: str) -> None:
    """Send words for one section, past the conversation."""

    def work(unit: Unit) -> None:
        row = office_views.agency(unit, agency)
        person = office_views.viewer_of_chat(unit, "web", cast.finance.chat, cast.office.clock().date())
        assert row is not None
        assert person is not None
        forms.send(unit, person, 1, row.id, Filled({"chi-dao": text}), cast.office.clock())

    await cast.office.run(work)


async def test_nobody_fills_in_for_others_and_one_form_at_a_time(cast: Cast) -> None:
    await opened(cast)
    with pytest.raises(NotFound):
        await _send(cast, "STP", "Không phải của mình")
    await _send(cast, "STC", "Không phát sinh")
    await cast.clerk.say("tonghop")
    await pick(cast.clerk, "Việc khác", "Thu thập, báo cáo định kỳ", "Mở đợt thu thập")
    for text in ("2026-01", "Sở Tư pháp", "20/01/2026"):
        await cast.clerk.say(text)
    assert "đang mở" in (await pick(cast.clerk, "Mở đợt và báo")).text

    await cast.clerk.say("bieumau")
    await pick(cast.clerk, "Các đợt thu thập", "Kỳ 2026-01", "Nhắc 2 đơn vị chưa gửi")
    assert (await pick(cast.clerk, "Nhắc các đơn vị này")).first_line.startswith("Sẽ nhắc 2 cán bộ đầu mối")
    await pick(cast.clerk, "Xem đợt này", "Nhắc 2 đơn vị chưa gửi")
    assert "đã được nhắc hôm nay" in (await pick(cast.clerk, "Nhắc các đơn vị này")).text
    with pytest.raises(Stale):
        await cast.office.run(lambda unit: forms.close(unit, None, 1, cast.office.clock(), version=7))


async def test_a_public_list_from_its_file_to_the_posted_link(cast: Cast) -> None:
    clerk, chief = cast.clerk, cast.chief
    (what,) = await clerk.send_file("ho-so-tre.xlsx", content=late_list(LATE))
    assert [one.label for one in what.choices][:2] == ["Kế hoạch cần nhập", "Bảng số liệu"], "a plan may be a workbook"
    await pick(clerk, "Bảng số liệu", "Hồ sơ giải quyết chậm")
    await clerk.say("tháng 1")
    shown = await read(clerk)
    assert "2 dòng" in shown.first_line
    assert "Cột có dữ liệu cá nhân bị bỏ qua, không lưu: Họ và tên người nộp" in shown.text
    await pick(clerk, "Nhập số liệu", "Danh sách công khai", "Lập: Hồ sơ chậm muộn 2026-01", "Trình duyệt")

    await at(cast.office, 13, 8, 30)
    (told,) = [one for one in await chief.heard() if "Trình duyệt công khai" in one.text]
    assert "Đồng chí Lê Mẫu Chi trình duyệt" in told.text
    await clerk.say("congkhai")
    one = await pick(clerk, "Hồ sơ chậm muộn 2026-01")
    assert "Duyệt công khai" not in [each.label for each in one.choices], "its maker does not approve"
    await chief.say("congkhai")
    await pick(chief, "Hồ sơ chậm muộn 2026-01", "Duyệt công khai")
    assert (await pick(chief, "Duyệt")).first_line.endswith("đã duyệt, chờ đăng")
    await _cannot_be_done_twice(cast)

    await clerk.say("congkhai")
    await pick(clerk, "Hồ sơ chậm muộn 2026-01", "Ghi đường dẫn")
    (odd,) = await clerk.say("đã đăng rồi")
    assert "Chưa thấy đường dẫn" in odd.text
    done, *_ = await clerk.say("https://songlam.example/cong-khai/2026-01")
    assert done.first_line.endswith("đã đăng")
    paper = words_of((await files_of(clerk))["cong-khai-late-dossiers-2026-01.docx"])
    assert "Người duyệt công khai: Phạm Mẫu Dũng, Phó Chánh Văn phòng" in paper
    assert "Nguyễn Mẫu An" not in paper
    table = rows_of((await files_of(clerk))["cong-khai-late-dossiers-2026-01.xlsx"], "Công khai")
    assert ("H01.30-260102-0001", "UBND xã Lam Sơn", "Đăng ký khai sinh", 4) in [(*row[:3], row[4]) for row in table]


async def _cannot_be_done_twice(cast: Cast) -> None:
    """Who decides about what was shown before somebody else decided is told so, and nothing changes."""

    def late(unit: Unit) -> None:
        chief = office_views.viewer_of_chat(unit, "web", cast.chief.chat, cast.office.clock().date())
        assert chief is not None
        publications.give_back(unit, chief, 1, 1, "Sửa lại số ngày", cast.office.clock())

    with pytest.raises(ActRefused, match="đã duyệt, chờ đăng"):
        await cast.office.run(late)
    moved = await cast.office.run(lambda unit: publication_rows.move(unit, 1, 1, "posted", "approved"))
    assert not moved, "an older version moves nothing"


async def test_a_table_for_one_task_from_a_heading_to_the_merged_rows(cast: Cast) -> None:
    clerk, finance = cast.clerk, cast.finance
    await cast.office.issue([Row("Rà soát phí, lệ phí", "Sở Tài chính", "Trước ngày 20/03/2026")])
    heading = late_list([("", "số", "tỷ lệ")], header=("Khoản thu", "Số hồ sơ", "Tỷ lệ giảm"))
    await clerk.send_file("mau.xlsx", content=heading)
    await pick(clerk, "Biểu mẫu thu thập")
    assert "Không có việc nào mang mã" in (await clerk.say("NV-0999"))[0].text
    await clerk.say("nv-0001")
    shown = await read(clerk)
    assert "- Số hồ sơ (số)\n- Tỷ lệ giảm (tỷ lệ %)" in shown.text
    await pick(clerk, "Chọn hạn gửi")
    (confirm,) = await clerk.say("16/01/2026")
    assert "Đơn vị: Sở Tài chính (1 đơn vị)" in confirm.text
    await pick(clerk, "Mở đợt và báo")

    (listed,) = await finance.say("bieumau")
    assert "Số liệu: Rà soát phí, lệ phí" in listed.text
    one = await pick(finance, "Sở Tài chính")
    assert one.choices[0].label == "Nhận tệp Excel để điền", "a table is not typed"
    await pick(finance, "Nhận tệp Excel")
    (form,) = (await files_of(finance)).values()
    typed = filled(form, lambda book: put_row(book.worksheets[0], ("Lệ phí hộ tịch", "1.200", "12,5%")))
    await finance.send_file("da-dien.xlsx", content=typed)
    await read(finance)
    await pick(finance, "Gửi Văn phòng")
    await clerk.say("bieumau")
    await pick(clerk, "Các đợt thu thập", "Kỳ 2026-Q1", "Tệp tổng hợp")
    (merged,) = (await files_of(clerk)).values()
    assert ("Sở Tài chính", "Lệ phí hộ tịch", 1200, 12.5) in rows_of(merged, "Số liệu")
