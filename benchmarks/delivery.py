"""How fast what waits in the outbox leaves: `python -m benchmarks.delivery [--quick] [--json OUT]`.

The product's path (outbox rows, `Deliverer`, `TelegramChannel`) beside the same transport without any durability and
beside other ways to send, all against one fake Bot API that answers after 20 ms, a hundred requests at once. Rounds are
interleaved and a ratio is the median of the ratios within each round. `ready` are messages whose text is made when they
are queued; `composed` are notices whose text is made when they are claimed, as the ladder's are.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from app.wiring import vault
from benchmarks import house, services
from benchmarks.figures import Goal, finish, median, options, say, table
from benchmarks.senders import Told
from storage.database import open_database
from storage.schema import outbox

DELAY = 0.02
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Size:
    messages: int
    composed: int
    rounds: int
    peer_rounds: int


FULL = Size(5_000, 2_000, 5, 3)
QUICK = Size(600, 100, 2, 1)


@dataclass(frozen=True, slots=True)
class Took:
    """One run of one sender; `cpu` and `store_cpu` in seconds, of the sender and of its database."""

    messages: int
    seconds: float
    cpu: float
    store_cpu: float = 0.0

    @property
    def per_second(self) -> float:
        return self.messages / self.seconds

    @property
    def cpu_per_1000(self) -> float:
        return self.cpu / self.messages * 1000


@dataclass(slots=True)
class Bench:
    """What the runs share, and what they took."""

    api: services.BotApi
    folder: Path
    found: dict[str, list[Took]] = field(default_factory=dict)

    def run(self, name: str, sender: str, told: Told, store_cpu: Callable[[], float] = lambda: 0.0) -> None:
        """Run a sender in a process of its own and check that every chat was told once."""
        self.api.ask("reset", delay=DELAY)
        before = store_cpu()
        took = child(sender, told)
        spent = store_cpu() - before
        seen = self.api.ask("counts")
        assert (seen["accepted"], seen["chats"]) == (told.count, told.count), seen
        one = Took(int(took["messages"]), took["seconds"], took["cpu"], spent)
        self.found.setdefault(name, []).append(one)
        say(f"  {name}: {one.per_second:,.0f}/s, CPU {one.cpu_per_1000:.2f} s/1,000")


def child(sender: str, told: Told) -> dict[str, float]:
    """Run a sender, given as "module.name", and return what it printed."""
    module, _, name = sender.partition(".")
    command = [sys.executable, "-m", f"benchmarks.{module}", name, json.dumps(asdict(told))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@dataclass(slots=True)
class Templates:
    """Databases that are filled once and copied for each run."""

    folder: Path
    postgres: services.Postgres
    _made: dict[tuple[str, str], str] = field(default_factory=dict)

    @contextmanager
    def copy(self, kind: str, backend: str, chats: int) -> Iterator[tuple[str, str]]:
        """Give (the data folder, the URL) of a fresh office with so many messages waiting."""
        home = self.folder / f"{kind}-{backend}"
        if (kind, backend) not in self._made:
            url = self.postgres.fresh() if backend == "postgres" else None
            with house.office(home, url, chats) as database:
                if kind == "ready":
                    house.queue_ready(database, chats)
                else:
                    assert house.queue_notices(database) == chats
                self._made[kind, backend] = database.url.render_as_string(hide_password=False)
        url = self._made[kind, backend]
        if backend == "postgres":
            copied = self.postgres.fresh(template=url)
            yield str(home), copied
            _all_sent(home, copied, chats)
            self.postgres.drop(copied)
        else:
            with tempfile.TemporaryDirectory(dir=self.folder) as name:
                shutil.copytree(home, name, dirs_exist_ok=True)
                copied = f"sqlite:///{Path(name) / Path(make_url(url).database or '').name}"
                yield name, copied
                _all_sent(Path(name), copied, chats)


def _all_sent(folder: Path, url: str, chats: int) -> None:
    database = open_database(url, vault(house.settings(folder, url)))
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    states = database.run_now(lambda unit: [tuple(row) for row in unit.conn.execute(query)])
    database.close()
    assert states == [("sent", chats)], states


def measure(size: Size) -> tuple[dict[str, list[Took]], dict[str, float]]:
    """Run everything; return the runs by name, and how many jobs a second the peers take in."""
    filled: dict[str, float] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhacviec-bench-")))
        bench = Bench(stack.enter_context(services.bot_api()), folder)
        postgres = stack.enter_context(services.postgres())
        redis = stack.enter_context(services.redis())
        templates = Templates(folder, postgres)
        told = {"api": bench.api.url, "at_once": AT_ONCE}
        for number in range(size.rounds):
            say(f"round {number + 1} of {size.rounds}")
            bench.run("bare", "senders.bare", Told(**told, count=size.messages))
            for kind, count in (("ready", size.messages), ("composed", size.composed)):
                for backend in ("sqlite", "postgres"):
                    with templates.copy(kind, backend, count) as (home, url):
                        cpu = postgres.cpu if backend == "postgres" else (lambda: 0.0)
                        mine = Told(**told, count=count, store=url, folder=home)
                        bench.run(f"product, {kind}, {backend}", "senders.product", mine, cpu)
            if number < size.peer_rounds:
                bench.run("python-telegram-bot", "senders.stock", Told(**told, count=size.messages))
                mine = Told(**told, count=size.messages, store=postgres.fresh())
                filled["Procrastinate"] = size.messages / child("peers.procrastinate_fill", mine)["seconds"]
                bench.run("Procrastinate", "peers.procrastinate_work", mine, postgres.cpu)
                postgres.drop(mine.store)
                if redis is not None:
                    mine = Told(**told, count=size.messages, store=redis)
                    filled["taskiq"] = size.messages / child("peers.taskiq_fill", mine)["seconds"]
                    bench.run("taskiq, list", "peers.taskiq_work", mine)
    return bench.found, filled


def ratio(found: dict[str, list[Took]], mine: str, theirs: str, of: Callable[[Took], float]) -> float | None:
    """Return the median of the ratios within each round, None where one of them was not measured."""
    pairs = list(zip(found.get(mine, []), found.get(theirs, []), strict=False))
    return median(of(one) / of(other) for one, other in pairs) if pairs else None


def goals(found: dict[str, list[Took]]) -> list[Goal]:
    """Return what was promised of the messages whose text is ready, on SQLite and on PostgreSQL."""
    made: list[Goal] = []
    for backend in ("sqlite", "postgres"):
        mine = f"product, ready, {backend}"
        wanted = (("bare", 0.90), ("python-telegram-bot", 8.0), ("Procrastinate", 7.0), ("taskiq, list", 1.15))
        made += [
            Goal(f"{backend}: speed to {peer}", ratio(found, mine, peer, lambda took: took.per_second), bound)
            for peer, bound in wanted
        ]
        cpu = ratio(found, mine, "bare", lambda took: took.cpu_per_1000)
        made.append(Goal(f"{backend}: CPU to bare", cpu, 1.3, least=False))
    return made


def main() -> None:
    chosen = options(__doc__).parse_args()
    size = QUICK if chosen.quick else FULL
    found, filled = measure(size)
    table(
        ("sender", "messages", "msg/s", "CPU s/1,000", "database's CPU", "speed to bare", "lowest pair"),
        [_row(found, name, runs) for name, runs in found.items()],
    )
    table(("queue", "jobs taken in a second"), [(name, rate) for name, rate in filled.items()])
    figures: dict[str, Any] = {
        "delay_s": DELAY,
        "at_once": AT_ONCE,
        "runs": {name: [asdict(one) for one in runs] for name, runs in found.items()},
        "filled_per_second": filled,
    }
    finish("delivery", chosen, goals(found), figures)


def _row(found: dict[str, list[Took]], name: str, runs: list[Took]) -> tuple[object, ...]:
    pairs = [one.per_second / bare.per_second for one, bare in zip(runs, found["bare"], strict=False)]
    return (
        name,
        runs[0].messages,
        median(one.per_second for one in runs),
        median(one.cpu_per_1000 for one in runs),
        median(one.store_cpu / one.messages * 1000 for one in runs),
        median(pairs),
        min(pairs),
    )


if __name__ == "__main__":
    main()
