"""nhacviec task and case: what stands, for scripts and for the terminal."""

from typing import Annotated, Any

import typer

from app.commands import console
from app.commands.console import Json
from domain.cases.lifecycle import State as CaseState
from domain.errors import ActRefused
from domain.lateness import Lateness
from domain.local import long_day, short_day, today
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office, standing, work
from storage.views.cases import cards, lists
from storage.views.work import Work

tasks = typer.Typer(help="Việc đã giao cho từng cơ quan.")
case_app = typer.Typer(help="Phản ánh, kiến nghị.")


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


@case_app.command("list", help="Các phản ánh, kiến nghị.")
def list_cases(json: Json = False) -> None:
    """List citizens' cases."""
    found = console.run(lambda unit: lists.listed(unit, None, lists.Wanted(), limit=100_000, oldest=True))
    if json:
        console.show_json([_case(one) for one in found])
        return
    rows = [
        [one.code, CaseState(one.state).label, one.about, short_day(one.received_on), short_day(one.due_on)]
        for one in found
    ]
    console.table("Phản ánh, kiến nghị", ["Mã", "Trạng thái", "Về", "Nhận", "Chuyển trước hết"], rows)


def _case(one: AnyRow) -> dict[str, Any]:
    return {
        "code": one.code,
        "state": one.state,
        "agency": one.agency_code,
        "received_on": one.received_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "class": one.legal_class,
        "kind": one.kind,
        "about": one.about,
    }


@case_app.command("show", help="Một phản ánh, kiến nghị và lý do của hạn chuyển.")
def show_case(code: Annotated[str, typer.Argument(help="Mã PAKN.", metavar="MÃ")], json: Json = False) -> None:
    """Show one case."""

    def ask(unit: Unit) -> tuple[AnyRow, str]:
        found = cards.by_code(unit, code.strip().upper())
        if found is None:
            raise ActRefused(f"Không có phản ánh, kiến nghị nào mang mã {code}.")
        return found, cards.explanation(unit, found.id)

    found, why = console.run(ask)
    if json:
        console.show_json({**_case(found), "content": found.content, "explanation": why})
        return
    console.say(
        f"{found.code} · {CaseState(found.state).label}\nNhận ngày {long_day(found.received_on)}, "
        f"chuyển trước hết {long_day(found.due_on)}\n{why}\nVề: {found.about}\n{found.content}"
    )
