"""What follows from how an attempt ended."""

from datetime import timedelta

import pytest

from domain.delivery import Delivered, Next, Outcome, Reason, Refused, State, Unknown, after, backoff

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
        (Refused(Reason.BROKEN, "bad request"), 1, 0, Next(State.FAILED)),
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
