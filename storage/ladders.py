"""Ladders: kept as they were when matters were issued under them, and where which one is chosen."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, true

from domain.ladder import DEFAULT, Ladder
from storage import offices
from storage.database import Unit
from storage.schema import agencies, ladder_overrides, ladders, matters
from storage.types import AnyRow

OFFICE_DEFAULT = "ladder"
"""The office's setting that holds the id of its own ladder; without it the one that comes with the program."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ladder is chosen: the whole office, a plan, or within a plan an agency, a task, or both."""

    plan_id: int | None = None
    task_id: int | None = None
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which ladder the tasks of a plan are issued under."""

    office: int
    ladders: dict[int, Ladder]
    by_place: dict[tuple[int | None, int | None], int]
    """Ladder ids by (task, agency); None stands for every one."""

    def of(self, task_id: int, agency_id: int) -> tuple[int, Ladder]:
        """Return the ladder, with its id, that is chosen nearest to a task of an agency."""
        nearest = ((task_id, agency_id), (task_id, None), (None, agency_id), (None, None))
        found = next((self.by_place[place] for place in nearest if place in self.by_place), self.office)
        return found, self.ladders[found]


def keep(unit: Unit, ladder: Ladder, now: datetime) -> int:
    """Keep a ladder as it is now and return its id; the same one is kept once."""
    rungs = ladder.to_json()
    content = json.dumps([ladder.name, rungs, ladder.internal_days], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    found = unit.conn.execute(select(ladders.c.id).where(ladders.c.digest == digest)).scalar()
    if found is None:
        row = {
            "name": ladder.name,
            "digest": digest,
            "rungs": rungs,
            "internal_days": ladder.internal_days,
            "created_at": now,
        }
        found = unit.conn.execute(insert(ladders).values(row).returning(ladders.c.id)).scalar_one()
    return int(found)


def get(unit: Unit, ladder_id: int) -> Ladder:
    """Return a kept ladder."""
    return _read(unit, ladders.c.id == ladder_id)[ladder_id]


def every(unit: Unit) -> dict[int, Ladder]:
    """Return all kept ladders by id."""
    return _read(unit, true())


def named(unit: Unit, name: str) -> Ladder | None:
    """Return the ladder of that name that was kept last, None for a name that nobody gave."""
    found = _read(unit, ladders.c.name == name)
    return found[max(found)] if found else None


def of_matters(unit: Unit, matter_ids: Sequence[int]) -> dict[int, Ladder]:
    """Return the ladder under which each matter was issued; matters without one are left out."""
    query = select(matters.c.id, matters.c.ladder_id).where(
        matters.c.id.in_(matter_ids), matters.c.ladder_id.is_not(None)
    )
    under = {row.id: row.ladder_id for row in unit.conn.execute(query)}
    kept = _read(unit, ladders.c.id.in_(set(under.values())))
    return {matter_id: kept[ladder_id] for matter_id, ladder_id in under.items()}


def _read(unit: Unit, which: ColumnElement[bool]) -> dict[int, Ladder]:
    return {
        row.id: Ladder.from_json(row.name, row.rungs, row.internal_days)
        for row in unit.conn.execute(select(ladders).where(which))
    }


def chosen(unit: Unit, plan_id: int | None, now: datetime) -> Chosen:
    """Return what the tasks of a plan are issued under now; without a plan the office's own ladder."""
    own = offices.setting(unit, OFFICE_DEFAULT)
    office = keep(unit, DEFAULT, now) if own is None else int(own)
    rows = overrides(unit, plan_id) if plan_id is not None else ()
    by_place = {(row.task_id, row.agency_id): row.ladder_id for row in rows}
    return Chosen(office, _read(unit, ladders.c.id.in_({office, *by_place.values()})), by_place)


def overrides(unit: Unit, plan_id: int) -> Sequence[AnyRow]:
    """Return where a plan has a ladder of its own (task_id, agency_id, agency_code, ladder_id, ladder, at)."""
    query = (
        select(
            ladder_overrides.c.task_id,
            ladder_overrides.c.agency_id,
            agencies.c.code.label("agency_code"),
            ladder_overrides.c.ladder_id,
            ladders.c.name.label("ladder"),
            ladder_overrides.c.at,
        )
        .join(ladders, ladders.c.id == ladder_overrides.c.ladder_id)
        .outerjoin(agencies, agencies.c.id == ladder_overrides.c.agency_id)
        .where(ladder_overrides.c.plan_id == plan_id)
        .order_by(ladder_overrides.c.id)
    )
    return unit.conn.execute(query).all()


def choose(unit: Unit, place: Place, ladder_id: int, person_id: int | None, now: datetime) -> None:
    """Let a place have that ladder from now on, instead of the one it had."""
    forget(unit, place)
    if place.plan_id is None:
        offices.set_setting(unit, OFFICE_DEFAULT, ladder_id, now)
        return
    row: dict[str, Any] = {
        "plan_id": place.plan_id,
        "task_id": place.task_id,
        "agency_id": place.agency_id,
        "ladder_id": ladder_id,
        "person_id": person_id,
        "at": now,
    }
    unit.conn.execute(insert(ladder_overrides).values(row))


def forget(unit: Unit, place: Place) -> bool:
    """Let a place have no ladder of its own any more; False where it had none."""
    if place.plan_id is None:
        had = offices.setting(unit, OFFICE_DEFAULT) is not None
        offices.drop_setting(unit, OFFICE_DEFAULT)
        return had
    gone = unit.conn.execute(
        delete(ladder_overrides).where(
            ladder_overrides.c.plan_id == place.plan_id,
            ladder_overrides.c.task_id.is_not_distinct_from(place.task_id),
            ladder_overrides.c.agency_id.is_not_distinct_from(place.agency_id),
        )
    )
    return gone.rowcount > 0
