"""What is kept of a case's life has its words in one place."""

import re
from pathlib import Path

from domain.cases import happenings
from domain.cases.lifecycle import Act

ROOT = Path(__file__).parents[2]
_NOTED = re.compile(r'note\(\s*unit,\s*[\w.]+,\s*("\w+"(?: if \w+ else "\w+")?)')


def test_whatever_an_action_notes_is_said_in_vietnamese() -> None:
    found = {
        act
        for file in (ROOT / "actions").rglob("*.py")
        for said in _NOTED.findall(file.read_text(encoding="utf-8"))
        for act in re.findall(r'"(\w+)"', said)
    }
    assert {"added", "spam", "not_spam", "identity_read"} <= found, "the acts are found at all"
    assert [act for act in sorted(found) if happenings.said(act) == act] == []


def test_what_is_the_offices_own_and_the_senders_is_known() -> None:
    for act in happenings.INSIDE | happenings.BY_SENDER:
        assert happenings.said(act) != act
    assert happenings.said(Act.FORWARD) == Act.FORWARD.label


def test_whatever_a_sender_is_told_can_be_named_in_a_few_words() -> None:
    kinds = {one.stem for one in (ROOT / "messages" / "templates" / "citizen" / "told").glob("*.txt")}
    assert kinds == set(happenings.TOLD)
