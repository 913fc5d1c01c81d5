"""nhacviec indicator …: figures to be reached, and the values given for them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from actions import indicator_files
from actions import indicators as actions
from actions.indicator_files import id_of
from app.commands import console
from app.commands.console import Json
from app.guessing import nearest_name
from app.indicator_files import read_entries
from domain.errors import ActRefused
from domain.indicators import read_goal
from domain.local import local
from domain.periods import Period
from messages.render import render, shorten
from storage.database import Unit
from storage.views import indicators as views
from storage.views.indicator_rows import Given, Owed, Standing

app = typer.Typer(help="Chỉ tiêu: mục tiêu của kế hoạch, của năm, và số liệu theo cơ quan, theo kỳ.")

Code = Annotated[str, typer.Argument(help="Mã chỉ tiêu, ví dụ CT-12.", metavar="MÃ")]
Year = Annotated[int | None, typer.Option("--year", help="Năm của chỉ tiêu; không ghi thì năm nay.")]
Kept = Annotated[str, typer.Option("--period", help="Kỳ: 2026-03, 2026-Q1, 2026-H1 hoặc 2026.")]
MaybeKept = Annotated[str | None, typer.Option("--period", help="Chỉ số liệu của một kỳ, ví dụ 2026-Q1.")]
Agencies = Annotated[str, typer.Option("--agencies", help="Cơ quan thực hiện, cách nhau dấu ';' (“chung”: toàn tỉnh).")]
Out = Annotated[Path, typer.Argument(help="Tệp .xlsx cần ghi.", metavar="TỆP")]


@app.command("list", help="Các chỉ tiêu của một năm và kết quả, hoặc các đề xuất chờ quyết định.")
def list_indicators(
    year: Year = None,
    period: MaybeKept = None,
    suggested: Annotated[bool, typer.Option("--suggested", help="Các số tìm thấy trong lời văn nhiệm vụ.")] = False,
    json: Json = False,
) -> None:
    """List indicators with what they come to."""
    at = Period.read(period) if period else year or local(console.now()).year
    found = console.run(lambda unit: views.suggested(unit) if suggested else views.table(unit, at))
    if json:
        console.show_json([_json(one) for one in found])
        return
    rows = [
        [
            one.code,
            shorten(one.title, 100),
            one.goal.said,
            one.said_total,
            one.verdict.label,
            f"{one.met}/{len(one.agencies)}",
        ]
        for one in found
    ]
    if not rows:
        console.say(_none(at, suggested=suggested))
        return
    title = "Đề xuất chờ quyết định" if suggested else "Chỉ tiêu"
    console.table(title, ["Mã", "Nội dung", "Mục tiêu", "Kết quả", "Kết luận", "Cơ quan đạt"], rows)


def _none(at: Period | int, *, suggested: bool) -> str:
    """Return what is said in place of a list of nothing."""
    if suggested:
        return "Không có đề xuất chỉ tiêu nào chờ quyết định."
    year = at.start.year if isinstance(at, Period) else at
    return f'Năm {year} chưa có chỉ tiêu nào. Thêm bằng lệnh: nhacviec indicator add "NỘI_DUNG".'


@app.command("show", help="Một chỉ tiêu: số liệu từng cơ quan và lịch sử.")
def show(code: Code, period: MaybeKept = None, json: Json = False) -> None:
    """Show one indicator."""
    at = Period.read(period) if period else None
    one = console.run(lambda unit: _found(unit, code, at))
    if json:
        console.show_json(_json(one))
    else:
        console.say(render("indicators/shown", one=one, rows=[*one.agencies, *([one.whole] if one.whole else [])]))


@app.command("add", help="Thêm một chỉ tiêu của năm, không nằm trong kế hoạch nào.")
def add(
    text: Annotated[str, typer.Argument(help="Ví dụ: Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 50%.", metavar="NỘI_DUNG")],
    agencies: Agencies = "",
    year: Year = None,
    part_of: Annotated[str, typer.Option("--part-of", help="Mã chỉ tiêu mà chỉ tiêu này là phần “trong đó”.")] = "",
    json: Json = False,
) -> None:
    """Set an indicator of the office's own."""
    goal, now = read_goal(text), console.now()

    def work(unit: Unit) -> Standing:
        owing = actions.agencies_named(unit, agencies, nearest_name, now)
        parent = _found(unit, part_of, None).id if part_of else None
        made = actions.add(unit, None, goal, year or local(now).year, owing, now, parent_id=parent)
        return _found(unit, str(made), None)

    one = console.run(work)
    if json:
        console.show_json(_json(one))
    else:
        console.say(f"Đã thêm {one.code}: {one.title}, {one.goal.said}, năm {one.year}.")


