"""Amending an issued plan: what is new is given out, what moved is laid out anew, what is gone is cancelled.

Assignments keep their code, their history and what was reported; those touched are told once what changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions import coordination, indicator_taking
from actions import plans as plan_actions
from actions.layout import Part, Rows, Terms, collect, duties_of, parts_of, plan_steps, terms, write
from actions.plans import Nearest
from domain.assignments import Act, State, move
from domain.duties import Duty
from domain.errors import ActRefused
from domain.explanations import kept, of_duty
from domain.local import today
from domain.notices import Kind
from domain.people import Role
from domain.plans import Change, Draft, diff, from_json, match, to_json
from storage import assignments, audit, matters, notices, people, planned, plans
from storage.database import Unit
from storage.types import AnyRow

REASON = "amended"


@dataclass(frozen=True, slots=True)
class Amended:
    """What came of an amendment, counted in assignments."""

    added: int
    moved: int
    cancelled: int


def amend(
    unit: Unit,
    plan_id: int,
    draft: Draft,
    as_read: dict[str, Any],
    digest: str,
    nearest: Nearest,
    now: datetime,
    *,
    accept_doubts: bool,
) -> Amended:
    """Take an amended document of an issued plan into force.

    Raises ActRefused for a plan that is not issued, the same file again, a document that changes nothing, and,
    unless they are accepted as read, for doubts about it.
    """
    plan = plans.get(unit, plan_id)
    if plan is None:
        raise ActRefused(f"Không có kế hoạch số {plan_id}. Xem danh sách bằng lệnh: nhacviec plan list.")
    if plan.state == plans.CLOSED:
        raise ActRefused(f"Kế hoạch {plan_id} đã kết thúc, không sửa đổi được nữa.")
    if plan.state != plans.ISSUED:
        raise ActRefused(f"Kế hoạch {plan_id} chưa ban hành; bản sửa đổi chỉ áp dụng cho kế hoạch đã ban hành.")
    if plans.by_digest(unit, digest) is not None:
        raise ActRefused("Tệp này đã được nhập trước đó; không có gì để sửa đổi.")
    if not draft.tasks:
        raise ActRefused("Tệp này không có nhiệm vụ nào. Kiểm tra lại bảng phụ lục rồi làm lại.")
    before = from_json(plans.draft_of(unit, plan_id))
    draft = with_body(before, draft)
    as_read = {**as_read, "tasks": to_json(draft)["tasks"]}
    if diff(before, draft).empty:
        raise ActRefused("Tệp này không thay đổi việc nào của kế hoạch.")
    old_ids = [row.task_id for row in plans.wording(unit, plans.latest_version(unit, plan_id) or 0)]
    number = plans.next_version_number(unit, plan_id)
    version_id = plans.add_version(unit, plan_id, number, draft.document.file, digest, as_read, now)
    kept = _kept_ids(before, draft, old_ids)
    changes = _changes_by_task(before, draft, old_ids)
    touched = {task_id: frozenset(one.field for one in found) for task_id, found in changes.items()}
    plan_actions.write_amended(unit, draft, kept, touched, plan_id, version_id, nearest, now)
    _refuse_doubts(unit, version_id, accept=accept_doubts, now=now)
    under = terms(unit, plan.year, now, now, plan_id=plan_id)
    done = _apply(unit, plan_id, version_id, set(old_ids), changes, under)
    coordination.announce(unit, plan_id, under)
    indicator_taking.take(unit, plan_id, draft, now)
    audit.record(
        unit,
        "amend",
        "plan",
        plan_id,
        now,
        actor=audit.OPERATOR,
        added=done.added,
        moved=done.moved,
        cut=done.cancelled,
    )
    return done


def with_body(before: Draft, after: Draft) -> Draft:
    """Return the amended reading with the tasks that a person took from the running text, where it still gives them.

    What else the running text suggests was settled when the plan was issued, and is not asked again.
    """
    offered = {one.content for one in after.suggestions}
    carried = tuple(task for task in before.tasks if task.section == (plan_actions.BODY,) and task.content in offered)
    return replace(after, tasks=(*after.tasks, *carried), suggestions=())


def _refuse_doubts(unit: Unit, version_id: int, *, accept: bool, now: datetime) -> None:
    left = plans.doubts_of(unit, version_id, open_only=True)
    if left and not accept:
        questions = " ".join(one.question for one in left[:3])
        raise ActRefused(
            f"Bản sửa đổi còn {len(left)} điểm chưa rõ, chưa có gì thay đổi. {questions} "
            "Bổ sung danh mục hoặc tệp rồi làm lại, hay thêm --accept-doubts để theo cách hiểu của máy."
        )
    plans.settle(unit, [one.id for one in left], "theo cách hiểu của máy", now)


def _kept_ids(before: Draft, after: Draft, old_ids: Sequence[int]) -> list[int | None]:
    """Return, for each row of the new reading, the id of the task it goes on with, None for a new one."""
    by_old = {id(task): task_id for task, task_id in zip(before.tasks, old_ids, strict=True)}
    by_new = {id(new): by_old[id(old)] for old, new in match(before.tasks, after.tasks)}
    return [by_new.get(id(task)) for task in after.tasks]


def _changes_by_task(before: Draft, after: Draft, old_ids: Sequence[int]) -> dict[int, tuple[Change, ...]]:
    by_old: dict[int, int] = {id(task): task_id for task, task_id in zip(before.tasks, old_ids, strict=True)}
    return {by_old[id(one.old)]: one.changes for one in diff(before, after).changed}


def _apply(
    unit: Unit, plan_id: int, version_id: int, old: set[int], changes: dict[int, tuple[Change, ...]], under: Terms
) -> Amended:
    lead = plans.agencies_of(unit, plan_id, "lead")
    rows = Rows()
    moved = cancelled = 0
    wording = plans.wording(unit, version_id)
    for task in wording:
        if task.task_id in old and task.task_id not in changes:
            continue
        wanted = {
            (agency_id, part.index, duty.period): (part, duty)
            for part in parts_of(task)
            for duty in duties_of(part, under)
            for agency_id in lead.get(task.task_id, ())
        }
        current = {(row.agency_id, row.part, row.period): row for row in assignments.of_task(unit, task.task_id)}
        for key, row in current.items():
            if key not in wanted and not _is_past(row, under):
                cancelled += _cancel(unit, row, version_id, under.now)
            elif key in wanted:
                moved += _move(unit, row, wanted[key], changes[task.task_id], version_id, under)
        known = assignments.existing_periods(unit, task.task_id)
        for key, (part, duty) in wanted.items():
            if key not in known:
                collect(rows, task.task_id, key[0], part, duty, under)
    for task_id in old - {task.task_id for task in wording}:
        cancelled += sum(_cancel(unit, row, version_id, under.now) for row in assignments.of_task(unit, task_id))
    if rows.assignments:
        write(unit, rows, under)
    return Amended(len(rows.assignments), moved, cancelled)


def _is_past(row: AnyRow, under: Terms) -> bool:
    """Whether the assignment's day lies behind: an amendment does not reach back."""
    return row.due_on is not None and row.due_on < under.day


