"""The door for Telegram's updates: what is knocked twice, out of order, or by somebody else."""

import json
import random
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import aiohttp

from benchmarks.drills.stage import Drill, Stage
from tests.drills.site import chat_of

SECRET = "drill-secret-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
ADDRESS = "https://nhacviec.invalid"
REPLAYS = 5
LARGE = 10 << 20

ASKED = (("/trogiup", "Hướng dẫn ngắn"), ("/riengtu", "Dữ liệu cá nhân"))
"""Questions whose answers do not hang on what was said before, and words that only the answer has."""


async def replayed_and_forged(stage: Stage) -> None:
    """Every update comes five times, in any order; others come without the secret or make no sense."""
    people = min(stage.scale.people, 30)
    stage.done = f"webhook: each update {REPLAYS} times, shuffled; forged, without secret, garbage, a body of 10 MB"
    site = await stage.build()
    site.more = {
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "NHACVIEC_PUBLIC_URL": ADDRESS,
    }
    await site.furnish(people, issue=True, answering=True)
    genuine = _genuine(stage, people)
    office = site.process()
    await office.start()
    async with aiohttp.ClientSession(office.address) as session:
        for status, headers, body in _forged(stage):
            found = await _knock(session, headers, body)
            stage.expect(found == status, f"a forged call was answered {found}, not {status}: {body[:40]!r}")
        stage.expect(not site.count("select count(*) from inbox"), "something forged was taken in")
        stage.time()
        for body in genuine:
            found = await _knock(session, {HEADER: SECRET}, body)
            stage.expect(found == 200, f"a genuine update was answered {found}")
        await stage.drain(people * (1 + 1 + len(ASKED)))
    await office.stop()
    taken = site.count("select count(*) from inbox where state = 'done' and tries = 0")
    stage.expect(taken == people * (1 + len(ASKED)), f"{taken} updates taken in of {people * (1 + len(ASKED))}")
    percents = sorted(percent for (percent,) in site.ask("select percent from comments"))
    stage.expect(percents == list(range(1, people + 1)), "an answer of somebody was not taken in exactly once")


def _genuine(stage: Stage, people: int) -> list[bytes]:
    """Return the bodies of the genuine calls; first of all, in order, what answers the office's own question."""
    stage.all_answer(people)
    first = stage.api.world.taken()
    for n in range(1, people + 1):
        for text, words in ASKED:
            stage.asks(n, text, words)
    every = [one for one in first + stage.api.world.taken() for _ in range(REPLAYS)]
    random.Random(1).shuffle(every)
    return [json.dumps(update).encode() for update in first + every]


def _forged(stage: Stage) -> Iterator[tuple[int, dict[str, str], bytes]]:
    """Yield the status expected, the headers and the body of calls that bring nothing genuine."""
    stage.api.world.says(chat_of(1), "/trogiup")
    update = json.dumps(stage.api.world.taken()[0]).encode()
    ours = {HEADER: SECRET}
    yield 403, {}, update
    yield 403, {HEADER: ""}, update
    yield 403, {HEADER: SECRET + "x"}, update
    yield 403, {HEADER: SECRET[:-1]}, update
    yield 403, {HEADER: "mật khẩu"}, update
    yield 413, ours, b"[" * LARGE
    yield 413, {}, b"x" * LARGE
    yield 400, ours, b""
    yield 400, ours, b"\xff\xfe"
    yield 400, ours, b"not JSON"
    yield 400, ours, b"[]"
    yield 400, ours, b"[" * 100_000
    for nonsense in _NONSENSE:
        yield 200, ours, json.dumps(nonsense).encode()


_NONSENSE: tuple[dict[str, Any], ...] = (
    {},
    {"update_id": 1},
    {"update_id": "một", "message": {}},
    {"update_id": 2, "message": {"chat": 7}},
    {"update_id": 3, "message": None, "callback_query": []},
    {"update_id": 4, "message": {"message_id": 1, "date": 0, "chat": {"id": "x", "type": "private"}, "text": 5}},
)
"""Objects that are no update anybody could answer: thanked for, so that they do not come again, and dropped."""


async def _knock(session: aiohttp.ClientSession, headers: dict[str, str], body: bytes) -> int:
    try:
        async with session.post("/telegram", data=BytesIO(body), headers=headers) as answer:
            return answer.status
    except aiohttp.ClientError:
        return 413 if len(body) == LARGE else 0  # hung up on amid a body that was told to be too large


DRILLS = (Drill("webhook", replayed_and_forged),)
