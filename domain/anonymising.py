"""Taking a known person out of a text: the own name, address, phone and mail, and every number of a person.

Rule: what is kept of a case after a deletion must not tell who sent it (Luật 91/2025/QH15, Điều 14); officials' names
and the matter itself stay (Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm đ).
"""

import re
from collections.abc import Iterable, Iterator

from domain.cases.fields import Reporter
from domain.redaction import Certainty, Finding, Kind, find, masked, proper
from domain.words import fold

_LOOKED_FOR = frozenset({Kind.PHONE, Kind.IDENTITY, Kind.PASSPORT, Kind.ACCOUNT, Kind.EMAIL, Kind.LINK, Kind.BIRTH})
_KEPT = frozenset(set(Kind) - _LOOKED_FOR)
_WORD = re.compile(r"\w+")
_LEAST = 2
"""Words that a name or an address must have to be looked for: a single syllable stands everywhere."""


def without(text: str, people: Iterable[Reporter]) -> str:
    """Return the text with these people's own values, and every number of a person, masked.

    Names and addresses are found whatever their case and marks ("nguyen van an" for Nguyễn Văn An).
    """
    if not text:
        return text
    shown = proper(text)
    own = [finding for who in people for value, kind in _values(who) for finding in _places(shown, value, kind)]
    found: list[Finding] = []
    for one in (*sorted(own, key=lambda one: one.start - one.end), *find(shown, keep=_KEPT)):
        if not any(one.overlaps(other) for other in found):
            found.append(one)
    return masked(shown, found)


def _values(who: Reporter) -> Iterator[tuple[str, Kind]]:
    yield from ((who.name, Kind.PERSON), (who.address, Kind.ADDRESS), (who.mail, Kind.ADDRESS))
    yield from ((who.phone, Kind.PHONE), (who.email, Kind.EMAIL), (who.extra, Kind.OTHER))


def _places(text: str, value: str, kind: Kind) -> Iterator[Finding]:
    """Yield where the words of a value stand one after the other, whatever is between them."""
    wanted = [fold(word) for word in _WORD.findall(value)]
    if (len(wanted) < _LEAST and kind in {Kind.PERSON, Kind.ADDRESS, Kind.OTHER}) or not wanted:
        return
    words = [(found.start(), found.end(), fold(found.group())) for found in _WORD.finditer(text)]
    for at in range(len(words) - len(wanted) + 1):
        if all(words[at + offset][2] == word for offset, word in enumerate(wanted)):
            yield Finding(words[at][0], words[at + len(wanted) - 1][1], kind, Certainty.SURE)
