"""The office of `tests.office` with its Zalo bot on the emulated platform: people there write, and nothing else."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.poller import Poller
from channels.zalo_bot import ZaloBotChannel
from domain.local import local
from domain.people import Role
from domain.words import fold
from tests.emulators.zalo_bot import ZaloBotEmulator
from tests.emulators.zalo_bot_world import Sent
from tests.office import Office, make_office

_LINE = re.compile(r"^(\d+)\.? (.+)$", re.MULTILINE)


@dataclass(slots=True)
class ZaloBot:
    """Everything between the people's phones and the database, in one process and without waiting."""

    office: Office
    api: ZaloBotEmulator
    poller: Poller
    people: dict[str, "Person"] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """What was typed and what was read, in order."""

    def person(self, chat: str) -> "Person":
        """Return somebody with a phone; `chat` is their id at the provider."""
        return self.people.setdefault(chat, Person(self, chat))

    async def officer(self, chat: str, agency: str, role: Role = Role.OFFICER, name: str = "") -> "Person":
        """Let somebody join by typing the code that was given to them, alone."""
        person = self.person(chat)
        await person.says(await self.office.invite(agency, role, name))
        await person.chooses("Đúng, tham gia")
        return person

    async def take_in(self) -> None:
        """Take in what arrived, handle it, send what may leave."""
        while self.api.world.updates and not self.api.methods.webhook:
            await self.poller.step()
        await self.handle()

    async def handle(self) -> None:
        """Handle what was kept, send what may leave."""
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

    def transcript(self) -> str:
        """Return the whole conversation, as a person would tell it."""
        return "\n".join(self.lines) + "\n"


@dataclass(slots=True)
class Person:
    """One phone. Every act returns what was answered."""

    side: ZaloBot
    chat: str
    _seen: int = 0

    @property
    def messages(self) -> list[Sent]:
        """Everything that ever arrived."""
        return [sent for sent in self.side.api.world.sent if sent.chat == self.chat]

    def fresh(self) -> list[str]:
        """Return what arrived since last asked."""
        found = [sent.text for sent in self.messages[self._seen :]]
        self._seen += len(found)
        hour = local(self.side.office.clock())
        for text in found:
            shown = "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
            self.side.lines.append(f"{hour:%d/%m %H:%M} → {self.chat}\n{shown}")
        return found

    async def says(self, text: str) -> str:
        """Type something."""
        self._note(text)
        self.side.api.world.says(self.chat, text)
        return await self._answer()

    async def chooses(self, label: str) -> str:
        """Type the number that stands before this choice, or one that begins so, in the newest message."""
        offered = _LINE.findall(self.messages[-1].text)
        found = [number for number, words in offered if fold(words).startswith(fold(label))]
        assert found, f"no choice {label!r} among {offered}"
        return await self.says(found[-1])

    async def sends_photo(self, caption: str = "") -> str:
        """Send a photo."""
        self._note(f"(ảnh) {caption}".strip())
        self.side.api.world.sends_photo(self.chat, b"\xff\xd8" + b"0" * 100, caption)
        return await self._answer()

    async def sends_file(self) -> str:
        """Send a document, of which the provider tells nothing."""
        self._note("(tệp)")
        self.side.api.world.sends_file(self.chat)
        return await self._answer()

    def _note(self, what: str) -> None:
        self.fresh()
        shown = "(gõ mã tham gia)" if re.fullmatch(r"[A-HJ-NP-Z2-9]{10}", what) else what
        self.side.lines.append(f"{local(self.side.office.clock()):%d/%m %H:%M} {self.chat}: {shown}")

    async def _answer(self) -> str:
        await self.side.take_in()
        return "\n".join(self.fresh())


@asynccontextmanager
async def zalo_bot_office(folder: Path, more: Mapping[str, str] | None = None) -> AsyncIterator[ZaloBot]:
    """Open the office; nothing of it is patched."""
    async with ZaloBotEmulator() as api:
        given = {
            "ZALO_BOT_TOKEN": api.token,
            "ZALO_BOT_API_URL": api.url,
            "ZALO_BOT_FILE_HOSTS": "127.0.0.1",
            **(more or {}),
        }
        office = make_office(folder, environment=given)
        inner = office.inner
        (connection,) = inner.connections
        assert isinstance(connection.channel, ZaloBotChannel)
        poller = Poller(inner.db, connection.channel, inner.clock, inner.timer, inner.worker.awake.set)
        yield ZaloBot(office, api, poller)
        await office.close()
