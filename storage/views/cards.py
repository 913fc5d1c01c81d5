"""One task in full, as the chat's card and the pages show it: everything that the card's template asks for."""

from datetime import date
from typing import Any

from domain.deadlines import from_json
from domain.deadlines import say as say_deadline
from storage.database import Unit
from storage.views import coordination, details, extensions, standing
from storage.views.work import Work

SAID = 3
"""So many of the last words about a task are shown."""


def facts(unit: Unit, one: Work, day: date) -> dict[str, Any]:
    """Return the values of the template `work/card`: content, source, deadline, product, who works on it."""
    told = coordination.of_assignment(unit, one.id, day)
    lead, coordinating = details.said_as(unit, one.task_id)
    done, total = details.group_progress(unit, one)
    return {
        "work": one,
        "understood": say_deadline(from_json(one.deadline)),
        "lead": lead,
        "coordinating": coordinating,
        "history": details.history(unit, one.id)[-SAID:],
        "attached": details.attached(unit, one.task_id),
        "evidence": details.evidence_of(unit, one.id),
        "late_how": standing.of(unit, [one], day)[one.id],
        "original": standing.original_dates(unit, [one]).get(one.id),
        "extension": extensions.pending_of(unit, one.id),
        "asked": [each for each in told if each.is_open],
        "done": done,
        "total": total,
        "day": day,
    }
