"""The figures that four real plans set, as indicators of issued plans."""

from pathlib import Path

import pytest

from actions import indicator_taking, issue, plans
from app.guessing import nearest_name
from documents.read import read
from domain import plans as plan_values
from domain.agencies import Agency
from domain.indicators import read_goal
from storage.database import Unit
from storage.views import indicators
from storage.views.indicator_rows import Standing
from tests.office import START, Office, make_office
from tests.seeds.test_truth import SHARED

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the real plans are not beside this checkout"),
]

DISTRICT = (
    Agency("VP", "Văn phòng HĐND và UBND huyện", level="district_committee", coordinating=True),
    Agency("PTP", "Phòng Tư pháp huyện"),
    Agency("XA1", "UBND xã Ba Động", level="commune_committee"),
    Agency("XA2", "UBND xã Ba Vinh", level="commune_committee"),
)


def kept(folder: Path, name: str, *, issuing: bool) -> tuple[list[Standing], list[Standing]]:
    """Return what is in force and what is suggested once a plan was issued as it was read, or its figures taken."""
    office: Office = make_office(folder, directory=DISTRICT)
    draft = plan_values.draft(read(SHARED / "seeds" / f"{name}.txt"), file_name=f"{name}.txt")

    def work(unit: Unit) -> tuple[list[Standing], list[Standing]]:
        made = plans.import_draft(unit, draft, plan_values.to_json(draft), "a" * 64, nearest_name, START)
        if issuing:
            issue.issue(unit, made.plan_id, accept_doubts=True, at=START, now=START)
        else:  # one of them has no number to be issued under
            indicator_taking.take(unit, made.plan_id, draft, START)
        return indicators.table(unit, draft.document.year or 0), indicators.suggested(unit)

    return office.inner.db.run_now(work)


def test_the_eleven_of_ba_to_and_those_inside_its_texts(tmp_path: Path) -> None:
    found, suggested = kept(tmp_path, "ba-to-2024", issuing=True)
    table = [one for one in found if one.task_id is None]
    assert [(one.number, one.goal.said) for one in table] == [
        ("1", "≥ 80%"), ("2", "≥ 45%"), ("3", "≥ 50%"), ("4", "≥ 80%"), ("5", "= 100%"), ("6", "= 100%"),
        ("7", "≥ 50%"), ("8", "= 100%"), ("9", "≥ 90%"), ("10.1", "= 95%"), ("10.2", "= 85%"),
    ]  # fmt: skip
    assert table[10].title.startswith("Tỷ lệ xử lý văn bản, hồ sơ công việc (trừ hồ sơ mật)")
    assert [one.code for one in table[5].agencies] == ["PTP", "XA1", "XA2"]
    assert {one.code for one in table[10].agencies} == {"XA1", "XA2"}
    assert [one.goal.said for one in found if one.task_id] == ["= 100%", "= 100%", "≥ 50%", "≥ 80%", "= 100%"]
    assert ["cắt giảm tối thiểu 10% chi phí" in one.content for one in suggested] == [True]


@pytest.mark.parametrize(
    ("name", "sure", "asked"), [("bac-giang-2024", 11, 3), ("ha-tinh-2022", 10, 6), ("bac-ninh-2026", 25, 5)]
)
def test_figures_inside_texts_are_taken_or_asked_about(tmp_path: Path, name: str, sure: int, asked: int) -> None:
    found, suggested = kept(tmp_path, name, issuing=False)
    assert (len(found), len(suggested)) == (sure, asked)
    assert any("đất đai, xây dựng, đầu tư" in one.narrowed for one in found if one.parent_id)


@pytest.mark.parametrize(
    ("said", "goal"),
    [
        ("Tỷ lệ người dân thực hiện các dịch vụ công trực tuyến đạt tối thiểu 30% vào năm 2022", "≥ 30%"),
        ("Mức độ hài lòng của người dân và doanh nghiệp đạt tối thiểu 85%", "≥ 85%"),
        ("Năng suất lao động của nhân sự Trung tâm Phục vụ hành chính công là 1.600 hồ sơ", "= 1.600 hồ sơ"),
    ],
)
def test_goals_of_a_year_that_stand_in_a_report(said: str, goal: str) -> None:
    assert read_goal(said).said == goal
