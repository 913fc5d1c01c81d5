"""An office for the tests of its pages: hostile names, one task of two agencies, one report with a file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from actions import assignments, offices, pages
from actions.assignments import Proof
from channels.webchat import NAME
from domain.local import VIETNAM, today
from domain.outgoing import Attachment
from domain.people import Role
from storage.database import Unit
from storage.views import office as office_views
from tests.office import Chat, Office, Row, make_office
from tests.web.test_review import BASE, HERE

PLAN = (
    Row("Ban hành kế hoạch <script>alert(1)</script>", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 20/3/2026", "Kế hoạch"),
    Row("Bố trí kinh phí", "Sở Tài chính", "Trước ngày 06/02/2026", "Báo cáo"),
    Row("Báo cáo tháng", "Sở Tư pháp; UBND xã Lam Sơn", "Hằng tháng", "Báo cáo"),
)
MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM)
FILE = b"%PDF-1.4 ket qua"
HOSTILE = '..\\..\\x"\r\n<b>Kết quả.pdf'


@dataclass(slots=True)
class Pages:
    """The office with one person of each role."""

    office: Office
    people: dict[str, Chat]

    async def link(self, who: str, path: str) -> str:
        """Return the path of a fresh link to a page for somebody."""
        now, name = self.office.clock(), self.people[who].name

        def work(unit: Unit) -> str:
            row = unit.conn.exec_driver_sql("select id from people where name = ?", (name,)).one()
            return pages.page_link(unit, office_views.viewer(unit, row.id, today(now)), path, now)

        return "/office/enter/" + await self.office.run(work)

    async def enter(self, client: httpx.AsyncClient, who: str, path: str = "/office") -> httpx.Response:
        """Open a session for somebody in this browser."""
        client.cookies.clear()
        return await client.post(await self.link(who, path), headers=HERE, content=b"")


async def open_pages(folder: Path, address: str = BASE) -> Pages:
    """Open an office in March: NV-0001 of Sở Tư pháp is reported with a file, NV-0003 is late."""
    office = make_office(folder)
    await office.run(lambda unit: offices.remember_address(unit, address, office.clock()))
    people = {
        "coordinator": await office.officer("VPUBND", Role.COORDINATOR, "Hoàng <i>Mẫu</i> Lan", "Chuyên viên"),
        "leader": await office.officer("UBNDT", Role.LEADER, "Trần Mẫu Bình", "Phó Chủ tịch"),
        "head": await office.officer("STP", Role.HEAD, "Lê Mẫu Hà", "Giám đốc"),
        "officer": await office.officer("STP", Role.OFFICER, 'Nguyễn "Mẫu" An', "Trưởng phòng"),
        "other": await office.officer("STC", Role.OFFICER, "Đỗ Mẫu Em", "Chuyên viên"),
    }
    await office.issue(PLAN)
    await office.settle()
    office.clock.move_to(MARCH)
    kept = office.web.files.put(FILE, HOSTILE, "application/pdf")
    await office.run(lambda unit: _report(unit, people["officer"].name, kept, MARCH - timedelta(hours=2)))
    return Pages(office, people)


def _report(unit: Unit, name: str, kept: Attachment, now: datetime) -> None:
    person = unit.conn.exec_driver_sql("select id from people where name = ?", (name,)).scalar_one()
    viewer = office_views.viewer(unit, person, today(now))
    assignments.progress(unit, viewer, 4, "Đã lấy ý kiến <b>", 60, now - timedelta(days=3))
    file = assignments.keep_file(unit, NAME, kept.digest, HOSTILE, "application/pdf", kept.size, now)
    unit.conn.exec_driver_sql("update files set digest = ? where id = ?", (kept.digest, file))
    assignments.report(unit, viewer, 4, Proof("document", "45/KH-STP", today(now), "", file), [], now)
