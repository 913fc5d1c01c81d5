"""Indicators through the chats: taken from a plan, given by an agency, corrected, overseen, set by the office."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from actions import amend, issue, plans
from actions import indicators as actions
from app.guessing import nearest_name
from domain import plans as plan_values
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.people import Role
from domain.plans import Indicator, Target
from storage.database import Unit
from storage.views import indicators as views
from tests.office import Chat, Office, Row, make_draft, make_office

pytestmark = pytest.mark.anyio

RATE = "Tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ"
CLAUSE = "Mức độ hài lòng của người dân đạt tối thiểu 90%"
DRAFT = replace(
    make_draft(
        [
            Row(CLAUSE, "Sở Tư pháp", "Trước ngày 28/02/2026", "Báo cáo"),
            Row("Rà soát để cắt giảm 10% chi phí", "Sở Nội vụ", "Quý IV/2026", "Báo cáo"),
        ]
    ),
    indicators=(
        Indicator("1", None, RATE, "%", ">=", 50, {"year": 2026}, ("Sở Tư pháp", "UBND các xã")),
        Indicator("1.1", "1", "Trong đó thanh toán trực tuyến", "%", ">=", 30, {"year": 2026}, ("Sở Tư pháp",)),
    ),
    targets=(
        Target(0, CLAUSE, "%", ">=", 90, None, ""),
        Target(1, "Rà soát để cắt giảm 10% chi phí", "%", "=", 10, None, ""),
    ),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, start=datetime(2026, 4, 6, 9, tzinfo=VIETNAM))


@pytest.fixture
async def people(office: Office) -> tuple[Chat, Chat]:
    """The coordinator and the officer of Sở Tư pháp, with the plan issued."""
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    now = office.clock()

    def work(unit: Unit) -> None:
        made = plans.import_draft(unit, DRAFT, plan_values.to_json(DRAFT), "a" * 64, nearest_name, now)
        issue.issue(unit, made.plan_id, accept_doubts=True, at=now, now=now)

    await office.run(work)
    await office.settle()
    await officer.heard()
    await coordinator.heard()
    return coordinator, officer


async def give(chat: Chat, period: str, value: str, source: str = "bỏ qua") -> str:
    """Give a value from where an indicator is open, and return the first line of the answer."""
    await chat.press("Nhập số liệu")
    await chat.press(period)
    await chat.say(value)
    (shown,) = await chat.say(source)
    assert shown.first_line.startswith("Xác nhận số liệu")
    (kept,) = await chat.press("Ghi số liệu")
    return kept.first_line


async def test_a_value_is_given_corrected_and_overseen(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    (own,) = await officer.say("chitieu")
    assert own.first_line == "Chỉ tiêu năm 2026: 3 chỉ tiêu cần số liệu, 3 chưa có số liệu"
    await officer.press("CT-1 ·")
    (question,) = await officer.press("Nhập số liệu")
    assert question.first_line == "Số liệu CT-1 của Sở Tư pháp: kỳ nào?"
    assert [one.label for one in question.choices][:3] == ["quý I năm 2026", "quý II năm 2026", "tháng 3 năm 2026"]
    assert "chưa bắt đầu" in (await officer.say("quý IV"))[0].text
    (asked,) = await officer.say("quy 1")
    assert "450/480" in asked.text
    assert "lớn hơn tổng" in (await officer.say("480/450"))[0].text
    (source,) = await officer.say("230/480")
    assert source.first_line.endswith("lấy từ văn bản hoặc hệ thống nào?")
    (shown,) = await officer.say("Báo cáo 45/BC-STP")
    assert shown.first_line == "Xác nhận số liệu CT-1 của Sở Tư pháp, quý I năm 2026: 47,92% (230/480)"
    assert "kết quả: chưa đạt" in shown.text
    (back,) = await officer.press("Quay lại")
    assert back.first_line == source.first_line
    await officer.press("Bỏ qua")
    await officer.press("Ghi số liệu")
    await officer.press("Mở CT-1")
    assert await give(officer, "quý I", "450/480", "BC 46") == (
        "Đã ghi CT-1 của Sở Tư pháp, quý I năm 2026: 93,75% (450/480)"
    )
    (history,) = await officer.press("Mở CT-1")
    assert "93,75% (450/480), nguồn: BC 46" in history.text
    assert "47,92% (230/480) (đã được sửa)" in history.text

    (overview,) = await coordinator.say("Chỉ tiêu")
    assert overview.first_line == "Chỉ tiêu năm 2026: 3 chỉ tiêu, đạt 1, chưa đạt 0, chưa có số liệu 2"
    assert "Cơ quan đạt 1/3, chưa có số liệu 2" in overview.text
    (one,) = await coordinator.press("CT-1 ·")
    assert "UBND xã Lam Sơn: chưa có số liệu" in one.text
    await coordinator.press("UBND xã Lam Sơn")
    await give(coordinator, "quý I", "1/10")
    (one,) = await coordinator.press("Danh sách chỉ tiêu")
    assert "Chung: 92,04% (451/490), cộng của 2 cơ quan" in one.text
    file = (await coordinator.press("Bảng số liệu"))[0]
    assert file.first_line.startswith("Bảng số liệu chỉ tiêu năm 2026")


async def test_a_done_task_that_misses_its_figure_says_so(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await officer.say("xong NV-0001 45/BC-STP ngày 20/02/2026")
    await officer.press("Gửi báo cáo")
    (card,) = await officer.say("viec NV-0001")
    assert "Chỉ tiêu CT-3: ≥ 90%; kết quả: chưa có số liệu" in card.text
    await officer.press("Số liệu chỉ tiêu CT-3")
    await give(officer, "quý I", "85,5%")
    for chat in (officer, coordinator):
        (card,) = await chat.say("viec NV-0001")
        assert "hoàn thành, chưa đạt chỉ tiêu" in card.first_line
    (overview,) = await coordinator.say("tonghop")
    assert "Hoàn thành, chưa đạt chỉ tiêu (1)" in {one.label for one in overview.choices}
    (listed,) = await coordinator.press("Hoàn thành, chưa đạt")
    assert "NV-0001 · Sở Tư pháp" in listed.text
    assert len(await office.read(views.missed_ids)) == 1


async def test_the_office_decides_on_found_figures_and_sets_its_own(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, _ = people
    await coordinator.say("chitieu")
    (waiting,) = await coordinator.press("Con số trong lời văn")
    assert "“Rà soát để cắt giảm 10% chi phí”" in waiting.text
    await coordinator.press("CT-4")
    (taken,) = await coordinator.press("Nhận = 10%")
    assert taken.first_line == "Đã nhận CT-4 làm chỉ tiêu: = 10%"
    await coordinator.press("Danh sách chỉ tiêu")
    await coordinator.press("Thêm chỉ tiêu")
    assert "đúng một con số" in (await coordinator.say("Nâng cao chất lượng phục vụ"))[0].text
    for code in ("NV-0004", "ct 3"):
        (refused,) = await coordinator.say(code)
        assert refused.text.startswith(f"{code.upper()} là một mã, chưa phải chỉ tiêu."), code
    assert "còn quá ngắn" in (await coordinator.say("Tỷ 90%"))[0].text, "said before anything else is asked"
    await coordinator.say("Tỷ lệ hồ sơ số hóa đạt tối thiểu 80% năm 2026")
    assert "Danh mục chưa có" in (await coordinator.say("Sở Không Có"))[0].text
    (shown,) = await coordinator.say("Sở Tư pháp; UBND các xã")
    assert "Cơ quan báo số liệu (3): Sở Tư pháp; UBND xã Lam Sơn; UBND xã Lam Thủy" in shown.text
    (added,) = await coordinator.press("Thêm chỉ tiêu")
    assert added.first_line == "Đã thêm CT-5, chỉ tiêu năm 2026: ≥ 80%"
    found = await office.read(lambda unit: views.table(unit, 2026))
    assert [(one.code, one.parent_id) for one in found] == [("CT-1", None), ("CT-2", 1)] + [
        (f"CT-{at}", None) for at in (3, 4, 5)
    ]
    assert [one.agency for one in found[3].agencies] == ["Sở Nội vụ"]

    stranger = await office.officer("SNV", name="Lê Mẫu Hoa")
    (own,) = await stranger.say("chitieu")
    assert "CT-4" in own.text
    assert "CT-1 " not in own.text
    for key in ("ind:of:1:3", "value:give:1:3", "target:take:4", "ind:open:1:0", "ind:missed:0", "target:add"):
        await office.take_in(stranger.chat, {"button": key, "label": "", "stamp": office.web.stamp()})
        (refused,) = await stranger.heard()
        assert refused.text.startswith("Không tìm thấy"), key
    with pytest.raises(ActRefused, match="đã được quyết định"):
        await office.run(lambda unit: actions.decide(unit, None, 4, taken=False, now=office.clock()))


async def test_an_amended_plan_keeps_what_it_still_says_with_its_values(
    office: Office, people: tuple[Chat, Chat]
) -> None:
    _, officer = people
    await officer.say("chitieu")
    await officer.press("CT-1 ·")
    await give(officer, "quý I", "450/480")
    row = Row("Việc mới thêm", "Sở Tài chính", "Quý III/2026", "Báo cáo")
    added = make_draft([Row(CLAUSE, "Sở Tư pháp", "Trước ngày 28/02/2026", "Báo cáo"), row])
    raised = replace(DRAFT.indicators[1], target=35)
    draft = replace(added, indicators=(DRAFT.indicators[0], raised), targets=DRAFT.targets[:1])

    def work(unit: Unit) -> None:
        now = office.clock()
        amend.amend(unit, 1, draft, plan_values.to_json(draft), "b" * 64, nearest_name, now, accept_doubts=True)

    await office.run(work)
    found = await office.read(lambda unit: views.table(unit, 2026))
    assert [(one.code, one.goal.said, one.parent_id, one.met) for one in found] == [
        ("CT-1", "≥ 50%", None, 1),
        ("CT-3", "≥ 90%", None, 0),
        ("CT-5", "≥ 35%", 1, 0),
    ]
    assert await office.read(views.suggested) == []
