"""One-time codes that people type: how they look, and the digest by which alone they are kept."""

import secrets

from storage.database import Unit

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody confuses when reading a code from paper."""
_LENGTH = 10


def fresh() -> str:
    """Return a new code."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def digest(unit: Unit, code: str) -> str:
    """Return what is kept of a code; capitals and small letters are the same."""
    return unit.vault.digest(code.strip().upper())
