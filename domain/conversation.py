"""The state of one chat's conversation, the same on every channel."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

LIFE = timedelta(hours=24)
"""An open question is kept for a day."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a chat stands: the step that waits for an answer, the answers so far, the choices last offered.

    `step` is "" when nothing is asked; `choices` holds (label, key) in the order of their numbers.
    """

    step: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    choices: tuple[tuple[str, str], ...] = ()
    misses: int = 0
    """How many answers in a row were not understood."""
