"""nhacviec plan …: reading, importing, reviewing and issuing plans."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from actions import amend as amend_actions
from actions import attach as attach_actions
from actions import heads, settling
from actions import issue as issue_actions
from actions import plans as plan_actions
from app.commands import console
from app.commands.console import Json
from app.guessing import nearest_name
from app.reading import Reading, read_plan
from domain.errors import ActRefused
from domain.local import today
from domain.plans import Diff, DraftTask, diff, from_json
from messages.render import render
from storage.database import Unit
from storage.views import review
from storage.views import work as work_views

FARTHEST = timedelta(days=730)
"""A moment of issue that lies farther ahead is a slip of the hand."""

app = typer.Typer(help="Kế hoạch: đọc, nhập, rà soát, ban hành.")

File = Annotated[Path, typer.Argument(help="Tệp Word, PDF, Excel hoặc văn bản của kế hoạch.", metavar="TỆP")]
PlanId = Annotated[int, typer.Argument(help="Mã kế hoạch.", metavar="MÃ", min=1, max=console.LARGEST_ID)]


def _read(file: Path) -> Reading:
    """Read a plan, showing how far it is where somebody watches. Raises DocumentRefused."""
    with console.progress(f"Đang đọc {file.name}") as told:
        return read_plan(file, told)


@app.command("read", help="Đọc tệp và in các nhiệm vụ, không lưu gì.")
def read(file: File, json: Json = False) -> None:
    """Print what a file holds, in the plan format or for a person."""
    reading = _read(file)
    if json:
        console.show_json(reading.as_read)
        return
    console.say(render("plan_read", draft=reading.draft, kinds=_kinds(reading.as_read)))


def _kinds(as_read: dict[str, Any]) -> Counter[str]:
    return Counter(task["deadline"]["kind"] for task in as_read["tasks"])


@app.command("import", help="Nhập tệp thành bản nháp và in phần cần rà soát.")
def import_plan(file: File, json: Json = False) -> None:
    """Keep a reading as a draft and print its review."""
    reading = _read(file)

    def work(unit: Unit) -> tuple[plan_actions.Imported, review.Review]:
        imported = plan_actions.import_draft(
            unit, reading.draft, reading.as_read, reading.digest, nearest_name, console.now()
        )
        return imported, review.of_plan(unit, imported.plan_id)

    imported, reviewed = console.run(work)
    if json:
        doubts = [_doubt(one) for one in reviewed.doubts]
        console.show_json({"plan": imported.plan_id, "tasks": imported.tasks, "doubts": doubts})
        return
    _show_review(reading, imported.again, reviewed)


def _show_review(reading: Reading, again: bool, reviewed: review.Review) -> None:
    console.say(
        render("plan_review", review=reviewed, again=again, draft=reading.draft, warnings=reading.draft.warnings)
    )


def _doubt(one: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "task": one.row_number if one.task_id is not None else None,
        "field": one.field,
        "said": one.said,
        "question": one.question,
        "page": (one.source or {}).get("page"),
        "line": (one.source or {}).get("line"),
    }


@app.command("list", help="Các kế hoạch đã nhập.")
def list_plans(json: Json = False) -> None:
    """List plans."""
    rows = console.run(review.plan_list)
    if json:
        console.show_json(rows)
        return
    states = {"draft": "bản nháp", "issued": "đã ban hành", "closed": "đã kết thúc"}
    shown = [[str(row["id"]), row["number"] or "(chưa có số)", states[row["state"]], str(row["tasks"])] for row in rows]
    console.table("Kế hoạch", ["Mã", "Số", "Trạng thái", "Nhiệm vụ"], shown)


@app.command("doubts", help="Các điểm cần người quyết định trước khi ban hành.")
def doubts(plan: PlanId, json: Json = False) -> None:
    """List the open doubts of a draft."""
    reviewed = console.run(lambda unit: review.of_plan(unit, plan))
    if json:
        console.show_json([_doubt(one) for one in reviewed.doubts])
        return
    console.say(render("plan_doubts", review=reviewed))


@app.command("settle", help="Trả lời một điểm cần hỏi: mã cơ quan, thời hạn, “giữ nguyên” hoặc “bỏ qua”.")
def settle(
    plan: PlanId,
    doubt: Annotated[int, typer.Argument(help="Số của điểm cần hỏi.", metavar="ĐIỂM", min=1, max=console.LARGEST_ID)],
    value: Annotated[str, typer.Argument(help="Câu trả lời.", metavar="TRẢ_LỜI")],
) -> None:
    """Settle one doubt."""
    console.run(lambda unit: settling.settle(unit, plan, doubt, value, console.now()))
    console.say(f"Đã ghi câu trả lời cho điểm {doubt} của kế hoạch {plan}.")


@app.command("set", help="Ghi số, ngày của kế hoạch khi văn bản để trống.")
def set_facts(
    plan: PlanId,
    number: Annotated[str | None, typer.Option(help="Số, ký hiệu, ví dụ 15/KH-UBND.")] = None,
    date: Annotated[str | None, typer.Option(help="Ngày ký, ví dụ 2026-01-09.")] = None,
    head_confirms: Annotated[
        bool | None,
        typer.Option("--head-confirms/--no-head-confirms", help="Lãnh đạo cơ quan xác nhận báo cáo trước Văn phòng."),
    ] = None,
) -> None:
    """Write a plan's number and date, and whether heads of agencies confirm reports first."""
    on = console.day(date, "--date")
    facts = head_confirms is None or number is not None or on is not None

    def work(unit: Unit) -> None:
        if head_confirms is not None:
            heads.set_wanted(unit, plan, console.now(), on=head_confirms)
        if facts:
            plan_actions.set_facts(unit, plan, number, on, console.now())

    console.run(work)
    console.say(f"Đã ghi {'số, ngày' if facts else 'cách xác nhận báo cáo'} cho kế hoạch {plan}.")


