"""The office of `tests.office` with its Telegram account on the emulated Bot API: people there write and press."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.poller import Poller
from channels.files import FileKeeper
from channels.telegram import TelegramChannel
from channels.telegram_transport import AiohttpTransport
from domain.people import Role
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_memory import Sent
from tests.office import START, Office, make_office


@dataclass(slots=True)
class Telegram:
    """Everything between the people's phones and the database, in one process and without waiting."""

    office: Office
    api: TelegramEmulator
    poller: Poller
    people: dict[int, "Person"] = field(default_factory=dict)
    _polled: int = 0

    def person(self, number: int) -> "Person":
        """Return somebody with a phone; `number` is also their chat."""
        return self.people.setdefault(number, Person(self, number))

    async def officer(self, number: int, agency: str, role: Role = Role.OFFICER, name: str = "") -> "Person":
        """Let somebody join by the link that was given to them."""
        person = self.person(number)
        await person.says(f"/start {await self.office.invite(agency, role, name)}")
        await person.presses("Đúng, tham gia")
        return person

    async def meet(self) -> None:
        """Introduce ourselves to the server, as at the start of the program."""
        (connection,) = self.office.inner.connections
        assert connection.introduce is not None
        await connection.introduce()

    async def take_in(self) -> None:
        """Take in what arrived, handle it, send what may leave."""
        while self._pending():
            await self.poller.step()
        while await self.office.inner.worker.step():
            pass
        await self.office.inner.deliverer.drain()

    async def facts(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        rows = await self.office.read(lambda unit: unit.conn.exec_driver_sql(query).all())
        return [tuple(row) for row in rows]

    async def states(self) -> dict[str, str]:
        """Return the state of every assignment by its code."""
        return {str(code): str(state) for code, state in await self.facts("select code, state from assignments")}

    def _pending(self) -> bool:
        """Whether there are updates; the server keeps those of the last batch until the next one is asked for."""
        newest = max((int(one["update_id"]) for one in self.api.world.updates), default=0)
        fresh = newest > self._polled
        self._polled = max(newest, self._polled)
        return fresh


@dataclass(slots=True)
class Person:
    """One phone. Every act returns what was answered."""

    side: Telegram
    number: int
    _seen: int = 0

    @property
    def messages(self) -> list[Sent]:
        """Everything that ever arrived."""
        return [sent for sent in self.side.api.world.sent if sent.chat == self.number]

    def fresh(self) -> list[Sent]:
        """Return what arrived since last asked."""
        found = self.messages[self._seen :]
        self._seen += len(found)
        return found

    async def says(self, text: str) -> str:
        """Type something."""
        self.side.api.world.says(self.number, text)
        return await self._answer()

    async def presses(self, button: str) -> str:
        """Press the newest button with this label or key."""
        self.side.api.world.presses(self.number, self._full(button))
        return await self._answer()

    async def presses_old(self, key: str) -> str:
        """Send any callback data, as a changed client, or an old message's button, can."""
        content = {
            "id": self._callback(),
            "chat_instance": "1",
            "data": key,
            "from": {"id": self.number, "is_bot": False, "first_name": "X"},
            "message": {"message_id": 1, "date": 1_790_000_000, "chat": {"id": self.number, "type": "private"}},
        }
        self.side.api.world.person(self.number)
        self.side.api.world.arrive("callback_query", content)
        return await self._answer()

    async def follows(self, link: str) -> str:
        """Open a deep link."""
        self.side.api.world.follows(self.number, link)
        return await self._answer()

    async def replies(self, text: str, to: int) -> str:
        """Type something as an answer to a message."""
        self.side.api.world.says(self.number, text, reply_to=to)
        return await self._answer()

    async def sends_file(self, name: str, caption: str = "") -> str:
        """Send a document."""
        self.side.api.world.sends_file(self.number, name, b"%PDF-1.7", caption, "application/pdf")
        return await self._answer()

    async def sends_photo(self, caption: str = "") -> str:
        """Send a photo."""
        self.side.api.world.sends_photo(self.number, b"\xff\xd8" + b"0" * 100, caption)
        return await self._answer()

    def labels(self) -> list[str]:
        """Return the buttons under the newest message."""
        return self.side.api.world.buttons(self.number)

    def key(self, label: str) -> str:
        """Return what stands behind a button of the newest message."""
        every = (one for row in self.messages[-1].buttons for one in row)
        shown = {one["text"]: one["callback_data"] for one in every if "callback_data" in one}
        return str(shown[label])

    def link(self, label: str) -> str:
        """Return where a button of the newest message leads."""
        return next(str(one["url"]) for row in self.messages[-1].buttons for one in row if one["text"] == label)

    def _full(self, button: str) -> str:
        """Return the whole label of the newest message's button that begins so."""
        return next((label for label in self.labels() if label.startswith(button)), button)

    def _callback(self) -> str:
        key = f"forged{self.side.api.world.next_number()}"
        self.side.api.world.callbacks.add(key)
        return key

    async def _answer(self) -> str:
        self.fresh()
        await self.side.take_in()
        return "\n".join(sent.text for sent in self.fresh())


@dataclass(slots=True)
class Group:
    """A group chat with the bot in it; `number` is below zero. Every act returns what was answered."""

    side: Telegram
    number: int
    _seen: int = 0

    @property
    def messages(self) -> list[Sent]:
        """Everything that ever arrived."""
        return [sent for sent in self.side.api.world.sent if sent.chat == self.number]

    def fresh(self) -> list[Sent]:
        """Return what arrived since last asked."""
        found = self.messages[self._seen :]
        self._seen += len(found)
        return found

    async def hears(self, who: int, text: str, reply_to: int | None = None) -> str:
        """Let somebody write there."""
        self.side.api.world.says(self.number, text, who, reply_to)
        return await self.answer()

    async def answer(self) -> str:
        """Take in what happened there and return what was answered."""
        self.fresh()
        await self.side.take_in()
        return "\n".join(sent.text for sent in self.fresh())


@asynccontextmanager
async def telegram_office(
    folder: Path, more: Mapping[str, str] | None = None, start: datetime = START
) -> AsyncIterator[Telegram]:
    """Open the office; a request counts as lost after 0.2 s of silence."""
    async with TelegramEmulator() as api:
        given = {"TELEGRAM_TOKEN": api.token, "TELEGRAM_API_URL": api.url, **(more or {})}
        office = make_office(folder, start=start, environment=given)
        inner = office.inner
        (connection,) = inner.connections
        assert isinstance(connection.channel, TelegramChannel)
        files = FileKeeper(folder / "files")
        channel = TelegramChannel(
            api.token,
            api.url,
            transport=AiohttpTransport(api.token, read=0.2),
            content=lambda digest: files.read(digest, 50 << 20),
        )
        accounts = dict(inner.deliverer.accounts)
        accounts[channel.name] = replace(accounts[channel.name], channel=channel)
        inner.deliverer.accounts = accounts
        poller = Poller(inner.db, connection.channel, inner.clock, inner.timer, inner.worker.awake.set)
        yield Telegram(office, api, poller)
        await channel.close()
        await office.close()
