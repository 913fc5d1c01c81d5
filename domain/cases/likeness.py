"""Which cases are likely about the same matter: pairs to ask the citizen about, groups to show the office.

How alike two texts are is a function handed in (0 to 1); what keeps alike texts apart is decided here: another
numbered place ("thôn 5", "thôn 3"), another agency. A likeness joins nothing: a person does.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from domain.words import fold, nfc, squeeze

Alike = Callable[[str, str], float]
"""How alike two prepared texts are, 0 to 1."""


def unlike(_one: str, _other: str) -> float:
    """Return that nothing is alike: where no function was handed in."""
    return 0.0


LEAST = 0.76
"""From this likeness on two cases may be the same matter."""

_LEAST_WORDS = 3
"""Fewer words that count are alike by chance."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a case tells: its words, which agency it is about ("không rõ" where unknown), where it happened."""

    id: int
    content: str
    about: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """A case that may be the same matter, and how alike it is, `LEAST` to 1."""

    id: int
    score: float


def likely(new: Told, others: Iterable[Told], alike: Alike, most: int = 3) -> tuple[Likely, ...]:
    """Return the cases that may be the same matter as the new one, the likeliest (then the older) first."""
    prepared = _Prepared.of(new)
    found = (Likely(one.id, _score(prepared, _Prepared.of(one), alike)) for one in others if one.id != new.id)
    ranked = sorted((one for one in found if one.score >= LEAST), key=lambda one: (-one.score, one.id))
    return tuple(ranked[:most])


def worth_reading(new: Told, folded: Mapping[int, str], most: int = 20) -> tuple[int, ...]:
    """Return the ids of folded texts that share most words with a case: only those are worth a closer look."""
    words = {word for word in _Prepared.of(new).words.split() if len(word) > 1}
    shared = {number: sum(word in text for word in words) for number, text in folded.items()}
    least = max(2, len(words) // 3)
    ranked = sorted((number for number, times in shared.items() if times >= least), key=lambda one: (-shared[one], one))
    return tuple(ranked[:most])


def shared_places(one: Told, other: Told) -> tuple[str, ...]:
    """Return the numbered places that both cases name, as the first writes them: they tell nothing of a person."""
    theirs = _Prepared.of(other).places
    found = re.finditer(_NAMED_PLACE, nfc(f"{one.content} {one.place}"))
    named = (squeeze(place.group(0)) for place in found)
    return tuple(dict.fromkeys(place.lower() for place in named if fold(place) in theirs))


def clusters(cases: Sequence[Told], alike: Alike, least: int = 2) -> tuple[tuple[int, ...], ...]:
    """Return groups of at least `least` cases joined by likely pairs, the largest (then the oldest) first.

    Only cases that share a rare word are compared, so the work grows with the pairs that may be alike.
    """
    prepared = {one.id: _Prepared.of(one) for one in cases}
    leader = {number: number for number in prepared}
    for one, other in _worth_comparing(prepared):
        first, second = _root(leader, one), _root(leader, other)
        if first != second and _score(prepared[one], prepared[other], alike) >= LEAST:
            leader[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in sorted(leader):
        groups[_root(leader, number)].append(number)
    found = [tuple(group) for group in groups.values() if len(group) >= least]
    return tuple(sorted(found, key=lambda group: (-len(group), group)))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A case as it is compared: its words that count, its numbered places, what names its agency."""

    words: str
    places: frozenset[str]
    agency: frozenset[str]

    @classmethod
    def of(cls, told: Told) -> "_Prepared":
        said = fold(f"{told.content} {told.place}")
        content = _PLACE.sub(" ", fold(told.content))
        words = " ".join(word for word in _WORD.findall(content) if word not in _COMMON)
        places = frozenset(re.sub(r"\s+", " ", one) for one in _PLACE.findall(said))
        about = fold(told.about)
        named = frozenset() if about in _UNKNOWN else frozenset(_WORD.findall(about)) - _OF_AGENCIES
        return cls(words, places, named)


def _score(one: _Prepared, other: _Prepared, alike: Alike) -> float:
    """Return how alike two cases are, 0 where something keeps them apart."""
    if _apart(one.places, other.places) or _clash(one.agency, other.agency):
        return 0.0
    if min(len(one.words.split()), len(other.words.split())) < _LEAST_WORDS:
        return 0.0
    return alike(one.words, other.words)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other


def _clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each names its agency by a word that the other has not."""
    return bool(one - other and other - one)


_COMPARED = 40
"""Of more cases than this with a word only neighbours are compared: a flood of one matter still hangs together."""


def _worth_comparing(prepared: dict[int, _Prepared]) -> Iterator[tuple[int, int]]:
    """Yield each pair once that shares two words which few cases have."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in prepared.items():
        for word in set(one.words.split()):
            holders[word].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        numbers.sort()
        pairs = combinations(numbers, 2) if len(numbers) <= _COMPARED else pairwise(numbers)
        shared.update(pairs)
    yield from (pair for pair, times in sorted(shared.items()) if times >= _SHARED)


_SHARED = 2


def _root(leader: dict[int, int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


_WORD = re.compile(r"[^\W_]+")
_PLACE = re.compile(r"\b(?:thon|xom|to|khu|ngo|ngach|hem|km|ap|ban|so nha|khoi|to dan pho)\s*\d+\w*")
_NAMED_PLACE = re.compile(
    r"(?<!\w)(?:thôn|xóm|tổ|khu|ngõ|ngách|hẻm|km|ấp|bản|khối|thon|xom|to|ngo)\s*\d+\w*", re.IGNORECASE
)
_UNKNOWN = frozenset({"", "khong ro", "khong biet"})
_WORDS_OF_AGENCIES = """
    ubnd uy ban nhan dan xa phuong thi tran huyen thanh pho tinh so bo phan mot cua trung tam phuc vu hanh chinh cong
    pvhcc tt van phong chi nhanh phong co quan don vi can bo tru
"""
_OF_AGENCIES = frozenset(_WORDS_OF_AGENCIES.split())
_COMMON_WORDS = """
    va cua cac ve viec cho theo tai tren trong voi duoc den tu da dang la thi ma o nhung mot nay do khi co toi rat qua
    van de nghi kien xin mong nhieu ngay thang nam tuan lan ca lien tuc duong phan anh kinh gui
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Folded words of every feedback; numbers of places are compared apart."""
