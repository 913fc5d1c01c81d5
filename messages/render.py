"""Rendering the texts: strict templates (a missing variable is an error), plain text, form C."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.local import WEEKDAYS, local, long_day, short_day
from domain.periods import Period
from domain.words import nfc

_LINE_ENDS = re.compile(r"[ \t]+\n")
_BLANK_LINES = re.compile(r"\n{3,}")


def number(value: int | float) -> str:
    """Return a number as Vietnamese offices write it: 178.842 and 98,92; a single digit count as 03."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def shorten(text: str, limit: int) -> str:
    """Return the text cut at a word so that it is at most `limit` characters, with … where it was cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


def period(code: str) -> str:
    """Return a period in words: "quý I năm 2026" for "2026-Q1". Raises ActRefused for what is none."""
    return Period.read(code).label


def upper_first(text: str) -> str:
    """Return the text with its first letter as a capital and the rest as it is."""
    return text[:1].upper() + text[1:]


def clock(moment: datetime) -> str:
    """Return "07:30 15/01/2026" in local time."""
    return f"{local(moment):%H:%M %d/%m/%Y}"


def day(value: date) -> str:
    """Return "thứ Năm 15/01/2026"."""
    return long_day(value)


def weekday(value: date) -> str:
    """Return "thứ Năm"."""
    return WEEKDAYS[value.weekday()]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("messages"),
        undefined=StrictUndefined,
        autoescape=False,  # plain text: nothing here is ever shown as HTML
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # templates change with the program only
    )
    environment.filters.update(
        day=day,
        short_day=short_day,
        weekday=weekday,
        number=number,
        shorten=shorten,
        upper_first=upper_first,
        clock=clock,
        period=period,
    )
    return environment


def render(name: str, /, **values: Any) -> str:
    """Return the text of a template by its name without the ending, in form C.

    Without blank ends, without white space at the end of a line, at most one blank line at a time.

    Raises jinja2.UndefinedError where the template asks for a value that is not given.
    """
    text = nfc(_environment().get_template(f"{name}.txt").render(**values))
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text)).strip()


def template_names() -> list[str]:
    """Return the names of all text templates, for the tests of completeness."""
    return [name.removesuffix(".txt") for name in _environment().list_templates() if name.endswith(".txt")]
