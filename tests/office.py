"""A whole office inside one process, for tests: a real database, the web chat, a clock moved by hand.

Nothing is patched and nothing waits: time passes through `advance`, people write through `say` and `press`.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import Select, select

from actions import agencies as agency_actions
from actions import inbox, issue, people, plans
from app.guessing import nearest_name
from app.settings import read
from app.simulate import Simulation
from app.timing import SetClock
from app.wiring import Office as Assembled
from app.wiring import build, open_store
from channels.webchat import NAME as WEB
from channels.webchat import WebChat
from domain import plans as plan_values
from domain.agencies import Agency
from domain.deadlines import read as read_deadline
from domain.local import VIETNAM, local, today
from domain.outgoing import Attachment, Choice
from domain.people import Role
from domain.words import fold
from storage.database import Unit
from storage.outbox import opened
from storage.schema import endpoints, outbox
from storage.views import office as office_views
from tests.timers import ManualTimer

T = TypeVar("T")

START = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)
"""Monday 12/01/2026, 08:00."""

HOTLINE = "Phòng Kiểm soát thủ tục hành chính, 0900 000 000"

DIRECTORY = (
    Agency("UBNDT", "UBND tỉnh Sông Lam", relation="subordinate"),
    Agency(
        "VPUBND",
        "Văn phòng UBND tỉnh",
        level="province_department",
        coordinating=True,
        relation="subordinate",
    ),
    Agency("STP", "Sở Tư pháp", level="province_department", relation="subordinate"),
    Agency("SNV", "Sở Nội vụ", level="province_department", relation="subordinate"),
    Agency("STC", "Sở Tài chính", level="province_department", relation="subordinate"),
    Agency("XA01", "UBND xã Lam Sơn", level="commune_committee", relation="subordinate"),
    Agency("XA02", "UBND xã Lam Thủy", level="commune_committee", relation="subordinate"),
    Agency("THUE", "Thuế tỉnh", level="central_agency", relation="central"),
)
"""Eight agencies of a province that does not exist."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as its person saw it; `kind` is "reply" or "bundle" (what nobody asked for)."""

    at: datetime
    kind: str
    text: str
    choices: tuple[Choice, ...]
    stamp: str
    files: tuple[Attachment, ...] = ()

    @property
    def first_line(self) -> str:
        """The line a phone shows before the message is opened."""
        return self.text.split("\n", 1)[0]


@dataclass(slots=True)
class Chat:
    """One person's web chat."""

    office: "Office"
    chat: str
    name: str = ""
    role: Role | None = None
    agency: str = ""
    said: list[tuple[datetime, str, str]] = field(default_factory=list)
    """What this person did: (when, the stamp of the line, what)."""
    _after: str = ""
    _choices: tuple[Choice, ...] = ()

    async def say(self, text: str) -> list[Heard]:
        """Type something and return what was answered."""
        return await self._send({"text": text}, text)

    async def press(self, wanted: str) -> list[Heard]:
        """Press a button of the last message that had any, by its label, the start of it, or its key."""
        found = [one for one in self._choices if one.key == wanted]
        found = found or [one for one in self._choices if fold(one.label).startswith(fold(wanted))]
        assert found, f"no choice {wanted!r} among {[one.label for one in self._choices]}"
        return await self._send({"button": found[0].key, "label": found[0].label}, f"[{found[0].label}]")

    async def send_file(
        self, name: str, caption: str = "", media_type: str = "application/pdf", content: bytes = b""
    ) -> list[Heard]:
        """Send a file and return what was answered; without content its bytes are nowhere to be found."""
        kept = await self.office.web.files.keep(_whole(content), len(content)) if content else None
        file = {"reference": "0" * 64, "name": name, "media_type": media_type, "size": 1024}
        if kept is not None:
            file |= {"reference": kept.digest, "size": kept.size}
        return await self._send({"file": file, "text": caption}, f"(tệp {name}) {caption}".strip())

    async def heard(self) -> list[Heard]:
        """Return the messages that arrived since last asked, in the order of their arrival."""
        found = await self.office.read(lambda unit: _messages(unit, self.chat, self._after))
        if found:
            self._after = found[-1].stamp
        offered = [one.choices for one in found if one.choices]
        if offered:
            self._choices = offered[-1]
        return found

    async def all_heard(self) -> list[Heard]:
        """Return every message that ever arrived."""
        return await self.office.read(lambda unit: _messages(unit, self.chat, ""))

    async def _send(self, payload: dict[str, Any], shown: str) -> list[Heard]:
        await self.heard()
        stamp = self.office.web.stamp()
        self.said.append((local(self.office.clock()), stamp, shown))
        await self.office.take_in(self.chat, payload | {"stamp": stamp})
        return await self.heard()


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _messages(unit: Unit, chat: str, after: str) -> list[Heard]:
    query: Select[Any] = (
        select(outbox.c.sent_at, outbox.c.kind, outbox.c.text_sent, outbox.c.message, outbox.c.provider_id)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(endpoints.c.channel == WEB, endpoints.c.chat == chat, outbox.c.state == "sent")
        .where(outbox.c.provider_id > after)
        .order_by(outbox.c.provider_id)
    )
    found = [(row, opened(unit, row.message)) for row in unit.conn.execute(query)]
    return [
        Heard(
            local(row.sent_at),
            row.kind,
            said.text if said.sealed else row.text_sent,
            said.choices,
            row.provider_id,
            said.files,
        )
        for row, said in found
    ]


