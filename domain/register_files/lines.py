"""One line of a list: its cells as their columns want them, and whether what they tell can be true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.collections.cells import Cell
from domain.register_files.cells import day_of, lines_of, phone_of, word_of
from domain.register_files.fields import Field
from domain.register_files.mapping import ColumnMap
from domain.register_files.rows import Refused, RegisterRow
from domain.register_files.states import Stage, stage_of
from domain.words import fold

LONGEST_CODE = 80
_Read = TypeVar("_Read")


def row_of(line: int, raw: Mapping[Field, Cell], mapping: ColumnMap, today: date) -> RegisterRow | Refused:
    """Return the case that a line tells, or why it tells none."""
    code = ""
    try:
        code = _code(raw.get(Field.CODE))
        return _checked(_row(line, code, _Line(raw), mapping), today)
    except ValueError as wrong:
        return Refused(line, code, str(wrong))


def _code(value: Cell) -> str:
    code = word_of(value)
    if not code:
        raise ValueError(f"thiếu {Field.CODE.label.lower()}")
    if len(code) > LONGEST_CODE:
        raise ValueError(f"mã dài quá {LONGEST_CODE} ký tự")
    return code


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of one line, read as their columns want; ValueError names the column."""

    raw: Mapping[Field, Cell]

    def word(self, field: Field) -> str:
        return self._read(field, word_of)

    def lines(self, field: Field) -> str:
        return self._read(field, lines_of)

    def day(self, field: Field) -> date | None:
        return self._read(field, day_of)

    def _read(self, field: Field, reader: Callable[[Cell], _Read]) -> _Read:
        try:
            return reader(self.raw.get(field))
        except ValueError as wrong:
            shown = "" if field.is_personal else f" ghi “{str(self.raw.get(field))[:40]}”"
            raise ValueError(f"cột “{field.label}”{shown}: {wrong}") from None


def _row(line: int, code: str, cells: _Line, mapping: ColumnMap) -> RegisterRow:
    sent_on = cells.day(Field.SENT_ON)
    received_on = cells.day(Field.RECEIVED_ON) or sent_on
    if received_on is None:
        raise ValueError("thiếu ngày tiếp nhận")
    title = cells.word(Field.TITLE)
    content = cells.lines(Field.CONTENT) or title
    if not content:
        raise ValueError("thiếu nội dung")
    return RegisterRow(
        line=line,
        code=code,
        content=content,
        received_on=received_on,
        who=_who(cells),
        stage=_stage(cells, mapping),
        kind=_kind(cells.word(Field.KIND)),
        own_code=cells.word(Field.OWN_CODE),
        title=title,
        subject=cells.word(Field.SUBJECT),
        about=cells.word(Field.ABOUT),
        sent_on=sent_on,
        incoming_number=cells.word(Field.INCOMING_NUMBER),
        incoming_on=cells.day(Field.INCOMING_ON),
        agency=cells.word(Field.AGENCY),
        forwarded_on=cells.day(Field.FORWARDED_ON),
        forward_number=cells.word(Field.FORWARD_NUMBER),
        due_on=cells.day(Field.DUE_ON),
        answer=cells.lines(Field.ANSWER),
        answered_on=cells.day(Field.ANSWERED_ON),
        answer_number=cells.word(Field.ANSWER_NUMBER),
        posted_on=cells.day(Field.POSTED_ON),
        link=_link(cells.word(Field.LINK)),
    )


def _who(cells: _Line) -> Reporter:
    """Return who reports; an address for mail in the column of telephone numbers is one all the same."""
    phone, mail = cells.word(Field.PHONE), cells.word(Field.MAIL)
    if "@" in phone:
        parts = [one for one in phone.replace(";", " ").replace(",", " ").replace("/", " ").split() if one]
        mail = mail or next(one for one in parts if "@" in one)
        phone = " ".join(one for one in parts if "@" not in one)
    return Reporter(cells.word(Field.NAME), cells.word(Field.ADDRESS), phone_of(phone), email=mail)


def _stage(cells: _Line, mapping: ColumnMap) -> Stage:
    """Return where the case stands there: by its state's words, and where there are none by what else is told."""
    words = cells.word(Field.STATE)
    if words:
        found = stage_of(words, mapping.states)
        if found is None:
            raise ValueError(
                f"chưa rõ trạng thái “{words[:60]}”; xin chỉ rõ, ví dụ “trạng thái:{words[:30]}=forwarded”"
            )
        return found
    if cells.day(Field.POSTED_ON) and cells.day(Field.ANSWERED_ON):
        return Stage.PUBLISHED
    if cells.day(Field.ANSWERED_ON):
        return Stage.ANSWERED
    return Stage.FORWARDED if cells.day(Field.FORWARDED_ON) and cells.word(Field.AGENCY) else Stage.RECEIVED


def _kind(words: str) -> Kind | None:
    """Return what a case is about, None where its words do not say so: whoever sorts it decides."""
    said = fold(words)
    if any(one in said for one in ("hanh vi", "thai do", "can bo", "cong chuc", "nhung nhieu")):
        return Kind.CONDUCT
    if "hien truong" in said:
        return Kind.FIELD
    return Kind.REGULATION if any(one in said for one in ("quy dinh", "thu tuc", "co che", "chinh sach")) else None


def _link(text: str) -> str:
    """Return an address of a page; anything else under that heading is none."""
    return text if text.lower().startswith(("http://", "https://")) and " " not in text else ""


def _checked(row: RegisterRow, today: date) -> RegisterRow:
    """Return the case where its days can be true. Raises ValueError."""
    for field, day in (
        (Field.RECEIVED_ON, row.received_on),
        (Field.SENT_ON, row.sent_on),
        (Field.FORWARDED_ON, row.forwarded_on),
        (Field.ANSWERED_ON, row.answered_on),
        (Field.POSTED_ON, row.posted_on),
    ):
        if day is not None and day > today:
            raise ValueError(f"{field.label.lower()} {day:%d/%m/%Y} đang ở tương lai")
    if row.stage.is_answered and row.answered_on is None:
        raise ValueError(f"trạng thái “{row.stage.label}” nhưng thiếu ngày trả lời")
    if row.answered_on is not None and row.answered_on < min(row.received_on, row.sent_on or row.received_on):
        raise ValueError(f"ngày trả lời {row.answered_on:%d/%m/%Y} trước ngày tiếp nhận {row.received_on:%d/%m/%Y}")
    return row
