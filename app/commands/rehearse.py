"""nhacviec rehearse: a plan played through on a virtual clock, nothing sent."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, get_args

import typer

from app import logs
from app.commands import console
from app.commands.console import Json
from app.reading import read_plan
from app.rehearsal import Answers, Script, figures, rehearse
from app.tables import read_directory
from domain.agencies import Agency
from domain.errors import ActRefused
from domain.plans import Draft, from_json
from storage.database import Unit
from storage.views import office, review

BUSIEST = 10

_DIGITS = len(str(console.LARGEST_ID))
"""A longer row of digits is no id, and some thousands of them no number that Python reads."""


def command(
    plan: Annotated[str, typer.Argument(help="Mã kế hoạch đã nhập, hoặc tệp kế hoạch.", metavar="KẾ_HOẠCH")],
    first: Annotated[str, typer.Option("--from", help="Ngày đầu, ví dụ 2026-01-12.")],
    last: Annotated[str, typer.Option("--to", help="Ngày cuối.")],
    agencies: Annotated[Path | None, typer.Option(help="Danh mục cơ quan; mặc định là danh mục đã nhập.")] = None,
    answers: Annotated[
        str, typer.Option(help="none: không ai trả lời; prompt: báo trước hạn; late: báo muộn.")
    ] = "none",
    json: Json = False,
) -> None:
    """Rehearse a plan over some days."""
    logs.set_up("text")  # standard output holds messages alone
    start, end = console.day(first, "--from"), console.day(last, "--to")
    if start is None or end is None or end < start:
        raise ActRefused("Ngày --to phải từ ngày --from trở đi.")
    how = _answers(answers)
    directory = read_directory(agencies) if agencies else _directory()
    script = Script(_draft(plan), directory, start, end, how)
    rows = rehearse(script)
    if json:
        for row in rows:
            console.show_json_line(row)
        return
    by_person, by_day = figures(rows)
    console.say(
        f"Diễn tập {start:%d/%m/%Y} đến {end:%d/%m/%Y}: {len(rows)} tin cho {len(by_person)} người, không gửi đi."
    )
    console.table("Người nhận nhiều nhất", ["Người", "Số tin"], _most(by_person))
    console.table("Ngày nhiều tin nhất", ["Ngày", "Số tin"], _most(by_day))


def _answers(text: str) -> Answers:
    for known in get_args(Answers):
        if text == known:
            return known  # type: ignore[no-any-return] # one of the literal's own values
    raise ActRefused(f"--answers “{text}” không hợp lệ. Dùng none, prompt hoặc late.")


def _most(counts: dict[str, int]) -> list[list[str]]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [[name, str(count)] for name, count in ordered[:BUSIEST]]


def _directory() -> list[Agency]:
    found: list[Agency] = console.run(lambda unit: list(office.directory(unit)))
    if not found:
        raise ActRefused("Chưa có danh mục cơ quan: thêm --agencies TỆP, hoặc nhập bằng nhacviec agency import TỆP.")
    return found


def _draft(plan: str) -> Draft:
    """Return the draft of a kept plan, by its id, or of a file."""
    is_id = plan.isascii() and plan.isdigit() and len(plan) <= _DIGITS and int(plan) <= console.LARGEST_ID
    if not is_id or Path(plan).exists():
        return read_plan(Path(plan)).draft

    def ask(unit: Unit) -> Draft:
        kept = review.as_read(unit, int(plan))
        draft = from_json(kept.draft)
        return replace(draft, document=replace(draft.document, number=kept.number, date=kept.date))

    found: Draft = console.run(ask)
    return found
