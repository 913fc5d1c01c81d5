"""Indicators that the office sets itself, what it decides about any, and the values given for them."""

import re
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from actions.plans import Nearest, by, resolve_names
from domain.errors import ActRefused, NotFound
from domain.indicators import Goal, Measured
from domain.local import today
from domain.people import Viewer
from domain.periods import Period
from domain.words import fold, squeeze
from storage import agencies, audit, indicators, successions
from storage.database import Unit
from storage.indicators import DECLINED, IN_FORCE, SUGGESTED
from storage.types import AnyRow

SUBJECT = "indicator"
LONGEST_SOURCE = 300
_LONGEST_UNIT = 40


def agencies_named(unit: Unit, text: str, nearest: Nearest, now: datetime) -> list[int]:
    """Return the ids of the agencies that a text names; none for "" and for "chung", which is the whole province.

    Raises ActRefused for a name that the directory does not hold.
    """
    if not text.strip() or fold(text).strip(" .") in {"chung", "toan tinh", "ca tinh", "-"}:
        return []
    found = resolve_names(
        [one for one in re.split(r"[,;]", text) if one.strip()], agencies.directory(unit), today(now), nearest
    )
    if found.unknown:
        one = found.unknown[0]
        near = f" Có phải {one.nearest}?" if one.nearest else ""
        raise ActRefused(f"Danh mục chưa có “{one.name}”.{near} Xin ghi tên hoặc mã cơ quan trong danh mục.")
    empty = [group.raw for group, members in found.groups if not members]
    if empty:
        raise ActRefused(f"“{empty[0]}” không có danh sách cố định. Xin ghi tên hoặc mã từng cơ quan.")
    ids = agencies.ids(unit)
    codes = [one.code for one in found.agencies] + [one.code for _, members in found.groups for one in members]
    return list(dict.fromkeys(ids[code] for code in codes))


def content_of(goal: Goal) -> str:
    """Return what a goal is about. Raises ActRefused where its words say too little."""
    content = squeeze(goal.content)
    if len(content) < LEAST:
        raise ActRefused(f"Nội dung chỉ tiêu còn quá ngắn. Xin ghi rõ chỉ tiêu (từ {LEAST} ký tự).")
    return content


LEAST = 5
"""Characters of an indicator's content."""


def add(
    unit: Unit,
    viewer: Viewer | None,
    goal: Goal,
    year: int,
    agency_ids: Collection[int],
    now: datetime,
    *,
    number: str = "",
    parent_id: int | None = None,
) -> int:
    """Set an indicator that stands in no plan and return its id; a coordinator, or (None) the operator, may.

    Raises ActRefused where the same one stands already for that year, and for a parent that does not stand.
    """
    who = by(viewer)
    content = content_of(goal)
    same = [
        row
        for row in indicators.standing(unit, year=year)
        if row.plan_id is None and (row.content_folded, row.parent_id) == (fold(content), parent_id)
    ]
    if same:
        raise ActRefused(
            f"Năm {year} đã có chỉ tiêu này (mã CT-{same[0].id}). Mở chỉ tiêu đó để xem hoặc nhập số liệu."
        )
    if parent_id is not None:
        _standing(unit, parent_id)
    row = {
        **figure(content, goal.unit, goal.operator, _plain(goal.target)),
        "plan_id": None,
        "task_id": None,
        "parent_id": parent_id,
        "year": year,
        "number": number or None,
        "scope": {},
        "agencies": list(agency_ids),
        "state": IN_FORCE,
        "created_at": now,
    }
    indicator_id = indicators.add(unit, row)
    audit.record(unit, "add", SUBJECT, indicator_id, now, **who, year=year, agencies=len(agency_ids))
    return indicator_id


def decide(unit: Unit, viewer: Viewer | None, indicator_id: int, *, taken: bool, now: datetime) -> None:
    """Take a figure that was found in a task's words as an indicator, or decline it.

    Raises ActRefused for whoever does not coordinate and where it was decided before.
    """
    who = by(viewer)
    row = indicators.get(unit, indicator_id)
    if row is None or row.ended_at is not None:
        raise NotFound("chỉ tiêu này")
    if row.state != SUGGESTED:
        raise ActRefused("Đề xuất này đã được quyết định trước đó. Gõ chitieu để xem danh sách hiện có.")
    indicators.change(unit, indicator_id, state=IN_FORCE if taken else DECLINED)
    audit.record(unit, "take" if taken else "decline", SUBJECT, indicator_id, now, **who)


