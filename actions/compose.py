"""Composing one message from a person's notices, at the moment it is about to leave.

Each kind of notice has a template; a notice whose matter has moved on since is dropped with the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.assignments import State
from domain.buttons import Verb, choice
from domain.checkins import KINDS, Answer, quarter
from domain.duties import KINDS_WITHOUT_DATE
from domain.ladder import Kind as LadderKind
from domain.local import today
from domain.notices import Kind, weight
from domain.outgoing import Capabilities, Choice, Message
from domain.people import Role
from messages.render import render
from storage import matters, notices, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import cases as case_views
from storage.views import digest as digest_views
from storage.views import office as office_views
from storage.views import work as work_views
from storage.views.work import Work

SHOWN = 15
"""So many tasks are told one by one in a part of a message; of the others codes and dates only."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every composer may look at."""

    unit: Unit
    outbox_id: int
    person_id: int
    now: datetime
    works: dict[int, Work]
    private: bool
    """Whether what citizens wrote may leave by the channel the message takes."""

    @property
    def day(self) -> date:
        """The day on which the message is read."""
        return today(self.now)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one kind: what the head line counts, the text, the choices that fit it."""

    headline: str
    text: str
    choices: tuple[Choice, ...] = ()
    alone: bool = False
    """Whether the part, when it is the only one, needs no head line."""


def bundle(unit: Unit, outbox_id: int, person_id: int, can: Capabilities, now: datetime) -> Message | None:
    """Return the one message for a person's notices, None where nothing of them is true any more."""
    rows = notices.of_message(unit, outbox_id)
    works = work_views.by_ids(unit, [row.matter_id for row in rows if row.matter_id], today(now))
    context = Context(unit, outbox_id, person_id, now, works, can.private)
    parts = [part for kind, group in _by_kind(rows) if (part := _part(context, kind, group)) is not None]
    if not parts:
        return None
    choices = _one_acceptance(context, parts) if can.buttons else ()
    if len(parts) == 1 and parts[0].alone:
        return Message(parts[0].text, choices, numbered=False)
    head = render("bundle", office=office_views.name(unit), headlines=[part.headline for part in parts])
    texts = [part.text for part in parts] if len(parts) > 1 else [_without_heading(parts[0].text)]
    text = "\n\n".join(filter(None, (head, *texts, _foot(unit, rows))))
    return Message(text, choices, numbered=False)


def _without_heading(text: str) -> str:
    """Return the text of an only part without its heading in capitals: the head line says it already."""
    first, _, rest = text.partition("\n")
    return rest.strip() if first.isupper() else text


_TO_BE_DONE = (Kind.ASSIGNED, Kind.REMINDER, Kind.OVERDUE, Kind.RETURNED)


def _foot(unit: Unit, rows: Sequence[AnyRow]) -> str:
    """Return how to answer, for who has something to do, and whom to ask, for who is not the office itself."""
    officer = any(row.role == Role.OFFICER and row.kind in _TO_BE_DONE for row in rows)
    outside = any(row.role in {Role.OFFICER, Role.HEAD} for row in rows)
    return render("bundle_foot", officer=officer, hotline=office_views.hotline(unit) if outside else "")


def _by_kind(rows: Sequence[AnyRow]) -> list[tuple[Kind, list[AnyRow]]]:
    kinds: dict[Kind, list[AnyRow]] = {}
    for row in rows:
        kinds.setdefault(Kind(row.kind), []).append(row)
    return sorted(kinds.items(), key=lambda pair: weight(pair[0]))


def _part(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    return _COMPOSERS[kind](context, kind, rows)


_OF_A_DATE = {Kind.REMINDER, Kind.OVERDUE, Kind.ESCALATION}
"""What is said because of one due date, and of that one only."""


def _true_works(context: Context, rows: list[AnyRow]) -> list[tuple[AnyRow, Work]]:
    """Return the notices of assignments still to be done by the date they speak of; drop the others with the reason."""
    kept: list[tuple[AnyRow, Work]] = []
    versions = matters.due_versions_of(context.unit, [row.matter_id for row in rows])
    for row in rows:
        if row.kind in _OF_A_DATE and not row.occasion.endswith(f":due{versions.get(row.matter_id)}"):
            notices.drop(context.unit, [row.id], "the date has moved")
            continue
        work = context.works.get(row.matter_id)
        rests = work is None or (
            work.state.suspends_climbing if row.kind == LadderKind.ESCALATION else work.state.suspends_reminders
        )
        if work is None or rests:
            notices.drop(context.unit, [row.id], f"the assignment is {work.state if work else 'gone'}")
        else:
            kept.append((row, work))
    return kept


def _sorted(works: list[Work]) -> list[Work]:
    return sorted(works, key=lambda work: (work.due_on is None, work.due_on or date.max, work.id))


def _ladder(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    kept = _true_works(context, rows)
    if not kept:
        return None
    works = _sorted([work for _, work in kept])
    dated = [work for work in works if work.due_on is not None]
    undated = [work for work in works if work.due_on is None]
    values = {
        "dated": dated[:SHOWN],
        "more": dated[SHOWN:],
        "groups": grouped(dated),
        "undated": undated,
        "count": len(works),
        "day": context.day,
        "role": kept[0][0].role,
        "relation": works[0].relation,
        "plans": _plans(works),
        "agencies": list(dict.fromkeys(work.agency for work in works)),
        "coordinated": _coordinated(context, works) if kind is Kind.ASSIGNED else 0,
        "head_hears": work_views.head_hears(context.unit, [work.id for work in works]),
    }
    offered = _choices(context, kind, works, for_head=values["role"] == Role.HEAD)
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), offered)


