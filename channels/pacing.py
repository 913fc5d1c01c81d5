"""How fast one account may send: guarded even spacing.

Providers count what arrives at *their* clock, in windows. Starts spaced evenly on our side arrive unevenly,
so a start also waits until the request `per_second` places before it has been answered long enough ago: its
answer is the proof that it was counted, and the least round trip seen is the time that proof cannot have
lost on the way. This pays for jitter only, not for the round trip.

The guarantee rests on one undisturbed round trip among those remembered, and on one Pacer an account.
"""

import math
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.timing import Timer

GUARD = 0.005
"""Seconds added to every window: the least round trip may be a little longer than the least possible one."""

_REMEMBERED = 300
"""Round trips kept to find the least: about ten seconds at full pace, so that a changed route is noticed."""

_SMOOTHING = 1 / 8
"""The weight of the newest round trip in the running mean."""

_ROUNDING = 1e-6
_LATE = 0.02
"""Seconds by which a start may be late and the next ones still be due from when it was."""

_SLACK = 2
"""Requests in flight beyond rate x round trip: what a crash leaves unknown is at most this much more."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a provider allows one account. Published figures, not exact; kept as settings."""

    per_second: float = 30
    """Messages in any second (core.telegram.org/bots/faq, "about 30 messages per second"); `math.inf` for no limit."""
    chat_gap: float = 1.0
    """Seconds between two messages to one chat."""
    group_count: int = 20
    """Messages to one group in any `group_window`."""
    group_window: float = 60.0
    """Seconds."""
    in_flight: int = 64
    """Requests at once, whatever the pace: more than there are connections would wait for one, claimed already."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that would like to start."""

    chat: str
    group: bool


@dataclass(slots=True)
class _Start:
    """One request: when it started and, once known, when it ended."""

    at: float
    answered: float = math.inf


@dataclass(slots=True)
class _Chat:
    """The recent starts to one chat, oldest first; a private chat needs only its last."""

    starts: deque[_Start] = field(default_factory=deque)
    group: bool = False


