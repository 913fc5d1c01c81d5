"""A Zalo Official Account, where ZALO_OA_APP_ID is set; what it must keep is kept in the database."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from actions import tokens, uses
from app.connections.base import Connection, Ground, Receive
from app.settings import Settings, secret
from channels.base import ChannelError
from channels.downloads import Downloads
from channels.files import FileKeeper
from channels.pacing import Limits
from channels.zalo_oa import ZaloOaChannel
from channels.zalo_oa_api import CONNECTIONS, Api
from channels.zalo_oa_files import Uploads
from channels.zalo_oa_keeping import Doors, Keeping
from channels.zalo_oa_templates import Template
from channels.zalo_oa_tokens import Tokens
from channels.zalo_oa_updates import NAME, genuine
from domain.delivery import Reason, Refused
from domain.tokens import Pair, Sought
from domain.windows import Standing, Window
from storage.database import Database, Unit
from web.webhooks import Webhook

log = structlog.get_logger(__name__)

PATH = "/zalo/oa"
AWAY = (OperationalError, InterfaceError, NoConnectionError)
"""How a database that is away shows; any other error of it is a fault of ours and ends the process."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Book:
    """What the account must keep, kept in the database; `given` is the refresh token in the settings, "" for none.

    A database that is away is told as a refusal: nothing has left yet.
    """

    database: Database
    clock: Callable[[], datetime]
    given: str

    async def seek(self, stale: str) -> Sought:
        """Say what to do for an access token other than `stale`."""
        return await self._kept(lambda unit: tokens.seek(unit, NAME, self.given, stale, self.clock()))

    async def renewed(self, spent: str, pair: Pair) -> None:
        """Keep the pair that a refresh token gave."""
        await self._kept(lambda unit: tokens.renewed(unit, NAME, spent, pair, self.clock()))

    async def refused(self, spent: str) -> None:
        """Note that the provider does not take the refresh token."""
        log.error("reauthorise", channel=NAME, why="refused")
        await self._kept(lambda unit: tokens.refused(unit, NAME, spent, self.clock()))

    async def lost(self, spent: str) -> None:
        """Note that no answer came."""
        log.error("reauthorise", channel=NAME, why="answer lost")
        await self._kept(lambda unit: tokens.lost(unit, NAME, spent, self.clock()))

    async def unspent(self, spent: str) -> None:
        """Note that the refresh token certainly was not used."""
        await self._kept(lambda unit: tokens.unspent(unit, NAME, spent))

    async def standing(self, chat: str) -> Standing:
        """Return how we stand with a chat."""
        return await _told(self.database.read(lambda unit: uses.standing(unit, NAME, chat)))

    async def used(self, chat: str, kind: str) -> None:
        """Note one message to a chat; best effort."""
        await self._noted(lambda unit: uses.note(unit, NAME, chat, kind, self.clock()))

    async def find(self, reference: str) -> str:
        """Return the digest of our copy of a file, "" where there is none; best effort."""
        try:
            return await self.database.read(lambda unit: uses.copy_of(unit, NAME, reference))
        except AWAY:
            return ""

    async def note(self, reference: str, digest: str) -> None:
        """Keep the digest of our copy of a file; best effort."""
        await self._noted(lambda unit: uses.note_copy(unit, NAME, reference, digest, self.clock()))

    async def _kept(self, work: Callable[[Unit], _T]) -> _T:
        return await _told(self.database.run(work))

    async def _noted(self, work: Callable[[Unit], None]) -> None:
        try:
            await self.database.run(work)
        except AWAY as error:
            log.warning("not_noted", channel=NAME, error=type(error).__name__)


async def _told(work: Awaitable[_T]) -> _T:
    try:
        return await work
    except AWAY as error:
        raise ChannelError(Refused(Reason.UNREACHED, f"database: {type(error).__name__}")) from None


def zalo_oa(settings: Settings, ground: Ground) -> Connection | None:
    """Return the account, None where it is off."""
    if not settings.zalo_oa_app_id:
        return None
    return by(channel(settings, ground, Api()), settings)


def channel(settings: Settings, ground: Ground, api: Api) -> ZaloOaChannel:
    """Return the channel as the settings describe it, on these connections."""
    book = Book(ground.database, ground.clock, secret(settings.zalo_oa_refresh_token))
    hosts = [one.strip() for one in settings.zalo_oa_file_hosts.split(",")]
    return ZaloOaChannel(
        api,
        Tokens(
            book,
            api,
            settings.zalo_oa_oauth_url,
            settings.zalo_oa_app_id,
            secret(settings.zalo_oa_app_secret),
            ground.clock,
            ground.timer,
        ),
        Keeping(book, book, FileKeeper(settings.data_dir / "files"), ground.content),
        ground.clock,
        downloads=Downloads(hosts),
        uploads=Uploads(ground.timer),
        doors=Doors(settings.zalo_oa_api_url, settings.zalo_zns_api_url),
        window=Window(
            settings.zalo_oa_free_hours,
            settings.zalo_oa_window_days,
            settings.zalo_oa_free_in_a_row,
            settings.zalo_oa_package,
        ),
        template=_template(settings),
        largest=settings.zalo_oa_largest_mb * 1024 * 1024,
    )


def by(account: ZaloOaChannel, settings: Settings) -> Connection:
    """Return the account as this channel reaches it. A chain of tokens that broke stops no other account."""
    proves = genuine(settings.zalo_oa_app_id, secret(settings.zalo_oa_secret))

    async def introduce() -> None:
        await account.me()

    def door(receive: Receive) -> Webhook:
        return Webhook(PATH, proves, receive)

    return Connection(
        account,
        Limits(per_second=settings.zalo_oa_per_second, in_flight=CONNECTIONS),
        source=account,
        door=door,
        introduce=introduce,
        whoami=account.me,
    )


def _template(settings: Settings) -> Template | None:
    if not settings.zalo_zns_template:
        return None
    pairs = (one.split("=") for one in settings.zalo_zns_fields.split(","))
    fields = {ours.strip(): theirs.strip() for ours, theirs in pairs}
    return Template(settings.zalo_zns_template, fields, settings.public_url)
