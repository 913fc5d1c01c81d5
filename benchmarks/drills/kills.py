"""The process ends: at exact points, at random moments, when asked to."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from functools import partial

from benchmarks.drills.stage import Drill, Stage
from tests.drills.site import AGAIN
from tests.processes import OfficeProcess, ending
from tests.run_office import Point

KILLED = -9
ROUND_TRIP = 0.02
PER_SECOND = 30
IN_FLIGHT = 3
"""The most that may be in flight at that round trip and pace: ceil(30 * 0.02) + 2."""


def in_flight(point: Point, done: str) -> Callable[[Stage], Awaitable[None]]:
    """Return the drill that ends the process with its first message at a point: one unasked, then an answer.

    What was in flight is said once more, with its mark; what stood as sent is not.
    """

    async def act(stage: Stage) -> None:
        people = min(stage.scale.people, 20)
        stage.done = done
        site = await stage.build()
        await site.furnish(people, issue=True, answering=True)
        office = site.process()
        await _ends(stage, office, point)
        recorded = _recorded(stage)
        await stage.start(office)
        await stage.drain(people)
        await office.stop()
        stage.asks(1, "đã làm 1%", "“đã làm 1%”")
        await _ends(stage, office, point)
        recorded |= _recorded(stage)
        await stage.start(office)
        await stage.drain(people + 1)
        await office.stop()
        marked = {sent.text.removeprefix(AGAIN) for sent in stage.api.world.sent if sent.text.startswith(AGAIN)}
        stage.expect(not marked & recorded, f"{len(marked & recorded)} recorded as sent and said again")
        if point is not Point.RECORDED:
            stage.expect(len(marked) >= 2, f"{len(marked)} messages are marked, 2 were in flight at least")

    return act


def _recorded(stage: Stage) -> set[str]:
    """Return the texts that stand as sent, each of one task of its own."""
    return {str(text) for (text,) in stage.site.ask("select text_sent from outbox where state = 'sent'")}


async def while_handling(stage: Stage) -> None:
    """End the process between the moments of taking an update in: saved, handled, committed, answered."""
    people, points = 4, (Point.SAVED, Point.HANDLING, Point.HANDLED)
    stage.done = "kill -9 with an update saved; handled, not committed; committed, not answered"
    site = await stage.build()
    await site.furnish(people, issue=True, answering=True)
    office = site.process()
    for n, point in enumerate(points, 1):
        stage.asks(n, f"đã làm {n}%", f"“đã làm {n}%”")
        await _ends(stage, office, point)
    await stage.start(office)
    await stage.drain(people + len(points))
    await office.stop()
    stage.expect(site.ask("select percent from comments order by 1") == [(1,), (2,), (3,)], "an answer taken in twice")


async def _ends(stage: Stage, office: OfficeProcess, point: Point) -> None:
    await office.launch(ending(point))
    stage.expect(await office.ended() == KILLED, f"the process did not end where it should: {point}")


async def at_random_moments(stage: Stage) -> None:
    """Kill it again and again while a burst of answers and notices is on its way."""
    people, rounds = stage.scale.people, stage.scale.rounds
    stage.done = f"kill -9 at {rounds} random moments of a burst at {PER_SECOND}/s"
    site = await stage.build()
    site.pace = PER_SECOND
    await site.furnish(people, issue=True, answering=True)
    stage.api.delay = ROUND_TRIP
    stage.all_answer(people)
    chance = random.Random(1)
    office = site.process()
    for left in range(rounds, 0, -1):
        await office.start()
        sent = len(stage.api.world.sent)
        goal = sent + chance.randint(1, max(2, (2 * people - sent) // left))
        await stage.until(partial(_said_or_at_rest, stage, goal, 2 * people), "the burst going on")
        await asyncio.sleep(chance.random() / PER_SECOND)
        await office.kill()
    await stage.start(office)
    await stage.drain(2 * people)
    await office.stop()
    again = sum(sent.text.startswith(AGAIN) for sent in stage.api.world.sent)
    stage.expect(again <= rounds * IN_FLIGHT, f"{again} said again, more than were in flight at {rounds} kills")
    percents = sorted(percent for (percent,) in site.ask("select percent from comments"))
    stage.expect(percents == list(range(1, people + 1)), "an answer of somebody was not taken in exactly once")


def _said_or_at_rest(stage: Stage, goal: int, messages: int) -> bool:
    return len(stage.api.world.sent) >= goal or stage.site.at_rest(messages)


async def sigterm(stage: Stage) -> None:
    """Ask it to stop amid sends: what is in flight is finished and recorded, the rest waits for the next start."""
    people = stage.scale.people
    stage.done = "SIGTERM amid a burst, twice: answers after 20 ms, after 300 ms"
    site = await stage.build()
    await site.furnish(people, issue=True)
    office = site.process()
    for delay, goal in ((0.3, 3), (ROUND_TRIP, people // 2)):
        stage.api.delay = delay
        await office.start()
        await stage.until(partial(_said_or_at_rest, stage, goal, people), "some messages on their way")
        begun = time.monotonic()
        await office.stop(10.0)
        stage.expect(time.monotonic() - begun < 5, "it took more than 5 s to stop")
        states = dict(site.ask("select state, count(*) from outbox group by state"))
        sent = len(stage.api.world.sent)
        stage.expect(states.get("sent") == sent, f"{sent} were accepted, and stopped it stood: {states}")
    stage.api.delay = 0.0
    await stage.start(office)
    await stage.drain(people)
    await office.stop()
    stage.expect(len(stage.api.world.sent) == people, f"{len(stage.api.world.sent)} messages to {people} people")


DRILLS = (
    Drill(
        "kill before send",
        in_flight(Point.CLAIMED, "kill -9 with a message claimed, its request not sent"),
    ),
    Drill(
        "kill after accept",
        in_flight(Point.ACCEPTED, "kill -9 after the provider accepted, before the record"),
    ),
    Drill(
        "kill after commit",
        in_flight(Point.RECORDED, "kill -9 right after the record as sent is committed"),
    ),
    Drill("kill while handling", while_handling),
    Drill("kill at random", at_random_moments),
    Drill("SIGTERM", sigterm),
)
