"""Ways in which the emulated Official Account API can fail on demand."""

from dataclasses import dataclass
from enum import Enum


class Ending(Enum):
    """How the connection ends once the fault struck."""

    ANSWER = "answer"
    HTML = "html"  # a gateway's page
    EMPTY = "empty"  # JSON, but not the API's
    RESET = "reset"
    SILENCE = "silence"  # no answer until the server stops


@dataclass(frozen=True, slots=True)
class Kind:
    """One fault: `code` an error the API answers with; `accepts` says whether the call takes effect all the same."""

    ending: Ending = Ending.ANSWER
    code: int = 0
    status: int = 200
    accepts: bool = False


KINDS: dict[str, Kind] = {
    "gateway": Kind(Ending.HTML, status=502),
    "portal": Kind(Ending.HTML),
    "empty": Kind(Ending.EMPTY),
    "empty_after": Kind(Ending.EMPTY, accepts=True),
    "busy": Kind(Ending.HTML, status=429),
    "redirect": Kind(Ending.HTML, status=302),
    "error_after": Kind(Ending.HTML, status=500, accepts=True),
    "reset": Kind(Ending.RESET),
    "reset_after": Kind(Ending.RESET, accepts=True),
    "silence": Kind(Ending.SILENCE),
    "silence_after": Kind(Ending.SILENCE, accepts=True),
}


@dataclass(slots=True)
class Fault:
    """A kind ordered for the next `times` calls to a place ("cs", "token", "file", "image", "zns", "getoa")."""

    kind: Kind
    times: int
    place: str


class Faults:
    """The faults ordered so far; each call meets at most one, the oldest that fits."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, what: str | int, times: int = 1, place: str = "cs") -> None:
        """Order a fault by its name, or the answer of an error code."""
        kind = KINDS[what] if isinstance(what, str) else Kind(code=what)
        self._ordered.append(Fault(kind, times, place))

    def meet(self, place: str) -> Kind | None:
        for fault in self._ordered:
            if fault.times and fault.place == place:
                fault.times -= 1
                return fault.kind
        return None
