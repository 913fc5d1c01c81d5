"""nhacviec task proof: who was told what of a task, when, by which channel, and what came back."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

import web
from app.commands import console
from app.commands.console import Json
from domain.errors import ActRefused
from domain.evidence import code_in
from domain.local import local, short_day, today
from domain.proofs import ProofOfNotice, Telling
from messages.pages import page
from storage.database import Unit
from storage.views import office, proof

STYLE = Path(web.__file__).parent / "static" / "proof.css"


def command(
    code: Annotated[str, typer.Argument(help="Mã việc, ví dụ NV-0123.", metavar="MÃ")],
    every: Annotated[bool, typer.Option("--all", help="Mọi cơ quan của cùng nhiệm vụ.")] = False,
    html: Annotated[Path | None, typer.Option(help="Ghi một trang để in ra tệp này.")] = None,
    json: Json = False,
) -> None:
    """Show the proof of notice of an assignment, or of all agencies of its task."""
    found, sender = _ask(code, every=every)
    if html is not None:
        values = {"proofs": found, "office": sender, "now": console.now(), "every": every}
        html.write_text(page("proof_file", style=STYLE.read_text(encoding="utf-8"), **values), encoding="utf-8")
    if json:
        console.show_json([_proof(one) for one in found] if every else _proof(found[0]))
        return
    for one in found:
        _tell(one)
    if html is not None:
        console.say(f"Đã ghi {html}. Mở bằng trình duyệt để in.")


def _ask(code: str, *, every: bool) -> tuple[list[ProofOfNotice], str]:
    wanted, day = code_in(code), today(console.now())
    if wanted is None:
        raise ActRefused(f"“{code}” không phải mã việc. Xem các mã bằng lệnh: nhacviec task list.")

    def ask(unit: Unit) -> tuple[list[ProofOfNotice], str]:
        found = proof.of_task(unit, wanted, day) if every else [proof.of_assignment(unit, wanted, day)]
        return found, office.name(unit)

    asked: tuple[list[ProofOfNotice], str] = console.run(ask)
    return asked


def _tell(one: ProofOfNotice) -> None:
    due = short_day(one.due_on) if one.due_on else "chưa có hạn"
    console.say(f"{one.code} · {one.agency} · hạn {due} · {one.state}\n{one.content}")
    for date in one.due_dates:
        day = short_day(date.due_on) if date.due_on else "không có ngày"
        decided = ", ".join(filter(None, (date.reason, date.decided_by, date.basis)))
        console.say(f"Hạn {day}: {decided} ({_moment(date.decided_at)})")
    rows = [_told(each) for each in one.tellings]
    console.table("Đã thông báo", ["Lúc", "Nội dung", "Người nhận", "Kênh", "Kết quả", "Đã xem", "Phản hồi"], rows)
    for audience in one.unreached:
        console.say(f"Chưa có người nhận: {audience.role.label}, {audience.agency} (từ {_moment(audience.since)})")
    for deed in one.deeds:
        console.say(f"{_moment(deed.at)} {deed.person}: {deed.what}")


def _told(one: Telling) -> list[str]:
    whom = f"{one.person} ({one.position or one.role.label})"
    answered = [_moment(one.seen_at), _moment(one.answered_at)]
    came = [f"đã nhận lúc {_moment(one.received_at)}"] if one.received_at else []
    came += [f"đã xem tin lúc {_moment(one.viewed_at)}"] if one.viewed_at else []
    return [_moment(one.at), one.kind_label, whom, one.channel_label, ", ".join([one.state_label, *came]), *answered]


def _moment(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""


def _proof(one: ProofOfNotice) -> dict[str, Any]:
    return {
        "code": one.code,
        "task": one.content,
        "agency": one.agency_code,
        "plan": {
            "kind": one.plan_kind,
            "number": one.plan_number or None,
            "date": one.plan_date.isoformat() if one.plan_date else None,
        },
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "due_dates": [
            {
                "due_on": each.due_on.isoformat() if each.due_on else None,
                "reason": each.reason,
                "decided_at": _iso(each.decided_at),
                "decided_by": each.decided_by or None,
                "basis": each.basis or None,
            }
            for each in one.due_dates
        ],
        "state": one.state,
        "told_at": _iso(one.told_at),
        "acknowledged_at": _iso(one.acknowledged_at),
        "told": [
            {
                "at": _iso(each.at),
                "kind": each.kind.value,
                "agency": each.agency or None,
                "person": each.person,
                "role": each.role.value,
                "channel": each.channel or None,
                "state": each.state.value,
                "times": each.times,
                "seen_at": _iso(each.seen_at),
                "answered_at": _iso(each.answered_at),
                "received_at": _iso(each.received_at),
                "viewed_at": _iso(each.viewed_at),
                "text": each.text or None,
            }
            for each in one.tellings
        ],
        "unreached": [
            {"agency": each.agency, "role": each.role.value, "since": _iso(each.since)} for each in one.unreached
        ],
        "deeds": [{"at": _iso(each.at), "person": each.person, "what": each.what} for each in one.deeds],
    }


def _iso(at: datetime | None) -> str | None:
    return local(at).isoformat(timespec="seconds") if at else None
