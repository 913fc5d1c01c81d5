"""The outline of a form: its sections, what each asks, and to which sections of plans it belongs. Data, no constant.

The office keeps its outline as a TOML file; a form that was opened keeps its own copy.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.collections.cells import Cell, Typed, named
from domain.collections.columns import Column
from domain.errors import ActRefused


class Asks(StrEnum):
    """Who fills a section, and with what."""

    TEXT = "text"  # units, in words
    TABLE = "table"  # units, rows of a table
    OFFICE = "office"  # nobody but the office: its plan's tasks, or a place marked for a person


_MOST_SECTIONS, _MOST_COLUMNS = 40, 40
_LONGEST_KEY, _LONGEST_TITLE = 40, 300


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `key` is at most 40 characters; `plan` holds words of the plans' headings that belong to it."""

    key: str
    title: str
    asks: Asks = Asks.TEXT
    question: str = ""
    """What a unit is asked, in one or two sentences."""
    code: str = ""
    """The form's official code ("II.06a/VPCP/KSTT") where it has one."""
    columns: tuple[Column, ...] = ()
    plan: tuple[str, ...] = ()
    checked: bool = False
    """Whether the figures must add up as those of II.06a do."""
    register: bool = False
    """Whether the rows are counted in the register of citizens' feedback; units are not asked for them."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole form."""

    title: str
    sections: tuple[Section, ...]
    basis: str = ""

    @property
    def asked(self) -> tuple[Section, ...]:
        """The sections that units fill in."""
        return tuple(one for one in self.sections if one.asks is not Asks.OFFICE)

    @property
    def texts(self) -> tuple[Section, ...]:
        """The sections that units answer in words."""
        return tuple(one for one in self.sections if one.asks is Asks.TEXT)

    @property
    def tables(self) -> tuple[Section, ...]:
        """The sections that units answer with rows."""
        return tuple(one for one in self.sections if one.asks is Asks.TABLE)

    def section(self, key: str) -> Section | None:
        """Return the section of a key."""
        return next((one for one in self.sections if one.key == key), None)


