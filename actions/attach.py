"""Hanging a later document (kế hoạch, thông báo kết luận, công văn) under a row that waits for it."""

from datetime import datetime

from domain.errors import ActRefused
from domain.people import Viewer
from storage import assignments, audit, plans
from storage.database import Unit


def attach(unit: Unit, viewer: Viewer | None, assignment_id: int, plan_id: int, now: datetime) -> None:
    """Let an imported plan's tasks hang under the task of an assignment.

    `viewer` is the coordinator who says so, None for the operator. Raises ActRefused for others, for an unknown
    row or plan, for a plan that hangs somewhere already, and for a plan under itself.
    """
    if viewer is not None and not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới gắn được văn bản vào nhiệm vụ.")
    row = assignments.get(unit, assignment_id)
    if row is None:
        raise ActRefused("Không tìm thấy việc này. Xem các mã bằng lệnh: nhacviec task list.")
    if plans.plan_of_task(unit, row.task_id) == plan_id:
        raise ActRefused("Một kế hoạch không thể gắn vào chính nhiệm vụ của nó.")
    if not plans.attach(unit, plan_id, row.task_id, now):
        raise ActRefused(f"Kế hoạch {plan_id} đã được gắn vào một nhiệm vụ khác.")
    actor = None if viewer else audit.OPERATOR
    person = viewer.person_id if viewer else None
    audit.record(unit, "attach", "task", row.task_id, now, person_id=person, actor=actor, plan=plan_id)
