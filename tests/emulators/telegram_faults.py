"""Ways in which the emulated server can fail on demand, and the flood limits it can hold to."""

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from tests.emulators.telegram_rules import Refusal


class Ending(Enum):
    """How the connection ends once the fault struck."""

    ANSWER = "answer"
    HTML = "html"  # a gateway's page instead of JSON
    EMPTY = "empty"  # JSON, but not the Bot API's
    RESET = "reset"
    SILENCE = "silence"  # no answer until the server stops


@dataclass(frozen=True, slots=True)
class Kind:
    """One fault: `accepts` says whether the request takes effect all the same."""

    status: int = 0
    description: str = ""
    ending: Ending = Ending.ANSWER
    accepts: bool = False


KINDS: dict[str, Kind] = {
    "flood": Kind(429, "Too Many Requests: retry after {retry_after}"),
    "flood_html": Kind(429, "Too Many Requests", Ending.HTML),
    "blocked": Kind(403, "Forbidden: bot was blocked by the user"),
    "deactivated": Kind(403, "Forbidden: user is deactivated"),
    "kicked": Kind(403, "Forbidden: bot was kicked from the supergroup chat"),
    "uninitiated": Kind(403, "Forbidden: bot can't initiate conversation with a user"),
    "lost": Kind(400, "Bad Request: chat not found"),
    "muted": Kind(400, "Bad Request: not enough rights to send text messages to the chat"),
    "moved": Kind(400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "entities": Kind(400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    "unauthorized": Kind(401, "Unauthorized"),
    "conflict": Kind(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    "large": Kind(413, "Request Entity Too Large"),
    "error": Kind(500, "Internal Server Error"),
    "error_after": Kind(500, "Internal Server Error", accepts=True),
    "gateway": Kind(502, "Bad Gateway", Ending.HTML),
    "portal": Kind(200, "Xin chào", Ending.HTML),
    "empty": Kind(200, "", Ending.EMPTY),
    "redirect": Kind(302, "Found", Ending.HTML),
    "reset": Kind(ending=Ending.RESET),
    "reset_after": Kind(ending=Ending.RESET, accepts=True),
    "silence": Kind(ending=Ending.SILENCE),
    "silence_after": Kind(ending=Ending.SILENCE, accepts=True),
}


@dataclass(slots=True)
class Fault:
    """A kind ordered for the next `times` matching requests; None matches any chat."""

    kind: Kind
    times: int
    method: str
    chat: int | None
    parameters: dict[str, int]

    def refusal(self) -> Refusal:
        return Refusal(self.kind.status, self.kind.description.format(**self.parameters), **self.parameters)


class Faults:
    """The faults ordered so far; each request meets at most one, the oldest that fits."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []
        self._storm: Iterator[Fault] = iter(())
        self._struck = frozenset[str]()

    def storm(self, *kinds: str, methods: tuple[str, ...] = ("sendMessage",)) -> None:
        """Fail every request to these methods from now on, by the kinds in turn, until `calm`."""
        self._struck = frozenset(method.lower() for method in methods)
        self._storm = itertools.cycle([Fault(KINDS[kind], 1, "", None, {}) for kind in kinds])

    def calm(self) -> None:
        """Forget every fault that is still ordered."""
        self._ordered.clear()
        self._struck = frozenset()

    def order(
        self,
        kind: str,
        times: int = 1,
        *,
        method: str = "sendMessage",
        chat: int | None = None,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        known = {"retry_after": retry_after, "migrate_to_chat_id": migrate_to_chat_id}
        parameters = {name: value for name, value in known.items() if value is not None}
        if kind == "flood":
            parameters.setdefault("retry_after", 1)
        self._ordered.append(Fault(KINDS[kind], times, method.lower(), chat, parameters))

    def meet(self, method: str, chat: int | None) -> Fault | None:
        for fault in self._ordered:
            if fault.times and fault.method == method and fault.chat in (None, chat):
                fault.times -= 1
                return fault
        return next(self._storm) if method in self._struck else None


class Flood:
    """The limits the server holds senders to, in strict windows of its own clock. Off until told."""

    def __init__(self) -> None:
        self.per_second: int | None = None
        self.chat_gap = 0.0
        self.group_count = 20
        self.retry_after = 1
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}

    def count(self, chat: int, now: float) -> None:
        """Count one message; raises Refusal 429 where it is one too many, and then does not count it."""
        if self.per_second is None:
            return
        times = self._chats.setdefault(chat, deque(maxlen=self.group_count))
        while self._all and now - self._all[0] >= 1:
            self._all.popleft()
        crowded = len(self._all) >= self.per_second
        hasty = bool(times) and now - times[-1] < self.chat_gap
        grouped = chat < 0 and len(times) == self.group_count and now - times[0] < 60
        if crowded or hasty or grouped:
            words = f"Too Many Requests: retry after {self.retry_after}"
            raise Refusal(429, words, retry_after=self.retry_after)
        self._all.append(now)
        times.append(now)
