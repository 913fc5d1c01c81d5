"""Where a drill takes place: a site, the emulated provider, the clock on the wall, and the closing of the books."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.drills.ledger import Answer, Tally, tally
from benchmarks.drills.postgres import Missing, Server
from benchmarks.drills.table import Row
from tests.drills.site import Site, chat_of
from tests.emulators.telegram import TelegramEmulator
from tests.processes import OfficeProcess, until


@dataclass(frozen=True, slots=True)
class Scale:
    """How much: people, repetitions, and how many times as fast as the machine's clock the office's runs."""

    people: int
    rounds: int
    speed: float
    fresh: bool = True
    """Whether every start of the office takes as long as in life."""

    @property
    def minute(self) -> float:
        """How long a minute of the office takes, in seconds."""
        return 60 / self.speed

    @property
    def patience(self) -> float:
        """Seconds after which what did not happen counts as missing."""
        return 20 + 5 * self.minute


QUICK = Scale(people=16, rounds=3, speed=30.0, fresh=False)
USUAL = Scale(people=60, rounds=8, speed=12.0)
FULL = Scale(people=200, rounds=25, speed=1.0)


@dataclass(slots=True)
class Stage:
    """One drill's own: `done` says what is done, `wrong` what should have been otherwise.

    `answers` are what people may expect.
    """

    scale: Scale
    folder: Path
    api: TelegramEmulator
    server: Server
    done: str = ""
    answers: list[Answer] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    drained: float | None = None
    books: Tally | None = None
    _begun: float | None = None
    _site: Site | None = None
    _more: list[Site] = field(default_factory=list)
    _has_turn: bool = False

    @property
    def site(self) -> Site:
        """The site that `build` made."""
        assert self._site is not None, "nothing is built"
        return self._site

    async def build(self, *, postgres: bool = False) -> Site:
        """Return an empty site with waits in scale, not furnished yet. Raises Missing."""
        if postgres:
            await self.server.turn.acquire()
            self._has_turn = True
        url = await self.server.database() if postgres else ""
        self._site = Site(self.folder / "data", self.api, url, speed=self.scale.speed, fresh=self.scale.fresh)
        self._site.waits = f"sweep={20 / self.scale.speed:g}"
        return self._site

    def another(self) -> Site:
        """Return an empty site beside the first, at the same business time."""
        made = Site(
            self.folder / f"data{len(self._more) + 2}", self.api, speed=self.scale.speed, fresh=self.scale.fresh
        )
        made.waits, made.more = self.site.waits, self.site.more
        made.follow(self.site)
        self._more.append(made)
        return made

    def all_answer(self, people: int) -> None:
        """Let so many officers answer how far their work is."""
        for n in range(1, people + 1):
            self.asks(n, f"đã làm {n}%", f"“đã làm {n}%”")

    def asks(self, n: int, text: str, words: str) -> None:
        """Let an officer write something whose answer alone holds these words."""
        self.api.world.says(chat_of(n), text)
        self.answers.append(Answer(chat_of(n), words))

    def expect(self, truth: object, otherwise: str) -> None:
        """Write down what is wrong where something is not true."""
        if not truth:
            self.wrong.append(otherwise)

    async def until(self, happened: Callable[[], object], what: str) -> None:
        """Wait for something."""
        await until(happened, what, self.scale.patience)

    async def start(self, office: OfficeProcess) -> None:
        """Start the office; from now on the draining is timed."""
        self.time()
        await office.start()

    def time(self) -> None:
        """Begin timing the draining."""
        self._begun = time.monotonic()

    async def drain(self, messages: int) -> None:
        """Wait until of at least so many messages none is left to say; note how long that took at most."""
        try:
            await self.timed(lambda: self.site.at_rest(messages), f"{messages} messages and nothing left to say")
        except AssertionError:
            for table in ("inbox", "outbox"):
                states = self.site.ask(f"select state, count(*) from {table} group by state order by state")
                self.wrong.append(f"{table} at the end: {dict(states)}")
            raise

    async def timed(self, happened: Callable[[], object], what: str) -> None:
        """Wait for something, and note how long that took since the timing began, at most."""
        await self.until(happened, what)
        if self._begun is not None:
            self.drained = max(self.drained or 0.0, time.monotonic() - self._begun)

    def close_books(self) -> Tally:
        """Close the books, once: the database may be gone afterwards."""
        self.books = self.books or tally(self.site, self.answers, self.api.world.sent)
        return self.books

    async def clear(self) -> None:
        """Leave no process behind, and keep nobody waiting at the provider."""
        for site in filter(None, (self._site, *self._more)):
            await site.clear()
        self.api.methods.polls += 1  # whoever still polls is sent away
        self.api.world.arrived.set()

    def leave(self) -> None:
        """Let the next one have the server."""
        if self._has_turn:
            self.server.turn.release()


@dataclass(frozen=True, slots=True)
class Drill:
    """One way of failing."""

    name: str
    act: Callable[[Stage], Awaitable[None]]
    quick: bool = True
    """Whether it is run where there is little time, too."""


async def run(drill: Drill, scale: Scale, folder: Path, server: Server) -> Row:
    """Run one drill in an empty folder and close its books."""
    begun = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    async with TelegramEmulator() as api:
        stage = Stage(scale, folder, api, server)
        try:
            await _act(drill, stage)
            return _closed(drill.name, stage, time.monotonic() - begun)
        except Missing as missing:
            return Row(drill.name, stage.done, skipped=str(missing))
        finally:
            stage.leave()


async def _act(drill: Drill, stage: Stage) -> None:
    try:
        await drill.act(stage)
    except (AssertionError, TimeoutError) as error:
        stage.wrong.append(str(error).split("\n", 1)[0] or type(error).__name__)
    finally:
        await stage.clear()


def _closed(name: str, stage: Stage, seconds: float) -> Row:
    books = stage.close_books()
    return Row(
        name,
        stage.done,
        books.promised,
        books.lost,
        books.doubled,
        books.marked,
        books.held,
        stage.drained,
        tuple(stage.wrong + books.wrong),
        seconds=seconds,
    )
