"""Moving an office through time: each planned moment is visited in turn by the steps that run for real."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from app.timing import SetClock
from app.wiring import Office
from domain.local import today
from scheduler.sweep import Swept, sweep, upkeep
from storage.database import Unit


class Simulation:
    """An office whose clock is moved by hand.

    `deliver` must return once everything that may leave at this moment has left: `Deliverer.drain` where
    nothing else runs, `Deliverer.idle` beside a running one. `meanwhile` does what people did since the moment before.
    """

    def __init__(
        self,
        office: Office,
        clock: SetClock,
        deliver: Callable[[], Awaitable[object]],
        meanwhile: Callable[[Unit, datetime], None] = lambda _unit, _moment: None,
    ) -> None:
        self._office = office
        self._clock = clock
        self._deliver = deliver
        self._meanwhile = meanwhile
        self._kept_on: date | None = None

    async def settle(self) -> Swept:
        """Do and send everything that is due at this moment."""
        swept = await self._office.db.run(self._step)
        await self._deliver()
        return swept

    def _step(self, unit: Unit) -> Swept:
        moment = self._clock()
        self._meanwhile(unit, moment)
        if self._kept_on != today(moment):
            self._kept_on = today(moment)
            upkeep(unit, moment)
        return sweep(unit, moment)

    async def advance(self, until: datetime, *, stop_when_sent: bool = False) -> int:
        """Go to `until` by way of every moment at which something may have to be said.

        Returns how many messages were made. With `stop_when_sent` the clock stays at the first moment that
        made any.
        """
        made = 0
        swept = await self.settle()
        while not (stop_when_sent and made):
            coming = min(swept.next_at, until)
            if coming <= self._clock():
                break
            self._clock.move_to(coming)
            swept = await self.settle()
            made += swept.messages
        return made
