"""One task as a message: whoever may see it sees the same."""

from collections.abc import Sequence

from actions import sightings
from bot.desk import Desk, Reply, say
from domain.buttons import Verb, choice
from domain.deadlines import from_json
from domain.deadlines import say as say_deadline
from domain.lateness import Lateness
from domain.outgoing import Choice
from storage.views import coordination, extensions, standing, work
from storage.views.work import Work

SAID = 3
"""So many of the last words about a task are shown."""


def when(one: Work, how: Lateness | None = Lateness.LATE) -> str:
    """Return how a task stands, short enough for a choice; `how` tells whose delay it is where it is past its date."""
    if one.state.is_done_by_agency:
        return "đã báo cáo"
    if one.is_late and how is not None and how is not Lateness.LATE:
        return how.label
    if one.is_late:
        return f"quá hạn {one.standing.late_days} ngày"
    return f"hạn {one.due_on:%d/%m}" if one.due_on else "không có hạn"


def show(desk: Desk, one: Work, choices: Sequence[Choice]) -> Reply:
    """Show a task in full: content, source, deadline as said and as understood, product, who works on it.

    That this person has seen it is noted: it proves that the notice arrived.
    """
    sightings.saw(desk.unit, desk.viewer, one.id, desk.now)
    told = coordination.of_assignment(desk.unit, one.id, desk.day)
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
        late_how=standing.of(desk.unit, [one], desk.day)[one.id],
        original=standing.original_dates(desk.unit, [one]).get(one.id),
        extension=extensions.pending_of(desk.unit, one.id),
        asked=[each for each in told if each.is_open],
        done=done,
        total=total,
        day=desk.day,
        choices=[*choices, *_asks(desk, one)],
    )


def _asks(desk: Desk, one: Work) -> list[Choice]:
    """Return what may be asked about a task by its own agency, the office and leaders, not by who contributes."""
    viewer = desk.viewer
    if viewer is None or not (viewer.coordinates or viewer.leads or one.agency_id in viewer.own_agencies):
        return []
    proof = choice("Đã thông báo những gì?", Verb.PROOF, one.id)
    return [choice("Vì sao hạn này?", Verb.WHY, one.id), proof] if one.due_on else [proof]