def read_outline(text: str) -> Outline:
    """Read an outline from TOML. Raises ActRefused with the first thing that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ActRefused(f"Đề cương không đọc được: {error}.") from None
    return from_json(data)


def from_json(data: Any) -> Outline:
    """Read an outline from its kept form, which is what TOML gives as well. Raises ActRefused."""
    sections = data.get("sections") if isinstance(data, dict) else None
    if not isinstance(sections, list) or not sections or not _words(data.get("title")):
        raise ActRefused("Đề cương cần có title và ít nhất một mục [[sections]].")
    if len(sections) > _MOST_SECTIONS:
        raise ActRefused(f"Đề cương có nhiều hơn {_MOST_SECTIONS} mục.")
    found = tuple(_section(one) for one in sections)
    if len({one.key for one in found}) != len(found):
        raise ActRefused("Đề cương có hai mục cùng key. Mỗi mục cần một key riêng.")
    return Outline(data["title"].strip(), found, str(data.get("basis", "")))


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _section(data: Any) -> Section:
    if not isinstance(data, dict) or not _words(data.get("key")) or not _words(data.get("title")):
        raise ActRefused("Mỗi mục [[sections]] của đề cương cần key và title.")
    key, columns = data["key"].strip(), data.get("columns", [])
    if len(key) > _LONGEST_KEY or not key.isascii() or ":" in key:
        raise ActRefused(f"Key “{key[:60]}” của đề cương cần là chữ không dấu, tối đa {_LONGEST_KEY} ký tự.")
    asks = data.get("asks", "text")
    if asks not in set(Asks) or not isinstance(columns, list) or len(columns) > _MOST_COLUMNS:
        raise ActRefused(f"Mục “{key}” của đề cương: asks cần là text, table hoặc office, columns là một danh sách.")
    register = bool(data.get("register", False))
    if register and (Asks(asks) is not Asks.OFFICE or not columns):
        raise ActRefused(f"Mục “{key}” của đề cương: mục lấy từ sổ phản ánh (register) cần asks = office và columns.")
    if not register and (Asks(asks) is Asks.TABLE) != bool(columns):
        raise ActRefused(f"Mục “{key}” của đề cương: mục table cần có columns, mục khác thì không.")
    return Section(
        key=key,
        title=data["title"].strip()[:_LONGEST_TITLE],
        asks=Asks(asks),
        question=str(data.get("question", "")),
        code=str(data.get("code", "")),
        columns=tuple(_column(key, one) for one in columns),
        plan=tuple(str(one) for one in data.get("plan", ())),
        checked=bool(data.get("checked", False)),
        register=register,
    )


def _column(section: str, data: Any) -> Column:
    if not isinstance(data, dict) or not _words(data.get("key")) or not _words(data.get("title")):
        raise ActRefused(f"Mục “{section}” của đề cương: mỗi cột cần key và title.")
    if data.get("kind", "text") not in set(Typed):
        raise ActRefused(f"Mục “{section}”, cột “{data['key']}”: kind cần là {', '.join(Typed)}.")
    return Column(
        key=data["key"].strip(),
        title=data["title"].strip(),
        kind=Typed(data.get("kind", "text")),
        required=bool(data.get("required", False)),
        number=int(data.get("number", 0)),
        names=tuple(str(one) for one in data.get("names", ())),
    )


def to_json(outline: Outline) -> dict[str, Any]:
    """Return the kept form of an outline, which `from_json` reads."""
    return {
        "title": outline.title,
        "basis": outline.basis,
        "sections": [
            {
                "key": one.key,
                "title": one.title,
                "asks": one.asks.value,
                "question": one.question,
                "code": one.code,
                "columns": [_written(column) for column in one.columns],
                "plan": list(one.plan),
                "checked": one.checked,
                **({"register": True} if one.register else {}),
            }
            for one in outline.sections
        ],
    }


def _written(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "title": column.title,
        "kind": column.kind.value,
        "required": column.required,
        "number": column.number,
        "names": list(column.names),
    }


ROWS = "bang"
"""The key of the one table of a task's form."""


def of_header(title: str, header: Sequence[Cell], example: Sequence[Cell] = ()) -> Outline:
    """Return the form of one table whose columns are those of an uploaded workbook's heading.

    Below the heading one row may say what each column holds: "số", "tỷ lệ", "ngày"; a column without it holds text.
    The first column is required. Raises ActRefused where the heading is empty or names a column twice.
    """
    names = [str(one).strip() for one in header if one is not None and str(one).strip()]
    if not names or len(names) > _MOST_COLUMNS:
        raise ActRefused(f"Biểu mẫu cần một dòng tiêu đề có từ 1 đến {_MOST_COLUMNS} cột.")
    if len({named(one) for one in names}) != len(names):
        raise ActRefused("Dòng tiêu đề của biểu mẫu có hai cột trùng tên. Xin đổi tên một cột rồi gửi lại.")
    kinds = [_kind(example[at] if at < len(example) else None) for at, one in enumerate(header) if one is not None]
    columns = tuple(
        Column(f"c{at}", name, kind, required=at == 1)
        for at, (name, kind) in enumerate(zip(names, kinds, strict=False), 1)
    )
    return Outline(title, (Section(ROWS, title, Asks.TABLE, columns=columns),))


_KINDS = {
    "so": Typed.NUMBER,
    "so nguyen": Typed.NUMBER,
    "so luong": Typed.NUMBER,
    "so thap phan": Typed.DECIMAL,
    "ty le": Typed.PERCENT,
    "%": Typed.PERCENT,
    "ngay": Typed.DATE,
    "chu": Typed.TEXT,
}


def _kind(value: Cell) -> Typed:
    return _KINDS.get(named(value), Typed.TEXT)
