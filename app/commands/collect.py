"""nhacviec collect … and periodic: forms that units fill in, and the periodic report made of them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from actions import collections as actions
from actions import form_files, progress_reports
from actions import periodic as reports
from actions.collections import PERIODIC, TASK, Form
from app.commands import console, papers
from app.commands.console import Json
from documents import values
from domain.collections import Outline, of_header
from domain.errors import ActRefused, NotFound
from domain.local import long_day, short_day, today
from domain.periodic import Periodic
from domain.periods import Period
from messages import periodic_paper
from messages.outlines import shipped
from messages.progress_report import Heading
from storage.database import Unit
from storage.views import collections, work

app = typer.Typer(help="Thu thập nội dung, số liệu của các đơn vị theo biểu mẫu.")

Number = Annotated[int, typer.Argument(help="Số của đợt thu thập.", metavar="SỐ")]
Kept = Annotated[str, typer.Option("--period", help="Kỳ: 2026-03, 2026-Q1, 2026-H1 hoặc 2026.")]
MaybePath = Path | None


@app.command("open", help="Mở một đợt thu thập và báo cho cán bộ đầu mối của các đơn vị.")
def open_form(
    period: Kept,
    due: Annotated[str, typer.Option("--due", help="Hạn gửi, ví dụ 2026-03-16.")],
    units: Annotated[
        str | None, typer.Option("--units", help="Đơn vị hoặc khối, ví dụ “Các sở, ban, ngành; UBND cấp xã”.")
    ] = None,
    task: Annotated[
        str | None,
        typer.Option("--task", help="Mã một việc (NV-0012): thu bảng cho nhiệm vụ ấy, của các cơ quan chủ trì."),
    ] = None,
    columns: Annotated[
        MaybePath, typer.Option("--columns", help="Tệp .xlsx có dòng tiêu đề là các cột cần thu (kèm --task).")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Tên đợt; không ghi thì theo đề cương.")] = None,
    json: Json = False,
) -> None:
    """Open a form."""
    day = console.day(due, "--due")
    table = _header(columns, title) if columns is not None else None
    if (task is None) != (table is None) or day is None:
        raise ActRefused("Thu bảng cho một nhiệm vụ cần cả --task và --columns; báo cáo định kỳ không cần.")

    def act(unit: Unit) -> actions.Opened:
        now = console.now()
        if table is None:
            outline, kind, task_id = actions.outline(unit), PERIODIC, None
            ids = actions.units_named(unit, units or "", today(now)) if units else ()
            named = f"{title or outline.title}, {Period.read(period).label}"
        else:
            outline, kind = table, TASK
            found = work.by_code(unit, (task or "").strip().upper(), today(now))
            if found is None:
                raise ActRefused(f"Không có việc nào mang mã {task}. Xem các mã bằng lệnh: nhacviec task list.")
            task_id, named = found.task_id, outline.title
            rows = work.of_task(unit, found.task_id, today(now))
            ids = (
                actions.units_named(unit, units, today(now))
                if units
                else tuple(dict.fromkeys(one.agency_id for one in rows))
            )
        form = Form(kind, Period.read(period).code, named, outline, ids, day, task_id)
        return actions.open_form(unit, None, form, now)

    made = console.run(act)
    if json:
        console.show_json({"collection": made.id, "units": made.units, "unreached": list(made.unreached)})
        return
    console.say(f"Đã mở đợt thu thập {made.id}: {made.units} đơn vị, hạn gửi {long_day(day)}.")
    if made.unreached:
        console.say(f"Chưa có cán bộ đầu mối để báo: {'; '.join(made.unreached)}.")


def _header(path: Path, title: str | None) -> Outline:
    rows = [row for sheet in values.read_path(path)[:1] for row in sheet.rows if any(row)]
    return of_header(title or path.stem, rows[0] if rows else (), rows[1] if len(rows) > 1 else ())


@app.command("list", help="Các đợt thu thập và số đơn vị đã gửi.")
def list_forms(json: Json = False) -> None:
    """List forms."""
    rows = console.run(collections.listed)
    if json:
        console.show_json(
            [
                {
                    "collection": row.id,
                    "kind": row.kind,
                    "period": row.period,
                    "title": row.title,
                    "due_on": row.due_on.isoformat() if row.due_on else None,
                    "asked": row.asked,
                    "sent": row.sent,
                    "open": row.closed_at is None,
                }
                for row in rows
            ]
        )
        return
    if not rows:
        console.say("Chưa có đợt thu thập nào. Mở đợt mới bằng lệnh: nhacviec collect open.")
        return
    shown = [
        [
            str(row.id),
            row.title,
            short_day(row.due_on),
            f"{row.sent}/{row.asked}",
            "đóng" if row.closed_at else "đang mở",
        ]
        for row in rows
    ]
    console.table("Các đợt thu thập", ["Số", "Tên", "Hạn gửi", "Đã gửi", "Tình trạng"], shown)


@app.command("show", help="Ai đã gửi, ai chưa gửi, và nội dung từng mục.")
def show(number: Number, json: Json = False) -> None:
    """Show one form."""

    def ask(unit: Unit) -> dict[str, Any]:
        row, progress = _row(unit, number), collections.progress(unit, number)
        given = [
            {
                "agency": one.agency,
                "section": one.section,
                "text": one.text,
                "rows": len(one.rows),
                "version": one.version,
            }
            for one in collections.given(unit, number)
        ]
        return {
            "title": row.title,
            "sent": progress.sent,
            "missing": progress.missing,
            "said": progress.said(),
            "given": given,
        }

    found = console.run(ask)
    if json:
        console.show_json({**found, "sent": list(found["sent"]), "missing": list(found["missing"])})
        return
    console.say(f"{found['title']}: {found['said']}.")
    for one in found["given"]:
        rows = f"bảng {one['rows']} dòng" if one["rows"] else one["text"]
        console.say(f"- {one['agency']}, mục {one['section']} (bản {one['version']}): {rows}")


def _row(unit: Unit, number: int) -> Any:
    row = collections.get(unit, number)
    if row is None:
        raise NotFound("đợt thu thập này")
    return row


@app.command("merge", help="Gộp bảng và nội dung của mọi đơn vị vào một tệp .xlsx.")
def merge(number: Number, out: Annotated[Path, typer.Argument(help="Tệp .xlsx cần ghi.", metavar="TỆP")]) -> None:
    """Write what all units sent into one workbook."""

    papers.check(out, "TỆP", ".xlsx")
    made = console.run(lambda unit: form_files.merged(unit, number, today(console.now())))
    papers.write([(out, made)])
    console.say(f"Đã ghi {out}.")


@app.command("close", help="Đóng một đợt thu thập: đơn vị không gửi thêm được nữa.")
def close(number: Number) -> None:
    """Close a form."""

    def act(unit: Unit) -> str:
        actions.close(unit, None, number, console.now())
        return collections.progress(unit, number).said()

    console.say(f"Đã đóng đợt thu thập {number}: {console.run(act)}.")


@app.command("outline", help="Xem đề cương báo cáo định kỳ đang dùng, hoặc nạp đề cương của Văn phòng từ tệp .toml.")
def outline(
    file: Annotated[MaybePath, typer.Argument(help="Tệp đề cương .toml.", metavar="TỆP")] = None,
    template: Annotated[bool, typer.Option("--template", help="In đề cương mẫu kèm chương trình để sửa.")] = False,
) -> None:
    """Show the outline, print the one that comes with the program, or put another in force."""
    if template:
        typer.echo(shipped())
        return
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise ActRefused(f"Không đọc được tệp “{file.name}”. Cần một tệp .toml viết bằng UTF-8.") from None
        console.run(lambda unit: actions.set_outline(unit, None, text, console.now()))
    found: Outline = console.run(actions.outline)
    console.say(f"{found.title} ({len(found.sections)} mục)")
    for one in found.sections:
        code = f", biểu {one.code}" if one.code else ""
        console.say(f"- {one.key}: {one.title} [{one.asks.value}{code}]")


def periodic(
    period: Kept,
    docx: Annotated[MaybePath, typer.Option("--docx", help="Ghi báo cáo ra tệp Word.")] = None,
    xlsx: Annotated[MaybePath, typer.Option("--xlsx", help="Ghi các bảng ra tệp Excel.")] = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="Chốt số liệu trước khi ghi.")] = False,
    frozen: Annotated[bool, typer.Option("--frozen", help="Lập từ bản chốt gần nhất.")] = False,
    json: Json = False,
) -> None:
    """Make the periodic report, from things as they stand or from what was frozen."""
    span = Period.read(period)
    papers.check(docx, "--docx", ".docx")
    papers.check(xlsx, "--xlsx", ".xlsx")

    def act(unit: Unit) -> tuple[Periodic, Heading, int | None]:
        now = console.now()
        if freeze:
            reports.freeze(unit, None, span, now)
        report, kept = reports.frozen(unit, span) if freeze or frozen else (reports.gather(unit, span, now), None)
        heading = progress_reports.letterhead(unit, kept.at if kept else None)
        return report, heading, kept.number if kept else None

    report, heading, number = console.run(act)
    written = [(docx, periodic_paper.paper(report, heading))] if docx else []
    written += [(xlsx, periodic_paper.book(report))] if xlsx else []
    papers.write(written)
    if json:
        console.show_json(_json(report, number))
        return
    asked = len(report.sent) + len(report.missing)
    console.say(f"Báo cáo KSTT {span.label}: đã gửi {len(report.sent)}/{asked} đơn vị, {len(report.duties)} nhiệm vụ.")
    if number is not None:
        console.say(f"Bản chốt số {number}.")


def _json(report: Periodic, number: int | None) -> dict[str, Any]:
    return {
        "period": report.period,
        "cut_off": report.cut_off.isoformat(),
        "snapshot": number,
        "sent": list(report.sent),
        "missing": list(report.missing),
        "sections": [
            {
                "key": one.key,
                "texts": len(one.texts),
                "rows": len(one.rows),
                "tasks": len(one.duties),
                "totals": one.totals(),
            }
            for one in report.chapters
        ],
    }
