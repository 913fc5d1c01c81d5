"""Tables that set figures: one indicator for each figure, with its operator, unit and agencies."""

import re
from collections.abc import Iterator

from domain.agencies import listed, roles
from domain.plans import numbering
from domain.plans.columns import Column
from domain.plans.headers import Header
from domain.plans.lines import Grid, Line
from domain.plans.model import Indicator
from domain.plans.numbering import Number
from domain.words import fold, squeeze

_FIGURE = r"(\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_UNIT = r"\s*(%|‰|phan tram|[^\W\d][\w/ ]*)?"
_TARGET = re.compile(rf"(?P<words>[^\d]*?){_FIGURE}{_UNIT}")
_OPERATORS: tuple[tuple[str, str], ...] = (
    ("<=", r"<=|≤|toi da|khong (qua|vuot|vuot qua|cao hon|lon hon|nhieu hon)|nhieu nhat|tro xuong"),
    (">=", r">=|≥|toi thieu|it nhat|tro len|khong (duoi|thap hon|it hon|nho hon)|dat tu|^tu\b"),
    ("<", r"<|\bduoi\b|thap hon|it hon|nho hon|giam xuong duoi"),
    (">", r">|\btren\b|hon\b|vuot\b|cao hon|lon hon"),
)
_PARTS_OF = re.compile(r"(\W*)(trong do|rieng|bao gom|gom)\b")
_YEAR = re.compile(r"20\d\d")
_LEVEL = re.compile(r"(cap )?(tinh|huyen|xa)\b")


def read(grid: Grid) -> tuple[list[Indicator], list[str]]:
    """Return the indicators of a table and the sentences about cells that hold no single figure."""
    found: list[Indicator] = []
    warnings: list[str] = []
    parents = _Parents()
    for line in grid.lines:
        number = _number(line, grid.header)
        content = " ".join(line.text(p) for p in grid.header.where(Column.CONTENT) if line.begins(p))
        if not content:
            continue
        if number is None:
            number, content = numbering.split_leading(content)
        parent = parents.above(number, content)
        for place, text in _targets(line, grid.header):
            operator, target, unit = target_of(text)
            if target is None:
                warnings.append(f"Chỉ tiêu “{content}”: không đọc được con số trong “{text}”, cần xem lại.")
            found.append(
                Indicator(
                    number=number.text if number else None,
                    parent=parent.text if parent else None,
                    content=content,
                    unit=_unit(line, grid.header) or unit,
                    operator=operator,
                    target=target,
                    scope=_scope(grid.header.labels[place], parents.heading(number)),
                    agencies=_agencies(line, grid.header),
                )
            )
        parents.note(number, content, has_target=bool(list(_targets(line, grid.header))))
    return found, warnings


_LARGEST = 10**12
"""A larger figure is none that anybody sets."""


def target_of(text: str) -> tuple[str, float | None, str]:
    """Read a target ("Tối thiểu 80%"): operator, figure (None for none, several, or one too large), unit."""
    flat = re.sub(r"\s+", " ", fold(text))
    figures = re.findall(_FIGURE, flat)
    operator = next((sign for sign, words in _OPERATORS if re.search(words, flat)), "=")
    match = _TARGET.search(flat)
    if match is None or len(figures) != 1:
        return operator, None, ""
    unit = "%" if match[3] in ("%", "phan tram") else ""
    value = _value(figures[0])
    return operator, value if value <= _LARGEST else None, unit


def _value(figure: str) -> float:
    """Return a figure written the Vietnamese way: 1.600 is a thousand and more, 99,5 has a decimal."""
    if re.fullmatch(r"\d{1,3}([.\s]\d{3})+(,\d+)?", figure):
        figure = re.sub(r"[.\s]", "", figure)
    value = float(figure.replace(",", "."))
    return int(value) if value.is_integer() else value


class _Parents:
    """Remembers the numbered rows above, to find the indicator of which another is a part."""

    def __init__(self) -> None:
        self._contents: dict[tuple[str, ...], tuple[Number, str, bool]] = {}
        self._last: Number | None = None

    def above(self, number: Number | None, content: str) -> Number | None:
        if number is None:
            return self._last
        known = self._contents.get(number.parts[:-1])
        if known is not None:
            return known[0]
        return self._last if _PARTS_OF.match(fold(content)) and len(number.parts) == 1 and self._last else None

    def heading(self, number: Number | None) -> str | None:
        """Return the words of a parent that has no figure of its own and so is no indicator."""
        known = self._contents.get(number.parts[:-1]) if number else None
        return known[1] if known and not known[2] else None

    def note(self, number: Number | None, content: str, *, has_target: bool) -> None:
        if number is not None:
            self._contents[number.parts] = (number, content, has_target)
            self._last = number


def _number(line: Line, header: Header) -> Number | None:
    places = header.where(Column.NUMBER)
    return numbering.parse(line.text(places[0])) if places else None


def _targets(line: Line, header: Header) -> Iterator[tuple[int, str]]:
    """Yield the filled target cells of a row; a row merged into one cell is a heading and has none."""
    texts = {fold(cell) for cell in line.cells if cell}
    if len(texts) == 1 and sum(1 for cell in line.cells if cell) > 2:
        return
    for place in header.where(Column.TARGET):
        if line.cells[place] and place not in line.across:
            yield place, line.text(place)


def _unit(line: Line, header: Header) -> str:
    places = header.where(Column.UNIT)
    return line.text(places[0]) if places else ""


def _scope(label: str, heading: str | None) -> dict[str, str | int]:
    scope: dict[str, str | int] = {}
    lower = squeeze(label.rsplit(" / ", 1)[-1])
    if year := _YEAR.search(label):
        scope["year"] = int(year[0])
    if _LEVEL.fullmatch(fold(lower)):
        scope["level"] = lower
    if heading:
        scope["of"] = heading
    return scope


def _agencies(line: Line, header: Header) -> tuple[str, ...]:
    names: dict[str, str] = {}
    own = header.where(Column.LEAD, Column.AGENCY, Column.COORDINATING) or header.where(Column.FOLLOWING)
    for place in own:
        text = line.cells[place]
        told = roles(text)
        in_roles = header.columns[place] in (Column.LEAD, Column.AGENCY)
        every = (*told.lead, *told.coordinating) if in_roles else listed(text)
        for name in every:
            names.setdefault(fold(name), name)
    return tuple(names.values())
