"""A plan with an internal date ahead of the official one: what each person reads, day by day."""

from datetime import datetime
from pathlib import Path

import pytest

from actions import ladders
from domain.ladder import WITH_DRAFT
from domain.local import VIETNAM
from domain.people import Role
from storage.ladders import Place
from tests.office import Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 20/03/2026")
"""T is Thursday 19/03; the internal date five working days before, Thursday 12/03."""


async def begun(folder: Path) -> Office:
    office = make_office(folder)
    now = office.clock()
    await office.run(lambda unit: ladders.choose(unit, None, Place(), WITH_DRAFT, now))
    return office


async def test_officer_then_head_then_office(tmp_path: Path) -> None:
    office = await begun(tmp_path)
    await office.officer("VPUBND", Role.COORDINATOR)
    justice, head = await office.officer("STP"), await office.officer("STP", Role.HEAD)
    await office.issue([PLAN])
    await office.advance(datetime(2026, 3, 9, 17, 0, tzinfo=VIETNAM))
    await justice.heard()
    await office.advance(datetime(2026, 3, 16, 17, 0, tzinfo=VIETNAM))
    told = {f"{one.at:%d/%m %H:%M}": one for one in await justice.heard()}
    assert list(told) == ["10/03 08:00", "12/03 08:00", "16/03 08:00"]
    assert told["10/03 08:00"].first_line == (
        "Văn phòng UBND tỉnh: NV-0001 sắp đến hạn nội bộ thứ Năm 12/03/2026 (hạn chính thức thứ Năm 19/03/2026)"
    )
    assert told["12/03 08:00"].first_line == (
        "Văn phòng UBND tỉnh: NV-0001 hôm nay đến hạn nội bộ thứ Năm 12/03/2026 (hạn chính thức thứ Năm 19/03/2026)"
    )
    assert "trình dự thảo để lãnh đạo đơn vị cho ý kiến" in told["12/03 08:00"].text
    (up,) = [one for one in await head.all_heard() if one.kind == "bundle"]
    assert f"{up.at:%d/%m %H:%M}" == "13/03 10:00"
    assert up.first_line == (
        "Văn phòng UBND tỉnh: NV-0001 đã qua hạn nội bộ thứ Năm 12/03/2026 (hạn chính thức thứ Năm 19/03/2026)"
    )
    assert "Kính báo đồng chí lãnh đạo: Sở Tư pháp chưa báo cáo các việc sau, hạn nội bộ đã qua." in up.text


async def test_the_head_hears_nothing_of_what_was_reported_in_time(tmp_path: Path) -> None:
    office = await begun(tmp_path)
    justice, head = await office.officer("STP"), await office.officer("STP", Role.HEAD)
    await office.issue([PLAN])
    await office.advance(datetime(2026, 3, 12, 9, 0, tzinfo=VIETNAM))
    await justice.say("xong NV-0001")
    await justice.press("Bỏ qua")
    await justice.press("Gửi báo cáo")
    await office.advance(datetime(2026, 3, 18, 9, 0, tzinfo=VIETNAM))
    assert [one for one in await head.all_heard() if one.kind == "bundle"] == []
