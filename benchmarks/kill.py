"""What a kill -9 loses and doubles: `python -m benchmarks.kill [--quick] [--json OUT]`.

The office runs as a process of its own against a fake Bot API, is killed at random moments while messages leave, and is
started again; at the real pace and at the fastest that the setting allows, on SQLite and on PostgreSQL. A chat that was
never told counts as lost, one told twice as doubled; what was claimed and not recorded at a kill was in flight.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url

from benchmarks import house, services
from benchmarks.figures import Goal, finish, options, say, table
from tests.processes import OfficeProcess, told_clock, until

DELAY = 0.02
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Drill:
    name: str
    backend: str
    per_second: int
    messages: int
    kills: int
    composed: bool = False


@dataclass(slots=True)
class Killed:
    """What became of one drill. Seconds are counted from the start of the process anew."""

    messages: int
    kills: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    lost: int = 0
    doubled: int = 0
    marked: int = 0
    resumed_s: float = 0.0
    """The longest from a start to the first message after it."""
    settled_s: float = 0.0
    """The longest from a start until all that had been in flight was recorded."""
    drained_s: float = 0.0
    """From the last start until nothing waited any more."""
    left: int = 0
    """What waited or was in flight at the last start."""


class Site:
    """A data folder with its messages, the process on it, and its database seen from outside."""

    def __init__(self, drill: Drill, api: services.BotApi, folder: Path, url: str | None) -> None:
        self._drill = drill
        self._api = api
        with house.office(folder, url, drill.messages) as database:
            house.queue_notices(database) if drill.composed else house.queue_ready(database, drill.messages)
            self._url = database.url.render_as_string(hide_password=False)
        more = (
            {"NHACVIEC_DATABASE_URL": url, "NHACVIEC_PROVINCE_CODE": "SL"} if url else {"NHACVIEC_PROVINCE_CODE": "SL"}
        )
        given = {
            "TELEGRAM_TOKEN": services.TOKEN,
            "TELEGRAM_API_URL": api.url,
            "TELEGRAM_PER_SECOND": str(drill.per_second),
            **told_clock(house.MORNING),
        }
        self.process = OfficeProcess(folder, {**more, **given}, fresh=True)

    async def start(self, begun: list[float]) -> None:
        """Start the process, and note when."""
        begun.append(time.monotonic())
        await self.process.launch()

    def ask(self, query: str) -> list[int]:
        made = make_url(self._url)
        driver = "postgresql+psycopg" if made.get_backend_name() == "postgresql" else made.drivername
        engine = create_engine(made.set(drivername=driver), poolclass=NullPool)
        with engine.connect() as connection:
            return [int(row[0]) for row in connection.execute(text(query))]

    def accepted(self) -> int:
        return int(self._api.ask("counts")["accepted"])

    def left(self) -> int:
        return self.ask("select count(*) from outbox where state in ('waiting', 'sending')")[0]

    def unsettled(self, rows: list[int]) -> int:
        ids = ", ".join(map(str, rows)) or "0"
        return self.ask(f"select count(*) from outbox where state in ('waiting', 'sending') and id in ({ids})")[0]


async def run(drill: Drill, api: services.BotApi, folder: Path, url: str | None, chance: random.Random) -> Killed:
    """Kill the office again and again, then let it finish; return what became of the messages."""
    api.ask("reset", delay=DELAY)
    site = Site(drill, api, folder, url)
    found = Killed(drill.messages)
    begun: list[float] = []
    await site.start(begun)
    for number in range(drill.kills):
        goal = drill.messages * (number + 1) / (drill.kills + 1) * chance.uniform(0.8, 1.0)
        await until(lambda goal=goal: site.accepted() >= goal, "messages leaving", PATIENCE)
        await asyncio.sleep(chance.uniform(0, 0.1))
        await site.process.kill()
        in_flight = site.ask("select id from outbox where state = 'sending'")
        found.kills += 1
        found.in_flight += len(in_flight)
        found.most_in_flight = max(found.most_in_flight, len(in_flight))
        found.left = site.left()
        await site.start(begun)
        settled = partial(_settled, site, in_flight)
        found.settled_s = max(found.settled_s, await _seconds_until(settled, begun[-1]))
    found.drained_s = await _seconds_until(lambda: not site.left(), begun[-1])
    await site.process.listening()
    await site.process.stop()
    moments = [at for at, _, _ in api.ask("moments")["accepted"]]
    found.resumed_s = max(next((at for at in moments if at > start), start) - start for start in begun)
    seen = api.ask("counts")
    found.lost = drill.messages - seen["chats"]
    found.doubled, found.marked = seen["doubled"], seen["marked"]
    return found


def _settled(site: Site, rows: list[int]) -> bool:
    return not site.unsettled(rows)


async def _seconds_until(happened: Callable[[], bool], begun: float) -> float:
    await until(happened, "", PATIENCE)
    return time.monotonic() - begun


def drills(*, quick: bool) -> list[Drill]:
    kills = 2 if quick else 6
    slow, fast = (180, 2_000) if quick else (600, 5_000)
    made = []
    for backend in ("sqlite", "postgres"):
        made += [
            Drill(f"30/s, {backend}", backend, 30, slow, kills),
            Drill(f"30/s, composed, {backend}", backend, 30, slow // 3, kills, composed=True),
            Drill(f"1,000/s, {backend}", backend, 1_000, fast, kills),
        ]
    return made


def goals(found: dict[str, Killed]) -> list[Goal]:
    made = []
    for name, one in found.items():
        made.append(Goal(f"{name}: lost", one.lost, 0, least=False))
        made.append(Goal(f"{name}: doubled (in flight at the kills)", one.doubled, one.in_flight, least=False))
        if name.startswith("30/s"):
            made.append(Goal(f"{name}: most in flight at a kill", one.most_in_flight, 2, least=False))
        made.append(Goal(f"{name}: s until it sends again", one.resumed_s, 10, least=False))
        made.append(Goal(f"{name}: s until what was in flight is settled", one.settled_s, 10, least=False))
    return made


def main() -> None:
    chosen = options(__doc__).parse_args()
    found: dict[str, Killed] = {}
    chance = random.Random(20260112)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhacviec-bench-")))
        api = stack.enter_context(services.bot_api())
        postgres = stack.enter_context(services.postgres())
        for number, drill in enumerate(drills(quick=chosen.quick)):
            url = postgres.fresh() if drill.backend == "postgres" else None
            found[drill.name] = asyncio.run(run(drill, api, folder / str(number), url, chance))
            say(f"  {drill.name}: {found[drill.name]}")
    counts = ("messages", "kills", "in flight", "lost", "doubled", "marked")
    heads = ("drill", *counts, "sends again s", "settled s", "left", "drained s")
    table(heads, [_row(name, one) for name, one in found.items()])
    finish("kill", chosen, goals(found), {name: asdict(one) for name, one in found.items()})


def _row(name: str, one: Killed) -> tuple[object, ...]:
    counts = (one.messages, one.kills, one.in_flight, one.lost, one.doubled, one.marked)
    return (name, *counts, one.resumed_s, one.settled_s, one.left, one.drained_s)


if __name__ == "__main__":
    main()
