"""An Official Account's channel against the emulator, keeping in memory what it must keep: no database is needed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from channels.base import ChannelError
from channels.downloads import Downloads
from channels.files import FileKeeper
from channels.zalo_oa import ZaloOaChannel
from channels.zalo_oa_api import Api
from channels.zalo_oa_files import Uploads
from channels.zalo_oa_keeping import Doors, Keeping
from channels.zalo_oa_templates import Template
from channels.zalo_oa_tokens import Tokens
from domain import tokens as rules
from domain.delivery import Reason, Refused
from domain.tokens import Chain, Finding, Pair, Sought
from domain.windows import Standing, Window
from tests.emulators.zalo_oa import ZaloOaEmulator
from tests.emulators.zalo_oa_world import APP, APP_SECRET, FIRST_REFRESH
from tests.timers import ManualTimer

USER = "2512523625412515"
PHONE = "0900 000 123"
START = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)


class YieldingTimer(ManualTimer):
    """Lets the others go on while somebody waits."""

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)
        await asyncio.sleep(0.01)


@dataclass(slots=True)
class Memory:
    """Keeper, ledger and copies in one. `events` tells what was written down, in order."""

    clock: Callable[[], datetime]
    chain: Chain = field(default_factory=lambda: rules.begun(Chain(), "first", FIRST_REFRESH))
    people: dict[str, Standing] = field(default_factory=dict)
    uses: list[tuple[str, str]] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    seeks: int = 0
    away: bool = False
    """Whether no pair can be kept just now."""

    async def seek(self, stale: str) -> Sought:
        self.seeks += 1
        self.chain, finding = rules.seek(self.chain, stale, self.clock())
        if finding is not Finding.USE:
            self.events.append(finding.value)
        return rules.sought(self.chain, finding)

    async def renewed(self, spent: str, pair: Pair) -> None:
        if self.away:
            self.events.append("away")
            raise ChannelError(Refused(Reason.UNREACHED, "database: OperationalError"))
        self.events.append("renewed")
        self.chain = rules.renewed(self.chain, spent, pair)

    async def refused(self, spent: str) -> None:
        self.events.append("refused")
        self.chain = rules.refused(self.chain, spent)

    async def lost(self, spent: str) -> None:
        self.events.append("lost")
        self.chain = rules.lost(self.chain, spent)

    async def unspent(self, spent: str) -> None:
        self.events.append("unspent")
        self.chain = rules.unspent(self.chain, spent)

    async def standing(self, chat: str) -> Standing:
        return self.people.get(chat, Standing(None, 0))

    async def used(self, chat: str, kind: str) -> None:
        self.uses.append((chat, kind))
        known = self.people.get(chat)
        if known is not None:
            self.people[chat] = Standing(known.heard_at, known.in_a_row + 1, known.phone)

    async def find(self, reference: str) -> str:
        return self.copies.get(reference, "")

    async def note(self, reference: str, digest: str) -> None:
        self.copies[reference] = digest


@dataclass(slots=True)
class Account:
    """The channel, its memory, the emulator at its far end, the folder of files, and the moment it is."""

    api: ZaloOaEmulator
    memory: Memory
    folder: FileKeeper
    now: list[datetime]
    channels: list[ZaloOaChannel] = field(default_factory=list)
    oauth: str = ""
    """Another server for tokens, for the channels opened from now on."""

    @property
    def channel(self) -> ZaloOaChannel:
        return self.channels[0]

    def opened(self, template: Template | None = None, window: Window | None = None, url: str = "") -> ZaloOaChannel:
        """Open one more channel on the same memory, as another process would; `url`: messages go to another server."""
        wire, timer, door = Api(read=0.3), YieldingTimer(), url or self.api.url
        made = ZaloOaChannel(
            wire,
            Tokens(self.memory, wire, self.oauth or self.api.url, APP, APP_SECRET, self.clock, timer),
            Keeping(self.memory, self.memory, self.folder, self.content),
            self.clock,
            downloads=Downloads(["127.0.0.1"]),
            uploads=Uploads(timer),
            doors=Doors(door, door),
            window=window,
            template=template,
            largest=1000,
        )
        self.channels.append(made)
        return made

    def clock(self) -> datetime:
        return self.now[0]

    def content(self, digest: str) -> bytes:
        return self.folder.read(digest, 50 << 20)

    def hears(self, user: str = USER, phone: str = "") -> None:
        """Let somebody write now."""
        self.api.world.says(user, "xin chào")
        self.api.world.taken()
        self.memory.people[user] = Standing(self.clock(), 0, phone)


@asynccontextmanager
async def zalo_oa_account(folder: Path) -> AsyncIterator[Account]:
    """Open an account that one person has just written to; an answer counts as lost after 0.3 s."""
    now = [START]
    async with ZaloOaEmulator(clock=lambda: now[0].timestamp()) as api:
        account = Account(api, Memory(lambda: now[0]), FileKeeper(folder), now)
        account.hears()
        account.opened()
        yield account
        for channel in account.channels:
            await channel.close()
