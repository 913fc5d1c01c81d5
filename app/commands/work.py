"""nhacviec task: what stands, for scripts and for the terminal."""

from typing import Annotated, Any

import typer

from app.commands import console
from app.commands.console import Json
from domain.errors import ActRefused
from domain.lateness import Lateness
from domain.local import short_day, today
from storage.database import Unit
from storage.views import office, standing, work
from storage.views.work import Work

tasks = typer.Typer(help="Việc đã giao cho từng cơ quan.")


@tasks.command("list", help="Danh sách việc; --agency một cơ quan, --late chỉ việc quá hạn.")
def list_tasks(
    agency: Annotated[str | None, typer.Option(help="Mã cơ quan.")] = None,
    late: Annotated[bool, typer.Option(help="Chỉ việc quá hạn.")] = False,
    json: Json = False,
) -> None:
    """List assignments."""

    def ask(unit: Unit) -> list[tuple[Work, Lateness | None]]:
        if agency is not None and office.agency(unit, agency) is None:
            raise ActRefused(f"Không có cơ quan nào mang mã {agency}. Xem các mã bằng lệnh: nhacviec agency list.")
        day = today(console.now())
        works = work.everything(unit, day, agency=agency, late_only=late)
        stands = standing.of(unit, works, day)
        return [(one, stands[one.id]) for one in works]

    found = console.run(ask)
    if json:
        console.show_json([_task(one, how) for one, how in found])
        return
    rows = [
        [one.code, one.agency, one.content, short_day(one.due_on) if one.due_on else "", _state(one, how)]
        for one, how in found
    ]
    console.table("Việc đã giao", ["Mã", "Cơ quan", "Nội dung", "Hạn", "Trạng thái"], rows)


def _state(one: Work, how: Lateness | None) -> str:
    if not one.is_late or how is None:
        return one.state.label
    why = f"{how.label}, " if how in {Lateness.ASSIGNED_LATE, Lateness.WAITING_FOR_OTHER} else ""
    return f"{one.state.label}, {why}quá hạn {one.standing.late_days} ngày"


def _task(one: Work, how: Lateness | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "task": one.content,
        "agency": one.agency_code,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "state": one.state.value,
        "late": one.is_late,
        "lateness": how.value if how else None,
        "plan": one.plan_id,
        "period": one.period or None,
        "product": one.product,
        "completed_on": one.completed_on.isoformat() if one.completed_on else None,
    }
