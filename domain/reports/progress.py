"""The progress report of a period: its rows, and every figure on the paper derived from those rows alone."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.periods import Period
from domain.reports.counting import Entry, Fate, Figures, added, counted, fate, is_carried, one_of
from domain.reports.rows import LEVELS, About, AgencyAbout, Coming, Row, TaskAbout
from domain.workdays import WorkCalendar

K = TypeVar("K", bound=Hashable)

KIND = "progress"
"""As what the report is frozen; a plan's own is "progress:<plan>"."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole report; what is frozen of it is exactly this."""

    period: str
    day: date
    """The day to which it was counted."""
    plan: str
    """The plan that it is about, as documents are cited; "" for all of them."""
    agencies: tuple[AgencyAbout, ...]
    tasks: tuple[TaskAbout, ...]
    rows: tuple[Row, ...]
    before: tuple[tuple[int, Figures], ...]
    """The figures of the period before, by agency."""
    coming: tuple[Coming, ...]
    carried: tuple[Row, ...] | None = None
    """What earlier periods left open past its date; None where it was frozen before this was counted."""

    @property
    def span(self) -> Period:
        """The period."""
        return Period.read(self.period)

    @property
    def plans(self) -> list[str]:
        """The plans whose assignments count here, come next or were carried over."""
        return list(dict.fromkeys(one.plan for one in self.tasks))

    def task(self) -> dict[int, TaskAbout]:
        """Return the tasks by id."""
        return {one.id: one for one in self.tasks}

    def agency(self) -> dict[int, AgencyAbout]:
        """Return the agencies by id."""
        return {one.id: one for one in self.agencies}

    def totals(self) -> Figures:
        """Return the figures by the dates in force."""
        return added(figures for _, figures in self._counted(lambda row: row.agency_id))

    def by_original(self) -> Figures:
        """Return the figures by the plan's own dates."""
        return added(
            one_of(row.original_fate, row.state, extended=row.extended, undated=row.original_on is None)
            for row in self.rows
            if row.original_fate is not None
        )

    def totals_before(self) -> Figures:
        """Return the figures of the period before."""
        return added(figures for _, figures in self.before)

    def by_agency(self) -> list[tuple[AgencyAbout, Figures]]:
        """Return the figures of each agency that has any, in the order of the directory by block."""
        found = counted(self._counted(lambda row: row.agency_id))
        places = {level: at for at, level in enumerate(LEVELS)}
        about = sorted(self.agencies, key=lambda one: places[one.block])
        return [(one, found[one.id]) for one in about if one.id in found]

    def by_level(self) -> list[tuple[str, Figures, Figures]]:
        """Return each block's label with its figures and those of the period before."""
        about, before = self.agency(), dict(self.before)
        now = counted((one.block, figures) for one, figures in self.by_agency())
        then = counted((about[one].block, figures) for one, figures in before.items() if one in about)
        return [
            (label, now.get(level, Figures()), then.get(level, Figures()))
            for level, label in LEVELS.items()
            if level in now or level in then
        ]

    def by_section(self) -> list[tuple[str, str, Figures]]:
        """Return (plan, outermost heading, figures), in the order of the plans' rows."""
        tasks = self.task()
        by_task = sorted(self._counted(lambda row: row.task_id), key=lambda one: one[0])
        found = counted((_block(tasks[task_id]), figures) for task_id, figures in by_task)
        return [(plan, heading, figures) for (plan, heading), figures in found.items()]

    def with_fate(self, *wanted: Fate) -> list[Row]:
        """Return the rows of these fates in their order, the longest late first."""
        place = {one: at for at, one in enumerate(wanted)}
        found = [(place[row.fate], row) for row in self.rows if row.fate in place]
        return [row for _, row in sorted(found, key=lambda one: (one[0], *_longest_late(one[1])))]

    def carried_over(self) -> list[Row]:
        """Return what earlier periods left, the longest late first."""
        return sorted(self.carried or (), key=_longest_late)

    def _counted(self, key: Callable[[Row], K]) -> Iterable[tuple[K, Figures]]:
        return (*_each(self.rows, key), *((key(row), Figures(carried=1)) for row in self.carried or ()))

    def moved_out(self) -> int:
        """Return how many count here by the plan's own date and elsewhere, or nowhere, by the one in force."""
        return sum(_counts(row.original_fate) and not _counts(row.fate) for row in self.rows)

    def moved_in(self) -> int:
        """Return how many count here by the date in force alone."""
        return sum(_counts(row.fate) and not _counts(row.original_fate) for row in self.rows)


