"""A sentence as a row of marks: documents, codes, days, percentages and the phrases of the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.evidence import DocumentRef
from domain.replies.days import LEADS, Day, Length, day_at
from domain.replies.papers import papers_in
from domain.replies.tokens import Token, tokens_of
from domain.replies.vocabulary import BY_FIRST_WORD, KNOWN, Kind

_STOPS = frozenset(",.;:!\n()…[]{}")
_ENDS = frozenset(".;!?\n…")
_COUNTED = frozenset({"ngay", "hom", "tuan", "thang", "nam", "viec", "%", "/", "-", ".", "nguoi", "xa", "huyen", "gio"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the line that means one thing; `word` is its folded words."""

    kind: Kind
    word: str
    start: int
    end: int
    value: str | int | Day | Length | DocumentRef | None = None

    @property
    def is_end(self) -> bool:
        """Whether it ends a sentence, not only a clause."""
        return self.kind in {Kind.STOP, Kind.ASKED} and self.word in _ENDS


def marks_of(line: str, today: date) -> list[Mark]:
    """Return the marks of a line, in order; every word is in exactly one."""
    tokens = tokens_of(line)
    papers = papers_in(line, today)
    found: list[Mark] = []
    at = 0
    while at < len(tokens):
        while papers and papers[0].end <= tokens[at].start:
            papers.pop(0)
        if papers and papers[0].start <= tokens[at].start:
            paper = papers.pop(0)
            found.append(Mark(Kind.PAPER, "", paper.start, paper.end, paper.ref))
            while at < len(tokens) and tokens[at].start < paper.end:
                at += 1
            continue
        size, kind, value = _at(tokens, at, today)
        words = " ".join(token.word for token in tokens[at : at + size])
        found.append(Mark(kind, words, tokens[at].start, tokens[at + size - 1].end, value))
        at += size
    return _listed(found)


def _at(
    tokens: Sequence[Token], at: int, today: date
) -> tuple[int, Kind, str | int | Day | Length | DocumentRef | None]:
    code = _code(tokens, at)
    if code is not None:
        return code[0], Kind.CODE, code[1]
    percent = _percent(tokens, at)
    if percent is not None:
        return percent[0], Kind.PERCENT, percent[1]
    fraction = _fraction(tokens, at)
    if fraction is not None:
        return 3, Kind.PART if fraction else Kind.WORD, None
    day = day_at(tokens, at, today)
    phrase = _phrase(tokens, at)
    if day is not None and (phrase is None or day.size >= phrase[0]):
        return day.size, Kind.DAY if isinstance(day.value, Day) else Kind.LENGTH, day.value
    if phrase is not None:
        return phrase[0], phrase[1], None
    word = tokens[at].word
    stops = word in _STOPS and not (word == "." and _is_within(tokens, at))
    return 1, Kind.ASKED if word == "?" else Kind.STOP if stops else Kind.WORD, None


def _is_within(tokens: Sequence[Token], at: int) -> bool:
    """Whether a full stop stands between two words without a space: "k.xong", "TP.Sơn La"."""
    if not 0 < at < len(tokens) - 1:
        return False
    before, own, after = tokens[at - 1 : at + 2]
    return before.end == own.start and own.end == after.start and before.word.isalpha() and after.word.isalpha()


def _phrase(tokens: Sequence[Token], at: int) -> tuple[int, Kind] | None:
    for words, kind in BY_FIRST_WORD.get(tokens[at].word, ()):
        if all(at + ahead < len(tokens) and tokens[at + ahead].word == word for ahead, word in enumerate(words)):
            return len(words), kind
    return None


def code_of(number: int) -> str:
    """Return an assignment's code in its proper form."""
    return f"NV-{number:04d}"


def _code(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    """Read "NV-0012", "nv 12", "nv số 12"; also "việc 12" where nothing is counted."""
    words = [token.word for token in tokens[at : at + 5]]
    plain = words[:1] == ["viec"]
    size = 1
    if words[:2] == ["nhiem", "vu"]:
        plain, size = True, 2
    elif not plain and words[:1] != ["nv"]:
        return None
    if at and tokens[at - 1].word in {"/", "-"} and tokens[at - 1].end == tokens[at].start:
        return None
    skipped = 0
    signs = {"so"} if plain else {"so", "-", "–", ".", ":", "_", "#"}
    while size + skipped < len(words) and words[size + skipped] in signs and skipped < 2:
        skipped += 1
    place = at + size + skipped
    number = tokens[place].number if place < len(tokens) else None
    if not number or (words[:2] == ["nhiem", "vu"] and not skipped):
        return None
    if plain and not _free(tokens, place):
        return None
    return size + skipped + 1, code_of(number)


def _free(tokens: Sequence[Token], place: int) -> bool:
    """Whether the number at a place counts nothing: it ends a clause, or a word of the vocabulary follows."""
    if place + 1 >= len(tokens):
        return True
    word = tokens[place + 1].word
    return word not in _COUNTED and (word in _STOPS or word in KNOWN)


def _percent(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Read "60%", "97,5 %", "60 phần trăm": what stands behind the comma is left out."""
    value = tokens[at].number
    if value is None or value > 100 or (at and tokens[at - 1].word in {"-", "–", ",", "."} and _glued(tokens, at)):
        return None
    size = 1
    words = [token.word for token in tokens[at + 1 : at + 5]]
    if len(words) > 1 and words[0] in {",", "."} and words[1].isdecimal():
        size, words = 3, words[2:]
    if words[:1] == ["%"]:
        return size + 1, value
    return (size + 2, value) if words[:2] == ["phan", "tram"] else None


_COUNTED_NOUNS = frozenset(
    {"noi", "phan", "xa", "viec", "don", "huyen", "ho", "muc", "nhiem", "thu", "phuong", "phong", "so", "nguoi", "buoc"}
    | {"chi", "bao", "thon", "truong", "co", "san", "khoi"}
)
"""First words of what is counted after a fraction: "3/5 nội dung", "18/20 xã"."""


def _fraction(tokens: Sequence[Token], at: int) -> bool | None:
    """Return whether a fraction is less than a whole; None where there is none, as in a day and month."""
    part = tokens[at].number
    if part is None or at + 2 >= len(tokens) or tokens[at + 1].word != "/":
        return None
    whole = tokens[at + 2].number
    after = tokens[at + 3].word if at + 3 < len(tokens) else ""
    if whole is None or after in {"/", "-"} or (at and tokens[at - 1].word in {"/", "-"}):
        return None
    counted = after in _COUNTED_NOUNS and not (at and tokens[at - 1].word in {"ngay", *LEADS})
    no_date = whole > 12 and len(tokens[at + 2].word) < 4
    return part < whole if counted or no_date else None


def _glued(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].end == tokens[at].start


def _listed(marks: list[Mark]) -> list[Mark]:
    """Read "nv 12, 13 và 15": numbers in a row after a code are codes too."""
    found = list(marks)
    for at in range(2, len(found)):
        number = found[at]
        if found[at - 2].kind is not Kind.CODE or found[at - 1].word not in {",", "va", "+", "&"}:
            continue
        bare = number.kind is Kind.WORD and number.word.isdecimal() and len(number.word) <= 9 and int(number.word) > 0
        follower = found[at + 1] if at + 1 < len(found) else None
        if bare and (follower is None or follower.kind not in {Kind.WORD, Kind.LENGTH, Kind.DAY}):
            found[at] = Mark(Kind.CODE, number.word, number.start, number.end, code_of(int(number.word)))
    return found
