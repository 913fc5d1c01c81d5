"""What citizens are told of their case, and read of it themselves: whole in every turn, nothing of the inside."""

import re
from typing import Any

import pytest

from messages.render import render, template_names
from tests.cases_mine_values import MORE_MINE, OF_MINE
from tests.cases_told_values import MORE_TOLD, OF_TOLD
from tests.test_texts import LONGEST, LONGEST_HEAD, keeps_the_tone

TURNS = (*OF_TOLD.items(), *MORE_TOLD)
_INSIDE = re.compile(r"chuyển lại|trả lại|thẩm định|dự thảo|chờ duyệt|đầu mối|nội bộ|quá hạn|đồng chí", re.IGNORECASE)


def test_every_told_template_has_its_samples() -> None:
    assert set(OF_TOLD) == {name for name in template_names() if name.startswith("citizen/told/")}


@pytest.mark.parametrize(("name", "given"), TURNS, ids=[f"{name}-{at}" for at, (name, _) in enumerate(TURNS)])
def test_every_turn_keeps_the_rules(name: str, given: dict[str, Any]) -> None:
    text = render(name, **given)
    keeps_the_rules(text)
    head, _, rest = text.partition("\n")
    assert head.startswith(f"{given['case'].code}: ")
    assert rest.startswith("\n")
    assert not _INSIDE.search(text), text


def keeps_the_rules(text: str) -> None:
    """The rules of every text, and a first line that is no sentence."""
    head = text.partition("\n")[0]
    assert not head.endswith((":", ","))
    assert not re.search(r"\{\{|\{%|\bNone\b|\bTrue\b|\bFalse\b|<[\w.]+ object", text)
    assert not re.search(r"[ \t]+$|\S {2,}\S|\n{3,}|[(“] | [)”]|\(\)|“”| [,.;:]|,\.|\.\.", text, re.MULTILINE), text
    assert len(text) <= LONGEST
    assert len(head) <= LONGEST_HEAD
    keeps_the_tone(text)


@pytest.mark.parametrize(("name", "given"), MORE_MINE, ids=[f"{name}-{at}" for at, (name, _) in enumerate(MORE_MINE)])
def test_every_turn_of_the_own_cases_and_data_keeps_the_rules(name: str, given: dict[str, Any]) -> None:
    keeps_the_rules(render(name, **given))


def test_the_own_cases_and_data_have_their_samples() -> None:
    mine = {name for name in template_names() if name.startswith(("citizen/mine/", "citizen/data/", "data/"))}
    assert mine <= set(OF_MINE)
