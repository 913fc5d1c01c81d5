"""One task as a message: whoever may see it sees the same."""

from collections.abc import Sequence

from bot.desk import Desk, Reply, say
from domain.deadlines import from_json
from domain.deadlines import say as say_deadline
from domain.outgoing import Choice
from storage.views import work
from storage.views.work import Work

SAID = 3
"""So many of the last words about a task are shown."""


def show(desk: Desk, one: Work, choices: Sequence[Choice]) -> Reply:
    """Show a task in full: content, source, deadline as said and as understood, product, who works on it."""
    lead, coordinating = work.said_as(desk.unit, one.task_id)
    done, total = work.group_progress(desk.unit, one)
    return say(
        "work/card",
        work=one,
        understood=say_deadline(from_json(one.deadline)),
        lead=lead,
        coordinating=coordinating,
        history=work.history(desk.unit, one.id)[-SAID:],
        attached=work.attached(desk.unit, one.task_id),
        evidence=work.evidence_of(desk.unit, one.id),
        done=done,
        total=total,
        day=desk.day,
        choices=choices,
    )
