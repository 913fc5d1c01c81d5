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
    EXTEND = "extend"  # extend:<assignment>: ask for a later date
    NOT_OURS = "notours"  # notours:<assignment>
    WITHDRAW = "withdraw"  # withdraw:<assignment>: take back what waits for the office's answer
    ASK = "ask"  # ask:<assignment>: ask a coordinating agency for something
    PARTNER = "partner"  # partner:<agency>: that one is asked
    REQUEST = "request"  # request:<request>: look at it
    PROVIDE = "provide"  # provide:<request>: answer it
    UNASK = "unask"  # unask:<request>: take it back
    EXTENSION = "ext"  # ext:<extension>: what was asked, for the office to answer
    GRANT = "grant"  # grant:<extension>:asked|other
    REFUSE = "refuse"  # refuse:<extension>
    ANSWER = "answer"  # answer:<assignment>: the office answers an obstacle
    KEEP = "keep"  # keep:<assignment>: it stays with its agency
    REASSIGN = "reassign"  # reassign:<assignment>: another agency gets it
    AGENCY = "agency"  # agency:<agency>: this one
    CONFIRM = "confirm"  # the coordinating office confirms a report
    CONFIRM_ALL = "confirmall"  # every report whose result has a number and a date, shown first
    RETURN = "return"
    DATE = "date"  # date:<assignment>: give a task that waits a date
    ROUND = "round"  # round:<assignment>: one more round of a task on occasion
    CHECK_IN = "checkin"  # checkin:<answer>:<agency>
    ALSO = "also"  # also:<assignment>: this evidence completes that one too
    SEAT = "seat"  # seat:<membership>:yes|no
    OFFICE = "office"  # office:<list>:<page>
    DIGEST = "digest"
    PREVIEW = "preview"  # preview:hold|go|drop:<agency or 0 for all>:<day>: what goes to heads and leaders
    CALENDAR = "calendar"  # calendar:show | add | remove:<day or ""> | kind:<kind> | confirm:<year> | page
    WHY = "why"  # why:<assignment>: why its date is what it is
    PROOF = "proof"  # proof:<assignment>: who was told of it, and when
    ABOUT = "about"  # about:<assignment>: what was typed is about this one
    ELSE = "else"  # about none of those that were offered
    FILE = "file"  # file:<bundle>: say what the files that were sent are
    TAKE = "take"  # take:file|typed: which of two numbers of a document holds
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
    SUBSTITUTE = "sub"  # sub:<agency>:<role>: who is to stand in for this seat of mine
    SUBSTITUTE_BY = "subby"  # subby:<person>: this colleague
    SUBSTITUTE_END = "subend"  # subend:<substitution>
    NEWCOMER = "newcomer"  # newcomer:<agency>: a code for somebody new there
    PEOPLE = "people"  # people:<agency or 0>:<page>
    LEAVE = "leave"  # leave:<membership>
    ACCOUNT = "account"  # account:list | account:leave:<chat>
    PREFER = "prefer"  # prefer:menu | order | hours | first:<chat> | within:<from>:<until> | brief:<chat>:on|off
    CLOSING = "closing"  # closing:<plan>: what is unfinished at the year's end
    GROUP = "group"  # group:code:<agency> | group:summary:<chat>:on|off | group:drop:<chat>

    @property
    def only_reads(self) -> bool:
        """Whether choosing it shows something and changes nothing: its answer may take the place of what was shown."""
        return self in _READING


_READING = {
    Verb.LIST,
    Verb.OPEN,
    Verb.WHY,
    Verb.PROOF,
    Verb.REQUEST,
    Verb.EXTENSION,
    Verb.OFFICE,
    Verb.DIGEST,
    Verb.PLANS,
    Verb.PLAN,
    Verb.PEOPLE,
    Verb.CLOSING,
}


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


def choice(label: str, verb: Verb, *args: object, listed: bool = False) -> Choice:
    """Return a choice with that label; `listed` tells that the text says it under its number already."""
    return Choice(label, Button(verb, tuple(str(arg) for arg in args)).pack(), listed)
