"""Time does what it should not: nobody runs for a while, the clock leaps."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.drills.stage import Drill, Stage
from domain.local import VIETNAM

COORDINATOR = 900
DAY = timedelta(days=1).total_seconds()


def _at(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


JANUARY = (
    ("Báo cáo kết quả rà soát", "Trước ngày 23/01/2026"),
    ("Trình danh mục thủ tục", "Trước ngày 17/01/2026"),
)
"""Issued on Monday 12/01, both are spoken of at 08:00 on Tuesday: seven and three working days before the last one."""

FEBRUARY = (
    ("Báo cáo kết quả rà soát", "Trước ngày 27/02/2026"),
    ("Công khai kết quả giải quyết", "Trước ngày 25/02/2026"),
)
"""Issued on 11/02: the first has a reminder on 23/02, the second on 12/02 and on 23/02, with Tết in between."""


@dataclass(frozen=True, slots=True)
class Gap:
    """When the plan is issued, when the office stops, when it starts again."""

    issued: datetime
    stop: datetime
    start: datetime


HOUR = Gap(_at(12, 1, 8, 30), _at(13, 1, 7, 30), _at(13, 1, 8, 30))
NIGHT = Gap(_at(12, 1, 8, 30), _at(12, 1, 16, 30), _at(13, 1, 9))
TET = Gap(_at(11, 2, 8, 30), _at(11, 2, 16, 30), _at(23, 2, 9))


def stopped(what: str, gap: Gap, tasks: tuple[tuple[str, str], ...]) -> Callable[[Stage], Awaitable[None]]:
    """Return the drill in which nobody runs while several reminders of everyone fall due, and people write."""

    async def act(stage: Stage) -> None:
        people = min(stage.scale.people, 20)
        stage.done = (
            f"nobody runs for {what}: {gap.stop:%d/%m %H:%M} to {gap.start:%d/%m %H:%M}; people write meanwhile"
        )
        site = await stage.build()
        site.start = gap.issued
        await site.furnish(people, issue=True, tasks=tasks)
        site.leap(0)
        office = site.process()
        await office.start()
        await stage.drain(people)
        site.leap((gap.stop - gap.issued).total_seconds())
        await office.stop()
        for n in range(1, people + 1):
            stage.asks(n, "/trogiup", "Hướng dẫn ngắn")
        site.leap(0)
        site.set_clock(gap.start)
        office = site.process()
        await stage.start(office)
        await stage.drain(3 * people)
        await office.stop()
        each = _unasked(stage, people)
        stage.expect(len(each) == people and set(each.values()) == {1}, f"unasked messages a person: {each.values()}")

    return act


async def too_many_at_once(stage: Stage) -> None:
    """After a night without the office more people are to hear than the operator has allowed at once."""
    people = min(stage.scale.people, 20)
    cap = people // 2
    stage.done = f"as for a night, but only {cap} of {people} people may hear at once; the operator lets it go"
    site = await stage.build()
    site.start, site.more = NIGHT.issued, {"NHACVIEC_BURST_CAP": str(cap)}
    await site.furnish(people, issue=True, tasks=JANUARY)
    office = site.process()
    await office.start()
    await stage.drain(people)
    await office.stop()
    for n in range(1, people + 1):
        stage.asks(n, "/trogiup", "Hướng dẫn ngắn")
    site.set_clock(NIGHT.start)
    office = site.process()
    await office.start()
    await stage.drain(2 * people)
    await asyncio.sleep(3 * 20 / stage.scale.speed)
    stage.expect(not _unasked(stage, people), "something unasked left before the operator let it go")
    held = site.count("select count(distinct person_id) from notices where state = 'waiting'")
    stage.expect(held == people, f"{held} people are held back, not {people}")
    stage.time()
    await office.command("outbox", "release")
    await stage.drain(3 * people)
    await office.stop()
    stage.expect(set(_unasked(stage, people).values()) == {1}, "not one message each")


async def restored(stage: Stage) -> None:
    """The office goes on after a backup, is lost, and is restored from it: nothing that was said is said again."""
    people = min(stage.scale.people, 20)
    stage.done = "a backup amid a burst; the office goes on, is lost and restored; then comes the next day"
    site = await stage.build()
    site.pace = 10
    await site.furnish(people, issue=True, answering=True, tasks=JANUARY, coordinator=COORDINATOR)
    office = site.process()
    await office.start()
    await stage.until(lambda: len(stage.api.world.sent) >= 3, "some messages on their way")
    file = stage.folder / "office.backup"
    await office.command("backup", str(file), "--with-key")
    stage.all_answer(people)
    await stage.drain(2 * people)
    await office.stop()
    books = stage.close_books()
    before = len(stage.api.world.sent)

    again = stage.another()
    office = again.process()
    await office.command("restore", str(file))
    await office.start()
    told = "select count(*) from outbox where state = 'sent' and kind = 'bundle' and person_id = 1"
    await stage.until(lambda: again.count(told) >= 1, "the coordinator told of the restore")
    await asyncio.sleep(3 * 20 / stage.scale.speed)
    said = [sent for sent in stage.api.world.sent[before:] if sent.chat != COORDINATOR]
    stage.expect(not said, f"{len(said)} messages said again after the restore")
    before = len(stage.api.world.sent)
    again.leap(DAY)
    stage.time()
    await stage.timed(
        lambda: len({sent.chat for sent in stage.api.world.sent[before:]} - {COORDINATOR}) == people, "reminders"
    )
    await asyncio.sleep(3 * 20 / stage.scale.speed)
    await office.stop()
    each = Counter(sent.chat for sent in stage.api.world.sent[before:] if sent.chat != COORDINATOR)
    books.promised += people
    books.lost += people - len(each)
    stage.expect(set(each.values()) == {1}, f"messages a person on the next day: {sorted(each.values())}")


def _unasked(stage: Stage, before: int) -> "Counter[int]":
    """Count, a chat, the messages since then that answer nothing."""
    return Counter(sent.chat for sent in stage.api.world.sent[before:] if "Hướng dẫn ngắn" not in sent.text)


async def clock_leaps(stage: Stage) -> None:
    """The clock leaps a day ahead, then back, then the day comes: nothing is said a second time."""
    people = min(stage.scale.people, 20)
    stage.done = "the clock leaps a day ahead under a running office, back, and then the day comes"
    site = await stage.build()
    site.start = _at(12, 1, 9)
    await site.furnish(people, issue=True, tasks=JANUARY)
    site.leap(0)
    office = site.process()
    await stage.start(office)
    await stage.drain(people)
    site.leap(DAY)
    await stage.drain(2 * people)
    ahead = len(stage.api.world.sent)
    stage.expect(ahead == 2 * people, f"{ahead} messages after the leap, {2 * people} were due")
    site.leap(0)
    for n in range(1, people + 1):
        stage.asks(n, "/trogiup", "Hướng dẫn ngắn")
    await stage.drain(3 * people)
    stage.expect(len(stage.api.world.sent) == 3 * people, "the leap back made the office say something again")
    site.leap(DAY)
    for n in range(1, people + 1):
        stage.asks(n, "/riengtu", "Dữ liệu cá nhân")
    await stage.drain(4 * people)
    await office.stop()
    stage.expect(len(stage.api.world.sent) == 4 * people, "the day that came made the office say something again")


async def leap_with_messages_waiting(stage: Stage) -> None:
    """The clock is a day ahead while the provider fails; it is put right before the second attempts are due."""
    people = min(stage.scale.people, 20)
    stage.done = "answers fail once while the clock stands a day ahead; it is put right before they go again"
    site = await stage.build()
    await site.furnish(people, issue=False)
    site.leap(DAY)
    stage.api.faults.storm("reset")
    office = site.process()
    await office.start()
    for n in range(1, people + 1):
        stage.asks(n, "/trogiup", "Hướng dẫn ngắn")
    failed = "select count(*) from outbox where state = 'waiting' and attempts = 1"
    await stage.until(lambda: site.count(failed), "an attempt that failed")
    site.leap(0)
    stage.api.faults.calm()
    stage.time()
    await stage.until(lambda: site.count("select count(*) from outbox") == people, "an answer to everyone")
    await asyncio.sleep(stage.scale.minute)
    waiting = site.count("select count(*) from outbox where state = 'waiting'")
    stage.expect(not waiting, f"answers that wait for the day to which the clock had leapt: {waiting}")
    site.leap(DAY)
    await stage.drain(people)
    await office.stop()


DRILLS = (
    Drill("clock leaps", clock_leaps),
    Drill("clock put right", leap_with_messages_waiting, quick=False),
    Drill("stopped for an hour", stopped("an hour", HOUR, JANUARY), quick=False),
    Drill("stopped for a night", stopped("a night", NIGHT, JANUARY), quick=False),
    Drill("stopped over Tết", stopped("twelve days over Tết", TET, FEBRUARY)),
    Drill("burst held", too_many_at_once, quick=False),
    Drill("restored", restored, quick=False),
)
