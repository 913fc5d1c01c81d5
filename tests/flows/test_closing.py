"""The year of a plan ends: everything unfinished is carried on or ended, told once, and nothing more is laid out."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from actions import amend, checkins, closing, layout
from actions import notices as notice_actions
from actions.closing import Closed
from app.guessing import nearest_name
from domain.assignments import State
from domain.closing import Decisions, Group
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.people import Role
from domain.plans import to_json
from storage.schema import audit, due_versions, notices, plans
from storage.views import closing as views
from storage.views import details, work
from storage.views import office as office_views
from tests.office import Chat, Office, Row, make_draft, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 30/11/2026", "Kế hoạch"),
    Row("Báo cáo năm", "Sở Tư pháp", "Trước ngày 20/12/2026", "Báo cáo"),
    Row("Rà soát thủ tục hành chính", "Sở Nội vụ", "Trước ngày 31/12/2026", "Báo cáo"),
    Row("Công khai thủ tục hành chính", "Sở Tư pháp", "Thường xuyên"),
    Row("Kiểm tra tại cơ sở", "Sở Nội vụ", "Theo Kế hoạch riêng", "Biên bản"),
    Row("Đối chiếu số liệu", "Sở Nội vụ", "Hằng tháng", "Biên bản"),
)


def at(day: int, month: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, start=at(16, 11, 8))


async def _year(office: Office) -> tuple[Chat, Chat, Chat]:
    """A plan near its end: one overdue, one reported, one ahead, one of the whole year, one that waits, two months."""
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    justice = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình", "Chuyên viên")
    interior = await office.officer("SNV", Role.OFFICER, "Phạm Mẫu Cúc", "Chuyên viên")
    await office.issue(PLAN)
    await office.advance(at(7, 12))
    await justice.say("xong NV-0002")
    await justice.say("45/BC-STP ngày 07/12/2026")
    await justice.press("Gửi báo cáo hoàn thành")
    for chat in (coordinator, justice, interior):
        await chat.heard()
    return coordinator, justice, interior


def _close(office: Office, decided: Decisions) -> Closed:
    return office.inner.db.run_now(lambda unit: closing.close(unit, 1, decided, office.clock()))


async def _groups(office: Office) -> dict[str, Group]:
    found = await office.read(lambda unit: views.unfinished(unit, 1, office.clock().date()))
    return {one.work.code: one.group for one in found}


async def _states(office: Office) -> dict[str, State]:
    works = await office.read(lambda unit: work.everything(unit, office.clock().date()))
    return {one.code: one.state for one in works}


async def test_what_is_unfinished_is_told_apart(office: Office) -> None:
    await _year(office)
    assert await _groups(office) == {
        "NV-0001": Group.OVERDUE,
        "NV-0006": Group.OVERDUE,
        "NV-0003": Group.AHEAD,
        "NV-0007": Group.AHEAD,
        "NV-0002": Group.REPORTED,
        "NV-0004": Group.UNDATED,
        "NV-0005": Group.UNDATED,
    }


async def test_carried_and_ended_each_told_once_and_the_plan_is_still(office: Office) -> None:
    coordinator, justice, interior = await _year(office)
    done = _close(
        office,
        Decisions(
            carry={"NV-0001": date(2027, 1, 29), "NV-0003": None},
            end={"NV-0005": "không còn kế hoạch riêng", "NV-0006": "số liệu đã gửi qua hệ thống"},
            carry_all=True,
        ),
    )
    assert done == Closed(carried=5, ended=2)
    states = await _states(office)
    assert {code for code, state in states.items() if state is State.CANCELLED} == {"NV-0005", "NV-0006"}
    assert states["NV-0002"] is State.REPORTED, "a report still waits for its yes"
    works = await office.read(lambda unit: work.everything(unit, office.clock().date()))
    assert {one.code: one.due_on for one in works}["NV-0001"] == date(2027, 1, 29)
    versions = await office.read(
        lambda unit: unit.conn.execute(
            select(due_versions.c.due_on, due_versions.c.reason).where(due_versions.c.matter_id == works[0].id)
        ).all()
    )
    assert [tuple(one) for one in versions] == [(date(2026, 11, 29), "issued"), (date(2027, 1, 29), "carried")]
    (card,) = await justice.say("NV-0001")
    assert "chuyển sang năm sau, hạn mới thứ Sáu 29/01/2027 (hạn cũ Chủ nhật 29/11/2026)" in card.text
    await office.advance(at(8, 12, 15))
    (told,) = [one for one in await interior.heard() if "kết thúc năm" in one.text]
    assert "(không còn kế hoạch riêng): NV-0005" in told.text
    assert "(số liệu đã gửi qua hệ thống): NV-0006" in told.text
    assert len([one for one in await justice.heard() if "kết thúc năm" in one.text]) == 1
    plan = await office.read(lambda unit: unit.conn.execute(select(plans)).one())
    assert (plan.state, plan.closed_at) == ("closed", at(7, 12))
    assert await office.run(lambda unit: layout.renew(unit, at(1, 1, 8, 2027))) == 0
    (listed,) = await coordinator.say("kehoach")
    assert "đã kết thúc" in listed.text
    (opened,) = await coordinator.press("Kế hoạch 15/KH-UBND")
    assert "Kết thúc năm" not in [one.label for one in opened.choices]
    acts = await office.read(lambda unit: list(unit.conn.execute(select(audit.c.act)).scalars()))
    assert (acts.count("close"), acts.count("carry"), acts.count("cancel")) == (1, 5, 2)


async def test_what_is_carried_goes_on_being_reminded_and_what_ended_is_silent(office: Office) -> None:
    _, justice, interior = await _year(office)
    _close(office, Decisions(carry={"NV-0001": date(2027, 1, 29)}, end_all="hết năm kế hoạch"))
    await office.advance(at(5, 2, 12, 2027))
    heard = [one for one in await justice.heard() if one.kind == "bundle"]
    assert any("NV-0001" in one.text and "29/01/2027" in one.text and one.at.year == 2027 for one in heard)
    late = [one for one in await interior.heard() if one.kind == "bundle" and one.at > at(9, 12)]
    assert not [one for one in late if "NV-00" in one.text]


async def test_work_of_the_whole_year_ends_unless_it_is_carried(office: Office) -> None:
    await _year(office)
    others = {code: None for code, group in (await _groups(office)).items() if code != "NV-0004"}
    assert _close(office, Decisions(carry=others)) == Closed(carried=6, ended=1)
    works = await office.read(lambda unit: work.everything(unit, office.clock().date()))
    ended = next(one for one in works if one.code == "NV-0004")
    said = await office.read(lambda unit: details.history(unit, ended.id))
    assert [(one.kind, one.text) for one in said] == [("ended", "kết thúc cùng năm kế hoạch")]


async def test_a_common_date_moves_only_what_would_be_earlier(office: Office) -> None:
    await _year(office)
    _close(office, Decisions(carry_all=True, carry_all_until=date(2026, 12, 15)))
    works = await office.read(lambda unit: work.everything(unit, office.clock().date()))
    due = {one.code: one.due_on for one in works}
    assert due["NV-0001"] == due["NV-0006"] == date(2026, 12, 15)
    assert due["NV-0003"] == date(2026, 12, 30), "a later date of its own stays"
    assert due["NV-0002"] == date(2026, 12, 19), "a report that waits keeps its date"
    assert due["NV-0004"] is due["NV-0005"] is None


async def test_check_ins_and_monthly_lists_pass_over_what_has_ended(office: Office) -> None:
    await _year(office)
    _close(office, Decisions(end_all="hết năm kế hoạch"))
    calendar = await office.read(office_views.calendar)
    assert await office.run(lambda unit: checkins.announce(unit, at(8, 3, 9, 2027), calendar)) == 0
    assert await office.run(lambda unit: notice_actions.announce_undated(unit, at(4, 1, 9, 2027), calendar)) == 0
    kinds = await office.read(lambda unit: set(unit.conn.execute(select(notices.c.kind)).scalars()))
    assert "plan_closed" in kinds


CARRY_SOME = {"NV-0001": None}


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (Decisions(carry=CARRY_SOME), "Còn 5 việc chưa quyết định: NV-0006, NV-0003, NV-0007, NV-0002, NV-0005"),
        (Decisions(carry={"NV-0099": None}), "NV-0099 không phải việc chưa xong"),
        (Decisions(carry=CARRY_SOME, end={"NV-0001": "x"}), "vừa được chuyển tiếp vừa bị kết thúc"),
        (Decisions(carry_all=True, end_all="x"), "Chỉ dùng một trong hai"),
        (Decisions(end={"NV-0001": " "}, carry_all=True), "phải kèm lý do"),
        (Decisions(carry={"NV-0001": date(2026, 12, 1)}, carry_all=True), "đã qua"),
        (Decisions(carry={"NV-0002": date(2027, 1, 29)}, carry_all=True), "đang chờ xác nhận"),
    ],
)
async def test_what_is_refused_changes_nothing(office: Office, decided: Decisions, said: str) -> None:
    await _year(office)
    before = await _states(office)
    with pytest.raises(ActRefused, match=said):
        _close(office, decided)
    assert await _states(office) == before
    assert await office.read(lambda unit: unit.conn.execute(select(plans.c.state)).scalar_one()) == "issued"


async def test_a_closed_plan_is_neither_closed_again_nor_amended(office: Office) -> None:
    await _year(office)
    _close(office, Decisions(end_all="hết năm kế hoạch"))
    with pytest.raises(ActRefused, match="đã kết thúc từ 07/12/2026"):
        _close(office, Decisions(end_all="x"))
    draft = make_draft(PLAN[:2])
    with pytest.raises(ActRefused, match="đã kết thúc, không sửa đổi"):
        await office.run(
            lambda unit: amend.amend(
                unit, 1, draft, to_json(draft), "b" * 64, nearest_name, office.clock(), accept_doubts=True
            )
        )
    with pytest.raises(ActRefused, match="đã được nhập và ban hành"):
        await office.issue(PLAN[:1], at=office.clock() + timedelta(hours=1))


async def test_a_cut_in_the_middle_leaves_nothing_half(office: Office) -> None:
    await _year(office)
    before = await _states(office)

    def cut(unit: office_views.Unit) -> None:
        closing.close(unit, 1, Decisions(end_all="hết năm kế hoạch"), office.clock())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.inner.db.run_now(cut)
    assert await _states(office) == before


async def test_the_coordinator_sees_what_is_unfinished_in_chat(office: Office) -> None:
    coordinator, justice, _ = await _year(office)
    await coordinator.say("kehoach")
    await coordinator.press("Kế hoạch 15/KH-UBND")
    (shown,) = await coordinator.press("Kết thúc năm")
    assert shown.first_line == "Kế hoạch số 15/KH-UBND ngày 09/01/2026: còn 7 việc chưa xong"
    assert "- Đã qua hạn: 2" in shown.text
    assert "nhacviec plan close 1" in shown.text
    await office.take_in(justice.chat, {"button": "closing:1", "label": "x", "stamp": office.web.stamp()})
    (refused,) = await justice.heard()
    assert refused.first_line.startswith("Không tìm thấy")
