"""What a button, or a numbered choice, asks for: a verb and the ids it is about, packed into a short key.

A key grants nothing: whoever sends it is checked against the database where the act happens.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from domain.outgoing import Choice


class Verb(StrEnum):
    """Everything that can be chosen."""

    LIST = "list"  # list:<filter>:<page>
    OPEN = "open"  # open:<assignment>
    ACCEPT = "accept"  # accept:<assignment>
    ACCEPT_ALL = "acceptall"  # acceptall:<message> or acceptall:0 for everything
    DONE = "done"  # done:<assignment>
    PROGRESS = "progress"
    OBSTACLE = "obstacle"
    CONFIRM = "confirm"  # the coordinating office confirms a report
    RETURN = "return"
    DATE = "date"  # date:<assignment>: give a task that waits a date
    ROUND = "round"  # round:<assignment>: one more round of a task on occasion
    CHECK_IN = "checkin"  # checkin:<answer>:<agency>
    ALSO = "also"  # also:<assignment>: this evidence completes that one too
    SEAT = "seat"  # seat:<membership>:yes|no
    OFFICE = "office"  # office:<list>:<page>
    DIGEST = "digest"
    CASE_KIND = "kind"  # kind:<case kind>
    AGREE = "agree"
    SKIP = "skip"
    YES = "yes"  # yes:<the question>[:<assignment>], so that an old message answers no other question
    BACK = "back"
    CANCEL = "cancel"
    FEEDBACK = "feedback"
    PLANS = "plans"  # plans:<page>
    PLAN = "plan"  # plan:<plan>
    PLAN_PAGE = "planpage"  # planpage:<plan>: a link to its web page
    DOUBTS = "doubts"  # doubts:<plan>: go through what is asked about it
    SETTLE = "settle"  # settle:<plan>:<doubt>:<number of the offered answer>
    KEEP_REST = "keeprest"  # keeprest:<plan>
    ISSUE = "issue"  # issue:<plan>: show what would be issued
    INTAKE = "intake"  # the file that was sent is a plan


@dataclass(frozen=True, slots=True)
class Button:
    """One choice: the verb and its arguments (ids or short words)."""

    verb: Verb
    args: tuple[str, ...] = ()

    def pack(self) -> str:
        """Return the key."""
        return ":".join((self.verb, *self.args))

    @classmethod
    def unpack(cls, key: str) -> Self | None:
        """Return the button behind a key, None for a key this program does not know (any longer)."""
        verb, *args = key.split(":")
        return cls(Verb(verb), tuple(args)) if verb in set(Verb) else None

    def number(self, at: int = 0) -> int:
        """Return an argument as a number, 0 where it is none: no row has that id."""
        text = self.args[at] if len(self.args) > at else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def word(self, at: int = 0) -> str:
        """Return an argument as a word, "" where it is missing."""
        return self.args[at] if len(self.args) > at else ""


def choice(label: str, verb: Verb, *args: object) -> Choice:
    """Return a choice with that label."""
    return Choice(label, Button(verb, tuple(str(arg) for arg in args)).pack())
