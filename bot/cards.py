"""One task as a message: whoever may see it sees the same."""

from collections.abc import Sequence

from actions import sightings
from bot import directing, heads
from bot.desk import Desk, Reply, say
from domain.buttons import Verb, choice
from domain.lateness import Lateness
from domain.outgoing import Choice
from storage.views import cards
from storage.views.indicator_rows import Owed, Standing
from storage.views.work import Work


def when(one: Work, how: Lateness | None = Lateness.LATE) -> str:
    """Return how a task stands, short enough for a choice; `how` tells whose delay it is where it is past its date."""
    if one.state.is_done_by_agency:
        return one.state.label
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
    facts = cards.facts(desk.unit, one, desk.day)
    return say(
        "work/card",
        **facts,
        choices=[
            *choices,
            *_goals(desk, one, facts["goals"]),
            *heads.offered(desk, one),
            *directing.offered(desk, one),
            *_asks(desk, one),
        ],
    )


def _goals(desk: Desk, one: Work, goals: Sequence[tuple[Standing, Owed]]) -> list[Choice]:
    """Return where the figures that stand in the task's words are given, for its own agency and who oversees."""
    viewer = desk.viewer
    if viewer is None or not (viewer.oversees or one.agency_id in viewer.own_agencies):
        return []
    return [
        choice(f"Số liệu chỉ tiêu {goal.code}", Verb.INDICATOR, "of", goal.id, one.agency_id) for goal, _ in goals[:2]
    ]


def _asks(desk: Desk, one: Work) -> list[Choice]:
    """Return what may be asked about a task by its own agency, the office and leaders, not by who contributes."""
    viewer = desk.viewer
    if viewer is None or not (viewer.coordinates or viewer.leads or one.agency_id in viewer.own_agencies):
        return []
    proof = choice("Đã thông báo những gì?", Verb.PROOF, one.id)
    return [choice("Vì sao hạn này?", Verb.WHY, one.id), proof] if one.due_on else [proof]
