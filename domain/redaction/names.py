"""Names of persons: after titles and posts, after "tôi là", by surname; never those of streets, schools, agencies."""

from collections.abc import Iterator

from domain.redaction import loose, places
from domain.redaction import vocabulary as words
from domain.redaction.findings import Certainty, Finding, Kind
from domain.redaction.reading import Line, Reading, Word
from domain.redaction.titles import By, said_before
from domain.words import fold

_LONGEST = 5
_WORD_LETTERS = 7
"""A Vietnamese syllable has no more letters (nghiêng)."""


_PAIRS = frozenset(tuple(fold(one).split()[-2:]) for one in places.PLACE_PAIRS)


def found_in(reading: Reading) -> Iterator[Finding]:
    """Yield the names in a text, a name once, as far as they stand in one line."""
    for line in reading.lines:
        taken = 0
        for at in range(len(line.words)):
            if at < taken:
                continue
            found = _at(line, at)
            if found is not None:
                end, certainty = found
                yield Finding(line.words[at].start, line.words[end - 1].end, Kind.PERSON, certainty)
                taken = end


def again_in(reading: Reading, named: frozenset[str]) -> Iterator[Finding]:
    """Yield where names already found stand once more: whole in any writing, the given name alone as it was written."""
    whole = {tuple(fold(one).split()) for one in named if " " in one}
    given = {one.split()[-1] for one in named if len(one.split()[-1]) > 1 and one.split()[-1].istitle()}
    for line in reading.lines:
        for at, word in enumerate(line.words):
            yield from _whole(line, at, whole)
            alone = not (at and line.joined(at - 1) and line.words[at - 1].capital) and not (
                line.joined(at) and line.words[at + 1].capital
            )
            if alone and not line.loud and line.text[word.start : word.end] in given and not _in_place(line, at):
                yield Finding(word.start, word.end, Kind.PERSON, Certainty.LIKELY)


def _whole(line: Line, at: int, whole: set[tuple[str, ...]]) -> Iterator[Finding]:
    for name in whole:
        bare = tuple(one.bare for one in line.words[at : at + len(name)])
        joined = all(line.joined(at + step) for step in range(len(name) - 1))
        if bare == name and joined and not _in_place(line, at):
            yield Finding(line.words[at].start, line.words[at + len(name) - 1].end, Kind.PERSON)


def _at(line: Line, at: int) -> tuple[int, Certainty] | None:
    """Return where the name ends that begins at a word, and how sure it is; None where none does."""
    by, title = said_before(line, at)
    if by is None and _in_place(line, at):
        return None
    shaped = line.words[at].capital and not line.loud
    if shaped:
        return _shaped(line, at, by, title)
    return loose.name_at(line, at, by)


def _in_place(line: Line, at: int) -> bool:
    """Whether the words right before a word make what follows a place, a school, a company."""
    if at == 0 or not (line.joined(at - 1) or line.gap(at - 1) in (". ", ".")):
        return False
    before = line.words[at - 1]
    if places.PLACE_WORDS.has(before, plain=line.plain) and not (line.plain and before.bare in {"ho", "hoi", "giai"}):
        return True
    return at > 1 and line.joined(at - 2) and (line.words[at - 2].bare, before.bare) in _PAIRS


def _shaped(line: Line, at: int, by: By | None, title: Word | None) -> tuple[int, Certainty] | None:
    """A name by its capitals."""
    surname = words.SURNAMES.has(line.words[at], plain=line.plain)
    end = _run(line, at, _LONGEST if surname else 3)
    if end == at:
        return None
    bare = " ".join(one.bare for one in line.words[at:end])
    if by is By.KIN and title is not None:
        return _after_kin(line, at, end, title, surname)
    if bare in places.HISTORIC and (by is None or by is By.UNIT or bare == "ho chi minh"):
        return None
    count = end - at
    if by is By.UNIT:
        return (end, Certainty.LIKELY) if surname and (count >= 3 or _middle(line, at)) else None
    if by is not None and surname and count >= 2:
        return end, Certainty.SURE
    if by is By.POST or by is By.INTRO:
        run = [one for one in line.words[at:end] if len(one.lower) > 1]
        given = bool(run) and all(words.GIVEN.has(one, plain=line.plain) for one in run)
        titled = by is By.INTRO or ":" not in line.gap(at - 1)
        return (end, Certainty.LIKELY) if given and titled and count <= 3 else None
    if by is By.NAMED:
        return (end, Certainty.SURE) if len(bare) > 1 else None
    return _bare_name(line, at, end, bare) if surname and count >= 2 else None


def _after_kin(line: Line, at: int, end: int, title: Word, surname: bool) -> tuple[int, Certainty] | None:
    first = line.words[at]
    if words.KIN.has(first, plain=line.plain) and not words.GIVEN.has(first, plain=line.plain):
        return None
    if f"{title.bare} {first.bare}" in words.NOT_AFTER_TITLES or all(len(one.bare) == 1 for one in line.words[at:end]):
        return None
    if line.plain and title.bare not in words.PLAIN_KIN and (title.capital or title.bare == "em") and not surname:
        return None
    return end, Certainty.SURE


def _bare_name(line: Line, at: int, end: int, bare: str) -> tuple[int, Certainty] | None:
    """Surname and more in capitals, of which nothing says that it is a name."""
    run = line.words[at:end]
    behind = at > 0 and line.joined(at - 1) and line.words[at - 1].capital and at > 1
    if any(len(one.bare) > _WORD_LETTERS for one in run):
        return None
    if any(one.upper and len(one.lower) > 1 for one in run) and not (len(run) >= 3 and _middle(line, at)):
        return None
    if len(run) == 2:
        towards = at > 0 and places.TOWARDS.has(line.words[at - 1], plain=line.plain)
        place = towards or behind or bare in places.PLACE_NAMES or not words.ALONE.has(run[0], plain=line.plain)
        return None if place else (end, Certainty.LIKELY)
    if behind and not _middle(line, at):
        return None
    return end, Certainty.SURE if _middle(line, at) else Certainty.LIKELY


def _middle(line: Line, at: int) -> bool:
    return at + 1 < len(line.words) and words.MIDDLES.has(line.words[at + 1], plain=line.plain)


def _run(line: Line, at: int, longest: int) -> int:
    """Return where a run of words in capitals ends; offices and posts end it, or are none from the start."""
    end = at
    while end < len(line.words) and end - at < longest and line.words[end].capital:
        word = line.words[end]
        following = line.words[end + 1].bare if line.joined(end) else ""
        inside = end == at + 1 and words.SURNAMES.has(line.words[at], plain=line.plain) and _middle(line, at)
        office = f"{word.bare} {following}" in words.CUTS and not inside
        named = end > at and (
            words.GIVEN.has(word, plain=line.plain) or words.STRICT.has(line.words[end - 1], plain=line.plain)
        )
        ends = words.ENDS.has(word, plain=line.plain) and not named
        first = end == at and words.SURNAMES.has(word, plain=line.plain) and _middle(line, at)
        if (office or ends) and not first:
            break
        end += 1
        if not (line.joined(end - 1) or _initial(line, end - 1)):
            break
    return end


def _initial(line: Line, at: int) -> bool:
    return at + 1 < len(line.words) and line.words[at].end - line.words[at].start == 1 and line.gap(at) in (".", ". ")
