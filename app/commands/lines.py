"""Commands that read one phrase, or a file with one JSON object a line."""

import codecs
import json as json_format
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path
from typing import Any

from app.commands import console
from domain.errors import ActRefused, NhacviecError


@dataclass(frozen=True, slots=True)
class Line:
    """One phrase with what is known around it."""

    text: str
    year: int | None
    date: day | None


Reader = Callable[[Line], dict[str, Any]]


def answer(
    text: str | None,
    file: Path | None,
    date: str | None,
    year: int | None,
    *,
    json: bool,
    read: Reader,
    say: Callable[[dict[str, Any]], str],
    blank: dict[str, Any],
) -> None:
    """Print what `read` makes of the phrase, or of each line of the file, in order, one JSON object a line.

    `blank` is the answer, but for its warning, to a line that is no JSON object of the right form.
    """
    on = console.day(date, "--date")
    if file is not None:
        for raw in _lines(file):
            console.show_json_line(_one(raw, year, on, read, blank))
        return
    if text is None:
        raise ActRefused("Thiếu cụm từ cần đọc: ghi ngay sau lệnh, hoặc dùng --lines TỆP.")
    found = read(Line(text, year, on))
    if json:
        console.show_json(found)
    else:
        console.say(say(found))


def _lines(file: Path) -> list[bytes]:
    """Return the lines, empty ones too: each is answered in its place."""
    try:
        content = file.read_bytes()
    except OSError:
        raise ActRefused(f"Không đọc được tệp “{file}”. Kiểm tra đường dẫn rồi chạy lại.") from None
    return content.removeprefix(codecs.BOM_UTF8).removesuffix(b"\n").split(b"\n") if content else []


def _one(raw: bytes, year: int | None, on: day | None, read: Reader, blank: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one line; a line that cannot be read is answered with a warning in its place."""
    try:
        line = _line(json_format.loads(raw.decode()), year, on)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        shown = raw[:80].decode(errors="replace").strip()
        return {**blank, "warnings": [f"Dòng này không đọc được (cần JSON có text, year, date): {shown}"]}
    try:
        return read(line)
    except NhacviecError as refused:
        return {**blank, "warnings": [refused.sentence]}


def _line(told: dict[str, Any], year: int | None, on: day | None) -> Line:
    """Read one object. Raises ValueError, KeyError, TypeError or AttributeError for one of another form."""
    text, said_year, said_day = told["text"], told.get("year"), told.get("date")
    if not isinstance(text, str) or not (said_year is None or type(said_year) is int):
        raise TypeError("text must be a string, year a whole number")
    return Line(text, year if said_year is None else said_year, on if said_day is None else day.fromisoformat(said_day))
