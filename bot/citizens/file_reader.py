"""Fetching the files that citizens sent with their cases: outside any unit, then one unit that keeps or refuses.

A process that ends in the middle leaves a file waiting; whoever starts next fetches it. A file that is not what may
be sent, or that its channel does not hand out any more, is taken off the case, and its sender is told once.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from actions import outbox
from actions.cases import files
from bot.intake import Fetch, in_thread
from bot.looping import keep_working
from channels.base import ChannelError, FileTooLargeError
from channels.files import KeptFile
from documents import citizen_files
from domain.delivery import Reason, Refused
from domain.errors import DocumentRefused
from domain.outgoing import Capabilities, Message
from storage.views import AnyRow, Database, Unit

log = structlog.get_logger(__name__)

Keep = Callable[[AsyncIterator[bytes]], Awaitable[KeptFile]]
"""Puts a file into the house's folder."""

TRIES = 5
WAIT = timedelta(seconds=30)
"""Before the second try; every further wait is twice as long."""
PATIENCE = timedelta(days=1)
"""So long a file is waited for while its provider cannot be reached."""
SLACK = 1000
"""So many of the newest files are looked at again and again: one may be written later than its number tells."""


@dataclass(slots=True)
class CaseFileReader:
    """Fetches one file after the other; `answered` is called after each commit, so that a word leaves at once."""

    db: Database
    clock: Callable[[], datetime]
    fetchers: Mapping[str, Fetch]
    keep: Keep
    can: Mapping[str, Capabilities]
    answered: Callable[[], None]
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    tries: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    """Of files that could not be fetched: how often that was, and when it is tried again."""
    seen: int = 0
    """Below this number every file is settled."""

    async def run(self) -> None:
        """Fetch until cancelled."""
        await keep_working(self.step, self.awake)

    async def step(self) -> bool:
        """Fetch one waiting file; return whether there was one."""
        now = self.clock()
        resting = [number for number, (_, again_at) in self.tries.items() if again_at > now]
        row = await self.db.read(lambda unit: files.waiting(unit, tuple(self.fetchers), self.seen, resting))
        if row is None:
            if not self.tries:
                self.seen = max(self.seen, await self.db.read(files.newest) - SLACK)
            return False
        ending = await self._attempt(row)
        if ending is not None:
            self.tries.pop(row.file_id, None)
            await self.db.run(ending)
            self.answered()
        return True

    async def _attempt(self, row: AnyRow) -> Callable[[Unit], None] | None:
        """Fetch, look and keep; return what the unit that follows has to do, None where it is tried again."""
        try:
            megabytes = await self.db.read(files.megabytes)
            content = await self.fetchers[row.channel](row.reference, megabytes * 1024 * 1024)
            kind = await in_thread(lambda: citizen_files.kind_of(row.name, content))
            file = await self.keep(_whole(content))
        except FileTooLargeError:
            return self._refusing(row, files.TOO_LARGE.format(name=row.name, megabytes=megabytes))
        except DocumentRefused as refused:
            return self._refusing(row, refused.sentence)
        except ChannelError as error:
            log.warning("case_file_not_fetched", file=row.file_id, error=str(error))
            return self._failed(row, gone=isinstance(error.outcome, Refused) and error.outcome.reason is Reason.BROKEN)
        except Exception:
            log.exception("case_file_failed", file=row.file_id)
            return self._failed(row, gone=True)
        name = citizen_files.named(row.name, kind)
        return lambda unit: files.keep(unit, row.file_id, file.digest, name, kind, file.size, self.clock())

    def _failed(self, row: AnyRow, *, gone: bool) -> Callable[[Unit], None] | None:
        """Try again later; give up where the file is gone after some tries, or after a day."""
        now = self.clock()
        times = self.tries.get(row.file_id, (0, now))[0] + 1
        if (gone and times >= TRIES) or now - row.created_at >= PATIENCE:
            return self._refusing(row, "")
        self.tries[row.file_id] = (times, now + WAIT * 2 ** min(times - 1, 5))
        return None

    def _refusing(self, row: AnyRow, said: str) -> Callable[[Unit], None]:
        told = (
            files.TAKEN_OFF.format(said=said, code=row.code)
            if said
            else files.LOST.format(name=row.name, code=row.code)
        )

        def refuse(unit: Unit) -> None:
            now = self.clock()
            if not files.refuse(unit, row, now) or row.endpoint_id is None:
                return
            key, message = f"casefile:{row.file_id}", Message(told, heading=False, numbered=False)
            outbox.reply(unit, key, row.endpoint_id, None, [message], self.can[row.channel], now)

        return refuse


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
