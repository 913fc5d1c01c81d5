"""Every deadline and agency cell of the real plans beside the checkout, against what people read in them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.agencies import listed, roles
from domain.deadlines import read, to_json
from domain.words import squeeze

SHARED = Path(__file__).parents[3] / "shared"
PLANS = ("bac-giang-2024", "bac-ninh-2026", "ha-tinh-2022")

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not (SHARED / "truth").is_dir(), reason="the real plans do not lie beside this checkout"),
]


def truth(plan: str) -> dict[str, Any]:
    return json.loads((SHARED / "truth" / f"{plan}.json").read_text(encoding="utf-8"))


def accepted(task: dict[str, Any], field: str, value: object) -> list[object]:
    return [value, *task.get("accept", {}).get(field, [])]


def cells_of(plan: str) -> list[list[str]]:
    """Return the rows of a seed as cells: tab-separated lines, or one cell a paragraph that a tab opens."""
    text = (SHARED / "seeds" / f"{plan}.txt").read_text(encoding="utf-8")
    if plan.startswith("bac-giang"):
        return [line.split("\t") for line in text.splitlines() if line.count("\t") == 5]
    return [text.split("\n\t")]


@pytest.mark.parametrize("plan", PLANS)
def test_every_deadline_of_the_plan_is_read(plan: str) -> None:
    document = truth(plan)["document"]
    signed = date.fromisoformat(document["date"]) if document["date"] else None
    wrong = []
    for task in truth(plan)["tasks"]:
        for row in (task, *task.get("also", [])):
            reading = read(row["deadline_raw"], year=document["year"], signed=signed)
            if to_json(reading.deadline) not in accepted(task, "deadline", row["deadline"]) or reading.warnings:
                wrong.append((row["deadline_raw"], to_json(reading.deadline), reading.warnings))
    assert not wrong


@pytest.mark.parametrize(("plan", "found"), [("bac-giang-2024", 25), ("bac-ninh-2026", 50), ("ha-tinh-2022", 32)])
def test_every_agency_cell_of_the_plan_is_taken_apart(plan: str, found: int) -> None:
    rows = cells_of(plan)
    checked, wrong = 0, []
    for task in truth(plan)["tasks"]:
        cells = agency_cells(rows, task["content"])
        if cells is None:
            continue
        checked += 1
        leading = roles(cells[0])
        lead, coordinating = list(leading.lead), [*leading.coordinating, *listed(cells[1])]
        if lead not in accepted(task, "lead", task["lead"]):
            wrong.append((cells[0], lead, task["lead"]))
        if coordinating not in accepted(task, "coordinating", task["coordinating"]):
            wrong.append((cells[1], coordinating, task["coordinating"]))
    assert not wrong
    assert checked >= found


def agency_cells(rows: list[list[str]], content: str) -> tuple[str, str] | None:
    """Return the two cells after a task's content, None where a page break cut the row."""
    for row in rows:
        for place, cell in enumerate(row[:-2]):
            if squeeze(cell) == content:
                return row[place + 1], row[place + 2]
    return None
