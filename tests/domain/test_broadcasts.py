"""When one text to many leaves, and what it may not hold; when agencies are asked who their officers are."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.broadcasts import Audience, To, check_text, leaves_at
from domain.errors import ActRefused
from domain.local import VIETNAM, local
from domain.notices import Etiquette
from domain.reconfirming import asks_again, round_on
from domain.workdays import OfficeHours
from tests.domain.calendars import TET, moments

ETIQUETTE = Etiquette(OfficeHours(), TET)


@pytest.mark.parametrize(
    ("now", "minutes", "leaves"),
    [
        ("2026-03-16 09:00", 5, "2026-03-16 09:05"),
        ("2026-03-16 09:00", 0, "2026-03-16 09:00"),
        ("2026-03-16 11:28", 5, "2026-03-16 13:30"),
        ("2026-03-16 20:00", 5, "2026-03-17 07:30"),
        ("2026-03-20 16:58", 5, "2026-03-23 07:30"),
        ("2026-02-13 16:59", 5, "2026-02-23 07:30"),
    ],
)
def test_it_leaves_after_its_minutes_in_office_hours(now: str, minutes: int, leaves: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=VIETNAM)
    assert f"{leaves_at(moment, minutes, ETIQUETTE):%Y-%m-%d %H:%M}" == leaves


@given(moments(date(2026, 1, 5), date(2026, 5, 20)), st.integers(0, 120))
def test_it_never_leaves_early_or_outside_office_hours(now: datetime, minutes: int) -> None:
    leaves = leaves_at(now, minutes, ETIQUETTE)
    assert (leaves - local(now)).total_seconds() >= minutes * 60
    assert ETIQUETTE.open_now(leaves)


@pytest.mark.parametrize(
    "text",
    [
        "Họp lúc 8h",
        "x" * 1201,
        "Đề nghị xử lý PAKN-SL-2026-000123 của người dân trong tuần này",
        "Đề nghị kiểm tra hồ sơ của công dân số 001099000123 trong tuần",
    ],
)
def test_what_may_not_go_to_many(text: str) -> None:
    with pytest.raises(ActRefused):
        check_text(text)


def test_what_may_go_to_many() -> None:
    assert check_text("Họp giao ban trực tuyến 8 giờ thứ Sáu, liên hệ 0900 000 000")


def test_an_audience_is_kept_as_it_is() -> None:
    one = Audience(To.LEVEL, (1, 2, 3), "cán bộ đầu mối của các sở")
    assert Audience.from_json(one.to_json()) == one


@pytest.mark.parametrize(
    ("day", "running"),
    [
        ("2026-01-01", None),  # Tết Dương lịch, then a swapped day off
        ("2026-01-02", None),
        ("2026-01-05", "2026-01"),
        ("2026-01-30", "2026-01"),
        ("2026-02-02", None),
        ("2026-07-01", "2026-07"),
    ],
)
def test_the_rounds_of_a_year(day: str, running: str | None) -> None:
    assert round_on(date.fromisoformat(day), "1,7", TET) == running


def test_who_is_silent_is_asked_again_after_five_working_days() -> None:
    asked = datetime(2026, 7, 1, 8, tzinfo=VIETNAM)
    assert [day for day in range(2, 12) if asks_again(asked, date(2026, 7, day), TET)] == [8, 9, 10, 11]
