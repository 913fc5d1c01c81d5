"""What a flow is made of: the questions it asks, what its preview says, what it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.desk import Desk, Reply

Values = dict[str, Any]
"""What was answered so far, in a form that JSON keeps; also what a template is given."""

Subject = Any
"""What a flow is about, as its table reads it: it has a code and a version."""

Reader = Callable[[Desk, Subject, Values, str], Values]
"""Reads a typed or chosen answer into what is kept of it; raises ActRefused with what is wrong with it."""

Options = Callable[[Desk, Subject, Values], Sequence[tuple[str, str]]]
"""The answers that are offered: (words, value). The reader is given the value of the one that is chosen."""

Shown = Callable[[Desk, Subject, Values], Values]
"""What a template asks for beside what every text of the table is given."""

OFFER = "offer"
"""Stands in what a reader returns where the answer is not one alone: the (words, value) pairs to choose from."""

VERSION = "version"
"""Where the version of what the preview showed stands: whoever was overtaken meanwhile is told."""


def _none(_desk: Desk, _subject: Subject, _data: Values) -> Sequence[tuple[str, str]]:
    return ()


def nothing(_desk: Desk, _subject: Subject, _data: Values) -> Values:
    """Show nothing more."""
    return {}


def _always(_data: Values) -> bool:
    return True


def _never(_desk: Desk, _subject: Subject) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, how an answer is read, what is offered.

    `skip` is the label of the choice that passes it over, and `skipped` what is kept then.
    """

    name: str
    read: Reader
    options: Options = _none
    skip: str = ""
    skipped: Values = field(default_factory=dict)
    wanted: Callable[[Values], bool] = _always
    shown: Shown = nothing
    files: bool = False
    """Whether a file may answer it."""
    must: Callable[[Desk, Subject], bool] = _never
    """Whether it may not be passed over although `skip` is given."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown before anything happens: a template with its values, and the words of the confirmation."""

    template: str
    values: Values
    label: str


@dataclass(frozen=True, slots=True)
class Flow:
    """One thing to be done, as a conversation.

    `opens` returns what it is about if this person may do it now, and raises ActRefused or NotFound where not.
    """

    name: str
    questions: tuple[Question, ...]
    opens: Callable[[Desk, int], Subject]
    preview: Callable[[Desk, Subject, Values], Preview]
    do: Callable[[Desk, Subject, Values], Reply]
    label: str = ""
    """What it is called in the heading of its questions, where they have one template."""
