"""The texts by which a citizen submits feedback, in every turn that they can take."""

import re
from typing import Any

import pytest

from messages.render import render, template_names
from tests.feedback_values import MORE_FEEDBACK, OF_FEEDBACK
from tests.test_texts import LONGEST, LONGEST_HEAD, keeps_the_tone

TURNS = (*OF_FEEDBACK.items(), *MORE_FEEDBACK)


def test_every_question_has_its_samples() -> None:
    asked = {name for name in template_names() if re.match(r"citizen/(ask|sounds)_", name)}
    assert asked <= set(OF_FEEDBACK)


@pytest.mark.parametrize(("name", "given"), TURNS, ids=[f"{name}-{at}" for at, (name, _) in enumerate(TURNS)])
def test_every_turn_keeps_the_rules(name: str, given: dict[str, Any]) -> None:
    text = render(name, **given)
    head, _, rest = text.partition("\n")
    assert rest.startswith("\n")
    assert not re.search(r"\{\{|\{%|\bNone\b|\bTrue\b|\bFalse\b|<[\w.]+ object", text)
    assert not re.search(r"[ \t]+$|\S {2,}\S|\n{3,}|[(“] | [)”]|\(\)|“”| [,.;:]|,\.", text, re.MULTILINE), text
    assert len(text) <= LONGEST
    assert len(head) <= LONGEST_HEAD
    keeps_the_tone(text)