@dataclass(slots=True)
class Office:
    """The office with its clock; close it when the test is over."""

    inner: Assembled
    clock: SetClock
    timer: ManualTimer
    chats: list[Chat] = field(default_factory=list)
    _keys: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def web(self) -> WebChat:
        """The web chat's channel."""
        return self.inner.webchat

    async def run(self, work: Callable[[Unit], T]) -> T:
        """Run a unit that writes."""
        return await self.inner.db.run(work)

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run a unit that only reads."""
        return await self.inner.db.read(work)

    async def settle(self) -> None:
        """Do everything that is due now: handle what came in, sweep, send what may leave."""
        while await self.inner.worker.step():
            pass
        await self._simulation().settle()

    async def advance(self, until: datetime) -> int:
        """Move the clock by way of every moment at which something may have to be said."""
        return await self._simulation().advance(until)

    async def take_in(self, chat: str, payload: dict[str, Any]) -> None:
        """Keep one line of a web chat, handle it, send the answer."""
        key, now = f"test:{next(self._keys)}", self.clock()
        await self.run(lambda unit: inbox.save(unit, WEB, [(key, chat, payload)], now))
        while await self.inner.worker.step():
            pass
        await self.inner.deliverer.drain()

    def stranger(self, name: str = "") -> Chat:
        """Return the web chat of somebody unknown."""
        chat = Chat(self, f"chat-{len(self.chats) + 1}", name)
        self.chats.append(chat)
        return chat

    async def invite(self, agency: str, role: Role, name: str = "", position: str = "") -> str:
        """Return a fresh invite code, for a named person where a name is given."""
        now = self.clock()
        if not name:
            made = await self.run(lambda unit: people.invite(unit, agency, role, now))
        else:
            row = people.Newcomer(agency, name, position, "0900 000 123", role)
            made = await self.run(lambda unit: people.invite_person(unit, row, now))
        return made.code

    async def officer(self, agency: str, role: Role = Role.OFFICER, name: str = "", position: str = "") -> Chat:
        """Invite somebody, let them join by the code in a chat of their own, agree where that is needed."""
        chat = self.stranger(name)
        chat.role, chat.agency = role, agency
        await chat.say(await self.invite(agency, role, name, position))
        await chat.press("Đúng, tham gia")
        if role.needs_consent:
            await self.run(lambda unit: _agree(unit, self.clock()))
        return chat

    async def issue(self, rows: "Sequence[Row]", *, at: datetime | None = None, number: str = "15/KH-UBND") -> int:
        """Import and issue a plan of these rows, every doubt as read; return the plan's id."""
        return await self.issue_draft(make_draft(rows, number=number), at=at)

    async def issue_draft(self, draft: plan_values.Draft, *, at: datetime | None = None) -> int:
        """Import and issue a plan as it was read, every doubt as read; return the plan's id."""
        now, digest = self.clock(), f"{draft.document.number or '':0<64}"[:64]

        def work(unit: Unit) -> int:
            imported = plans.import_draft(unit, draft, plan_values.to_json(draft), digest, nearest_name, now)
            issue.issue(unit, imported.plan_id, accept_doubts=True, at=at or now, now=now)
            return imported.plan_id

        return await self.run(work)

    async def close(self) -> None:
        """Let go of the database."""
        await self.inner.close()

    def _simulation(self) -> Simulation:
        return Simulation(self.inner, self.clock, self.inner.deliverer.drain)


