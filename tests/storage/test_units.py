"""Units of work: together or not at all, and one unit's fault is no other unit's."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from domain.local import VIETNAM
from storage import assignments, conversations, inbox, invites, offices, people
from storage import matters as storage_matters
from storage.database import Database, Unit
from storage.schema import counters, matters, settings
from tests.storage.conftest import NOW

pytestmark = pytest.mark.anyio


class _Stumble(Exception):
    pass


def _keys(unit: Unit) -> set[str]:
    return set(unit.conn.execute(select(settings.c.key)).scalars())


def _set(key: str) -> Any:
    return lambda unit: offices.set_setting(unit, key, {"a": 1}, NOW)


async def test_a_unit_commits_all_it_did(database: Database) -> None:
    def work(unit: Unit) -> int:
        offices.set_setting(unit, "one", 1, NOW)
        offices.set_setting(unit, "two", [1, "hai"], NOW)
        return 7

    assert await database.run(work) == 7
    assert await database.read(_keys) == {"one", "two"}
    assert await database.read(lambda unit: offices.setting(unit, "two")) == [1, "hai"]


async def test_a_unit_that_raises_leaves_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        offices.set_setting(unit, "one", 1, NOW)
        raise _Stumble

    with pytest.raises(_Stumble):
        await database.run(work)
    with pytest.raises(_Stumble):
        database.run_now(work)
    assert await database.read(_keys) == set()


async def test_one_unit_of_a_shared_commit_fails_alone(database: Database) -> None:
    """Many units queued behind a slow one share its next commit on SQLite; those that stumble keep nothing."""
    started, go_on = threading.Event(), threading.Event()

    def slow(unit: Unit) -> None:
        started.set()
        assert go_on.wait(10)

    def stumbling(unit: Unit) -> None:
        offices.set_setting(unit, "stumbled", 1, NOW)
        unit.conn.execute(insert(counters), [{"name": "same", "value": 1}, {"name": "same", "value": 2}])

    first = asyncio.ensure_future(database.run(slow))
    await asyncio.to_thread(started.wait, 10)
    works = [stumbling if at % 3 == 1 else _set(f"key{at}") for at in range(12)]
    queued = [asyncio.ensure_future(database.run(work)) for work in works]
    go_on.set()
    results = await asyncio.gather(first, *queued, return_exceptions=True)
    failed = [isinstance(result, IntegrityError) for result in results[1:]]
    assert failed == [at % 3 == 1 for at in range(12)]
    assert await database.read(_keys) == {f"key{at}" for at in range(12) if at % 3 != 1}


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(_set("no"))
    assert await database.read(_keys) == set()


async def test_moments_come_back_as_they_went_in(database: Database) -> None:
    local = datetime(2026, 1, 12, 8, 0, 0, 250_000, tzinfo=VIETNAM)

    def work(unit: Unit) -> datetime:
        unit.conn.execute(insert(matters).values(kind="task", opened_at=local, due_version=0, calendar_version=0))
        found: datetime = unit.conn.execute(select(matters.c.opened_at)).scalar_one()
        return found

    kept = await database.run(work)
    assert kept == local
    assert kept.tzinfo is UTC


async def test_moments_compare_in_the_database_as_moments(database: Database) -> None:
    def work(unit: Unit) -> list[int]:
        for hour in (1, 2, 3):
            moment = datetime(2026, 1, 12, hour, tzinfo=UTC)
            unit.conn.execute(insert(matters).values(kind=f"{hour}", opened_at=moment))
        after = datetime(2026, 1, 12, 8, 30, tzinfo=VIETNAM)  # half past one in UTC
        query = select(matters.c.kind).where(matters.c.opened_at > after).order_by(matters.c.id)
        return [int(kind) for kind in unit.conn.execute(query).scalars()]

    assert await database.run(work) == [2, 3]


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 12, 8, 0)  # noqa: DTZ001 that is the point
    with pytest.raises(StatementError) as caught:
        await database.run(lambda unit: unit.conn.execute(insert(matters).values(kind="task", opened_at=naive)))
    assert isinstance(caught.value.orig, ValueError)
    assert "time zone" in str(caught.value.orig)


async def test_a_foreign_key_is_minded(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await database.run(lambda unit: invites.note_attempt(unit, 4711, NOW))


async def test_counters_give_no_number_twice(database: Database) -> None:
    """Forty units at once, each taking one to three numbers."""
    wanted = [at % 3 + 1 for at in range(40)]
    firsts = await asyncio.gather(
        *(database.run(partial(offices.next_number, name="assignment", count=n)) for n in wanted)
    )
    given = [first + at for first, n in zip(firsts, wanted, strict=True) for at in range(n)]
    assert sorted(given) == list(range(1, sum(wanted) + 1))
    assert await database.run(lambda unit: offices.next_number(unit, "case:2026")) == 1


async def test_of_two_changes_by_the_same_reading_one_wins(database: Database) -> None:
    def make(unit: Unit) -> int:
        return storage_matters.add(unit, [{"kind": "assignment", "opened_at": NOW}])[0]

    matter_id = await database.run(make)
    with ThreadPoolExecutor(2) as pool:
        together = threading.Barrier(2)

        def change(_: int) -> bool:
            together.wait(10)
            return database.run_now(lambda unit: assignments.change(unit, matter_id, 1, state="accepted"))

        assert sorted(pool.map(change, range(2))) == [False, True]
    assert await database.run(lambda unit: assignments.change(unit, matter_id, 1, state="in_progress")) is False
    assert await database.run(lambda unit: assignments.change(unit, matter_id, 2, state="in_progress")) is True


async def test_a_conversation_ends_with_its_time(database: Database) -> None:
    from_now = NOW + timedelta(hours=1)

    def work(unit: Unit) -> list[str]:
        chat = people.endpoint(unit, "web", "chat", NOW).id
        asked = conversations.load(unit, chat, NOW)
        for step in ("first", "second"):
            conversations.save(unit, chat, type(asked)(step, {"id": 1}, (("Có", "yes"),)), from_now)
        kept = conversations.load(unit, chat, NOW)
        late = conversations.load(unit, chat, from_now)
        assert kept.choices == (("Có", "yes"),)
        return [asked.step, kept.step, late.step]

    assert await database.run(work) == ["", "second", ""]


async def test_what_a_channel_remembers_is_replaced(database: Database) -> None:
    def work(unit: Unit) -> list[str | None]:
        before = inbox.remembered(unit, "telegram", "offset")
        inbox.remember(unit, "telegram", "offset", "7")
        inbox.remember(unit, "telegram", "offset", "9")
        return [before, inbox.remembered(unit, "telegram", "offset"), inbox.remembered(unit, "zalo", "offset")]

    assert await database.run(work) == [None, "9", None]
