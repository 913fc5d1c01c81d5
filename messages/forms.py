"""Forms of units as workbooks: the one that is filled in, and the one that holds what all have sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.collections import Column, Outline, Progress, Section, Typed
from domain.collections.filled import ANSWER, ANSWERS, KEY, QUESTION
from domain.collections.sheets import sheet_name
from domain.local import long_day, short_day
from messages.workbook import Field, Value, Workbook

FORMS: Mapping[Typed, str] = {Typed.NUMBER: "#,##0", Typed.DECIMAL: "#,##0.##", Typed.PERCENT: "0.##"}
_WIDTHS: Mapping[Typed, float] = {Typed.TEXT: 30, Typed.DATE: 14}
_BLANK_ROWS = 1
_ADDS_UP = "Số liệu phải khớp: (3) = (4) + (5) + (6); (7) = (8) + (9) + (10); (11) = (12) + (13); (3) = (7) + (11)."


def blank(
    outline: Outline,
    unit: str,
    due_on: date | None,
    texts: Mapping[str, str] | None = None,
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> bytes:
    """Return the form that a unit fills in, with what it sent before already in it."""
    book = Workbook()
    by = f"Hạn gửi: {long_day(due_on)}" if due_on else ""
    head = [
        outline.title,
        f"Đơn vị: {unit}. {by}",
        "Điền vào các ô trống, giữ nguyên dòng tiêu đề, lưu rồi gửi lại tệp này.",
    ]
    if outline.texts:
        fields = (Field(KEY, 40), Field(QUESTION, 60), Field(ANSWER, 80))
        lines = [(one.title, one.question, (texts or {}).get(one.key)) for one in outline.texts]
        book.sheet(ANSWERS, fields, lines, title=head)
    for section in outline.tables:
        filled: list[Sequence[Value]] = [
            [shown(row.get(one.key), one) for one in section.columns] for row in (rows or {}).get(section.key, ())
        ]
        spare: list[Sequence[Value]] = [[None] * len(section.columns)] * _BLANK_ROWS
        book.sheet(
            sheet_name(section.title),
            fields_of(section.columns),
            filled or spare,
            title=[_titled(section), *head[1:], *([_ADDS_UP] if section.checked else [])],
        )
    return book.saved()


def merged(
    outline: Outline,
    texts: Sequence[tuple[str, str, str]],
    rows: Sequence[tuple[str, str, Mapping[str, Any]]],
    progress: Progress,
    day: date,
) -> bytes:
    """Return what all units sent: (unit, section's key, words), (unit, section's key, values), and who sent."""
    book = Workbook()
    said = f"Tính đến ngày {short_day(day)}: {progress.said(5)}"
    titles = {one.key: one.title for one in outline.sections}
    for section in outline.tables:
        own = [(unit, values) for unit, key, values in rows if key == section.key]
        lines = [[unit, *(shown(values.get(one.key), one) for one in section.columns)] for unit, values in own]
        fields = (Field("Đơn vị", 32), *fields_of(section.columns))
        counts: list[Value] = [
            sum(int(values.get(one.key) or 0) for _, values in own) if one.is_count else None for one in section.columns
        ]
        totals = ["Tổng cộng", *counts] if own and any(one.is_count for one in section.columns) else []
        book.sheet(sheet_name(section.title), fields, lines, title=[_titled(section), said], totals=totals)
    if outline.texts:
        fields = (Field("Đơn vị", 32), Field(KEY, 40), Field(ANSWER, 100))
        book.sheet(
            ANSWERS, fields, [(unit, titles[key], text) for unit, key, text in texts], title=[outline.title, said]
        )
    states = [*((one, "đã gửi") for one in progress.sent), *((one, "chưa gửi") for one in progress.missing)]
    book.sheet("Tình hình gửi", (Field("Đơn vị", 40), Field("Tình hình", 16)), states, title=[outline.title, said])
    return book.saved()


def fields_of(columns: Sequence[Column]) -> tuple[Field, ...]:
    """Return the columns as a workbook shows them."""
    return tuple(Field(headed(one), _WIDTHS.get(one.kind, 13), FORMS.get(one.kind, "")) for one in columns)


def headed(column: Column) -> str:
    """Return a column's heading with the number that official forms print under it: "Tổng số tiếp nhận (3)"."""
    return f"{column.title} ({column.number})" if column.number else column.title


def shown(value: Any, column: Column) -> Value:
    """Return a kept value as a workbook's cell holds it: days as days."""
    if column.kind is Typed.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    found: Value = value
    return found


def _titled(section: Section) -> str:
    return f"{section.title} (biểu {section.code})" if section.code else section.title