@dataclass(frozen=True, slots=True)
class Group:
    """One task with the same last day in several agencies, told once."""

    content: str
    due_on: date | None
    deadline_raw: str
    late_days: int
    works: tuple[Work, ...]


def grouped(works: Sequence[Work]) -> list[Group]:
    """Return the works by task and last day, in the order in which they first stand."""
    found: dict[tuple[int, date | None], list[Work]] = {}
    for one in works:
        found.setdefault((one.task_id, one.due_on), []).append(one)
    return [
        Group(group[0].content, group[0].due_on, group[0].deadline_raw, group[0].standing.late_days, tuple(group))
        for group in found.values()
    ]


def _plans(works: list[Work]) -> list[tuple[str, str, date | None]]:
    return list(dict.fromkeys((work.plan_kind, work.plan_number, work.plan_date) for work in works))


def _coordinated(context: Context, works: list[Work]) -> int:
    return work_views.coordinated_by(context.unit, {work.agency_id for work in works})


def _choices(context: Context, kind: Kind, works: list[Work], *, for_head: bool) -> tuple[Choice, ...]:
    if kind is Kind.ESCALATION:
        if len(works) == 1:
            return _open(works)
        listed = (Verb.LIST, "open", 0) if for_head else (Verb.OFFICE, "late", 0)
        return (choice("Xem việc quá hạn", *listed),)
    waiting = [work for work in works if work.state is State.ASSIGNED]
    if len(waiting) == 1:
        return (choice(f"Đã nhận {waiting[0].code}", Verb.ACCEPT, waiting[0].id), *_open(works[:3]))
    return (*(_accept_all(context, len(waiting)) if waiting else ()), *_open(works[:3]))


def _accept_all(context: Context, count: int) -> tuple[Choice, ...]:
    return (choice(f"Đã nhận tất cả ({count} việc)", Verb.ACCEPT_ALL, context.outbox_id),)


def _one_acceptance(context: Context, parts: Sequence[Part]) -> tuple[Choice, ...]:
    """Return the parts' choices, with one button for all that waits to be accepted where several parts have one."""
    every = [one for part in parts for one in part.choices]
    accepting = [one for one in every if one.key.split(":")[0] in {Verb.ACCEPT, Verb.ACCEPT_ALL}]
    if len(accepting) < 2:
        return tuple(every)
    waiting = sum(work.state is State.ASSIGNED for work in context.works.values())
    return (*_accept_all(context, waiting), *(one for one in every if one not in accepting))


def _open(works: Sequence[Work]) -> tuple[Choice, ...]:
    return tuple(choice(f"Mở {work.code}", Verb.OPEN, work.id) for work in works)


