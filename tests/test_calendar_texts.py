"""The texts about the work calendar and digests in every turn that they can take."""

import re
from typing import Any

import pytest

from messages.render import render
from tests import digest_values
from tests.calendar_values import MORE
from tests.test_texts import LONGEST, LONGEST_HEAD, keeps_the_tone

EVERY = (*MORE, *digest_values.MORE)


@pytest.mark.parametrize(("name", "given"), EVERY, ids=[f"{name}-{at}" for at, (name, _) in enumerate(EVERY)])
def test_every_turn_renders_and_keeps_the_rules(name: str, given: dict[str, Any]) -> None:
    text = render(name, **given)
    assert not re.search(r"\{\{|\{%|\bNone\b|\bTrue\b|\bFalse\b|<[\w.]+ object", text)
    assert not re.search(r"[ \t]+$|\S {2,}\S|\n{4,}|[(“] | [)”]|\(\)|“”| [,.;:]|,\.", text, re.MULTILINE), text
    assert len(text) <= LONGEST
    assert len(text.partition("\n")[0]) <= LONGEST_HEAD
    keeps_the_tone(text)