@app.command("owe", help="Ghi lại các cơ quan thực hiện một chỉ tiêu.")
def owe(code: Code, agencies: Agencies) -> None:
    """Say anew who owes values."""
    now = console.now()

    def work(unit: Unit) -> Standing:
        one = _found(unit, code, None)
        actions.owe(unit, None, one.id, actions.agencies_named(unit, agencies, nearest_name, now), now)
        return _found(unit, code, None)

    one = console.run(work)
    console.say(f"{one.code} do {len(one.agencies)} cơ quan thực hiện." if one.agencies else f"{one.code} tính chung.")


@app.command("take", help="Nhận một đề xuất làm chỉ tiêu, hoặc bỏ đề xuất đó.")
def take(
    code: Code, decline: Annotated[bool, typer.Option("--decline", help="Bỏ, không theo dõi số này.")] = False
) -> None:
    """Decide on a figure that was found in a task's words."""
    console.run(lambda unit: actions.decide(unit, None, id_of(code), taken=not decline, now=console.now()))
    console.say(f"Đã bỏ đề xuất CT-{id_of(code)}." if decline else f"Đã nhận CT-{id_of(code)} làm chỉ tiêu.")


@app.command("end", help="Thôi theo dõi một chỉ tiêu; số liệu đã có vẫn được giữ.")
def end(code: Code) -> None:
    """End an indicator."""
    console.run(lambda unit: actions.end(unit, None, id_of(code), console.now()))
    console.say(f"Đã thôi theo dõi CT-{id_of(code)}.")


@app.command("form", help="Ghi biểu mẫu .xlsx để điền số liệu của một kỳ.")
def form(
    out: Out, period: Kept, agency: Annotated[str, typer.Option("--agency", help="Chỉ của một cơ quan (mã).")] = ""
) -> None:
    """Write the form for a period."""
    at = Period.read(period)

    def work(unit: Unit) -> bytes:
        named = actions.agencies_named(unit, agency, nearest_name, console.now()) if agency else []
        return indicator_files.form(unit, at, named[0] if named else None)

    _write(out, console.run(work))


@app.command("import", help="Nhập số liệu của một kỳ từ biểu mẫu đã điền (.xlsx, .csv).")
def import_values(
    file: Annotated[Path, typer.Argument(help="Biểu mẫu đã điền.", metavar="TỆP")], period: Kept, json: Json = False
) -> None:
    """Keep the values of a filled form."""
    at, entries = Period.read(period), read_entries(file)
    done = console.run(lambda unit: indicator_files.import_values(unit, None, entries, at, console.now()))
    if json:
        console.show_json({"period": at.code, "kept": done.kept, "same": done.same, "blank": done.blank})
        return
    console.say(
        f"Đã ghi {done.kept} số liệu của {at.label}; {done.same} số liệu không đổi; {done.blank} dòng còn trống."
    )


@app.command("export", help="Ghi mọi số liệu của một năm hoặc một kỳ ra tệp .xlsx.")
def export(out: Out, year: Year = None, period: MaybeKept = None) -> None:
    """Write all values as a workbook."""
    now = console.now()
    at = Period.read(period) if period else year or local(now).year
    _write(out, console.run(lambda unit: indicator_files.workbook(unit, at, now)))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        raise ActRefused(f"Không ghi được tệp “{path}”. Kiểm tra thư mục rồi chạy lại.") from None
    console.say(f"Đã ghi {path}.")


def _found(unit: Unit, code: str, period: Period | None) -> Standing:
    found = views.one(unit, id_of(code), period)
    if found is None:
        raise ActRefused(
            f"Không có chỉ tiêu “{code[:20]}” đang theo dõi. Xem danh sách bằng lệnh: nhacviec indicator list."
        )
    return found


def _json(one: Standing) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "year": one.year,
        "number": one.number or None,
        "parent": one.parent_id,
        "content": one.content,
        "operator": one.goal.operator,
        "target": float(one.goal.target),
        "unit": one.goal.unit,
        "scope": one.scope,
        "plan": one.plan_id,
        "task": one.task_id,
        "verdict": one.verdict.value,
        "total": {**_measured(one.total.measured), "basis": one.total.basis.value, "of": one.total.count},
        "agencies": [_owed(each) for each in one.agencies],
        "whole": _owed(one.whole) if one.whole else None,
    }


def _owed(owed: Owed) -> dict[str, Any]:
    said = {"agency": owed.code or None, "name": owed.agency, "verdict": owed.verdict.value}
    return {**said, **_given(owed.given), "trend": None if owed.change is None else float(owed.change)}


def _given(given: Given | None) -> dict[str, Any]:
    return {
        "period": given.period.code if given else None,
        **_measured(given.measured if given else None),
        "source": given.source if given else None,
    }


def _measured(measured: Any) -> dict[str, float | None]:
    return {
        name: None if measured is None or getattr(measured, name) is None else float(getattr(measured, name))
        for name in ("value", "part", "whole")
    }
