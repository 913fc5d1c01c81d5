"""Reporting periods: what "2026-Q1" means in days, which comes before, and over which days figures are counted.

Cut-off windows follow Điều 12 Nghị định 09/2019/NĐ-CP as provinces write it out (e.g. Điều 4 Quyết định
01/2023/QĐ-UBND Khánh Hòa): from the 15th of the month before to the 14th of the last month.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from domain.errors import ActRefused

_CODE = re.compile(r"(20\d\d)(?:-(?:Q([1-4])|H([12])|(9)M|(0[1-9]|1[0-2])))?", re.IGNORECASE)
_WANTED = "Kỳ báo cáo “{text}” không đọc được. Ghi như 2026-03 (tháng), 2026-Q1 (quý), 2026-H1 (6 tháng) hoặc 2026."
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months of one year: `first` to `last`, 1 to 12."""

    year: int
    first: int
    last: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "2026", "2026-H1", "2026-9M", "2026-Q1" or "2026-03". Raises ActRefused."""
        found = _CODE.fullmatch(text.strip())
        if found is None:
            raise ActRefused(_WANTED.format(text=text.strip()[:30]))
        year, quarter, half, nine, month = found.groups()
        if quarter:
            return cls(int(year), int(quarter) * 3 - 2, int(quarter) * 3)
        if half:
            return cls(int(year), int(half) * 6 - 5, int(half) * 6)
        if month:
            return cls(int(year), int(month), int(month))
        return cls(int(year), 1, 9 if nine else 12)

    @classmethod
    def month_of(cls, day: date) -> Self:
        """Return the month in which a day lies."""
        return cls(day.year, day.month, day.month)

    @classmethod
    def quarter_of(cls, day: date) -> Self:
        """Return the quarter in which a day lies."""
        last = (day.month + 2) // 3 * 3
        return cls(day.year, last - 2, last)

    @property
    def months(self) -> int:
        """How many months it has: 1, 3, 6, 9 or 12."""
        return self.last - self.first + 1

    @property
    def code(self) -> str:
        """The period as `read` takes it."""
        match self.months:
            case 1:
                return f"{self.year}-{self.last:02}"
            case 3:
                return f"{self.year}-Q{self.last // 3}"
            case 6:
                return f"{self.year}-H{self.last // 6}"
            case 9:
                return f"{self.year}-9M"
            case _:
                return str(self.year)

    @property
    def label(self) -> str:
        """The period in words: "tháng 3 năm 2026", "quý I năm 2026", "6 tháng đầu năm 2026", "năm 2026"."""
        match self.months:
            case 1:
                return f"tháng {self.last} năm {self.year}"
            case 3:
                return f"quý {_ROMAN[self.last // 3 - 1]} năm {self.year}"
            case 6:
                return f"6 tháng {'đầu' if self.last == 6 else 'cuối'} năm {self.year}"
            case 9:
                return f"9 tháng đầu năm {self.year}"
            case _:
                return f"năm {self.year}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, self.first, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year + self.last // 12, self.last % 12 + 1, 1) - timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The period of the same length before it; of nine months and of years, the year before."""
        if self.months in {9, 12}:
            return Period(self.year - 1, self.first, self.last)
        if self.first == 1:
            return Period(self.year - 1, 13 - self.months, 12)
        return Period(self.year, self.first - self.months, self.last - self.months)

    @property
    def after(self) -> "Period":
        """The period of the same length behind it; of nine months and of years, the year behind."""
        if self.months in {9, 12}:
            return Period(self.year + 1, self.first, self.last)
        if self.last == 12:
            return Period(self.year + 1, 1, self.months)
        return Period(self.year, self.first + self.months, self.last + self.months)

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.end

    def cut_off(self) -> tuple[date, date]:
        """Return the first and the last day over which figures of this period are counted."""
        opens = date(self.year - 1, 12, 15) if self.first == 1 else date(self.year, self.first - 1, 15)
        return opens, date(self.year, self.last, 14)


def usual(day: date) -> tuple[Period, ...]:
    """Return the periods on which one reports around a day, each once: quarters, months, the half year, the year."""
    quarter, month = Period.quarter_of(day), Period.month_of(day)
    half = Period(day.year, 1, 6) if day.month <= 6 else Period(day.year, 7, 12)
    wanted = (quarter, quarter.before, month, month.before, half, Period(day.year, 1, 12))
    return tuple(dict.fromkeys(wanted))
