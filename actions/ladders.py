"""Which ladder new work is issued under: the office's own, a plan's, or one for an agency or a task of a plan.

What was issued keeps the ladder it was issued under; a choice counts for what is issued after it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.plans import by
from domain.errors import ActRefused
from domain.ladder import SHIPPED, Ladder, shipped
from domain.people import Viewer
from domain.rows import row_name
from domain.words import fold, nfc, squeeze
from storage import agencies, assignments, audit, ladders, plans
from storage.database import Unit
from storage.ladders import Place


@dataclass(frozen=True, slots=True)
class Override:
    """One place of a plan that has a ladder of its own; "" where it is meant for every task, or every agency."""

    task: str
    agency: str
    ladder: str


def place(unit: Unit, plan_id: int | None, task: str | None, agency_code: str | None) -> Place:
    """Return the place that is named: a plan, a task by its row or an assignment's code, an agency by its code.

    Raises ActRefused for what is not there, or not told apart.
    """
    task_id = None
    if task and task.strip().upper().startswith("NV-"):
        plan_id, task_id = _by_code(unit, plan_id, task.strip().upper())
    if plan_id is None:
        if task or agency_code:
            raise ActRefused("Lịch nhắc riêng cho một việc hoặc một cơ quan cần --plan với mã kế hoạch.")
        return Place()
    if plans.get(unit, plan_id) is None:
        raise ActRefused(f"Không có kế hoạch số {plan_id}. Xem danh sách bằng lệnh: nhacviec plan list.")
    if task and task_id is None:
        task_id = _by_row(unit, plan_id, squeeze(task))
    agency_id = None
    if agency_code:
        agency_id = agencies.id_of(unit, agency_code)
        if agency_id is None:
            raise ActRefused(f"Không có cơ quan nào mang mã {agency_code}. Xem các mã bằng lệnh: nhacviec agency list.")
    return Place(plan_id, task_id, agency_id)


def _by_code(unit: Unit, plan_id: int | None, code: str) -> tuple[int, int]:
    task_id = assignments.task_of(unit, code)
    of_plan = None if task_id is None else plans.plan_of_task(unit, task_id)
    if task_id is None or of_plan is None or plan_id not in {None, of_plan}:
        where = f" trong kế hoạch {plan_id}" if plan_id is not None else ""
        raise ActRefused(f"Không có việc nào mang mã {code}{where}. Xem các mã bằng lệnh: nhacviec task list.")
    return of_plan, task_id


def _by_row(unit: Unit, plan_id: int, row: str) -> int:
    rows = plans.wording(unit, plans.latest_version(unit, plan_id) or 0)
    names = {one.task_id: row_name(one.section, one.number) for one in rows}
    wanted = fold(row).rstrip(".")
    found = [task_id for task_id, name in names.items() if fold(name) == wanted]
    found = found or [one.task_id for one in rows if fold(one.number or "").rstrip(".") == wanted]
    if len(found) == 1:
        return int(found[0])
    if not found:
        raise ActRefused(
            f"Kế hoạch {plan_id} không có mục {row}. Ghi số mục như trong phụ lục, ví dụ II.4, hoặc mã việc."
        )
    several = ", ".join(names[one] for one in found[:5])
    raise ActRefused(f"Kế hoạch {plan_id} có {len(found)} mục {row}: {several}. Xin ghi đủ cả mục lớn.")


def named(unit: Unit, name: str) -> Ladder:
    """Return the ladder of that name, shipped or kept. Raises ActRefused where there is none."""
    found = shipped(name) or ladders.named(unit, nfc(squeeze(name)))
    if found is None:
        raise ActRefused(f"Không có tệp hay lịch nhắc nào tên “{name}”. Xem các tên bằng lệnh: nhacviec ladder show.")
    return found


def keep(unit: Unit, viewer: Viewer | None, ladder: Ladder, now: datetime) -> None:
    """Keep a ladder, so that it can be looked at and chosen by its name; nothing is issued under it yet."""
    who = by(viewer)
    ladder_id = ladders.keep(unit, ladder, now)
    audit.record(unit, "keep_ladder", "ladder", ladder_id, now, **who)


def names(unit: Unit) -> list[str]:
    """Return the names by which a ladder can be chosen: those that come with the program, then those kept."""
    return list(dict.fromkeys([*(one.name for one in SHIPPED), *(one.name for one in ladders.every(unit).values())]))


def in_force(unit: Unit, at: Place, now: datetime) -> Ladder:
    """Return the ladder under which work of a place would be issued now."""
    chosen = ladders.chosen(unit, at.plan_id, now)
    return chosen.of(at.task_id or 0, at.agency_id or 0)[1]


def overrides(unit: Unit, plan_id: int) -> list[Override]:
    """Return the places of a plan that have a ladder of their own."""
    rows = plans.wording(unit, plans.latest_version(unit, plan_id) or 0)
    names = {row.task_id: row_name(row.section, row.number) or row.content for row in rows}
    return [
        Override(names.get(row.task_id, "") if row.task_id else "", row.agency_code or "", row.ladder)
        for row in ladders.overrides(unit, plan_id)
    ]


def choose(unit: Unit, viewer: Viewer | None, at: Place, ladder: Ladder, now: datetime) -> None:
    """Let what is issued from now on at a place climb by that ladder, by a coordinator or the operator."""
    who = by(viewer)
    ladder_id = ladders.keep(unit, ladder, now)
    ladders.choose(unit, at, ladder_id, who.get("person_id"), now)
    audit.record(unit, "choose_ladder", "ladder", ladder_id, now, **_fields(at), **who)


def clear(unit: Unit, viewer: Viewer | None, at: Place, now: datetime) -> None:
    """Let a place have no ladder of its own. Raises ActRefused where it has none."""
    who = by(viewer)
    if not ladders.forget(unit, at):
        raise ActRefused("Chỗ này không có lịch nhắc riêng; xem bằng lệnh: nhacviec ladder show.")
    audit.record(unit, "clear_ladder", "ladder", 0, now, **_fields(at), **who)


def _fields(at: Place) -> dict[str, Any]:
    return {"plan": at.plan_id, "task": at.task_id, "agency": at.agency_id}
