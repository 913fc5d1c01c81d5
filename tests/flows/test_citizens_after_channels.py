"""The citizen after sending, on every channel alike: asked, answered, rated, data deleted; no button is needed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.cases import answering, opening, triage
from actions.cases.forwarding import Transfer, forward
from domain.cases.decisions import Outcome
from domain.cases.kinds import Kind
from domain.local import today
from domain.people import Role
from storage.database import Unit
from storage.schema import case_answers, endpoints
from tests.flows.citizen_side import ANSWER, WHO, WORDS, agency_id, viewer_of
from tests.flows.phones import SIDES, Side

pytestmark = pytest.mark.anyio


@pytest.fixture(params=sorted(SIDES))
async def side(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Side]:
    async with SIDES[request.param](tmp_path) as opened:
        yield opened


async def test_asked_answered_rated_and_the_data_shown(side: Side) -> None:
    office, now = side.office, side.office.clock()
    await office.officer("VPUBND", Role.COORDINATOR, "Nguyễn Mẫu An")
    await office.officer("XA01", Role.OFFICER, "Lê Mẫu Bình")
    citizen = side.phone("Trần Thị Mẫu")
    assert "Chưa có phản ánh nào" in await citizen.types("tracuu")

    def come_in(unit: Unit) -> opening.Opened:
        place = unit.conn.execute(select(endpoints).order_by(endpoints.c.id.desc()).limit(1)).one()
        feedback = opening.Feedback(Kind.REGULATION, WORDS, "UBND xã Lam Sơn", WHO)
        return opening.open_case(unit, feedback, opening.Origin(place.channel, endpoint_id=place.id), "notice", now)

    case = await office.run(come_in)
    coordinator, officer = await office.read(
        lambda unit: (viewer_of(unit, "Nguyễn Mẫu An", office), viewer_of(unit, "Lê Mẫu Bình", office))
    )
    await office.run(lambda unit: triage.ask_supplement(unit, coordinator, case.case_id, "ngày trên giấy hẹn", now))
    await side.settle()
    assert f"{case.code}: xin ông/bà bổ sung thông tin" in await citizen.hears()
    assert "bổ sung thông tin?" in await citizen.types("Ngày 05/01/2026")
    assert "đã nhận thông tin bổ sung" in await citizen.picks("Gửi")
    letter = Transfer("12/VP-KSTT", today(now))
    await office.run(lambda unit: forward(unit, coordinator, case.case_id, agency_id(unit, "XA01"), letter, now))
    what = answering.Answer(Outcome.FIXED, ANSWER, "45/UBND-VP", today(now), "Lê Mẫu Quang")
    await office.run(lambda unit: answering.draft(unit, officer, case.case_id, what, now))
    await side.settle()
    assert "đã trả lời" in await citizen.hears()
    card = await citizen.types(f"tracuu {case.code}")
    private = ANSWER in card
    assert private or "không gửi qua kênh này" in card
    assert "vì sao" in await citizen.types("không hài lòng")
    assert "Đã ghi" in await citizen.types("bỏ qua")
    rating = await office.read(lambda unit: unit.conn.execute(select(case_answers.c.rating)).scalar())
    assert rating == "bad"
    await citizen.types("dulieu")
    shown = await citizen.picks("Xem dữ liệu")
    assert (WHO.phone in shown) is private
    await citizen.types("dulieu")
    await citizen.picks("Xoá dữ liệu")
    assert "Đã nhận yêu cầu DL-" in await citizen.picks("Gửi yêu cầu")
    left = await side.left()
    assert private or not [one for one in left if WHO.name in one or ANSWER in one]
    assert all(len(one.encode("utf-16-le")) // 2 <= side.limit for one in left)
