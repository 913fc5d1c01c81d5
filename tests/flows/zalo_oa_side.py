"""The office of `tests.office` with an emulated Official Account: people there follow, write and press, Zalo posts."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from app.connections.base import Ground
from app.connections.zalo_oa import PATH, channel
from app.run import web_parts
from channels.zalo_oa import ZaloOaChannel
from channels.zalo_oa_api import Api
from domain.people import Role
from tests.emulators.zalo_oa import ZaloOaEmulator
from tests.emulators.zalo_oa_push import headers, written
from tests.emulators.zalo_oa_world import APP, APP_SECRET, FIRST_REFRESH, OA_SECRET, Sent
from tests.office import Office, make_office
from web.app import create_app

HERE = "https://nhacviec.example.vn"


@dataclass(slots=True)
class ZaloOa:
    """Everything between the people's phones and the database, in one process and without waiting."""

    office: Office
    api: ZaloOaEmulator
    channel: ZaloOaChannel
    door: httpx.AsyncClient
    posted: list[dict[str, Any]] = field(default_factory=list)
    others: list[ZaloOaChannel] = field(default_factory=list)

    def person(self, number: str) -> "Person":
        """Return somebody with a phone; `number` is Zalo's id of them."""
        return Person(self, number)

    async def officer(self, number: str, agency: str, role: Role = Role.OFFICER, name: str = "") -> "Person":
        """Let somebody follow the account and join by the code alone."""
        person = self.person(number)
        await person.follows()
        await person.says(await self.office.invite(agency, role, name))
        await person.presses("Đúng, tham gia")
        return person

    async def post(
        self, event: dict[str, Any], body: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> int:
        """Post one event, signed as Zalo signs it, with another body or other headers where told; return the status."""
        signed = written(event)
        told = headers(event, signed) | dict(more or {})
        return (await self.door.post(PATH, content=signed if body is None else body, headers=told)).status_code

    async def take_in(self) -> None:
        """Take in what arrived, handle it, send what may leave."""
        for event in self.api.world.taken():
            self.posted.append(event)
            assert await self.post(event) == 200
        await self.handle()

    async def handle(self) -> None:
        """Handle what was kept and send what may leave."""
        while await self.office.inner.worker.step():
            pass
        await self.office.inner.deliverer.drain()

    async def settle(self) -> None:
        """Let the office say what is due."""
        await self.office.settle()

    async def facts(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        rows = await self.office.read(lambda unit: unit.conn.exec_driver_sql(query).all())
        return [tuple(row) for row in rows]

    async def states(self) -> dict[str, str]:
        """Return the state of every assignment by its code."""
        return {str(code): str(state) for code, state in await self.facts("select code, state from assignments")}

    def opened(self) -> ZaloOaChannel:
        """Open one more channel on the same database, as another process would; an answer is lost after 0.3 s."""
        inner = self.office.inner
        ground = Ground(inner.db, inner.clock, inner.timer, lambda _: b"%PDF-1.7")
        made = channel(inner.settings, ground, Api(read=0.3))
        self.others.append(made)
        return made


@dataclass(slots=True)
class Person:
    """One phone. Every act returns what was answered."""

    side: ZaloOa
    number: str
    _seen: int = 0

    @property
    def messages(self) -> list[Sent]:
        """Everything that ever arrived."""
        return [sent for sent in self.side.api.world.sent if sent.user == self.number]

    def fresh(self) -> list[Sent]:
        """Return what arrived since last asked."""
        found = self.messages[self._seen :]
        self._seen += len(found)
        return found

    def labels(self) -> list[str]:
        """Return the buttons under the newest message."""
        return [one["title"] for one in self.messages[-1].buttons]

    async def follows(self) -> str:
        """Press "Quan tâm"."""
        self.side.api.world.follows(self.number)
        return await self._answer()

    async def unfollows(self) -> str:
        """Take that back."""
        self.side.api.world.unfollows(self.number)
        return await self._answer()

    async def says(self, text: str) -> str:
        """Type something."""
        self.side.api.world.says(self.number, text)
        return await self._answer()

    async def presses(self, title: str) -> str:
        """Press the newest button whose title begins so."""
        self.side.api.world.presses(self.number, title)
        return await self._answer()

    async def sends_file(self, name: str, content: bytes = b"%PDF-1.7 ") -> str:
        """Send a document."""
        self.side.api.world.sends_file(self.number, name, content)
        return await self._answer()

    async def _answer(self) -> str:
        self.fresh()
        await self.side.take_in()
        return "\n".join(sent.text for sent in self.fresh())


@asynccontextmanager
async def zalo_oa_office(folder: Path, more: Mapping[str, str] | None = None) -> AsyncIterator[ZaloOa]:
    """Open the office; a call counts as lost after 0.3 s of silence, and Zalo's clock is the office's."""
    moment = [lambda: 0.0]
    async with ZaloOaEmulator(clock=lambda: moment[0]()) as api:
        given = {
            "ZALO_OA_APP_ID": APP,
            "ZALO_OA_APP_SECRET": APP_SECRET,
            "ZALO_OA_SECRET": OA_SECRET,
            "ZALO_OA_REFRESH_TOKEN": FIRST_REFRESH,
            "ZALO_OA_OAUTH_URL": api.url,
            "ZALO_OA_API_URL": api.url,
            "ZALO_ZNS_API_URL": api.url,
            "ZALO_OA_FILE_HOSTS": "127.0.0.1",
            "NHACVIEC_PUBLIC_URL": HERE,
            **(more or {}),
        }
        office = make_office(folder, environment=given)
        moment[0] = lambda: office.clock().timestamp()
        inner = office.inner
        app = create_app(web_parts(inner, None))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as door:
            (source,) = [one.channel for one in inner.connections]
            assert isinstance(source, ZaloOaChannel)
            side = ZaloOa(office, api, source, door)
            accounts = dict(inner.deliverer.accounts)
            accounts[source.name] = replace(accounts[source.name], channel=side.opened())
            inner.deliverer.accounts = accounts
            yield side
            for one in side.others:
                await one.close()
        await office.close()
