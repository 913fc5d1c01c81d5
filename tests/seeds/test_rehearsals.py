"""A rehearsed year of each real plan: what the ladder and the etiquette promise, message by message.

Each year is played once, by the one test that looks at it.
"""

from datetime import date
from pathlib import Path

import pytest

from app.reading import read_plan
from app.rehearsal import Answers, Script, rehearse
from tests.rehearsal import promises
from tests.rehearsal.promises import Year

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PLANS = {"bac-giang-2024": 2024, "ha-tinh-2022": 2022, "bac-ninh-2026": 2026, "ba-to-2024": 2024}

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the real plans are not beside this checkout"),
]

every_plan = pytest.mark.parametrize("name", list(PLANS))


def play(name: str, answers: Answers) -> Year:
    draft = read_plan(SEEDS / f"{name}.txt").draft
    first, last = date(PLANS[name], 1, 1), date(PLANS[name], 12, 31)
    return Year(rehearse(Script(draft, promises.directory_of(draft), first, last, answers)))


@every_plan
def test_a_year_in_which_nobody_answers(name: str) -> None:
    year = play(name, "none")
    assert year.dated
    promises.check_etiquette(year)
    promises.check_announced_and_reminded(year)
    assert promises.climbed(year)


@every_plan
def test_a_year_in_which_everybody_answers_in_time(name: str) -> None:
    year = play(name, "prompt")
    promises.check_etiquette(year)
    assert promises.overdue_codes(year) == set()


@every_plan
def test_a_year_in_which_everybody_answers_late(name: str) -> None:
    year = play(name, "late")
    promises.check_etiquette(year)
    assert promises.overdue_codes(year)
    promises.check_silence_after(year, working_days=6)
