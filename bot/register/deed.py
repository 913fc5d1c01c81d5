"""What an act of the coordinating office on a case is made of: its questions, what its preview says, what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.acts.flow import Question, Shown, Values, nothing
from bot.desk import Desk
from domain.cases.lifecycle import Act
from domain.people import Viewer
from storage.views import AnyRow

Hints = Callable[[Desk, AnyRow], list[str]]
"""What must be read before answering; it may hold words of people, so it leaves by private channels alone."""

Does = Callable[[Desk, Viewer, AnyRow, Values], Mapping[str, Any] | None]
"""What is done; it may return what the answer says beside what the preview said."""


def hinted(hints: Hints) -> Shown:
    """Return what shows hints before a question."""

    def shown(desk: Desk, case: AnyRow, _data: Values) -> Values:
        return {"hints": hints(desk, case) if desk.can.private else []}

    return shown


def _fits_always(_desk: Desk, _case: AnyRow) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of the coordinating office on a case.

    `act` is the move of the lifecycle that it needs, None where it moves nothing; `fits` tells the rest of when it is
    offered. Previews are `register/confirm_<name>`, answers `register/done_<name>`.
    """

    name: str
    label: str
    sure: str
    do: Does
    act: Act | None = None
    questions: tuple[Question, ...] = ()
    shown: Shown = nothing
    fits: Callable[[Desk, AnyRow], bool] = _fits_always
    sealed: bool = False
    """Whether its answer holds personal data, which is kept sealed."""
