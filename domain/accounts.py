"""A person's accounts on the channels: the order in which they hear, and the code by which one more is joined."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.local import today
from domain.proofs import CHANNEL_LABELS
from domain.words import fold

CODE_LIFE = timedelta(minutes=15)
"""How long a code that joins another account works."""
CODES, CODES_IN = 5, timedelta(hours=1)
"""At most so many codes a person in that time."""
TRUSTED_AFTER = timedelta(hours=24)
"""How long an account joined by a code may take away none but itself: whoever used a stolen code could otherwise shut
the owner out at once; within a day the owner reads on the older accounts what was joined, and can undo it there."""

LAST_BY_ITSELF = "email"
"""The channel that comes behind all others unless its person puts it first."""


class Reached(Protocol):
    """A chat by which a person can be reached."""

    @property
    def id(self) -> int:
        """The chat's row."""

    @property
    def channel(self) -> str:
        """The channel's name."""


@dataclass(frozen=True, slots=True)
class Account:
    """One chat of a person as the person sees it."""

    id: int
    channel: str
    is_open: bool
    brief: bool
    """Whether its person wants code, short title, date and link only there."""
    since: datetime
    heard_at: datetime | None
    """When the person last wrote from it, None where that was never noted."""

    @property
    def label(self) -> str:
        """The channel's name for people."""
        return label(self.channel)

    @property
    def since_day(self) -> date:
        """The day since which it is the person's."""
        return today(self.since)

    @property
    def heard_day(self) -> date | None:
        """The last day on which the person wrote from it."""
        return None if self.heard_at is None else today(self.heard_at)


def label(channel: str) -> str:
    """Return a channel's name for people."""
    return CHANNEL_LABELS.get(channel, channel)


def named(accounts: Iterable[Account]) -> dict[int, str]:
    """Return what to call each account, by its id: the channel, numbered as they joined where there are several."""
    of_channel: dict[str, list[Account]] = {}
    for one in sorted(accounts, key=lambda one: one.id):
        of_channel.setdefault(one.channel, []).append(one)
    return {
        one.id: f"{one.label} {number}" if len(several) > 1 else one.label
        for several in of_channel.values()
        for number, one in enumerate(several, 1)
    }


def rank(position: int, channel: str, chat_id: int) -> tuple[int, bool, int]:
    """Return the place of a chat among its person's: as the person ordered them, mail last, then as they joined."""
    return position, channel == LAST_BY_ITSELF, chat_id


def next_chat(order: Sequence[Reached], failed: int, *, behind: bool, but: Collection[str] = ()) -> int | None:
    """Return the first chat of the order that is not the failed one, on none of the channels `but`.

    With `behind` only those that follow the failed one, so that what each of them refuses comes to an end.
    """
    ids = [one.id for one in order]
    start = ids.index(failed) + 1 if behind and failed in ids else 0
    return next((one.id for one in order[start:] if one.id != failed and one.channel not in but), None)


_CALLED = {
    "telegram": ("telegram",),
    "tele": ("telegram",),
    "zalo oa": ("zalo_oa",),
    "zalo": ("zalo_bot", "zalo_oa"),
    "trang chat": ("web",),
    "web": ("web",),
    "thu dien tu": ("email",),
    "email": ("email",),
    "mail": ("email",),
    "thu": ("email",),
}
"""What people call the channels, folded; longer names first where one begins another."""


def channels_called(text: str) -> tuple[str, ...]:
    """Return the channels that the words name, none where they name none."""
    said = f" {fold(text)} "
    return next((channels for words, channels in _CALLED.items() if f" {words} " in said), ())
