"""What a unit's filled-in form holds: words by section, rows by section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.collections.cells import Cell, named
from domain.collections.outlines import Outline, Section
from domain.collections.sheets import Sheet, rows_of, sheet_for, sheet_name
from domain.errors import ActRefused
from domain.figures.identities import first_break
from domain.words import fold, squeeze

ANSWERS = "Trả lời"
"""The name of the sheet on which words are given."""
KEY, QUESTION, ANSWER = "Mục", "Nội dung yêu cầu", "Trả lời"
"""The headings of that sheet."""

LONGEST = 4000
"""Characters of an answer in words."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a unit gives: words by section key, rows by section key."""

    texts: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[dict[str, Cell]]] = field(default_factory=dict)

    @property
    def sections(self) -> tuple[str, ...]:
        """The keys of the sections that are given."""
        return (*self.texts, *self.rows)

    def to_json(self) -> dict[str, Any]:
        """Return the kept form."""
        return {"texts": dict(self.texts), "rows": {key: list(rows) for key, rows in self.rows.items()}}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Filled":
        """Read the kept form back."""
        return cls(data["texts"], data["rows"])


def read_filled(outline: Outline, sheets: Sequence[Sheet]) -> Filled:
    """Return what a sent workbook holds under an outline; what was left blank is left out.

    Raises ActRefused where the workbook is not this form, and for the first wrong cell.
    """
    texts = _texts(outline, sheets) if outline.texts else {}
    rows: dict[str, Sequence[dict[str, Cell]]] = {}
    for section in outline.tables:
        sheet = sheet_for(sheets, section.title)
        found = [values for _, values in rows_of(sheet, section.columns).rows] if sheet is not None else []
        if found:
            rows[section.key] = found
    if not texts and not rows:
        names = ", ".join(f"“{one}”" for one in sheet_names(outline))
        raise ActRefused(f"Tệp chưa có nội dung nào được điền (các trang tính {names}). Xin điền rồi gửi lại.")
    return Filled(texts, rows)


def sheet_names(outline: Outline) -> list[str]:
    """Return the names of the sheets of a form."""
    words = [ANSWERS] if outline.texts else []
    return [*words, *(sheet_name(one.title) for one in outline.tables)]


def _texts(outline: Outline, sheets: Sequence[Sheet]) -> dict[str, str]:
    sheet = next((one for one in sheets if fold(one.name) == fold(ANSWERS)), None)
    if sheet is None:
        return {}
    by_title = {named(one.title): one for one in outline.texts}
    found: dict[str, str] = {}
    for row in sheet.rows:
        section = by_title.get(named(row[0])) if row else None
        answer = squeeze(str(row[2])) if section is not None and len(row) > 2 and row[2] is not None else ""
        if section is not None and answer and named(answer) != named(ANSWER):
            found[section.key] = answer
    return found


def check(outline: Outline, filled: Filled) -> None:
    """Raise ActRefused for a section that the form lacks, for words too long, for figures that do not add up."""
    if not filled.sections:
        raise ActRefused(
            "Chưa có mục nào được trả lời. Nếu trong kỳ không có gì phát sinh, xin gõ “không phát sinh” ở một mục."
        )
    asked = {one.key: one for one in outline.asked}
    for key in filled.sections:
        if key not in asked:
            raise ActRefused("Biểu mẫu không có mục này. Xin mở lại biểu mẫu để xem bản mới nhất.")
    for key, text in filled.texts.items():
        if len(text) > LONGEST:
            raise ActRefused(f"Mục “{asked[key].title}” dài quá {LONGEST} ký tự. Xin rút gọn rồi gửi lại.")
    for key, rows in filled.rows.items():
        _adds_up(asked[key], rows)


def _adds_up(section: Section, rows: Sequence[Mapping[str, Cell]]) -> None:
    if not section.checked:
        return
    first = section.columns[0].key
    wrong = first_break([(section.title, str(row.get(first) or ""), row) for row in rows])
    if wrong is not None:
        raise ActRefused(f"{wrong.sentence} Chưa có gì được gửi; xin sửa rồi gửi lại.")
