"""Tasks given by chat: one line, what is missing asked, one confirmation; who may; what everybody then sees."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.assignments import State
from domain.lateness import Lateness
from domain.local import VIETNAM
from domain.people import Role
from scheduler import sweep
from storage.schema import assignments, audit, plans
from storage.views import standing, work
from storage.views.work import Work
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


@pytest.fixture
async def coordinator(office: Office) -> Chat:
    return await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")


async def _works(office: Office) -> list[Work]:
    return await office.read(lambda unit: work.everything(unit, office.clock().date()))


async def _told(chat: Chat) -> list[str]:
    return [one.text for one in await chat.heard() if one.kind == "bundle"]


async def test_a_whole_line_is_shown_confirmed_and_given(office: Office, coordinator: Chat) -> None:
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    (shown,) = await coordinator.say("giao Sở Tư pháp, Nội vụ báo cáo kết quả rà soát trước 23/1")
    assert shown.first_line == "Xác nhận giao việc mới, hạn thứ Năm 22/01/2026"
    for line in (
        "Giao: Sở Tư pháp; Sở Nội vụ (2 cơ quan)",
        "Căn cứ: Giao miệng ngày 12/01/2026 (đồng chí Hoàng Mẫu Lan giao)",
        "Được báo trong giờ hành chính: 1 cán bộ đầu mối của 1 cơ quan",
        "Chưa có ai nhận tin ở 1 cơ quan: Sở Nội vụ",
    ):
        assert line in shown.text
    assert await _works(office) == [], "nothing is given before the confirmation"
    (given,) = await coordinator.press("Giao việc này")
    assert given.first_line == "Đã giao NV-0001 và 1 việc khác, hạn thứ Năm 22/01/2026, còn 10 ngày"
    await office.settle()
    (told,) = await _told(officer)
    assert "1 việc mới được giao, hạn thứ Năm 22/01/2026" in told
    assert "Giao miệng ngày 12/01/2026 (đồng chí Hoàng Mẫu Lan giao)" in told
    (card,) = await officer.say("NV-0001")
    assert "Giao miệng ngày 12/01/2026 (đồng chí Hoàng Mẫu Lan giao)" in card.text
    assert " số  " not in card.text
    acts = await office.read(lambda unit: unit.conn.execute(select(audit.c.act, audit.c.subject)).all())
    assert ("give", "plan") in [tuple(one) for one in acts]
    await office.advance(at(23, 1))
    assert any("NV-0001" in one and "quá hạn" in one for one in await _told(officer)), "its ladder runs like any other"


async def test_what_is_missing_is_asked_one_question_at_a_time(office: Office, coordinator: Chat) -> None:
    asked = []
    for typed in (
        "giao",
        "Sở Thể dục",
        "các sở trừ Sở Tài chính",
        "ok",
        "rà soát văn bản",
        "trước 10/1",
        "trước thứ sáu tuần sau",
        "[Ghi văn bản",
        "cv 12/ubnd-kstt",
        "ngày 9/1",
    ):
        (heard,) = await (coordinator.press(typed[1:]) if typed[0] == "[" else coordinator.say(typed))
        asked.append(heard.first_line)
    assert asked == [
        "Giao việc cho cơ quan nào?",
        "Danh mục chưa có “Sở Thể dục”. Xin gõ tên, mã cơ quan, hoặc khối như “các sở”.",
        "Giao các sở việc gì?",
        "Xin ghi rõ việc cần làm (từ 3 chữ), ví dụ: báo cáo kết quả rà soát thủ tục.",
        "Hạn của việc này là khi nào?",
        "Hạn thứ Sáu 09/01/2026 đã qua. Xin gõ một hạn khác.",
        "Xác nhận giao việc mới, hạn thứ Năm 22/01/2026",
        "Giao theo văn bản nào?",
        "Công văn số 12/UBND-KSTT ký ngày nào?",
        "Xác nhận giao việc mới, hạn thứ Năm 22/01/2026",
    ]
    await coordinator.press("Sửa hạn")
    (undated,) = await coordinator.press("Chưa ấn định hạn")
    assert "Căn cứ: Công văn số 12/UBND-KSTT ngày 09/01/2026" in undated.text
    await coordinator.press("Quay lại")
    (again,) = await coordinator.say("trước 23/1")
    assert again.first_line == "Xác nhận giao việc mới, hạn thứ Năm 22/01/2026"
    (given,) = await coordinator.press("Giao việc này")
    assert "Căn cứ: Công văn số 12/UBND-KSTT ngày 09/01/2026" in given.text
    assert {one.agency_code for one in await _works(office)} == {"VPUBND", "STP", "SNV"}
    (row,) = await office.read(lambda unit: unit.conn.execute(select(plans)).all())
    assert (row.kind, row.number, row.oral, row.state) == ("Công văn", "12/UBND-KSTT", True, "issued")


async def test_unknown_names_and_impossible_days_of_a_line_are_asked_about(office: Office, coordinator: Chat) -> None:
    (who,) = await coordinator.say("giao Sở Tài chánh, Sở Nội vụ báo cáo số liệu trước 31/2")
    assert who.first_line == "“Sở Tài chánh” không có trong danh mục; giao cho cơ quan nào?"
    assert [one.label for one in who.choices] == ["Sở Tài chính", "Bỏ qua tên này", "Huỷ"]
    (when,) = await coordinator.press("Sở Tài chính")
    assert when.first_line == "Chưa hiểu hạn “trước 31/2”. Hạn của việc này là khi nào?"
    (shown,) = await coordinator.say("hằng tháng")
    assert "Giao: Sở Nội vụ; Sở Tài chính (2 cơ quan)" in shown.text
    await coordinator.press("Giao việc này")
    assert {one.period for one in await _works(office)} == {"2026-01", "2026-02"}


async def test_only_coordinators_give_and_ordinary_sentences_stay_sentences(office: Office, coordinator: Chat) -> None:
    officer = await office.officer("STP")
    for chat, typed in (
        (officer, "giao Sở Nội vụ báo cáo số liệu trước 25/1"),
        (coordinator, "giao ban đầu tuần lúc 8 giờ"),
        (coordinator, "giao Sở Nội vụ rồi mà chưa thấy báo cáo"),
        (office.stranger(), "giao thông ở xã Lam Sơn kém quá"),
    ):
        (answer,) = await chat.say(typed)
        assert "Xác nhận giao việc" not in answer.text, typed
        assert "Giao việc cho" not in answer.text, typed
    (refused,) = await officer.say("/giao")
    assert "Giao việc" not in refused.first_line
    assert await _works(office) == []


async def test_a_short_deadline_is_said_the_same_day_a_long_one_is_not(office: Office, coordinator: Chat) -> None:
    officer = await office.officer("STP")
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 28/02/2026")])
    await office.settle()
    assert len(await _told(officer)) == 1, "the message of the day"
    for typed in ("giao STP chuẩn bị báo cáo năm trước 28/2", "giao STP gửi số liệu gấp trước 14/1"):
        await coordinator.say(typed)
        await coordinator.press("Giao việc này")
        await office.settle()
    (told,) = await _told(officer)
    assert "NV-0003" in told
    assert "NV-0002" not in told


async def test_an_agency_is_added_and_a_task_is_cancelled(office: Office, coordinator: Chat) -> None:
    first, second = await office.officer("STP"), await office.officer("SNV")
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 28/02/2026", "Kế hoạch")])
    await office.settle()
    await coordinator.say("NV-0001")
    await coordinator.press("Thêm cơ quan")
    assert "Danh mục không có" in (await coordinator.say("Sở Thể dục"))[0].text
    await coordinator.say("sở nội vụ")
    (shown,) = await coordinator.say("Thông báo số 7/TB-VP ngày 12/01/2026")
    assert shown.first_line == "Xác nhận giao thêm NV-0001 cho Sở Nội vụ, cùng hạn thứ Sáu 27/02/2026"
    (added,) = await coordinator.press("Thêm cơ quan này")
    assert added.first_line == "Đã giao thêm Sở Nội vụ: NV-0002"
    await office.settle()
    assert "NV-0002" in (await _told(second))[0]
    await first.heard()

    await coordinator.press("Mở NV-0002")
    (scope,) = await coordinator.press("Huỷ việc này")
    assert scope.first_line == "Huỷ riêng NV-0002 hay cả nhiệm vụ?"
    await coordinator.press("Cả nhiệm vụ (2 việc)")
    (shown,) = await coordinator.say("Đã gộp vào Kế hoạch số 20/KH-UBND ngày 10/01/2026")
    assert "- NV-0001: Sở Tư pháp, chưa nhận" in shown.text
    assert {one.state for one in await _works(office)} == {State.ASSIGNED}
    await coordinator.press("Huỷ 2 việc này")
    assert {one.state for one in await _works(office)} == {State.CANCELLED}
    await office.advance(at(13, 1))
    for chat, code in ((first, "NV-0001"), (second, "NV-0002")):
        assert any(f"{code} đã được huỷ" in one and "20/KH-UBND" in one for one in await _told(chat)), code
    (card,) = await first.say("NV-0001")
    assert "đã huỷ" in card.first_line
    assert "huỷ, Đã gộp vào Kế hoạch số 20/KH-UBND" in card.text, "what was stays in the history"


async def test_of_two_coordinators_the_second_is_told_who_was_faster(office: Office, coordinator: Chat) -> None:
    other, officer = await office.officer("VPUBND", Role.COORDINATOR, "Lý Mẫu Sơn"), await office.officer("STP")
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 28/02/2026", "Kế hoạch")])
    await office.settle()
    await officer.say("xong NV-0001 45/KH-STP ngày 12/01/2026")
    await officer.press("Gửi báo cáo hoàn thành")
    for chat in (coordinator, other):
        await chat.say("NV-0001")
    await coordinator.press("Trả lại báo cáo")
    await other.press("Xác nhận hoàn thành")
    (late,) = await coordinator.say("Thiếu phụ lục số liệu")
    assert late.text.startswith("NV-0001 vừa được đồng chí Lý Mẫu Sơn cập nhật lúc 08:00 12/01/2026")
    assert [one.state for one in await _works(office)] == [State.CONFIRMED]

    await coordinator.say("giao STP gửi số liệu trước 28/2")
    await coordinator.press("Giao việc này")
    for chat in (coordinator, other):
        await chat.say("NV-0002")
        await chat.press("Huỷ việc này")
        await chat.say("Không còn cần nữa")
    await coordinator.press("Huỷ NV-0002")
    (late,) = await other.press("Huỷ NV-0002")
    assert late.text.startswith("NV-0002 vừa được đồng chí Hoàng Mẫu Lan cập nhật")


async def test_what_was_given_by_mouth_closes_when_it_is_done(office: Office, coordinator: Chat) -> None:
    for line in (
        "giao Sở Tư pháp, Nội vụ báo cáo kết quả rà soát trước 23/1",
        "giao Sở Tư pháp báo cáo số liệu hằng tháng",
        "giao Sở Nội vụ rà soát biên chế trước 30/1",
    ):
        await coordinator.say(line)
        await coordinator.press("Giao việc này")
    await office.issue((Row("Ban hành kế hoạch", "Sở Nội vụ", "Trước ngày 20/3/2026", "Kế hoạch"),))
    of_plan = {1: ("STP", "SNV"), 2: ("STP",), 4: ("SNV",)}
    states = []
    for done in ([], [(1, "STP")], [(plan, code) for plan, codes in of_plan.items() for code in codes]):
        ids = [one.id for one in await _works(office) if (one.plan_id, one.agency_code) in done]
        change = assignments.update().where(assignments.c.id.in_(ids)).values(state="confirmed")
        await office.run(lambda unit, change=change: unit.conn.execute(change))
        await office.run(lambda unit: sweep.upkeep(unit, office.clock()))
        query = select(plans.c.state).order_by(plans.c.id)
        states.append(await office.read(lambda unit, query=query: list(unit.conn.execute(query).scalars())))
    assert states[:2] == [["issued"] * 4] * 2, "not while one agency still has it"
    assert states[2] == ["closed", "issued", "issued", "issued"], "nor what comes back, is open, or stands in a plan"
    acts = select(audit.c.actor, audit.c.subject_id).where(audit.c.act == "close", audit.c.subject == "plan")
    assert await office.read(lambda unit: [tuple(one) for one in unit.conn.execute(acts)]) == [("system", 1)]
    await office.run(lambda unit: sweep.upkeep(unit, office.clock()))
    assert len(await office.read(lambda unit: unit.conn.execute(acts).all())) == 1, "once"


async def test_an_agency_added_after_the_date_is_told_late_assignment_or_gets_a_date_of_its_own(
    office: Office, coordinator: Chat
) -> None:
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 20/01/2026", "Kế hoạch")])
    await office.advance(at(14, 4))
    await coordinator.say("NV-0001")
    (asked,) = await coordinator.press("Thêm cơ quan")
    assert "Hạn này đã qua 85 ngày" in asked.text
    await coordinator.say("sở nội vụ")
    (shown,) = await coordinator.say("Thông báo số 7/TB-VP ngày 13/04/2026")
    assert "Hạn này đã qua 85 ngày: việc giao bây giờ được tính là giao muộn" in shown.text
    (when,) = await coordinator.press("Giao việc mới, hạn riêng")
    assert when.first_line == "Hạn của việc này là khi nào?"
    (own,) = await coordinator.say("trước 25/4")
    assert own.first_line == "Xác nhận giao việc mới, hạn thứ Sáu 24/04/2026"
    assert "Giao: Sở Nội vụ" in own.text
    assert "7/TB-VP" in own.text
    await coordinator.press("Huỷ")
    assert len(await _works(office)) == 1

    await coordinator.say("NV-0001")
    await coordinator.press("Thêm cơ quan")
    await coordinator.say("sở nội vụ")
    await coordinator.say("Thông báo số 7/TB-VP ngày 13/04/2026")
    (added,) = await coordinator.press("Thêm cơ quan này")
    assert added.first_line == "Đã giao thêm Sở Nội vụ: NV-0002"
    how = await office.read(lambda unit: standing.of(unit, work.everything(unit, at(14, 4).date()), at(14, 4).date()))
    works = {one.id: one.code for one in await _works(office)}
    assert {works[one]: found for one, found in how.items()} == {
        "NV-0001": Lateness.LATE,
        "NV-0002": Lateness.ASSIGNED_LATE,
    }


async def test_a_task_without_agency_is_given_to_one_from_the_overview(office: Office, coordinator: Chat) -> None:
    officer = await office.officer("SNV")
    rows = [
        Row("Ban hành kế hoạch", "Sở Tư pháp", "Trước ngày 28/02/2026"),
        Row("Đào tạo nghiệp vụ", "Ban Lạ", "Trước ngày 28/02/2026"),
    ]
    await office.issue(rows)
    await office.settle()
    await coordinator.say("tonghop")
    (listed,) = await coordinator.press("Nhiệm vụ chưa có cơ quan nhận")
    assert "1. 15/KH-UBND: Đào tạo nghiệp vụ" in listed.text
    (asked,) = await coordinator.press("Thêm cơ quan cho việc 1")
    assert asked.first_line == "Giao nhiệm vụ này cho cơ quan nào?"
    assert "Danh mục không có" in (await coordinator.say("Sở Thể dục"))[0].text
    (shown,) = await coordinator.say("SNV")
    assert shown.first_line == "Xác nhận giao Sở Nội vụ, hạn thứ Sáu 27/02/2026"
    assert len(await _works(office)) == 1, "nothing is given before the confirmation"
    (again,) = await coordinator.press("Quay lại")
    assert again.first_line == asked.first_line
    await coordinator.say("Sở Nội vụ")
    (given,) = await coordinator.press("Giao cơ quan này")
    assert given.first_line == "Đã giao Sở Nội vụ: NV-0002"
    await office.settle()
    assert "Đào tạo nghiệp vụ" in (await officer.say("viec"))[0].text
    (overview,) = await coordinator.say("tonghop")
    assert "chưa có cơ quan nhận" not in overview.text
