"""Agencies that contribute: told once at issue, asked by the lead agency, reminded there only, answered."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.local import VIETNAM, local
from domain.people import Role
from storage.schema import planned, requests
from storage.views import work
from tests.flows.test_amend import amend_by
from tests.office import Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Báo cáo thu lệ phí cả năm", "Sở Tư pháp", "Trước ngày 28/02/2026", "Báo cáo", "Sở Tài chính; Sở Nội vụ"),
    Row("Rà soát mức thu", "Sở Tư pháp", "Trước ngày 31/03/2026", "Báo cáo", "Sở Tài chính"),
    Row("Đào tạo công chức", "Sở Nội vụ", "Trước ngày 31/03/2026", "Kế hoạch", "Sở Tài chính"),
    Row("Công khai ngân sách", "Sở Tài chính", "Trước ngày 31/03/2026", "Thông báo"),
)


def at(day: int, month: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


@pytest.fixture
async def people(office: Office) -> tuple[Chat, Chat]:
    """The officers of the lead agency and of a coordinating one, who have been told."""
    lead = await office.officer("STP", name="Trần Mẫu Bình")
    finance = await office.officer("STC", name="Ngô Mẫu Khánh")
    await office.issue(PLAN)
    await office.settle()
    return lead, finance


async def _bundles(chat: Chat) -> list[Heard]:
    return [one for one in await chat.heard() if one.kind == "bundle"]


async def _ask(lead: Chat, by: str = "06/02/2026") -> Heard:
    await lead.say("NV-0001")
    await lead.press("Đề nghị cơ quan phối hợp")
    await lead.say("stc")
    await lead.say("Số thu lệ phí chứng thực năm 2025")
    await lead.say(by)
    return (await lead.press("Gửi đề nghị"))[-1]


async def test_one_summary_at_issue_with_the_agencys_own_work(people: tuple[Chat, Chat]) -> None:
    lead, finance = people
    (told,) = await _bundles(finance)
    assert told.first_line == (
        "Văn phòng UBND tỉnh: 1 việc mới được giao, hạn thứ Hai 30/03/2026; "
        "phối hợp 3 nhiệm vụ do Sở Tư pháp và 1 cơ quan khác chủ trì"
    )
    assert "Sở Tài chính phối hợp 3 nhiệm vụ theo Kế hoạch số 15/KH-UBND ngày 09/01/2026" in told.text
    assert "Cơ quan chủ trì: Sở Tư pháp (2), Sở Nội vụ (1)" in told.text
    assert "phối hợp" not in (await _bundles(lead))[0].text


async def test_no_ladder_hangs_on_it(office: Office, people: tuple[Chat, Chat]) -> None:
    finance = people[1]
    await _bundles(finance)
    await office.advance(at(20, 3))
    later = [one for one in await _bundles(finance) if "phối hợp" in one.text or "NV-0001" in one.text]
    assert later == []


async def test_whoever_joins_later_hears_it_once(office: Office, people: tuple[Chat, Chat]) -> None:
    await office.advance(at(20, 1))
    late = await office.officer("SNV", name="Phạm Mẫu Cúc")
    await office.advance(at(23, 1))
    told = [one.at for one in await late.all_heard() if "Sở Nội vụ phối hợp 1 nhiệm vụ" in one.text]
    assert told == [at(20, 1)]


async def test_the_list_on_demand_opens_the_leads_task_and_changes_nothing(people: tuple[Chat, Chat]) -> None:
    finance = people[1]
    (listed,) = await finance.say("viec")
    assert "Việc phối hợp (3)" in [one.label for one in listed.choices]
    (shared,) = await finance.press("Việc phối hợp")
    assert shared.first_line == "Việc phối hợp của Sở Tài chính · thứ Hai 12/01/2026: 3 nhiệm vụ"
    assert "1. NV-0001 · hạn thứ Sáu 27/02/2026 · Sở Tư pháp chủ trì" in shared.text
    (card,) = await finance.say("1")
    assert card.first_line.startswith("NV-0001 · chưa nhận")
    assert [one.label for one in card.choices] == ["Việc phối hợp", "Danh sách việc"]


async def test_asked_reminded_there_only_and_never_above(office: Office, people: tuple[Chat, Chat]) -> None:
    lead, finance = people
    head = await office.officer("STC", Role.HEAD)
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await _bundles(finance)
    sent = await _ask(lead)
    assert sent.first_line == "Đã gửi đề nghị tới Sở Tài chính, chậm nhất thứ Sáu 06/02/2026"
    await office.advance(at(13, 2))
    told = [(f"{one.at:%d/%m}", one.first_line) for one in await _bundles(finance) if "đề nghị" in one.first_line]
    name = "Văn phòng UBND tỉnh: Sở Tư pháp đề nghị cung cấp, chậm nhất"
    assert told == [
        ("13/01", f"{name} thứ Sáu 06/02/2026"),
        ("05/02", f"{name} thứ Sáu 06/02/2026"),
        ("06/02", f"{name} hôm nay, thứ Sáu 06/02/2026"),
        ("09/02", f"{name} thứ Sáu 06/02/2026, đã quá 3 ngày"),
    ]
    for chat in (head, coordinator):
        assert not [one for one in await _bundles(chat) if "đề nghị cung cấp" in one.text.lower()]
    (overview,) = await coordinator.say("tonghop")
    assert "Đề nghị cung cấp đang chờ: 1" in overview.text
    (listed,) = await coordinator.press("Đề nghị cung cấp")
    assert "- NV-0001 · Sở Tư pháp đề nghị Sở Tài chính, chậm nhất thứ Sáu 06/02/2026, đã quá 7 ngày" in listed.text


async def test_answered_in_words_and_the_lead_is_told(office: Office, people: tuple[Chat, Chat]) -> None:
    lead, finance = people
    await _ask(lead)
    await finance.say("viec")
    (asked,) = await finance.press("Đề nghị cung cấp (1)")
    assert asked.first_line == "Đề nghị Sở Tài chính cung cấp · thứ Hai 12/01/2026: 1 đề nghị đang chờ"
    (shown,) = await finance.say("1")
    assert "Số thu lệ phí chứng thực năm 2025" in shown.text
    (question,) = await finance.say("1")
    assert question.first_line == "Trả lời Sở Tư pháp, chậm nhất thứ Sáu 06/02/2026"
    assert "từ 5 ký tự" in (await finance.say("ok"))[0].text
    (answer,) = await finance.say("Tổng thu 1.234 triệu đồng, văn bản 30/STC-QLNS ngày 12/01/2026")
    assert answer.first_line == "Đã gửi trả lời tới Sở Tư pháp cho NV-0001"
    await _bundles(lead)
    await office.advance(at(14, 1))
    (told,) = await _bundles(lead)
    assert told.first_line == "Văn phòng UBND tỉnh: Sở Tài chính đã trả lời đề nghị cho NV-0001"
    assert "30/STC-QLNS" in told.text
    await _bundles(finance)
    await office.advance(at(12, 2))
    assert not [one for one in await _bundles(finance) if "đề nghị cung cấp" in one.first_line]
    (card,) = await lead.say("NV-0001")
    assert "cơ quan phối hợp trả lời, Sở Tài chính: Tổng thu 1.234 triệu đồng" in card.text


async def test_answered_with_a_file(office: Office, people: tuple[Chat, Chat]) -> None:
    lead, finance = people
    await _ask(lead)
    await office.advance(at(14, 1))
    await finance.heard()
    await finance.press("Trả lời Sở Tư pháp")
    (answer,) = await finance.send_file("so-thu.xlsx", "Số thu năm 2025")
    assert "Số thu năm 2025, tệp so-thu.xlsx" in answer.text
    await _bundles(lead)
    await office.advance(at(15, 1, 10))
    assert "tệp so-thu.xlsx" in (await _bundles(lead))[-1].text


async def test_answered_once(office: Office, people: tuple[Chat, Chat]) -> None:
    lead, finance = people
    other = await office.officer("STC", name="Bùi Mẫu Yến")
    await _ask(lead)
    for one in (finance, other):
        await one.say("viec")
        await one.press("Đề nghị cung cấp")
        await one.say("1")
        await one.press("Trả lời")
    await finance.say("Đã gửi văn bản 30/STC-QLNS")
    (answer,) = await other.say("Tổng thu 1.234 triệu đồng")
    assert answer.text == "Đề nghị này không còn chờ trả lời: đã cung cấp."


async def test_taken_back_before_and_after_it_was_told(office: Office, people: tuple[Chat, Chat]) -> None:
    lead, finance = people
    await _bundles(finance)
    await _ask(lead)
    await lead.say("NV-0001")
    await lead.press("Đề nghị gửi Sở Tài chính")
    (answer,) = await lead.press("Rút đề nghị")
    assert answer.first_line == "Đã rút đề nghị gửi Sở Tài chính cho NV-0001"
    await office.advance(at(14, 1))
    assert not [one for one in await _bundles(finance) if "đề nghị" in one.text]
    await _ask(lead)
    await office.advance(at(15, 1))
    assert len([one for one in await _bundles(finance) if "đề nghị cung cấp" in one.first_line]) == 1
    for typed in ("xong NV-0001", "bỏ qua", "1"):
        await lead.say(typed)
    await office.advance(at(12, 2))
    (told,) = [one for one in await _bundles(finance) if "đề nghị" in one.first_line]
    assert told.first_line == "Văn phòng UBND tỉnh: Sở Tư pháp đã rút đề nghị cung cấp"
    states = await office.read(lambda unit: unit.conn.execute(select(requests.c.state)).scalars().all())
    assert states == ["withdrawn", "withdrawn"]


async def test_what_cannot_be_asked(office: Office, people: tuple[Chat, Chat]) -> None:
    lead, _ = people
    await lead.say("NV-0001")
    (whom,) = await lead.press("Đề nghị cơ quan phối hợp")
    assert [one.label for one in whom.choices] == ["Sở Tài chính", "Sở Nội vụ", "Quay lại NV-0001", "Huỷ"]
    assert "Không có cơ quan phối hợp nào tên" in (await lead.say("Thuế tỉnh"))[0].text
    await lead.say("sở tài chính")
    assert "từ 5 ký tự" in (await lead.say("ok"))[0].text
    await lead.say("Số thu lệ phí chứng thực năm 2025")
    assert "đã qua" in (await lead.say("05/01/2026"))[0].text
    (review,) = await lead.say("06/02/2026")
    assert review.first_line == "Xác nhận đề nghị Sở Tài chính cung cấp, chậm nhất thứ Sáu 06/02/2026"
    for expected in ("Đề nghị Sở Tài chính trả lời", "Đề nghị Sở Tài chính cung cấp gì", "Đề nghị cơ quan phối hợp"):
        assert (await lead.press("Quay lại"))[0].first_line.startswith(expected)
    await lead.say("1")
    await lead.say("Số thu lệ phí chứng thực năm 2025")
    await lead.say("06/02/2026")
    await lead.say("1")
    again = await _ask(lead)
    assert again.text == "Cơ quan này còn một đề nghị chưa trả lời. Xin chờ trả lời, hoặc rút đề nghị cũ trước."


async def test_the_one_agency_that_contributes_needs_no_choosing(people: tuple[Chat, Chat]) -> None:
    lead, _ = people
    await lead.say("NV-0002")
    (asked,) = await lead.press("Đề nghị cơ quan phối hợp")
    assert asked.first_line == "Đề nghị Sở Tài chính cung cấp gì, cho NV-0002?"


async def test_forged_buttons_and_steps_change_nothing(office: Office, people: tuple[Chat, Chat]) -> None:
    lead, finance = people
    stranger = await office.officer("XA01")
    await _ask(lead)
    ((request,),) = await office.read(lambda unit: unit.conn.execute(select(requests.c.id)).all())
    task = await office.read(lambda unit: _id_of(unit, "NV-0001"))
    forged = [(stranger, f"{verb}:{request}") for verb in ("request", "provide", "unask")]
    forged += [(who, f"{verb}:{task}") for who in (stranger, finance) for verb in ("ask", "done", "accept", "extend")]
    forged += [(stranger, f"open:{task}"), (finance, f"unask:{request}")]
    forged += [(lead, f"provide:{request}"), (lead, "partner:5"), (lead, "provide:0")]
    for who, key in forged:
        await office.take_in(who.chat, {"button": key, "label": "x", "stamp": office.web.stamp()})
        answer = (await who.heard())[-1]
        assert "Không tìm thấy" in answer.text or "câu hỏi đã đóng" in answer.text, key
    states = await office.read(lambda unit: unit.conn.execute(select(requests.c.state)).scalars().all())
    assert states == ["open"]


def _id_of(unit: object, code: str) -> int:
    found = work.by_code(unit, code, date(2026, 1, 12))  # type: ignore[arg-type]
    assert found is not None
    return found.id


async def test_its_rungs_are_its_own(office: Office, people: tuple[Chat, Chat]) -> None:
    await _ask(people[0])
    query = (
        select(planned.c.rung, planned.c.at, planned.c.role, planned.c.kind)
        .join(requests, requests.c.id == planned.c.matter_id)
        .order_by(planned.c.at)
    )
    rows = await office.read(lambda unit: unit.conn.execute(query).all())
    assert [(row.rung, f"{local(row.at):%d/%m}") for row in rows] == [
        ("issue", "12/01"), ("t1", "05/02"), ("t0", "06/02"), ("over1", "09/02"),
    ]  # fmt: skip
    assert {(row.role, row.kind) for row in rows} == {("officer", "requested")}


async def test_who_only_contributes_is_not_listed_as_out_of_reach(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await office.issue(
        [Row("Tập huấn", "Sở Tư pháp", "Trước ngày 30/06/2026", coordinating="Thuế tỉnh")], number="9/KH"
    )
    await office.settle()
    await coordinator.say("tonghop")
    (listed,) = await coordinator.press("Nơi chưa liên lạc được")
    assert "Sở Nội vụ (SNV): chưa có cán bộ đầu mối, 1 việc chưa báo được" in listed.text
    assert "Thuế tỉnh" not in listed.text


async def test_an_amended_plan_tells_only_whom_it_names_anew(office: Office, people: tuple[Chat, Chat]) -> None:
    finance = people[1]
    tax = await office.officer("THUE")
    await _bundles(finance)
    row = PLAN[0]
    await amend_by(
        office, *(Row(row.content, row.lead, row.deadline, row.product, "Sở Tài chính; Thuế tỉnh"), *PLAN[1:])
    )
    await office.advance(at(14, 1))
    assert [one for one in await _bundles(tax) if "phối hợp 1 nhiệm vụ" in one.first_line]
    assert not [one for one in await _bundles(finance) if "phối hợp" in one.first_line]