def _longest_late(row: Row) -> tuple[int, str]:
    return -row.late_days, row.code


def _counts(found: Fate | None) -> bool:
    return found is not None and found is not Fate.CANCELLED


def _block(task: TaskAbout) -> tuple[str, str]:
    return task.plan, task.block


def _each(rows: Iterable[Row], key: Callable[[Row], K]) -> Iterable[tuple[K, Figures]]:
    return (
        (key(row), one_of(row.fate, row.state, extended=row.extended, undated=row.due_on is None))
        for row in rows
        if row.fate is not None
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What a view reads for one report."""

    entries: Sequence[Entry]
    about: Mapping[str, About]
    """By the assignments' codes; what is not there has nothing to tell."""
    agencies: Sequence[AgencyAbout]
    tasks: Sequence[TaskAbout]
    plan: str = ""
    """The one plan that was asked for, as documents are cited."""


def made(facts: Facts, period: Period, day: date, calendar: WorkCalendar) -> Progress:
    """Return the report of a period as things stood on a day."""
    rows = [row for one in facts.entries if (row := _row(one, facts, period, day, calendar)) is not None]
    left = [one for one in facts.entries if is_carried(one, period, day)]
    carried = [_told(one, Fate.OPEN_OVERDUE, None, facts, day, calendar) for one in left]
    before = _figures(facts.entries, period.before, day)
    coming = _coming(facts.entries, period.after, day)
    listed = [*rows, *carried]
    used = {row.task_id for row in listed} | {one.task_id for one in coming}
    charged = {row.agency_id for row in listed} | set(before) | {id_ for one in coming for id_ in one.agency_ids}
    tasks = tuple(one for one in facts.tasks if one.id in used)
    return Progress(
        period.code,
        day,
        facts.plan,
        tuple(one for one in facts.agencies if one.id in charged),
        tasks,
        tuple(rows),
        tuple(before.items()),
        coming,
        tuple(carried),
    )


def _figures(entries: Iterable[Entry], period: Period, day: date) -> dict[int, Figures]:
    """Return the figures of a period by agency, what was carried over into it among them."""
    found = []
    for one in entries:
        there = fate(one, period, day)
        if there is not None:
            undated = one.due_on is None
            figures = one_of(there, one.state_on(day), extended=one.extended, undated=undated)
            found.append((one.agency_id, figures))
        elif is_carried(one, period, day):
            found.append((one.agency_id, Figures(carried=1)))
    return counted(found)


def _row(entry: Entry, facts: Facts, period: Period, day: date, calendar: WorkCalendar) -> Row | None:
    found, original = fate(entry, period, day), fate(entry, period, day, by_original=True)
    if found is None and original is None:
        return None
    return _told(entry, found, original, facts, day, calendar)


def _told(
    entry: Entry, found: Fate | None, original: Fate | None, facts: Facts, day: date, calendar: WorkCalendar
) -> Row:
    finished = entry.finished_on if entry.is_finished(day) and not entry.is_ended(day) else None
    return Row(
        entry.code,
        entry.task_id,
        entry.agency_id,
        entry.state_on(day),
        entry.due_on,
        entry.original_on,
        finished,
        found,
        original,
        _late_days(entry, found, day, calendar),
        entry.extended,
        facts.about.get(entry.code, About()),
    )


def _late_days(entry: Entry, found: Fate | None, day: date, calendar: WorkCalendar) -> int:
    if entry.due_on is None or found not in {Fate.LATE, Fate.OPEN_OVERDUE}:
        return 0
    until = entry.finished_on if found is Fate.LATE and entry.finished_on else day
    return calendar.between(entry.due_on, until)


def _coming(entries: Iterable[Entry], period: Period, day: date) -> tuple[Coming, ...]:
    """Return what is open with a date in the next period, by date, agencies of one task together."""
    found: dict[tuple[date, int], list[int]] = {}
    for one in entries:
        is_open = fate(one, period, day) in {Fate.OPEN_IN_TIME, Fate.OPEN_OVERDUE}
        if one.due_on is not None and is_open:
            found.setdefault((one.due_on, one.task_id), []).append(one.agency_id)
    return tuple(Coming(task_id, due_on, tuple(ids)) for (due_on, task_id), ids in sorted(found.items()))
