"""What is said of the internal date ahead of the official one: draft → head → office."""

from actions.compose.ladder import choices_of, plans_of, true_works
from actions.compose.parts import SHOWN, Context, Part
from domain.notices import Kind
from domain.people import Role
from messages.render import render
from storage import calendars, ladders
from storage.types import AnyRow


def internal(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which drafts are wanted by their internal date, or were not reported by it."""
    works = [work for _, work in true_works(context, rows)]
    if not works:
        return None
    under = ladders.of_matters(context.unit, [work.id for work in works])
    calendar = calendars.in_force(context.unit)
    dated = sorted(
        (
            (day, work)
            for work in works
            if work.due_on is not None and (day := under[work.id].internal_day(work.due_on, calendar)) is not None
        ),
        key=lambda pair: (pair[0], pair[1].id),
    )
    values = {
        "drafts": dated[:SHOWN],
        "more": [work for _, work in dated[SHOWN:]],
        "count": len(dated),
        "role": rows[0].role,
        "relation": works[0].relation,
        "agencies": list(dict.fromkeys(work.agency for work in works)),
        "dated": [work for _, work in dated],
        "plans": plans_of(works),
        "day": context.day,
    }
    offered = choices_of(context, kind, works, for_head=rows[0].role == Role.HEAD)
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), offered)
