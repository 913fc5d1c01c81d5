"""How fast what a provider posts is answered: `python -m benchmarks.inbound [--quick] [--json OUT]`.

An update is posted to a webhook; its handler reads what is kept of the chat, writes it anew and answers by sendMessage,
20 ms away. The product does it by its own path: the update is saved and committed, then thanked for, handled in its
chat's order, the answer committed with what it did, claimed, sent, recorded. Beside it the same handler in
python-telegram-bot's `run_webhook`, in aiogram, and in a bare Starlette route. *flood* keeps 64 updates unanswered,
*pace* posts 200 a second whatever comes, *burst* waits for the 200 alone. Rounds are interleaved and a ratio is the
median of the ratios within each round. Last, the office is killed amid bursts (see `benchmarks.inbound_kill`).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import house, inbound_kill, services
from benchmarks.figures import Goal, finish, median, options, say, table
from benchmarks.inbound_load import CITIZENS
from benchmarks.inbound_servers import AT_ONCE, Told

DELAY = 0.02
PER_SECOND = 200
CHATS = 500
PATIENCE = 180.0
ASKED = "/phananh"
"""What a citizen begins with: the product reads the chat's conversation, keeps its first question, and asks it."""


@dataclass(frozen=True, slots=True)
class Size:
    rounds: int
    warm: float
    seconds: float
    burst: int
    kill: inbound_kill.Size


FULL = Size(3, 1.0, 4.0, 1_000, inbound_kill.FULL)
QUICK = Size(1, 0.5, 1.0, 200, inbound_kill.QUICK)


@dataclass(frozen=True, slots=True)
class Variant:
    """One server, as "module.name". `first` is its first chat; `backend` says what database the product is given."""

    name: str
    server: str
    backend: str = ""
    text: str = ASKED
    first: int = CITIZENS
    paced: bool = True
    burst: bool = False


VARIANTS = (
    Variant("bare Starlette, aiohttp", "inbound_servers.bare", burst=True),
    Variant("product, sqlite", "inbound_servers.product", "sqlite", burst=True),
    Variant("product, no database", "inbound_servers.memory"),
    Variant("product, postgres", "inbound_servers.product", "postgres", burst=True),
    Variant("product, an officer's /viec", "inbound_servers.product", "sqlite", "/viec", house.CHATS + 1, paced=False),
    Variant("aiogram", "inbound_peers.aiogram"),
    Variant("python-telegram-bot", "inbound_peers.ptb", paced=False),
)
BARE, SQLITE, MEMORY, POSTGRES, _, AIOGRAM, PTB = (one.name for one in VARIANTS)


@dataclass(frozen=True, slots=True)
class Took:
    """One round of one variant; `cpu_ms` of the server for an answer in the flood, latencies in ms, None unmeasured."""

    answered_per_second: float
    cpu_ms: float
    p50_ms: float | None = None
    p99_ms: float | None = None
    accepted_per_second: float | None = None


@dataclass(slots=True)
class Bench:
    """What the rounds share, and what they took."""

    api: services.BotApi
    folder: Path
    postgres: services.Postgres
    size: Size
    found: dict[str, list[Took]] = field(default_factory=dict)

    def run(self, variant: Variant) -> None:
        """Measure one variant once, on a fresh office and in a process of its own."""
        self.api.ask("reset", delay=DELAY)
        with tempfile.TemporaryDirectory(dir=self.folder) as home:
            told = Told(self.api.url, home, self._store(variant, Path(home)))
            with serving(variant.server, told) as (url, pid):
                one = self._measure(variant, url, pid)
            if variant.backend == "postgres":
                self.postgres.drop(told.store)
        self.found.setdefault(variant.name, []).append(one)
        say(f"  {variant.name}: {one}")

    def _store(self, variant: Variant, home: Path) -> str:
        if not variant.backend:
            return ""
        url = self.postgres.fresh() if variant.backend == "postgres" else None
        with house.office(home, url, CHATS) as database:
            return database.url.render_as_string(hide_password=False)

    def _measure(self, variant: Variant, url: str, pid: int) -> Took:
        told = {"url": url, "text": variant.text, "chats": [variant.first, variant.first + CHATS]}
        window = {"warm": self.size.warm, "seconds": self.size.seconds}
        before = services.cpu_of(pid)
        flood = self._drive("flood", **told, **window, at_once=AT_ONCE)
        cpu_ms = (services.cpu_of(pid) - before) / flood["answered"] * 1000
        burst = self._drive("burst", **told, at_once=AT_ONCE, count=self.size.burst) if variant.burst else None
        spans = sorted(self._drive("pace", **told, **window, per_second=PER_SECOND)["spans"]) if variant.paced else []
        return Took(
            flood["answered_per_second"],
            cpu_ms,
            median(spans) * 1000 if spans else None,
            spans[int(len(spans) * 0.99)] * 1000 if spans else None,
            burst["thanked_per_second"] if burst else None,
        )

    def _drive(self, mode: str, **told: Any) -> dict[str, Any]:
        """Let the load run, and check that every update was answered once."""
        self.api.ask("start", mode=mode, **told)
        found: dict[str, Any] = {}
        until = time.monotonic() + PATIENCE
        while not (found := self.api.ask("result")):
            assert time.monotonic() < until, f"{mode} does not end"
            time.sleep(0.1)
        assert "error" not in found, found
        counts = {name: found[name] for name in ("thanked", "answered", "refused", "strange")}
        assert counts == {"thanked": found["posted"], "answered": found["posted"], "refused": 0, "strange": 0}, found
        return found


