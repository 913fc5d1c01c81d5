"""Where a person lives: house, lane and street together, a village after words of residence. The commune stays."""

import re
from collections.abc import Iterator

from domain.redaction.findings import Certainty, Finding, Kind
from domain.redaction.places import HISTORIC, RESIDENCE, UNIT_STARTS
from domain.redaction.reading import SHUT, Line, Reading
from domain.redaction.vocabulary import STOPS

_NUMBER = r"\d{1,4}(?:[a-z]\d{0,3})?(?:[/\-]\d{1,4}[a-z]?)*(?![\w/])"
_SPACE = r"[ \u00a0]*"
_HOUSE = re.compile(rf"(?:so{_SPACE}nha|nha{_SPACE}so|sn){_SPACE}:?{_SPACE}{_NUMBER}")
_NUMBERED = re.compile(rf"so{_SPACE}:?{_SPACE}{_NUMBER}|{_NUMBER}")
_LANE = re.compile(rf"(?:ngo|ngach|hem|kiet){_SPACE}(?:so{_SPACE})?{_NUMBER}")
_STREET = re.compile(r"(?:duong|pho|dai lo|tl|ql)[ \u00a0]+")
_FLAT = re.compile(rf"(?:can{_SPACE}ho|can|phong|p\.|p){_SPACE}(?:so{_SPACE})?{_NUMBER}")
_BUILDING = re.compile(
    rf"(?:toa|block|lo|day){_SPACE}(?:nha{_SPACE})?[a-z]{{0,3}}\d{{0,4}}[a-z]?(?![\w])|chung cu[ \u00a0]+"
)
_VILLAGE = re.compile(
    rf"(?:khu{_SPACE}do{_SPACE}thi|(?:khu{_SPACE})?tap{_SPACE}the|khu{_SPACE}dan{_SPACE}cu|kdt|kdc|thon|xom|ap|ban|lang|buon|to{_SPACE}dan{_SPACE}pho|tdp|to|khu{_SPACE}pho|khu|doi|cum){_SPACE}(?:so{_SPACE})?"
)
_BUILT = re.compile(r"\b(?:toa|block|chung cu|ngo|ngach|duong|pho|to dan pho)\b")
_PLAIN_NUMBER = re.compile(r"\d{1,3}[a-z]?(?![\w/.])")
_SLASHED = re.compile(r"(?<![\w/.-])\d{1,4}[A-Za-z]?(?:/\d{1,3}[A-Za-z]?){1,4}[ \u00a0]+(?=[^\W\d_])")
_BETWEEN = re.compile(r"[ \u00a0]*[,\-–]?[ \u00a0]*")
_RESIDENCE = re.compile(
    r"(?<![a-z])(?:{})(?:\s+(?:tai|o))?\s*:?\s*".format("|".join(sorted(RESIDENCE, key=len, reverse=True)))
    + rf"|{SHUT}[ ,]{{0,3}}(?:hien\s+)?(?:o|tru|nguoi|que)(?:\s+(?:tai|o))?\s+"
)
_LAND = re.compile(
    rf"thua(?:{_SPACE}dat)?(?:{_SPACE}so)?{_SPACE}:?{_SPACE}\d{{1,5}}[ ,;\-]+(?:thuoc{_SPACE})?to"
    rf"(?:{_SPACE}ban{_SPACE}do)?(?:{_SPACE}dia{_SPACE}chinh)?(?:{_SPACE}so)?{_SPACE}:?{_SPACE}\d{{1,4}}"
)
_ANOTHER_WORD = re.compile(r"\b(?:ban|bàn|bạn|tờ|sở|phó|sổ|áp|đợi|ngờ)\b")
_STARTS = re.compile(
    rf"(?<![\w/.-])(?:so{_SPACE}nha|nha{_SPACE}so|sn|so|can{_SPACE}ho|can|phong|p\.?|nha)(?=[ \u00a0:]*\d)"
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """Yield the home addresses of a text and the plots of land, as far as the commune."""
    for found in _LAND.finditer(reading.bare):
        yield Finding(found.start(), found.end(), Kind.ADDRESS, Certainty.LIKELY)
    for found in _STARTS.finditer(reading.bare):
        yield from _house(reading, found.start())
    for found in _RESIDENCE.finditer(reading.bare):
        yield from _residence(reading, found.end())
    for found in _SLASHED.finditer(reading.text):
        end = _words(reading, found.end(), 4, capitals=True)
        certain = found.group().count("/") > 1 or _at_home(reading, found.start())
        if end > found.end() and certain:
            yield from _checked(reading, found.start(), _tail(reading, end), Certainty.LIKELY)


def _at_home(reading: Reading, at: int) -> bool:
    return re.search(r" (?:nha|o|tru|so|dia chi) (?:toi )?$", reading.before(at, 3)) is not None


def _house(reading: Reading, at: int) -> Iterator[Finding]:
    """A number of a house or a flat; a bare "số 12" only with a lane or a street after it."""
    house = _HOUSE.match(reading.bare, at)
    if house is not None:
        yield from _checked(reading, at, _tail(reading, house.end()), Certainty.SURE)
        return
    flat = _FLAT.match(reading.bare, at)
    if flat is not None:
        end = _tail(reading, flat.end())
        if end > flat.end() and _BUILT.search(reading.bare, flat.end(), end):
            yield from _checked(reading, at, end, Certainty.SURE)
        return
    start = reading.bare.find("so", at, at + 6) if reading.bare.startswith("nha", at) else at
    bare = _NUMBERED.match(reading.bare, max(start, at))
    if bare is not None:
        end = max(_tail(reading, bare.end()), _named_street(reading, bare.end()))
        if end > bare.end():
            yield from _checked(reading, max(start, at), end, Certainty.SURE)


def _named_street(reading: Reading, at: int) -> int:
    """Return where a street ends that stands right behind a number by its name alone, `at` where none does."""
    gap = _BETWEEN.match(reading.bare, at)
    start = gap.end() if gap else at
    ends = [_words(reading, start, count, capitals=True) for count in (4, 3, 2)]
    return next((end for end in ends if reading.bare[start:end] in HISTORIC), at)


def _residence(reading: Reading, at: int) -> Iterator[Finding]:
    """What follows words of residence, where it is finer than a commune."""
    first = _NUMBERED.match(reading.bare, at)
    if first is not None:
        end = max(_tail(reading, first.end()), _named_street(reading, first.end()))
        if end > first.end():
            yield from _checked(reading, at, end, Certainty.LIKELY)
        return
    end = _part(reading, at)
    if end > at:
        yield from _checked(reading, at, _tail(reading, end), Certainty.LIKELY)


def _checked(reading: Reading, start: int, end: int, certainty: Certainty) -> Iterator[Finding]:
    if _ANOTHER_WORD.search(reading.text[start:end].lower()) is None:
        yield Finding(start, end, Kind.ADDRESS, certainty)


def _tail(reading: Reading, at: int) -> int:
    """Return where the parts end that follow one another after a place."""
    while True:
        gap = _BETWEEN.match(reading.bare, at)
        start = gap.end() if gap else at
        end = _part(reading, start) if start > at or at == 0 else at
        if end <= start:
            return max(at, _named_street(reading, at))
        at = end


def _part(reading: Reading, at: int) -> int:
    """Return where one part of an address ends that begins here, `at` where none does."""
    if at > 0 and reading.bare[at - 1].isalnum():
        return at
    for pattern in (_HOUSE, _LANE, _FLAT):
        found = pattern.match(reading.bare, at)
        if found is not None:
            return found.end()
    for pattern, longest in ((_STREET, 5), (_BUILDING, 4), (_VILLAGE, 4)):
        found = pattern.match(reading.bare, at)
        if found is None:
            continue
        number = _PLAIN_NUMBER.match(reading.bare, found.end())
        if number is not None:
            return number.end()
        end = _words(reading, found.end(), longest)
        if end > found.end() or pattern is _BUILDING:
            return end
    return at


def _words(reading: Reading, at: int, longest: int, *, capitals: bool = False) -> int:
    """Return where a name of a place ends: its words in capitals, or as far as words go that belong to none."""
    line = next((one for one in reading.lines if one.start <= at < one.end), None)
    if line is None:
        return at
    first = next((index for index, one in enumerate(line.words) if one.start == at), None)
    if first is None or (capitals and not line.words[first].capital):
        return at
    return _name_end(line, first, longest, at)


def _name_end(line: Line, first: int, longest: int, at: int) -> int:
    shaped = line.words[first].capital and not line.loud
    end = at
    for index in range(first, min(first + longest, len(line.words))):
        word = line.words[index]
        if shaped and not word.capital:
            break
        if not shaped and (UNIT_STARTS.has(word, plain=line.plain) or STOPS.has(word, plain=line.plain)):
            break
        end = word.end
        if not line.joined(index):
            break
    return end
