"""A draft plan side by side with its source: every task as it was read, as it stands, and what is asked about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from domain.agencies import Directory, resolve, split
from domain.deadlines import from_json, say
from domain.errors import NotFound
from storage import agencies as agency_rows
from storage import plans
from storage.database import Unit
from storage.schema import agencies, people
from storage.types import AnyRow
from storage.views import office

PAGE = 60
"""Tasks on one page: a table of thousands would be more than a phone can show."""


@dataclass(frozen=True, slots=True)
class Member:
    """One agency as the page names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Collective:
    """A collective in the source's words, and the agencies of the directory it became."""

    raw: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question about a task or about the document, open or settled."""

    row: AnyRow
    settled_by: str
    """The name of the person who settled it; "" while it is open, and where the operator did."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.row.settled_at is None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task: the source's words, and beside them what will be issued."""

    id: int
    at: int
    """The place of the task in the plan, from 1."""
    number: str
    heading: str
    content: str
    product: str
    page: int | None
    line: int | None
    lead_raw: tuple[str, ...]
    deadline_raw: str
    deadline_as_read: str
    """What the reader made of it, in plain words."""
    named: tuple[Member, ...]
    """Leading agencies that no collective brought in."""
    collectives: tuple[Collective, ...]
    coordinating: tuple[str, ...]
    deadline_words: str
    """The words of the deadline as it stands: the source's, or those that a person typed."""
    understood: str
    also: tuple[str, ...]
    doubts: tuple[Doubt, ...]

    @property
    def leads(self) -> int:
        """How many agencies lead."""
        return len(self.named) + sum(len(one.members) for one in self.collectives)

    @property
    def asks(self) -> bool:
        """Whether something about it waits for an answer."""
        return any(one.is_open for one in self.doubts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a plan's tasks with the facts of the whole."""

    plan: AnyRow
    file_name: str
    total: int
    open: int
    """Open doubts of the whole plan."""
    asking: int
    """Tasks about which something is asked."""
    kinds: Counter[str]
    agencies: int
    joined: int
    nobody: int
    """Tasks that no agency leads: they will reach nobody."""
    doubts: tuple[Doubt, ...]
    """Questions about the document itself."""
    tasks: tuple[TaskRow, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What every row is put together from."""

    directory: Directory
    on: date
    members: Mapping[int, Member]
    lead: Mapping[int, Sequence[int]]
    doubts: Mapping[int | None, Sequence[Doubt]]


def of_plan(unit: Unit, plan_id: int, *, page: int = 1, only_open: bool = False) -> Sheet:
    """Return one page of a plan, all tasks or those about which something is asked. Raises NotFound."""
    plan, version_id = _newest(unit, plan_id)
    wording = plans.wording(unit, version_id)
    read = plans.draft_of(unit, plan_id)
    known = _known(unit, plan, version_id)
    asking = {task_id for task_id, rows in known.doubts.items() if task_id and any(one.is_open for one in rows)}
    wanted = [
        (at, task, source)
        for at, (task, source) in enumerate(zip(wording, read["tasks"], strict=True), 1)
        if not only_open or task.task_id in asking
    ]
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(max(page, 1), pages)
    leading = {one for ids in known.lead.values() for one in ids}
    return Sheet(
        plan=plan,
        file_name=read["document"]["file"],
        total=len(wording),
        open=sum(one.is_open for rows in known.doubts.values() for one in rows),
        asking=len(asking),
        kinds=Counter(task.deadline["kind"] for task in wording),
        agencies=len(leading),
        joined=len({known.members[one].code for one in leading} & office.joined(unit)),
        nobody=sum(not known.lead.get(task.task_id) for task in wording),
        doubts=tuple(known.doubts.get(None, ())),
        tasks=tuple(_task(at, task, source, known) for at, task, source in wanted[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=pages,
    )


def task_of(unit: Unit, plan_id: int, task_id: int) -> TaskRow | None:
    """Return one task of a plan's newest reading, None where it has no such task. Raises NotFound."""
    plan, version_id = _newest(unit, plan_id)
    known = _known(unit, plan, version_id)
    read = plans.draft_of(unit, plan_id)["tasks"]
    for at, (task, source) in enumerate(zip(plans.wording(unit, version_id), read, strict=True), 1):
        if task.task_id == task_id:
            return _task(at, task, source, known)
    return None


def _newest(unit: Unit, plan_id: int) -> tuple[AnyRow, int]:
    plan = plans.get(unit, plan_id)
    version_id = plans.latest_version(unit, plan_id)
    if plan is None or version_id is None:
        raise NotFound("kế hoạch này")
    return plan, version_id


def _known(unit: Unit, plan: AnyRow, version_id: int) -> _Known:
    rows = unit.conn.execute(select(agencies.c.id, agencies.c.code, agencies.c.name))
    names = {row.id: row.name for row in unit.conn.execute(select(people.c.id, people.c.name))}
    doubts: dict[int | None, list[Doubt]] = {}
    for row in plans.doubts_of(unit, version_id):
        doubts.setdefault(row.task_id, []).append(Doubt(row, names.get(row.settled_by, "")))
    return _Known(
        directory=agency_rows.directory(unit),
        on=plan.date or date(plan.year or plan.created_at.year, 1, 1),
        members={row.id: Member(row.code, row.name) for row in rows},
        lead=plans.agencies_of(unit, plan.id, "lead"),
        doubts=doubts,
    )


def _task(at: int, task: AnyRow, source: Mapping[str, Any], known: _Known) -> TaskRow:
    leads = [known.members[one] for one in known.lead.get(task.task_id, ())]
    collectives = _collectives(task.lead, leads, known)
    grouped = {one.code for each in collectives for one in each.members}
    place = task.source or {}
    return TaskRow(
        id=task.task_id,
        at=at,
        number=task.number or "",
        heading=" › ".join((*filter(None, [task.appendix]), *task.section)),
        content=task.content,
        product=task.product,
        page=place.get("page"),
        line=place.get("line"),
        lead_raw=tuple(task.lead),
        deadline_raw=source["deadline_raw"],
        deadline_as_read=say(from_json(source["deadline"])),
        named=tuple(one for one in leads if one.code not in grouped),
        collectives=collectives,
        coordinating=tuple(task.coordinating),
        deadline_words=task.deadline_raw,
        understood=say(from_json(task.deadline)),
        also=tuple(
            "; ".join(filter(None, (one["deadline_raw"], say(from_json(one["deadline"])), one["product"])))
            for one in task.also
        ),
        doubts=tuple(known.doubts.get(task.task_id, ())),
    )


def _collectives(words: Sequence[str], leads: Sequence[Member], known: _Known) -> tuple[Collective, ...]:
    """Return the collectives of a cell with those of their members that lead the task as it stands."""
    standing = {one.code: one for one in leads}
    found = []
    for name in words:
        for group, members in resolve(split(name, known.on), known.directory, known.on).groups:
            kept = tuple(standing[one.code] for one in members if one.code in standing)
            if kept:
                found.append(Collective(group.raw, kept))
    return tuple(found)
