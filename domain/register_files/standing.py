"""Where a case of this register stands, in the steps that registers have in common."""

from collections.abc import Mapping
from datetime import date

from domain.cases.lifecycle import State
from domain.register_files.states import Stage

_STAGES: Mapping[State, Stage] = {
    State.WAITING_RECEPTION: Stage.RECEIVED,
    State.SUPPLEMENT_ASKED: Stage.RECEIVED,
    State.CLASSIFYING: Stage.RECEIVED,
    State.REFUSED: Stage.REFUSED,
    State.GUIDED: Stage.REFUSED,
    State.FORWARDED: Stage.FORWARDED,
    State.FORWARDED_OUTSIDE: Stage.FORWARDED,
    State.RETURN_ASKED: Stage.FORWARDED,
    State.IN_PROGRESS: Stage.FORWARDED,
    State.CLARIFYING: Stage.FORWARDED,
    State.COLLECTED: Stage.FORWARDED,
    State.AWAITING_APPROVAL: Stage.FORWARDED,
    State.REOPENED: Stage.FORWARDED,
    State.ANSWERED: Stage.ANSWERED,
    State.PUBLISHED: Stage.ANSWERED,
    State.MERGED: Stage.FORWARDED,
    State.WITHDRAWN: Stage.WITHDRAWN,
    State.ARCHIVED: Stage.REFUSED,
}


def stage_here(state: State, *, answered_on: date | None, posted_on: date | None) -> Stage:
    """Return how far a case has come here.

    What was answered once stays answered, also where its sender reported again: an old answer in a list is no news.
    `posted_on` is the day on which the answer was put on the other system's page.
    """
    if answered_on is not None and state is not State.WITHDRAWN:
        return Stage.PUBLISHED if posted_on is not None else Stage.ANSWERED
    return _STAGES[state]


def follows_another(state: State) -> bool:
    """Whether a list says nothing to a case: it was merged into another, or put away."""
    return state in {State.MERGED, State.ARCHIVED}
