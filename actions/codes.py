"""One-time codes that people type: how they look, and the digest by which alone they are kept."""

import re
import secrets

from storage.database import Unit

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody confuses when reading a code from paper."""
_LENGTH = 10
_IN_TEXT = re.compile(rf"(?<![^\W_])[{_ALPHABET}]{{{_LENGTH}}}(?![^\W_])", re.IGNORECASE | re.ASCII)
_MOST = 20
"""Words of one text that are tried as codes: each costs a look into the database."""


def fresh() -> str:
    """Return a new code."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def in_text(text: str) -> tuple[str, ...]:
    """Return the words of a text that look like codes of ours, alone, in a sentence or at the end of a link."""
    return tuple(dict.fromkeys(found.upper() for found in _IN_TEXT.findall(text)))[:_MOST]


def digest(unit: Unit, code: str) -> str:
    """Return what is kept of a code; capitals and small letters are the same."""
    return unit.vault.digest(code.strip().upper())