def owe(unit: Unit, viewer: Viewer | None, indicator_id: int, agency_ids: Collection[int], now: datetime) -> None:
    """Say anew which agencies owe values of an indicator. Raises ActRefused for whoever does not coordinate."""
    who = by(viewer)
    _standing(unit, indicator_id)
    indicators.change(unit, indicator_id, agencies=list(agency_ids))
    audit.record(unit, "owe", SUBJECT, indicator_id, now, **who, agencies=len(agency_ids))


def end(unit: Unit, viewer: Viewer | None, indicator_id: int, now: datetime) -> None:
    """End an indicator; its values stay. Raises ActRefused for whoever does not coordinate."""
    who = by(viewer)
    _standing(unit, indicator_id)
    indicators.end(unit, [indicator_id], now)
    audit.record(unit, "end", SUBJECT, indicator_id, now, **who)


def record(
    unit: Unit,
    viewer: Viewer | None,
    indicator_id: int,
    agency_id: int | None,
    period: Period,
    measured: Measured,
    source: str,
    now: datetime,
) -> bool:
    """Keep a value of an agency (None: of all) for a period; False where the very same stands already.

    Raises NotFound for who may not give it, ActRefused for an agency that owes none and as `check_period` does.
    """
    row = _standing(unit, indicator_id)
    _may_give(unit, viewer, row, agency_id)
    check_period(row.year, period, now)
    values = {
        "value": "" if measured.value is None else _plain(measured.value),
        "part": None if measured.part is None else _plain(measured.part),
        "whole": None if measured.whole is None else _plain(measured.whole),
        "source": squeeze(source)[:LONGEST_SOURCE],
    }
    before = [
        one
        for one in indicators.values_of(unit, [indicator_id])
        if (one.agency_id, one.period) == (agency_id, period.code)
    ]
    if before and all(getattr(before[-1], name) == value for name, value in values.items()):
        return False
    person_id = viewer.person_id if viewer else None
    indicators.put(unit, indicator_id, agency_id, period.code, now, person_id=person_id, **values)
    who = {"person_id": person_id} if viewer else {"actor": audit.OPERATOR}
    audit.record(
        unit, "correct" if before else "value", SUBJECT, indicator_id, now, **who, agency=agency_id, period=period.code
    )
    return True


def check_period(year: int, period: Period, now: datetime) -> None:
    """Raise ActRefused for a period of another year than the indicator's, and for one that has not begun."""
    if period.year != year:
        raise ActRefused(f"Chỉ tiêu này của năm {year}; kỳ {period.label} không thuộc năm đó. Xin chọn lại kỳ.")
    if period.start > today(now):
        raise ActRefused(f"Kỳ {period.label} chưa bắt đầu. Xin chọn một kỳ đã hoặc đang diễn ra.")


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _standing(unit: Unit, indicator_id: int) -> AnyRow:
    row = indicators.get(unit, indicator_id)
    if row is None or row.ended_at is not None or row.state != IN_FORCE:
        raise NotFound("chỉ tiêu này")
    return row


def _may_give(unit: Unit, viewer: Viewer | None, row: AnyRow, agency_id: int | None) -> None:
    """Check who gives a value. Raises NotFound for a stranger's indicator, ActRefused for an agency that owes none."""
    owing = indicators.holders(successions.heirs(unit), row.agencies)
    if viewer is not None and not viewer.coordinates and (agency_id is None or agency_id not in viewer.own_agencies):
        raise NotFound("chỉ tiêu này")
    if agency_id is not None and agency_id not in owing:
        if viewer is not None and not viewer.coordinates:
            raise NotFound("chỉ tiêu này")
        raise ActRefused("Cơ quan này không thuộc các cơ quan thực hiện chỉ tiêu. Bổ sung cơ quan vào chỉ tiêu trước.")


def figure(content: str, unit: str, operator: str, target: object) -> dict[str, Any]:
    """Return the columns that say what is to be reached."""
    return {
        "content": content,
        "content_folded": fold(content),
        "unit": unit[:_LONGEST_UNIT],
        "operator": operator,
        "target": str(target),
    }
