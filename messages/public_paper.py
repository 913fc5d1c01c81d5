"""A list that is made public, as an official paper and as a workbook."""

from datetime import date
from typing import Any

from domain.collections import Typed
from domain.local import short_day
from domain.periods import Period
from domain.publications import PublicList
from messages.forms import fields_of, shown
from messages.numerals import count
from messages.official import Column, OfficialPaper
from messages.progress_report import Heading
from messages.render import number
from messages.word import CENTER, LEFT, RIGHT
from messages.workbook import Workbook

_ROOM = 16.2
"""Centimetres of the table."""
_WEIGHTS = {Typed.TEXT: 3.0, Typed.DATE: 1.9, Typed.NUMBER: 1.2, Typed.DECIMAL: 1.2, Typed.PERCENT: 1.2}
_SIDES = {Typed.TEXT: LEFT, Typed.DATE: CENTER}


def paper(public: PublicList, about: Heading, approver: str) -> bytes:
    """Return the list as a Word file; `approver` is the official who approved it, "" before that."""
    label = Period.read(public.period).label
    made = OfficialPaper(about.head, kind="DANH SÁCH CÔNG KHAI", subject=f"{public.title}, {label}")
    made.paragraph(
        f"Tổng số: {count(len(public.rows))} dòng. Danh sách không có dữ liệu cá nhân của tổ chức, công dân."
    )
    if approver:
        made.paragraph(f"Người duyệt công khai: {approver}.")
    whole = sum(_WEIGHTS[one.kind] for one in public.columns)
    columns = [
        Column("TT", 1.2, CENTER),
        *(
            Column(
                one.title,
                (_ROOM - 1.2) * _WEIGHTS[one.kind] / whole,
                _SIDES.get(one.kind, RIGHT),
            )
            for one in public.columns
        ),
    ]
    rows = [
        [str(at), *(_written(value, one.kind) for value, one in zip(line, public.columns, strict=True))]
        for at, line in enumerate(public.rows, 1)
    ]
    made.table(columns, rows, size=10)
    made.signed(("Lãnh đạo UBND tỉnh", "Cổng thông tin điện tử tỉnh"), about.signatory)
    return made.saved()


def _written(value: Any, kind: Typed) -> str:
    if value is None:
        return ""
    if kind is Typed.DATE:
        return short_day(date.fromisoformat(value))
    return number(value) if isinstance(value, int | float) else str(value)


def book(public: PublicList) -> bytes:
    """Return the list as a workbook."""
    made = Workbook()
    rows = [[shown(value, one) for value, one in zip(line, public.columns, strict=True)] for line in public.rows]
    made.sheet("Công khai", fields_of(public.columns), rows, title=[public.title, Period.read(public.period).label])
    return made.saved()
