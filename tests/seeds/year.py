"""A plan's year in an office with three agencies that answer differently, played on the simulated clock.

Justice reports before every date. Home affairs reports late and once asks for more time. The commune keeps silent until
its chairman is asked to account for it. The office confirms every Friday and urges in the middle of each month; the
leader reads, asks, and decides.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from domain.agencies import Agency
from domain.assignments import State
from domain.local import VIETNAM
from domain.people import Role
from domain.plans.model import Draft
from storage.views import work as work_views
from storage.views.work import Work
from tests.office import Chat, Office, make_office

DIRECTORY = (
    Agency(
        "VP",
        "Văn phòng UBND tỉnh (Trung tâm Phục vụ Hành chính công tỉnh)",
        aliases=("Văn phòng UBND tỉnh",),
        level="province_department",
        relation="subordinate",
        coordinating=True,
    ),
    Agency("UBNDT", "UBND tỉnh Bắc Ninh", level="other", relation="subordinate"),
    Agency("STP", "Sở Tư pháp", level="province_department", relation="subordinate"),
    Agency("SNV", "Sở Nội vụ", level="province_department", relation="subordinate"),
    Agency("SKHCN", "Sở Khoa học và Công nghệ", level="province_department", relation="subordinate"),
    Agency("BAO", "Báo và Phát thanh, Truyền hình Bắc Ninh", level="press", relation="press"),
    Agency("XA1", "UBND xã Mẫu Một", level="commune_committee", relation="subordinate"),
    Agency("THUE", "Thuế tỉnh Bắc Ninh", level="central_agency", relation="central"),
)
PREFERRED = {"STP": -3, "SNV": 6, "VP": -1}
"""Days from a date at which these agencies report: Justice ahead, Home affairs behind, the office the day before."""
REPORTS = {
    date(2026, 4, 1): "2026-Q1",
    date(2026, 7, 1): "2026-H1",
    date(2026, 10, 1): "2026-9M",
    date(2026, 12, 31): "2026",
}


@dataclass(slots=True)
class Cast:
    """The people of the year."""

    lan: Chat
    chief: Chat
    leader: Chat
    officers: dict[str, Chat]
    chairman: Chat


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a local moment."""
    return datetime.combine(day, time(hour, minute), VIETNAM)


async def play(folder: Path, draft: Draft) -> tuple[Office, Cast]:
    """Play from Monday 02/02/2026 to Thursday 31/12/2026 and return the office, still open."""
    office = make_office(folder, start=at(date(2026, 2, 2), 7, 30), directory=DIRECTORY)
    cast = await _gather(office)
    await office.advance(at(date(2026, 2, 2), 9))
    await office.issue_draft(draft)
    await office.settle()
    day = date(2026, 2, 3)
    while day <= date(2026, 12, 31):
        if day.weekday() < 5:
            await office.advance(at(day, 14))
            await _reports(office, cast, day)
            await _events(cast, day)
        day += timedelta(days=1)
    await office.advance(at(date(2026, 12, 31), 17))
    return office, cast


