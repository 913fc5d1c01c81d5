"""An office small enough for the web's tests: a real database, a worker that answers, a demo of five people."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from socket import socket

import uvicorn
from prometheus_client import CollectorRegistry, Counter
from starlette.applications import Starlette

from channels.files import FileKeeper
from channels.webchat import NAME, WebChat
from domain.delivery import Delivered, State
from domain.incoming import Incoming, Sent
from domain.outgoing import Choice, Message
from storage import inbox, outbox, people
from storage.database import Database, Unit, open_database
from storage.upgrade import migrate
from storage.vault import Vault
from web.demo_controls import Jump, Leap, Persona, PlanFacts, Suggestion
from web.parts import Check, Health, WebParts

START = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)  # thứ Hai 12/01/2026, 08:00 in Viet Nam
OFFICE = "Văn phòng UBND tỉnh Sông Lam"

TASK = Message(
    "NV-0007 đến hạn thứ Hai 19/01/2026\n"
    "Công khai danh mục thủ tục hành chính đã được phân cấp tại trụ sở và trên Cổng Thông tin điện tử.\n"
    "Kế hoạch 15/KH-UBND ngày 09/01/2026, Phụ lục, mục II.1.",
    (
        Choice("Đã xong", "t:7:done"),
        Choice("Xin gia hạn", "t:7:extend"),
        Choice("Vướng mắc", "t:7:obstacle"),
        Choice("Việc này không thuộc đơn vị tôi", "t:7:no"),
    ),
)


@dataclass
class Clock:
    """Business time that only moves when told."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class EchoWorker:
    """Handles what was saved, in order, and answers through the outbox like the real one."""

    db: Database
    webchat: WebChat
    clock: Clock
    heard: list[Incoming] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)
    _keys: Iterator[int] = field(default_factory=count)

    def wake(self) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(self._drain()))

    async def settle(self) -> None:
        """Return when everything saved so far is handled."""
        while self._tasks:
            await self._tasks.pop()

    async def tell(self, chat: str, message: Message) -> None:
        """Bring a message to a chat: promise, claim, send, record."""
        key = f"fake:{next(self._keys)}"
        row = await self.db.run(lambda unit: self._promise(unit, key, chat, message))
        outcome = await self.webchat.send(chat, message)
        assert isinstance(outcome, Delivered)
        values = {"state": State.SENT.value, "provider_id": outcome.provider_id, "sent_at": self.clock()}
        await self.db.run(lambda unit: outbox.change(unit, row, **values))

    def _promise(self, unit: Unit, key: str, chat: str, message: Message) -> int:
        endpoint = people.endpoint(unit, NAME, chat, self.clock())
        row = outbox.add(unit, key, "reply", outbox.REPLY, endpoint.id, self.clock(), message=message.to_json())
        outbox.claim(unit, {row: message.text}, "test", self.clock())
        return row

    async def _drain(self) -> None:
        async with self._one:
            while (said := await self.db.run(self._take)) is not None:
                self.heard.append(said)
                await self.tell(said.chat, self._answer(said))

    def _take(self, unit: Unit) -> Incoming | None:
        rows = inbox.next_waiting(unit, 1, self.clock())
        if not rows:
            return None
        row = rows[0]
        inbox.finish(unit, [row.id], self.clock())
        return self.webchat.parse(row.chat, row.update_key, row.payload)

    def _answer(self, said: Incoming) -> Message:
        if said.text in ("/viec", "viec"):
            return TASK
        if said.sent is Sent.FILE:
            return Message(f"Đã nhận tệp {said.files[0].name}.", heading=False)
        return Message(f"Đã nghe: {said.text or said.button}", heading=False)


