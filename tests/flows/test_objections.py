"""What stands in the way and what is not one's own work: said, answered, kept, given to another agency."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.assignments import State
from domain.local import VIETNAM
from domain.people import Role
from scheduler import sweep
from storage.schema import matters, planned
from storage.views import details, work
from storage.views.work import Work
from tests.office import Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 28/02/2026", "Kế hoạch"),
    Row("Báo cáo kết quả rà soát", "Sở Tư pháp", "Hằng quý", "Báo cáo"),
)


def at(day: int, month: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


@pytest.fixture
async def people(office: Office) -> tuple[Chat, Chat]:
    """The coordinator and the officer of Sở Tư pháp, who has been told."""
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.settle()
    await officer.heard()
    return coordinator, officer


async def _all(office: Office) -> dict[str, Work]:
    works = await office.read(lambda unit: work.everything(unit, office.clock().date()))
    return {one.code: one for one in works}


async def _roles_waiting(office: Office, one: Work) -> list[str]:
    query = (
        select(planned.c.rung).where(planned.c.matter_id == one.id, planned.c.state == "waiting").order_by(planned.c.at)
    )
    found = await office.read(lambda unit: unit.conn.execute(query).scalars().all())
    return [rung for rung in found if not rung.startswith("week")]


async def _bundles(chat: Chat) -> list[Heard]:
    return [one for one in await chat.heard() if one.kind == "bundle"]


async def test_an_obstacle_is_answered_and_the_work_goes_on(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    (asked,) = await officer.say("vuongmac NV-0001")
    assert asked.first_line.startswith("Vướng mắc ở NV-0001")
    await officer.say("Chưa có mẫu kế hoạch của Bộ")
    await office.settle()
    (told,) = await _bundles(coordinator)
    assert told.first_line == "Văn phòng UBND tỉnh: 1 vướng mắc cần trả lời"
    (card,) = await coordinator.press("Mở NV-0001")
    assert [one.label for one in card.choices][:2] == ["Trả lời vướng mắc", "Giao cơ quan khác"]
    (question,) = await coordinator.press("Trả lời vướng mắc")
    assert "Chưa có mẫu kế hoạch của Bộ" in question.text
    assert "từ 5 ký tự" in (await coordinator.say("ok"))[0].text
    (answer,) = await coordinator.say("Dùng mẫu năm 2025, Văn phòng gửi kèm thư điện tử")
    assert answer.first_line == "Đã trả lời vướng mắc NV-0001 · Sở Tư pháp"
    assert (await _all(office))["NV-0001"].state is State.IN_PROGRESS
    await office.settle()
    (heard,) = await _bundles(officer)
    assert heard.first_line == "Văn phòng UBND tỉnh: Văn phòng trả lời vướng mắc NV-0001"
    assert "Dùng mẫu năm 2025" in heard.text


async def test_while_an_obstacle_waits_the_officer_is_reminded_and_nobody_above(
    office: Office, people: tuple[Chat, Chat]
) -> None:
    head = await office.officer("STP", Role.HEAD)
    coordinator, officer = people
    await officer.say("vuongmac NV-0001")
    await officer.say("Chưa có mẫu kế hoạch của Bộ")
    await office.advance(at(10, 3))
    assert [one for one in await _bundles(officer) if "quá hạn" in one.first_line]
    assert not [one for one in await _bundles(head) if "NV-0001" in one.text]
    assert not [one for one in await _bundles(coordinator) if "đôn đốc" in one.first_line]


async def test_an_answered_obstacle_is_not_answered_twice(office: Office, people: tuple[Chat, Chat]) -> None:
    first, officer = people
    second = await office.officer("VPUBND", Role.COORDINATOR, "Lý Mẫu Sơn")
    await officer.say("vuongmac NV-0001")
    await officer.say("Chưa có mẫu kế hoạch của Bộ")
    for one in (first, second):
        await one.say("NV-0001")
        await one.press("Trả lời vướng mắc")
    await first.say("Dùng mẫu năm 2025")
    (answer,) = await second.say("Chờ mẫu mới của Bộ")
    assert answer.text == ("NV-0001 không còn chờ trả lời, hiện đang thực hiện. Gõ NV-0001 để xem đã trả lời thế nào.")
    said = [one.text for one in await office.read(lambda unit: details.history(unit, _id_of(office, unit)))]
    assert said == ["Chưa có mẫu kế hoạch của Bộ", "Dùng mẫu năm 2025"]


def _id_of(office: Office, unit: object) -> int:
    found = work.by_code(unit, "NV-0001", office.clock().date())  # type: ignore[arg-type]
    assert found is not None
    return found.id


async def _disown(officer: Chat) -> None:
    await officer.say("NV-0001")
    await officer.press("Không thuộc đơn vị")
    await officer.say("Việc này thuộc chức năng của Sở Nội vụ")


async def test_not_ours_and_kept(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await officer.say("NV-0001")
    await officer.press("Đã nhận việc")
    before = await _roles_waiting(office, (await _all(office))["NV-0001"])
    await _disown(officer)
    assert (await _all(office))["NV-0001"].state is State.NOT_OURS
    await office.settle()
    (told,) = await _bundles(coordinator)
    assert told.first_line == "Văn phòng UBND tỉnh: Sở Tư pháp báo NV-0001 không thuộc đơn vị, cần quyết định"
    await coordinator.press("Mở NV-0001")
    await coordinator.press("Giữ nguyên cơ quan")
    (answer,) = await coordinator.say("Kế hoạch giao đích danh Sở Tư pháp")
    assert answer.first_line == "Đã giữ nguyên NV-0001 cho Sở Tư pháp"
    one = (await _all(office))["NV-0001"]
    assert one.state is State.ACCEPTED, "back to where it stood before"
    assert await _roles_waiting(office, one) == before
    await office.settle()
    (heard,) = await _bundles(officer)
    assert heard.first_line == "Văn phòng UBND tỉnh: NV-0001 vẫn do đơn vị chủ trì"
    assert "Kế hoạch giao đích danh Sở Tư pháp" in heard.text


async def test_taken_back_by_the_agency(office: Office, people: tuple[Chat, Chat]) -> None:
    officer = people[1]
    await _disown(officer)
    (answer,) = await officer.press("Rút đề nghị")
    assert answer.first_line == "Đã rút ý kiến không thuộc đơn vị của NV-0001"
    assert (await _all(office))["NV-0001"].state is State.ASSIGNED


async def _reassign(coordinator: Chat, to: str) -> Heard:
    await coordinator.say("NV-0001")
    await coordinator.press("Giao cơ quan khác")
    await coordinator.say(to)
    await coordinator.say("Theo chức năng, nhiệm vụ")
    return (await coordinator.press("Giao cơ quan này"))[-1]


@pytest.mark.parametrize("to", ["SNV", "Sở Nội vụ", "so noi vu", "nội vụ"])
async def test_given_to_another_agency(office: Office, people: tuple[Chat, Chat], to: str) -> None:
    coordinator, officer = people
    other = await office.officer("SNV", name="Phạm Mẫu Cúc")
    await _disown(officer)
    await office.advance(at(20, 1))
    answer = await _reassign(coordinator, to)
    assert answer.first_line == "Đã giao Sở Nội vụ việc NV-0004, thay NV-0001 của Sở Tư pháp"
    works = await _all(office)
    assert works["NV-0001"].state is State.CANCELLED
    assert (works["NV-0004"].agency_code, works["NV-0004"].due_on) == ("SNV", date(2026, 2, 27))
    assert await _roles_waiting(office, works["NV-0001"]) == []
    assert await _roles_waiting(office, works["NV-0004"]) == [
        "issue", "t30", "t14", "t7", "t3", "t1", "t0", "over1", "over3", "over5",
    ]  # fmt: skip
    await office.settle()
    (given,) = await _bundles(other)
    assert given.first_line == "Văn phòng UBND tỉnh: 1 việc mới được giao, hạn thứ Sáu 27/02/2026"
    told = [one for one in await _bundles(officer) if "giao cơ quan khác" in one.first_line]
    assert len(told) == 1
    assert "giao Sở Nội vụ: Theo chức năng, nhiệm vụ" in told[0].text
    (card,) = await other.say("NV-0004")
    assert "chuyển cơ quan, từ NV-0001: Theo chức năng, nhiệm vụ" in card.text
    assert "Không tìm thấy" in (await officer.say("NV-0004"))[0].text


async def test_given_back_to_the_agency_from_which_it_was_taken(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    other = await office.officer("SNV", name="Phạm Mẫu Cúc")
    await _disown(officer)
    await office.advance(at(20, 1))
    await _reassign(coordinator, "SNV")
    await other.say("NV-0004")
    await other.press("Không thuộc đơn vị")
    await other.say("Việc này của Sở Tư pháp")
    await coordinator.say("NV-0004")
    await coordinator.press("Giao cơ quan khác")
    await coordinator.say("STP")
    await coordinator.say("Đã thống nhất hai bên")
    answer = (await coordinator.press("Giao cơ quan này"))[-1]
    assert answer.first_line == "Đã giao Sở Tư pháp việc NV-0005, thay NV-0004 của Sở Nội vụ"
    works = await _all(office)
    assert (works["NV-0005"].agency_code, works["NV-0005"].due_on) == ("STP", date(2026, 2, 27))
    assert {works[code].state for code in ("NV-0001", "NV-0004")} == {State.CANCELLED}


async def test_the_coming_periods_go_with_it(office: Office, people: tuple[Chat, Chat]) -> None:
    """Two quarters are laid out; both go to the other agency, and so does what upkeep lays out later."""
    coordinator, officer = people
    await officer.say("NV-0002")
    await officer.press("Không thuộc đơn vị")
    await officer.say("Sở Nội vụ theo dõi việc này")
    await coordinator.say("NV-0002")
    await coordinator.press("Giao cơ quan khác")
    await coordinator.say("SNV")
    await coordinator.say("Theo chức năng, nhiệm vụ")
    await coordinator.press("Giao cơ quan này")
    office.clock.move_to(at(1, 4))
    await office.run(lambda unit: sweep.upkeep(unit, office.clock()))
    works = [one for one in (await _all(office)).values() if one.content == "Báo cáo kết quả rà soát"]
    standing = {(one.agency_code, one.period): one.state for one in works}
    assert {period for code, period in standing if code == "SNV"} == {"2026-Q1", "2026-Q2", "2026-Q3"}
    assert {period for code, period in standing if code == "STP"} == {"2026-Q1", "2026-Q2"}
    assert {state for (code, _), state in standing.items() if code == "STP"} == {State.CANCELLED}
    closed = select(matters.c.id).where(matters.c.closed_at.is_not(None), matters.c.kind == "assignment")
    assert len(await office.read(lambda unit: unit.conn.execute(closed).scalars().all())) == 2


async def test_who_has_the_task_already_is_not_given_it_twice(office: Office, people: tuple[Chat, Chat]) -> None:
    await office.issue([Row("Việc chung", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 28/02/2026")], number="20/KH-UBND")
    coordinator, officer = people
    await officer.say("NV-0004")
    await officer.press("Không thuộc đơn vị")
    await officer.say("Sở Nội vụ đã làm phần này")
    await coordinator.say("NV-0004")
    await coordinator.press("Giao cơ quan khác")
    await coordinator.say("SNV")
    await coordinator.say("Theo chức năng, nhiệm vụ")
    (answer,) = await coordinator.press("Giao cơ quan này")
    assert answer.text == "Sở Nội vụ đã được giao việc này (NV-0005). Xin chọn cơ quan khác."
    assert (await _all(office))["NV-0004"].state is State.NOT_OURS


async def test_a_name_that_is_not_one_alone_is_asked_back(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await _disown(officer)
    await coordinator.say("NV-0001")
    await coordinator.press("Giao cơ quan khác")
    (offered,) = await coordinator.say("Lam")
    assert {one.label for one in offered.choices} == {
        "UBND xã Lam Sơn", "UBND xã Lam Thủy", "UBND tỉnh Sông Lam", "Quay lại NV-0001", "Huỷ",
    }  # fmt: skip
    assert "Danh mục không có" in (await coordinator.say("Sở Không Có"))[0].text
    await coordinator.press("UBND xã Lam Thủy")
    assert (await coordinator.press("Quay lại"))[0].first_line.startswith("Giao NV-0001 cho cơ quan nào")


async def test_forged_buttons_change_nothing(office: Office, people: tuple[Chat, Chat]) -> None:
    officer = people[1]
    stranger = await office.officer("STC")
    await _disown(officer)
    one = (await _all(office))["NV-0001"]
    for who in (officer, stranger):
        for verb in ("keep", "reassign", "answer", "confirm"):
            await office.take_in(who.chat, {"button": f"{verb}:{one.id}", "label": "x", "stamp": office.web.stamp()})
            assert "Không tìm thấy" in (await who.heard())[-1].text, verb
    for verb in ("obstacle", "notours", "withdraw", "extend", "ask"):
        await office.take_in(stranger.chat, {"button": f"{verb}:{one.id}", "label": "x", "stamp": office.web.stamp()})
        assert "Không tìm thấy" in (await stranger.heard())[-1].text, verb
    assert (await _all(office))["NV-0001"].state is State.NOT_OURS
