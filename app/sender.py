"""Being the one process that sends: waiting for one's turn, and noticing when it is lost."""

import asyncio
import contextlib
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.wiring import Office
from domain.errors import SenderLockLost
from scheduler.watch import Watcher
from storage.locks import lock

log = structlog.get_logger(__name__)

TURN_SECONDS = 2.0
"""How often a waiting process asks for its turn."""
HOLD_SECONDS = 5.0
"""How often the sender makes sure that it still is."""


class SoleSender:
    """The sender's lock of one process; only one question to it at a time."""

    def __init__(self, office: Office) -> None:
        self._timer = office.timer
        self._lock = lock(office.db, office.settings.data_dir, "sender")
        self._asking = asyncio.Lock()
        self.lost = False
        self.leads = False
        """Whether it is this process's turn."""

    async def wait(self, stop: asyncio.Event, standby: Callable[[], None]) -> bool:
        """Wait until this process is the one that sends; False where it is stopped before."""
        told = False
        while not await self._has_turn():
            if not told:
                log.warning("another_process_sends", waiting=True)
                standby()
                told = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TURN_SECONDS)
                return False
        self.leads = True
        return True

    async def _acquired(self) -> bool:
        return await asyncio.to_thread(self._lock.acquire)

    async def _has_turn(self) -> bool:
        try:
            return await self._acquired()
        except SQLAlchemyError as error:
            log.error("database_away", error=type(error).__name__)
            return False

    async def confirm(self) -> None:
        """Return once the turn is certainly ours, taken back where it was lost and nobody else has it.

        Raises SenderLockLost, and SQLAlchemyError where the database cannot be asked.
        """
        async with self._asking:
            if await asyncio.to_thread(self._lock.held):
                return
            log.error("sender_lock_lost")
            if not await self._acquired():
                self.lost, self.leads = True, False
                raise SenderLockLost()
            log.warning("sender_lock_regained")

    async def hold(self, eye: Watcher) -> None:
        """Make sure of the turn until cancelled. Raises SenderLockLost, having raised the alarm."""
        while True:
            await self._timer.sleep(HOLD_SECONDS)
            try:
                await self.confirm()
            except SQLAlchemyError:
                continue  # whoever works will see for itself that the database is away
            except SenderLockLost:
                await eye.step()
                raise

    def release(self) -> None:
        """Let another process have its turn."""
        self._lock.release()