def _about_works(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what is said of assignments whatever became of them since, save a report that waits no more."""
    answered = [row.id for row in rows if kind is Kind.REPORTED and not _waits(context, row)]
    notices.drop(context.unit, answered, "the report was answered before")
    works = [context.works[row.matter_id] for row in rows if row.matter_id in context.works and row.id not in answered]
    if not works:
        return None
    reasons = {
        work.id: next(
            (one.text for one in reversed(work_views.history(context.unit, work.id)) if one.kind in _REASON[kind]), ""
        )
        for work in works
    }
    values = {"works": works, "reasons": reasons, "count": len(works), "day": context.day}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), _open(works[:5]))


def _waits(context: Context, row: AnyRow) -> bool:
    work = context.works.get(row.matter_id)
    return work is not None and work.state is State.REPORTED


_REASON: dict[Kind, frozenset[str]] = {
    Kind.RETURNED: frozenset({"return"}),
    Kind.OBSTACLE: frozenset({"obstacle"}),
    Kind.CONFIRMED: frozenset(),
    Kind.REPORTED: frozenset(),
}


def _amended(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    told = [(context.works[row.matter_id], row.data) for row in rows if row.matter_id in context.works]
    values = {"told": told, "count": len(told), "day": context.day}
    works = [work for work, data in told if not data["cancelled"]]
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), _open(works[:3]))


def _join_request(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    waiting = {row.id: row for row in office_views.pending(context.unit)}
    asked = [waiting[row.data["membership"]] for row in rows if row.data["membership"] in waiting]
    settled = [row.id for row in rows if row.data["membership"] not in waiting]
    notices.drop(context.unit, settled, "the request was decided before")
    if not asked:
        return None
    requests = [(row, Role(row.role).label) for row in asked]
    choices = tuple(
        one
        for row in asked[:4]
        for one in (
            choice(f"Đồng ý: {row.person}", Verb.SEAT, row.id, "yes"),
            choice(f"Từ chối: {row.person}", Verb.SEAT, row.id, "no"),
        )
    )
    values = {"requests": requests, "count": len(requests)}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def _seated(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    seats = [(people.membership(context.unit, row.data["membership"]), row.data["agreed"]) for row in rows]
    told = [(row, Role(row.role), agreed) for row, agreed in seats if row is not None]
    values = {"seats": told, "count": len(told)}
    choices = (choice("Xem tổng hợp", Verb.DIGEST),) if any(agreed for _, _, agreed in told) else ()
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def _new_case(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    found = [case_views.by_id(context.unit, row.matter_id) for row in rows]
    cases = [one for one in found if one is not None]
    values = {"cases": cases, "count": len(cases), "day": context.day, "private": context.private}
    if not cases:
        return None
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem phản ánh, kiến nghị", Verb.OFFICE, "cases", 0),),
    )


def _unreachable(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    viewers = [people.viewer(context.unit, row.data["person"]) for row in rows]
    values = {"viewers": viewers, "count": len(viewers)}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem nơi chưa liên lạc được", Verb.OFFICE, "unreached", 0),),
    )


def _ask_date(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    works = work_views.undated(context.unit, KINDS_WITHOUT_DATE, context.day)
    if not works:
        notices.drop(context.unit, [row.id for row in rows], "nothing waits for a date any more")
        return None
    notices.keep_data(context.unit, [row.id for row in rows], {"works": [one.id for one in works]})
    groups = grouped(works)
    values = {"groups": groups[:SHOWN], "more": len(groups[SHOWN:]), "count": len(groups), "day": context.day}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem việc chưa có hạn", Verb.OFFICE, "undated", 0),),
    )


def _check_in(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    parts = []
    choices: list[Choice] = []
    for row in rows:
        works = [one for one in work_views.undated(context.unit, KINDS, context.day) if one.agency_id == row.agency_id]
        notices.keep_data(context.unit, [row.id], {"works": [one.id for one in works]})
        if not works:
            notices.drop(context.unit, [row.id], "nothing without a date is open any more")
            continue
        parts.append(render(f"notices/{kind}", works=works[:SHOWN], more=works[SHOWN:], agency=works[0].agency))
        choices += [choice(answer.label, Verb.CHECK_IN, answer.value, row.agency_id) for answer in Answer]
    if not parts:
        return None
    return Part(render(f"headlines/{kind}", quarter=quarter(context.day)), "\n\n".join(parts), tuple(choices))


def _digest(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:  # noqa: ARG001
    text, choices = digest_text(context.unit, context.day)
    return Part(render(f"headlines/{kind}"), text, choices, alone=True)


def digest_text(unit: Unit, day: date) -> tuple[str, tuple[Choice, ...]]:
    """Return the leaders' digest of a day and its choices, also for who asks for it in between."""
    digest = digest_views.of_day(unit, day)
    text = render("notices/digest", digest=digest, shown=5)
    choices = (choice("Việc quá hạn theo cơ quan", Verb.OFFICE, "late", 0),) if digest.late else ()
    return text, choices


_COMPOSERS: dict[Kind, Callable[[Context, Kind, list[AnyRow]], Part | None]] = {
    Kind.ASSIGNED: _ladder,
    Kind.REMINDER: _ladder,
    Kind.OVERDUE: _ladder,
    Kind.ESCALATION: _ladder,
    Kind.RETURNED: _about_works,
    Kind.CONFIRMED: _about_works,
    Kind.AMENDED: _amended,
    Kind.REPORTED: _about_works,
    Kind.OBSTACLE: _about_works,
    Kind.JOIN_REQUEST: _join_request,
    Kind.SEATED: _seated,
    Kind.NEW_CASE: _new_case,
    Kind.UNREACHABLE: _unreachable,
    Kind.ASK_DATE: _ask_date,
    Kind.CHECK_IN: _check_in,
    Kind.DIGEST: _digest,
}
