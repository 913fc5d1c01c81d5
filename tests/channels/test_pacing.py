"""Pacing: a table of moments, and the promise that holds whatever the network does."""

import heapq
import math
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from channels.pacing import GUARD, Limits, Pacer, Waiting
from tests.timers import ManualTimer

STEP = 1 / 30
ROUNDING = 1e-6


def exchange(pacer: Pacer, timer: ManualTimer, chat: str, trip: float = 0.1, group: bool = False) -> None:
    """Send one message and have it answered after `trip` seconds."""
    pacer.started(chat, group)
    timer.advance(trip)
    pacer.answered(chat)


@pytest.fixture
def timer() -> ManualTimer:
    return ManualTimer()


@pytest.fixture
def pacer(timer: ManualTimer) -> Pacer:
    return Pacer(timer)


def test_the_first_message_starts_at_once(pacer: Pacer, timer: ManualTimer) -> None:
    assert pacer.ready_at("1") <= timer.now


def test_starts_are_evenly_spaced(pacer: Pacer, timer: ManualTimer) -> None:
    exchange(pacer, timer, "1", trip=0.001)
    assert pacer.ready_at("2") == pytest.approx(1000 + STEP)


def test_a_late_wake_up_is_made_good_a_long_one_is_not(pacer: Pacer, timer: ManualTimer) -> None:
    exchange(pacer, timer, "1", trip=0.001)
    timer.now = 1000 + STEP * 1.5
    exchange(pacer, timer, "2", trip=0.001)
    assert pacer.ready_at("3") == pytest.approx(1000 + STEP * 2)
    timer.now = 1000 + STEP * 4
    exchange(pacer, timer, "3", trip=0.001)
    assert pacer.ready_at("4") == pytest.approx(1000 + STEP * 5)


def test_a_chat_waits_a_second_from_when_the_server_counted(pacer: Pacer, timer: ManualTimer) -> None:
    exchange(pacer, timer, "1", trip=0.1)
    timer.advance(1)
    begun = timer.now
    exchange(pacer, timer, "2", trip=0.3)
    assert pacer.ready_at("2") == pytest.approx(begun + 0.3 - 0.1 + GUARD + 1)


def test_a_chat_in_flight_waits_for_its_answer(pacer: Pacer, timer: ManualTimer) -> None:
    pacer.started("1")
    timer.advance(5)
    assert pacer.ready_at("1") == math.inf
    assert pacer.ready_at("2") <= timer.now
    with pytest.raises(ValueError, match="in flight"):
        pacer.started("1")


def test_an_answer_to_nothing_is_an_error(pacer: Pacer, timer: ManualTimer) -> None:
    with pytest.raises(KeyError):
        pacer.answered("1")
    exchange(pacer, timer, "1")
    with pytest.raises(KeyError):
        pacer.answered("1")


def test_the_thirty_first_waits_for_the_first_answer(timer: ManualTimer) -> None:
    pacer = Pacer(timer)
    exchange(pacer, timer, "first", trip=0.1)  # the least round trip
    timer.advance(10)
    begun = timer.now
    exchange(pacer, timer, "slow", trip=0.9)
    for number in range(29):
        exchange(pacer, timer, str(number), trip=0.0)
        timer.advance(0.001)
    assert pacer.account_ready_at() == pytest.approx(begun + 0.9 + GUARD + 1)


def test_a_group_takes_twenty_a_minute(pacer: Pacer, timer: ManualTimer) -> None:
    begun = timer.now
    for _ in range(20):
        timer.now = max(timer.now, pacer.ready_at("-5", group=True))
        exchange(pacer, timer, "-5", group=True)
    assert timer.now < begun + 25
    assert pacer.ready_at("-5", group=True) == pytest.approx(begun + 60 + GUARD)
    assert pacer.ready_at("-6", group=True) <= timer.now + STEP


@pytest.mark.parametrize(("trip", "most"), [(0.0, 2), (0.02, 3), (0.2, 8), (1.0, 32)])
def test_what_a_crash_would_double_is_bounded(trip: float, most: int) -> None:
    """At most ceil(rate x round trip) + 2 requests are in flight."""
    timer = ManualTimer()
    pacer = Pacer(timer)
    exchange(pacer, timer, "measure", trip)
    timer.advance(10)
    for number in range(40):
        if pacer.account_ready_at() == math.inf:
            break
        timer.now = max(timer.now, pacer.account_ready_at())
        pacer.started(str(number))
    assert pacer.in_flight == min(most, 30)


