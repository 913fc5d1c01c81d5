"""Automatic list numbers of a Word document: what Word prints before a paragraph and does not store in it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMANS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_BASES = 20


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMANS:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    return _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
}


def _value(element: ElementTree.Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(f"{W}{name}")


Part = Callable[[], ElementTree.Element | None]


class Numbers:
    """Counts the numbered paragraphs of one document in order.

    The parts with the lists and the styles are asked for only once a paragraph refers to them.
    """

    def __init__(self, numbering: Part, styles: Part) -> None:
        self._parts: tuple[Part, Part] | None = (numbering, styles)
        self._lists: dict[str, _List] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._style_lists: dict[str, tuple[str, int]] = {}

    def _load(self) -> None:
        if self._parts is None:
            return
        (numbering, styles), self._parts = self._parts, None
        if (lists := numbering()) is not None:
            self._read_lists(lists)
        if self._lists and (named := styles()) is not None:
            self._read_styles(named)

    def label(self, paragraph: ElementTree.Element) -> str:
        """Return what stands before the paragraph ("2.1.", "-"), empty where it is in no list; counts it."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        chosen = self._chosen(properties)
        if chosen is None or chosen[0] not in self._lists:
            return ""
        number_id, level = chosen
        listed = self._lists[number_id]
        own = listed.levels.get(level)
        if own is None:
            return ""
        restart = self._restarts.get(number_id, {}).pop(level, None)
        first = own.start if restart is None else restart
        listed.counts[level] = first if restart is not None else listed.counts.get(level, first - 1) + 1
        for deeper in [known for known in listed.counts if known > level]:
            del listed.counts[deeper]
        return self._shown(listed, own)

    @staticmethod
    def _shown(listed: _List, own: _Level) -> str:
        if own.form == "bullet":
            return "-"
        if own.form == "none":
            return ""

        def part(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            level = listed.levels.get(place)
            form = _FORMS.get(level.form if level else "decimal", str)
            return form(listed.counts.get(place, level.start if level else 1))

        return re.sub(r"%(\d)", part, own.pattern)

    def _chosen(self, properties: ElementTree.Element) -> tuple[str, int] | None:
        named, own = properties.find(f"{W}pStyle"), properties.find(f"{W}numPr")
        if named is None and own is None:
            return None
        self._load()
        style = self._style_lists.get(_value(named) or "")
        if own is None:
            return style
        number_id = _value(own.find(f"{W}numId"))
        level = int(_value(own.find(f"{W}ilvl")) or (style[1] if style else 0))
        if number_id == "0":
            return None
        return (number_id, level) if number_id else (style[0], level) if style else None

    def _read_lists(self, numbering: ElementTree.Element) -> None:
        abstract = {
            _value(element, "abstractNumId"): _List(dict(self._levels(element)))
            for element in numbering.findall(f"{W}abstractNum")
        }
        for element in numbering.findall(f"{W}num"):
            number_id = _value(element, "numId")
            listed = abstract.get(_value(element.find(f"{W}abstractNumId")))
            if number_id is None or listed is None:
                continue
            self._lists[number_id] = listed
            for override in element.findall(f"{W}lvlOverride"):
                level = int(_value(override, "ilvl") or 0)
                start = _value(override.find(f"{W}startOverride"))
                if start is not None:
                    self._restarts.setdefault(number_id, {})[level] = int(start)

    @staticmethod
    def _levels(abstract: ElementTree.Element) -> Iterator[tuple[int, _Level]]:
        for level in abstract.findall(f"{W}lvl"):
            start = int(_value(level.find(f"{W}start")) or 1)
            form = _value(level.find(f"{W}numFmt")) or "decimal"
            pattern = _value(level.find(f"{W}lvlText")) or ""
            yield int(_value(level, "ilvl") or 0), _Level(form, pattern, start)

    def _read_styles(self, styles: ElementTree.Element) -> None:
        bases: dict[str, str] = {}
        own: dict[str, tuple[str, int]] = {}
        for style in styles.findall(f"{W}style"):
            style_id = _value(style, "styleId") or ""
            bases[style_id] = _value(style.find(f"{W}basedOn")) or ""
            number_id = _value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            if number_id and number_id != "0":
                level = int(_value(style.find(f"{W}pPr/{W}numPr/{W}ilvl")) or 0)
                own[style_id] = (number_id, level)
        for style_id in bases:
            at = style_id
            for _ in range(_MAX_BASES):
                if at in own:
                    self._style_lists[style_id] = own[at]
                    break
                at = bases.get(at, "")
