"""Seven weeks in an office, played on the simulated clock: who does what, and when.

Six agencies' people: one who answers, one who reports progress first, one who keeps silent, one who joins late;
a coordinator who confirms one report and returns another; a leader who only reads.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.local import VIETNAM
from domain.people import Role
from tests.office import Chat, Office, Row, make_office

PLAN = (
    Row(
        "Ban hành kế hoạch của cơ quan, ghi rõ người phụ trách và thời hạn của từng việc",
        "Sở Tư pháp; UBND xã Lam Sơn",
        "Trước ngày 20/01/2026",
        "Kế hoạch của cơ quan",
    ),
    Row(
        "Cử công chức đầu mối theo dõi kế hoạch, gửi danh sách về Văn phòng UBND tỉnh",
        "Sở Nội vụ",
        "Chậm nhất ngày 30/01/2026",
        "Văn bản cử đầu mối",
    ),
    Row(
        "Hướng dẫn các xã cử công chức đầu mối",
        "Sở Nội vụ",
        "Trước ngày 10/02/2026",
        "Văn bản hướng dẫn",
    ),
    Row(
        "Đăng ký các thủ tục hành chính còn vướng mắc để đưa vào diện rà soát của năm",
        "Sở Tư pháp",
        "Trước ngày 15/02/2026",
        "Văn bản đăng ký",
        coordinating="Sở Nội vụ",
    ),
    Row(
        "Niêm yết số điện thoại, địa chỉ tiếp nhận phản ánh, kiến nghị tại trụ sở",
        "UBND xã Lam Sơn",
        "Đến ngày 24/02/2026",
        "Thông báo niêm yết",
    ),
    Row("Đối chiếu số phí, lệ phí thu qua thanh toán trực tuyến", "Sở Tài chính", "Hằng quý", "Biên bản đối chiếu"),
    Row("Rà soát mức thu lệ phí của các thủ tục đã phân cấp", "Sở Tài chính", "Trước 28/02/2026", "Báo cáo rà soát"),
    Row("Trả lời phản ánh, kiến nghị được chuyển đến đúng hạn", "Sở Tài chính", "Thường xuyên", "Văn bản trả lời"),
    Row("Kiểm tra việc giải quyết thủ tục hành chính tại cơ sở", "Sở Nội vụ", "Theo Kế hoạch riêng", "Thông báo"),
)


def at(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    """Return a local moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@dataclass(slots=True)
class Cast:
    """The people of the story; `late` joins two weeks after the issue."""

    coordinator: Chat
    leader: Chat
    answers: Chat
    steady: Chat
    silent: Chat
    head: Chat
    late: Chat


async def play(folder: Path, url: str | None = None) -> tuple[Office, Cast]:
    """Play the story from Monday 12/01/2026 to Friday 06/03/2026 and return the office, still open."""
    office = make_office(folder, url, at(12, 1, 7, 30))
    cast = await _gather(office)
    await office.advance(at(12, 1, 8))
    await office.issue(PLAN)
    await _first_weeks(office, cast)
    await _late_joiner(office, cast)
    await _reports(office, cast)
    await _after_tet(office, cast)
    await office.advance(at(6, 3, 17))
    return office, cast


async def _gather(office: Office) -> Cast:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    leader = await _leader(office, coordinator)
    return Cast(
        coordinator,
        leader,
        answers=await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình", "Chuyên viên"),
        steady=await office.officer("SNV", Role.OFFICER, "Phạm Mẫu Cúc", "Phó Chánh Văn phòng"),
        silent=await office.officer("XA01", Role.OFFICER, "Vũ Mẫu Dũng", "Công chức Văn phòng"),
        head=await office.officer("XA01", Role.HEAD, "Đặng Mẫu Hà", "Chủ tịch"),
        late=office.stranger("Ngô Mẫu Khánh"),
    )


