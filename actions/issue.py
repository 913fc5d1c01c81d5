"""Issuing a plan: every agency's assignments, the moments at which people hear of them, the first notices."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from actions import notices as notice_actions
from actions.plans import DONE, SKIP
from domain.assignments import State
from domain.deadlines import AnyOf, Deadline, Recurring, from_json, to_json
from domain.duties import Duty, duties
from domain.errors import ActRefused
from domain.ladder import DEFAULT, FAR_ENOUGH, Dates, Step, lay_out
from domain.local import local, long_day, today
from domain.people import Role
from domain.words import fold
from domain.workdays import WorkCalendar
from storage import agencies, assignments, audit, matters, offices, plans
from storage.database import Unit
from storage.types import AnyRow

CODE = "NV-{:04d}"


class DoubtsOpen(ActRefused):
    """A plan cannot be issued while a person's decision is missing."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of an issue. `skipped` lists the words of groups and names that reach nobody."""

    assignments: int
    notices: int
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every row of one issue shares."""

    calendar: WorkCalendar
    ladder_id: int
    office_id: int
    at: datetime
    now: datetime

    @property
    def day(self) -> date:
        return today(self.at)


@dataclass(frozen=True, slots=True)
class _Part:
    """One deadline of a task with its product; 0 is the row's own, 1 and up stand in `also`."""

    index: int
    raw: str
    deadline: Deadline
    product: str


@dataclass(slots=True)
class _Rows:
    """The rows of one issue, collected to be written in bulk."""

    matters: list[dict[str, Any]] = field(default_factory=list)
    assignments: list[dict[str, Any]] = field(default_factory=list)
    steps: list[tuple[Step, ...]] = field(default_factory=list)


def issue(unit: Unit, plan_id: int, *, accept_doubts: bool, at: datetime, now: datetime) -> Issued:
    """Issue a draft plan as of the moment `at` (it may lie in the past).

    Raises ActRefused while doubts are open (unless they are accepted as read), without number or date, twice,
    beside an issued plan of the same number and date, without a coordinating office, or when nothing reaches
    any agency.
    """
    plan = _issuable(unit, plan_id)
    version_id = plans.latest_version(unit, plan_id) or 0
    setting = _setting(unit, at, now)
    wording = plans.wording(unit, version_id)
    _doubt_near_dates(unit, version_id, wording, setting)
    _settle_doubts(unit, plan_id, version_id, accept=accept_doubts, now=now)
    rows = _rows_of(unit, plan_id, wording, setting, _settled_near(unit, version_id))
    if not rows.assignments:
        raise ActRefused("Kế hoạch không giao việc cho cơ quan nào trong danh mục. Nhập danh mục cơ quan rồi làm lại.")
    write(unit, rows, setting)
    if not plans.change(unit, plan_id, plan.version, state=plans.ISSUED, issued_at=at):
        raise ActRefused("Kế hoạch vừa được người khác thay đổi. Chạy lại lệnh.")
    audit.record(unit, "issue", "plan", plan_id, now, actor=audit.OPERATOR, assignments=len(rows.assignments))
    told = notice_actions.promote(unit, max(now, at))
    notice_actions.announce_undated(unit, max(now, at))
    skipped = tuple(one.said for one in plans.doubts_of(unit, version_id) if one.field in {"agency", "group"})
    return Issued(len(rows.assignments), told, skipped if accept_doubts else ())


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


def _setting(unit: Unit, at: datetime, now: datetime) -> _Setting:
    office_id = agencies.coordinating_id(unit)
    if office_id is None:
        raise ActRefused(
            "Danh mục chưa có cơ quan điều phối (cột coordinating = 1). Nhập danh mục bằng lệnh: "
            "nhacviec agency import TỆP."
        )
    ladder_id = offices.keep_ladder(unit, DEFAULT, now)
    return _Setting(offices.calendar(unit), ladder_id, office_id, local(at), now)


def _settle_doubts(unit: Unit, plan_id: int, version_id: int, *, accept: bool, now: datetime) -> None:
    left = plans.doubts_of(unit, version_id, open_only=True)
    if left and not accept:
        raise DoubtsOpen(
            f"Kế hoạch {plan_id} còn {len(left)} điểm cần người quyết định. "
            f"Xem bằng lệnh: nhacviec plan doubts {plan_id}; hoặc thêm --accept-doubts để theo cách hiểu của máy."
        )
    plans.settle(unit, [one.id for one in left], "theo cách hiểu của máy", now)


def keep_near_dates(unit: Unit, plan_id: int, at: datetime, now: datetime) -> None:
    """Keep the questions about past and near deadlines that an issue at this moment has to answer first."""
    version_id = plans.latest_version(unit, plan_id) or 0
    _doubt_near_dates(unit, version_id, plans.wording(unit, version_id), _setting(unit, at, now))


def _doubt_near_dates(unit: Unit, version_id: int, wording: Any, setting: _Setting) -> None:
    """Ask, once, about deadlines that are past or nearly past at the moment of issue."""
    asked = {one.task_id for one in plans.doubts_of(unit, version_id) if one.field == "due"}
    rows = []
    for task in wording:
        near = [
            duty.due_on
            for part in _parts(task)
            for duty in _duties(part, setting)
            if duty.due_on and _is_near(duty, setting)
        ]
        if near and task.task_id not in asked:
            state = "đã qua" if min(near) < setting.day else "còn dưới 3 ngày làm việc"
            rows.append(
                {
                    "plan_version_id": version_id,
                    "task_id": task.task_id,
                    "field": "due",
                    "said": task.deadline_raw,
                    "question": f"Hạn {long_day(min(near))} {state} tại lúc ban hành. "
                    "Trả lời: “đã xong”, “bỏ qua”, “giữ nguyên”, hoặc hạn mới (ví dụ: trước ngày 20/02/2026).",
                    "suggestion": "giữ nguyên",
                }
            )
    plans.add_doubts(unit, rows)


