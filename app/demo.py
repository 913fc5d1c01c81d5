"""The demo: a sample plan of a fictional province, issued, with a clock that the visitor moves.

SQLite in a temporary folder, no token, no network; its routes are mounted only here, on loopback.
"""

import asyncio
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import samples
from actions import offices
from app import demo_cases
from app.demo_world import HINTS, Chat, furnish, issue_plan, live_a_week
from app.reading import Reading, read_plan
from app.run import run
from app.settings import read
from app.simulate import Simulation
from app.timing import SetClock
from app.wiring import Office, build, open_store
from domain.local import local, long_day
from messages.render import number as in_vietnamese
from storage.database import Unit
from storage.views import traffic
from web.demo_controls import Jump, Leap, Persona, PlanFacts

HOST = "127.0.0.1"

LONGEST_WAIT = timedelta(days=120)
"""How far "the next reminder" looks ahead."""

_LEAPS: Mapping[Leap, timedelta] = {
    "next": LONGEST_WAIT,
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


class Demo:
    """What the demo page can ask and do."""

    def __init__(self, office: Office, clock: SetClock, cast: Sequence[Chat], plan: PlanFacts) -> None:
        self._office = office
        self._clock = clock
        self._cast = cast
        self._plan = plan
        self._simulation = Simulation(office, clock, office.deliverer.idle)
        self._moving = asyncio.Lock()

    def personas(self) -> Sequence[Persona]:
        """Return whom the visitor can be."""
        return [Persona(one.key, one.name, one.role, one.agency, one.chat, *HINTS[one.key]) for one in self._cast]

    def now(self) -> datetime:
        """Return the simulated moment, local."""
        return local(self._clock())

    def plan(self) -> PlanFacts:
        """Return what the header says of the plan."""
        return self._plan

    async def advance(self, to: Leap) -> Jump:
        """Move the clock, visiting every planned moment, and tell what arrived."""
        async with self._moving:
            start = self.now()
            before = await self._counts()
            await (self._to_next_word(start) if to == "next" else self._simulation.advance(start + _LEAPS[to]))
            after = await self._counts()
        sent = {one.key: after[one.chat] - before[one.chat] for one in self._cast if after[one.chat] > before[one.chat]}
        return Jump(start, self.now(), await self._told(sent), sent)

    async def _to_next_word(self, start: datetime) -> None:
        """Go on until somebody but the leader, whose digest comes every morning, hears something."""
        digests = {one.chat for one in self._cast if one.key == "leader"}
        before = await self._counts()
        while self.now() < start + LONGEST_WAIT:
            await self._simulation.advance(start + LONGEST_WAIT, stop_when_sent=True)
            after = await self._counts()
            if any(after[chat] > before[chat] for chat in after if chat not in digests):
                return

    async def begin(self) -> None:
        """Let what is due at the very start arrive: the first word of issue."""
        await self._simulation.settle()

    async def _counts(self) -> Counter[str]:
        return await self._office.db.read(lambda unit: traffic.sent_by_chat(unit, self._office.webchat.name))

    async def _told(self, sent: Mapping[str, int]) -> list[str]:
        """Return, for each who heard something, the first line of the last message."""
        chats = {one.key: one for one in self._cast}
        lasts = await self._office.db.read(
            lambda unit: [traffic.last_line(unit, self._office.webchat.name, chats[key].chat) for key in sent]
        )
        lines = [f"{chats[key].name}: {line}" for key, line in zip(sent, lasts, strict=True)]
        return lines or ["Không có tin nào trong khoảng này."]


def main(port: int, say: Callable[[str], None], *, check: bool) -> None:
    """Run the demo until it is interrupted; with `check` only until it has shown that it works.

    Raises OSError where the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="nhacviec-demo-") as folder:
        asyncio.run(_show(Path(folder), port, say, check=check))


async def _show(folder: Path, port: int, say: Callable[[str], None], *, check: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    clock = SetClock(demo_cases.BEGIN)
    reading = await asyncio.to_thread(_read_sample)
    office = await asyncio.to_thread(open_office, folder, clock)
    await office.db.run(lambda unit: offices.remember_address(unit, f"http://{HOST}:{port}", clock()))
    cast = await office.db.run(lambda unit: furnish(unit, office.webchat.name, clock()))
    await live_a_week(office, clock, cast)
    await office.db.run(lambda unit: issue_plan(unit, reading, clock()))
    facts = await office.db.read(lambda unit: _facts(unit, reading))
    demo = Demo(office, clock, cast, facts)

    def ready(bound: int) -> None:
        address = f"http://{HOST}:{bound}"
        say(f"Bản trình diễn đã sẵn sàng: {address}")
        say(f"Kênh chat công khai: {address}/chat")
        say(f"Kết quả phản ánh đã công khai: {address}/phan-anh")
        if not check:
            say("Nhấn Ctrl+C để dừng. Dữ liệu nằm trong thư mục tạm và mất khi dừng.")

    async def begin() -> None:
        await demo.begin()
        if check:
            jump = await demo.advance("next")
            say(f"{jump.end:%H:%M} {long_day(jump.end.date())}")
            for line in jump.lines:
                say(line)
            stop.set()

    beginning = asyncio.create_task(begin())
    try:
        await run(office, HOST, port, ready, stop, demo)
    finally:
        beginning.cancel()
        await office.close()


def _read_sample() -> Reading:
    with samples.path(samples.PLAN) as path:
        return read_plan(path)


def open_office(folder: Path, clock: SetClock) -> Office:
    """Open the demo's empty office in a folder."""
    given = {"NHACVIEC_PROVINCE_CODE": "SL", "NHACVIEC_HOTLINE": HOTLINE, "NHACVIEC_PREVIEW": "off"}
    settings = read({"NHACVIEC_DATA_DIR": str(folder), **given})
    return build(settings, open_store(settings, clock), clock=clock)


HOTLINE = "Phòng Kiểm soát thủ tục hành chính, 0900 000 000"


def _facts(unit: Unit, reading: Reading) -> PlanFacts:
    document = reading.draft.document
    assignments = traffic.assignments(unit)
    return PlanFacts(
        f"Kế hoạch {document.number}",
        document.title,
        (
            f"{len(reading.draft.tasks)} nhiệm vụ",
            f"{in_vietnamese(assignments)} việc của các cơ quan",
            document.issuer or "",
        ),
    )