def test_what_never_reached_the_server_is_no_round_trip(pacer: Pacer, timer: ManualTimer) -> None:
    exchange(pacer, timer, "1", trip=0.2)
    timer.advance(2)
    pacer.started("2")
    pacer.answered("2", measured=False)
    timer.advance(2)
    begun = timer.now
    exchange(pacer, timer, "3", trip=0.2)
    assert pacer.ready_at("3") == pytest.approx(begun + GUARD + 1), "the least trip is still 0.2"


def test_stops_hold_their_scope_only(pacer: Pacer, timer: ManualTimer) -> None:
    pacer.stop("1", 5)
    assert pacer.ready_at("1") == timer.now + 5
    assert pacer.ready_at("2") <= timer.now
    pacer.stop(None, 3)
    assert pacer.ready_at("1") == timer.now + 5
    assert pacer.ready_at("2") == timer.now + 3
    pacer.stop(None, 1)
    assert pacer.ready_at("2") == timer.now + 3, "a shorter stop shortens nothing"
    timer.advance(3)
    assert pacer.ready_at("2") <= timer.now


def test_a_finished_request_does_not_end_a_stop(pacer: Pacer, timer: ManualTimer) -> None:
    pacer.started("1")
    pacer.stop(None, 5)
    timer.advance(0.5)
    pacer.answered("1")
    assert pacer.ready_at("2") == 1005


@pytest.mark.parametrize(
    ("told", "others"),
    [
        (["1"], 0),
        (["1", "1"], 0),
        (["1", "2"], 4),
    ],
)
def test_two_chats_told_to_wait_mean_the_account(
    pacer: Pacer, timer: ManualTimer, told: list[str], others: float
) -> None:
    for chat in told:
        pacer.flooded(chat, 4)
    assert max(pacer.ready_at("9"), timer.now) == timer.now + others
    assert pacer.ready_at("1") == timer.now + 4


def test_a_stop_that_is_over_is_no_second_chat(pacer: Pacer, timer: ManualTimer) -> None:
    pacer.flooded("1", 4)
    timer.advance(4)
    pacer.flooded("2", 4)
    assert pacer.ready_at("9") <= timer.now


def test_the_first_that_may_start_goes_first(pacer: Pacer, timer: ManualTimer) -> None:
    waiting = [Waiting("2", False), Waiting("3", False), Waiting("1", False)]
    assert pacer.first_ready(waiting) == 0
    pacer.stop("2", 5)
    assert pacer.first_ready(waiting) == 1
    pacer.stop("3", 9)
    assert pacer.first_ready(waiting) == 2
    pacer.stop("1", 7)
    assert pacer.first_ready(waiting) is None
    assert pacer.next_at(waiting) == timer.now + 5
    timer.advance(5)
    assert pacer.first_ready(waiting) == 0


def test_nothing_waiting_is_never_ready(pacer: Pacer) -> None:
    assert pacer.first_ready([]) is None
    assert pacer.next_at([]) == math.inf


def test_memory_does_not_grow_with_the_chats_ever_written_to(pacer: Pacer, timer: ManualTimer) -> None:
    for number in range(2000):
        timer.now = max(timer.now, pacer.ready_at(str(number)))
        exchange(pacer, timer, str(number), trip=0.01)
        pacer.stop(str(number), 0.5)
    assert len(pacer._chats) < 40
    assert len(pacer._stops) < 40


@pytest.mark.parametrize(("trip", "share"), [(0.001, 0.985), (0.02, 0.985), (0.2, 0.985), (0.9, 0.98)])
def test_the_pace_is_nearly_all_that_is_allowed(trip: float, share: float) -> None:
    chats = [str(number) for number in range(1800)]
    seen = deliver(chats, [(trip / 2, trip / 2)] * len(chats))
    assert len(seen) / (seen[-1][0] - seen[0][0]) >= 30 * share


