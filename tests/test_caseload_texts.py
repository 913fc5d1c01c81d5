"""What agencies are told of citizens' cases: for every role, short, and on foreign channels codes, kinds and dates."""

import pytest

from messages.render import render
from tests.caseload_values import ALONE, LATE, LONG, OF_CASELOAD, case
from tests.test_texts import LONGEST, LONGEST_HEAD, keeps_the_tone

NOTICES = sorted(name for name in OF_CASELOAD if "/case_" in name)
HOLDING = {
    "caseload/list",
    "caseload/card",
    "caseload/confirm_approval",
    *(f"notices/case_{kind}" for kind in ("forwarded", "reminder", "overdue", "returned", "event", "urged")),
}
SHOWING = [*NOTICES, "caseload/list", "caseload/card", "caseload/confirm_approval"]


@pytest.mark.parametrize("role", ["officer", "head", "coordinator"])
@pytest.mark.parametrize("name", NOTICES)
def test_one_case_alone_for_every_role(name: str, role: str) -> None:
    only = [LATE] if "over" in name or "escalation" in name else [case(urgent=False)]
    text = render(name, **{**ALONE, "role": role, "told": only})
    assert only[0].code in text
    assert len(text.partition("\n")[0]) <= LONGEST_HEAD
    assert "\n\n\n" not in text
    keeps_the_tone(text)


@pytest.mark.parametrize("name", SHOWING)
def test_what_a_citizen_wrote_stays_where_it_may_be_read(name: str) -> None:
    words = LONG[:40]
    private, foreign = (render(name, **{**OF_CASELOAD[name], "private": one}) for one in (True, False))
    assert words not in foreign
    assert len(private) <= LONGEST
    assert (words in private) == (name in HOLDING), "the sample holds what is to be hidden"
