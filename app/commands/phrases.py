"""nhacviec deadline …, nhacviec reply parse …: how a phrase of time, a loose sentence is understood."""

from datetime import date as day
from pathlib import Path
from typing import Annotated, Any

import typer

from app.calendar_seed import seed_days
from app.commands import console, lines
from app.commands.console import Json
from app.guessing import guess_date
from domain import replies
from domain.deadlines import read, say, to_json
from domain.local import long_day, today
from domain.replies import Intent, Reading
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


reply_app = typer.Typer(help="Câu trả lời tự do của cán bộ.", no_args_is_help=True)


@reply_app.command("parse", help="Cho biết một câu trả lời tự do được hiểu thế nào.")
def reply_parse(
    text: Annotated[str | None, typer.Argument(help="Câu trả lời như cán bộ gõ.", metavar="CÂU")] = None,
    date: Annotated[str | None, typer.Option(help="Ngày gõ câu đó, ví dụ 2026-01-20; không có là hôm nay.")] = None,
    lines_file: Annotated[Path | None, typer.Option("--lines", help="Tệp JSON, mỗi dòng một {text, date}.")] = None,
    json: Json = False,
) -> None:
    """Read an officer's loose sentence and say what it means."""
    reader = _read_reply if json or lines_file is not None else _read_in_full
    lines.answer(text, lines_file, date, None, json=json, read=reader, say=_say_reply, blank=_BLANK_REPLY)


_BLANK_REPLY: dict[str, Any] = {
    "intent": Intent.NONE.value,
    "task": None,
    "document": None,
    "until": None,
    "percent": None,
    "reason": None,
}


def _read_reply(line: lines.Line) -> dict[str, Any]:
    return _reply_json(_reading(line))


def _read_in_full(line: lines.Line) -> dict[str, Any]:
    """Return also what only a person is told: every code, a bare length."""
    found = _reading(line)
    return {**_reply_json(found), "tasks": found.tasks, "days": found.days, "working": found.working}


def _reading(line: lines.Line) -> Reading:
    return replies.read(line.text, line.date or today(console.now()))


def _reply_json(found: Reading) -> dict[str, Any]:
    paper = found.document
    return {
        "intent": found.intent.value,
        "task": found.task,
        "document": {"number": paper.number, "date": paper.on.isoformat() if paper.on else None} if paper else None,
        "until": found.until.isoformat() if found.until else None,
        "percent": found.percent,
        "reason": found.reason,
    }


_INTENTS = {
    Intent.DONE: "Báo đã xong",
    Intent.PROGRESS: "Báo đang làm, chưa xong",
    Intent.ACCEPT: "Nhận việc",
    Intent.EXTEND: "Xin gia hạn",
    Intent.OBSTACLE: "Báo vướng mắc",
    Intent.QUESTION: "Hỏi",
    Intent.NOT_OURS: "Báo việc không thuộc đơn vị",
    Intent.SUBSTITUTE: "Nhờ người làm thay",
    Intent.NONE: "Không rõ ý",
}


def _say_reply(found: dict[str, Any]) -> str:
    paper = found["document"] or {"number": None, "date": None}
    parts = [
        _INTENTS[Intent(found["intent"])],
        f"việc {', '.join(found['tasks'])}" if found["tasks"] else "",
        f"văn bản {paper['number']}" if paper["number"] else "",
        f"văn bản ngày {_shown(paper['date'])}" if paper["date"] else "",
        f"đến {_shown(found['until'])}" if found["until"] else "",
        f"thêm {found['days']} ngày{' làm việc' if found['working'] else ''}" if found["days"] else "",
        f"{found['percent']}%" if found["percent"] is not None else "",
        f"lý do: {found['reason']}" if found["reason"] else "",
    ]
    return "; ".join(part for part in parts if part) + "."


def _shown(iso: str) -> str:
    return long_day(day.fromisoformat(iso))