def _is_near(duty: Duty, setting: _Setting) -> bool:
    """Whether the duty's date is past, or under three working days away, at the moment of issue."""
    return duty.due_on is not None and setting.calendar.between(setting.day, duty.due_on) < FAR_ENOUGH


def _parts(task: AnyRow) -> Iterator[_Part]:
    yield _Part(0, task.deadline_raw, from_json(task.deadline), task.product)
    for index, one in enumerate(task.also, 1):
        yield _Part(index, one["deadline_raw"], from_json(one["deadline"]), one["product"])


def _duties(part: _Part, setting: _Setting) -> tuple[Duty, ...]:
    before = "truoc" in fold(part.raw)
    return duties(part.deadline, on=setting.day, strictly_before=before, calendar=setting.calendar)


_SKIPPED = fold(SKIP)
_DONE = fold(DONE)


def _settled_near(unit: Unit, version_id: int) -> dict[int, str]:
    """Return, by task id, the folded answer to the question about a past or near date."""
    return {one.task_id: fold(str(one.value or "")) for one in plans.doubts_of(unit, version_id) if one.field == "due"}


def _rows_of(unit: Unit, plan_id: int, wording: Any, setting: _Setting, answers: dict[int, str]) -> _Rows:
    lead = plans.agencies_of(unit, plan_id, "lead")
    rows = _Rows()
    for task in wording:
        for part in _parts(task):
            for duty in _duties(part, setting):
                answer = answers.get(task.task_id, "") if _is_near(duty, setting) else ""
                if answer == _SKIPPED:
                    continue
                for agency_id in lead.get(task.task_id, ()):
                    collect(rows, task.task_id, agency_id, part, duty, setting, done=answer == _DONE)
    return rows


def collect(
    rows: _Rows, task_id: int, agency_id: int, part: _Part, duty: Duty, setting: _Setting, *, done: bool = False
) -> None:
    """Add one assignment with its ladder to the rows to be written; one that is done already has no ladder."""
    rows.matters.append(
        {
            "kind": "assignment",
            "due_on": duty.due_on,
            "due_version": 1,
            "calendar_version": setting.calendar.version,
            "ladder_id": setting.ladder_id,
            "opened_at": setting.at,
            "closed_at": setting.at if done else None,
        }
    )
    rows.assignments.append(
        {
            "task_id": task_id,
            "agency_id": agency_id,
            "part": part.index,
            "period": duty.period,
            "starts_on": duty.starts_on,
            "deadline": to_json(duty.deadline),
            "product": part.product,
            "state": (State.CONFIRMED if done else State.ASSIGNED).value,
            "issued_at": setting.at,
            "completed_on": duty.due_on if done else None,
        }
    )
    dates = Dates(setting.at, duty.starts_on, duty.due_on)
    rows.steps.append(() if done else lay_out(DEFAULT, dates, setting.calendar))


def write(unit: Unit, rows: _Rows, setting: _Setting) -> None:
    """Write collected assignments, their due dates and their planned moments."""
    ids = matters.add(unit, rows.matters)
    first = offices.next_number(unit, "assignment", len(ids))
    coded = zip(rows.assignments, ids, strict=True)
    assignments.add(unit, [{"id": one, "code": CODE.format(first + at), **row} for at, (row, one) in enumerate(coded)])
    matters.add_due(
        unit,
        [
            {
                "matter_id": one,
                "number": 1,
                "due_on": matter["due_on"],
                "reason": "issued",
                "calendar_version": setting.calendar.version,
                "explanation": {"said": row["deadline"]["kind"]},
                "at": setting.now,
            }
            for matter, row, one in zip(rows.matters, rows.assignments, ids, strict=True)
        ],
    )
    matters.plan(
        unit,
        [
            {
                "matter_id": one,
                "rung": step.rung.name,
                "due_version": 1,
                "at": step.at,
                "agency_id": setting.office_id if step.rung.role is Role.COORDINATOR else row["agency_id"],
                "role": step.rung.role.value,
                "state": matters.WAITING,
            }
            for row, steps, one in zip(rows.assignments, rows.steps, ids, strict=True)
            for step in steps
        ],
    )


def renew(unit: Unit, now: datetime) -> int:
    """Lay out the next periods of recurring tasks within their plan's year; return how many assignments are new."""
    if agencies.coordinating_id(unit) is None:
        return 0
    setting = _setting(unit, now, now)
    rows = _Rows()
    for plan in plans.issued(unit):
        lead = plans.agencies_of(unit, plan.id, "lead")
        for task in plans.wording(unit, plans.latest_version(unit, plan.id) or 0):
            _collect_next(unit, rows, task, lead.get(task.task_id, []), plan.year, setting)
    if rows.assignments:
        write(unit, rows, setting)
    return len(rows.assignments)


def _collect_next(unit: Unit, rows: _Rows, task: AnyRow, lead: list[int], year: int | None, setting: _Setting) -> None:
    coming = [
        (part, duty)
        for part in _parts(task)
        if _comes_back(part.deadline)
        for duty in _duties(part, setting)
        if duty.due_on is not None and (year is None or duty.due_on.year <= year)
    ]
    known = assignments.existing_periods(unit, task.task_id) if coming else set()
    for part, duty in coming:
        for agency_id in lead:
            if (agency_id, part.index, duty.period) not in known:
                collect(rows, task.task_id, agency_id, part, duty, setting)


def _comes_back(deadline: Deadline) -> bool:
    return isinstance(deadline, Recurring) or (
        isinstance(deadline, AnyOf) and any(isinstance(one, Recurring) for one in deadline.of)
    )
