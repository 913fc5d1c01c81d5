"""Reading the plan files and tables that came in by chat: outside any unit, then one unit that keeps and answers.

A process that ends in the middle leaves the file waiting; whoever starts next reads it again, and the answer is
queued with the mark that says so: exactly one.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

import structlog

from actions import conversations, intakes, outbox
from actions.intakes import Taken
from actions.plans import Nearest
from bot import plans, tables_in
from bot.desk import Reply, sentence
from bot.looping import keep_working
from channels.base import ChannelError, FileTooLargeError
from documents import values
from domain.errors import DocumentRefused
from domain.outgoing import Capabilities
from domain.plans import Draft
from storage.views import AnyRow, Database, Unit, office
from storage.views.intakes import PLAN

log = structlog.get_logger(__name__)

T = TypeVar("T")

Fetch = Callable[[str, int], Awaitable[bytes]]
"""Brings a file by its channel's reference, at most so many bytes; raises ChannelError."""


class Reading(Protocol):
    """A draft, the same in the plan format, and the digest of its file."""

    @property
    def draft(self) -> Draft:
        """What was read."""

    @property
    def as_read(self) -> dict[str, Any]:
        """The draft in the plan format."""

    @property
    def digest(self) -> str:
        """The file's SHA-256 in hexadecimal."""


Read = Callable[[str, bytes], Reading]
"""Reads a file of that name, slowly, within limits; raises DocumentRefused with its sentence."""

_Ending = Callable[[Unit], Taken | Reply | None]


@dataclass(slots=True)
class IntakeReader:
    """Reads one file after the other; `answered` is called after each commit, so that the answer leaves at once."""

    db: Database
    clock: Callable[[], datetime]
    fetchers: Mapping[str, Fetch]
    read: Read
    nearest: Nearest
    can: Mapping[str, Capabilities]
    answered: Callable[[], None]
    awake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Read until cancelled."""
        await keep_working(self.step, self.awake)

    async def step(self) -> bool:
        """Read one waiting file and answer; return whether there was one."""
        now = self.clock()
        row = await self.db.read(lambda unit: intakes.take(unit, tuple(self.fetchers), now))
        if row is None:
            return False
        ending = await self._attempt(row)
        await self.db.run(lambda unit: self._answer(unit, row, ending(unit)))
        self.answered()
        return True

    async def _attempt(self, row: AnyRow) -> _Ending:
        """Fetch and read; return what the unit that answers has to do."""
        try:
            content = await self.fetchers[row.channel](row.reference, intakes.LARGEST)
            if row.purpose != PLAN:
                sheets = await in_thread(lambda: values.read(row.name, content))
                return lambda unit: tables_in.read(unit, row, sheets, content, self.can[row.channel], self.clock())
            reading = await in_thread(lambda: self.read(row.name, content))
        except FileTooLargeError:
            return lambda unit: intakes.refuse(unit, row, intakes.TOO_LARGE.format(name=row.name), self.clock())
        except ChannelError as error:
            log.warning("intake_not_fetched", intake=row.id, error=str(error))
            return self._failing(row, str(error), intakes.LOST)
        except DocumentRefused as refused:
            said = refused.sentence
            return lambda unit: intakes.refuse(unit, row, said, self.clock())
        except Exception as error:
            log.exception("intake_failed", intake=row.id)
            return self._failing(row, type(error).__name__, intakes.BROKEN)
        return lambda unit: intakes.keep(
            unit, row, reading.draft, reading.as_read, reading.digest, self.nearest, self.clock()
        )

    def _failing(self, row: AnyRow, error: str, said: str) -> _Ending:
        return lambda unit: intakes.failed(unit, row, error, said.format(name=row.name), self.clock())

    def _answer(self, unit: Unit, row: AnyRow, taken: Taken | Reply | None) -> None:
        """Queue the answer; a chat in the middle of something else keeps its question."""
        if taken is None:
            return
        now = self.clock()
        busy = bool(office.conversation(unit, row.endpoint_id, now).step)
        reply = taken if isinstance(taken, Reply) else self._reply(unit, row, taken, busy=busy)
        if not busy and (isinstance(taken, Reply) or taken.imported is not None):
            conversations.save(unit, row.endpoint_id, reply.conversation, now)
        outbox.reply(
            unit,
            f"intake:{row.id}",
            row.endpoint_id,
            row.person_id,
            reply.messages,
            self.can[row.channel],
            now,
        )

    def _reply(self, unit: Unit, row: AnyRow, taken: Taken, *, busy: bool) -> Reply:
        if taken.imported is None:
            return sentence(taken.refusal)
        return plans.overview(unit, taken.imported.plan_id, file=row.name, again=taken.imported.again, busy=busy)


async def in_thread(work: Callable[[], T]) -> T:
    """Run slow work in a thread of its own that does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(value: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(value)  # type: ignore[arg-type] # None only where T allows it

    def run() -> None:
        value: T | None = None
        failure: BaseException | None = None
        try:
            value = work()
        except BaseException as error:
            failure = error
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(tell, value, failure)

    threading.Thread(target=run, name="reading a plan", daemon=True).start()
    return await done
