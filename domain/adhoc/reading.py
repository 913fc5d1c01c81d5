"""One line that gives a task, taken apart; what it does not say is left open and asked for."""

import re
from dataclasses import dataclass
from datetime import date

from domain.adhoc.basis import Basis, cut_basis
from domain.adhoc.when import When, find_unread, find_when
from domain.adhoc.who import names
from domain.agencies import Directory, Resolution, resolve
from domain.agencies.resolving import Nearest
from domain.agencies.words import flat
from domain.evidence import code_in
from domain.words import fold, squeeze
from domain.workdays import WorkCalendar

_GIVE = re.compile(r"giao\b\s*")
_PLAINLY = re.compile(r"(?:viec|nhiem vu|mieng)(?: moi)?(?: cho)?\b\s*:?\s*|cho\b\s*")
_TOLD_OF = re.compile(r"(?:roi|chua|da|duoc|dang|se|khong|thi|ma|nay|do|kia)\b")
"""Words after an agency that tell of a task instead of giving one: "giao Sở Y tế rồi"."""
LEAST = 3
"""Words of the shortest task: "báo cáo" alone says nothing."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a line said. Empty parts were not said, or not understood."""

    lead: Resolution
    coordinating: Resolution
    content: str
    when: When | None
    basis: Basis
    unread: str = ""
    """Words that set a limit by a day that no calendar has, or that were not understood."""


def is_giving(text: str) -> bool:
    """Whether the words say outright that a task is given: "giao việc", "giao nhiệm vụ cho …"."""
    folded = fold(text)
    found = _GIVE.match(folded)
    return found is not None and re.match(r"(?:viec|nhiem vu|mieng)\b", folded[found.end() :]) is not None


def read(
    text: str, directory: Directory, today: date, calendar: WorkCalendar, nearest: Nearest | None = None
) -> Spoken | None:
    """Return what a line beginning with "giao" gives; None for a sentence that gives nothing.

    Nothing is given where the words after "giao" name no agency, ask ("…?"), tell of the past ("giao Sở Y tế rồi"),
    or are about a task that exists already ("giao NV-0012 cho …").
    """
    line = squeeze(text)
    if line.endswith("?") or code_in(line) is not None:
        return None
    rest = _after_give(line)
    if rest is None:
        return None
    basis, rest = cut_basis(rest, today)
    found = names(rest, directory, today)
    behind = rest[found.after :].lstrip(" ,:;-")
    if not found.after and not is_giving(line):
        return None
    if found.after and _TOLD_OF.match(flat(behind)):
        return None
    when = find_when(behind, today, calendar)
    unread = find_unread(behind) if when is None else None
    start, end = (when.start, when.end) if when is not None else unread or (len(behind), len(behind))
    return Spoken(
        resolve(found.lead, directory, today, nearest),
        resolve(found.coordinating, directory, today, nearest),
        as_content(f"{behind[:start]} {behind[end:]}"),
        when,
        basis,
        behind[start:end] if unread else "",
    )


def _after_give(line: str) -> str | None:
    folded = flat(line)
    given = _GIVE.match(folded)
    if given is None:
        return None
    plainly = _PLAINLY.match(folded, given.end())
    return line[plainly.end() if plainly else given.end() :]


def as_content(words: str) -> str:
    """Return what is to be done as a plan would write it: without loose ends, with a capital; "" where too little."""
    text = re.sub(r"\s+([,;.])", r"\1", squeeze(words)).strip(" ,;:.-–")
    text = re.sub(r"(?:,|\b(?:và|va|là|la|thì|thi))$", "", text).strip(" ,;:.-–")
    return text[:1].upper() + text[1:] if len(text.split()) >= LEAST else ""
