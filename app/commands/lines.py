"""Commands that read one phrase, or a file with one JSON object a line."""

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


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError):
        raise ActRefused(f"Không đọc được tệp “{file}”. Tệp cần là văn bản UTF-8.") from None


def _one(raw: str, year: int | None, on: day | None, read: Reader, blank: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one line; a line that cannot be read is answered with a warning in its place."""
    try:
        told = json_format.loads(raw)
        known = told.get("date")
        line = Line(str(told["text"]), told.get("year", year), day.fromisoformat(known) if known is not None else on)
        return read(line)
    except NhacviecError as refused:
        return {**blank, "warnings": [refused.sentence]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {**blank, "warnings": [f"Dòng này không đọc được (cần JSON có text, year, date): {raw[:80]}"]}
