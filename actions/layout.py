"""Laying out: from a plan's wording to one agency's assignments, each with its ladder, written in bulk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.agencies import ASKED_TO_COOPERATE
from domain.assignments import State
from domain.deadlines import AnyOf, Deadline, Recurring, from_json, to_json
from domain.duties import Duty, duties
from domain.errors import ActRefused
from domain.explanations import Grounds, kept, of_duty
from domain.ladder import Dates, From, Step, heard_by, lay_out
from domain.ladder import is_near as is_near_date
from domain.local import local, today
from domain.people import Role
from domain.words import fold
from domain.workdays import WorkCalendar
from storage import agencies, assignments, calendars, ladders, matters, offices, planned, plans
from storage.database import Unit
from storage.types import AnyRow

CODE = "NV-{:04d}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What every row of one issue shares."""

    calendar: WorkCalendar
    ladders: ladders.Chosen
    office_id: int
    asked: frozenset[int]
    """The agencies that are asked to cooperate, not instructed."""
    year: int | None
    """The plan's year, or that of the issue where it is later; None where the plan names none."""
    at: datetime
    now: datetime

    @property
    def day(self) -> date:
        """The local day of issue."""
        return today(self.at)


@dataclass(frozen=True, slots=True)
class Part:
    """One deadline of a task with its product; 0 is the row's own, 1 and up stand in `also`."""

    index: int
    raw: str
    deadline: Deadline
    product: str


@dataclass(slots=True)
class Rows:
    """The rows of one issue, collected to be written in bulk."""

    matters: list[dict[str, Any]] = field(default_factory=list)
    assignments: list[dict[str, Any]] = field(default_factory=list)
    steps: list[tuple[Step, ...]] = field(default_factory=list)
    explanations: list[dict[str, Any]] = field(default_factory=list)
    told: dict[tuple[Grounds, date | None], dict[str, Any]] = field(default_factory=dict)
    """Explanations by their grounds: many agencies share one."""

    def explain(self, grounds: Grounds, due_on: date | None, calendar: WorkCalendar) -> None:
        """Add the explanation of the assignment's date."""
        if (grounds, due_on) not in self.told:
            self.told[grounds, due_on] = kept(grounds, due_on, calendar)
        self.explanations.append(self.told[grounds, due_on])


def terms(unit: Unit, year: int | None, at: datetime, now: datetime, *, plan_id: int | None = None) -> Terms:
    """Return the terms of an issue at a moment, by the ladders of a plan where one is named.

    Raises ActRefused where there is no coordinating office.
    """
    office_id = agencies.coordinating_id(unit)
    if office_id is None:
        raise ActRefused(
            "Danh mục chưa có cơ quan điều phối (cột coordinating = 1). Nhập danh mục bằng lệnh: "
            "nhacviec agency import TỆP."
        )
    until = None if year is None else max(year, local(at).year)
    asked = agencies.with_relation(unit, ASKED_TO_COOPERATE)
    chosen = ladders.chosen(unit, plan_id, now)
    return Terms(calendars.in_force(unit), chosen, office_id, asked, until, local(at), now)


def parts_of(task: AnyRow) -> Iterator[Part]:
    """Yield the deadlines of a task, its own first."""
    yield Part(0, task.deadline_raw, from_json(task.deadline), task.product)
    for index, one in enumerate(task.also, 1):
        yield Part(index, one["deadline_raw"], from_json(one["deadline"]), one["product"])


def duties_of(part: Part, under: Terms) -> tuple[Duty, ...]:
    """Return a deadline's duties; a period of a recurring one that ends after the plan's year is not of this plan."""
    before = "truoc" in fold(part.raw)
    found = duties(part.deadline, on=under.day, strictly_before=before, calendar=under.calendar)
    if not _comes_back(part.deadline) or under.year is None:
        return found
    return tuple(duty for duty in found if duty.due_on is None or duty.due_on.year <= under.year)


def is_near(duty: Duty, under: Terms) -> bool:
    """Whether the duty's date is past, or under three working days away, at the moment of issue."""
    return duty.due_on is not None and is_near_date(under.day, duty.due_on, under.calendar)