def _cancel(unit: Unit, row: AnyRow, version_id: int, now: datetime) -> int:
    """Cancel an assignment that the amended plan does not give any more; what was done stays done."""
    state = State(row.state)
    if state.is_final:
        return 0
    assignments.change(unit, row.id, row.version, state=move(state, Act.CANCEL).value)
    matters.close(unit, row.id, now)
    _tell(unit, row, version_id, now, {"cancelled": True, "changes": []})
    return 1


def _move(
    unit: Unit, row: AnyRow, wanted: tuple[Part, Duty], changes: Sequence[Change], version_id: int, under: Terms
) -> int:
    """Give an open assignment its new date, with the ladder laid out anew, and tell its people."""
    part, duty = wanted
    if State(row.state).is_final:
        return 0
    if duty.due_on != row.due_on:
        explained = kept(of_duty(part.raw, duty), duty.due_on, under.calendar)
        version = matters.move_due(
            unit, row.id, duty.due_on, REASON, under.calendar.version, under.now, explanation=explained
        )
        planned.add(unit, plan_steps(unit, row, duty, version, under))
    told = [[change.field, change.old, change.new] for change in changes]
    _tell(unit, row, version_id, under.now, {"cancelled": False, "changes": told})
    return 1


def _tell(unit: Unit, row: AnyRow, version_id: int, now: datetime, data: dict[str, Any]) -> None:
    for person_id in people.members(unit, row.agency_id, Role.OFFICER, today(now)):
        notices.add(
            unit,
            person_id,
            f"event:amended:{version_id}",
            Kind.AMENDED,
            now,
            role=Role.OFFICER,
            matter_id=row.id,
            agency_id=row.agency_id,
            data=data,
        )
