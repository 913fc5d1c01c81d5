"""A chain of single-use tokens: who may ask, what a lost answer means, how the operator mends it."""

from datetime import UTC, datetime, timedelta

from domain.tokens import EARLY, LEASE, Chain, Finding, Pair, begun, lost, refused, renewed, seek, unspent

NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
FIRST = begun(Chain(), "d1", "r1")
GOOD = renewed(FIRST, "r1", Pair("a2", "r2", NOW + timedelta(hours=25)))


def test_an_empty_chain_waits_for_the_operator() -> None:
    assert seek(Chain(), "", NOW) == (Chain(), Finding.BROKEN)
    assert not Chain().needs_operator(NOW), "what was never begun is not broken"


def test_the_first_asker_asks_and_the_others_wait() -> None:
    asking, finding = seek(FIRST, "", NOW)
    assert finding is Finding.ASK
    assert seek(asking, "", NOW + timedelta(seconds=1)) == (asking, Finding.WAIT)
    good = renewed(asking, "r1", Pair("a2", "r2", NOW + timedelta(hours=25)))
    assert seek(good, "", NOW) == (good, Finding.USE)
    assert (good.access, good.refresh, good.asked_at) == ("a2", "r2", None)


def test_a_token_about_to_end_is_renewed_while_the_others_use_it() -> None:
    late = NOW + timedelta(hours=25) - EARLY
    asking, finding = seek(GOOD, "", late)
    assert finding is Finding.ASK
    assert seek(asking, "", late)[1] is Finding.USE
    assert seek(asking, "a2", late)[1] is Finding.WAIT, "but not one that was refused"
    assert seek(unspent(asking, "r2"), "", late)[1] is Finding.ASK


def test_a_token_refused_in_use_is_renewed_once_for_all() -> None:
    asking, finding = seek(GOOD, "a2", NOW)
    assert finding is Finding.ASK
    fresh = renewed(asking, "r2", Pair("a3", "r3", NOW + timedelta(hours=25)))
    assert seek(fresh, "a2", NOW) == (fresh, Finding.USE), "somebody else has done it meanwhile"


def test_a_lost_answer_is_told_and_asked_about_once_more() -> None:
    asking, _ = seek(FIRST, "", NOW)
    gone = lost(asking, "r1")
    assert gone.needs_operator(NOW)
    assert seek(gone, "", NOW + LEASE / 2)[1] is Finding.WAIT
    again, finding = seek(gone, "", NOW + LEASE)
    assert finding is Finding.ASK
    assert refused(again, "r1").needs_operator(NOW + LEASE)
    assert seek(refused(again, "r1"), "", NOW + 2 * LEASE)[1] is Finding.BROKEN
    mended = renewed(again, "r1", Pair("a2", "r2", NOW + timedelta(hours=25)))
    assert not mended.needs_operator(NOW + LEASE), "the request had not arrived: nothing was lost"


def test_whoever_died_while_asking_is_a_lost_answer() -> None:
    asking, _ = seek(FIRST, "", NOW)
    assert not asking.needs_operator(NOW + LEASE / 2)
    assert asking.needs_operator(NOW + LEASE)
    again, finding = seek(asking, "", NOW + LEASE)
    assert finding is Finding.ASK
    assert again.lost
    assert again.needs_operator(NOW + LEASE), "the alarm stands while it is asked again"


def test_a_clock_that_is_set_back_does_not_wait_for_ever() -> None:
    asking, _ = seek(FIRST, "", NOW)
    assert seek(asking, "", NOW - timedelta(days=1))[1] is Finding.ASK


def test_a_broken_chain_uses_what_it_still_has() -> None:
    broken = refused(GOOD, "r2")
    late = NOW + timedelta(hours=24, minutes=30)
    assert seek(broken, "", late)[1] is Finding.USE
    assert seek(broken, "", NOW + timedelta(hours=25))[1] is Finding.BROKEN
    assert seek(broken, "a2", NOW)[1] is Finding.BROKEN


def test_endings_of_an_older_token_change_nothing() -> None:
    pair = Pair("x", "y", NOW)
    assert renewed(GOOD, "r1", pair) == refused(GOOD, "r1") == lost(GOOD, "r1") == unspent(GOOD, "r1") == GOOD


def test_a_late_pair_mends_what_somebody_else_found_refused() -> None:
    late = renewed(refused(GOOD, "r2"), "r2", Pair("a3", "r3", NOW + timedelta(hours=25)))
    assert seek(late, "", NOW) == (late, Finding.USE)


def test_a_token_of_the_operator_begins_a_chain_once() -> None:
    broken = refused(GOOD, "r2")
    assert begun(broken, "d1", "r1") is broken
    anew = begun(broken, "d9", "r9")
    assert not anew.needs_operator(NOW)
    assert seek(anew, "", NOW)[1] is Finding.ASK
    assert begun(anew, "d1", "r1") is anew, "an old one in the settings does not come back"


def test_a_chain_is_kept_and_read_back() -> None:
    for chain in (Chain(), FIRST, GOOD, lost(seek(GOOD, "a2", NOW)[0], "r2"), refused(GOOD, "r2")):
        assert Chain.from_json(chain.to_json()) == chain
