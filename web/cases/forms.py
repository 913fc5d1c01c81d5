"""The forms of a case's page as data: which fields an act asks for, and how what was typed is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from domain.errors import ActRefused
from domain.words import squeeze

Options = Sequence[tuple[str, str]]
"""What can be chosen: the value that is sent, and its words."""

_LONGEST_LINE, _LONGEST_TEXT = 300, 8000


class Shape(StrEnum):
    """How a field looks."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    CHECK = "check"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the name that is sent, its words, and what it takes."""

    name: str
    label: str
    shape: Shape = Shape.LINE
    hint: str = ""
    options: Options = ()
    required: bool = True
    limit: int = 0
    """Characters; 0 for the usual."""
    known: str = ""
    """The id of a list of suggestions on the page."""
    value: str = ""

    @property
    def most(self) -> int:
        """How many characters it takes."""
        return self.limit or (_LONGEST_TEXT if self.shape is Shape.TEXT else _LONGEST_LINE)

    def read(self, typed: Mapping[str, str]) -> str:
        """Return what was typed, bare, cut to what the field takes; lines are kept where it has several."""
        text = typed.get(self.name, "")
        if self.shape is Shape.TEXT:
            return "\n".join(squeeze(line) for line in text.splitlines()).strip()[: self.most]
        return squeeze(text)[: self.most]

    def said(self, value: str) -> str:
        """Return a value as a person reads it back."""
        if self.shape is Shape.CHECK:
            return "có" if value else "không"
        if self.shape is Shape.DAY:
            day = day_of(value)
            return f"{day:%d/%m/%Y}" if day else ""
        return dict(self.options).get(value, value) if self.options else value


@dataclass(frozen=True, slots=True)
class Form:
    """What one act asks for."""

    act: str
    title: str
    button: str
    fields: tuple[Field, ...] = ()
    says: str = ""
    """What it does and who is told, in one sentence."""
    first: bool = False
    """Stands open: it is what the case waits for."""
    grave: bool = False
    """Ends the case or cannot be taken back."""

    @property
    def carries_file(self) -> bool:
        """Whether a file may come with it."""
        return any(one.shape is Shape.FILE for one in self.fields)

    def read(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Return every field's value. Raises ActRefused naming the first that is missing or is none of the choices."""
        values = {one.name: one.read(typed) for one in self.fields if one.shape is not Shape.FILE}
        for one in self.fields:
            value = values.get(one.name, "")
            if one.required and not value and one.shape is not Shape.FILE:
                raise ActRefused(f"Xin điền “{one.label}”.")
            if value and one.shape is Shape.CHOICE and value not in dict(one.options):
                raise ActRefused(f"Xin chọn lại “{one.label}”.")
            if value and one.shape is Shape.DAY and day_of(value) is None:
                raise ActRefused(f"“{one.label}” chưa đúng ngày. Xin chọn lại.")
        return values

    def filled(self, typed: Mapping[str, str]) -> Self:
        """Return the form with what was typed standing in it; as it is where nothing was."""
        if not typed:
            return self
        return replace(self, fields=tuple(replace(one, value=typed.get(one.name, "")) for one in self.fields))

    def standing_open(self) -> Self:
        """Return the form as the one that the case waits for."""
        return replace(self, first=True)

    def read_back(self, values: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return (words, value) of every field that was filled, for the look before it is done."""
        shown = ((one.label, one.said(values.get(one.name, ""))) for one in self.fields if one.shape is not Shape.FILE)
        return [(label, value) for label, value in shown if value]


def day_of(text: str) -> date | None:
    """Return a day as browsers send it, None for what is none or lies outside the years that are looked at."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if 1990 <= found.year < 2200 else None
