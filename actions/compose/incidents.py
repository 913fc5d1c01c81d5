"""What the office hears of a breach of personal data: what is known, how much time is left, what is to be done."""

from actions.compose.parts import Context, Part
from domain.incidents import RULES, Step, countdown, left, said
from domain.notices import Kind
from messages.render import render
from storage import incidents, notices
from storage.types import AnyRow


def incident(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose how breaches stand; one that is closed is not spoken of any more."""
    found = {row.matter_id: incidents.get(context.unit, row.matter_id) for row in rows}
    open_ones = [one for one in found.values() if one is not None and one.closed_at is None]
    closed = {one.id for one in found.values() if one is not None} - {one.id for one in open_ones}
    notices.drop(context.unit, [row.id for row in rows if row.matter_id in closed], "the incident is closed")
    if not open_ones:
        return None
    told = [
        {
            "code": one.code,
            "description": one.description if context.private else "",
            "discovered_at": one.discovered_at,
            "steps": [RULES[step].label for step in left(incidents.marks_of(one))],
            "left": said(countdown(one.discovered_at, context.now))
            if Step.AUTHORITY not in incidents.marks_of(one)
            else "",
        }
        for one in open_ones
    ]
    values = {"incidents": told, "count": len(told)}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values))