def _agree(unit: Unit, now: datetime) -> None:
    for coordinator in office_views.coordinators_reachable(unit)[:1]:
        viewer = office_views.viewer(unit, coordinator, today(now))
        for row in office_views.pending(unit):
            people.decide_seat(unit, viewer, row.id, agreed=True, now=now)


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a plan as its table says it."""

    content: str
    lead: str
    deadline: str
    product: str = ""
    coordinating: str = ""


def make_draft(rows: Iterable[Row], *, number: str = "15/KH-UBND", on: date = date(2026, 1, 9)) -> plan_values.Draft:
    """Return the plan that a reader would have made of these rows."""
    facts = plan_values.Facts(
        file="ke-hoach.docx",
        kind="Kế hoạch",
        number=number,
        date=on,
        issuer="UBND tỉnh Sông Lam",
        place="Sông Lam",
        year=on.year,
        coordinating_office="Văn phòng UBND tỉnh",
        title="Cải cách thủ tục hành chính năm 2026",
        signer=None,
    )
    tasks = [_task(at, row, on) for at, row in enumerate(rows, 1)]
    return plan_values.Draft(facts, tuple(tasks), (), ())


def _task(at: int, row: Row, on: date) -> plan_values.DraftTask:
    reading = read_deadline(row.deadline, year=on.year, signed=on)
    return plan_values.DraftTask(
        appendix="Phụ lục",
        section=("I. NHIỆM VỤ",),
        number=str(at),
        content=row.content,
        lead=tuple(filter(None, row.lead.split("; "))),
        coordinating=tuple(filter(None, row.coordinating.split("; "))),
        following=(),
        deadline_raw=row.deadline,
        deadline=reading.deadline,
        product=row.product,
        also=(),
        warnings=reading.warnings,
        source=plan_values.Source(1, at),
    )


@cache
def _furnished(start: datetime, directory: tuple[Agency, ...]) -> dict[str, bytes]:
    """Return the files of an office that has its tables, calendar and directory: made once, not once a test."""
    with TemporaryDirectory() as folder:
        database = open_store(read(_environment(Path(folder))), SetClock(start))
        if directory:
            database.run_now(lambda unit: agency_actions.import_directory(unit, directory, start))
        database.close()
        return {name: (Path(folder) / name).read_bytes() for name in ("nhacviec.db", "secret.key")}


def _environment(folder: Path) -> dict[str, str]:
    return {"NHACVIEC_DATA_DIR": str(folder), "NHACVIEC_PROVINCE_CODE": "SL", "NHACVIEC_HOTLINE": HOTLINE}


def make_office(
    folder: Path,
    url: str | None = None,
    start: datetime = START,
    *,
    directory: Sequence[Agency] = DIRECTORY,
    environment: dict[str, str] | None = None,
) -> Office:
    """Open an office on SQLite in `folder`, or on the database at `url`, with its directory imported."""
    given = {**_environment(folder), **({"NHACVIEC_DATABASE_URL": url} if url else {}), **(environment or {})}
    settings, clock, timer = read(given), SetClock(start), ManualTimer()
    fresh = url is None and not (folder / "nhacviec.db").exists() and "NHACVIEC_SECRET_KEY" not in given
    if fresh:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in _furnished(start, tuple(directory)).items():
            (folder / name).write_bytes(content)
    database = open_store(settings, clock)
    if directory and not fresh:
        database.run_now(lambda unit: agency_actions.import_directory(unit, directory, start))
    return Office(build(settings, database, clock=clock, timer=timer), clock, timer)
