"""Loose sentences of officers and heads of their letters: what one means, however it is typed."""

from domain.replies.letter import Letter, read_letter
from domain.replies.likeness import Match, OpenTask, Ranking, Verdict, likeliest
from domain.replies.readings import Intent, Reading
from domain.replies.sentences import read

__all__ = [
    "Intent",
    "Letter",
    "Match",
    "OpenTask",
    "Ranking",
    "Reading",
    "Verdict",
    "likeliest",
    "read",
    "read_letter",
]
