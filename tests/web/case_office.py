"""An office with citizens' cases for the tests of their pages: one of each sort, hostile words, people of each role."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx

from actions import office_settings, offices
from actions.cases import files as case_files
from actions.cases import opening
from channels.webchat import NAME
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.incoming import IncomingFile
from domain.local import VIETNAM
from domain.neutral import KEPT
from domain.people import Role
from storage.database import Unit
from tests.office import Office, make_office
from tests.web.page_office import Pages
from tests.web.test_review import BASE, HERE

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM)
"""A Monday."""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40
HOSTILE = (
    "<script>alert(1)</script> Bộ phận Một cửa yêu cầu nộp bản sao công chứng khi làm thủ tục đất đai",
    "Thủ tục " + "Ấ" * 400,
    "\u202eمرحبا\u202c Đề nghị bỏ yêu cầu nộp giấy xác nhận khi đăng ký khai sinh tại xã",
    "Đề nghị rút ngắn thời gian cấp đổi giấy chứng nhận quyền sử dụng đất; người dân đi lại ba lần. " * 8,
    '"><img src=x onerror=alert(1)> {{ 7*7 }} phản ánh thái độ tiếp dân khi nộp hồ sơ cấp đổi',
)
SENDER = "Phạm Mẫu Dân"
PHONE = "0912345678"


@dataclass(slots=True)
class CaseOffice(Pages):
    """The office with one person of each role, and its cases."""

    async def case(self, content: str = HOSTILE[0], kind: Kind = Kind.REGULATION, *, picture: bool = False) -> str:
        """Take a case into the register and return its code."""
        now = self.office.clock()
        kept = self.office.web.files.put(PICTURE, "anh <b>.png", "image/png") if picture else None

        def work(unit: Unit) -> str:
            ids: tuple[int, ...] = ()
            if kept is not None:
                file = IncomingFile(KEPT + kept.digest, kept.name, "image/png", kept.size)
                ids = case_files.write(unit, NAME, [file], now)
                case_files.keep(unit, ids[0], kept.digest, kept.name, "image/png", kept.size, now)
            who = Reporter(SENDER, "Thôn <b>Mẫu</b>, xã Lam Sơn", PHONE)
            told = opening.Feedback(kind, content, "UBND <i>xã</i> Lam Sơn", who, "hôm qua", place="xã", file_ids=ids)
            return opening.open_case(unit, told, opening.Origin(NAME), "thông báo", now).code

        return await self.office.run(work)


async def open_cases(folder: Path) -> CaseOffice:
    """Open an office on a Monday in March with coordinators, a leader, and two agencies; no case yet."""
    office: Office = make_office(folder, start=MORNING)
    await office.run(lambda unit: offices.remember_address(unit, BASE, office.clock()))
    await office.run(lambda unit: office_settings.change(unit, None, "case_answer_normal", "15 ngày", office.clock()))
    people = {
        "coordinator": await office.officer("VPUBND", Role.COORDINATOR, "Hoàng <i>Mẫu</i> Lan", "Chuyên viên"),
        "second": await office.officer("VPUBND", Role.COORDINATOR, "Vũ Mẫu Sơn", "Chuyên viên"),
        "leader": await office.officer("UBNDT", Role.LEADER, "Trần Mẫu Bình", "Phó Chủ tịch"),
        "head": await office.officer("STP", Role.HEAD, "Lê Mẫu Hà", "Giám đốc"),
        "officer": await office.officer("STP", Role.OFFICER, 'Nguyễn "Mẫu" An', "Trưởng phòng"),
        "other": await office.officer("STC", Role.OFFICER, "Đỗ Mẫu Em", "Chuyên viên"),
    }
    return CaseOffice(office, people)


async def post(
    client: httpx.AsyncClient, page: str, act: str, fields: dict[str, str], sure: bool = True
) -> httpx.Response:
    """Fill the form of an act on a case's page as it is shown now; `sure` presses the button of the look too."""
    shown = (await client.get(page)).text
    form = {"token": field(shown, "token"), "version": field(shown, "version"), **fields}
    first = await client.post(f"{page}/{act}", data=form, headers=HERE)
    if not sure or first.status_code != 200:
        return first
    return await client.post(f"{page}/{act}", data={**form, "sure": "1"}, headers=HERE)


def field(page: str, name: str) -> str:
    """Return the value of the first hidden field of that name."""
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]
