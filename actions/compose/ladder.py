"""What the ladder says: words of issue, reminders, what is overdue, and what climbs."""

from datetime import date

from actions.compose.parts import SHOWN, Context, Part, accept_all, grouped, open_each
from domain.assignments import State
from domain.buttons import Verb, choice
from domain.ladder import Kind as LadderKind
from domain.notices import Kind
from domain.outgoing import Choice
from domain.people import Role
from messages.render import render
from storage import matters, notices
from storage.types import AnyRow
from storage.views import work as work_views
from storage.views.work import Work

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


def of_the_ladder(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what rungs of one kind say of the assignments that are still to be done."""
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


def _plans(works: list[Work]) -> list[tuple[str, str, date | None]]:
    return list(dict.fromkeys((work.plan_kind, work.plan_number, work.plan_date) for work in works))


def _coordinated(context: Context, works: list[Work]) -> int:
    return work_views.coordinated_by(context.unit, {work.agency_id for work in works})


def _choices(context: Context, kind: Kind, works: list[Work], *, for_head: bool) -> tuple[Choice, ...]:
    if kind is Kind.ESCALATION:
        if len(works) == 1:
            return open_each(works)
        listed = (Verb.LIST, "open", 0) if for_head else (Verb.OFFICE, "late", 0)
        return (choice("Xem việc quá hạn", *listed),)
    waiting = [work for work in works if work.state is State.ASSIGNED]
    if len(waiting) == 1:
        return (choice(f"Đã nhận {waiting[0].code}", Verb.ACCEPT, waiting[0].id), *open_each(works[:3]))
    return (*(accept_all(context, len(waiting)) if waiting else ()), *open_each(works[:3]))
