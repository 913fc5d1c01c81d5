"""Reading the time cell of a plan: the one entrance of the deadline grammar.

The cell is cut into clauses; at each place the rules are tried in one fixed order; what several clauses say
is joined. A cell that no rule understands stays unspecified and says so: a wrong date that looks certain
costs an office more than a question at import.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from domain.deadlines.context import Context, Doubt, Item, WorkingDays, not_understood
from domain.deadlines.dated import dated, within_days
from domain.deadlines.joining import CHOICE, join
from domain.deadlines.labels import label_before_limit, turn_label
from domain.deadlines.repeating import recurring
from domain.deadlines.rewording import begin_and_end, round_the_clock
from domain.deadlines.tokens import Phrase, tokenize
from domain.deadlines.undated import by_other_plan, continuous, on_event, opens_deadline
from domain.deadlines.values import ByDate, Deadline, Occurrences, Period, Reading, Unspecified
from domain.deadlines.written import weekday
from domain.words import nfc, squeeze

Guess = Callable[[str], date | None]
Rule = Callable[[Phrase, int, Context], Item | None]


def nothing_set(phrase: Phrase, at: int, _context: Context) -> Item | None:
    """Return the plain statement that there is no deadline."""
    after = phrase.has(at, "chua co thoi han")
    return Item((Unspecified(),), after) if after is not None else None


def in_turns(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Return "chia 2 đợt: tháng 3/2024; tháng 6/2024": so many periods, whatever lies between them."""
    number = phrase.number(at + 1)
    if phrase.at(at) != "chia" or number is None or phrase.at(at + 2) != "dot":
        return None
    periods: list[Period] = []
    after = at + 3
    while len(periods) < number:
        after += phrase.at(after) in (":", ";")
        item = dated(phrase, after, context)
        if item is None or not isinstance(value := item.deadlines[0], Period):
            return None
        periods.append(value)
        after = item.after
    return Item((Occurrences(tuple(periods)),), after) if periods else None


RULES: tuple[Rule, ...] = (nothing_set, in_turns, continuous, within_days, recurring, on_event, by_other_plan, dated)

_BULLET = re.compile(r"(?:^|\n|(?<=[.;])\s)\s*(?:[-+*·•●–]\s*|[a-dđ][.)]\s+|\d[.)]\s+(?=\D))")
_FROM = re.compile(r"^(?:bắt đầu\s+)?từ\s+", re.IGNORECASE)
_EMPTY = re.compile(r"[\s\-–—−_.]*")
_LONGEST = 1000  # letters: a cell beyond this is a paragraph that strayed into the column
_SEPARATORS = frozenset((",", ";", ".", "va", "hoac", "hay", "&", "+", "/", ":", "-", '"', "“", "”"))
_ACTIONS = (
    "hoan thanh", "thuc hien", "trien khai", "to chuc", "ban hanh", "bao cao", "gui", "trinh", "xay dung", "xong",
    "thoi gian", "thoi han", "han", "du kien", "tong hop", "ket qua", "ke hoach", "hoi nghi", "so ket", "tong ket",
    "van ban", "dinh ky", "cong bo", "phe duyet", "cap nhat", "ra soat", "kiem tra", "day du", "va", "viec",
    "bat dau", "nop", "gui bao cao", "dam bao", "bao dam", "yeu cau", "duy tri", "tiep tuc", "tien do", "trong", "vao",
    "toi thieu", "it nhat", "khoang", "ngay trong",
)  # fmt: skip
_PAPERS = ("ke hoach", "van ban", "bao cao", "hoi nghi", "so ket", "tong ket", "ket qua")
_NEGATIONS = frozenset(("khong", "chua", "tru", "ngoai", "%", "lich"))
_STARTERS = frozenset(("truoc", "cham", "muon", "hang", "thuong", "dot", "den", "khi", "theo", "trong"))
_TELLING = frozenset(("ngay", "thang", "quy", "nam", "truoc", "sau", "khi", "tuan"))
_LIMITING = frozenset(("truoc", "hang"))
_COMMENTS = ("ngay cuoi", "chua co ngay cu the", "chua ro bao lau mot lan")