@app.command("diff", help="So một tệp sửa đổi với kế hoạch đã nhập: việc mới, việc đổi, việc bỏ.")
def show_diff(plan: PlanId, file: File, json: Json = False) -> None:
    """Show what an amended document would change; nothing is changed."""
    kept = console.run(lambda unit: review.as_read(unit, plan))
    before = from_json(kept.draft)
    found = diff(before, amend_actions.with_body(before, _read(file).draft))
    if json:
        console.show_json(_diff(found))
        return
    console.say(render("plan_diff", plan=plan, diff=found, labels=_FIELD_LABELS))


_FIELD_LABELS = {
    "content": "nội dung",
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "deadline": "thời hạn",
    "product": "sản phẩm",
}


def _diff(found: Diff) -> dict[str, Any]:
    return {
        "added": [_row(task) for task in found.added],
        "changed": [
            {
                **_row(one.new),
                "changes": {change.field: {"old": change.old, "new": change.new} for change in one.changes},
            }
            for one in found.changed
        ],
        "dropped": [_row(task) for task in found.dropped],
        "same": found.same,
    }


def _row(task: DraftTask) -> dict[str, Any]:
    return {"number": task.number, "section": list(task.section), "content": task.content}


@app.command("amend", help="Áp dụng bản sửa đổi của một kế hoạch đã ban hành (xem trước bằng plan diff).")
def amend(
    plan: PlanId,
    file: File,
    accept_doubts: Annotated[bool, typer.Option(help="Theo cách hiểu của máy ở mọi điểm còn ngờ.")] = False,
    json: Json = False,
) -> None:
    """Take an amended document into force."""
    reading = _read(file)
    done = console.run(
        lambda unit: amend_actions.amend(
            unit,
            plan,
            reading.draft,
            reading.as_read,
            reading.digest,
            nearest_name,
            console.now(),
            accept_doubts=accept_doubts,
        )
    )
    if json:
        console.show_json({"added": done.added, "moved": done.moved, "cancelled": done.cancelled})
        return
    console.say(
        f"Đã sửa đổi kế hoạch {plan}: {done.added} việc mới, {done.moved} việc đổi, {done.cancelled} việc không còn."
    )


@app.command("attach", help="Gắn một văn bản sau (kế hoạch riêng, thông báo kết luận…) vào việc đang chờ nó.")
def attach(
    code: Annotated[str, typer.Argument(help="Mã việc đang chờ, ví dụ NV-0012.", metavar="MÃ_VIỆC")],
    file: File,
    json: Json = False,
) -> None:
    """Import a later document as a draft whose tasks hang under a waiting row."""
    reading = _read(file)

    def work(unit: Unit) -> plan_actions.Imported:
        found = work_views.by_code(unit, code.strip().upper(), today(console.now()))
        imported = plan_actions.import_draft(
            unit, reading.draft, reading.as_read, reading.digest, nearest_name, console.now()
        )
        attach_actions.attach(unit, None, found.id if found else 0, imported.plan_id, console.now())
        return imported

    imported = console.run(work)
    if json:
        console.show_json({"plan": imported.plan_id, "tasks": imported.tasks})
        return
    console.say(
        f"Đã gắn bản nháp {imported.plan_id} ({imported.tasks} nhiệm vụ) vào {code}. "
        f"Rà soát rồi ban hành: nhacviec plan issue {imported.plan_id}"
    )


@app.command("issue", help="Ban hành: giao việc cho từng cơ quan và bắt đầu nhắc.")
def issue(
    plan: PlanId,
    accept_doubts: Annotated[bool, typer.Option(help="Theo cách hiểu của máy ở mọi điểm còn ngờ.")] = False,
    at: Annotated[str | None, typer.Option(help="Thời điểm ban hành, ISO 8601; có thể ở quá khứ.")] = None,
    json: Json = False,
) -> None:
    """Issue a draft plan."""
    when = console.moment(at, "--at") or console.now()
    if when > console.now() + FARTHEST:
        raise ActRefused(f"Thời điểm ở --at là năm {when.year}, quá xa; không ai được nhắc trước ngày ấy. Xin ghi lại.")
    with console.store() as database:
        try:
            issued = database.run_now(
                lambda unit: issue_actions.issue(unit, plan, accept_doubts=accept_doubts, at=when, now=console.now())
            )
        except issue_actions.DoubtsOpen as refused:
            database.run_now(lambda unit: issue_actions.keep_near_dates(unit, plan, when, console.now()))
            raise refused from None
    if json:
        console.show_json(
            {"assignments": issued.assignments, "notices": issued.notices, "skipped": list(issued.skipped)}
        )
        return
    console.say(
        f"Đã ban hành kế hoạch {plan}: {issued.assignments} việc cho các cơ quan, "
        f"{issued.notices} thông báo tới người đã tham gia."
    )
    for one in issued.skipped:
        console.say(f"- không giao được (không có trong danh mục hoặc không có thành viên cố định): {one}")
