"""Mail addresses as offices write them."""

import re

LONGEST = 80
"""Characters of an address that can be kept."""

_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9-]+")


def is_mailbox(text: str) -> bool:
    """Whether a text is one address of plain letters, without a name beside it."""
    return len(text) <= LONGEST and _MAILBOX.fullmatch(text) is not None


def as_kept(text: str) -> str:
    """Return an address in the one form by which it is known; big and small letters are the same mailbox."""
    return text.strip().lower()
