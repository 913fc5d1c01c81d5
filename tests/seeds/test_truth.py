"""Four real plans, read whole and compared field by field with what a person labelled."""

import json
from pathlib import Path
from typing import Any

import pytest

from documents.read import read
from domain import plans
from domain.errors import DocumentRefused

SHARED = Path(__file__).parents[3] / "shared"
OWN_TRUTH = Path(__file__).parents[1] / "truth"
SEEDS = {"ba-to-2024": 45, "bac-giang-2024": 39, "bac-ninh-2026": 55, "ha-tinh-2022": 33}
FIELDS = (
    "appendix",
    "section",
    "number",
    "content",
    "lead",
    "coordinating",
    "deadline_raw",
    "deadline",
    "product",
)
FACTS = ("kind", "number", "date", "issuer", "place", "year", "coordinating_office")

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the real plans are not beside this checkout"),
]


def truth_of(name: str) -> dict[str, Any]:
    path = next(p / f"{name}.json" for p in (SHARED / "truth", OWN_TRUTH) if (p / f"{name}.json").exists())
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def read_plan(path: Path, name: str) -> dict[str, Any]:
    return plans.to_json(plans.draft(read(path), file_name=f"{name}.txt"))


def differences(got: dict[str, Any], want: dict[str, Any], fields: tuple[str, ...]) -> list[str]:
    accepted = want.get("accept", {})
    return [
        f"    {field}\n      read     {got.get(field)!r}\n      expected {want.get(field)!r}"
        for field in fields
        if got.get(field) != want.get(field) and got.get(field) not in accepted.get(field, [])
    ]


def task_differences(got: dict[str, Any], want: dict[str, Any]) -> list[str]:
    fields = (*FIELDS, "following") if "following" in want else FIELDS
    found = differences(got, want, fields)
    mine, theirs = got.get("also", []), want.get("also", [])
    if len(mine) != len(theirs):
        return [*found, f"    also: {len(mine)} read, {len(theirs)} expected"]
    for one, other in zip(mine, theirs, strict=True):
        found += differences(one, other, ("deadline_raw", "deadline", "product"))
    return found


@pytest.mark.parametrize("name", SEEDS)
def test_every_field_of_every_task(name: str) -> None:
    truth = truth_of(name)
    got = read_plan(SHARED / "seeds" / f"{name}.txt", name)
    report = [
        f"  {want['number']} {want['content'][:60]}\n" + "\n".join(found)
        for mine, want in zip(got["tasks"], truth["tasks"], strict=False)
        if (found := task_differences(mine, want))
    ]
    assert not report, f"{len(report)} tasks differ:\n" + "\n".join(report)
    assert len(got["tasks"]) == len(truth["tasks"]) == SEEDS[name]


@pytest.mark.parametrize("name", SEEDS)
def test_facts_and_indicators(name: str) -> None:
    truth = truth_of(name)
    got = read_plan(SHARED / "seeds" / f"{name}.txt", name)
    assert differences(got["document"], truth["document"], FACTS) == []
    assert got["indicators"] == truth["indicators"]


@pytest.mark.parametrize("name", SEEDS)
def test_warnings_stand_only_where_a_person_must_look(name: str) -> None:
    got = read_plan(SHARED / "seeds" / f"{name}.txt", name)
    warned = [task["number"] for task in got["tasks"] if "warnings" in task]
    assert warned == (["26"] if name == "ba-to-2024" else [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", SEEDS)
def test_the_encoding_changes_nothing(name: str, encoding: str, tmp_path: Path) -> None:
    original = SHARED / "seeds" / f"{name}.txt"
    copy = tmp_path / f"{name}.md"
    copy.write_bytes(original.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    assert read_plan(copy, name) == read_plan(original, name)


def test_a_report_without_tasks_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="Không tìm thấy bảng nhiệm vụ"):
        read_plan(SHARED / "seeds" / "binh-dinh-report-2021.txt", "binh-dinh-report-2021")
