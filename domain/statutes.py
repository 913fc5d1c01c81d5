"""Texts of law: the limits that cases run by, and texts that have ended but are still cited.

The dates are those of the replacing texts' own closing articles: Nghị định 118/2025/NĐ-CP (in force
01/07/2025), Thông tư 03/2025/TT-VPCP (15/09/2025), Nghị định 356/2025/NĐ-CP and Luật 91/2025/QH15
(01/01/2026), Nghị định 224/2026/NĐ-CP Điều 90 (01/07/2026).
"""

import re
from dataclasses import dataclass
from datetime import date

from domain.words import fold


@dataclass(frozen=True, slots=True)
class Stale:
    """A text that is cited although it has ended: `since` is the first day it was no longer in force."""

    cited: str
    replaced_by: str
    since: date


ENDED: tuple[Stale, ...] = (
    Stale("Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP", date(2025, 7, 1)),
    Stale("Nghị định 107/2021/NĐ-CP", "Nghị định 118/2025/NĐ-CP", date(2025, 7, 1)),
    Stale("Thông tư 01/2018/TT-VPCP", "Thông tư 03/2025/TT-VPCP", date(2025, 9, 15)),
    Stale("Nghị định 13/2023/NĐ-CP", "Luật 91/2025/QH15 và Nghị định 356/2025/NĐ-CP", date(2026, 1, 1)),
    Stale("Nghị định 42/2022/NĐ-CP", "Nghị định 224/2026/NĐ-CP", date(2026, 7, 1)),
    Stale("Nghị định 64/2007/NĐ-CP", "Nghị định 224/2026/NĐ-CP", date(2026, 7, 1)),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in working days that a text sets: what is to be done, within how many, by which article."""

    what: str
    working_days: int
    article: str

    @property
    def said(self) -> str:
        """The limit and the way its days are counted, as a sentence with the articles."""
        return (
            f"{self.what} trong {self.working_days:02d} ngày làm việc ({self.article}); "
            f"ngày bắt đầu không tính ({DAY_NOT_COUNTED})."
        )


DAY_NOT_COUNTED = "Bộ luật Dân sự 2015, Điều 147 khoản 2"
FORWARDING = Limit(
    "Chuyển phản ánh, kiến nghị đến cơ quan có thẩm quyền", 5, "Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm d"
)
CONDUCT_FORWARDING = Limit(
    "Chuyển phản ánh về hành vi đến cơ quan có thẩm quyền", 3, "Quy chế của tỉnh; Nghị định 20/2008/NĐ-CP, Điều 9"
)
"""The decree gives no number for conduct: the days are the province's."""


@dataclass(frozen=True, slots=True)
class LawPack:
    """The rules under which cases received from a day on are handled."""

    name: str
    since: date
    forwarding: Limit


LAW_PACKS = (LawPack("NĐ 20/2008", date(2008, 3, 5), FORWARDING),)
"""By the first day of each, the oldest first. Nghị định 20/2008/NĐ-CP (amended by 48/2013, 92/2017) is in force from
the fifteenth day after its publication; no replacement is known in November 2026."""


def law_on(day: date, packs: tuple[LawPack, ...] = LAW_PACKS) -> LawPack:
    """Return the rules in force on a day; for a day before all of them, the oldest."""
    return next((one for one in reversed(packs) if one.since <= day), packs[0])


_SHORT = {"nghi dinh": "nghi dinh|nd", "thong tu": "thong tu|tt"}
_REPLACING = re.compile(r"(thay the|thay cho|bai bo|het hieu luc)( \w+){0,3} ?$")


def stale(text: str, on: date) -> tuple[Stale, ...]:
    """Return the texts cited that had ended on a day, each once, in the order of the table.

    A text named only as the one that another replaces ("thay thế Nghị định …") is not cited as a basis.
    """
    folded = fold(text)
    return tuple(one for one in ENDED if one.since <= on and _is_cited(one.cited, folded))


def _is_cited(name: str, folded: str) -> bool:
    return any(not _REPLACING.search(folded, 0, match.start()) for match in _PATTERNS[name].finditer(folded))


def _pattern(name: str) -> re.Pattern[str]:
    """Find "Nghị định số 61/2018/NĐ-CP", "NĐ 61/2018", and the bare "61/2018/NĐ-CP"."""
    kind, number = fold(name).rsplit(" ", 1)
    short, mark = number.rsplit("/", 1)
    worded = rf"\b(?:{_SHORT[kind]}) ?(?:so ?:? ?)?{re.escape(short)}(?![\d])(?!/(?!{re.escape(mark)}))"
    return re.compile(rf"{worded}|(?<![\d/]){re.escape(number)}\b")


_PATTERNS = {one.cited: _pattern(one.cited) for one in ENDED}
