"""What the office urges its agencies to do, and what it passes on inside itself; one part a person."""

from actions.compose.ladder import plans_of
from actions.compose.parts import SHOWN, Context, Part, open_each
from domain.agencies import ASKED_TO_COOPERATE
from domain.assignments import State
from domain.notices import Kind
from messages.render import render
from storage import assignments, notices, urges
from storage.types import AnyRow
from storage.views import details
from storage.views import work as work_views


def urging(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what is urged and still owed; what was reported or asked about meanwhile is dropped with the reason."""
    kept = []
    for row in rows:
        work = context.works.get(row.matter_id)
        if work is None or work.state.suspends_climbing:
            notices.drop(context.unit, [row.id], f"the assignment is {work.state if work else 'gone'}")
        else:
            kept.append(row)
    works = sorted({row.matter_id: context.works[row.matter_id] for row in kept}.values(), key=work_views.order)
    if not works:
        return None
    found = urges.by_ids(context.unit, {row.data["urge"] for row in kept})
    values = {
        "dated": works[:SHOWN],
        "more": works[SHOWN:],
        "count": len(works),
        "day": context.day,
        "plans": plans_of(works),
        "sentences": list(dict.fromkeys(one.sentence for one in found.values() if one.sentence)),
        "cooperates": all(one.relation in ASKED_TO_COOPERATE for one in works),
    }
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), open_each(works[:3]))


def forwarded(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which obstacles a colleague passed on, where they still wait for the office's word."""
    told = []
    for row in rows:
        work = context.works.get(row.matter_id)
        said = assignments.comment_of(context.unit, row.data["comment"])
        if work is None or said is None or work.state is not State.OBSTACLE:
            notices.drop(context.unit, [row.id], "it was answered before")
        else:
            told.append((work, _obstacle(context, work.id), said.text))
    if not told:
        return None
    values = {"told": told, "count": len(told), "day": context.day}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        open_each([work for work, _, _ in told[:5]]),
    )


def _obstacle(context: Context, assignment_id: int) -> str:
    """Return what the agency last said is in the way."""
    said = details.history(context.unit, assignment_id)
    return next((one.text for one in reversed(said) if one.kind == State.OBSTACLE), "")
