"""Words of texts that every channel brings: commands without a stroke, and what and when in the first line."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from messages.render import render
from tests.template_values import CASES
from web.proof import NOT_HERE

ROOT = Path(__file__).parent.parent
SPEAKING = ("actions", "bot", "domain", "messages", "scheduler", "web")
_STROKE = re.compile(r"\bgõ /\w", re.IGNORECASE)


def test_nobody_is_asked_to_type_a_stroke_before_a_command() -> None:
    """In a group chat alone it is needed: Telegram brings the bot nothing else there."""
    files = [one for folder in SPEAKING for ending in ("py", "txt") for one in (ROOT / folder).rglob(f"*.{ending}")]
    assert len(files) > 200
    found = [str(one.relative_to(ROOT)) for one in files if _STROKE.search(one.read_text(encoding="utf-8"))]
    assert [one for one in found if "/groups" not in one] == []


def test_the_page_of_a_proof_speaks_to_whoever_may_lead() -> None:
    assert "đồng chí" in NOT_HERE
    assert "anh/chị" not in NOT_HERE


def cases(*days: date) -> list[Any]:
    return [SimpleNamespace(**{**vars(CASES[0]), "due_on": day}) for day in days]


@pytest.mark.parametrize("private", [True, False])
def test_new_cases_say_first_how_many_and_the_nearest_day(*, private: bool) -> None:
    told = cases(date(2026, 3, 25), date(2026, 3, 23), date(2026, 3, 24))
    said = {"cases": told, "count": len(told), "day": date(2026, 1, 12), "private": private}
    head = render("headlines/new_case", **said)
    assert head == "3 phản ánh, kiến nghị mới, chậm nhất thứ Hai 23/03/2026 phải chuyển"
    heading = render("notices/new_case", **said).split("\n", 1)[0]
    assert heading.isupper(), "left out where nothing else is said"
