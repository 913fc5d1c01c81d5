"""From a document to the draft of a plan: tasks, indicators, facts, and what a person must look at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain import deadlines, statutes
from domain.errors import DocumentRefused
from domain.plans import entries, facts, indicators, offices, suggestions, tables, targets
from domain.plans.columns import Column
from domain.plans.entries import Entry
from domain.plans.lines import Grid
from domain.plans.model import Draft, DraftTask, Due, Facts, Guess, Indicator, Source
from domain.sources import Document

NO_TABLE = (
    "Không tìm thấy bảng nhiệm vụ trong tệp “{name}”: cần một bảng có cột nội dung công việc và cột cơ quan "
    "thực hiện hoặc thời hạn; xin gửi tệp có phụ lục giao nhiệm vụ."
)


def draft(document: Document, *, file_name: str, guess: Guess | None = None) -> Draft:
    """Read a document as a plan.

    `guess` may read a date where the grammar cannot. Raises DocumentRefused where the document has no table
    of tasks or indicators.
    """
    known = facts.read(document, file_name)
    tasks: list[DraftTask] = []
    figures: list[Indicator] = []
    warnings: list[str] = list(document.notes)
    lines = headings = 0
    for grid in tables.grids(document):
        warnings.extend(_unread_columns(grid))
        if grid.header.is_of_indicators:
            found, doubts = indicators.read(grid)
            figures.extend(found)
            warnings.extend(doubts)
        else:
            rows = entries.read(grid)
            tasks.extend(_task(entry, grid.appendix, known, guess) for entry in rows if not entry.is_heading)
            warnings.extend(_empty_headings(rows))
            lines += len(grid.lines)
            headings += sum(entry.is_heading for entry in rows)
    if not tasks and not figures:
        raise DocumentRefused(NO_TABLE.format(name=file_name))
    office = offices.coordinating_office(document, tasks)
    known = replace(known, coordinating_office=office)
    warnings.extend(_missing_facts(known))
    warnings.extend(_stale_law(tasks, known))
    return Draft(
        known,
        tuple(tasks),
        tuple(figures),
        tuple(dict.fromkeys(warnings)),
        suggestions.read(document, known),
        targets.read(tasks),
        lines,
        headings,
    )


def _task(entry: Entry, appendix: str | None, known: Facts, guess: Guess | None) -> DraftTask:
    warnings: list[str] = []
    dues = [_due(raw, product, known, guess, warnings) for raw, product in entry.dues]
    if not entry.agencies.lead:
        warnings.append("Không thấy cơ quan chủ trì của việc này trong văn bản.")
    return DraftTask(
        appendix=appendix,
        section=tuple(parent.label() for parent in entry.above),
        number=entry.number.text if entry.number else None,
        content=entry.content,
        lead=entry.agencies.lead,
        coordinating=entry.agencies.coordinating,
        following=entry.agencies.following,
        deadline_raw=dues[0].raw,
        deadline=dues[0].deadline,
        product=dues[0].product,
        also=tuple(dues[1:]),
        warnings=tuple(dict.fromkeys(warnings)),
        source=Source(entry.line.first_page, entry.line.line),
    )


def _due(raw: str, product: str, known: Facts, guess: Guess | None, warnings: list[str]) -> Due:
    reading = deadlines.read(raw, year=known.year, signed=known.date, guess=guess)
    warnings.extend(reading.warnings)
    return Due(raw, reading.deadline, product)


def _unread_columns(grid: Grid) -> list[str]:
    """Name the columns that have text and are not taken into the tasks."""
    figures = () if grid.header.is_of_indicators else (Column.TARGET, Column.UNIT)
    unread = [
        place
        for place in grid.header.where(Column.UNKNOWN, Column.ASIDE, *figures)
        if any(line.cells[place] and place not in line.across for line in grid.lines)
    ]
    return [
        f"Cột “{grid.header.labels[place] or place + 1}” không được đưa vào nhiệm vụ, cần xem lại trong văn bản."
        for place in unread
    ]


def _empty_headings(rows: Iterable[Entry]) -> list[str]:
    """Name the rows taken as headings under which nothing stands."""
    return [
        f"Hàng “{row.label()}” không có cơ quan, thời hạn và việc nào bên dưới nên được coi là đề mục."
        for row in rows
        if row.is_heading and not row.children
    ]


def _missing_facts(known: Facts) -> list[str]:
    missing = [
        word
        for word, value in (("số", known.number), ("ngày ban hành", known.date), ("năm", known.year))
        if value is None
    ]
    if not missing:
        return []
    return [f"Văn bản không ghi đủ {', '.join(missing)}; cần bổ sung trước khi giao việc."]


def _stale_law(tasks: Iterable[DraftTask], known: Facts) -> list[str]:
    """Name the texts that tasks rest on although they had ended before the document was signed."""
    cited: dict[statutes.Stale, list[str]] = {}
    for task in tasks if known.date else ():
        for one in statutes.stale(f"{task.content}\n{task.product}", known.date or date.min):
            cited.setdefault(one, []).append(task.number or f"“{task.content[:40]}…”")
    return [
        f"{one.cited} đã được thay bằng {one.replaced_by} từ ngày {one.since:%d/%m/%Y} nhưng còn là căn cứ của việc "
        f"{', '.join(places)}; xin rà soát lại."
        for one, places in cited.items()
    ]
