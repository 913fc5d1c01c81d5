"""Looking for tasks in chat: by abbreviation, by an agency's other name, by the number of what was handed over."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.people import Role
from tests.office import DIRECTORY, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Kiểm tra văn bản quy phạm pháp luật", "Sở Tư pháp", "Quý II/2026", "Báo cáo"),
    Row("Rà soát thủ tục hành chính", "Sở Nội vụ", "Quý II/2026", "Quyết định"),
    Row("Tập huấn nghiệp vụ", "Sở Tư pháp", "Quý III/2026", "Tài liệu"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    named = [replace(one, aliases=("Sở Nội chính",)) if one.code == "SNV" else one for one in DIRECTORY]
    return make_office(tmp_path, directory=named)


async def test_the_office_and_leaders_look_among_all_and_officers_among_their_own(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    leader = await office.officer("UBNDT", Role.LEADER, "Vũ Mẫu Sơn")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.settle()
    await officer.say("xong NV-0001 45/BC-STP ngày 10/01/2026")
    await officer.press("Gửi báo cáo")
    for chat in (coordinator, leader):
        for typed, code in (
            ("vbqppl", "NV-0001"),
            ("TTHC", "NV-0002"),
            ("so noi chinh", "NV-0002"),
            ("SNV", "NV-0002"),
            ("45/BC-STP", "NV-0001"),
        ):
            (found,) = await chat.say(f"viec {typed}")
            assert code in found.text, (chat.name, typed)
            assert len({one for one in ("NV-0001", "NV-0002", "NV-0003") if one in found.text}) == 1, (chat.name, typed)
    (own,) = await officer.say("viec VBQPPL")
    assert "NV-0001" in own.text
    (none,) = await officer.say("viec TTHC")
    assert none.text.startswith("Không thấy việc nào khớp")
    for typed in ("tìm tư pháp vbqppl", "tim vbqppl"):
        assert "NV-0001" in (await officer.say(typed))[0].text, typed
    (headed,) = await coordinator.say("viec Tập huấn")
    assert headed.first_line.startswith("“Tập huấn” · ")


async def test_agencies_are_found_by_their_usual_initials(tmp_path: Path) -> None:
    names = {"STP": "Sở Kế hoạch và Đầu tư", "SNV": "Sở Thông tin và Truyền thông"}
    named = [
        replace(one, code=f"H0{at}", name=names[one.code], aliases=()) if one.code in names else one
        for at, one in enumerate(DIRECTORY)
    ]
    office = make_office(tmp_path, directory=named)
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    plan = (
        Row("Tập trung thực hiện thanh tra, tuyên truyền", "Văn phòng UBND tỉnh", "Quý II/2026", "Báo cáo"),
        Row("Lập kế hoạch vốn", names["STP"], "Quý II/2026", "Báo cáo"),
        Row("Mở lớp tập huấn", names["SNV"], "Quý II/2026", "Báo cáo"),
    )
    await office.issue(plan)
    for typed, code in (("khdt", "NV-0002"), ("SKHĐT", "NV-0002"), ("stttt", "NV-0003"), ("TTTT", "NV-0003")):
        (found,) = await coordinator.say(f"viec {typed}")
        assert [one for one in ("NV-0001", "NV-0002", "NV-0003") if one in found.text] == [code], typed


async def test_the_calendar_feed_has_a_command(office: Office) -> None:
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    for typed in ("lichhan", "lịch hạn", "/lichhan"):
        (shown,) = await officer.say(typed)
        assert any(one.label.startswith("Tạo lịch") for one in shown.choices), typed
    (refused,) = await office.stranger().say("lichhan")
    assert "dành cho cán bộ đã tham gia" in refused.text
