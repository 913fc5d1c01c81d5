"""nhacviec deadline …: how a phrase of time is understood."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.calendar_seed import seed_days
from app.commands import lines
from app.commands.console import Json
from app.guessing import guess_date
from domain.deadlines import read, say, to_json
from domain.workdays import WorkCalendar


def deadline(
    text: Annotated[str | None, typer.Argument(help="Thời hạn như ghi trong kế hoạch.", metavar="THỜI_HẠN")] = None,
    year: Annotated[int | None, typer.Option(min=1900, max=2999, help="Năm của kế hoạch.")] = None,
    date: Annotated[str | None, typer.Option(help="Ngày ký văn bản, ví dụ 2024-01-29.")] = None,
    lines_file: Annotated[
        Path | None, typer.Option("--lines", help="Tệp JSON, mỗi dòng một {text, year, date}.")
    ] = None,
    json: Json = False,
) -> None:
    """Read a deadline phrase and say it back."""
    lines.answer(text, lines_file, date, year, json=json, read=_read, say=_say, blank=_BLANK)


_BLANK: dict[str, Any] = {"deadline": {"kind": "unspecified"}, "said": ""}


def _read(line: lines.Line) -> dict[str, Any]:
    year = line.year if line.year is not None else (line.date.year if line.date else None)
    calendar = WorkCalendar(seed_days(line.date.year, line.date.year + 1)) if line.date else None
    found = read(
        line.text,
        year=year,
        signed=line.date,
        guess=(lambda phrase: guess_date(phrase, year)) if year is not None else None,
        add_working_days=calendar.add if calendar else None,
    )
    return {"deadline": to_json(found.deadline), "said": say(found.deadline), "warnings": list(found.warnings)}


def _say(found: dict[str, Any]) -> str:
    return "\n".join([found["said"], *found["warnings"]])
