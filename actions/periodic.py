"""The periodic report: gathered from what units sent, imported figures and the plan's tasks; checked, then frozen."""

from dataclasses import replace
from datetime import datetime

from actions import collections as forms
from actions import snapshots
from domain.case_figures import NO_FIELD, RECEPTION, Window
from domain.collections import Outline, Section, from_json
from domain.errors import ActRefused
from domain.local import short_day, today
from domain.people import Viewer
from domain.periodic import KIND, Chapter, Duty, Periodic, Said, UnitRow, check, placed
from domain.periods import Period
from domain.reports.written import read, written
from domain.snapshots import Snapshot
from storage import collections, figures
from storage import snapshots as frozen_rows
from storage.database import Unit
from storage.views import progress
from storage.views.cases import figures as case_figures

_REGISTER = "sổ phản ánh, kiến nghị"
FIGURES = "dossiers"
"""The imported series that takes the place of units' own rows in the section whose figures are checked."""


def gather(unit: Unit, period: Period, now: datetime) -> Periodic:
    """Return the report of a period as things stand, its figures checked.

    Raises ActRefused before the cut-off window opens, and where figures do not add up.
    """
    report = drafted(unit, period, now)
    check(report, _before(unit, period))
    return report


def drafted(unit: Unit, period: Period, now: datetime) -> Periodic:
    """Return the report of a period as things stand, unchecked. Raises ActRefused before its window opens."""
    opens, cut_off = period.cut_off()
    if today(now) < opens:
        raise ActRefused(f"Kỳ {period.label} lấy số liệu từ ngày {short_day(opens)} nên chưa lập được báo cáo.")
    row = collections.newest(unit, forms.PERIODIC, period.code)
    outline = from_json(row.outline) if row is not None else forms.outline(unit)
    by_section, other = placed(outline, _duties(unit, period, now))
    given = collections.given(unit, row.id) if row is not None else []
    units = collections.units(unit, row.id) if row is not None else []
    chapters = []
    for section in outline.sections:
        sent = [one for one in given if one.section == section.key]
        chapter = Chapter(
            section.key,
            section.title,
            section.code,
            section.columns,
            section.checked,
            tuple(Said(one.agency, one.text) for one in sent if one.text),
            tuple(
                UnitRow(one.agency, str(values.get(_label(section)) or ""), values)
                for one in sent
                for values in one.rows
            ),
            duties=tuple(by_section.get(section.key, ())),
        )
        counted = _of_register(unit, chapter, period, now) if section.register else chapter
        chapters.append(_with_figures(unit, counted, period))
    return Periodic(
        period.code,
        opens,
        cut_off,
        outline.title,
        outline.basis,
        tuple(chapters),
        tuple(one.agency for one in units if one.sent_at),
        tuple(one.agency for one in units if not one.sent_at),
        tuple(other),
    )


def _label(section: Section) -> str:
    return section.columns[0].key if section.columns else ""


def _of_register(unit: Unit, chapter: Chapter, period: Period, now: datetime) -> Chapter:
    """Return a section with the rows that the register of citizens' feedback counts up to the cut-off, or to today."""
    lines = case_figures.lines(unit, Window.of(period, today(now)))
    rows = tuple(
        UnitRow(one.agency or RECEPTION, one.field or NO_FIELD, {"field": one.field or NO_FIELD, **one.counts})
        for one in lines
    )
    return replace(chapter, rows=rows, source=_REGISTER, register=True)


def _with_figures(unit: Unit, chapter: Chapter, period: Period) -> Chapter:
    """Return a checked section with the imported table in the place of units' rows, where one is in force."""
    found = figures.in_force(unit, FIGURES, period.code) if chapter.checked else None
    if found is None:
        return chapter
    rows = tuple(UnitRow(one.agency or "", one.label, dict(one.figures)) for one in figures.rows_of(unit, found.id))
    return replace(chapter, rows=rows, source=found.file_name)


def _before(unit: Unit, period: Period) -> tuple[Chapter, ...]:
    """Return the sections of the period before: as frozen, else with what is in force for it."""
    earlier = period.before
    kept = frozen_rows.newest(unit, KIND, earlier.code)
    if kept is not None and kept.intact:
        chapters = read(Periodic, kept.data).chapters
        early = today(kept.at) <= kept.cut_off  # what the register counted then was not yet all of the period
        return tuple(one for one in chapters if not (early and one.register))
    outline: Outline = forms.outline(unit)
    blank = [Chapter(one.key, one.title, checked=one.checked) for one in outline.sections if one.checked]
    return tuple(_with_figures(unit, one, earlier) for one in blank)


def _duties(unit: Unit, period: Period, now: datetime) -> list[Duty]:
    """Return the plans' tasks that count in the period, as they stood at the cut-off, or stand today before it."""
    found = progress.of_period(unit, period, min(period.cut_off()[1], today(now)))
    tasks, agencies = found.task(), found.agency()
    return [
        Duty(
            row.code,
            " / ".join(tasks[row.task_id].section),
            tasks[row.task_id].content,
            agencies[row.agency_id].name,
            row.due_on,
            row.original_on,
            row.fate,
            row.finished_on,
            row.late_days,
            row.about.product,
            row.about.obstacle,
        )
        for row in found.rows
        if row.fate is not None
    ]


def freeze(unit: Unit, viewer: Viewer | None, period: Period, now: datetime) -> Snapshot:
    """Freeze the report as things stand; a coordinator, or (None) the operator, may. Raises ActRefused as `gather`."""
    report = gather(unit, period, now)
    return snapshots.freeze(unit, viewer, KIND, period.code, report.cut_off, written(report), now)


def frozen(unit: Unit, period: Period) -> tuple[Periodic, Snapshot]:
    """Return the report as it was last frozen, whatever changed since. Raises ActRefused where it was not."""
    kept = snapshots.frozen(unit, KIND, period.code, period.label)
    return read(Periodic, kept.data), kept
