"""A ladder that an office writes: read back as it was written, and refused with one sentence for every rule broken."""

import re
from dataclasses import replace
from datetime import time
from functools import partial
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ActRefused
from domain.ladder import DEFAULT, SHIPPED, WITH_DRAFT, From, Kind, Ladder, Rung
from domain.ladder_files import MOST_RUNGS, SAYS, check, from_toml, to_toml, when
from domain.people import Role
from domain.workdays import OfficeHours, Span

HOURS = OfficeHours()

SMALL = """
name = "gọn"

[[rung]]
name = "issue"
base = "issue"
role = "officer"
kind = "assigned"

[[rung]]
name = "t3"
base = "target"
days = -3
role = "officer"
at = "09:15"
kind = "reminder"
"""


@pytest.mark.parametrize("ladder", SHIPPED, ids=lambda one: one.name)
def test_what_comes_with_the_program_passes_and_comes_back_from_its_own_file(ladder: Ladder) -> None:
    assert from_toml(to_toml(ladder), HOURS) == ladder


def test_a_small_ladder() -> None:
    assert from_toml(SMALL, HOURS) == Ladder(
        "gọn",
        (
            Rung("issue", From.ISSUE, 0, Role.OFFICER, "08:00", Kind.ASSIGNED),
            Rung("t3", From.TARGET, -3, Role.OFFICER, "09:15", Kind.REMINDER),
        ),
    )


def rung(**values: object) -> str:
    """One more rung of the small ladder, as its file says it."""
    given = {"name": "x", "base": "target", "days": 1, "role": "officer", "kind": "overdue", **values}
    rows = (
        f"{key} = {value if isinstance(value, int) else f'{chr(34)}{value}{chr(34)}'}" for key, value in given.items()
    )
    return SMALL + "\n[[rung]]\n" + "\n".join(rows)


def over(role: str, days: int, kind: str = "escalation") -> str:
    return rung(name=f"o-{role}-{days}", role=role, days=days, kind=kind).removeprefix(SMALL)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "không đúng cú pháp TOML"),
        ('name = "a"\nname = "b"\n', "cú pháp TOML ở dòng 2"),
        ("name = 'a'", "từ 1 đến 40 bậc"),
        ("name = 'a'\nrung = 3", "từ 1 đến 40 bậc"),
        ("name = 'a'\nrung = [3]", "phải là một mục [[rung]]"),
        (SMALL.replace('name = "gọn"', "name = 5"), "cần mục name"),
        (SMALL.replace("gọn", "a" * 41), "từ 1 đến 40 ký tự"),
        (SMALL.replace('name = "gọn"', 'name = "a"\nmau = 1'), "mục lạ “mau”"),
        (SMALL.replace('name = "gọn"', 'name = "a"\ninternal_days = 0'), "internal_days là số ngày làm việc"),
        (SMALL.replace('name = "gọn"', 'name = "a"\ninternal_days = true'), "internal_days là số ngày làm việc"),
        (SMALL.replace('name = "gọn"', 'name = "a"\ninternal_days = 5'), "không bậc nào có base internal"),
        (SMALL.replace('kind = "reminder"', 'kind = "reminder"\nto = "ai"'), "Bậc thứ 2 có mục lạ “to”"),
        (SMALL.replace('kind = "reminder"', ""), "Bậc thứ 2 thiếu mục kind"),
        (SMALL.replace('"t3"', '"t 3"'), "không có dấu cách"),
        (SMALL.replace('"t3"', f'"{"t" * 31}"'), "1 đến 30 chữ"),
        (SMALL.replace('"t3"', "7"), "1 đến 30 chữ"),
        (SMALL.replace('"t3"', '"issue"'), "Tên bậc “issue” dùng hai lần"),
        (SMALL.replace("-3", "-3.5"), "days là một số nguyên"),
        (SMALL.replace("-3", "-366"), "days là một số nguyên"),
        (SMALL.replace("09:15", "9:15"), "giờ và phút"),
        (SMALL.replace("09:15", "24:00"), "giờ và phút"),
        (SMALL.replace("09:15", "12:00"), "ngoài giờ làm việc"),
        (SMALL.replace("09:15", "17:00"), "ngoài giờ làm việc"),
        (SMALL.replace('base = "target"', 'base = "moon"'), "base chỉ nhận issue, agenda, start, internal, target"),
        (SMALL.replace('role = "officer"\nat', 'role = "admin"\nat'), "role chỉ nhận officer, head, coordinator"),
        (SMALL.replace('kind = "reminder"', 'kind = "song"'), "kind chỉ nhận assigned"),
        (SMALL.replace('kind = "reminder"', 'kind = "requested"'), "kind chỉ nhận assigned"),
        (SMALL.replace('kind = "assigned"', 'kind = "reminder"'), "base issue đi với kind assigned"),
        (SMALL.replace('base = "issue"', 'base = "issue"\ndays = 1'), "chỉ nhận days = 0"),
        (SMALL.replace('role = "officer"\nkind = "assigned"', 'role = "head"\nkind = "assigned"'), "chỉ gửi officer"),
        (SMALL.split("[[rung]]")[0] + "[[rung]]" + SMALL.split("[[rung]]")[2], "báo giao việc"),
        (SMALL.replace("days = -3", "days = 0"), "ít nhất một bậc nhắc trước hạn"),
        (rung(base="agenda", days=3), "base agenda cần days nhỏ hơn 0"),
        (rung(base="start", days=0), "chỉ dùng cho kind reminder"),
        (rung(kind="reminder"), "chỉ đặt trước hoặc đúng hạn"),
        (rung(days=0), "cần days từ 1"),
        (rung(kind="escalation"), "chỉ gửi head, coordinator hoặc leader"),
        (rung(role="head"), "chỉ gửi officer"),
        (rung(base="internal", days=0), "base internal đi với kind internal"),
        (rung(base="internal", days=0, kind="internal"), "chưa có mục internal_days"),
        (rung(base="internal", days=0, kind="internal", role="leader"), "chỉ gửi officer hoặc head"),
        ('internal_days = 3\n' + rung(base="internal", days=3, kind="internal"), "rơi vào hoặc sau hạn chính thức"),
        (rung(days=-3, kind="reminder"), "trùng ngày và người nhận"),
        (SMALL + over("head", 3), "cần một bậc overdue cho officer"),
        (rung(days=3) + over("head", 3), "Bậc cho head phải sau bậc đầu tiên cho officer"),
        (rung() + over("head", 5) + over("coordinator", 4), "Bậc cho coordinator phải sau bậc đầu tiên cho head"),
        (rung(days=1) + "".join(over("officer", 11 + 5 * n, "overdue") for n in range(9)), "nhiều nhất 8 lần"),
        (rung(days=1) + over("officer", 15, "overdue") + over("officer", 19, "overdue"), "cách nhau từ 5 ngày"),
        (rung() + "".join(over("officer", n, "overdue") for n in range(2, 2 + MOST_RUNGS)), "từ 1 đến 40 bậc"),
    ],
)  # fmt: skip
def test_a_rule_broken_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ActRefused) as refused:
        from_toml(text, HOURS)
    assert said in refused.value.sentence
    assert refused.value.sentence.endswith(".")
    assert "\n" not in refused.value.sentence


