"""Somebody leaves: the seat's authority ends at once, nothing is lost, and the office knows where nobody is left."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions import leaving, pages
from actions.leaving import Left
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.people import Role
from storage.schema import assignments, notices, page_sessions, substitutes
from storage.views import office as office_views
from tests.office import Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 30/01/2026", "Kế hoạch"),
    Row("Rà soát thủ tục hành chính", "Sở Tư pháp", "Trước ngày 28/02/2026", "Báo cáo"),
    Row("Công khai thủ tục hành chính", "Sở Nội vụ", "Trước ngày 30/01/2026", "Báo cáo"),
)


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, start=at(12, 1, 7, 30))


async def _begin(office: Office) -> tuple[Chat, Chat]:
    """A coordinator, an officer of STP (person 2), a plan, the first messages read."""
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình", "Chuyên viên")
    await office.advance(at(12, 1, 8))
    await office.issue(PLAN)
    await office.advance(at(13, 1))
    await officer.heard()
    await coordinator.heard()
    return coordinator, officer


async def _forged(office: Office, chat: Chat, key: str) -> list[Heard]:
    await chat.heard()
    await office.take_in(chat.chat, {"button": key, "label": "x", "stamp": office.web.stamp()})
    return await chat.heard()


def _leave(office: Office, person: int, agency: str | None = None) -> list[Left]:
    return office.inner.db.run_now(lambda unit: leaving.leave(unit, person, agency, office.clock()))


async def test_the_coordinator_ends_a_seat_in_chat(office: Office) -> None:
    coordinator, officer = await _begin(office)
    await officer.say("NV-0001")
    await officer.press("Báo tiến độ")
    await coordinator.say("tonghop")
    await coordinator.press("Việc khác")
    await coordinator.press("Người tham gia")
    (found,) = await coordinator.say("tu phap")
    assert found.first_line == "Người của Sở Tư pháp: 1"
    assert "Trần Mẫu Bình (Chuyên viên): cán bộ đầu mối" in found.text
    (asked,) = await coordinator.press("Kết thúc: Trần Mẫu Bình")
    assert asked.first_line == "Kết thúc vai trò của Trần Mẫu Bình: cán bộ đầu mối, Sở Tư pháp?"
    (done,) = await coordinator.press("Đúng, kết thúc")
    assert done.first_line == "Đã kết thúc vai trò của Trần Mẫu Bình: cán bộ đầu mối, Sở Tư pháp"
    assert "2 việc đang mở chờ người mới" in done.text
    (refused,) = await officer.say("đã được 60%")
    assert refused.first_line.startswith("Không tìm thấy"), "an open question gives no authority"
    (refused,) = await officer.say("/viec")
    assert refused.first_line.startswith("Không tìm thấy")
    (greeted,) = await officer.say("/start")
    assert "hiện không giữ vai trò nào" in greeted.text
    await office.advance(at(27, 1))
    assert not [one for one in await officer.heard() if one.kind == "bundle"]


async def test_whoever_comes_hears_of_everything_open_at_once(office: Office) -> None:
    await _begin(office)
    (left,) = _leave(office, 2)
    assert (left.role, left.unheard) == (Role.OFFICER, 2)
    places = await office.read(office_views.unreached)
    assert [(row.agency_code, row.role, row.matters) for row in places if row.agency_code == "STP"] == [
        ("STP", "officer", 2)
    ]
    newcomer = await office.officer("STP", Role.OFFICER, "Lý Mẫu Oanh", "Chuyên viên")
    joined = (await newcomer.all_heard())[-1]
    assert "2 việc chưa xong" in joined.text
    assert "NV-0001" in joined.text
    assert not [row for row in await office.read(office_views.unreached) if row.agency_code == "STP"]
    await office.advance(at(14, 1))
    assert not [one for one in await newcomer.heard() if one.kind == "bundle"], "said once, by the answer"


async def test_the_coordinators_are_told_where_nobody_is_left(office: Office) -> None:
    coordinator, _ = await _begin(office)
    await coordinator.heard()
    _leave(office, 2)
    await office.settle()
    (told,) = [one for one in await coordinator.heard() if one.kind == "bundle"]
    assert "1 nơi không còn người nhận tin" in told.first_line
    assert "Sở Tư pháp (STP): không còn cán bộ đầu mối, 2 việc chưa có người nhận tin" in told.text


async def test_nobody_is_told_where_a_colleague_remains(office: Office) -> None:
    coordinator, officer = await _begin(office)
    colleague = await office.officer("STP", Role.OFFICER, "Lý Mẫu Oanh")
    await officer.say("xong NV-0001")
    await officer.press("Bỏ qua")
    await officer.press("Gửi báo cáo hoàn thành")
    await office.advance(at(13, 1, 18))
    await coordinator.say("NV-0001")
    await coordinator.press("Trả lại báo cáo")
    await coordinator.say("Chưa có văn bản kèm theo")
    (left,) = _leave(office, 2)
    assert left.unheard == 0
    dropped = await office.read(
        lambda unit: unit.conn.execute(
            select(notices.c.state, notices.c.reason, notices.c.outbox_id).where(
                notices.c.person_id == 2, notices.c.kind == "returned"
            )
        ).one()
    )
    assert tuple(dropped) == ("dropped", "the person holds the seat no longer", None)
    await office.advance(at(14, 1, 11))
    assert [one for one in await colleague.heard() if "Chưa có văn bản kèm theo" in one.text]
    assert not [one for one in await coordinator.heard() if "không còn người nhận tin" in one.first_line]


async def test_what_hangs_on_the_seat_ends_with_it(office: Office) -> None:
    _, officer = await _begin(office)
    head = await office.officer("STP", Role.HEAD, "Đỗ Mẫu Giang", "Giám đốc")
    await officer.say("uyquyen")
    await officer.press("Đỗ Mẫu Giang")
    await officer.say("30/1")
    await officer.press("Đồng ý")
    await office.run(lambda unit: unit.conn.execute(update(assignments).values(handler_id=2)))
    _leave(office, 2)
    kept = await office.read(
        lambda unit: (
            unit.conn.execute(select(substitutes.c.ended_at)).scalar_one(),
            set(unit.conn.execute(select(assignments.c.code, assignments.c.handler_id)).all()),
        )
    )
    assert kept[0] is not None
    assert kept[1] == {("NV-0001", None), ("NV-0002", None), ("NV-0003", 2)}, "named work of this agency alone"
    viewer = await office.read(lambda unit: office_views.viewer(unit, 3, office.clock().date()))
    assert not viewer.standing_in
    assert head.role is Role.HEAD


async def test_a_coordinators_page_ends_at_once(office: Office) -> None:
    await _begin(office)
    second = await office.officer("VPUBND", Role.COORDINATOR, "Vũ Mẫu Phong")
    plan = 1
    viewer = await office.read(lambda unit: office_views.viewer(unit, 3, office.clock().date()))
    entered = await office.run(
        lambda unit: pages.enter(unit, pages.link(unit, viewer, plan, office.clock()), office.clock())
    )
    unused = await office.run(lambda unit: pages.link(unit, viewer, plan, office.clock()))
    _leave(office, 3, "VPUBND")
    soon = office.clock() + timedelta(minutes=1)
    assert await office.read(lambda unit: pages.visitor(unit, entered.session, soon)) is None
    assert await office.read(lambda unit: unit.conn.execute(select(page_sessions.c.ended_at)).scalar_one())
    with pytest.raises(ActRefused):
        await office.run(lambda unit: pages.enter(unit, unused, soon))
    (refused,) = await second.say("tonghop")
    assert refused.first_line.startswith("Không tìm thấy")


async def test_a_head_ends_seats_of_the_own_agency_alone(office: Office) -> None:
    _, officer = await _begin(office)
    head = await office.officer("STP", Role.HEAD, "Đỗ Mẫu Giang", "Giám đốc")
    other = await office.officer("SNV", Role.HEAD, "Phan Mẫu Tâm")
    await head.say("uyquyen")
    (listed,) = await head.press("Người của Sở Tư pháp")
    assert listed.first_line == "Người của Sở Tư pháp: 2"
    assert not [one for one in listed.choices if "Đỗ Mẫu Giang" in one.label], "nobody ends the own seat"
    for chat in (other, officer):
        for key in ("leave:2", "people:3:0"):
            (refused,) = await _forged(office, chat, key)
            assert refused.first_line.startswith("Không tìm thấy"), key
    await head.press("Kết thúc: Trần Mẫu Bình")
    (done,) = await head.press("Đúng, kết thúc")
    assert done.first_line.startswith("Đã kết thúc vai trò của Trần Mẫu Bình")
    (refused,) = await _forged(office, head, "leave:2")
    assert refused.first_line.startswith("Không tìm thấy")


@pytest.mark.parametrize(
    ("person", "agency", "said"),
    [(99, None, "Không có người nào mang mã 99"), (2, "XYZ", "Không có cơ quan nào"), (2, "SNV", "không còn vai trò")],
)
async def test_who_is_not_there(office: Office, person: int, agency: str | None, said: str) -> None:
    await _begin(office)
    with pytest.raises(ActRefused, match=said):
        _leave(office, person, agency)
