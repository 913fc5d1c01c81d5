"""nhacviec incident: breaches of personal data, from discovery to the last step."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from actions import incidents as actions
from actions.incidents import Affected, Scope
from app.commands import console
from app.commands.console import Json
from app.wiring import write_once
from domain.errors import ActRefused
from domain.incidents import NOTICE_PARTS, RULES, Step, countdown, left, said, state_of
from domain.local import VIETNAM, local
from storage import incidents
from storage.database import Unit
from storage.types import AnyRow

app = typer.Typer(help="Sự cố dữ liệu cá nhân: sổ ghi, đếm ngược 72 giờ, người bị ảnh hưởng.")

Code = Annotated[str, typer.Argument(metavar="MÃ", help="Mã sự cố, ví dụ SC-0001.")]
_DAY = "dạng 2026-01-31."


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ActRefused(f"“{text}” không phải thời điểm. Ghi dạng 2026-01-31T14:30.") from None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ActRefused(f"“{text}” không phải ngày. Ghi dạng 2026-01-31.") from None


@app.command("open", help="Ghi một sự cố vào sổ và báo ngay cho Văn phòng.")
def open_one(
    description: Annotated[str, typer.Argument(metavar="MÔ_TẢ", help="Điều đã xảy ra.")],
    found: Annotated[str | None, typer.Option(help="Lúc phát hiện, dạng 2026-01-31T14:30; mặc định bây giờ.")] = None,
    since: Annotated[str | None, typer.Option(help=f"Liên quan phản ánh nhận từ ngày này, {_DAY}")] = None,
    until: Annotated[str | None, typer.Option(help=f"Liên quan phản ánh nhận đến ngày này, {_DAY}")] = None,
    case: Annotated[list[str] | None, typer.Option(help="Mã phản ánh liên quan (ghi nhiều lần được).")] = None,
    json: Json = False,
) -> None:
    """Register a breach."""
    now = console.now()
    discovered_at = _moment(found) if found else now
    scope = Scope(_day(since), _day(until), tuple(one.strip().upper() for one in case or ()))
    row = console.run(lambda unit: actions.register(unit, None, description, discovered_at, scope, now))
    _show(row, json=json)


@app.command("list", help="Các sự cố trong sổ.")
def list_all(json: Json = False) -> None:
    """List breaches."""
    found, now = console.run(incidents.everything), console.now()
    if json:
        console.show_json([_written(one, now) for one in found])
        return
    rows = [[one.code, _clock(one.discovered_at), _left(one, now), one.description[:60]] for one in found]
    console.table("Sự cố dữ liệu cá nhân", ["Mã", "Phát hiện", "Thông báo cơ quan chuyên trách", "Nội dung"], rows)


@app.command("show", help="Một sự cố và các bước của nó.")
def show(code: Code, json: Json = False) -> None:
    """Show one breach with its steps."""
    _show(console.run(lambda unit: actions.of_code(unit, code)), json=json)


@app.command("step", help="Ghi một bước đã làm, hoặc vì sao không cần làm.")
def step(
    code: Code,
    name: Annotated[Step, typer.Argument(metavar="BƯỚC", help="contain, record, authority, people, remedy.")],
    at: Annotated[str | None, typer.Option(help="Lúc làm, dạng 2026-01-31T14:30; mặc định là bây giờ.")] = None,
    skip: Annotated[str, typer.Option(help="Lý do không cần làm bước này.")] = "",
    json: Json = False,
) -> None:
    """Write a step."""
    now = console.now()
    done_at = _moment(at) if at else now
    _show(console.run(lambda unit: actions.mark(unit, None, code, name, done_at, skip, now)), json=json)


@app.command("affected", help="Xuất danh sách người bị ảnh hưởng để thông báo (CSV, chỉ người chạy lệnh đọc được).")
def affected(code: Code, out: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp .csv sẽ ghi.")]) -> None:
    """Write whom a breach touches; who read it is kept in the access log."""
    if out.exists():
        raise ActRefused(f"Tệp {out} đã có. Đặt tên khác.")
    now = console.now()

    def export(unit: Unit) -> int:
        found = actions.affected(unit, None, code, now)
        try:
            write_once(out, _csv(found).encode("utf-8-sig"))
        except OSError:
            raise ActRefused(f"Không ghi được tệp {out}.") from None
        return len(found)

    console.say(f"Đã ghi {console.run(export)} người vào {out}. Tệp chứa dữ liệu cá nhân: xoá khi xong việc.")


def _csv(found: Sequence[Affected]) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(["Mã phản ánh", "Họ tên", "Địa chỉ", "Điện thoại", "Thư điện tử", "Địa chỉ thư"])
    for one in found:
        who = one.who
        told = [who.name, who.address, who.phone, who.email, who.mail] if who else ["(đã xoá)", "", "", "", ""]
        writer.writerow([" ".join(one.codes), *(_plain(cell) for cell in told)])
    return written.getvalue()


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _clock(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"


def _left(row: AnyRow, now: datetime) -> str:
    marks = incidents.marks_of(row)
    if Step.AUTHORITY in marks:
        return f"đã thông báo {_clock(marks[Step.AUTHORITY].at)}"
    return said(countdown(row.discovered_at, now))


def _written(row: AnyRow, now: datetime) -> dict[str, Any]:
    marks = incidents.marks_of(row)
    return {
        "code": row.code,
        "description": row.description,
        "discovered_at": local(row.discovered_at).isoformat(),
        "closed": row.closed_at is not None,
        "steps": {one.value: state_of(one, row.discovered_at, marks.get(one), now).value for one in RULES},
        "scope": row.scope,
    }


def _show(row: AnyRow, *, json: bool) -> None:
    now = console.now()
    if json:
        console.show_json(_written(row, now))
        return
    marks = incidents.marks_of(row)
    console.say(f"{row.code}, phát hiện {_clock(row.discovered_at)}: {row.description}")
    console.say(f"Thông báo cơ quan chuyên trách: {_left(row, now)}.")
    rows = [
        [one.value, rule.label, state_of(one, row.discovered_at, marks.get(one), now).label, rule.article]
        for one, rule in RULES.items()
    ]
    console.table("Các bước", ["Bước", "Việc", "Đã đến đâu", "Căn cứ"], rows)
    if Step.AUTHORITY in left(marks):
        console.say(f"Thông báo nêu: {'; '.join(NOTICE_PARTS)}.")
