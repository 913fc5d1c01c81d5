"""Tasks that the coordinating office gives by chat: one line read, then a plan of one task, given out at once.

Such a plan is `oral`; it cites the document behind it, or says who gave the task by word of mouth and when.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from actions import coordination
from actions import notices as notice_actions
from actions.layout import Rows, Terms, collect, duties_of, parts_of, terms, write
from actions.plans import worded
from domain import plans as plan_values
from domain.adhoc import Spoken, When, read, read_when
from domain.adhoc import names as names_in
from domain.agencies import Resolution, resolve
from domain.deadlines import Recurring, Unspecified, from_json, last_day, to_json
from domain.errors import ActRefused, NotFound
from domain.ladder import is_near
from domain.local import long_day, today
from domain.people import Viewer
from domain.words import fold
from storage import agencies, assignments, audit, calendars, matters, notices, people, plans
from storage.database import Unit

KIND = "Giao trực tiếp"
"""The kind of a plan that rests on no document."""
WITHOUT_DATE = "chưa ấn định"
"""What stands as the deadline of a task that was given without one."""


@dataclass(frozen=True, slots=True)
class Order:
    """A task as a coordinator confirmed it; agencies by id, the deadline in the JSON of the plan format."""

    content: str
    lead: tuple[int, ...]
    coordinating: tuple[int, ...]
    said: tuple[str, ...]
    """How the leading agencies were named: "Sở Y tế", "các sở"."""
    deadline_raw: str
    deadline: dict[str, Any]
    kind: str = ""
    number: str | None = None
    on: date | None = None
    """The document's date."""
    by: str = ""
    """Who signed the document, or gave the task by word of mouth; "" for the coordinator."""


@dataclass(frozen=True, slots=True)
class Given:
    """What came of an order: its plan, its task, and the assignments in the order of the agencies."""

    plan_id: int
    task_id: int
    assignments: tuple[int, ...]


def understand(unit: Unit, line: str, now: datetime) -> Spoken | None:
    """Return what a line beginning with "giao" gives, None for a sentence that gives nothing."""
    return read(line, agencies.directory(unit), today(now), calendars.in_force(unit), _alike)


def _alike(name: str, names: Sequence[str]) -> str | None:
    by_words = {fold(one): one for one in names}
    found = get_close_matches(fold(name), by_words, 1, _ALIKE)
    return by_words[found[0]] if found else None


_ALIKE = 0.7
"""How much of a name must agree for it to be offered, of 1."""


def understand_names(unit: Unit, text: str, now: datetime) -> Resolution | None:
    """Return the agencies that typed words are, whole; None where they hold anything else."""
    directory, day = agencies.directory(unit), today(now)
    found = names_in(text, directory, day)
    if not found.after or text[found.after :].strip(" .,;"):
        return None
    return resolve(found.lead, directory, day, _alike)


def understand_when(unit: Unit, text: str, now: datetime) -> When:
    """Return the deadline that typed words are. Raises ActRefused for what is not understood, or has passed."""
    found = read_when(text, today(now), calendars.in_force(unit))
    if found is None:
        raise ActRefused(
            f"Chưa hiểu hạn “{text[:60]}”. Xin gõ như: trước 25/11, chậm nhất thứ Sáu tuần sau, trong 5 ngày làm việc."
        )
    if found.is_past(today(now)):
        raise ActRefused(f"Hạn {long_day(last_day(found.deadline) or today(now))} đã qua. Xin gõ một hạn khác.")
    return found


