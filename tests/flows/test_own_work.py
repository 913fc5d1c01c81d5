"""The office's own work climbs inside the office; who is only asked to cooperate is asked so, and no leader hears."""

from datetime import datetime
from pathlib import Path

import pytest

from domain.local import VIETNAM
from domain.people import Role
from tests.office import Chat, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = Row("Ban hành kế hoạch", "Sở Tư pháp; Thuế tỉnh; Văn phòng UBND tỉnh", "Trước ngày 20/03/2026")


async def unasked(chat: Chat) -> dict[str, str]:
    return {f"{one.at:%d/%m}": one.text for one in await chat.all_heard() if one.kind == "bundle"}


async def test_each_agency_in_its_own_way(tmp_path: Path) -> None:
    office = make_office(tmp_path, environment={"NHACVIEC_PREVIEW": "off"})
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    leader = await office.officer("UBNDT", Role.LEADER)
    own, own_head = await office.officer("VPUBND"), await office.officer("VPUBND", Role.HEAD)
    tax, tax_head = await office.officer("THUE"), await office.officer("THUE", Role.HEAD)
    await office.officer("STP")
    await office.issue([PLAN])
    await office.advance(datetime(2026, 3, 27, 9, tzinfo=VIETNAM))

    assert "Văn phòng UBND tỉnh có việc quá hạn" in (await unasked(own_head))["24/03"]
    assert "NV-0003" in (await unasked(own))["20/03"]
    asked = (await unasked(coordinator))["26/03"]
    first, _, rest = asked.partition("VIỆC CỦA VĂN PHÒNG QUÁ HẠN")
    assert "Thuế tỉnh (NV-0002)" in first
    assert "NV-0003" not in first
    assert "NV-0003" in rest

    told = await unasked(tax)
    assert "Đề nghị Thuế tỉnh phối hợp thực hiện" in told["12/01"]
    assert "Đề nghị quý cơ quan phối hợp, gửi kết quả đúng hạn." in told["18/03"]
    assert "Văn phòng xin đề nghị lãnh đạo quý cơ quan phối hợp" in told["20/03"]
    assert "Đề nghị đồng chí lãnh đạo phối hợp: Thuế tỉnh" in (await unasked(tax_head))["24/03"]

    digest = (await unasked(leader))["20/03"]
    assert "- Sở Tư pháp: 1 việc, lâu nhất 1 ngày" in digest
    assert "Việc của Văn phòng UBND tỉnh: 1 việc quá hạn, lâu nhất 1 ngày." in digest
    assert "Thuế tỉnh" not in digest