def collect(
    rows: Rows,
    task_id: int,
    agency_id: int,
    part: Part,
    duty: Duty,
    under: Terms,
    *,
    done: bool = False,
    grounds: Grounds | None = None,
) -> None:
    """Add one assignment with its ladder to the rows to be written; nothing is said of one that is done already.

    `grounds` are what its date rests on where that is not the plan's own words.
    """
    ladder_id, ladder = under.ladders.of(task_id, agency_id)
    rows.matters.append(
        {
            "kind": "assignment",
            "due_on": duty.due_on,
            "due_version": 1,
            "calendar_version": under.calendar.version,
            "ladder_id": ladder_id,
            "opened_at": under.at,
            "closed_at": under.at if done else None,
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
            "issued_at": under.at,
            "completed_on": duty.due_on if done else None,
        }
    )
    rows.explain(grounds or of_duty(part.raw, duty), duty.due_on, under.calendar)
    dates = Dates(under.at, duty.starts_on, duty.due_on)
    rows.steps.append(() if done else lay_out(ladder, dates, under.calendar))


def write(unit: Unit, rows: Rows, under: Terms) -> None:
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
                "calendar_version": under.calendar.version,
                "explanation": explanation,
                "at": under.now,
            }
            for matter, explanation, one in zip(rows.matters, rows.explanations, ids, strict=True)
        ],
    )
    laid = zip(ids, rows.assignments, rows.steps, strict=True)
    planned.add(unit, [row for one, at, steps in laid for row in _moments(one, at["agency_id"], steps, 1, under)])


def _moments(
    matter_id: int, agency_id: int, steps: Iterable[Step], due_version: int, under: Terms
) -> Iterator[dict[str, Any]]:
    for step in steps:
        role = heard_by(step.rung.role, own=agency_id == under.office_id, asked=agency_id in under.asked)
        if role is not None:
            yield {
                "matter_id": matter_id,
                "rung": step.rung.name,
                "due_version": due_version,
                "at": step.at,
                "agency_id": agency_id if role in {Role.OFFICER, Role.HEAD} else under.office_id,
                "role": role.value,
                "kind": step.rung.kind.value,
                "state": planned.WAITING,
            }


def plan_steps(
    unit: Unit, row: AnyRow, duty: Duty, due_version: int, under: Terms, *, known_on: date | None = None
) -> list[dict[str, Any]]:
    """Return the planned moments of an assignment whose date moved; the word of issue is not said again.

    By the ladder under which it was issued. `known_on` is the day from which the agency has known what it owes,
    where the date moved without a new decision; else that of the terms.
    """
    dates = Dates(under.at, duty.starts_on, duty.due_on, known_on)
    steps = lay_out(ladders.get(unit, row.ladder_id), dates, under.calendar)
    told = (step for step in steps if step.rung.base is not From.ISSUE)
    return list(_moments(row.id, row.agency_id, told, due_version, under))


def renew(unit: Unit, now: datetime) -> int:
    """Lay out the next periods of recurring tasks of the plans in force; return how many assignments are new."""
    made = 0
    for plan in plans.issued(unit):
        wording = plans.wording(unit, plans.latest_version(unit, plan.id) or 0, mentioning='"recurring"')
        repeating = [task for task in wording if any(_comes_back(part.deadline) for part in parts_of(task))]
        if not repeating:
            continue
        under = terms(unit, plan.year, now, now, plan_id=plan.id)
        lead = plans.agencies_of(unit, plan.id, "lead", [task.task_id for task in repeating])
        rows = Rows()
        for task in repeating:
            _collect_next(unit, rows, task, lead.get(task.task_id, []), under)
        if rows.assignments:
            write(unit, rows, under)
        made += len(rows.assignments)
    return made


def _collect_next(unit: Unit, rows: Rows, task: AnyRow, lead: list[int], under: Terms) -> None:
    coming = [
        (part, duty)
        for part in parts_of(task)
        if _comes_back(part.deadline)
        for duty in duties_of(part, under)
        if duty.due_on is not None
    ]
    known = assignments.existing_periods(unit, task.task_id) if coming else set()
    for part, duty in coming:
        for agency_id in lead:
            if (agency_id, part.index, duty.period) not in known:
                collect(rows, task.task_id, agency_id, part, duty, under)


def _comes_back(deadline: Deadline) -> bool:
    return isinstance(deadline, Recurring) or (
        isinstance(deadline, AnyOf) and any(isinstance(one, Recurring) for one in deadline.of)
    )
