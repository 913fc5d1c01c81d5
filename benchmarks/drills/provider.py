"""The provider fails: silence, storms, too many requests."""

import asyncio
from collections.abc import Awaitable, Callable

from benchmarks.drills.stage import Drill, Stage
from tests.drills.site import AGAIN, chat_of
from tests.emulators.telegram import Request

RETRY_AFTER = 3
"""Seconds; the provider counts them, so they are never scaled."""
SHORTEST_STORM = 4.0
"""Seconds: the outbox is looked at once a second however fast the business clock runs."""
CLAIMED = 0.5
"""Seconds in which a request arrives that was claimed before the refusal of another was known."""


async def silence(stage: Stage) -> None:
    """Answers that never come: of requests that were accepted, and of requests that were not."""
    people, accepted, dropped = stage.scale.people, 3, 3
    stage.done = f"no answer to {accepted} requests that were accepted, to {dropped} that were not"
    site = await stage.build()
    site.waits += f" silence={25 / stage.scale.speed + 0.3:g}"
    await site.furnish(people, issue=True)
    for n in range(1, accepted + 1):
        stage.api.fail("silence_after", chat=chat_of(n))
    for n in range(accepted + 1, accepted + dropped + 1):
        stage.api.fail("silence", chat=chat_of(n))
    office = site.process()
    await stage.start(office)
    await stage.drain(people)
    await office.stop()
    stage.expect(len(stage.api.world.sent) == people + accepted, f"{len(stage.api.world.sent)} messages arrived")
    stage.expect(_marked(stage) == accepted + dropped, f"{_marked(stage)} messages are marked")


def storm(*kinds: str, done: str) -> Callable[[Stage], Awaitable[None]]:
    """Return the drill in which for a minute the provider fails, by these kinds in turn; updates alone come in."""

    async def act(stage: Stage) -> None:
        people = stage.scale.people
        stage.done = f"for a minute {done}"
        site = await stage.build()
        await site.furnish(people, issue=True, answering=True)
        stage.api.faults.storm(*kinds, methods=("sendMessage", "getMe"))
        office = site.process()
        await office.start()
        stage.all_answer(people)
        await stage.until(lambda: _starts(stage), "a first request")
        await asyncio.sleep(max(stage.scale.minute, SHORTEST_STORM))
        stage.api.faults.calm()
        stage.time()
        await stage.drain(2 * people)
        await office.stop()
        given_up = site.count("select count(*) from outbox where state = 'unknown'")
        stage.expect(not given_up, f"{given_up} messages were given up while nobody could be reached")

    return act


async def too_many(stage: Stage) -> None:
    """429 for one chat, which alone must wait; then for two at once, which means the account."""
    people = stage.scale.people
    stage.done = f"429 with retry_after={RETRY_AFTER}: to one chat, then to two at once (the account)"
    site = await stage.build()
    site.pace = 10
    stage.api.delay = 0.02
    await site.furnish(people, issue=True, answering=True)
    stage.api.fail("flood", chat=chat_of(1), retry_after=RETRY_AFTER)
    office = site.process()
    await stage.start(office)
    await stage.drain(people)
    first = _starts(stage)
    refused = next(one for one in first if one.status == 429)
    _none_within(stage, [one for one in first if one.chat == chat_of(1)], refused)
    others = [one for one in first if one.chat != chat_of(1) and one.at > refused.at]
    stage.expect(others and others[0].at - refused.at < 1, "one chat's 429 held up the others")
    stage.api.fail("flood", 2, retry_after=RETRY_AFTER)
    stage.time()
    stage.all_answer(people)
    await stage.drain(2 * people)
    await office.stop()
    second = _starts(stage)[len(first) :]
    _none_within(stage, second, [one for one in second if one.status == 429][-1])
    stage.expect(not _marked(stage), "a message that was refused is marked as said again")


def _none_within(stage: Stage, requests: list[Request], refused: Request) -> None:
    """Expect that no request was begun between a refusal and the end of its wait.

    What was on its way, or claimed already, when the refusal came does not count.
    """
    after = [one.at - refused.at for one in requests]
    early = [f"{seconds:.2f} s" for seconds in after if CLAIMED < seconds < RETRY_AFTER]
    stage.expect(not early, f"requests within the wait of {RETRY_AFTER} s, after {', '.join(early)}")


def _starts(stage: Stage) -> list[Request]:
    return [one for one in stage.api.requests if one.method == "sendmessage"]


def _marked(stage: Stage) -> int:
    return sum(sent.text.startswith(AGAIN) for sent in stage.api.world.sent)


DRILLS = (
    Drill("provider silent", silence),
    Drill("storm of 500s", storm("error", "gateway", "error_after", done="500 and 502, of every third accepted")),
    Drill("storm of resets", storm("reset", "reset_after", done="resets, before and after acceptance")),
    Drill("429", too_many),
)
