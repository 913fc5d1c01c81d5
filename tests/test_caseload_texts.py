"""What agencies are told of citizens' cases: for every role, short, and on foreign channels codes, kinds and dates."""

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from bot.caseload.opens import readable
from bot.desk import Desk
from channels.telegram import CAN as TELEGRAM
from channels.webchat import CAN as WEBCHAT
from messages.render import render
from tests.caseload_values import ALONE, LATE, LONG, OF_CASELOAD, case
from tests.test_texts import LONGEST, LONGEST_HEAD, keeps_the_tone

NOTICES = sorted(name for name in OF_CASELOAD if "/case_" in name)
HOLDING = {
    "caseload/list",
    "caseload/card",
    *(f"notices/case_{kind}" for kind in ("forwarded", "reminder", "overdue", "returned", "event", "urged")),
}
SHOWING = [*NOTICES, "caseload/list", "caseload/card"]


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


def test_who_approves_reads_the_words_on_every_channel() -> None:
    """Nobody is asked for a yes to what is not shown; where persons may not be named, they are masked."""
    draft = "Sở đã yêu cầu bộ phận Một cửa trả kết quả cho ông Nguyễn Mẫu An, điện thoại 0912 345 678."
    on_page, in_telegram = (readable(cast(Desk, SimpleNamespace(can=can)), draft) for can in (WEBCHAT, TELEGRAM))
    assert on_page == draft
    assert in_telegram.startswith("Sở đã yêu cầu bộ phận Một cửa trả kết quả cho ông")
    assert "Mẫu An" not in in_telegram
    assert "345" not in in_telegram
    values = {**OF_CASELOAD["caseload/confirm_approval"], "text": "Sở đã trả kết quả. " * 100, "private": False}
    assert "xin đọc hết trên trang làm việc" in render("caseload/confirm_approval", **values)


def test_a_new_case_about_no_named_agency_says_none() -> None:
    fresh = {"code": "PAKN-BN-2026-000009", "due_on": date(2026, 1, 19), "about": "", "content": "Thủ tục rườm rà quá"}
    said = render("notices/new_case", cases=[fresh], private=True)
    assert "\nThủ tục rườm rà quá" in said
    assert "Về" not in said