def read(
    text: str,
    *,
    year: int | None,
    signed: date | None = None,
    guess: Guess | None = None,
    add_working_days: WorkingDays | None = None,
) -> Reading:
    """Return what a deadline cell means, with warnings for what a person must look at.

    `year` is the plan's year, for dates that name none; `signed` the day of its signing, for "kể từ ngày
    ký". `guess` is asked last about a lone date no rule understands, and its answer always carries a
    warning. `add_working_days(day, n)` knows the holidays. Nothing is raised: what is not understood is
    `Unspecified` with a warning that quotes it.
    """
    context = Context(year, signed, add_working_days)
    source = squeeze(text)
    if _EMPTY.fullmatch(source) and "…" not in source and source.count(".") < 3:
        return Reading(Unspecified())
    if len(source) > _LONGEST:
        return Reading(Unspecified(), (str(not_understood(f"{source[:100]}…")),))
    try:
        deadline = _cells(round_the_clock(nfc(text)), context)
    except Doubt as doubt:
        return _guessed(source, str(doubt), guess, context)
    return Reading(deadline, tuple(context.warnings))


def _guessed(source: str, sentence: str, guess: Guess | None, context: Context) -> Reading:
    lone = len(source) <= 40 and any(letter.isdecimal() for letter in source)
    asked = guess is not None and lone and sentence == str(not_understood(source))
    if asked and guess is not None and (day := guess(source)) is not None:
        words = f"“{source}” được đoán là ngày {day:%d/%m/%Y}, xin xác nhận."
        return Reading(ByDate(day), (*context.warnings, words))
    return Reading(Unspecified(), (sentence,))


def _cells(text: str, context: Context) -> Deadline:
    """Read a cell, or the two cells of a start and a finish."""
    cells = [cell.strip() for cell in re.split(r"\s\|\s|^\||\|$", text)]
    cells = [cell for cell in cells if not _EMPTY.fullmatch(cell)]
    if len(cells) == 1 and (both := begin_and_end(cells[0])) is not None:
        _warn_of_year(both, text, context)
        cells = both
    if len(cells) == 1:
        return _cell(cells[0], context)
    if len(cells) != 2:
        raise not_understood(squeeze(text))
    start, finish = _cell(_FROM.sub("", cells[0]), context), _cell(cells[1], context)
    if start == finish:
        return start
    match start, finish:
        case ((Period(first, _) | ByDate(first, True)), Period(_, last)):
            pass
        case ((Period(first, _) | ByDate(first, True)), ByDate(day, inclusive)):
            last = day if inclusive else day - timedelta(days=1)
        case _:
            raise not_understood(squeeze(text))
    if last < first:
        raise not_understood(squeeze(text))
    return Period(first, last)


def _warn_of_year(both: list[str], text: str, context: Context) -> None:
    """Ask about a beginning without year beside an end in another year than the plan's."""
    named = [re.search(r"20\d\d", part) for part in both]
    if named[0] is None and named[1] is not None and int(named[1][0]) != context.year:
        context.warn(f"“{squeeze(text)}”: chưa rõ năm bắt đầu, xin xác nhận.")


def _cell(text: str, context: Context) -> Deadline:
    flowing = text if "«" in text else _BULLET.sub(" ; ", text)  # a marked reference keeps its own marks
    phrase = tokenize(flowing.strip(" ;.,\n"))
    _refuse_ambiguous(phrase)
    items = _items(phrase, context)
    if not items:
        raise not_understood(phrase.source)
    return join(phrase, items, context)


def _refuse_ambiguous(phrase: Phrase) -> None:
    words = [token.text for token in phrase.tokens]
    if words == ["24", "/", "7"]:
        raise Doubt("“24/7” có thể là ngày 24/7, cũng có thể là suốt ngày đêm.")
    if any(pair == ("am", "lich") for pair in pairwise(words)):
        raise not_understood(phrase.source)


