"""The quarterly question about work without a date: asked once, answered with one tap, closing nothing."""

from datetime import datetime
from pathlib import Path

import pytest

from domain.assignments import State
from domain.local import VIETNAM
from storage.views import details, work
from tests.office import Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Công khai thủ tục hành chính", "Sở Tư pháp", "Thường xuyên"),
    Row("Góp ý dự thảo văn bản", "Sở Tư pháp", "Khi có phát sinh"),
    Row("Bố trí kinh phí", "Sở Tài chính", "Thường xuyên"),
    Row("Tổng kết năm", "Sở Tư pháp", "Trước 15/12/2026"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path)
    await made.issue(PLAN)
    return made


async def test_asked_once_a_quarter_and_answered_with_one_tap(office: Office) -> None:
    justice = await office.officer("STP")
    await office.advance(datetime(2026, 3, 4, 17, 0, tzinfo=VIETNAM))
    await justice.heard()
    await office.advance(datetime(2026, 3, 31, 17, 0, tzinfo=VIETNAM))
    asked = [one for one in await justice.heard() if "việc thường xuyên quý" in one.first_line]
    assert [f"{one.at:%d/%m}" for one in asked] == ["05/03"]
    assert "2 việc thường xuyên, khi phát sinh của Sở Tư pháp" in asked[0].text
    assert "NV-0003" not in asked[0].text
    (answer,) = await justice.press("Vẫn thực hiện")
    assert answer.first_line == "Đã ghi nhận cho 2 việc thường xuyên"
    works = await office.read(lambda unit: work.everything(unit, office.clock().date(), agency="STP"))
    assert {one.code: one.state for one in works}["NV-0001"] is State.ASSIGNED
    said = await office.read(lambda unit: details.history(unit, works[0].id))
    assert [one.kind for one in said] == ["check_in"]


async def test_a_joint_report_in_words(office: Office) -> None:
    justice = await office.officer("STP")
    await office.advance(datetime(2026, 3, 6, 17, 0, tzinfo=VIETNAM))
    await justice.heard()
    await justice.press("Gửi một báo cáo chung")
    (short,) = await justice.say("ok")
    assert "từ 5 ký tự" in short.text
    (answer,) = await justice.say("Báo cáo số 40/BC-STP ngày 04/03/2026")
    assert "40/BC-STP" in answer.text


async def test_nobody_answers_for_another_agency(office: Office) -> None:
    finance = await office.officer("STC")
    works = await office.read(lambda unit: work.everything(unit, office.clock().date(), agency="STP"))
    await office.take_in(
        finance.chat, {"button": f"checkin:ok:{works[0].agency_id}", "label": "x", "stamp": office.web.stamp()}
    )
    assert not await office.read(lambda unit: details.history(unit, works[0].id))
