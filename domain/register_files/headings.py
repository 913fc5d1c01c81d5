"""Where the heading of a list stands, and which column is what: by the office's own names first, then by the known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.collections.cells import Cell, barely_named, named
from domain.errors import ActRefused
from domain.register_files.fields import BY_HEADING, COUNTING, Field
from domain.register_files.mapping import ColumnMap
from domain.words import squeeze

_LOOKED_AT = 30
"""So many rows from the top may hold the heading."""
_ENOUGH = 3
"""So many known columns make a heading; fewer is a sentence that happens to use such a word."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: its last line in the sheet (from 0), the columns by place, and what was not understood."""

    last: int
    places: Mapping[Field, int]
    unknown: tuple[str, ...] = ()
    """Headings that nobody named, as they are written."""
    passed_over: tuple[str, ...] = ()
    """Headings of columns that another column of the same meaning pushed aside."""


def heading_of(rows: Sequence[Sequence[Cell]], mapping: ColumnMap) -> Heading | None:
    """Return the heading of a list, None where no line looks like one; it may stand on one line or on two.

    Raises ActRefused where the same heading stands twice, or a column that every list needs is missing.
    """
    found = max(_candidates(rows, mapping), key=lambda one: one[0], default=None)
    if found is None or found[0][0] < _ENOUGH:
        return None
    return _matched(found[1], found[2], mapping)


def _candidates(
    rows: Sequence[Sequence[Cell]], mapping: ColumnMap
) -> Iterable[tuple[tuple[int, int, int], int, list[str]]]:
    """Yield lines that may be the heading: how good (columns known, fewer lines, higher up), last line, headings."""
    for at, row in enumerate(rows[:_LOOKED_AT]):
        one = [squeeze(str(cell)) if isinstance(cell, str) else "" for cell in row]
        yield (_known(one, mapping), 1, -at), at, one
        if at + 1 < len(rows):
            two = _joined(one, rows[at + 1])
            yield (_known(two, mapping), 0, -at), at + 1, two


def _joined(above: Sequence[str], below: Sequence[Cell]) -> list[str]:
    """Return the headings of two lines: the lower one where it says something, as under a wide heading."""
    width = max(len(above), len(below))
    top = [*above, *[""] * (width - len(above))]
    low = [squeeze(str(cell)) if isinstance(cell, str) else "" for cell in below] + [""] * (width - len(below))
    return [lower or upper for upper, lower in zip(top, low, strict=True)]


def _known(headings: Sequence[str], mapping: ColumnMap) -> int:
    return len({found for one in headings if (found := _field(one, mapping)) is not None})


def _field(heading: str, mapping: ColumnMap) -> Field | None:
    for form in (named(heading), barely_named(heading)):
        if form in mapping.columns:
            return mapping.columns[form]
        if form in BY_HEADING:
            return BY_HEADING[form][0]
    return None


def _rank(heading: str, mapping: ColumnMap) -> int:
    """Return how good a heading is for its column: the office's own name, then the best known one."""
    forms = (named(heading), barely_named(heading))
    if any(form in mapping.columns for form in forms):
        return -1
    return min(BY_HEADING[form][1] for form in forms if form in BY_HEADING)


def _matched(last: int, headings: Sequence[str], mapping: ColumnMap) -> Heading:
    places: dict[Field, int] = {}
    unknown: list[str] = []
    passed: list[str] = []
    for place, heading in enumerate(headings):
        name = named(heading)
        if not name or name in COUNTING or mapping.columns.get(name, Field.CODE) is None:
            continue
        field = _field(heading, mapping)
        if field is None:
            unknown.append(heading[:_SHOWN])
        elif field not in places:
            places[field] = place
        else:
            first = headings[places[field]]
            if named(first) == name:
                raise ActRefused(f"Danh sách có hai cột “{heading[:_SHOWN]}”. Xin bỏ hoặc đổi tên một cột rồi gửi lại.")
            better = _rank(heading, mapping) < _rank(first, mapping)
            passed.append((first if better else heading)[:_SHOWN])
            places[field] = place if better else places[field]
    _complete(places, unknown)
    return Heading(last, places, tuple(unknown), tuple(passed))


def _complete(places: Mapping[Field, int], unknown: Sequence[str]) -> None:
    missing = [f"“{one.label}”" for one in (Field.CODE, Field.CONTENT) if one not in places]
    if not {Field.RECEIVED_ON, Field.SENT_ON} & set(places):
        missing.append(f"“{Field.RECEIVED_ON.label}” (hoặc “{Field.SENT_ON.label}”)")
    if not missing:
        return
    others = f" Cột chưa rõ nghĩa: {', '.join(f'“{one}”' for one in unknown[:8])}." if unknown else ""
    raise ActRefused(
        f"Danh sách thiếu cột {', '.join(missing)}.{others} Nếu cột mang tên khác, xin chỉ rõ, ví dụ “Tên cột=code”."
    )