def give(unit: Unit, viewer: Viewer, order: Order, now: datetime) -> Given:
    """Give the task to its agencies: a plan of one task, its assignments with their ladders, and the notices.

    What is due within three working days is said also to who had the day's message already. Raises NotFound for
    others than coordinators, ActRefused for an order without agencies or content, and for a deadline that has passed.
    """
    if not viewer.coordinates:
        raise NotFound("mục này")
    deadline = from_json(order.deadline)
    due_on = last_day(deadline)
    if not order.lead or not order.content:
        raise ActRefused("Việc này còn thiếu nội dung hoặc cơ quan. Gõ giao để làm lại.")
    if due_on is not None and due_on < today(now):
        raise ActRefused(f"Hạn {long_day(due_on)} đã qua. Xin gõ một hạn khác.")
    plan_id, task_id = _write_plan(unit, viewer, order, now)
    year = None if isinstance(deadline, Recurring) else (due_on or today(now)).year
    under = terms(unit, year, now, now, plan_id=plan_id)
    rows = _rows_of(unit, plan_id, order.lead, under)
    write(unit, rows, under)
    coordination.announce(unit, plan_id, under)
    made = tuple(int(one.id) for one in assignments.of_task(unit, task_id))
    fields: dict[str, Any] = {"task": task_id, "assignments": len(made), "number": order.number}
    audit.record(unit, "give", "plan", plan_id, now, person_id=viewer.person_id, **fields)
    notice_actions.promote(unit, now)
    if due_on is not None and is_near(under.day, due_on, under.calendar):
        notices.hasten(unit, made)
    return Given(plan_id, task_id, made)


def giver(unit: Unit, viewer: Viewer, order: Order) -> str:
    """Return who gives an order: the person it names, else the coordinator."""
    return order.by or f"đồng chí {people.introduced(unit, viewer.person_id).name}"


def _write_plan(unit: Unit, viewer: Viewer, order: Order, now: datetime) -> tuple[int, int]:
    day = today(now)
    facts = plan_values.Facts(
        file=KIND,
        kind=(order.kind or "Văn bản") if order.number else KIND,
        number=order.number,
        date=order.on if order.number else day,
        issuer=None,
        place=None,
        year=day.year,
        coordinating_office=None,
        title=order.content[:200],
        signer=order.by or None if order.number else giver(unit, viewer, order),
    )
    task = _task(unit, order)
    as_read = plan_values.to_json(plan_values.Draft(facts, (task,), (), ()))
    kept = {name: getattr(facts, name) for name in _KEPT}
    plan_id = plans.add(unit, {**kept, "oral": True, "issued_at": now}, now)
    digest = hashlib.sha256(json.dumps([plan_id, as_read], ensure_ascii=False).encode()).hexdigest()
    version_id = plans.add_version(unit, plan_id, 1, facts.file, digest, as_read, now)
    (task_id,) = matters.add(unit, [{"kind": "task", "opened_at": now}])
    plans.add_tasks(unit, [{"id": task_id, "plan_id": plan_id, "position": 1}], [worded(task, task_id, version_id)])
    parts = [("lead", one) for one in order.lead]
    parts += [("coordinating", one) for one in order.coordinating if one not in order.lead]
    plans.add_task_agencies(unit, ({"task_id": task_id, "agency_id": one, "part": part} for part, one in parts))
    plans.change(unit, plan_id, 1, state=plans.ISSUED)
    return plan_id, task_id


_KEPT = ("kind", "number", "date", "issuer", "place", "year", "title", "signer", "coordinating_office")


def _task(unit: Unit, order: Order) -> plan_values.DraftTask:
    names = agencies.names(unit, order.coordinating)
    return plan_values.DraftTask(
        appendix=None,
        section=(),
        number=None,
        content=order.content,
        lead=order.said,
        coordinating=tuple(names[one] for one in order.coordinating),
        following=(),
        deadline_raw=order.deadline_raw,
        deadline=from_json(order.deadline),
        product="",
        also=(),
        warnings=(),
        source=plan_values.Source(None, None),
    )


def _rows_of(unit: Unit, plan_id: int, lead: Sequence[int], under: Terms) -> Rows:
    rows = Rows()
    for task in plans.wording(unit, plans.latest_version(unit, plan_id) or 0):
        for part in parts_of(task):
            for duty in duties_of(part, under):
                for agency_id in lead:
                    collect(rows, task.task_id, agency_id, part, duty, under)
    return rows


def without_date() -> dict[str, Any]:
    """Return the deadline, in JSON, of a task that is given without one."""
    return to_json(Unspecified())
