"""What a sender may do in each state, and the words by which an answer is rated."""

from datetime import date, timedelta

import pytest

from domain.cases.decisions import Rating
from domain.cases.lifecycle import State
from domain.cases.senders import Standing, Turn, rating_in, turns, until_again

DAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("standing", "offered"),
    [
        (Standing(State.WAITING_RECEPTION), {Turn.ADD, Turn.WITHDRAW}),
        (Standing(State.SUPPLEMENT_ASKED, asked=True), {Turn.SUPPLEMENT, Turn.WITHDRAW}),
        (Standing(State.IN_PROGRESS), {Turn.ADD, Turn.WITHDRAW}),
        (Standing(State.CLARIFYING, asked=True), {Turn.ANSWER, Turn.WITHDRAW}),
        (Standing(State.REFUSED), {Turn.APPEAL}),
        (Standing(State.REFUSED, appeals=1), set()),
        (Standing(State.REFUSED, timed_out=True, appeals=1), {Turn.SUPPLEMENT}),
        (Standing(State.ANSWERED, answered_on=DAY), {Turn.RATE, Turn.AGAIN}),
        (Standing(State.PUBLISHED, answered_on=DAY, rated=True), {Turn.AGAIN}),
        (Standing(State.ANSWERED, answered_on=DAY - timedelta(days=15)), {Turn.RATE, Turn.AGAIN}),
        (Standing(State.ANSWERED, answered_on=DAY - timedelta(days=16)), {Turn.RATE}),
        (Standing(State.ANSWERED, answered_on=DAY - timedelta(days=16), reopen_days=20, rated=True), {Turn.AGAIN}),
        (Standing(State.MERGED, answered_on=DAY), {Turn.RATE}),
        (Standing(State.MERGED, answered_on=DAY, rated=True), set()),
        *((Standing(state), set()) for state in (State.GUIDED, State.WITHDRAWN, State.ARCHIVED, State.MERGED)),
    ],
)
def test_what_a_sender_may_do(standing: Standing, offered: set[Turn]) -> None:
    assert set(turns(standing, DAY)) == offered


def test_who_may_report_again_is_told_until_when() -> None:
    assert until_again(Standing(State.ANSWERED, answered_on=DAY)) == date(2026, 3, 31)
    assert until_again(Standing(State.IN_PROGRESS)) is None


def test_every_turn_has_a_label_of_its_own() -> None:
    assert len({turn.label for turn in Turn}) == len(Turn)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("Hài lòng", Rating.GOOD),
        ("rất hài lòng.", Rating.GOOD),
        ("binh thuong", Rating.FAIR),
        ("Không hài lòng", Rating.BAD),
        ("chưa hài lòng!", Rating.BAD),
        ("không hài lòng vì chưa sửa đường", None),
        ("hài lòng gì mà hài lòng", None),
        ("cảm ơn", None),
    ],
)
def test_a_rating_in_words(text: str, rating: Rating | None) -> None:
    assert rating_in(text) is rating
