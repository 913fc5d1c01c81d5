"""nhacviec outbox: what is on its way, what could not be sent and why, what is held for the operator."""

from datetime import datetime
from typing import Annotated, Any

import typer

from actions import catchup, detours
from app.commands import console
from app.commands.console import Json
from domain.delivery import State
from domain.errors import ActRefused
from domain.local import local
from storage.types import AnyRow
from storage.views import outbox as views

app = typer.Typer(
    help="Hộp gửi: số tin theo trạng thái, tin không gửi được, tin đang giữ.", invoke_without_command=True
)


@app.callback()
def count(context: typer.Context, json: Json = False) -> None:
    """Count messages by state."""
    if context.invoked_subcommand is not None:
        return
    counts, oldest, held = console.run(lambda unit: (views.counts(unit), views.oldest_waiting(unit), views.held(unit)))
    states = {state.value: counts.get(state.value, 0) for state in State}
    if json:
        console.show_json({"states": states, "oldest_waiting": oldest.isoformat() if oldest else None, "held": held})
        return
    for state, number in states.items():
        console.say(f"{_STATES[state]}: {number}")
    if oldest:
        console.say(f"Tin chờ lâu nhất: từ {_moment(oldest)}")
    if held:
        console.say(f"Đang giữ tin của {held} người chờ người vận hành: nhacviec outbox release hoặc discard.")


_STATES = {
    "waiting": "Chờ gửi",
    "sending": "Đang gửi",
    "sent": "Đã gửi",
    "unknown": "Không rõ đã tới chưa",
    "failed": "Không gửi được",
    "cancelled": "Không còn cần gửi",
}


def _moment(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"


@app.command("list", help="Danh sách tin, mới nhất trước; không có nội dung và tên người nhận.")
def show(
    failed: Annotated[bool, typer.Option("--failed", help="Chỉ tin không gửi được.")] = False,
    state: Annotated[str | None, typer.Option(help="Chỉ tin ở một trạng thái.", metavar="TRẠNG_THÁI")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Nhiều nhất bao nhiêu tin.")] = 100,
    json: Json = False,
) -> None:
    """List messages with the reason of each."""
    if state is not None and state not in _STATES:
        raise ActRefused(f"Không có trạng thái “{state}”. Các trạng thái: {', '.join(_STATES)}.")
    wanted = [State.FAILED.value] if failed else [state] if state else list(_STATES)
    rows = console.run(lambda unit: views.listed(unit, wanted, limit))
    if json:
        console.show_json([_row(row) for row in rows])
        return
    shown = [
        [str(row.id), _STATES[row.state], row.channel, _KINDS[row.kind], _moment(row.created_at), row.error or ""]
        for row in rows
    ]
    console.table("Hộp gửi", ["Số", "Trạng thái", "Kênh", "Loại", "Lập lúc", "Lý do"], shown)


_KINDS = {"reply": "trả lời", "bundle": "thông báo"}


def _row(row: AnyRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state,
        "kind": row.kind,
        "channel": row.channel,
        "created": row.created_at.isoformat(),
        "sent": row.sent_at.isoformat() if row.sent_at else None,
        "attempts": row.attempts,
        "reason": row.error,
    }


@app.command("retry", help="Thử gửi lại một tin không gửi được.")
def retry(number: Annotated[int, typer.Argument(min=1, max=console.LARGEST_ID, metavar="SỐ")]) -> None:
    """Let a message that was given up try once more."""
    if not console.run(lambda unit: detours.retry(unit, number, console.now())):
        raise ActRefused(f"Tin {number} không ở trạng thái không gửi được. Xem: nhacviec outbox list --failed.")
    console.say(f"Tin {number} sẽ được soạn và gửi lại.")


@app.command("release", help="Gửi đi những tin đang giữ; nhận giờ máy chủ hiện tại là đúng.")
def release() -> None:
    """Let go what is held."""
    people = console.run(lambda unit: catchup.release(unit, console.now()))
    console.say(f"Tin của {people} người sẽ được gửi dần, trong giờ làm việc.")


@app.command("discard", help="Bỏ những tin nhắc đã cũ trong số đang giữ.")
def discard(
    reason: Annotated[str, typer.Option(help="Lý do, được lưu lại cùng từng tin.")],
) -> None:
    """Drop what is stale of what is held."""
    if not reason.strip():
        raise ActRefused('Cần ghi lý do ở --reason, ví dụ: --reason "đã báo bằng điện thoại".')
    dropped, left = console.run(lambda unit: catchup.discard(unit, reason.strip(), console.now()))
    console.say(f"Đã bỏ {dropped} lượt nhắc đã cũ; {left} lượt báo chỉ nói một lần vẫn sẽ được gửi.")
