"""What the ladder says: words of issue, reminders, what is overdue, and what climbs."""

from datetime import date

from actions.compose.parts import SHOWN, Context, Part, accept_all, grouped, open_each
from domain.assignments import State
from domain.buttons import Verb, choice
from domain.notices import Kind
from domain.outgoing import Choice
from domain.people import Role
from messages.render import render
from storage import agencies, notices
from storage.types import AnyRow
from storage.views import details
from storage.views.work import Work

_OF_A_DATE = {Kind.REMINDER, Kind.INTERNAL, Kind.OVERDUE, Kind.ESCALATION}
"""What is said because of one due date, and of that one only."""


def true_works(context: Context, rows: list[AnyRow]) -> list[tuple[AnyRow, Work]]:
    """Return the notices of assignments still to be done by the date they speak of; drop the others with the reason."""
    kept: list[tuple[AnyRow, Work]] = []
    for row in rows:
        work = context.works.get(row.matter_id)
        if work is not None and row.kind in _OF_A_DATE and not row.occasion.endswith(f":due{work.due_version}"):
            notices.drop(context.unit, [row.id], "the date has moved")
            continue
        rests = work is None or (
            work.state.suspends_reminders if row.role == Role.OFFICER else work.state.suspends_climbing
        )
        if work is None or rests:
            notices.drop(context.unit, [row.id], f"the assignment is {work.state if work else 'gone'}")
        else:
            kept.append((row, work))
    return kept


def _sorted(works: list[Work]) -> list[Work]:
    return sorted(works, key=lambda work: (work.due_on is None, work.due_on or date.max, work.id))


def of_the_ladder(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what rungs of one kind say of the assignments that are still to be done."""
    kept = true_works(context, rows)
    if not kept:
        return None
    works = _sorted([work for _, work in kept])
    office = agencies.coordinating_id(context.unit) if kind is Kind.ESCALATION else None
    dated = [work for work in works if work.due_on is not None]
    undated = [work for work in works if work.due_on is None]
    values = {
        "dated": dated[:SHOWN],
        "more": dated[SHOWN:],
        "groups": grouped([work for work in dated if work.agency_id != office]),
        "own": [work for work in dated if work.agency_id == office],
        "undated": undated,
        "count": len(works),
        "day": context.day,
        "role": kept[0][0].role,
        "relation": works[0].relation,
        "plans": plans_of(works),
        "agencies": list(dict.fromkeys(work.agency for work in works)),
        "head_hears": _head_hears(context, works) if kind is Kind.OVERDUE else None,
    }
    offered = choices_of(context, kind, works, for_head=values["role"] == Role.HEAD)
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), offered)


def _head_hears(context: Context, works: list[Work]) -> date | None:
    return details.head_hears(context.unit, [work.id for work in works])


def plans_of(works: list[Work]) -> list[tuple[str, str, date | None]]:
    """Return the documents that give these works (kind, number, date), each once."""
    return list(dict.fromkeys((work.plan_kind, work.plan_number, work.plan_date) for work in works))


def choices_of(context: Context, kind: Kind, works: list[Work], *, for_head: bool) -> tuple[Choice, ...]:
    """Return what can be done about these works by whom they are told to."""
    if for_head and kind is Kind.INTERNAL:
        return open_each(works[:3])
    if kind is Kind.ESCALATION:
        if len(works) == 1:
            return open_each(works)
        listed = (Verb.LIST, "open", 0) if for_head else (Verb.OFFICE, "late", 0)
        return (choice("Xem việc quá hạn", *listed),)
    waiting = [work for work in works if work.state is State.ASSIGNED]
    if len(waiting) == 1:
        return (choice(f"Đã nhận {waiting[0].code}", Verb.ACCEPT, waiting[0].id), *open_each(works[:3]))
    return (*(accept_all(context, len(waiting)) if waiting else ()), *open_each(works[:3]))