PERSONAS = (
    Persona(
        "can-bo-stp",
        "Trần Mẫu Bình",
        "cán bộ đầu mối",
        "Sở Tư pháp",
        "demo-stp",
        "Xem việc được giao, báo xong hoặc xin gia hạn.",
        (Suggestion("Việc của tôi", "/viec"), Suggestion("Hướng dẫn", "/trogiup")),
    ),
    Persona(
        "can-bo-skhcn",
        "Hoàng Mẫu Dũng",
        "cán bộ đầu mối",
        "Sở Khoa học và Công nghệ",
        "demo-skhcn",
        "Để một việc quá hạn, xem ai được báo.",
        (Suggestion("Việc của tôi", "/viec"),),
    ),
    Persona(
        "giam-doc-stp",
        "Lý Mẫu Hòa",
        "lãnh đạo cơ quan",
        "Sở Tư pháp",
        "demo-head",
        "Nhận báo khi việc của Sở quá hạn.",
        (Suggestion("Việc của Sở", "/viec"),),
    ),
    Persona(
        "van-phong",
        "Đỗ Mẫu Linh",
        "cán bộ Văn phòng",
        "Văn phòng UBND tỉnh",
        "demo-office",
        "Xác nhận báo cáo, xử lý phản ánh.",
        (Suggestion("Bảng tổng hợp", "/tonghop"),),
    ),
    Persona(
        "lanh-dao",
        "Lê Mẫu Quang",
        "lãnh đạo UBND",
        "UBND tỉnh Sông Lam",
        "demo-leader",
        "Xem bảng tổng hợp gọn trong một màn hình.",
        (Suggestion("Bảng tổng hợp", "/tonghop"),),
    ),
    Persona(
        "nguoi-dan",
        "Người dân",
        "người dân",
        "Phường Sông Lam",
        "demo-citizen",
        "Gửi một phản ánh, kiến nghị và theo dõi kết quả.",
        (Suggestion("Gửi phản ánh, kiến nghị", "/phananh"), Suggestion("Tra cứu", "/tracuu")),
    ),
)

STEPS = {"next": timedelta(days=2), "day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=31)}


@dataclass
class FakeDemo:
    """Whatever the leap, the first officer and the leader hear something on the way."""

    worker: EchoWorker
    clock: Clock
    gate: asyncio.Event | None = None
    waiting: int = 0

    def personas(self) -> Sequence[Persona]:
        return PERSONAS

    def now(self) -> datetime:
        return self.clock()

    def plan(self) -> PlanFacts:
        return PlanFacts(
            "Kế hoạch 15/KH-UBND",
            "Cải cách thủ tục hành chính, dịch vụ công trực tuyến và xử lý phản ánh, kiến nghị năm 2026",
            ("29 nhiệm vụ", "116 cơ quan", "ban hành 12/01/2026"),
        )

    async def advance(self, to: Leap) -> Jump:
        if self.gate is not None:
            self.waiting += 1
            await self.gate.wait()
        start = self.clock.now
        self.clock.now = start + STEPS[to]
        await self.worker.tell("demo-stp", TASK)
        await self.worker.tell(
            "demo-leader",
            Message("Tổng hợp sáng thứ Tư 14/01/2026\n29 việc: 3 đã xong, 1 quá hạn.\nChậm nhất: Sở Tư pháp (1)."),
        )
        told = ("Nhắc Sở Tư pháp việc NV-0007 (còn 3 ngày làm việc).", "Lãnh đạo UBND nhận bảng tổng hợp sáng.")
        return Jump(start, self.clock.now, told, {"can-bo-stp": 1, "lanh-dao": 1})


@dataclass
class Office:
    """The parts, and hands on what the web does not see."""

    db: Database
    clock: Clock
    worker: EchoWorker
    demo: FakeDemo
    seconds: list[float]
    health: list[Check]
    files: Path
    registry: CollectorRegistry

    def parts(self, **changes: object) -> WebParts:
        values: dict[str, object] = {
            "db": self.db,
            "clock": self.clock,
            "webchat": self.worker.webchat,
            "wake": self.worker.wake,
            "secret": b"s" * 32,
            "office_name": lambda _unit: OFFICE,
            "health": self._health,
            "metrics": self.registry,
            "timer": lambda: self.seconds[0],
        }
        return WebParts(**(values | changes))  # type: ignore[arg-type]

    async def _health(self) -> Health:
        return Health(tuple(self.health))


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """Open an office on a fresh SQLite database in the folder."""
    url = f"sqlite:///{folder / 'office.db'}"
    migrate(url)
    db = open_database(url, Vault([Vault.new_key()]))
    clock, registry = Clock(), CollectorRegistry()
    Counter("nhacviec_sent", "Messages sent.", registry=registry).inc()
    ticks = count(1_768_180_000_000_000_000, 1_000_000)
    webchat = WebChat(clock, FileKeeper(folder / "files"), lambda: next(ticks))
    worker = EchoWorker(db, webchat, clock)
    try:
        yield Office(
            db, clock, worker, FakeDemo(worker, clock), [0.0], [Check("database", True)], folder / "files", registry
        )
    finally:
        db.close()


@asynccontextmanager
async def serving(app: Starlette, webchat: WebChat) -> AsyncIterator[str]:
    """Serve the application on a free port of this machine and give its address."""
    door = socket()
    door.bind(("127.0.0.1", 0))
    door.listen()
    config = uvicorn.Config(app, log_config=None, lifespan="off", ws="none", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[door]))
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        await webchat.close()
        server.should_exit = True
        await running
