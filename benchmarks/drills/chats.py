"""Chats that are no more where they were: blocked, or moved to another number."""

from datetime import timedelta

from benchmarks.drills.ledger import Answer
from benchmarks.drills.stage import Drill, Stage
from tests.drills.site import MORNING, chat_of
from tests.processes import Supervisor

COORDINATOR = 900
HOUR = timedelta(hours=1)


def _second(n: int) -> int:
    return 5000 + n


async def blocked(stage: Stage) -> None:
    """People block the bot: some have a second chat, the others nothing; then those unblock it."""
    people = min(stage.scale.people, 20)
    with_second = range(1, people // 2 + 1)
    alone = range(people // 2 + 1, people + 1)
    stage.done = f"{people} block the bot (403), half have a second chat; the others unblock it later"
    site = await stage.build()
    await site.furnish(
        people,
        issue=True,
        chats=lambda n: (chat_of(n), _second(n)) if n in with_second else (chat_of(n),),
        coordinator=COORDINATOR,
    )
    world = stage.api.world
    for n in range(1, people + 1):
        world.chats[chat_of(n)].blocked = True
    office = site.process()
    await office.start()
    told = "".join
    await stage.until(
        lambda: all(f"Cán bộ {n}," in told(s.text for s in world.sent if s.chat == COORDINATOR) for n in alone),
        "the coordinator told of everyone who cannot be reached",
    )
    await stage.until(lambda: all(_heard(stage, _second(n)) == 1 for n in with_second), "what took the second chat")
    held = site.count("select count(*) from notices where state = 'waiting'")
    stage.expect(held == len(alone), f"{held} notices wait for {len(alone)} people who cannot be reached")
    stage.time()
    for n in alone:
        world.unblocks(chat_of(n))
    await stage.until(lambda: all(_heard(stage, chat_of(n)) == 1 for n in alone), "what had waited for a chat")
    await stage.drain(people)
    await office.stop()


async def moved(stage: Stage) -> None:
    """Groups become supergroups; in some of them somebody wrote from the new number before we did."""
    people = min(stage.scale.people, 12)
    known = range(1, people // 3 + 1)
    stage.done = f"{people} groups get a new number (migrate_to_chat_id); {len(known)} wrote from it before"
    site = await stage.build()
    site.start = MORNING - HOUR  # nothing unasked leaves yet
    await site.furnish(people, issue=True, chats=lambda n: (-chat_of(n),))
    site.leap(0)
    world = stage.api.world
    for n in range(1, people + 1):
        world.person(-_second(n))
        world.chats[-chat_of(n)].moved_to = -_second(n)
    office = site.process()
    async with Supervisor(office, 2 / stage.scale.speed):
        for n in known:
            world.says(-_second(n), "/trogiup", sender=chat_of(n))
            stage.answers.append(Answer(-_second(n), "chưa gắn với cơ quan nào"))
        heard = "select count(*) from inbox where state = 'done'"
        await stage.until(lambda: site.count(heard) == len(known), "what was written in the new groups taken in")
        site.leap(HOUR.total_seconds())
        stage.time()
        await stage.drain(people + len(known))
    stage.expect("Traceback" not in office.said(), "the office ended with an error")


def _heard(stage: Stage, chat: int) -> int:
    return sum(sent.chat == chat for sent in stage.api.world.sent)


DRILLS = (Drill("bot blocked", blocked), Drill("group moved", moved))
