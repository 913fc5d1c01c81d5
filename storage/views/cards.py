"""One task in full, as the chat's card and the pages show it: everything that the card's template asks for."""

from datetime import date
from typing import Any

from domain.deadlines import from_json
from domain.deadlines import say as say_deadline
from domain.indicators import Verdict
from storage.database import Unit
from storage.views import coordination, details, extensions, indicators, standing
from storage.views.indicator_rows import MISSED_TARGET
from storage.views.work import Work

SAID = 3
"""So many of the last words about a task are shown."""


def facts(unit: Unit, one: Work, day: date) -> dict[str, Any]:
    """Return the values of the template `work/card`: content, source, deadline, product, who works on it."""
    told = coordination.of_assignment(unit, one.id, day)
    lead, coordinating = details.said_as(unit, one.task_id)
    done, reported, total = details.group_progress(unit, one)
    goals = indicators.of_task(unit, one.task_id, one.agency_id)
    owed = [(goal, each) for goal in goals for each in goal.agencies if each.agency_id == one.agency_id]
    missed = one.state.is_done_by_agency and any(each.verdict is Verdict.MISSED for _, each in owed)
    return {
        "work": one,
        "goals": owed,
        "missed": MISSED_TARGET if missed else "",
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
        "reported": reported,
        "total": total,
        "day": day,
    }
