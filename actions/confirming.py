"""Confirming reports whose result has a number and a date: all at once by a coordinator, or by itself after a while."""

from collections.abc import Iterable
from datetime import datetime

from actions import assignments, moves
from domain.assignments import Act
from domain.local import today
from domain.notices import Kind
from domain.people import Viewer
from domain.workdays import WorkCalendar
from storage import assignments as rows
from storage import audit, matters, offices
from storage.database import Unit
from storage.views import reports

SETTING = "auto_confirm_days"
"""The office's setting: after so many working days such a report confirms by itself; 0 or none for never."""


def together(unit: Unit, viewer: Viewer, assignment_ids: Iterable[int], now: datetime) -> list[str]:
    """Let a coordinator confirm those of the given reports that still wait; return their codes.

    Raises NotFound for everybody else.
    """
    wanted = set(assignment_ids)
    waiting = [one for one in reports.documented(unit, today(now)) if one.id in wanted]
    for one in waiting:
        assignments.confirm(unit, viewer, one.id, now)
    return [one.code for one in waiting]


def by_itself(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Confirm what has waited long enough, as the program's own act, and tell the officers; return how many."""
    days = int(offices.setting(unit, SETTING) or 0)
    if not days:
        return 0
    day = today(now)
    ripe = [
        one
        for one in reports.documented(unit, day)
        if one.reported_at is not None and calendar.between(today(one.reported_at), day) >= days
    ]
    for one in ripe:
        row = rows.get(unit, one.id)
        if row is None:
            continue
        moves.apply(unit, row, Act.CONFIRM, None, now, actor=audit.SYSTEM, confirmed_at=now)
        rows.comment(
            unit, row.id, "confirmed", f"Tự xác nhận sau {days} ngày làm việc: có số, ngày văn bản.", None, now
        )
        matters.close(unit, row.id, now)
        moves.tell_agency(unit, row.agency_id, row.id, f"event:confirmed:{row.version}", Kind.CONFIRMED, now)
    return len(ripe)
