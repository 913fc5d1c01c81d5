"""All that happened to one assignment, in order of time: what was done, said, decided, urged and directed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from domain.assignments import Act
from domain.directions import Kind
from domain.explanations import REASONS
from domain.extensions import State as ExtensionState
from domain.local import long_day
from domain.people import Role
from storage.database import Unit
from storage.schema import audit, comments, directions, due_versions, extensions, matters, memberships, people

SAID = {
    "progress": "Báo cáo tiến độ",
    "obstacle": "Báo vướng mắc",
    "answer": "Văn phòng trả lời vướng mắc",
    "not_ours": "Báo không thuộc đơn vị",
    "kept": "Văn phòng giữ nguyên cơ quan",
    "reassigned": "Chuyển cơ quan",
    "withdrawn": "Rút lại",
    "request": "Đề nghị phối hợp",
    "provided": "Cơ quan phối hợp trả lời",
    "extended": "Văn phòng trả lời đề nghị gia hạn",
    "return": "Văn phòng trả lại báo cáo",
    "confirmed": "Xác nhận",
    "dated": "Văn phòng đặt hạn",
    "check_in": "Trả lời hỏi thăm định kỳ",
    "succeeded": "Sáp nhập",
    "carried": "Chuyển sang năm sau",
    "ended": "Kết thúc",
    "cancelled": "Huỷ việc",
    "added": "Giao thêm",
    "urge": "Văn phòng đôn đốc",
    "directed": "Văn phòng chuyển ý kiến lãnh đạo",
    "direct_answer": "Đơn vị trả lời lãnh đạo",
    "delivered": "Trả lời lãnh đạo",
    "forwarded": "Văn phòng chuyển hỏi",
    "head_confirmed": "Lãnh đạo cơ quan xác nhận",
    "head_returned": "Lãnh đạo cơ quan trả lại",
}
"""What was said of an assignment, by the kind kept with it."""

DONE = {act.value: act.label.capitalize() for act in (Act.ACCEPT, Act.REPORT, Act.CONFIRM, Act.CANCEL)}
"""Acts that leave no words of their own."""

ASIDE = {"extension"}
"""Kinds of comments that repeat what a request for a later date holds."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, by whom ("" for the program), and the words that went with it."""

    at: datetime
    what: str
    who: str = ""
    text: str = ""


def of_assignment(unit: Unit, assignment_id: int, *, inside: bool, named: bool) -> list[Event]:
    """Return what happened, the newest first.

    `inside` is true for the office and for leaders: only they see a leader's word as it was said, before the office
    passed it on in its own wording. Without `named` no officer of an agency is told by name.
    """
    parts = (_said, _done, _dates, _extended, *([_directed] if inside else []))
    found = [one for part in parts for one in part(unit, assignment_id)]
    if not named:
        officers = _officers(unit)
        found = [replace(one, who="") if one.who in officers else one for one in found]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _officers(unit: Unit) -> set[str]:
    """Return the names of all who are, or were, officers of an agency."""
    query = select(people.c.name).join(memberships, memberships.c.person_id == people.c.id)
    return set(unit.conn.execute(query.where(memberships.c.role == Role.OFFICER).distinct()).scalars())


def _said(unit: Unit, one: int) -> Iterator[Event]:
    query = select(comments, people.c.name).outerjoin(people, people.c.id == comments.c.person_id)
    for row in unit.conn.execute(query.where(comments.c.matter_id == one, comments.c.kind.not_in(ASIDE))):
        percent = f" {row.percent}%" if row.percent is not None else ""
        yield Event(row.at, SAID.get(row.kind, "Ghi chú") + percent, row.name or "", row.text)


def _done(unit: Unit, one: int) -> Iterator[Event]:
    query = select(audit.c.at, audit.c.act, people.c.name).outerjoin(people, people.c.id == audit.c.person_id)
    query = query.where(audit.c.subject == "assignment", audit.c.subject_id == one, audit.c.act.in_(DONE))
    for row in unit.conn.execute(query):
        yield Event(row.at, DONE[row.act], row.name or "")


def _dates(unit: Unit, one: int) -> Iterator[Event]:
    query = select(due_versions, people.c.name).outerjoin(people, people.c.id == due_versions.c.decided_by)
    rows = unit.conn.execute(query.where(due_versions.c.matter_id == one).order_by(due_versions.c.number)).all()
    for at, row in enumerate(rows):
        new = long_day(row.due_on) if row.due_on else "chưa có hạn"
        old = rows[at - 1].due_on if at else None
        moved = f"Hạn: {long_day(old)} → {new}" if old and old != row.due_on else f"Hạn: {new}"
        why = REASONS.get(row.reason, row.reason) + (f" ({row.basis})" if row.basis else "")
        yield Event(row.at, moved, row.name or "", why[:1].upper() + why[1:])


def _extended(unit: Unit, one: int) -> Iterator[Event]:
    asker, decider = people.alias("asker"), people.alias("decider")
    query = (
        select(extensions, asker.c.name.label("asker"), decider.c.name.label("decider"))
        .outerjoin(asker, asker.c.id == extensions.c.asked_by)
        .outerjoin(decider, decider.c.id == extensions.c.decided_by)
        .where(extensions.c.assignment_id == one)
    )
    for row in unit.conn.execute(query):
        document = f" Văn bản: {row.document}." if row.document else ""
        asked = f"Xin gia hạn đến {long_day(row.asked_until)}"
        yield Event(row.asked_at, asked, row.asker or "", f"{row.reason.rstrip('.')}.{document}")
        if row.decided_at is not None:
            state = ExtensionState(row.state)
            until = f" đến {long_day(row.granted_until)}" if row.granted_until else ""
            agreed = [row.agreed_by, row.basis, long_day(row.agreed_on) if row.agreed_on else None]
            yield Event(
                row.decided_at,
                f"Đề nghị gia hạn: {state.label}{until}",
                row.decider or "",
                "; ".join(each for each in agreed if each),
            )


def _directed(unit: Unit, one: int) -> Iterator[Event]:
    """Yield leaders' words as they were said; what became of them stands among what was said."""
    query = (
        select(directions, people.c.name)
        .outerjoin(people, people.c.id == directions.c.leader_id)
        .where(directions.c.matter_id == one)
    )
    for row in unit.conn.execute(query):
        yield Event(row.at, Kind(row.kind).label.capitalize(), row.name or "", row.text)


def version(unit: Unit, assignment_id: int) -> int:
    """Return how often an assignment was changed: a form carries it, so that an act meets what was shown."""
    return int(unit.conn.execute(select(matters.c.version).where(matters.c.id == assignment_id)).scalar_one())