def _items(phrase: Phrase, context: Context) -> list[tuple[str, Item]]:
    """Return the understood pieces, each with what joins it to the one before ("" where nothing does)."""
    items: list[tuple[str, Item]] = []
    at = phrase.has(0, CHOICE) or 0
    joint = ""
    while at < len(phrase):
        word = phrase.at(at)
        if word in _SEPARATORS:
            joint = word if joint in ("", ",", ".") else joint
            at += 1
        elif (label := label_before_limit(phrase, at)) is not None:
            at = label
        elif (comment := _comment(phrase, at, items, context)) is not None:
            at = comment
        elif (item := _item(phrase, at, context)) is not None:
            items.append((joint, item))
            at, joint = item.after, ""
        else:
            at = _recover(phrase, at, items, context)
    return items


def _item(phrase: Phrase, at: int, context: Context) -> Item | None:
    for rule in RULES:
        if (item := rule(phrase, at, context)) is not None and item.after > at:
            return item
    return None


def _comment(phrase: Phrase, at: int, items: list[tuple[str, Item]], context: Context) -> int | None:
    """Return the place after a bracket or a restatement that changes nothing, None where none stands."""
    if phrase.first(at, _COMMENTS) is not None and items:
        return _closing(phrase, at)
    if phrase.at(at) == ")":
        return at + 1
    if phrase.at(at) != "(":
        return None
    return _bracket(phrase, at, context)


def _bracket(phrase: Phrase, at: int, context: Context) -> int:
    """Return where to go on at a bracket: inside it, where a recurrence stands, else behind it.

    A bracket that may say something about time and was not understood is shown to a person.
    """
    end = _closing(phrase, at + 1)
    reported = phrase.first(at + 1, ("bao cao", "dinh ky", "bao cao dinh ky"))
    if phrase.at(at + 1 if reported is None else reported) in ("hang", "moi"):
        return at + 1
    inside = {phrase.at(place) for place in range(at + 1, end)}
    plain = phrase.at(at + 1) in ("dot", "lan", "ky") or weekday(phrase, at + 1) >= end
    about = phrase.first(at + 1, ("bao cao", "doi voi")) is not None
    telling = _LIMITING if about else _TELLING
    silent = plain or phrase.first(at + 1, _COMMENTS) is not None
    if not silent and (telling & inside or any(word.isdecimal() for word in inside)):
        context.warn(f"Chưa hiểu phần “({phrase.between(at + 1, end)})” trong thời hạn.")
    return end + 1


def _closing(phrase: Phrase, at: int) -> int:
    depth = 0
    for place in range(at, len(phrase)):
        word = phrase.at(place)
        if (word == ")" and depth == 0) or (word == ";" and depth == 0):
            return place
        depth += (word == "(") - (word == ")")
    return len(phrase)


def _recover(phrase: Phrase, at: int, items: list[tuple[str, Item]], context: Context) -> int:
    """Skip words about the work ("hoàn thành", "Đợt 1:", "Báo cáo quý I:") up to the deadline they name."""
    if (label := turn_label(phrase, at)) is not None:
        return label
    if (action := phrase.first(at, _ACTIONS)) is not None:
        if phrase.first(at, _PAPERS) is not None and phrase.at(action) in ("nam", "quy", "qui", "thang"):
            context.warn(f"“{phrase.source}”: năm, quý hoặc tháng có thể thuộc tên văn bản, xin xác nhận.")
        return action
    end = _closing(phrase, at)
    words = {phrase.at(place) for place in range(at, end)}
    if items:
        context.warn(f"Chưa hiểu phần “{phrase.between(at, end)}” trong thời hạn.")
        return end
    for place in range(at + 1, end):
        prefix = {phrase.at(each) for each in range(at, place)}
        if prefix & _NEGATIONS or any(word.isdecimal() for word in prefix):
            break
        if phrase.at(place) in _STARTERS and opens_deadline(phrase, place):
            context.warn(f"Chưa hiểu phần “{phrase.between(at, place)}” trong thời hạn.")
            return place
    if words:
        raise not_understood(phrase.source)
    return end
