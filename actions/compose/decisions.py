"""Between an agency and the coordinating office: later dates, what is not its work, and the office's word."""

from datetime import datetime

from actions.compose.parts import Context, Part, open_each
from domain.assignments import State
from domain.buttons import Verb, choice
from domain.local import today
from domain.notices import Kind
from messages.render import render
from storage import assignments, notices
from storage.types import AnyRow
from storage.views import details
from storage.views import extensions as extension_views


def extension(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which requests for a later date wait for an answer."""
    waiting = {one.id: one for one in extension_views.pending(context.unit)}
    asked = {row.data["extension"]: row for row in rows if row.data["extension"] in waiting}
    notices.drop(
        context.unit, [row.id for row in rows if row.data["extension"] not in waiting], "it was answered before"
    )
    if not asked:
        return None
    values = {"asked": [waiting[one] for one in asked], "count": len(asked)}
    choices = tuple(choice(f"Trả lời {waiting[one].code}", Verb.EXTENSION, one) for one in list(asked)[:5])
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def proposed(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose, for a leader, which requests for a later date the office has put before the leader."""
    waiting = {one.id: one for one in extension_views.for_leader(context.unit, context.person_id)}
    asked = [waiting[one] for one in dict.fromkeys(row.data["extension"] for row in rows) if one in waiting]
    gone = [row.id for row in rows if row.data["extension"] not in waiting]
    notices.drop(context.unit, gone, "it was answered before")
    if not asked:
        return None
    values = {"asked": asked, "count": len(asked)}
    choices = tuple(choice(f"Quyết định {one.code}", Verb.EXTENSION, one.id) for one in asked[:5])
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def extended(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose how requests for a later date were answered."""
    found = extension_views.by_ids(context.unit, [row.data["extension"] for row in rows])
    told = [
        (context.works[row.matter_id], found[row.data["extension"]], _last(context, row.matter_id, "extended"))
        for row in rows
        if row.matter_id in context.works
    ]
    if not told:
        return None
    values = {"told": told, "count": len(told), "day": context.day}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        open_each([work for work, _, _ in told[:3]]),
    )


_OBJECTED = {Kind.OBSTACLE: State.OBSTACLE, Kind.NOT_OURS: State.NOT_OURS}


def objected(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what is in agencies' way, or what they hold is not their work, where it still waits for a word."""
    kept = [row for row in rows if _stands(context, row, _OBJECTED[kind])]
    notices.drop(context.unit, [row.id for row in rows if row not in kept], "it was answered before")
    works = list({row.matter_id: context.works[row.matter_id] for row in kept}.values())
    if not works:
        return None
    values = {
        "works": works,
        "reasons": {work.id: _last(context, work.id, kind.value) for work in works},
        "count": len(works),
        "day": context.day,
    }
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), open_each(works[:5]))


def answered(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose the office's word on obstacles and objections."""
    said = [(row, assignments.comment_of(context.unit, row.data["comment"])) for row in rows]
    told = [
        (context.works[row.matter_id], one) for row, one in said if one is not None and row.matter_id in context.works
    ]
    if not told:
        return None
    values = {"told": told, "count": len(told), "day": context.day}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        open_each([work for work, _ in told if work.state is not State.CANCELLED][:3]),
    )


def waits(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what has waited too long for the office's word, where it still waits."""
    kept = [row for row in rows if _stands(context, row, State(row.data["state"]))]
    notices.drop(context.unit, [row.id for row in rows if row not in kept], "it was answered before")
    if not kept:
        return None
    told = [(context.works[row.matter_id], today(datetime.fromisoformat(row.data["since"]))) for row in kept]
    values = {"told": told, "count": len(told), "day": context.day}
    works = [work for work, _ in told]
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), open_each(works[:5]))


def _stands(context: Context, row: AnyRow, state: State) -> bool:
    work = context.works.get(row.matter_id)
    return work is not None and work.state is state


def _last(context: Context, assignment_id: int, kind: str) -> str:
    """Return the last that was said of an assignment in that way."""
    history = details.history(context.unit, assignment_id)
    return next((one.text for one in reversed(history) if one.kind == kind), "")
