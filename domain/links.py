"""Short links from a chat or a mail to a page: what they are for, and how long they live."""

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """What a link opens."""

    UPLOAD = "upload"  # send one file, as if it had been sent in the chat
    DETAIL = "detail"  # read one task in full
    FILE = "file"  # fetch one file that the channel could not carry
    ANSWER = "answer"  # act on the tasks that one mail speaks of


DAYS, UPLOAD_HOURS = 7, 24
"""The lives of links where the office has set no others."""


def life(purpose: Purpose, days: int = DAYS, upload_hours: int = UPLOAD_HOURS) -> timedelta:
    """Return how long a link works; one by which something is sent in dies sooner."""
    return timedelta(hours=upload_hours) if purpose is Purpose.UPLOAD else timedelta(days=days)


PREFIX = "link:"
"""How the keys of updates begin that came in by a link."""
