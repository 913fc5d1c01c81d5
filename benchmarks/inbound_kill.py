"""Kill -9 amid a burst of updates: what was thanked for is answered, by a real process on a real database.

Every chat posts one update, 64 at once. The office is killed at random moments and started again; what was not thanked
for is posted again, as a provider does. In the end every chat must have its answer. One that was in flight at a kill
is said once more, marked "(nhắc lại)"; nothing else may come twice.
"""

import asyncio
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url

from benchmarks import house, services
from benchmarks.figures import Goal
from benchmarks.inbound_load import CITIZENS, SECRET
from tests.processes import OfficeProcess, told_clock, until

PATIENCE = 120.0
HEADS = (
    "killed amid bursts",
    "updates",
    "kills",
    "unanswered at the kills",
    "lost",
    "given up",
    "doubled",
    "in flight",
    "drained s",
)


@dataclass(frozen=True, slots=True)
class Size:
    updates: int
    kills: int


FULL = Size(3_000, 6)
QUICK = Size(300, 2)


@dataclass(slots=True)
class Killed:
    """What became of the updates."""

    updates: int
    kills: int = 0
    unanswered: int = 0
    """Thanked for and not answered yet at a kill, of all kills."""
    in_flight: int = 0
    """Answers claimed and not recorded at a kill, of all kills."""
    lost: int = 0
    given_up: int = 0
    """Answers that two kills met in flight: kept as "không rõ", not lost; nothing is said a third time."""
    doubled: int = 0
    marked: int = 0
    drained_s: float = 0.0
    """From the last start until all was answered."""

    def row(self, backend: str) -> tuple[object, ...]:
        counts = (self.updates, self.kills, self.unanswered, self.lost, self.given_up, self.doubled, self.in_flight)
        return (backend, *counts, self.drained_s)

    def goals(self, backend: str) -> list[Goal]:
        return [
            Goal(f"{backend}: updates thanked for and lost by kill -9", self.lost, 0, least=False),
            Goal(f"{backend}: doubled (in flight at the kills)", self.doubled, self.in_flight, least=False),
            Goal(f"{backend}: doubled and not marked", self.doubled - self.marked, 0, least=False),
        ]


class Door:
    """An office that is called by its provider, and its database seen from outside."""

    def __init__(self, api: services.BotApi, folder: Path, url: str) -> None:
        self._api = api
        with house.office(folder, url or None, 1) as database:
            made = database.url
        driver = "postgresql+psycopg" if url else made.drivername
        self._engine = create_engine(make_url(made).set(drivername=driver), poolclass=NullPool)
        self.process = OfficeProcess(
            folder,
            {
                **({"NHACVIEC_DATABASE_URL": url} if url else {}),
                "NHACVIEC_PROVINCE_CODE": "SL",
                "TELEGRAM_TOKEN": services.TOKEN,
                "TELEGRAM_API_URL": api.url,
                "TELEGRAM_MODE": "webhook",
                "TELEGRAM_WEBHOOK_SECRET": SECRET,
                "TELEGRAM_PER_SECOND": "1000",
                "NHACVIEC_PUBLIC_URL": "https://nhacviec.invalid",
                **told_clock(house.MORNING),
            },
            fresh=True,
        )
        self.port = services.free_port()

    async def start(self) -> None:
        """Start the office on the same port as before, as behind a proxy."""
        await self.process.start({"NHACVIEC_PORT": str(self.port)})

    def post(self, chats: list[int]) -> None:
        self._api.ask(
            "start", mode="hail", url=f"http://127.0.0.1:{self.port}", text="/phananh", chats=chats, at_once=64
        )

    def posted(self) -> dict[str, Any]:
        """Return the chats thanked for so far, and whether the posting has ended."""
        return self._api.ask("hailed")

    def count(self, table: str, state: str) -> int:
        with self._engine.connect() as connection:
            query = text(f"select count(*) from {table} where state = :state")
            return int(connection.execute(query, {"state": state}).scalar_one())

    def given_up(self) -> set[int]:
        """Return the chats whose answer is kept as one of which nobody knows whether it arrived."""
        query = "select chat from endpoints join outbox on endpoint_id = endpoints.id where outbox.state = 'unknown'"
        with self._engine.connect() as connection:
            return {int(chat) for chat in connection.execute(text(query)).scalars()}


def drill(api: services.BotApi, folder: Path, url: str, size: Size) -> Killed:
    """Run the drill; `url` is a PostgreSQL database, "" for SQLite."""
    return asyncio.run(_drill(api, folder, url, size))


async def _drill(api: services.BotApi, folder: Path, url: str, size: Size) -> Killed:
    api.ask("reset", delay=0.02)
    chance = random.Random(20260112)
    door = Door(api, folder, url)
    found = Killed(size.updates)
    left = list(range(CITIZENS, CITIZENS + size.updates))
    await door.start()
    for _ in range(size.kills):
        wanted = min(len(left) - 1, int(size.updates / (size.kills + 1) * chance.uniform(0.6, 1.0)))
        door.post(left)
        await until(lambda wanted=wanted: len(door.posted()["thanked"]) >= wanted, "updates taken in", PATIENCE)
        await door.process.kill()
        await until(lambda: door.posted()["ended"], "the posting noticing the kill", PATIENCE)
        thanked = set(door.posted()["thanked"])
        left = [chat for chat in left if chat not in thanked]
        found.kills += 1
        found.in_flight += door.count("outbox", "sending")
        found.unanswered += door.count("inbox", "waiting") + door.count("outbox", "waiting")
        begun = time.monotonic()
        await door.start()
    door.post(left)
    await until(lambda: door.posted()["ended"], "the last updates", PATIENCE)
    assert set(door.posted()["thanked"]) == set(left), "an update was refused while nobody was killed"
    await until(lambda: _settled(door), "everything answered", PATIENCE)
    found.drained_s = time.monotonic() - begun
    await door.process.stop()
    seen = api.ask("counts")
    told = {chat for _, chat, _ in api.ask("moments")["accepted"]}
    silent = set(range(CITIZENS, CITIZENS + size.updates)) - told
    found.given_up = len(silent & door.given_up())
    found.lost = len(silent) - found.given_up
    found.doubled, found.marked = seen["doubled"], seen["marked"]
    return found


def _settled(door: Door) -> bool:
    return not (door.count("inbox", "waiting") or door.count("outbox", "waiting") or door.count("outbox", "sending"))
