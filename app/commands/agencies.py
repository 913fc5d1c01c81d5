"""nhacviec agency …: the directory, and how phrases are read against it."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from actions import agencies as agency_actions
from actions import succession
from app.commands import console, lines
from app.commands.console import Json
from app.guessing import nearest_name
from app.tables import read_directory
from domain.agencies import AgencyPhrase, Directory, Group, resolve, split
from domain.errors import ActRefused
from domain.local import long_day, today
from storage.views import office

app = typer.Typer(help="Danh mục cơ quan.")

Text = Annotated[str | None, typer.Argument(help="Cụm từ cần đọc.", metavar="CỤM_TỪ")]
Lines = Annotated[Path | None, typer.Option("--lines", help="Tệp JSON, mỗi dòng một {text, date}.")]
On = Annotated[str | None, typer.Option("--date", help="Ngày áp dụng, ví dụ 2026-01-09.")]


@app.command("import", help="Nhập danh mục từ tệp .csv hoặc .xlsx; cập nhật theo mã, không xoá.")
def import_directory(
    file: Annotated[Path, typer.Argument(help="Tệp danh mục.", metavar="TỆP")], json: Json = False
) -> None:
    """Upsert the directory."""
    rows = read_directory(file)
    done = console.run(lambda unit: agency_actions.import_directory(unit, rows, console.now()))
    if json:
        console.show_json({"added": done.added, "updated": done.updated})
        return
    console.say(f"Đã nhập danh mục: {done.added} cơ quan mới, {done.updated} cơ quan cập nhật.")


@app.command("list", help="Các cơ quan trong danh mục.")
def list_agencies(json: Json = False) -> None:
    """List agencies."""
    rows = console.run(office.agency_list)
    if json:
        console.show_json(rows)
        return
    shown = [
        [row["code"], row["name"], row["valid_to"] or "", "đã có người" if row["joined"] else "chưa có ai"]
        for row in rows
    ]
    console.table("Danh mục cơ quan", ["Mã", "Tên", "Đến ngày", "Tham gia"], shown)


@app.command("succeed", help="Sáp nhập: cơ quan kế thừa tiếp nhận việc, phản ánh và người của cơ quan cũ.")
def succeed(
    old: Annotated[str, typer.Argument(help="Mã cơ quan cũ.", metavar="MÃ_CŨ")],
    new: Annotated[str, typer.Argument(help="Mã cơ quan kế thừa.", metavar="MÃ_MỚI")],
    on: Annotated[str, typer.Option(help="Ngày cơ quan mới tiếp nhận, ví dụ 2026-03-01.")],
    basis: Annotated[str, typer.Option(help="Văn bản làm căn cứ, ví dụ: 18/NQ-HĐND ngày 20/02/2026.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ chuyển những gì, không ghi.")] = False,
    json: Json = False,
) -> None:
    """Let one agency take over from another."""
    day = console.day(on, "--on")
    if day is None:
        raise ActRefused("Ngày ở --on còn trống. Ghi như 2026-03-01.")
    done = console.run(lambda unit: succession.succeed(unit, old, new, day, basis, console.now(), dry_run=dry_run))
    if json:
        console.show_json({"from": old, "to": new, "on": day.isoformat(), "dry_run": dry_run, **asdict(done)})
        return
    console.say(
        f"{'Sẽ chuyển' if dry_run else 'Đã chuyển'} từ {old} sang {new} từ {long_day(day)}: "
        f"{done.assignments} việc đang mở, {done.merged} việc trùng nhập làm một, {done.cases} phản ánh, "
        f"{done.requests} đề nghị cung cấp, vai trò ở {done.tasks} nhiệm vụ, {done.people} người, "
        f"{done.invites} mã tham gia."
    )
    console.say("Chưa có gì được ghi." if dry_run else f"Việc đã đóng vẫn ở {old}; người liên quan được báo một lần.")


@app.command("split", help="Tách một cụm từ thành tên cơ quan và nhóm cơ quan.")
def split_phrase(text: Text = None, date: On = None, lines_file: Lines = None, json: Json = False) -> None:
    """Split a phrase; needs no directory."""
    lines.answer(text, lines_file, date, None, json=json, read=_split, say=_say_split, blank=_BLANK_SPLIT)


_BLANK_SPLIT: dict[str, Any] = {"names": [], "groups": [], "except": []}
_BLANK_MATCH: dict[str, Any] = {"agencies": [], "groups": [], "unknown": []}


def _split(line: lines.Line) -> dict[str, Any]:
    phrase = split(line.text, line.date)
    return {
        "names": list(phrase.names),
        "groups": _groups(phrase.groups),
        "except": list(phrase.excluded),
        "warnings": list(phrase.warnings),
    }


def _groups(groups: tuple[Group, ...]) -> list[dict[str, str]]:
    return [{"raw": group.raw, "level": group.level} for group in groups]


def _say_split(found: dict[str, Any]) -> str:
    parts = [f"Cơ quan: {', '.join(found['names']) or 'không có'}"]
    parts += [f"Nhóm: {group['raw']} ({group['level']})" for group in found["groups"]]
    parts += [f"Trừ: {name}" for name in found["except"]]
    return "\n".join([*parts, *found["warnings"]])


@app.command("match", help="Đối chiếu một cụm từ với danh mục tại một ngày.")
def match(text: Text = None, date: On = None, lines_file: Lines = None, json: Json = False) -> None:
    """Resolve a phrase in the directory."""
    directory: Directory = console.run(office.directory)

    def read(line: lines.Line) -> dict[str, Any]:
        on = line.date or today(console.now())
        phrase: AgencyPhrase = split(line.text, on)
        found = resolve(phrase, directory, on, nearest_name)
        return {
            "agencies": [one.code for one in found.agencies],
            "groups": [
                {"raw": group.raw, "level": group.level, "members": [one.code for one in members]}
                for group, members in found.groups
            ],
            "unknown": [one.name for one in found.unknown],
            "nearest": {one.name: one.nearest for one in found.unknown if one.nearest},
            "warnings": list(phrase.warnings),
        }

    lines.answer(text, lines_file, date, None, json=json, read=read, say=_say_match, blank=_BLANK_MATCH)


def _say_match(found: dict[str, Any]) -> str:
    parts = [f"Trong danh mục: {', '.join(found['agencies']) or 'không có'}"]
    parts += [f"Nhóm {group['raw']}: {len(group['members'])} cơ quan" for group in found["groups"]]
    parts += [f"Chưa biết: {name}" for name in found["unknown"]]
    return "\n".join([*parts, *found["warnings"]])