@contextmanager
def load() -> Iterator[services.BotApi]:
    """Give the fake Bot API that posts updates too, in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.inbound_load"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield services.BotApi(f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        process.kill()
        process.wait()


@contextmanager
def serving(server: str, told: Told) -> Iterator[tuple[str, int]]:
    """Give (address, process) of a server that answers."""
    module, _, name = server.partition(".")
    command = [sys.executable, "-m", f"benchmarks.{module}", name, json.dumps(asdict(told))]
    environment = {**os.environ, "XDG_RUNTIME_DIR": told.folder}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        services.until(lambda: services.listens(port))
        time.sleep(0.5)  # it introduces itself to the provider
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.kill()
        process.wait()


def ratio(found: dict[str, list[Took]], mine: str, theirs: str, of: Callable[[Took], float | None]) -> float | None:
    """Return the median of the ratios within each round, None where one of them was not measured."""
    pairs = [(of(one), of(other)) for one, other in zip(found[mine], found[theirs], strict=True)]
    return median(one / other for one, other in pairs if one and other) if pairs else None


def goals(found: dict[str, list[Took]]) -> list[Goal]:
    """Return what was promised of inbound speed."""

    def speed(mine: str, theirs: str) -> float | None:
        return ratio(found, mine, theirs, lambda took: took.answered_per_second)

    return [
        Goal("sqlite: answered/s to python-telegram-bot's run_webhook", speed(SQLITE, PTB), 5.0),
        Goal("sqlite: answered/s to aiogram", speed(SQLITE, AIOGRAM), 1.2),
        Goal("sqlite: answered/s to bare", speed(SQLITE, BARE), 0.40),
        Goal("sqlite: p99 at 200/s to bare", ratio(found, SQLITE, BARE, lambda took: took.p99_ms), 2.0, least=False),
        Goal("sqlite: answered/s to the same without a database", speed(SQLITE, MEMORY), 0.85),
        Goal("postgres: answered/s to the same without a database", speed(POSTGRES, MEMORY), 0.40),
    ]


def main() -> None:
    chosen = options(__doc__).parse_args()
    size = QUICK if chosen.quick else FULL
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhacviec-bench-")))
        api = stack.enter_context(load())
        postgres = stack.enter_context(services.postgres())
        bench = Bench(api, folder, postgres, size)
        for number in range(size.rounds):
            say(f"round {number + 1} of {size.rounds}")
            for variant in VARIANTS:
                bench.run(variant)
        stores = {"sqlite": "", "postgres": postgres.fresh()}
        killed = {name: inbound_kill.drill(api, folder / name, url, size.kill) for name, url in stores.items()}
    heads = ("server", "answered/s", "CPU ms", "p50 ms at 200/s", "p99 ms", "200s/s in a burst", "speed to bare")
    table(heads, [_row(bench.found, name, runs) for name, runs in bench.found.items()])
    table(inbound_kill.HEADS, [one.row(backend) for backend, one in killed.items()])
    figures = {
        "delay_s": DELAY,
        "unanswered": AT_ONCE,
        "per_second": PER_SECOND,
        "runs": {name: [asdict(one) for one in runs] for name, runs in bench.found.items()},
        "killed": {backend: asdict(one) for backend, one in killed.items()},
    }
    more = [goal for backend, one in killed.items() for goal in one.goals(backend)]
    finish("inbound", chosen, [*goals(bench.found), *more], figures)


def _row(found: dict[str, list[Took]], name: str, runs: list[Took]) -> tuple[object, ...]:
    def middle(of: Callable[[Took], float | None]) -> float | None:
        values = [value for value in map(of, runs) if value is not None]
        return median(values) if values else None

    return (
        name,
        middle(lambda took: took.answered_per_second),
        middle(lambda took: took.cpu_ms),
        middle(lambda took: took.p50_ms),
        middle(lambda took: took.p99_ms),
        middle(lambda took: took.accepted_per_second),
        ratio(found, name, BARE, lambda took: took.answered_per_second),
    )


if __name__ == "__main__":
    main()
