"""Issuing a plan: every agency's assignments, the moments at which people hear of them, the first notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions import coordination, indicator_taking
from actions import notices as notice_actions
from actions.layout import Rows, Terms, collect, duties_of, is_near, parts_of, terms, write
from actions.plans import DONE, SKIP, by
from domain.errors import ActRefused
from domain.local import long_day
from domain.people import Viewer
from domain.plans import from_json
from domain.words import fold
from storage import audit, plans
from storage.database import Unit
from storage.types import AnyRow

AS_READ = "theo cách hiểu của máy"
"""What settles a doubt that nobody answered."""


class DoubtsOpen(ActRefused):
    """A plan cannot be issued while a person's decision is missing."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of an issue. `skipped` lists the words of groups and names that reach nobody."""

    assignments: int
    notices: int
    skipped: tuple[str, ...]


def issue(
    unit: Unit, plan_id: int, *, accept_doubts: bool, at: datetime, now: datetime, viewer: Viewer | None = None
) -> Issued:
    """Issue a draft plan as of the moment `at` (it may lie in the past), by a coordinator or the operator.

    Raises ActRefused while doubts are open (unless they are accepted as read), without number or date, twice,
    beside an issued plan of the same number and date, without a coordinating office, or when nothing reaches
    any agency.
    """
    who = by(viewer)
    plan = _issuable(unit, plan_id)
    version_id = plans.latest_version(unit, plan_id) or 0
    under = terms(unit, plan.year, at, now, plan_id=plan_id)
    wording = plans.wording(unit, version_id)
    _doubt_near_dates(unit, version_id, wording, under)
    _settle_doubts(unit, plan_id, version_id, accept=accept_doubts, now=now)
    rows = _rows_of(unit, plan_id, wording, under, _settled_near(unit, version_id))
    if not rows.assignments:
        raise ActRefused("Kế hoạch không giao việc cho cơ quan nào trong danh mục. Nhập danh mục cơ quan rồi làm lại.")
    write(unit, rows, under)
    coordination.announce(unit, plan_id, under)
    indicator_taking.take(unit, plan_id, from_json(plans.draft_of(unit, plan_id)), now)
    if not plans.change(unit, plan_id, plan.version, state=plans.ISSUED, issued_at=at):
        raise ActRefused("Kế hoạch vừa được người khác thay đổi. Chạy lại lệnh.")
    audit.record(unit, "issue", "plan", plan_id, now, assignments=len(rows.assignments), **who)
    told = notice_actions.promote(unit, max(now, at))
    notice_actions.ask_dates(unit, plan_id, max(now, at))
    skipped = tuple(one.said for one in plans.doubts_of(unit, version_id) if _reaches_nobody(one))
    return Issued(len(rows.assignments), told, skipped if accept_doubts else ())


def _reaches_nobody(doubt: AnyRow) -> bool:
    """Whether a name or a group was left to the program's reading, which gives it to nobody."""
    return doubt.field in {"agency", "group"} and doubt.value in {AS_READ, SKIP}


def _issuable(unit: Unit, plan_id: int) -> AnyRow:
    plan = plans.get(unit, plan_id)
    if plan is None:
        raise ActRefused(f"Không có kế hoạch số {plan_id}. Xem danh sách bằng lệnh: nhacviec plan list.")
    if plan.state != plans.DRAFT:
        raise ActRefused(f"Kế hoạch {plan_id} đã ban hành trước đó, không ban hành lần hai.")
    if not plan.number or not plan.date:
        raise ActRefused(
            f"Kế hoạch {plan_id} chưa có số hoặc ngày ký. Ghi bằng lệnh: "
            f"nhacviec plan set {plan_id} --number 15/KH-UBND --date 2026-01-09."
        )
    twin = plans.issued_with(unit, plan.number, plan.date, plan_id)
    if twin is not None:
        raise ActRefused(
            f"Kế hoạch số {plan.number} ngày {plan.date:%d/%m/%Y} đã được ban hành (mã {twin}); bản này bị thay thế."
        )
    return plan


def _settle_doubts(unit: Unit, plan_id: int, version_id: int, *, accept: bool, now: datetime) -> None:
    left = plans.doubts_of(unit, version_id, open_only=True)
    if left and not accept:
        raise DoubtsOpen(
            f"Kế hoạch {plan_id} còn {len(left)} điểm cần người quyết định. "
            f"Xem bằng lệnh: nhacviec plan doubts {plan_id}; hoặc thêm --accept-doubts để theo cách hiểu của máy."
        )
    plans.settle(unit, [one.id for one in left], AS_READ, now)


def keep_near_dates(unit: Unit, plan_id: int, at: datetime, now: datetime) -> None:
    """Keep the questions about past and near deadlines that an issue at this moment has to answer first."""
    plan = _issuable(unit, plan_id)
    version_id = plans.latest_version(unit, plan_id) or 0
    _doubt_near_dates(unit, version_id, plans.wording(unit, version_id), terms(unit, plan.year, at, now))


def _doubt_near_dates(unit: Unit, version_id: int, wording: Sequence[AnyRow], under: Terms) -> None:
    """Ask, once, about deadlines that are past or nearly past at the moment of issue.

    A question that another moment of issue had raised, and that nobody has answered, is taken back.
    """
    near = {task.task_id: found for task in wording if (found := _nearest_past(task, under)) is not None}
    asked = {one.task_id: one for one in plans.doubts_of(unit, version_id) if one.field == "due"}
    plans.drop_doubts(
        unit, [one.id for task_id, one in asked.items() if one.settled_at is None and task_id not in near]
    )
    fresh = [task for task in wording if task.task_id in near and task.task_id not in asked]
    plans.add_doubts(unit, [_near_doubt(version_id, task, near[task.task_id], under) for task in fresh])


def _nearest_past(task: AnyRow, under: Terms) -> date | None:
    """Return the earliest of a task's dates that are past or near at the moment of issue."""
    found = [duty.due_on for part in parts_of(task) for duty in duties_of(part, under) if is_near(duty, under)]
    return min((one for one in found if one is not None), default=None)


def _near_doubt(version_id: int, task: AnyRow, near: date, under: Terms) -> dict[str, Any]:
    state = "đã qua" if near < under.day else "còn dưới 3 ngày làm việc"
    return {
        "plan_version_id": version_id,
        "task_id": task.task_id,
        "field": "due",
        "said": task.deadline_raw,
        "question": f"Hạn {long_day(near)} {state} tại lúc ban hành. "
        "Trả lời: “đã xong”, “bỏ qua”, “giữ nguyên”, hoặc hạn mới (ví dụ: trước ngày 20/02/2026).",
        "suggestion": "giữ nguyên",
    }


_SKIPPED = fold(SKIP)
_DONE = fold(DONE)


def _settled_near(unit: Unit, version_id: int) -> dict[int, str]:
    """Return, by task id, the folded answer to the question about a past or near date."""
    return {one.task_id: fold(str(one.value or "")) for one in plans.doubts_of(unit, version_id) if one.field == "due"}


def _rows_of(unit: Unit, plan_id: int, wording: Any, under: Terms, answers: dict[int, str]) -> Rows:
    lead = plans.agencies_of(unit, plan_id, "lead")
    rows = Rows()
    for task in wording:
        for part in parts_of(task):
            for duty in duties_of(part, under):
                answer = answers.get(task.task_id, "") if is_near(duty, under) else ""
                if answer == _SKIPPED:
                    continue
                for agency_id in lead.get(task.task_id, ()):
                    collect(rows, task.task_id, agency_id, part, duty, under, done=answer == _DONE)
    return rows
