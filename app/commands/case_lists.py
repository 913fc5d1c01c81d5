"""nhacviec case import and export: lists of citizens' cases from and for the national system."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from actions.cases import column_maps, exporting, foreseeing, importing
from actions.cases.foreseeing import Foreseen, Line
from app.commands import console, papers
from app.commands.case_words import agency_id_of, source_named, states_named
from app.commands.console import Json
from documents import values
from domain.cases.decisions import Source
from domain.errors import ActRefused
from domain.local import today
from domain.register_files import ReadList, RegisterRow, read_list
from storage.database import Unit
from storage.views.cases.lists import Wanted

_SHOWN = 20


def import_cases(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx xuất từ hệ thống kia.", metavar="TỆP")],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help="Cột mang tên khác, được nhớ cho lần sau: “Tên cột=trường”; “trạng thái:Chữ=trạng thái”."
        ),
    ] = None,
    source: Annotated[str, typer.Option(help="Nguồn của danh sách.")] = "national",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ thay đổi gì, không ghi.")] = False,
    json: Json = False,
) -> None:
    """Take a list over, or tell what it would come to."""
    sheets, origin = values.read_path(file), source_named(source)
    digest, now = hashlib.sha256(file.read_bytes()).hexdigest(), console.now()

    mapping = console.run(lambda unit: column_maps.of(unit, origin)).with_said(columns or ())
    listed = read_list(sheets, mapping, today(now))
    if listed.refused and not listed.rows:
        raise ActRefused(f"Không dòng nào của tệp “{file.name}” dùng được. {listed.refused[0].sentence}")
    if dry_run:
        found = console.run(lambda unit: foreseeing.foresee(unit, None, origin, listed, digest, now))
    else:
        found = _take(origin, listed, columns or (), file.name, digest)
    if json:
        console.show_json(_as_json(found, dry_run=dry_run))
    else:
        console.say(_said(found, dry_run=dry_run))


def _take(source: Source, listed: ReadList, columns: Sequence[str], name: str, digest: str) -> Foreseen:
    """Take a list over, so many cases a unit: the program beside us goes on in between."""
    now = console.now()
    with console.store() as database, console.progress("Nhập danh sách") as told:
        done: list[Foreseen] = []
        parts = importing.parts(listed)
        for at, part in enumerate(parts):
            told("phần", at, len(parts))
            done.append(database.run_now(partial(_part, source=source, part=part, digest=digest, now=now)))
        found = importing.joined(done, listed)

        def note(unit: Unit) -> None:
            if columns:
                column_maps.keep(unit, None, source, columns, now)
            importing.note(unit, None, source, found, name, digest, now)

        database.run_now(note)
    return found


def _part(unit: Unit, *, source: Source, part: ReadList, digest: str, now: datetime) -> Foreseen:
    return importing.take(unit, None, source, part, digest, now)


def _as_json(found: Foreseen, *, dry_run: bool) -> dict[str, Any]:
    tally = found.tally
    return {
        "dry_run": dry_run,
        "again": found.again,
        "new": tally.new,
        "changed": tally.changed,
        "unchanged": tally.unchanged,
        "refused": [{"line": one.line, "code": one.code, "why": one.why} for one in found.listed.refused],
        "warnings": [*(one.sentence for one in found.listed.refused), *found.listed.warnings, *found.notes],
        "cases": [_line(one, found) for one in found.lines],
    }


def _line(one: Line, found: Foreseen) -> dict[str, Any]:
    return {
        "line": one.row.line,
        "external_code": one.row.code,
        "code": found.codes.get(one.row.code) or (one.case.code if one.case is not None else None),
        "verdict": one.comparison.verdict.value,
        "changed": [field.value for field in one.comparison.changed],
        "stage": one.stage.value if one.stage else None,
    }


def _said(found: Foreseen, *, dry_run: bool) -> str:
    tally, refused = found.tally, found.listed.refused
    lines = [
        f"{'Sẽ nhập' if dry_run else 'Đã nhập'}: {tally.new} phản ánh mới, {tally.changed} có thay đổi, "
        f"{tally.unchanged} không đổi, {len(refused)} dòng không nhận."
    ]
    if found.again:
        lines.append("Tệp này đã được nhập trước đó.")
    lines += [one.sentence for one in refused[:_SHOWN]]
    if len(refused) > _SHOWN:
        lines.append(f"Và {len(refused) - _SHOWN} dòng không nhận khác; xem đủ bằng --json.")
    lines += [f"Lưu ý: {one}" for one in (*found.listed.warnings, *found.notes[:_SHOWN])]
    if refused:
        lines.append("Sửa các dòng không nhận rồi nhập lại cả tệp: dòng đã nhập không bị nhân đôi.")
    return "\n".join(lines)


def export_cases(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx sẽ ghi.", metavar="TỆP")],
    since: Annotated[str | None, typer.Option(help="Tiếp nhận từ ngày.")] = None,
    until: Annotated[str | None, typer.Option(help="Tiếp nhận đến ngày.")] = None,
    state: Annotated[str | None, typer.Option(help="Chỉ một trạng thái, hoặc open.")] = None,
    source: Annotated[str | None, typer.Option(help="Chỉ một nguồn.")] = None,
    agency: Annotated[str | None, typer.Option(help="Chỉ một cơ quan xử lý (mã).")] = None,
    changed_since: Annotated[
        str | None, typer.Option("--changed-since", help="Chỉ phản ánh có bước mới từ ngày: để cập nhật hệ thống kia.")
    ] = None,
    unposted: Annotated[
        bool, typer.Option("--unposted", help="Đã trả lời, chưa ghi là đã đăng trên hệ thống quốc gia.")
    ] = False,
    with_persons: Annotated[
        str | None,
        typer.Option("--with-persons", help="Kèm họ tên, địa chỉ, liên hệ người gửi; phải ghi lý do, được lưu lại."),
    ] = None,
    json: Json = False,
) -> None:
    """Write the register as a list."""
    papers.check(file, "TỆP", ".xlsx")
    first, last = console.day(since, "--since"), console.day(until, "--until")
    moved, now = console.day(changed_since, "--changed-since"), console.now()
    if with_persons is not None and not with_persons.strip():
        raise ActRefused("--with-persons cần lý do, ví dụ “nhập vào hệ thống quốc gia”.")

    def work(unit: Unit) -> list[RegisterRow]:
        wanted = Wanted(
            states=states_named(state),
            agency_id=agency_id_of(unit, agency),
            source=source_named(source).value if source else "",
            since=first,
            until=last,
            unposted=unposted,
        )
        return exporting.rows(unit, None, wanted, now, changed_since=moved, reason=with_persons or "")

    found = console.run(work)
    papers.write([(file, exporting.book(found, now, persons=with_persons is not None))])
    if json:
        console.show_json({"file": str(file), "cases": len(found)})
    else:
        console.say(f"Đã ghi {len(found)} phản ánh vào {file}.")
