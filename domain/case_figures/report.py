"""The report on citizens' feedback of a period: its lines and indicators, and every figure on the paper from them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.case_figures.columns import NO_FIELD, RECEPTION, Line, first_break
from domain.case_figures.counting import Counts, Window
from domain.case_figures.indicators import Judged
from domain.case_figures.pace import Pace
from domain.cases.decisions import Source
from domain.errors import ActRefused
from domain.periods import Period
from domain.words import fold


@dataclass(frozen=True, slots=True)
class CaseReport:
    """The whole report."""

    period: Period
    window: Window
    lines: tuple[Line, ...]
    judged: Mapping[str, Judged]
    """By the agency's name."""
    pace: Pace

    def totals(self) -> Counts:
        """Return the counts of everything."""
        return _sum(self.lines)

    def by_agency(self) -> list[tuple[str, Counts]]:
        """Return the counts of each agency, what is with the reception first."""
        return _grouped(self.lines, lambda one: one.agency or RECEPTION)

    def by_field(self) -> list[tuple[str, Counts]]:
        """Return the counts of each field by name, what has none last."""
        found = _grouped(self.lines, lambda one: one.field or NO_FIELD)
        return sorted(found, key=lambda one: (one[0] == NO_FIELD, fold(one[0])))

    def whole(self) -> Judged:
        """Return what the indicators of everything are made of."""
        found = Judged()
        for one in self.judged.values():
            found += one
        return found

    def by_source(self) -> list[tuple[Source, int]]:
        """Return how many came by each source that brought any."""
        totals = self.totals()
        return [(one, totals[f"from_{one.value}"]) for one in Source if totals[f"from_{one.value}"]]


def made(period: Period, today: date, lines: Sequence[Line], judged: Mapping[str, Judged], pace: Pace) -> CaseReport:
    """Return a period's report. Raises ActRefused with row and numbers where a row does not add up."""
    wrong = first_break(lines)
    if wrong is not None:
        raise ActRefused(f"{wrong.sentence} Báo cáo chưa được xuất; xin báo người quản trị kiểm tra sổ phản ánh.")
    return CaseReport(period, Window.of(period, today), tuple(lines), dict(judged), pace)


def _sum(lines: Sequence[Line]) -> Counts:
    found: Counts = Counter()
    for one in lines:
        found.update(one.counts)
    return found


def _grouped(lines: Sequence[Line], name: Callable[[Line], str]) -> list[tuple[str, Counts]]:
    found: dict[str, Counts] = {}
    for one in lines:
        found.setdefault(name(one), Counter()).update(one.counts)
    return list(found.items())
