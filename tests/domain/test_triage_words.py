"""What the register says of a case: every state names who is next, and late is never said of what is closed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.cases.lifecycle import State
from domain.cases.triage_words import BEFORE_TRANSFER, clock, clocks, waits

MONDAY, FRIDAY = date(2026, 1, 12), date(2026, 1, 16)


@pytest.mark.parametrize("state", State)
def test_every_open_state_names_whose_step_is_next(state: State) -> None:
    said = waits(state, "Sở Tư pháp")
    assert ("không còn chờ ai" in said) == (not state.is_open and state is not State.FORWARDED_OUTSIDE)
    assert ("Văn phòng" in said) == (state.is_with_office and state is not State.SUPPLEMENT_ASKED)
    assert "{" not in said
    if state.is_with_agency:
        assert "Sở Tư pháp" in said


def test_what_a_second_person_must_agree_on_and_what_may_be_published() -> None:
    assert "An đề xuất" in waits(State.CLASSIFYING, proposed_by="An")
    assert waits(State.REFUSED, proposed_by="An") == "không còn chờ ai"
    assert waits(State.ANSWERED, publishable=True) == "chờ Văn phòng công khai"
    assert waits(State.ANSWERED) == "không còn chờ ai"


@pytest.mark.parametrize(
    ("state", "due_on", "today", "left", "said"),
    [
        (State.WAITING_RECEPTION, FRIDAY, MONDAY, 4, "hạn chuyển thứ Sáu 16/01/2026, còn 4 ngày làm việc"),
        (State.CLASSIFYING, FRIDAY, FRIDAY, 0, "hạn chuyển hôm nay, thứ Sáu 16/01/2026"),
        (State.CLASSIFYING, FRIDAY, date(2026, 1, 20), -2, "QUÁ HẠN CHUYỂN 2 ngày làm việc (thứ Sáu 16/01/2026)"),
        (State.IN_PROGRESS, FRIDAY, date(2026, 1, 17), 0, "QUÁ HẠN TRẢ LỜI (thứ Sáu 16/01/2026)"),
        (State.REOPENED, FRIDAY, date(2026, 1, 15), 1, "hạn quyết định thứ Sáu 16/01/2026, còn 1 ngày làm việc"),
        (State.FORWARDED, None, MONDAY, 0, "chưa đặt hạn trả lời, đã 7 ngày làm việc từ ngày nhận"),
        (State.ANSWERED, FRIDAY, date(2026, 1, 21), -3, "nhận cách đây 7 ngày làm việc"),
    ],
)
def test_the_clock_in_words(state: State, due_on: date | None, today: date, left: int, said: str) -> None:
    assert clock(state, due_on, today, left, 7) == said


def test_a_collected_case_tells_the_day_of_its_review() -> None:
    assert clock(State.COLLECTED, None, MONDAY, 0, 7, FRIDAY) == "xem xét lại trước hết thứ Sáu 16/01/2026"


@given(some.sampled_from(State), some.integers(-400, 400))
def test_late_is_said_of_open_cases_past_their_date_and_of_no_other(state: State, left: int) -> None:
    said = clock(state, FRIDAY, FRIDAY - timedelta(days=left), left, 30)
    assert ("QUÁ" in said) == (state.is_open and left < 0)
    if state.is_open and left > 0:
        assert ("chuyển" in said) == (state in BEFORE_TRANSFER)


def test_both_numbers_of_the_age_are_said() -> None:
    said = clocks(FRIDAY, 12, 4, date(2026, 2, 3))
    assert said == (
        "Tổng thời gian: 12 ngày làm việc từ 16/01/2026 đến 03/02/2026; trong đó chờ người gửi 4 ngày làm việc"
    )
