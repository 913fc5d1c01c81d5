"""Citizens press the last "Gửi" while the office is killed: each has one case, one code, and is told of it."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial

from actions import conversations
from actions import people as people_actions
from benchmarks.drills.kills import KILLED, PER_SECOND
from benchmarks.drills.ledger import Answer
from benchmarks.drills.stage import Drill, Stage
from bot.citizens.steps import REVIEW, tell
from domain.conversation import Conversation
from storage.database import Unit
from tests.drills.site import AGAIN, Site, chat_of
from tests.office import make_office
from tests.processes import ending
from tests.run_office import Point

FIRST = 500
"""Citizens are numbered from here, officers from 1: each has the chat of the number."""
ROUNDS = 3
"""Kills at random moments at least, however small the scale."""

_CODE = re.compile(r"PAKN-\w+-\d{4}-(\d{6})")
_SECRET = re.compile(r"Mã bí mật[^:]*: (\w+)")


async def _stage(stage: Stage, citizens: int) -> Site:
    """Build a site where so many citizens have answered everything, and their drafts wait for the last word."""
    site = await stage.build()
    await site.furnish(1, issue=False)
    office = make_office(site.folder, None, site.start, directory=())
    await office.run(partial(_drafts, site, citizens))
    await office.close()
    site.set_clock(site.start)
    return site


def _drafts(site: Site, citizens: int, unit: Unit) -> None:
    send = tell("Gửi phản ánh", "send")
    for n in range(FIRST, FIRST + citizens):
        site.api.world.person(chat_of(n))
        endpoint = people_actions.endpoint(unit, "telegram", str(chat_of(n)), site.start)
        talk = Conversation(REVIEW, _answers(n), ((send.label, send.key),))
        conversations.save(unit, endpoint.id, talk, site.start)


def _answers(n: int) -> dict[str, object]:
    return {
        "kind": "regulation",
        "about": "UBND xã Số 001",
        "content": f"Hồ sơ số {n} nộp ba tháng chưa được trả kết quả.",
        "name": "Nguyễn Mẫu Sáu",
        "address": f"thôn Mẫu {n}",
        "phone": f"0912000{n}",
        "mail": "",
        "public": False,
    }


def at_point(point: Point, done: str) -> Callable[[Stage], Awaitable[None]]:
    """Return the drill in which the process ends at a point while the first of a few citizens sends."""

    async def act(stage: Stage) -> None:
        citizens = 6
        stage.done = done
        site = await _stage(stage, citizens)
        office = site.process()
        _all_send(stage, citizens)
        await office.launch(ending(point))
        stage.expect(await office.ended() == KILLED, f"the process did not end where it should: {point}")
        await stage.start(office)
        await stage.drain(citizens)
        await office.stop()
        _settle(stage, citizens)

    return act


async def at_random(stage: Stage) -> None:
    """Kill it again and again while they all send."""
    citizens, rounds = stage.scale.people, max(stage.scale.rounds, ROUNDS)
    stage.done = f"kill -9 at {rounds} random moments while {citizens} citizens send"
    site = await _stage(stage, citizens)
    site.pace = PER_SECOND
    stage.api.delay = 0.02
    _all_send(stage, citizens)
    chance = random.Random(2)
    office = site.process()
    for left in range(rounds, 0, -1):
        await office.start()
        sent = len(stage.api.world.sent)
        goal = sent + chance.randint(0, max(1, (citizens - sent) // left))
        await stage.until(partial(_told, stage, goal, citizens), "citizens told of their codes")
        await asyncio.sleep(chance.random() / PER_SECOND)
        await office.kill()
    await stage.start(office)
    await stage.drain(citizens)
    await office.stop()
    _settle(stage, citizens)


def _told(stage: Stage, goal: int, citizens: int) -> bool:
    return len(stage.api.world.sent) >= goal or stage.site.at_rest(citizens)


def _all_send(stage: Stage, citizens: int) -> None:
    """Let each of them give the last word."""
    for n in range(FIRST, FIRST + citizens):
        stage.api.world.says(chat_of(n), "1")
        stage.answers.append(Answer(chat_of(n), "Mã bí mật"))


def _settle(stage: Stage, citizens: int) -> None:
    """Hold the register against what each citizen was told.

    A code told again is the same with the same secret part, and marked; the numbers are those from 1 on, each once.
    """
    rows = stage.site.ask(
        "select endpoints.chat, cases.code from cases join endpoints on endpoints.id = cases.endpoint_id"
    )
    held = Counter(int(chat) for chat, _ in rows)
    chats = {chat_of(n) for n in range(FIRST, FIRST + citizens)}
    stage.expect(set(held) == chats, f"{len(chats - set(held))} citizens have no case")
    stage.expect(all(count == 1 for count in held.values()), f"more than one case: {held.most_common(1)}")
    numbers = sorted(int(found[1]) for _, code in rows if (found := _CODE.fullmatch(code)))
    stage.expect(numbers == list(range(1, citizens + 1)), f"the codes are not 1 to {citizens}, each once: {numbers}")
    for chat, code in rows:
        _heard(stage, int(chat), code)


def _heard(stage: Stage, chat: int, code: str) -> None:
    heard = [one.text for one in stage.api.world.sent if one.chat == chat]
    stage.expect(heard, f"{code} was told to nobody")
    stage.expect(all(code in text for text in heard), f"{code}: its citizen heard something else")
    stage.expect(len({found[1] for one in heard if (found := _SECRET.search(one))}) == 1, f"{code}: two secret parts")
    unmarked = sum(not text.startswith(AGAIN) for text in heard)
    stage.expect(unmarked <= 1, f"{code} was told {unmarked} times without a mark")


DRILLS = (
    Drill("citizens: handling", at_point(Point.HANDLING, "kill -9 with a case opened, not committed")),
    Drill("citizens: handled", at_point(Point.HANDLED, "kill -9 with a case committed, its code not told")),
    Drill("citizens: claimed", at_point(Point.CLAIMED, "kill -9 with the code about to leave")),
    Drill("citizens: accepted", at_point(Point.ACCEPTED, "kill -9 after the provider accepted the code")),
    Drill("citizens: at random", at_random),
)
