"""Ways in which the emulated Zalo Bot Platform can fail on demand, and the limits it can hold senders to."""

from collections import deque
from dataclasses import dataclass
from enum import Enum

from tests.emulators.zalo_bot_world import Refusal


class Ending(Enum):
    """How the connection ends once the fault struck."""

    ANSWER = "answer"
    HTML = "html"  # a gateway's page instead of JSON
    EMPTY = "empty"  # JSON, but not the provider's
    RESET = "reset"
    SILENCE = "silence"  # no answer until the server stops


@dataclass(frozen=True, slots=True)
class Kind:
    """One fault: `code` is told in the answer; `status` is HTTP's; `accepts`: the request takes effect all the same."""

    code: int = 0
    description: str = ""
    status: int = 200
    ending: Ending = Ending.ANSWER
    accepts: bool = False


KINDS: dict[str, Kind] = {
    "flood": Kind(429, "Too many requests"),
    "flood_told": Kind(429, "Too many requests, retry after {retry_after}"),
    "flood_html": Kind(ending=Ending.HTML, status=429, description="Too Many Requests"),
    "blocked": Kind(403, "Forbidden: user has blocked the bot"),
    "lost": Kind(404, "Chat not found"),
    "never_wrote": Kind(400, "Bad Request: chat_id is invalid"),
    "broken": Kind(400, "Bad Request: text is not acceptable"),
    "unauthorized": Kind(401, "Unauthorized"),
    "quoting": Kind(400, "quoted: {token}"),
    "no_address": Kind(404, "Not Found"),
    "strange": Kind(-14002, "Something happened"),
    "error": Kind(500, "Internal server error"),
    "error_after": Kind(500, "Internal server error", accepts=True),
    "late": Kind(408, "Request timeout", accepts=True),
    "hasty": Kind(408, "Request timeout"),
    "gateway": Kind(ending=Ending.HTML, status=502, description="Bad Gateway"),
    "portal": Kind(ending=Ending.HTML, description="Xin chào"),
    "redirect": Kind(ending=Ending.HTML, status=302, description="Found"),
    "empty": Kind(ending=Ending.EMPTY),
    "reset": Kind(ending=Ending.RESET),
    "reset_after": Kind(ending=Ending.RESET, accepts=True),
    "silence": Kind(ending=Ending.SILENCE),
    "silence_after": Kind(ending=Ending.SILENCE, accepts=True),
}


@dataclass(slots=True)
class Fault:
    """A kind ordered for the next `times` requests to `method`; None matches any chat."""

    kind: Kind
    times: int
    method: str
    chat: str | None
    retry_after: float
    token: str

    def refusal(self) -> Refusal:
        words = self.kind.description.format(retry_after=self.retry_after, token=self.token)
        more = {"retry_after": self.retry_after} if "retry_after" in self.kind.description else {}
        return Refusal(self.kind.code, words, **more)


class Faults:
    """The faults ordered so far; each request meets at most one, the oldest that fits."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._ordered: list[Fault] = []

    def calm(self) -> None:
        """Forget every fault that is still ordered."""
        self._ordered.clear()

    def order(
        self,
        kind: str,
        times: int = 1,
        *,
        method: str = "sendMessage",
        chat: str | None = None,
        retry_after: float = 2.0,
    ) -> None:
        self._ordered.append(Fault(KINDS[kind], times, method, chat, retry_after, self._token))

    def meet(self, method: str, chat: str | None) -> Fault | None:
        for fault in self._ordered:
            if fault.times and fault.method == method and fault.chat in (None, chat):
                fault.times -= 1
                return fault
        return None


class Flood:
    """The limits the server holds senders to, in strict windows of its own clock. Off until told."""

    def __init__(self) -> None:
        self.per_second: int | None = None
        self.chat_gap = 0.0
        self._all: deque[float] = deque()
        self._chats: dict[str, float] = {}

    def count(self, chat: str, now: float) -> None:
        """Count one message; raises Refusal 429 where it is one too many, and then does not count it."""
        if self.per_second is None:
            return
        while self._all and now - self._all[0] >= 1:
            self._all.popleft()
        if len(self._all) >= self.per_second or now - self._chats.get(chat, -1e9) < self.chat_gap:
            raise Refusal(429, "Too many requests")
        self._all.append(now)
        self._chats[chat] = now
