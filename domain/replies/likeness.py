"""Which of an agency's open tasks a document most likely answers, by the words they share.

A word weighs the more the fewer tasks have it; words of every official letter weigh nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from domain.replies.letter import Letter
from domain.words import fold


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that still waits for its product."""

    id: int
    content: str
    product: str = ""
    due: date | None = None


class Verdict(StrEnum):
    """How far the words decide."""

    SURE = "sure"
    POSSIBLE = "possible"
    """Some may be meant: ask which."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """A task with its likeness to the document, 0 to 1."""

    task: OpenTask
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All tasks that share a word that counts, the likeliest first, and how many of them may be meant."""

    verdict: Verdict
    matches: tuple[Match, ...]
    possible: tuple[OpenTask, ...]


LEAST = 0.3
"""Below this likeness a task is not proposed."""

CERTAIN = 0.45
"""From this likeness on the best may be sure."""

MARGIN = 0.75
"""A task with less than this share of the best likeness is not meant."""

_PRODUCT_BONUS = 0.05
_WORDS_OF_EVERY_LETTER = """
    va cua cac ve viec cho theo tai tren dia ban tinh nam trong voi duoc den tu thuc hien trien khai cong tac to chuc
    so nganh don vi co quan nhiem vu ke hoach bao cao quyet dinh cong van thong bao huong dan to trinh ban hanh ket qua
    noi dung ubnd uy nhan dan phong v la mot nhung de khi do nay thang ngay hang dinh ky phuc tang cuong tiep tuc
"""
_COMMON = frozenset(_WORDS_OF_EVERY_LETTER.split())
"""Words of every letter of an office, folded."""


def likeliest(letter: Letter | str, tasks: Sequence[OpenTask]) -> Ranking:
    """Rank tasks by their likeness to a document's subject, or to any text. Tasks as like are ordered by their day."""
    subject = letter if isinstance(letter, str) else letter.subject or ""
    kind = fold(letter.kind or "") if isinstance(letter, Letter) else ""
    sought = _terms(subject)
    texts = [_terms(f"{task.content}\n{task.product}") for task in tasks]
    weights = _weights(texts)
    matches = [
        Match(task, min(1.0, score + (_PRODUCT_BONUS if kind and kind in fold(task.product) else 0.0)))
        for task, terms in zip(tasks, texts, strict=True)
        if (score := _likeness(sought, terms, weights)) > 0
    ]
    matches.sort(key=lambda one: (-round(one.score, 6), one.task.due or date.max, one.task.id))
    return _judged(matches)


def _judged(matches: Sequence[Match]) -> Ranking:
    best = matches[0].score if matches else 0.0
    possible = tuple(one.task for one in matches if one.score >= LEAST and one.score >= best * MARGIN)
    if not possible:
        return Ranking(Verdict.NONE, tuple(matches), ())
    sure = len(possible) == 1 and best >= CERTAIN
    return Ranking(Verdict.SURE if sure else Verdict.POSSIBLE, tuple(matches), possible)


def _terms(text: str) -> frozenset[str]:
    """Return the words that count, and the pairs of neighbours of which one counts; numbers only in pairs."""
    words = re.findall(r"[^\W_]+", fold(text))
    pairs = (
        f"{one} {two}"
        for one, two in pairwise(words)
        if not {one, two} <= _COMMON
        and not (_is_year(one) or _is_year(two))
        and not (len(one) == 4 and one.isdecimal())
        and not (len(two) == 4 and two.isdecimal())
    )
    return frozenset([*(word for word in words if word not in _COMMON and not word.isdecimal()), *pairs])


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()


def _weights(texts: Iterable[frozenset[str]]) -> dict[str, float]:
    """Return the weight of every term of the tasks: the rarer, the heavier."""
    held = list(texts)
    counts = Counter(term for terms in held for term in terms)
    return {term: math.log(1 + len(held) / count) for term, count in counts.items()}


def _likeness(sought: frozenset[str], terms: frozenset[str], weights: dict[str, float]) -> float:
    """Return how much of the subject stands in the task, and a little of the reverse."""
    asked = sum(weights.get(term, _STRANGE) for term in sought)
    held = sum(weights[term] for term in terms)
    shared = sum(weights[term] for term in sought & terms)
    return 0.75 * shared / asked + 0.25 * shared / held if asked and held else 0.0


_STRANGE = 0.5
"""What a word of the subject weighs that no task has: people paraphrase."""