def test_hours_are_the_offices_own() -> None:
    late = OfficeHours(Span(time(10), time(12)), Span(time(14), time(18)))
    with pytest.raises(ActRefused, match="08:00 nằm ngoài"):
        check(DEFAULT, late)
    check(replace(DEFAULT, rungs=tuple(replace(one, at="10:00") for one in DEFAULT.rungs)), late)


def test_every_rung_can_be_told_to_a_person() -> None:
    told = {one.name: when(one) for one in WITH_DRAFT.rungs}
    assert told["draft2"] == "trước hạn nội bộ 2 ngày làm việc"
    assert told["draft0"] == "đúng hạn nội bộ"
    assert told["t14"] == "đầu tuần của ngày trước hạn 14 ngày"
    assert told["over3"] == "sau hạn 3 ngày làm việc"
    others = {Kind.REQUESTED, *(one for one in Kind if one.of_case)}
    assert set(SAYS) == set(Kind) - others, "what one agency asks of another, and cases, have ladders of their own"


def test_what_counts_from_the_hand_over_of_a_case_is_no_offices_ladder() -> None:
    with pytest.raises(ActRefused, match="base chỉ nhận"):
        from_toml(SMALL.replace('base = "target"', 'base = "after"'), HOURS)


@given(st.text())
def test_whatever_stands_in_a_file_is_read_or_refused(text: str) -> None:
    with pytest.raises(ActRefused):
        from_toml(text, HOURS)


NAMES = (
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30)
    .map(partial(normalize, "NFC"))
    .filter(re.compile(r"\w{1,30}").fullmatch)
)
"""Some letters of one character have two in their normal form, the second of which is no letter."""


@given(
    name=st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40),
    rungs=st.lists(NAMES, min_size=2, max_size=2, unique=True),
)
def test_names_survive_the_file(name: str, rungs: list[str]) -> None:
    issue, reminder = from_toml(SMALL, HOURS).rungs
    ladder = Ladder(name, (replace(issue, name=rungs[0]), replace(reminder, name=rungs[1])))
    again = from_toml(to_toml(ladder), HOURS)
    assert from_toml(to_toml(again), HOURS) == again
    assert len(again.rungs) == 2
