"""Figures to reach inside the words of a task: "đạt tối thiểu 90%; trong đó đất đai, xây dựng tối thiểu 85%"."""

import re
from collections.abc import Iterable, Iterator

from domain.plans import indicators
from domain.plans.model import DraftTask, Target
from domain.words import squeeze

_CLAUSE = re.compile(r"\s*(?:[;\n]|\.(?=\s|$)|,?\s*(?=\b(?:trong (?:số )?đó|riêng)\b))\s*", re.IGNORECASE)
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*%(?:\s*(?:trở lên|trở xuống))?")
_PART_OF = re.compile(r"(?:trong (?:số )?đó|riêng)\s*[,:]?\s*", re.IGNORECASE)
_LIMIT = re.compile(
    r"(?:\s*\b(?:có|đạt|ít nhất|tối thiểu|tối đa|không dưới|không quá|không vượt quá|trên|dưới|từ|bằng|là|tỷ lệ)\b"
    r"|\s*(?::|≥|≤|>|<|=))*\s*$",
    re.IGNORECASE,
)


def read(tasks: Iterable[DraftTask]) -> tuple[Target, ...]:
    """Return the percentages that tasks name in their contents and products, in the order of the tasks."""
    found: list[Target] = []
    for place, task in enumerate(tasks):
        for text in dict.fromkeys((task.content, task.product, *(one.product for one in task.also))):
            _read_text(place, text, found)
    return tuple(found)


def _read_text(place: int, text: str, found: list[Target]) -> None:
    whole: int | None = None
    for clause in _clauses(text):
        part = _PART_OF.match(clause)
        figures = list(_PERCENT.finditer(clause))
        for match in figures:
            limit = _LIMIT.search(clause, 0, match.start())
            start = limit.start() if limit else match.start()
            operator, target, unit = indicators.target_of(clause[start : match.end()])
            if target is None:
                continue
            inside = part is not None and whole is not None
            scope = clause[part.end() : start].strip(" ,:") if part and inside and len(figures) == 1 else ""
            found.append(Target(place, clause, unit, operator, target, whole if inside else None, scope))
        if part is None:
            whole = len(found) - 1 if figures else None


def _clauses(text: str) -> Iterator[str]:
    yield from (clause for raw in _CLAUSE.split(text) if (clause := squeeze(raw)))
