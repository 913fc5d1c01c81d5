"""Between a lead agency and those that contribute: the summary at issue, requests and their answers."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from actions.compose.parts import Context, Part, open_each
from domain.buttons import Verb, choice
from domain.notices import Kind
from messages.render import render
from storage import notices, plans
from storage.types import AnyRow
from storage.views import coordination, details, worklists
from storage.views.coordination import Asked


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one agency contributes to one plan: so many tasks, led by these agencies with their counts."""

    agency: str
    plan: tuple[str, str, date | None]
    tasks: int
    leads: tuple[tuple[str, int], ...]


def coordinates(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what an agency contributes to, plan by plan."""
    found = [_contribution(context, row) for row in rows]
    gone = [row.id for row, one in zip(rows, found, strict=True) if one is None]
    notices.drop(context.unit, gone, "nothing of it is open any more")
    told = [one for one in found if one is not None]
    if not told:
        return None
    values = {"told": told, "count": sum(one.tasks for one in told), "leads": _leads(told)}
    choices = (choice("Việc phối hợp", Verb.LIST, "with", 0),)
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def _leads(told: list[Contribution]) -> list[str]:
    return list(dict.fromkeys(name for one in told for name, _ in one.leads))


def _contribution(context: Context, row: AnyRow) -> Contribution | None:
    plan_id = plans.plan_of_task(context.unit, row.matter_id)
    works = worklists.coordinated(context.unit, {row.agency_id}, context.day)
    mine = [work for work in works if work.plan_id == plan_id]
    if not mine:
        return None
    leads = Counter(agency for _, agency in {(work.task_id, work.agency) for work in mine})
    return Contribution(
        agency=details.agency_name(context.unit, row.agency_id),
        plan=(mine[0].plan_kind, mine[0].plan_number, mine[0].plan_date),
        tasks=len({work.task_id for work in mine}),
        leads=tuple(sorted(leads.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def requested(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what others ask for and still wait for."""
    asked = {one.id: one for one in coordination.open_to(context.unit, {row.agency_id for row in rows}, context.day)}
    notices.drop(context.unit, [row.id for row in rows if row.matter_id not in asked], "nothing is waited for any more")
    told = _told(rows, asked, lambda row: int(row.matter_id))
    if not told:
        return None
    values = {"asked": told, "count": len(told), "day": context.day}
    choices = tuple(choice(f"Trả lời {one.lead}", Verb.PROVIDE, one.id) for one in told[:3])
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def provided(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what coordinating agencies have given."""
    told = _ended(context, rows)
    if not told:
        return None
    values = {"asked": told, "count": len(told)}
    works = [context.works[one.assignment_id] for one in told if one.assignment_id in context.works]
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), open_each(works[:3]))


def not_needed(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which requests were taken back."""
    told = _ended(context, rows)
    if not told:
        return None
    values = {"asked": told, "count": len(told)}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values))


def _ended(context: Context, rows: list[AnyRow]) -> list[Asked]:
    found = coordination.by_ids(context.unit, {row.data["request"] for row in rows}, context.day)
    return _told(rows, found, lambda row: int(row.data["request"]))


def _told(rows: list[AnyRow], found: dict[int, Asked], request_of: Callable[[AnyRow], int]) -> list[Asked]:
    """Return each request once, in the order in which it is told."""
    return [found[one] for one in dict.fromkeys(map(request_of, rows)) if one in found]
