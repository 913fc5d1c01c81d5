"""The register of breaches: the 72 hours, what may be left out, what is late."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import ActRefused
from domain.incidents import RULES, Mark, State, Step, countdown, due_at, left, marked, said, state_of

FOUND = datetime(2026, 2, 13, 9, tzinfo=UTC)  # a Friday before Tết: hours run on
H = timedelta(hours=1)


@pytest.mark.parametrize(
    ("after", "done", "state"),
    [
        (0 * H, None, State.OPEN),
        (47 * H, None, State.OPEN),
        (48 * H, None, State.PRESSING),
        (72 * H, None, State.PRESSING),
        (73 * H, None, State.LATE),
        (100 * H, 72 * H, State.DONE),
        (100 * H, 72 * H + timedelta(minutes=1), State.DONE_LATE),
    ],
)
def test_the_authority_within_72_hours(after: timedelta, done: timedelta | None, state: State) -> None:
    mark = None if done is None else Mark(FOUND + done)
    assert due_at(Step.AUTHORITY, FOUND) == datetime(2026, 2, 16, 9, tzinfo=UTC)
    assert state_of(Step.AUTHORITY, FOUND, mark, FOUND + after) is state


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(0), "còn 72 giờ 00 phút"),
        (timedelta(hours=30, minutes=40), "còn 41 giờ 20 phút"),
        (timedelta(hours=72), "còn 0 giờ 00 phút"),
        (timedelta(hours=75, minutes=5), "đã quá 3 giờ 05 phút"),
    ],
)
def test_the_countdown_in_words(after: timedelta, words: str) -> None:
    assert said(countdown(FOUND, FOUND + after)) == words


def test_steps_without_a_limit_are_never_late() -> None:
    for step in set(Step) - {Step.AUTHORITY}:
        assert due_at(step, FOUND) is None
        assert state_of(step, FOUND, None, FOUND + 9999 * H) is State.OPEN


def test_an_incident_closes_when_no_step_is_left() -> None:
    marks: dict[Step, Mark] = {}
    assert left(marks) == tuple(Step) == tuple(RULES)
    for step in Step:
        reason = "không ai bị ảnh hưởng" if step is Step.PEOPLE else ""
        marks = marked(step, marks, Mark(FOUND + H, reason), FOUND)
    assert left(marks) == ()
    assert state_of(Step.PEOPLE, FOUND, marks[Step.PEOPLE], FOUND) is State.SKIPPED
    assert [one for one in State if one.is_open] == [State.OPEN, State.PRESSING, State.LATE]


@pytest.mark.parametrize(
    ("step", "mark", "words"),
    [
        (Step.AUTHORITY, Mark(FOUND, "không muốn"), "bắt buộc"),
        (Step.CONTAIN, Mark(FOUND - H), "trước thời điểm phát hiện"),
        (Step.RECORD, Mark(FOUND + H), "đã được ghi"),
    ],
)
def test_what_cannot_be_marked(step: Step, mark: Mark, words: str) -> None:
    with pytest.raises(ActRefused, match=words):
        marked(step, {Step.RECORD: Mark(FOUND)}, mark, FOUND)