async def _gather(office: Office) -> Cast:
    lan = await office.officer("VP", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    chief = await office.officer("VP", Role.COORDINATOR, "Bùi Mẫu Sơn", "Phó Chánh Văn phòng")
    leader = await office.officer("UBNDT", Role.LEADER, "Lê Mẫu Quang", "Phó Chủ tịch UBND tỉnh")
    officers = {
        code: await office.officer(code, Role.OFFICER, name, "Chuyên viên")
        for code, name in (
            ("VP", "Mai Mẫu Thảo"),
            ("STP", "Trần Mẫu Bình"),
            ("SNV", "Phạm Mẫu Cúc"),
            ("XA1", "Vũ Mẫu Dũng"),
            ("THUE", "Ngô Mẫu Khánh"),
        )
    }
    return Cast(lan, chief, leader, officers, await office.officer("XA1", Role.HEAD, "Đặng Mẫu Hà", "Chủ tịch"))


async def _reports(office: Office, cast: Cast, day: date) -> None:
    """Let each agency report what it reports on this day; on Fridays the office confirms."""
    for one in await _owed(office, day):
        after = PREFERRED.get(one.agency_code)
        if after is not None and one.due_on is not None and (day - one.due_on).days >= after:
            await _report(cast.officers[one.agency_code], one, day)
    if day.weekday() == 4:
        await _confirm(cast.lan)


async def _owed(office: Office, day: date) -> Sequence[Work]:
    found = await office.read(lambda unit: work_views.everything(unit, day))
    still = {State.ASSIGNED, State.ACCEPTED, State.IN_PROGRESS, State.RETURNED}
    return [one for one in found if one.due_on is not None and one.state in still]


async def _report(chat: Chat, one: Work, day: date) -> None:
    await chat.heard()
    await chat.say(f"baocao {one.code} {int(one.code[3:]) + 20}/BC-{one.agency_code} ngay {day.day}/{day.month}")
    await chat.press("Gửi báo cáo")


async def _confirm(chat: Chat) -> None:
    await chat.heard()
    (overview,) = await chat.say("tonghop")
    if not any(one.label.startswith("Báo cáo chờ xác nhận") for one in overview.choices):
        return
    (listed,) = await chat.press("Báo cáo chờ xác nhận")
    if any(one.label.startswith("Xác nhận tất cả") for one in listed.choices):
        await chat.press("Xác nhận tất cả")
    await chat.press("Xác nhận")


async def _events(cast: Cast, day: date) -> None:
    """Let happen what this day is for."""
    if day in REPORTS:
        await cast.lan.say(f"baocaoky {REPORTS[day]}")
    happens = _ON.get(day)
    if happens is not None:
        await happens(cast)


async def _asks_for_time(cast: Cast) -> None:
    chat = cast.officers["SNV"]
    await chat.say("giahan")
    for words in ("1", "13/03/2026", "Chờ số liệu của các đơn vị trực thuộc", "gửi sau"):
        await chat.say(words)
    await chat.press("Gửi đề nghị gia hạn")


async def _gives_time(cast: Cast) -> None:
    await cast.lan.say("tonghop")
    await cast.lan.press("Xin gia hạn")
    await cast.lan.press("Trả lời NV")
    await cast.lan.press("Đồng ý đến 13/03/2026")
    for words in ("Bùi Mẫu Sơn, Phó Chánh Văn phòng", "123/VP-TH ngày 25/02/2026"):
        await cast.lan.say(words)
    await cast.lan.press("Gửi trả lời")


async def _urges(cast: Cast) -> None:
    await cast.lan.say("tonghop")
    await cast.lan.press("office:late:0")
    await cast.lan.press("Đôn đốc (")
    await cast.lan.press("Gửi đôn đốc")


async def _writes_a_letter(cast: Cast) -> None:
    await cast.lan.say("tonghop")
    await cast.lan.press("office:late:0")
    await cast.lan.press("Lập công văn đôn đốc")
    await cast.lan.say("30/6")
    await cast.lan.press("Lập công văn")


async def _numbers_it(cast: Cast) -> None:
    await cast.lan.say("tonghop")
    await cast.lan.press("Công văn đôn đốc chưa ghi số")
    await cast.lan.press("Công văn lập ngày 15/06")
    await cast.lan.say("456/VP-KSTT ngày 16/6/2026")
    await cast.lan.press("Ghi số công văn")


async def _asks_to_account(cast: Cast) -> None:
    await cast.leader.say("tonghop")
    await cast.leader.press("Việc quá hạn theo cơ quan")
    await cast.leader.press("UBND xã Mẫu Một")
    await cast.leader.press("Yêu cầu giải trình")
    await cast.leader.say("Đề nghị xã báo cáo nguyên nhân chậm và ngày hoàn thành")
    await cast.leader.press("Đúng, gửi")


async def _passes_on(cast: Cast) -> None:
    await cast.chief.heard()
    await cast.chief.press("Mở ý kiến của lãnh đạo")
    await cast.chief.press("Chuyển đơn vị")
    await cast.chief.press("Đúng, gửi")


async def _accounts(cast: Cast) -> None:
    await cast.chairman.heard()
    await cast.chairman.press("Trả lời")
    await cast.chairman.press("Trả lời")
    await cast.chairman.say("Xã thiếu cán bộ công nghệ thông tin, đã bố trí người và sẽ xong trước 30/3")
    await cast.chairman.press("Đúng, gửi")


async def _brings_back(cast: Cast) -> None:
    await cast.chief.heard()
    await cast.chief.press("Mở ý kiến của lãnh đạo")
    await cast.chief.press("Trình lãnh đạo")
    await cast.chief.press("Đúng, gửi")


async def _commune_reports(cast: Cast) -> None:
    chat = cast.officers["XA1"]
    await chat.say("viec quá hạn")
    await chat.say("1")
    await chat.press("Báo xong")
    await chat.say("31/BC-UBND ngày 27/03/2026")
    await chat.press("Gửi báo cáo")


_ON: dict[date, Callable[[Cast], Awaitable[None]]] = {
    date(2026, 2, 24): _asks_for_time,
    date(2026, 2, 25): _gives_time,
    date(2026, 3, 16): _urges,
    date(2026, 3, 23): _asks_to_account,
    date(2026, 3, 24): _passes_on,
    date(2026, 3, 25): _accounts,
    date(2026, 3, 26): _brings_back,
    date(2026, 3, 30): _commune_reports,
    date(2026, 6, 15): _writes_a_letter,
    date(2026, 6, 16): _numbers_it,
}
"""What happens besides the reports, each on its day at two in the afternoon."""
