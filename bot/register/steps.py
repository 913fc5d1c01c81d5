"""What happened to a case, one line a step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desk import Desk
from domain.cases import happenings
from storage.views import AnyRow, office
from storage.views.cases import register


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened."""

    at: datetime
    said: str
    who: str


def of(desk: Desk, case: AnyRow) -> list[Step]:
    """Return all that happened to a case, oldest first."""
    names = {one.id: one.name for one in office.agencies_on(desk.unit, desk.day)}
    return [_step(desk, row, names) for row in register.steps(desk.unit, case.id)]


def _step(desk: Desk, row: AnyRow, names: dict[int, str]) -> Step:
    data: dict[str, Any] = row.data or {}
    label = happenings.said(row.act)
    to = names.get(data.get("agency") or 0, "")
    number = data.get("number") or ""
    parts = [label, *([f": {to}"] if to else []), *([f", văn bản {number}"] if number else [])]
    if row.text and desk.can.private:  # words may name people: they leave by no foreign channel
        parts.append(f": {row.text}" if not to else f". {row.text}")
    return Step(row.at, "".join(parts), row.who or "")
