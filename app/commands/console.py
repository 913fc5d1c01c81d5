"""What every command shares: the open store, JSON on standard output, people's text, one-line refusals."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from app import settings as app_settings
from app.settings import Settings
from app.timing import system_clock
from app.wiring import open_store
from documents.progress import Told
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.words import fold
from storage.database import Database, Unit

Json = Annotated[bool, typer.Option("--json", help="In một tài liệu JSON ra đầu ra chuẩn.")]

YEARS = range(1900, 2200)
"""Years that a day or a moment may name; others are slips of the hand."""

LARGEST_ID = 2**31 - 1
"""No row has a larger id; a larger number is a slip of the hand."""

out = Console(soft_wrap=True, highlight=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, emoji=False)


def settings() -> Settings:
    """Read the settings. Raises SettingWrong."""
    return app_settings.read()


@contextmanager
def store() -> Iterator[Database]:
    """Open the office's database for one command."""
    database = open_store(settings())
    try:
        yield database
    finally:
        database.close()


def run(work: Callable[[Unit], Any]) -> Any:
    """Run one unit on the office's database."""
    with store() as database:
        return database.run_now(work)


def now() -> datetime:
    """Return the moment of the command."""
    return system_clock()


def show_json(value: Any) -> None:
    """Print one JSON document and nothing else."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def show_json_line(value: Any) -> None:
    """Print one JSON document on one line."""
    text = json.dumps(value, ensure_ascii=False)
    for mark, written in _LINE_MARKS.items():
        text = text.replace(mark, written)
    typer.echo(text)


_LINE_MARKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that some readers of lines take for a line's end; JSON leaves them bare."""


def say(text: str) -> None:
    """Print text for a person; nothing in it is markup."""
    out.print(text, markup=False)


def asks() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and out.is_terminal


def agrees(question: str) -> bool:
    """Ask for a yes or a no; anything but a yes is a no."""
    answer = typer.prompt(f"{question} [có/không]", default="không", show_default=False)
    return fold(answer) in {"co", "c", "y", "yes"}


def table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print a table for a person."""
    shown = Table(title=title, title_justify="left", show_lines=False)
    for at, column in enumerate(columns):
        shown.add_column(column, overflow="fold", no_wrap=at == 0)  # a code, a number: kept whole
    for row in rows:
        shown.add_row(*row)
    out.print(shown, markup=False)


def day(text: str | None, option: str) -> date | None:
    """Read a day given as 2026-01-15 or 15/01/2026. Raises ActRefused with the option's name."""
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text.strip(), form).replace(tzinfo=VIETNAM).date()
        except ValueError:
            continue
        if found.year in YEARS:
            return found
    raise ActRefused(f"Ngày “{text}” ở {option} không hợp lệ. Ghi như 2026-01-15 hoặc 15/01/2026.")


def moment(text: str | None, option: str) -> datetime | None:
    """Read an ISO moment; without a zone it is meant in Viet Nam. Raises ActRefused."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise ActRefused(f"Thời điểm “{text}” ở {option} không hợp lệ. Ghi như 2026-01-12T08:00:00+07:00.")
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


@contextmanager
def progress(doing: str) -> Iterator[Told]:
    """Show on a terminal's standard error how far something long is; elsewhere say nothing."""
    with Progress(
        TextColumn(doing),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    ) as shown:
        task = shown.add_task("", total=None, said="")

        def told(counted: str, done: int, total: int) -> None:
            shown.update(task, completed=done, total=total, said=f"{counted} {done}/{total}")

        yield told
