"""Which figures in the words of a task are goals beyond doubt, and which a person is asked about."""

import re

from domain.words import fold

_CUTTING = re.compile(r"\b(?:cat giam|giam|tang|tang them|bo sung|tiet kiem)\b[^%]{0,60}$")
_NAMED = re.compile(r"\b(?:ty le|muc do|dat|la|bang)\b[^%]{0,200}$")
_BEGINS = re.compile(
    r"(?:[-+•*]\s*)?(?:trong (?:so )?do,? (?:co )?|rieng )?(?:bao dam |dam bao |duy tri |thuc hien )?\d"
)


def is_sure(clause: str, operator: str, *, alone: bool) -> bool:
    """Whether a figure inside a task is a goal to measure: the only one of its clause, and said as a goal is said.

    Said so are limits ("tối thiểu 90%"), what a rate reaches ("tỷ lệ … đạt 80%") and shares that begin the clause
    ("100% hồ sơ …"). A cut or a growth is none: against what it counts only a person knows.
    """
    before = fold(clause).split("%", 1)[0]
    if not alone or _CUTTING.search(before):
        return False
    return operator != "=" or _BEGINS.match(before) is not None or _NAMED.search(before) is not None
