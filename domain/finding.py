"""Finding tasks by words: without marks, abbreviations understood both ways, ranked by how much of it is there.

The number of a document ("45/KH-STP") is one word: who types it looks for that document and no other.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.words import fold

_SPELLED = {
    "tthc": "thu tuc hanh chinh",
    "ttpvhcc": "trung tam phuc vu hanh chinh cong",
    "tthcc": "trung tam phuc vu hanh chinh cong",
    "pvhcc": "phuc vu hanh chinh cong",
    "hcc": "hanh chinh cong",
    "kstt": "kiem soat thu tuc",
    "kstthc": "kiem soat thu tuc hanh chinh",
    "cchc": "cai cach hanh chinh",
    "ubnd": "uy ban nhan dan",
    "vp": "van phong",
    "vpubnd": "van phong uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "dvc": "dich vu cong",
    "dvctt": "dich vu cong truc tuyen",
    "cds": "chuyen doi so",
    "cntt": "cong nghe thong tin",
    "pakn": "phan anh kien nghi",
    "csdl": "co so du lieu",
    "qlnn": "quan ly nha nuoc",
    "qppl": "quy pham phap luat",
    "nd": "nghi dinh",
    "qd": "quyet dinh",
    "nq": "nghi quyet",
    "ttg": "thu tuong chinh phu",
    "vbqppl": "van ban quy pham phap luat",
    "nsnn": "ngan sach nha nuoc",
    "dtc": "dau tu cong",
    "gpmb": "giai phong mat bang",
    "ktxh": "kinh te xa hoi",
    "ntm": "nong thon moi",
    "bvmt": "bao ve moi truong",
    "pccc": "phong chay chua chay",
    "attp": "an toan thuc pham",
    "atgt": "an toan giao thong",
    "gddt": "giao duc dao tao",
    "vhtt": "van hoa thong tin",
    "bhxh": "bao hiem xa hoi",
    "bhyt": "bao hiem y te",
    "tnmt": "tai nguyen moi truong",
    "khcn": "khoa hoc cong nghe",
    "cbcc": "can bo cong chuc",
    "ccvc": "cong chuc vien chuc",
}
"""Abbreviations that offices write, folded, and the words for which they stand."""

_WORD = re.compile(r"\d+(?:/\d{4})?/[a-z][a-z0-9]*(?:[-&][a-z0-9]+)*|[a-z0-9]+")
_PART = re.compile(r"[a-z0-9]+")
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
"""What a Vietnamese word looks like without its marks; other letters stand for several words."""
_INITIALS = 0.75
"""What it is worth that words begin with the letters of an abbreviation that nobody listed."""
_BEGINNING = 3
"""Letters of a word from which on its beginning counts, by half."""
_PHRASE = 0.5
"""What it is worth, a word, that the words stand one behind the other."""


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, with abbreviations spelled out and numbers of documents in one piece."""
    return [word for found in _WORD.findall(fold(text)) for word in _SPELLED.get(found, found).split()]


def initials(name: str) -> tuple[str, ...]:
    """Return the letters by which offices call an agency, folded: "Sở Kế hoạch và Đầu tư" is skhdt and khdt."""
    words = [one for one in words_of(name) if one != _AND]
    rests = [words, *(words[len(front) :] for front in _FRONTS if tuple(words[: len(front)]) == front)]
    return tuple("".join(one[0] for one in rest) for rest in rests if len(rest) > 1)


_AND = "va"
_FRONTS = (("so",), ("uy", "ban", "nhan", "dan"))
"""How the names begin that are also called without it."""


def ranked(looked_for: str, texts: Mapping[int, Sequence[str]]) -> list[int]:
    """Return the ids of the texts in which most of the words are found, the best first, ties in the order given.

    Only those that hold as many of the words as the best one does, and more than half of them; none for no words.
    """
    wanted = words_of(looked_for)
    if not wanted:
        return []
    read = {key: [words_of(one) for one in fields] for key, fields in texts.items()}
    named = {one for fields in read.values() for there in fields for one in there}
    found = {key: _found(wanted, fields, named) for key, fields in read.items()}
    most = max((count for count, _ in found.values()), default=0)
    if most * 2 <= len(wanted):
        return []
    best = [key for key, (count, _) in found.items() if count == most]
    return sorted(best, key=lambda key: -found[key][1])


def _found(wanted: Sequence[str], fields: Iterable[Sequence[str]], named: Collection[str]) -> tuple[int, float]:
    """Return how many of the words are there, and what the finds are worth: earlier fields weigh more.

    A word that is `named`, which stands in some text as it is, is not taken for initials elsewhere.
    """
    best = dict.fromkeys(range(len(wanted)), 0.0)
    bonus = 0.0
    for place, there in enumerate(fields):
        weight = 1 / (1 + place / 2)
        known = set(there)
        known.update(part for one in there if "/" in one for part in _PART.findall(one))
        for at, word in enumerate(wanted):
            best[at] = max(best[at], weight * _worth(word, known, () if word in named else there))
        if len(wanted) > 1 and f" {' '.join(wanted)} " in f" {' '.join(there)} ":
            bonus = max(bonus, weight * _PHRASE * len(wanted))
    return sum(worth > 0 for worth in best.values()), sum(best.values()) + bonus


def _worth(word: str, known: set[str], there: Sequence[str]) -> float:
    if word in known:
        return 1.0
    if "/" in word:  # "45/kh" is the beginning of "45/kh-stp", not of "45/khcn"
        return 1.0 if any(one.startswith((f"{word}-", f"{word}&")) for one in known) else 0.0
    if len(word) < _BEGINNING or not word.isalpha():
        return 0.0
    if any(one.startswith(word) for one in known):
        return 0.5
    short = _SYLLABLE.fullmatch(word) is None and word in "".join(one[0] for one in there if one != _AND)
    return _INITIALS if short else 0.0
