"""What follows from how an attempt ended."""

from datetime import timedelta

import pytest

from domain.delivery import (
    Delivered,
    Next,
    Outcome,
    Reason,
    Refused,
    State,
    Unknown,
    after,
    backoff,
    reason_of,
    told,
)

S = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("outcome", "attempts", "unknowns", "expected"),
    [
        (Delivered("17"), 1, 0, Next(State.SENT)),
        (Delivered("17"), 5, 1, Next(State.SENT)),
        (Unknown("timeout"), 1, 1, Next(State.WAITING, 2 * S, repeat=True)),
        (Unknown("timeout"), 2, 2, Next(State.UNKNOWN)),
        (Unknown("timeout"), 9, 1, Next(State.WAITING, 2 * S, repeat=True)),
        (Refused(Reason.BLOCKED), 1, 0, Next(State.FAILED, endpoint_dead=True)),
        (Refused(Reason.BLOCKED), 3, 1, Next(State.FAILED, endpoint_dead=True)),
        (Refused(Reason.BROKEN, "bad request"), 1, 0, Next(State.WAITING, plainly=True)),
        (Refused(Reason.FLOOD, retry_after=35.0), 1, 0, Next(State.WAITING, 35 * S)),
        (Refused(Reason.FLOOD), 2, 0, Next(State.WAITING, 4 * S)),
        (Refused(Reason.MOVED, new_chat="-100"), 1, 0, Next(State.WAITING)),
        (Refused(Reason.UNREACHED), 1, 0, Next(State.WAITING, 2 * S)),
        (Refused(Reason.UNREACHED), 4, 0, Next(State.WAITING, 16 * S)),
        (Refused(Reason.UNREACHED), 40, 0, Next(State.WAITING, timedelta(minutes=10))),
        (Refused(Reason.ACCOUNT), 1, 0, Next(State.WAITING, 2 * S)),
    ],
)
def test_what_follows(outcome: Outcome, attempts: int, unknowns: int, expected: Next) -> None:
    assert after(outcome, attempts, unknowns) == expected


def test_what_is_refused_as_bare_text_too_can_only_go_elsewhere() -> None:
    decided = after(Refused(Reason.BROKEN, "bad request"), 2, 0, plain=True)
    assert decided == Next(State.FAILED, elsewhere=True)


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        (Refused(Reason.BROKEN, "Bad Request: can't parse entities"), "broken"),
        (Refused(Reason.ACCOUNT), "account"),
        (Unknown("timeout: read"), "unknown"),
    ],
)
def test_an_ending_is_kept_so_that_its_reason_can_be_read_back(outcome: Refused | Unknown, kept: str) -> None:
    assert reason_of(told(outcome)) == kept
    assert outcome.detail in told(outcome)
    assert reason_of(None) == ""


def test_only_what_may_have_arrived_is_marked_as_a_repeat() -> None:
    certain = [after(Refused(reason), 1, 0) for reason in Reason]
    assert not [one for one in certain if one.repeat]


def test_every_refusal_is_decided_and_none_is_taken_for_sent() -> None:
    for reason in Reason:
        decided = after(Refused(reason), 1, 0)
        assert decided.state in (State.WAITING, State.FAILED)
        assert decided.endpoint_dead == (reason is Reason.BLOCKED)


def test_waiting_doubles_up_to_ten_minutes() -> None:
    waits = [backoff(failures).total_seconds() for failures in range(1, 12)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]
    assert backoff(10_000) == timedelta(minutes=10)


def test_which_states_are_final() -> None:
    assert {state.value for state in State if not state.is_final} == {"waiting", "sending"}
