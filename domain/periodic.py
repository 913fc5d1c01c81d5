"""The periodic report on the control of administrative procedures (báo cáo KSTT định kỳ): what is frozen of it.

Sections follow the office's outline; each holds what units wrote, their tables, and the plan's tasks that belong to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import case_figures
from domain.case_figures import Line
from domain.collections.columns import Column
from domain.collections.outlines import Outline, Section
from domain.errors import ActRefused
from domain.figures.identities import carried_over, first_break
from domain.periods import Period
from domain.reports.counting import Fate
from domain.words import fold

KIND = "periodic"
"""As what the report is frozen."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit wrote."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of one unit's table, under the columns' keys."""

    unit: str
    label: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Duty:
    """One assignment of a plan as the report tells it."""

    code: str
    heading: str
    content: str
    agency: str
    due_on: date | None
    original_on: date | None
    fate: Fate
    finished_on: date | None = None
    late_days: int = 0
    """Working days."""
    product: str = ""
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section of the report."""

    key: str
    title: str
    code: str = ""
    columns: tuple[Column, ...] = ()
    checked: bool = False
    texts: tuple[Said, ...] = ()
    rows: tuple[UnitRow, ...] = ()
    source: str = ""
    """Where the rows come from when not from units."""
    register: bool = False
    """Whether the rows were counted in the register of citizens' feedback."""
    duties: tuple[Duty, ...] = ()

    def added(self) -> list[tuple[str, dict[str, int]]]:
        """Return the counts of each unit, its rows added up, in the order in which units come."""
        counts = [one.key for one in self.columns if one.is_count]
        found: dict[str, dict[str, int]] = {}
        for row in self.rows:
            unit = found.setdefault(row.unit, dict.fromkeys(counts, 0))
            for key in counts:
                unit[key] += int(row.values.get(key) or 0)
        return list(found.items())

    def totals(self) -> dict[str, int]:
        """Return the counts of all units together."""
        units = [values for _, values in self.added()]
        return {one.key: sum(values[one.key] for values in units) for one in self.columns if one.is_count}


@dataclass(frozen=True, slots=True)
class Periodic:
    """The whole report; what is frozen of it is exactly this."""

    period: str
    opens: date
    cut_off: date
    title: str
    basis: str
    chapters: tuple[Chapter, ...]
    sent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    other: tuple[Duty, ...] = ()
    """The plan's tasks that belong to no section."""

    @property
    def span(self) -> Period:
        """The period."""
        return Period.read(self.period)

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Every task, each once."""
        found = {one.code: one for chapter in self.chapters for one in chapter.duties}
        return tuple({**found, **{one.code: one for one in self.other}}.values())


def belongs(section: Section, heading: str) -> bool:
    """Whether a plan's heading holds one of the words by which a section is mapped."""
    said = fold(heading)
    return any(fold(word) in said for word in section.plan)


def placed(outline: Outline, duties: Iterable[Duty]) -> tuple[dict[str, list[Duty]], list[Duty]]:
    """Return the tasks by the first section to which each belongs, and those that belong to none."""
    found: dict[str, list[Duty]] = {}
    rest: list[Duty] = []
    for one in duties:
        home = next((section.key for section in outline.sections if belongs(section, one.heading)), None)
        (rest if home is None else found.setdefault(home, [])).append(one)
    return found, rest


def check(report: Periodic, before: Sequence[Chapter]) -> None:
    """Raise ActRefused where figures do not add up, or do not carry over what the period `before` left open.

    The sentence names the unit, the row and the two numbers.
    """
    earlier = {one.key: one for one in before}
    for chapter in report.chapters:
        if chapter.register:
            _check_register(chapter, earlier.get(chapter.key))
        if not chapter.checked:
            continue
        wrong = first_break((row.unit, row.label, row.values) for row in chapter.rows)
        then = earlier.get(chapter.key)
        if wrong is None and then is not None:
            wrong = carried_over(
                [(row.unit, row.values) for row in chapter.rows], [(row.unit, row.values) for row in then.rows]
            )
        if wrong is not None:
            raise ActRefused(f"{wrong.sentence} Báo cáo chưa được xuất; xin đơn vị sửa số liệu rồi lập lại.")


def _check_register(chapter: Chapter, before: Chapter | None) -> None:
    now = _lines(chapter)
    wrong = case_figures.first_break(now)
    if wrong is None and before is not None and before.register:
        wrong = case_figures.carried_over(now, _lines(before))
        if wrong is not None:
            raise ActRefused(
                f"{wrong.sentence} Báo cáo chưa được xuất; xin chốt lại số liệu kỳ trước, hoặc báo người quản trị."
            )
    if wrong is not None:
        raise ActRefused(f"{wrong.sentence} Báo cáo chưa được xuất; xin báo người quản trị kiểm tra sổ phản ánh.")


def _lines(chapter: Chapter) -> list[Line]:
    return [Line(one.unit, one.label, one.values) for one in chapter.rows]
