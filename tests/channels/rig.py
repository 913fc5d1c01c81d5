"""A channel on the bench, for the suite that every adapter passes (`test_contract.py`).

To add an adapter: write an async context manager that yields a `Rig` (in `rigs.py`, or in a file of its own) and
enter it in `rigs.RIGS`. Nothing in the suite knows a channel's name.

- `channel` is the adapter as it runs, talking to an emulated provider on the loopback; `chat` an address there that
  takes messages. Let it give an answer up after some tenths of a second, or the suite gets slow.
- `seen` brings what arrived at that address so far, oldest first, as its person sees it: the words, the labels of
  the buttons, the addresses that can be opened, the names of the files. What arrived counts, also where the answer
  to the sender was lost.
- `keep` takes (name, content, media type) where the channel's `Content` finds it. Leave it out where the channel hands
  over no files.
- `far` is the provider's end; None where nothing stands between us and the person (the web chat). In it `refuse` and
  `lose_the_answer` are orders for the next message only; `cut_off` makes the provider unreachable from then on.
  `elsewhere` builds the same adapter, account and all, against another HTTP server; None where it speaks no HTTP.
  `says` lets a person write and returns the raw update as the provider brings it; None where nothing comes in.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from channels.base import Channel, ChannelError, Provider
from domain.delivery import Reason, Refused
from domain.outgoing import Attachment

REFUSALS = (Reason.BLOCKED, Reason.FLOOD, Reason.BROKEN, Reason.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as its person sees it."""

    text: str
    labels: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Shelf:
    """The files that may go out, by digest; usable as a channel's `Content`."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def keep(self, name: str, content: bytes, media_type: str) -> Attachment:
        digest = hashlib.sha256(content).hexdigest()
        self.kept[digest] = content
        return Attachment(digest, name, media_type, len(content))

    def __call__(self, digest: str) -> bytes:
        if digest not in self.kept:
            raise ChannelError(Refused(Reason.BROKEN, "no such file"))
        return self.kept[digest]


@dataclass(frozen=True, slots=True)
class Far:
    """The provider's end, and what can be made of it. `refusals`: those this provider knows."""

    refuse: Callable[[Reason], None]
    lose_the_answer: Callable[[], None]
    """Of a message that arrives all the same."""
    cut_off: Callable[[], Awaitable[None]]
    secrets: tuple[str, ...] = ()
    """Texts of the account that may stand in no log, error or ending."""
    refusals: tuple[Reason, ...] = REFUSALS
    elsewhere: Callable[[str], Channel] | None = None
    says: Callable[[str], dict[str, Any]] | None = None
    source: Provider | None = None
    """The channel again, where something comes in by it."""


@dataclass(frozen=True, slots=True)
class Rig:
    """A channel with someone at its far end."""

    channel: Channel
    chat: str
    seen: Callable[[], Awaitable[list[Seen]]]
    far: Far | None = None
    keep: Callable[[str, bytes, str], Attachment] = field(default_factory=lambda: Shelf().keep)
    strict: bool = True
    """Whether anyone holds the channel to its limits; nobody does with the fake."""
