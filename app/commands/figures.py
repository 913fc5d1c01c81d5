"""nhacviec figures …: tables of other systems, imported month by month."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from actions import figures as actions
from app.commands import console
from app.commands.console import Json
from documents import values
from domain.figures import SERIES
from domain.local import local
from storage.views import figures

app = typer.Typer(help="Số liệu nhập từ hệ thống khác: hồ sơ, hồ sơ chậm muộn, điểm QĐ 766.")


@app.command("import", help="Nhập một bảng số liệu .xlsx; nhập lại thì thay bản trước, không cộng dồn.")
def import_figures(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx.", metavar="TỆP")],
    series: Annotated[str, typer.Option("--series", help=f"Loại số liệu: {', '.join(SERIES)}.")],
    period: Annotated[str, typer.Option("--period", help="Kỳ, ví dụ 2026-03.")],
    json: Json = False,
) -> None:
    """Import a table."""
    sheets = values.read_path(file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    done = console.run(
        lambda unit: actions.import_figures(unit, None, series, period, sheets, file.name, digest, console.now())
    )
    if json:
        console.show_json({**asdict(done), "left_out": list(done.left_out), "warnings": list(done.warnings)})
        return
    again = "Tệp này đã nhập trước đó, không có gì thay đổi" if done.again else f"Đã nhập {done.rows} dòng"
    console.say(f"{again}{', thay bản nhập trước' if done.replaced else ''}.")
    if done.left_out:
        console.say(f"Cột có dữ liệu cá nhân đã bỏ qua, không lưu: {', '.join(done.left_out)}.")
    for one in done.warnings:
        console.say(f"Cần kiểm tra: {one}")


@app.command("list", help="Các bảng số liệu đang dùng.")
def list_figures(json: Json = False) -> None:
    """List the tables in force."""
    rows = console.run(figures.listed)
    if json:
        console.show_json(
            [
                {"set": row.id, "series": row.series, "period": row.period, "file": row.file_name, "rows": row.rows}
                for row in rows
            ]
        )
        return
    if not rows:
        console.say("Chưa nhập bảng số liệu nào. Nhập bằng lệnh: nhacviec figures import TỆP.")
        return
    shown = [
        [str(row.id), SERIES[row.series].label, row.period, row.file_name, str(row.rows), f"{local(row.at):%d/%m/%Y}"]
        for row in rows
    ]
    console.table("Số liệu đã nhập", ["Số", "Loại", "Kỳ", "Tệp", "Dòng", "Nhập ngày"], shown)
