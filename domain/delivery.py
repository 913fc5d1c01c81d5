"""How one message to one chat ends, and what follows from that.

`sendMessage` has no idempotency key, so three endings must be kept apart: it arrived, it certainly did not,
and nobody can know.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """The life of an outbox row."""

    WAITING = "waiting"
    SENDING = "sending"  # claimed: it may have left
    SENT = "sent"
    UNKNOWN = "unknown"  # the answer was lost: it may have arrived
    FAILED = "failed"
    CANCELLED = "cancelled"  # what it said was no longer true when its turn came

    @property
    def is_final(self) -> bool:
        """Whether the row will never be sent again."""
        return self in {State.SENT, State.FAILED, State.CANCELLED, State.UNKNOWN}


class Reason(StrEnum):
    """Why a provider refused."""

    BLOCKED = "blocked"  # the person blocked us, or the chat is gone: the address is dead
    MOVED = "moved"  # a group became a supergroup: the new address is told
    FLOOD = "flood"  # too fast: wait as long as told
    UNREACHED = "unreached"  # the request did not leave this machine
    BROKEN = "broken"  # the provider says the message itself is wrong
    ACCOUNT = "account"  # our own token is refused: an operator must act


@dataclass(frozen=True, slots=True)
class Delivered:
    """The provider took the message and named it. `said` is what left where that is not the message's own text."""

    provider_id: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The message certainly did not arrive. `retry_after` is in seconds."""

    reason: Reason
    detail: str = ""
    retry_after: float | None = None
    new_chat: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left and no answer came back that says what became of it."""

    detail: str = ""


Outcome = Delivered | Refused | Unknown


LATER = "said in a later message"
"""The error of a message that was taken back before it left: what was still true of it went into a later one."""
NOT_COMPOSED = "compose"
"""Stands for a reason in the error of a message whose text could not be made."""


def told(outcome: Refused | Unknown) -> str:
    """Return an ending as the outbox keeps it: the reason's name, then the provider's words."""
    reason = outcome.reason.value if isinstance(outcome, Refused) else State.UNKNOWN.value
    return f"{reason}: {outcome.detail}"[:500]


def reason_of(error: str | None) -> str:
    """Return the reason's name out of what `told` wrote, "" where nothing is written."""
    return (error or "").partition(":")[0]


UNKNOWN_TRIES = 2
"""An ambiguous sending is repeated once, marked "(nhắc lại)", then left as unknown."""

_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=10)


def backoff(failures: int) -> timedelta:
    """Return how long to wait after the n-th failure in a row: 2 s, doubling, at most 10 minutes."""
    return min(_FIRST_WAIT * (1 << min(failures - 1, 12)), _LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a row after an outcome: its state, and the wait where it goes again."""

    state: State
    wait: timedelta = timedelta(0)
    endpoint_dead: bool = False
    repeat: bool = False
    """True where the next attempt must carry "(nhắc lại)"."""
    plainly: bool = False
    """True where the next attempt must do without heading and buttons: the provider took offence at something."""
    elsewhere: bool = False
    """True where only another chat of the person can still take the message."""


def after(outcome: Outcome, attempts: int, unknowns: int, *, plain: bool = False) -> Next:
    """Decide what follows one attempt.

    `attempts` counts this row's attempts so far, `unknowns` those of them that ended ambiguously, both
    including this one; `plain` tells that this attempt was bare text already.
    """
    match outcome:
        case Delivered():
            return Next(State.SENT)
        case Unknown():
            if unknowns >= UNKNOWN_TRIES:
                return Next(State.UNKNOWN)
            return Next(State.WAITING, backoff(unknowns), repeat=True)
        case Refused(Reason.BLOCKED):
            return Next(State.FAILED, endpoint_dead=True)
        case Refused(Reason.BROKEN):
            return Next(State.FAILED, elsewhere=True) if plain else Next(State.WAITING, plainly=True)
        case Refused(Reason.FLOOD, retry_after=float(seconds)):
            return Next(State.WAITING, timedelta(seconds=seconds))
        case Refused(Reason.MOVED):
            return Next(State.WAITING)
        case _:
            return Next(State.WAITING, backoff(attempts))
