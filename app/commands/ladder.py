"""nhacviec ladder …: by which ladder new work is reminded of and climbs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from actions import ladders
from app.commands import console
from app.commands.console import Json
from domain.errors import ActRefused
from domain.ladder import SHIPPED, Ladder
from domain.ladder_files import SAYS, from_toml, to_toml, when
from storage.database import Unit
from storage.ladders import Place
from storage.views import office

app = typer.Typer(help="Lịch nhắc: khi nào nhắc ai, báo lên ai.")

LARGEST = 64 * 1024
"""Bytes of a ladder's file; the longest one that passes the rules has a tenth of it."""

Plan = Annotated[int | None, typer.Option("--plan", help="Chỉ cho kế hoạch này.", min=1, max=console.LARGEST_ID)]
Task = Annotated[str | None, typer.Option("--task", help="Chỉ cho việc này: mục trong phụ lục (II.4) hoặc mã việc.")]
Agency = Annotated[str | None, typer.Option("--agency", help="Chỉ cho cơ quan mang mã này.")]


@app.command("show", help="Xem lịch nhắc đang dùng, hoặc lịch nhắc mang tên cho trước.")
def show(
    name: Annotated[str | None, typer.Argument(help="Tên lịch nhắc.", metavar="TÊN")] = None,
    plan: Plan = None,
    task: Task = None,
    agency: Agency = None,
    toml: Annotated[bool, typer.Option("--toml", help="In dạng tệp để sửa rồi nạp lại.")] = False,
    json: Json = False,
) -> None:
    """Show the ladder in force at a place, or one by its name."""

    def ask(unit: Unit) -> tuple[Ladder, list[ladders.Override]]:
        at = ladders.place(unit, plan, task, agency)
        found = ladders.named(unit, name) if name else ladders.in_force(unit, at, console.now())
        return found, ladders.overrides(unit, at.plan_id) if at.plan_id and not name else []

    ladder, overrides = console.run(ask)
    if json:
        console.show_json(_json(ladder, overrides))
    elif toml:
        console.say(to_toml(ladder).rstrip("\n"))
    else:
        _say(ladder, overrides)


def _json(ladder: Ladder, overrides: list[ladders.Override]) -> dict[str, Any]:
    return {
        "name": ladder.name,
        "internal_days": ladder.internal_days,
        "rungs": ladder.to_json(),
        "overrides": [
            {"task": one.task or None, "agency": one.agency or None, "ladder": one.ladder} for one in overrides
        ],
        "shipped": [one.name for one in SHIPPED],
    }


def _say(ladder: Ladder, overrides: list[ladders.Override]) -> None:
    rows = [
        [one.name, when(one), one.role.label, "" if one.base == "issue" else one.at, SAYS[one.kind]]
        for one in ladder.rungs
    ]
    console.table(f"Lịch nhắc “{ladder.name}”", ["Bậc", "Khi nào", "Cho ai", "Giờ", "Nói gì"], rows)
    if ladder.internal_days is not None:
        console.say(f"Hạn nội bộ: trước hạn chính thức {ladder.internal_days} ngày làm việc.")
    for one in overrides:
        where = ", ".join(filter(None, (f"mục {one.task}" if one.task else "", one.agency))) or "cả kế hoạch"
        console.say(f"Riêng {where}: “{one.ladder}”")
    console.say(f"Có sẵn: {', '.join(f'“{one.name}”' for one in SHIPPED)}.")


@app.command("set", help="Dùng một lịch nhắc (tệp TOML hoặc tên) cho việc ban hành từ nay.")
def choose(
    source: Annotated[str, typer.Argument(help="Tệp TOML, hoặc tên lịch nhắc.", metavar="TỆP")],
    plan: Plan = None,
    task: Task = None,
    agency: Agency = None,
) -> None:
    """Choose a ladder for a place."""
    text = _read(source)

    def work(unit: Unit) -> tuple[Ladder, Place]:
        ladder = ladders.named(unit, source) if text is None else from_toml(text, office.hours(unit))
        at = ladders.place(unit, plan, task, agency)
        ladders.choose(unit, None, at, ladder, console.now())
        return ladder, at

    ladder, at = console.run(work)
    console.say(f"Việc ban hành từ nay của {_named(at)} theo lịch nhắc “{ladder.name}”; việc đã ban hành giữ nguyên.")


def _read(source: str) -> str | None:
    """Return a file's text, None where no file is named. Raises ActRefused for a file that is no text."""
    path = Path(source)
    try:
        if not path.exists() and path.suffix.lower() != ".toml":
            return None
        if path.stat().st_size > LARGEST:
            raise ActRefused(f"Tệp {path.name} quá lớn, không phải một lịch nhắc.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ActRefused(f"Tệp {path.name} không phải văn bản UTF-8. Lưu lại bằng UTF-8 rồi chạy lại.") from None
    except (OSError, ValueError):
        raise ActRefused(f"Không đọc được tệp {source}. Kiểm tra đường dẫn rồi chạy lại.") from None


def _named(at: Place) -> str:
    if at.plan_id is None:
        return "cả văn phòng"
    parts = [f"kế hoạch {at.plan_id}"]
    parts += ["một việc"] if at.task_id is not None else []
    parts += ["một cơ quan"] if at.agency_id is not None else []
    return ", ".join(reversed(parts))


@app.command("clear", help="Bỏ lịch nhắc riêng của một chỗ; việc đã ban hành giữ nguyên.")
def clear(plan: Plan = None, task: Task = None, agency: Agency = None) -> None:
    """Let a place have no ladder of its own."""

    def work(unit: Unit) -> Place:
        at = ladders.place(unit, plan, task, agency)
        ladders.clear(unit, None, at, console.now())
        return at

    console.say(f"Đã bỏ lịch nhắc riêng của {_named(console.run(work))}; việc đã ban hành giữ nguyên.")