def deliver(chats: Sequence[str], ways: Sequence[tuple[float, float]]) -> list[tuple[float, str]]:
    """Send one message to each chat in turn as soon as allowed; return when the server saw each.

    `ways` are the seconds each message takes there and its answer back.
    """
    timer = ManualTimer()
    pacer = Pacer(timer)
    waiting = [Waiting(chat, chat.startswith("-")) for chat in chats]
    seen: list[tuple[float, str]] = []
    answers: list[tuple[float, str]] = []
    while waiting or answers:
        place = pacer.first_ready(waiting[:200])
        if place is not None:
            one = waiting.pop(place)
            there, back = ways[len(seen)]
            pacer.started(one.chat, one.group)
            seen.append((timer.now + there, one.chat))
            heapq.heappush(answers, (timer.now + there + back, one.chat))
            continue
        next_start = pacer.next_at(waiting[:200])
        if answers and answers[0][0] <= next_start:
            at, chat = heapq.heappop(answers)
            timer.now = max(timer.now, at)
            pacer.answered(chat)
        else:
            timer.now = max(timer.now, next_start)
    return sorted(seen)


def crowded(times: Sequence[float], count: int, window: float) -> bool:
    """Whether some `window` holds more than `count` of these sorted times."""
    return any(later - early < window - ROUNDING for early, later in zip(times, times[count:], strict=False))


DELAYS = st.sampled_from([0.0, 0.004, 0.1, 0.3, 0.7])


@given(
    chats=st.lists(st.integers(-2, 400).filter(bool).map(str), min_size=31, max_size=200),
    spread=st.sampled_from([1, 5, 40, 400]),
    base=st.sampled_from([0.0, 0.02, 0.2, 1.0]),
    jitter=st.lists(st.tuples(DELAYS, DELAYS), min_size=1, max_size=60),
)
@example(
    chats=[str(number) for number in range(1, 120)],
    spread=400,
    base=0.2,
    jitter=[(0.7, 0.0)] * 30 + [(0.0, 0.0)] * 30,
)
@example(chats=["-1", "-2"] * 23, spread=1, base=0.2, jitter=[(0.7, 0.0)] * 20 + [(0.0, 0.3)])
def test_the_server_never_sees_too_much(
    chats: list[str], spread: int, base: float, jitter: list[tuple[float, float]]
) -> None:
    """After one undisturbed exchange no delay on the way, there or back, makes us too fast for the server."""
    chats = [chat if chat.startswith("-") else str(int(chat) % spread) for chat in chats]
    disturbed = [jitter[place % len(jitter)] for place in range(len(chats))]
    ways = [(base / 2, base / 2), *((base / 2 + there, base / 2 + back) for there, back in disturbed)]
    seen = deliver(["clean", *chats], ways)
    assert len(seen) == len(chats) + 1
    assert not crowded([at for at, _ in seen], 30, 1.0)
    by_chat: dict[str, list[float]] = defaultdict(list)
    for at, chat in seen:
        by_chat[chat].append(at)
    assert not any(crowded(times, 1, 1.0) for times in by_chat.values())
    assert not any(crowded(times, 20, 60.0) for chat, times in by_chat.items() if chat.startswith("-"))


def test_limits_are_settings() -> None:
    timer = ManualTimer()
    pacer = Pacer(timer, Limits(per_second=1, chat_gap=3.0))
    exchange(pacer, timer, "1", trip=0.1)
    assert pacer.ready_at("2") == pytest.approx(1001 + GUARD)
    assert pacer.ready_at("1") == pytest.approx(1003 + GUARD)


def test_more_than_there_are_connections_is_never_in_flight(timer: ManualTimer) -> None:
    pacer = Pacer(timer, Limits(per_second=1000, in_flight=5))
    exchange(pacer, timer, "slow", trip=2.0)
    for number in range(5):
        timer.now = pacer.ready_at(str(number))
        pacer.started(str(number))
    assert pacer.ready_at("6") == math.inf
    pacer.answered("0")
    assert pacer.ready_at("6") < math.inf


def test_without_a_limit_many_start_at_one_moment(timer: ManualTimer) -> None:
    pacer = Pacer(timer, Limits(per_second=math.inf, chat_gap=0.0, in_flight=40))
    waiting = [Waiting(str(number), False) for number in range(50)]
    started = 0
    while (place := pacer.first_ready(waiting)) is not None:
        pacer.started(waiting.pop(place).chat)
        started += 1
    assert started == 40


def test_a_fast_pace_makes_a_late_wake_up_good(timer: ManualTimer) -> None:
    pacer = Pacer(timer, Limits(per_second=1000))
    exchange(pacer, timer, "0", trip=0.1)
    timer.now = pacer.account_ready_at() + 0.015
    started = 0
    while pacer.account_ready_at() <= timer.now:
        started += 1
        pacer.started(str(started))
    assert started == 16
