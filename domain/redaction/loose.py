"""Names in small letters, or where everything is in capitals: by surname, middle and given names alone."""

from domain.redaction import places
from domain.redaction import vocabulary as words
from domain.redaction.findings import Certainty
from domain.redaction.reading import Line, Vocabulary
from domain.redaction.titles import By

_LONGEST = 5
_SMALL = frozenset({"lê", "đỗ", "lưu", "tạ", "nghiêm", "quách", "doãn"})
"""Beside the strong surnames: those that begin a name in small letters of which nothing says that it is one."""
_PLAIN_STRICT = frozenset({"nguyen", "pham", "huynh", "tran", "hoang", "bui"})
_PLAIN = frozenset({"nguyen", "pham", "huynh"})
"""Surnames that stay surnames without their marks: before "văn" and "thị", before any middle name."""
_WEAK = Vocabulary.of("của do với cho nhờ tới")
"""After which a surname, a middle and a given name are a name, whatever the surname."""


def name_at(line: Line, at: int, by: By | None) -> tuple[int, Certainty] | None:
    """Return where the name ends that begins at a word, and how sure it is; None where none does."""
    if not words.SURNAMES.has(line.words[at], plain=line.plain) or not line.joined(at):
        return _called(line, at, by)
    if by is By.NAMED or by is By.INTRO:
        end = _to_the_end(line, at, by)
        if end > at:
            return end, Certainty.SURE
    said = by is not None and by is not By.UNIT
    if not (_begins_said(line, at) if said else _begins_alone(line, at, by)):
        return _called(line, at, by)
    end = _end(line, at, said=said)
    bare = " ".join(one.bare for one in line.words[at:end])
    if bare in places.PLACE_NAMES or bare in words.CUTS or (by is not By.KIN and bare in places.HISTORIC):
        return None
    return end, Certainty.SURE if said else Certainty.LIKELY


def _to_the_end(line: Line, at: int, by: By) -> int:
    """Return where a name ends that is all there is up to the next mark of punctuation, `at` where it is none."""
    end = at + 1
    while line.joined(end - 1) and end - at < _LONGEST:
        end += 1
    strong = words.STRONG.has(line.words[at], plain=line.plain)
    if not 3 <= end - at < _LONGEST or (line.plain and by is By.INTRO and not strong):
        return at
    run = line.words[at + 1 : end]
    known = sum(words.MIDDLES.has(one, plain=line.plain) or words.GIVEN.has(one, plain=line.plain) for one in run)
    return end if known >= len(run) - 1 and not any(_office(line, one) for one in range(at, end)) else at


def _begins_said(line: Line, at: int) -> bool:
    """Whether a name begins at a surname of which the words before say that it does."""
    following = line.words[at + 1]
    if line.plain and line.words[at].bare == "la":
        return False
    strong = words.STRONG.has(line.words[at], plain=line.plain)
    middle = words.MIDDLES.has(following, plain=line.plain)
    if words.STRICT.has(following, plain=line.plain) or (_whole(line, at) and (strong or not line.plain)):
        return True
    known = middle or words.GIVEN.has(following, plain=line.plain)
    stopped = words.STOPS.has(following, plain=line.plain)
    return not stopped and (known or strong) and (middle or strong or not line.plain)


def _begins_alone(line: Line, at: int, by: By | None) -> bool:
    """Whether one begins of which nothing says so, or only an office before it."""
    word = line.words[at]
    strong = words.STRONG.has(word, plain=line.plain) or (not line.plain and word.lower in _SMALL)
    if by is None and words.STRICT.has(line.words[at + 1], plain=line.plain):
        return strong and (not line.plain or word.bare in _PLAIN_STRICT)
    if not _whole(line, at):
        return False
    weak = at > 0 and line.joined(at - 1) and _WEAK.has(line.words[at - 1], plain=line.plain)
    if by is By.UNIT or weak:
        return strong or not line.plain
    return word.bare in _PLAIN if line.plain else strong


def _whole(line: Line, at: int) -> bool:
    """Whether a middle and a given name follow a surname."""
    if at + 2 >= len(line.words) or not line.joined(at + 1):
        return False
    third = line.words[at + 2]
    if _office(line, at + 2) or words.STOPS.has(third, plain=line.plain):
        return False
    return words.MIDDLES.has(line.words[at + 1], plain=line.plain) and words.GIVEN.has(third, plain=line.plain)


def _office(line: Line, at: int) -> bool:
    """Whether two words begin an office, a post or what is done there."""
    return line.joined(at) and f"{line.words[at].bare} {line.words[at + 1].bare}" in words.CUTS


def _end(line: Line, at: int, *, said: bool) -> int:
    end = at + 2
    while end < len(line.words) and end - at < _LONGEST and line.joined(end - 1):
        word = line.words[end]
        if end == at + 2 and words.STRICT.has(line.words[end - 1], plain=line.plain):
            end += 1
            continue
        if _office(line, end) or (words.STOPS.has(word, plain=line.plain) and not _meant(line, at, end, said=said)):
            break
        if not (words.GIVEN.has(word, plain=line.plain) or (said and _rare(line, at, end))):
            break
        end += 1
    return end


def _meant(line: Line, at: int, end: int, *, said: bool) -> bool:
    """Whether a word that ends names is one itself: the third, behind a middle name, where something else ends it."""
    if not said or end != at + 2 or not words.STRONG.has(line.words[at], plain=line.plain):
        return False
    return _ends_behind(line, end) and words.MIDDLES.has(line.words[end - 1], plain=line.plain)


def _rare(line: Line, at: int, end: int) -> bool:
    """Whether a word that is no usual given name is one: behind middle names alone, with the name ending there."""
    middles = all(words.MIDDLES.has(one, plain=line.plain) for one in line.words[at + 1 : end])
    return middles and _ends_behind(line, end)


def _ends_behind(line: Line, at: int) -> bool:
    """Whether a word is followed by punctuation, or by words that end a name."""
    if not line.joined(at):
        return True
    return words.STOPS.has(line.words[at + 1], plain=line.plain) or _office(line, at + 1)


def _called(line: Line, at: int, by: By | None) -> tuple[int, Certainty] | None:
    """A given name alone in small letters after a title, after "tên"; only with marks, or where all is in capitals."""
    word = line.words[at]
    if by not in (By.KIN, By.NAMED, By.INTRO) or line.plain:
        return None
    if not words.CALLED.has(word, plain=False) or _hero(line, at):
        return None
    return at + 1, Certainty.LIKELY


def _hero(line: Line, at: int) -> bool:
    """Whether "anh hùng" is the word for a hero."""
    if line.words[at].bare != "hung" or line.words[at - 1].bare != "anh":
        return False
    following = line.words[at + 1].bare if line.joined(at) else ""
    return following in {"luc", "lao", "liet", "dan", "ca"} or (at > 1 and line.words[at - 2].bare == "nam")
