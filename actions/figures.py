"""Tables of other systems come in as files: every row under a known agency, nothing twice, no person's data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.coordinating import by
from domain.agencies import Directory
from domain.collections import Cell, Sheet, rows_of
from domain.errors import ActRefused
from domain.figures import PERSONAL_HEADINGS, Series, breaks, personal_in, series_named
from domain.local import today
from domain.people import Viewer
from domain.periods import Period
from storage import agencies, audit, figures
from storage.database import Unit


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: the set's id, its rows, headings of personal data that were left out, figures that do not
    add up (sentences), and whether the very same file was there already."""

    id: int
    rows: int
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    again: bool = False
    replaced: bool = False


def import_figures(
    unit: Unit,
    viewer: Viewer | None,
    series: str,
    period: str,
    sheets: Sequence[Sheet],
    file_name: str,
    digest: str,
    now: datetime,
) -> Imported:
    """Take a table in force for a series and a period, as a coordinator or the operator; the one before ends.

    Raises ActRefused for others, for unknown columns and agencies, for a wrong cell, for an agency given twice, and
    for cells that hold personal data.
    """
    who, kind, code = by(viewer), series_named(series), Period.read(period).code
    before = figures.in_force(unit, kind.name, code)
    if before is not None and before.digest == digest:
        return Imported(before.id, len(figures.rows_of(unit, before.id)), again=True)
    rows, left_out = _read(unit, kind, sheets, min(Period.read(code).end, today(now)))
    figures.supersede(unit, kind.name, code, now)
    person = viewer.person_id if viewer else None
    made = figures.add(unit, kind.name, code, file_name[:200], digest, rows, now, person_id=person)
    audit.record(unit, "figures", "figure_set", made, now, series=kind.name, period=code, rows=len(rows), **who)
    return Imported(made, len(rows), left_out, _warnings(kind, rows), replaced=before is not None)


def tried(
    unit: Unit,
    viewer: Viewer,
    series: str,
    period: str,
    sheets: Sequence[Sheet],
    digest: str,
    now: datetime,
) -> Imported:
    """Return what importing a table would come to, writing nothing. Raises as `import_figures`."""
    by(viewer)
    kind, code = series_named(series), Period.read(period).code
    before = figures.in_force(unit, kind.name, code)
    rows, left_out = _read(unit, kind, sheets, min(Period.read(code).end, today(now)))
    again = before is not None and before.digest == digest
    return Imported(0, len(rows), left_out, _warnings(kind, rows), again, before is not None)


def _read(unit: Unit, kind: Series, sheets: Sequence[Sheet], on: date) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    sheet = next((one for one in sheets if one.rows), None)
    if sheet is None:
        raise ActRefused("Tệp không có trang tính nào có dữ liệu. Xin kiểm tra lại tệp.")
    found = rows_of(sheet, kind.columns, PERSONAL_HEADINGS)
    if not found.rows:
        raise ActRefused(f"Trang tính “{sheet.name}” không có dòng số liệu nào dưới tiêu đề. Xin kiểm tra lại tệp.")
    _no_persons(sheet.name, kind, found.rows)
    return _matched(unit, kind, found.rows, agencies.directory(unit), on), found.left_out


def _no_persons(sheet: str, kind: Series, rows: Sequence[tuple[int, dict[str, Cell]]]) -> None:
    for line, values in rows:
        for key, value in values.items():
            what = personal_in(value) if key != kind.agency else None  # only agencies of the directory are taken there
            if what is not None:
                raise ActRefused(
                    f"Trang tính “{sheet}”, dòng {line} có {what}. Bảng số liệu không được chứa dữ liệu cá nhân; "
                    "xin xoá rồi gửi lại."
                )


def _matched(
    unit: Unit, kind: Series, rows: Sequence[tuple[int, dict[str, Cell]]], directory: Directory, on: date
) -> list[dict[str, Any]]:
    ids: dict[str, int] = {}
    unknown: list[str] = []
    made: list[dict[str, Any]] = []
    seen: dict[tuple[str, str], int] = {}
    for line, values in rows:
        name, field = str(values[kind.agency]), str(values.get("field") or "")
        agency = directory.find(name, on)
        if agency is None:
            unknown.append(f"“{name[:60]}” (dòng {line})")
            continue
        place = (agency.code, field if kind.name == "dossiers" else "" if kind.once else str(values.get("code")))
        if place in seen:
            raise ActRefused(f"Dòng {line} trùng với dòng {seen[place]} ({agency.name}). Xin bỏ một dòng rồi gửi lại.")
        seen[place] = line
        if agency.code not in ids:
            ids[agency.code] = agencies.id_of(unit, agency.code) or 0
        made.append({"agency_id": ids[agency.code], "label": field or agency.name, "values": values})
    if unknown:
        shown = "; ".join(unknown[:10]) + (f" và {len(unknown) - 10} tên khác" if len(unknown) > 10 else "")
        raise ActRefused(f"Không có trong danh mục cơ quan: {shown}. Chưa có gì được ghi; xin sửa tên rồi gửi lại.")
    return made


def _warnings(kind: Series, rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    if not kind.checked:
        return ()
    found = [one for row in rows for one in breaks(str(row["values"][kind.agency]), row["label"], row["values"])]
    return tuple(one.sentence for one in found[:10])
