"""The progress report in chat: the figures, the files, the freezing that later acts do not change."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from sqlalchemy import select

from domain.local import VIETNAM
from domain.outgoing import Message
from domain.people import Role
from storage.database import Unit
from storage.schema import outbox, snapshots
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch kiểm soát thủ tục", "Sở Tư pháp", "Trước ngày 21/02/2026", "Kế hoạch"),
    Row("Rà soát thủ tục nội bộ", "Sở Nội vụ", "Trước ngày 21/02/2026", "Báo cáo"),
    Row("Niêm yết thủ tục hành chính", "UBND xã Lam Sơn; UBND xã Lam Thủy", "Quý I", "Biên bản"),
    Row("Công khai phí, lệ phí", "Thuế tỉnh", "Trước ngày 21/02/2026", "Thông báo"),
    Row("Theo dõi, đôn đốc", "Sở Tài chính", "Thường xuyên"),
)


async def office_with_plan(folder: Path) -> tuple[Office, Chat, Chat]:
    """Return an office on 02/03/2026 where one report was in time, with its coordinator and an officer."""
    office = make_office(folder)
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Nguyễn Mẫu An")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    office.clock.move_to(datetime(2026, 2, 10, 9, 0, tzinfo=VIETNAM))
    await officer.say("xong NV-0001")
    await officer.say("12/KH-STP ngày 09/02/2026")
    await officer.press("Gửi báo cáo")
    office.clock.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM))
    return office, coordinator, officer


def files_of(unit: Unit) -> dict[str, bytes]:
    """Return what every file that was handed over holds, the last of its ending."""
    kept = unit.conn.execute(select(outbox.c.message).order_by(outbox.c.id)).scalars()
    files = [file for one in kept for file in Message.from_json(one).files]
    return {one.name.rpartition(".")[2]: unit.shelf.take(one.digest, 10**7) or b"" for one in files}


async def test_a_coordinator_reads_takes_and_freezes_the_report_of_a_period(tmp_path: Path) -> None:
    office, coordinator, officer = await office_with_plan(tmp_path)
    (asked,) = await coordinator.say("baocaoky")
    assert asked.first_line == "Báo cáo tiến độ thực hiện kế hoạch: chọn kỳ báo cáo"
    told = (await coordinator.press("Quý I năm 2026"))[0].text
    assert "Tổng số: 06 nhiệm vụ\n- Hoàn thành đúng hạn: 01 (đạt 100%)" in told
    assert "- Đang thực hiện, trong hạn: 03 (01 thường xuyên hoặc chưa có hạn)\n- Đang thực hiện, quá hạn: 02" in told
    assert "01 nhiệm vụ đã báo cáo hoàn thành, đang chờ Văn phòng xác nhận" in told
    assert "Sở Nội vụ: 01 quá hạn" in told
    assert "Thuế tỉnh" not in told  # it is asked to cooperate

    made = await office.run(files_of)
    paper = "\n".join(one.text for one in Document(BytesIO(made["docx"])).paragraphs)
    assert "đã hoàn thành 01 nhiệm vụ, trong đó đúng hạn 01 (đạt 100%), trễ 0 (chiếm 0%)" in paper
    assert "Nội dung đề nghị phối hợp" in paper
    for person in ("Nguyễn Mẫu An", "Trần Mẫu Bình"):
        assert person not in paper
    rows = list(openpyxl.load_workbook(BytesIO(made["xlsx"]))["Nhiệm vụ"].iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in rows] == [f"NV-000{at}" for at in range(1, 7)]

    await coordinator.press("Chốt số liệu kỳ này")
    frozen = (await coordinator.press("Chốt số liệu"))[0].text
    assert "Lập từ bản chốt số 1 lúc 09:00 02/03/2026." in frozen

    await officer.say("xong NV-0001")  # nothing: it is reported; the office returns it, so that a figure changes
    await coordinator.say("NV-0001")
    await coordinator.press("Trả lại")
    await coordinator.say("Thiếu phụ lục của kế hoạch")
    anew = (await coordinator.say("baocaoky quý 1/2026"))[0].text
    assert "- Hoàn thành đúng hạn: 0" in anew
    again = (await coordinator.press("Lập từ bản chốt số 1"))[0].text
    assert "- Hoàn thành đúng hạn: 01 (đạt 100%)" in again
    assert "số liệu chốt ngày 02/03/2026 lúc 09 giờ 00" in again
    assert (await office.run(lambda unit: unit.conn.execute(select(snapshots.c.number)).all())) == [(1,)]
    await office.close()


async def test_only_the_office_and_leaders_read_it_and_only_the_office_freezes(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    coordinator, officer = await office.officer("VPUBND", Role.COORDINATOR), await office.officer("STP")
    await office.issue(PLAN)
    leader = await office.officer("UBNDT", Role.LEADER, "Lê Mẫu Chi")
    (refused,) = await officer.say("baocaoky")
    assert refused.text.startswith("Không tìm thấy mục này")
    read = (await leader.say("baocaoky tháng 3"))[0]
    assert "tháng 3 năm 2026" in read.first_line
    assert not any("Chốt" in one.label for one in read.choices)

    (unclear,) = await coordinator.say("baocaoky quý 7")
    assert unclear.text.startswith("Chưa rõ kỳ báo cáo “quý 7”. Xin gõ như: quý 1/2026")
    await coordinator.say("baocaoky")
    assert "6 tháng đầu năm 2026" in (await coordinator.say("6 tháng đầu năm"))[0].first_line
    await coordinator.press("Chốt số liệu kỳ này")
    backed = (await coordinator.press("Quay lại"))[0]
    assert "6 tháng đầu năm 2026" in backed.first_line

    await office.issue(PLAN[:1], number="16/KH-UBND")
    several = (await coordinator.say("baocaoky quý 1"))[0]
    assert several.first_line == "Tiến độ thực hiện các kế hoạch, văn bản giao nhiệm vụ, quý I năm 2026"
    await coordinator.press("Chọn một kế hoạch")
    only = (await coordinator.press("Kế hoạch số 16/KH-UBND"))[0]
    assert only.first_line == "Tiến độ thực hiện Kế hoạch số 16/KH-UBND ngày 09/01/2026, quý I năm 2026"
    assert "Tổng số: 01 nhiệm vụ" in only.text
    (asked,) = await coordinator.press("Chốt số liệu kỳ này")
    assert asked.first_line.startswith("Chốt số liệu quý I năm 2026 của Kế hoạch số 16/KH-UBND ngày 09/01/2026, tính")
    await coordinator.press("Huỷ")
    assert not (await office.run(lambda unit: unit.conn.execute(select(snapshots.c.id)).all()))
    await office.close()
