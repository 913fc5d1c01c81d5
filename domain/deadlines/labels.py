"""Words that only name what follows: "Đợt 1:", "Báo cáo quý I: trước ngày 15/3"."""

from domain.deadlines.dated import limit
from domain.deadlines.stretches import stretch
from domain.deadlines.tokens import Phrase
from domain.deadlines.written import numeral

_REPORTS = ("bao cao", "so ket", "tong ket", "bao cao so ket", "bao cao tong ket")


def turn_label(phrase: Phrase, at: int) -> int | None:
    """Return the place after "Đợt 1", "Lần 2", which number what follows."""
    if phrase.at(at) not in ("dot", "lan", "ky"):
        return None
    if phrase.at(at + 1) in ("i", "ii", "iii", "iv"):
        return at + 2
    counted = numeral(phrase, at + 1)
    return counted[1] if counted is not None else None


def label_before_limit(phrase: Phrase, at: int) -> int | None:
    """Return the place of the limit in "Quý I: trước ngày 15/3" and "Báo cáo năm trước ngày 15/12"."""
    reported = phrase.first(at, _REPORTS)
    at = reported if reported is not None else at
    if phrase.at(at) not in ("quy", "qui", "thang", "nam", "ca") and phrase.number(at) is None:
        return None
    if (after := _labelled(phrase, at)) is None:
        return None
    after += phrase.at(after) in (":", "(", "-")
    start, inclusive, _ = limit(phrase, after)
    if inclusive is None or start == after or phrase.at(after) in ("den", "toi", "het", "cho"):
        return None
    named = phrase.at(start) == "ngay" or (phrase.number(start) is not None and phrase.at(start + 1) in ("/", "."))
    return after if named else None


def _labelled(phrase: Phrase, at: int) -> int | None:
    found = stretch(phrase, at, bare_year=True)
    if found is not None:
        return found[1] if found[0].unit != "day" else None
    counted = numeral(phrase, at)
    if counted is not None and phrase.at(counted[1]) == "thang":
        return counted[1] + 1
    return at + 1 if phrase.at(at) in ("quy", "thang") else None
