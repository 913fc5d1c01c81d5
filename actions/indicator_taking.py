"""The figures that a plan sets become indicators when it is issued, and are brought up to date when it is amended."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.indicators import figure
from actions.plans import resolve_names
from domain.indicators import is_sure
from domain.local import today
from domain.plans import Draft, Indicator, Target
from domain.words import fold
from storage import agencies, audit, indicators, plans
from storage.database import Unit
from storage.indicators import IN_FORCE, SUGGESTED

_CODE = re.compile(r"[^\s,;]+")


def take(unit: Unit, plan_id: int, draft: Draft, now: datetime) -> int:
    """Let the figures that a plan sets be its indicators and return how many are in force.

    Those of its tables are taken as they stand; those inside a task's words too where they are said as goals are said,
    and suggested to the office where they are not. Taking an amended plan keeps what it still says with its values,
    and ends what it says no more.
    """
    plan = plans.get(unit, plan_id)
    version_id = plans.latest_version(unit, plan_id) or 0
    task_ids = [row.task_id for row in plans.wording(unit, version_id)]
    year = (plan.year if plan else None) or draft.document.year or today(now).year
    owing = _Owing(unit, plan_id, version_id, now)
    wanted = [*_of_tables(draft, year, owing), *_of_tasks(draft, year, task_ids, unit)]
    standing = {_key(row._mapping): row for row in indicators.of_plan(unit, plan_id)}
    ids: dict[str, int] = {}
    kept: set[int] = set()
    for one, place, above in wanted:
        key = _key(one)
        row = standing.get(key)
        parent = ids.get(above)
        if row is None:
            ids[place] = indicators.add(unit, {**one, "plan_id": plan_id, "parent_id": parent, "created_at": now})
        elif row.id not in kept:
            ids[place] = row.id
            indicators.change(unit, row.id, agencies=one["agencies"], parent_id=parent)
        kept.add(ids.get(place, 0))
    gone = [row.id for row in standing.values() if row.id not in kept]
    indicators.end(unit, gone, now)
    if wanted or gone:
        audit.record(unit, "take_indicators", "plan", plan_id, now, count=len(wanted), ended=len(gone))
    return sum(one["state"] == IN_FORCE for one, _, _ in wanted)


_Wanted = list[tuple[dict[str, Any], str, str]]
"""Each with its own place in the plan and that of the one it is a part of ("" for none)."""


def _key(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    scope = tuple(sorted((key, str(value)) for key, value in row["scope"].items()))
    return (row["task_id"], row["number"], row["content_folded"], row["operator"], row["target"], row["year"], scope)


def _of_tables(draft: Draft, year: int, owing: "_Owing") -> _Wanted:
    found: _Wanted = []
    for at, one in enumerate(draft.indicators):
        if one.target is None:
            continue
        place = f"row:{one.number}" if one.number else f"at:{at}"
        found.append((_of_table(one, year, owing), place, f"row:{one.parent}" if one.parent else ""))
    return found


def _of_table(one: Indicator, year: int, owing: "_Owing") -> dict[str, Any]:
    scope = {key: value for key, value in one.scope.items() if key != "year"}
    return {
        **figure(one.content, one.unit, one.operator, one.target),
        "task_id": None,
        "number": one.number,
        "year": int(one.scope.get("year", year)),
        "scope": scope,
        "agencies": owing.of(one.agencies),
        "state": IN_FORCE,
    }


def _of_tasks(draft: Draft, year: int, task_ids: Sequence[int], unit: Unit) -> _Wanted:
    leads = indicators.leads_of(unit, task_ids)
    found: _Wanted = []
    said: set[tuple[Any, ...]] = set()
    for at, one in enumerate(draft.targets):
        what = (one.task, fold(one.content), one.operator, one.target, one.scope)
        if one.task >= len(task_ids) or what in said:
            continue
        said.add(what)
        task_id = task_ids[one.task]
        sure = is_sure(one.content, one.operator, alone=_is_alone(one, draft.targets))
        row = {
            **figure(one.content, one.unit, one.operator, one.target),
            "task_id": task_id,
            "number": draft.tasks[one.task].number,
            "year": year,
            "scope": {"of": one.scope} if one.scope else {},
            "agencies": leads.get(task_id, []),
            "state": IN_FORCE if sure else SUGGESTED,
        }
        found.append((row, f"target:{at}", f"target:{one.parent}" if one.parent is not None else ""))
    return found


def _is_alone(one: Target, every: Sequence[Target]) -> bool:
    """Whether its clause names this figure alone (the same clause of content and product may stand twice)."""
    figures = {
        (other.operator, other.target) for other in every if (other.task, other.content) == (one.task, one.content)
    }
    return len(figures) == 1 and one.content.count("%") == 1


class _Owing:
    """Who owes the figures of a plan: agencies by name, collectives by their members or by what a person answered."""

    def __init__(self, unit: Unit, plan_id: int, version_id: int, now: datetime) -> None:
        plan = plans.get(unit, plan_id)
        self._on = (plan.date if plan else None) or today(now)
        self._directory = agencies.directory(unit)
        self._ids = agencies.ids(unit)
        self._leads = indicators.all_leads(unit, plan_id)
        self._answers = {
            fold(one.said): str(one.value)
            for one in plans.doubts_of(unit, version_id)
            if one.field in {"agency", "group"} and one.value
        }

    def of(self, names: Sequence[str]) -> list[int]:
        """Return the ids; a collective without fixed members means every agency that leads a task of the plan."""
        found = resolve_names(names, self._directory, self._on, None)
        codes = [one.code for one in found.agencies]
        ids: list[int] = []
        for group, members in found.groups:
            answered = self._answered(group.raw)
            codes += [one.code for one in members] or answered
            if not members and not answered:
                ids += self._leads
        for unknown in found.unknown:
            codes += self._answered(unknown.name)
        return list(dict.fromkeys([*(self._ids[code] for code in codes if code in self._ids), *ids]))

    def _answered(self, said: str) -> list[str]:
        return [code for code in _CODE.findall(self._answers.get(fold(said), "")) if code in self._ids]
