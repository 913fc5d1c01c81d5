"""What was read as it came in, at hand until it is handled: opening and reading it again is dear.

Nothing hangs on it. What is not here any more, or was taken in by another process, is read from the inbox.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from domain.incoming import Incoming

KEPT = 1000
"""The most updates at hand; older ones are let go of."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """Updates by channel and key, the latest `KEPT`."""

    _known: OrderedDict[tuple[str, str], Incoming] = field(default_factory=OrderedDict, repr=False)

    def put(self, incoming: Incoming) -> None:
        """Keep an update at hand."""
        self._known[incoming.channel, incoming.key] = incoming
        if len(self._known) > KEPT:
            self._known.popitem(last=False)

    def take(self, channel: str, key: str) -> Incoming | None:
        """Hand an update over, once."""
        return self._known.pop((channel, key), None)
