"""What an act on a case is made of: the questions it asks, what its preview says, what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.desk import Desk
from bot.register.answers import Data
from domain.cases.lifecycle import Act
from domain.people import Viewer
from storage.views import AnyRow

Reader = Callable[[Desk, Data, str], Data]
Options = Callable[[Desk, AnyRow, Data], list[tuple[str, str]]]
"""The answers that are offered: (words, value)."""
Hints = Callable[[Desk, AnyRow, Data], list[str]]
Values = Mapping[str, Any]
Shown = Callable[[Desk, AnyRow, Data], Values]
"""What the templates of a deed ask for beside the case itself."""
Does = Callable[[Desk, Viewer, AnyRow, Data], Values | None]
"""What is done; it may return what the answer says beside what the preview said."""


Fits = Callable[[Desk, AnyRow], bool]


def _none(_desk: Desk, _case: AnyRow, _data: Data) -> list[tuple[str, str]]:
    return []


def silent(_desk: Desk, _case: AnyRow, _data: Data) -> list[str]:
    """Say nothing before a question."""
    return []


def _always(_data: Data) -> bool:
    return True


def _fits_always(_desk: Desk, _case: AnyRow) -> bool:
    return True


def nothing(_desk: Desk, _case: AnyRow, _data: Data) -> Values:
    """Show nothing beside the case."""
    return {}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name in `register/ask`, how the answer is read, what is offered.

    `skip` is the label of the choice that leaves it out; the reader is then given "".
    """

    name: str
    read: Reader
    options: Options = _none
    skip: str = ""
    wanted: Callable[[Data], bool] = _always
    hints: Hints = silent
    """What must be read before answering; it may hold words of people, so it leaves by private channels alone."""


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
    fits: Fits = _fits_always
    sealed: bool = False
    """Whether its answer holds personal data, which is kept sealed."""
