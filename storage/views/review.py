"""What a person must see of a plan before it is issued."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors import ActRefused
from storage import plans
from storage.database import Unit
from storage.schema import agencies
from storage.types import AnyRow
from storage.views import office


@dataclass(frozen=True, slots=True)
class Review:
    """A draft as it stands: the plan's row, counts, whom it reaches, and the open doubts."""

    plan: AnyRow
    tasks: int
    kinds: Counter[str]
    """Tasks by the kind of their deadline (as in the plan format)."""
    agencies: int
    """How many agencies lead something."""
    joined: int
    """How many of those have somebody who can be reached."""
    doubts: Sequence[AnyRow]


def of_plan(unit: Unit, plan_id: int) -> Review:
    """Return the review of a plan. Raises ActRefused for an unknown one."""
    plan = plans.get(unit, plan_id)
    version_id = plans.latest_version(unit, plan_id)
    if plan is None or version_id is None:
        raise ActRefused(f"Không có kế hoạch số {plan_id}. Xem danh sách bằng lệnh: nhacviec plan list.")
    wording = plans.wording(unit, version_id)
    lead = {one for ids in plans.agencies_of(unit, plan_id, "lead").values() for one in ids}
    codes = {row.code for row in unit.conn.execute(agencies.select().where(agencies.c.id.in_(lead)))}
    return Review(
        plan=plan,
        tasks=len(wording),
        kinds=Counter(task.deadline["kind"] for task in wording),
        agencies=len(lead),
        joined=len(codes & office.joined(unit)),
        doubts=plans.doubts_of(unit, version_id, open_only=True),
    )


def doubt(unit: Unit, plan_id: int, doubt_id: int) -> AnyRow | None:
    """Return one doubt about a plan's newest reading, None where it has no such doubt."""
    return plans.doubt(unit, plans.latest_version(unit, plan_id) or 0, doubt_id)


def plan_list(unit: Unit) -> list[dict[str, Any]]:
    """Return every plan as `plan list --json` prints it."""
    return [
        {
            "id": row.id,
            "number": row.number,
            "date": row.date.isoformat() if row.date else None,
            "title": row.title,
            "year": row.year,
            "state": row.state,
            "tasks": row.tasks,
        }
        for row in office.plan_list(unit)
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as it was last read, with its number and date as they stand now."""

    draft: dict[str, Any]
    number: str | None
    date: date | None


def as_read(unit: Unit, plan_id: int) -> Kept:
    """Return the last reading of a plan in the plan format. Raises ActRefused for an unknown plan."""
    plan = of_plan(unit, plan_id).plan
    draft = plans.draft_of(unit, plan_id)
    return Kept(draft, plan.number, plan.date)