class Pacer:
    """The moments at which one account's messages may start. Moments are the timer's monotonic seconds.

    Not thread-safe: it belongs to the account's one active sender.
    """

    def __init__(self, timer: Timer, limits: Limits | None = None) -> None:
        self._timer = timer
        self._limits = limits or Limits()
        self._step = 1 / self._limits.per_second
        self._slot = -math.inf
        self._recent: deque[_Start] = deque(maxlen=int(self._limits.per_second) if self._step else 0)
        self._chats: OrderedDict[str, _Chat] = OrderedDict()
        self._stops: dict[str | None, float] = {}
        self._trips: deque[float] = deque(maxlen=_REMEMBERED)
        self._least = 0.0
        self._mean = 0.0
        self._in_flight = 0

    @property
    def in_flight(self) -> int:
        """Requests that have started and not ended."""
        return self._in_flight

    def account_ready_at(self) -> float:
        """Return when the account may start its next message to anyone.

        `math.inf` where an answer must come first: too much is in flight.
        """
        if self._in_flight >= self._most_in_flight():
            return math.inf
        full = len(self._recent) == self._limits.per_second
        guarded = self._after(self._recent[0], 1.0) if full else -math.inf
        return max(self._slot + self._step, guarded, self._stops.get(None, -math.inf))

    def ready_at(self, chat: str, group: bool = False) -> float:
        """Return when a message to this chat may start; in the past or now means at once.

        `math.inf` where an answer must come first: a message to the chat, or too much, is in flight.
        """
        return max(self.account_ready_at(), self._chat_ready_at(chat, group))

    def started(self, chat: str, group: bool = False) -> None:
        """Note that a message to this chat starts now.

        Raises ValueError while another one to the same chat has not ended: their order would be lost.
        """
        known = self._chats.get(chat)
        if known is None:
            known = self._chats[chat] = _Chat(group=group)
        if known.starts and known.starts[-1].answered == math.inf:
            raise ValueError(f"a message to chat {chat} is still in flight")
        start = _Start(self._timer.monotonic())
        self._take_slot(start.at)
        self._recent.append(start)
        known.starts.append(start)
        if len(known.starts) > (self._limits.group_count if group else 1):
            known.starts.popleft()
        self._chats.move_to_end(chat)
        self._in_flight += 1
        self._forget()

    def answered(self, chat: str, measured: bool = True) -> None:
        """Note that the message in flight to this chat has ended, in whatever way.

        `measured` is False where no answer of the provider ended it (connection refused, time-out): the
        span is then no round trip. Raises KeyError where nothing is in flight to the chat.
        """
        known = self._chats.get(chat)
        if known is None or known.starts[-1].answered != math.inf:
            raise KeyError(chat)
        start = known.starts[-1]
        start.answered = self._timer.monotonic()
        self._in_flight -= 1
        if measured:
            self._measure(start.answered - start.at)

    def stop(self, scope: str | None, seconds: float) -> None:
        """Start nothing to this chat, or with None nothing at all, for so many seconds from now.

        A shorter stop never shortens a longer one.
        """
        until = self._timer.monotonic() + seconds
        self._stops[scope] = max(until, self._stops.get(scope, -math.inf))

    def flooded(self, chat: str, seconds: float) -> None:
        """Take in the provider's "too fast, wait": stop the chat, and the account once a second chat is told.

        The provider does not say whom it means. One chat alone is its own fault and must not stall the
        others; two chats at once mean the account.
        """
        now = self._timer.monotonic()
        others = any(scope not in (None, chat) and until > now for scope, until in self._stops.items())
        self.stop(chat, seconds)
        if others:
            self.stop(None, seconds)

    def first_ready(self, waiting: Sequence[Waiting]) -> int | None:
        """Return the place of the first message that may start now, None where nothing may."""
        now = self._timer.monotonic()
        if self.account_ready_at() > now:
            return None
        ready = (place for place, one in enumerate(waiting) if self._chat_ready_at(one.chat, one.group) <= now)
        return next(ready, None)

    def next_at(self, waiting: Sequence[Waiting]) -> float:
        """Return when the first of these may start; `math.inf` where only an answer can free one."""
        account = self.account_ready_at()
        if account == math.inf:
            return account
        return max(account, min((self._chat_ready_at(one.chat, one.group) for one in waiting), default=math.inf))

    def _chat_ready_at(self, chat: str, group: bool) -> float:
        stop = self._stops.get(chat, -math.inf)
        known = self._chats.get(chat)
        if known is None:
            return stop
        spaced = self._after(known.starts[-1], self._limits.chat_gap)
        full = group and len(known.starts) == self._limits.group_count
        windowed = self._after(known.starts[0], self._limits.group_window) if full else -math.inf
        return max(stop, spaced, windowed)

    def _after(self, start: _Start, window: float) -> float:
        """Return when `window` seconds have certainly passed at the provider since it counted this start."""
        return max(start.at, start.answered - self._least) + GUARD + window

    def _take_slot(self, now: float) -> None:
        """Space the next start from when this one was due, so that a late wake-up is not paid for ever.

        Safe, as the windows are kept by the guard; a start late by a whole step, and by `_LATE`, begins anew.
        """
        due = self._slot + self._step
        self._slot = due if now < due + max(self._step, _LATE) else now

    def _most_in_flight(self) -> int:
        if not self._step:
            return self._limits.in_flight
        needed = math.ceil(self._limits.per_second * self._mean - _ROUNDING) + _SLACK
        return min(needed, self._limits.in_flight)

    def _measure(self, trip: float) -> None:
        self._mean += (trip - self._mean) * (_SMOOTHING if self._trips else 1.0)
        forgotten = self._trips[0] if len(self._trips) == _REMEMBERED else math.inf
        self._trips.append(trip)
        self._least = min(self._trips) if len(self._trips) == 1 or forgotten <= self._least else min(self._least, trip)

    def _forget(self) -> None:
        """Drop chats and stops that hold nothing back any more, oldest first: memory stays bounded."""
        now = self._timer.monotonic()
        while self._chats:
            chat, known = next(iter(self._chats.items()))
            window = self._limits.group_window if known.group else self._limits.chat_gap
            if self._after(known.starts[-1], window) > now:
                break
            del self._chats[chat]
        if self._stops:
            self._stops = {scope: until for scope, until in self._stops.items() if until > now}
