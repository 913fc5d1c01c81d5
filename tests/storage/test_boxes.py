"""Inbox and outbox: nothing handled twice, nothing out of order, one sender a row."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from actions import inbox as inbox_actions
from domain.delivery import State
from domain.incoming import Incoming, Sent
from storage import inbox, outbox, people
from storage.database import Database, Unit
from storage.schema import inbox as inbox_rows
from tests.storage.conftest import NOW


def _save(database: Database, *updates: tuple[str, str]) -> int:
    rows = [(key, chat, {"text": key}) for key, chat in updates]
    return database.run_now(lambda unit: inbox.save(unit, "web", rows, NOW))


def test_an_update_that_comes_again_is_known(database: Database) -> None:
    assert _save(database, ("a", "1"), ("b", "1")) == 2
    assert _save(database, ("b", "1"), ("c", "1")) == 1
    assert database.run_now(lambda unit: inbox.save(unit, "telegram", [("a", "1", {})], NOW)) == 1
    keys = database.run_now(lambda unit: unit.conn.execute(select(inbox_rows.c.update_key)).scalars().all())
    assert sorted(keys) == ["a", "a", "b", "c"]


def _next(unit: Unit) -> str | None:
    rows = inbox.next_waiting(unit, 1, NOW)
    if not rows:
        return None
    inbox.finish(unit, [rows[0].id], NOW)
    return rows[0].update_key


def test_updates_are_taken_in_the_order_of_their_chat(database: Database) -> None:
    _save(database, ("a1", "A"), ("b1", "B"), ("a2", "A"), ("b2", "B"))
    assert [database.run_now(_next) for _ in range(5)] == ["a1", "b1", "a2", "b2", None]


def test_while_one_update_is_handled_another_chat_goes_on_and_its_own_waits(database: Database) -> None:
    """Two workers at once: the second never takes the chat that the first one is busy with."""
    _save(database, ("a1", "A"), ("a2", "A"), ("b1", "B"))
    holding, let_go = threading.Event(), threading.Event()

    def first(unit: Unit) -> str | None:
        taken = _next(unit)
        holding.set()
        if unit.conn.dialect.name == "postgresql":  # SQLite has one writer: the second waits its turn anyway
            assert let_go.wait(10)
        return taken

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(database.run_now, first)
        assert holding.wait(10)
        second = database.run_now(_next)
        let_go.set()
        assert running.result(10) == "a1"
    assert second in {"b1", "a2"}
    if second == "a2":
        assert database.url.get_backend_name() == "sqlite"
    rest = [database.run_now(_next), database.run_now(_next)]
    assert {second, *rest} == {"a2", "b1", None}


def test_an_update_that_fails_three_times_is_parked_and_blocks_nobody(database: Database) -> None:
    _save(database, ("a1", "A"), ("a2", "A"))
    first = database.run_now(lambda unit: inbox.next_waiting(unit, 1, NOW)[0].id)
    outcomes = [database.run_now(lambda unit: inbox.failed(unit, first, "KeyError", NOW)) for _ in range(3)]
    assert outcomes[:2] == [None, None]
    assert (outcomes[2].channel, outcomes[2].chat) == ("web", "A")  # type: ignore[union-attr]
    assert database.run_now(_next) == "a2"
    kept = database.run_now(lambda unit: unit.conn.execute(select(inbox_rows).where(inbox_rows.c.id == first)).one())
    assert (kept.state, kept.tries, kept.error) == (inbox.PARKED, 3, "KeyError")


def _album(database: Database, *keys: str, at: datetime = NOW) -> None:
    parts = [Incoming("web", "A", key, Sent.FILE, album="m1") for key in keys]

    def work(unit: Unit) -> None:
        inbox.save(unit, "web", [(key, "A", {"text": key}) for key in keys], at)
        inbox_actions.gather(unit, parts, at)

    database.run_now(work)


def _whole(unit: Unit, now: datetime) -> list[str]:
    return [
        one.update_key for row in inbox.next_waiting(unit, 1, now) for one in (row, *inbox.rest_of_album(unit, row))
    ]


def test_the_parts_of_an_album_wait_for_one_another_and_hold_their_chat_back(database: Database) -> None:
    second = timedelta(seconds=1)
    _album(database, "p1")
    _save(database, ("a1", "A"), ("b1", "B"))
    _album(database, "p2", at=NOW + second / 2)
    assert database.run_now(_next) == "b1"
    assert database.run_now(lambda unit: _whole(unit, NOW + second)) == []
    assert database.run_now(lambda unit: _whole(unit, NOW + second * 1.5)) == ["p1", "p2"]


def test_an_album_that_fails_is_parked_as_a_whole(database: Database) -> None:
    _album(database, "p1", "p2")
    _save(database, ("a1", "A"))
    later = NOW + timedelta(seconds=1)
    first = database.run_now(lambda unit: inbox.next_waiting(unit, 1, later)[0].id)
    for _ in range(3):
        database.run_now(lambda unit: inbox.failed(unit, first, "KeyError", later))
    assert database.run_now(lambda unit: _whole(unit, later)) == ["a1"]


def _promise(unit: Unit, key: str, chat: str, lane: int = outbox.REPLY, message: str = "Chào đồng chí") -> int:
    endpoint = people.endpoint(unit, "web", chat, NOW)
    return outbox.add(
        unit, key, "reply", lane, endpoint.id, NOW, message={"text": message, "choices": [], "heading": True}
    )


def test_of_two_claimers_one_sends(database: Database) -> None:
    row = database.run_now(lambda unit: _promise(unit, "k", "A"))
    together = threading.Barrier(2)

    def claim(owner: str) -> str | None:
        together.wait(10)
        return owner if database.run_now(lambda unit: _wins(unit, row, owner)) else None

    with ThreadPoolExecutor(2) as pool:
        owners = list(pool.map(claim, ["one", "two"]))
    assert sorted(owner is None for owner in owners) == [False, True]
    kept = database.run_now(lambda unit: outbox.get(unit, row))
    assert (kept.state, kept.attempts) == (State.SENDING, 1)
    assert kept.claimed_by in owners


def test_many_claimers_of_many_rows_send_each_once(database: Database) -> None:
    rows = database.run_now(lambda unit: [_promise(unit, f"k{at}", f"chat{at}") for at in range(20)])

    def claim_all(owner: str) -> list[int]:
        return [row for row in rows if database.run_now(partial(_wins, row=row, owner=owner))]

    with ThreadPoolExecutor(4) as pool:
        won = [row for found in pool.map(claim_all, "abcd") for row in found]
    assert sorted(won) == rows


def _wins(unit: Unit, row: int, owner: str) -> bool:
    won = outbox.waiting(unit, [row])
    outbox.claim(unit, {one.id: "Chào đồng chí" for one in won}, owner, NOW)
    return bool(won)


def test_the_same_answer_is_promised_once(database: Database) -> None:
    database.run_now(lambda unit: _promise(unit, "in:1:1", "A"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        database.run_now(lambda unit: _promise(unit, "in:1:1", "A"))


def test_candidates_are_the_first_of_each_chat_and_lane(database: Database) -> None:
    def work(unit: Unit) -> None:
        notice = _promise(unit, "n", "A", outbox.NOTICE)
        first, second, other = (_promise(unit, key, chat) for key, chat in (("r1", "A"), ("r2", "A"), ("r3", "B")))
        outbox.change(unit, other, not_before=NOW + timedelta(minutes=1))

        def ready(*, unsolicited: bool, later: int = 0) -> list[int]:
            now = NOW + timedelta(minutes=later)
            return [row.id for row in outbox.candidates(unit, "web", now, 10, unsolicited=unsolicited)]

        assert ready(unsolicited=False) == [first]
        assert ready(unsolicited=True) == [first, notice], "answers first; the second answer waits for the first"
        assert ready(unsolicited=True, later=1) == [first, other, notice]
        _wins(unit, first, "me")
        assert second not in ready(unsolicited=True), "what may have left still stands before it"
        outbox.change(unit, first, state=State.SENT.value)
        assert ready(unsolicited=True) == [second, notice]
        assert outbox.candidates(unit, "telegram", NOW, 10, unsolicited=True) == []

    database.run_now(work)


def test_what_was_claimed_and_not_recorded_is_found(database: Database) -> None:
    def work(unit: Unit) -> None:
        claimed, waiting = _promise(unit, "m", "A"), _promise(unit, "t", "B")
        _wins(unit, claimed, "somebody")
        assert [row.id for row in outbox.orphans(unit, ["web"])] == [claimed]
        assert outbox.orphans(unit, ["telegram"]) == []
        assert outbox.get(unit, waiting).state == State.WAITING

    database.run_now(work)