async def _leader(office: Office, coordinator: Chat) -> Chat:
    leader = office.stranger("Lê Mẫu Quang")
    leader.role, leader.agency = Role.LEADER, "UBNDT"
    await leader.say(await office.invite("UBNDT", Role.LEADER, "Lê Mẫu Quang", "Phó Chủ tịch"))
    await leader.press("Đúng, tham gia")
    await office.settle()
    await coordinator.heard()
    await coordinator.press("Đồng ý")
    await office.settle()
    return leader


async def _first_weeks(office: Office, cast: Cast) -> None:
    """One answers on the fourth day and is confirmed; one reports progress; one says nothing until the 27th."""
    await office.advance(at(12, 1, 14, 5))
    await cast.answers.heard()
    await cast.answers.press("Đã nhận tất cả")
    await office.advance(at(15, 1, 9, 20))
    await cast.answers.say("xong NV-0001")
    await cast.answers.say("12/KH-STP ngày 14/01/2026")
    await cast.answers.press("Gửi báo cáo hoàn thành")
    await office.advance(at(16, 1, 10))
    await cast.coordinator.say("tonghop")
    await cast.coordinator.press("Báo cáo chờ xác nhận")
    await cast.coordinator.press("Xác nhận NV-0001")
    await office.advance(at(20, 1, 15))
    await cast.steady.say("viec")
    await cast.steady.say("1")
    await cast.steady.press("Báo tiến độ")
    await cast.steady.say("đã dự thảo xong, đang xin ý kiến, khoảng 60%")


async def _late_joiner(office: Office, cast: Cast) -> None:
    await office.advance(at(27, 1, 9))
    await cast.silent.say("xong NV-0002")
    await cast.silent.say("bỏ qua")
    await cast.silent.press("Gửi báo cáo hoàn thành")
    await office.advance(at(27, 1, 15, 30))
    cast.late.role, cast.late.agency = Role.OFFICER, "STC"
    await cast.late.say(await office.invite("STC", Role.OFFICER, cast.late.name, "Chuyên viên"))
    await cast.late.press("Đúng, tham gia")


async def _reports(office: Office, cast: Cast) -> None:
    """One document completes two tasks; the coordinator confirms one of the reports and returns the other."""
    await office.advance(at(28, 1, 16))
    await cast.steady.say("đã xong nv 3")
    await cast.steady.say("45/SNV-VP ngày 27/01/2026")
    await cast.steady.press("Văn bản này còn hoàn thành NV-0004")
    await cast.steady.press("Gửi báo cáo hoàn thành")
    await office.advance(at(29, 1, 14))
    await cast.coordinator.say("NV-0003")
    await cast.coordinator.press("Xác nhận hoàn thành")
    await cast.coordinator.say("NV-0004")
    await cast.coordinator.press("Trả lại báo cáo")
    await cast.coordinator.say("Văn bản chưa có phụ lục hướng dẫn cho các xã, đề nghị bổ sung")
    await office.advance(at(9, 2, 10, 30))
    await cast.steady.say("xong NV-0004")
    await cast.steady.say("52/SNV-VP ngày 06/02/2026")
    await cast.steady.press("Gửi báo cáo hoàn thành")
    await office.advance(at(12, 2, 20, 15))
    await cast.answers.say("Xong NV-0005")
    await cast.answers.say("88/STP-KSTT ngày 12/02/2026")
    await cast.answers.press("Gửi báo cáo hoàn thành")


async def _after_tet(office: Office, cast: Cast) -> None:
    """The officer who kept silent says what is in the way only after the head was told."""
    await office.advance(at(2, 3, 9))
    await cast.coordinator.say("tonghop")
    await office.advance(at(4, 3, 9))
    await cast.silent.say("NV-0006")
    await cast.silent.press("Báo vướng mắc")
    await cast.silent.say("Trụ sở đang sửa chữa, chưa có bảng niêm yết; xin hướng dẫn")
