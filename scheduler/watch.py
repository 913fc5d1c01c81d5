"""Watching over the office: what should have happened and did not is raised as an alarm, by another path as well.

A step of its own beside the sweep, which it watches. Where the database cannot keep an alarm the alarm is told all
the same, and remembered here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions import alarms
from actions.alarms import Standing
from channels.sirens import Cry, Siren
from domain.timing import Timer
from domain.watch import Alarm, Machine, Trouble, of_machine, of_office
from storage.views import Database, Unit, office, watch

log = structlog.get_logger(__name__)

AGAIN = timedelta(days=1)
"""An alarm that stands is told once more by each path that took it so long ago."""

BLINDNESS = 120.0
"""Seconds for which the database may be out of reach before that is an alarm."""

LOOK_KEPT = 3.0
"""Seconds for which a look serves whoever asks again."""


@dataclass(slots=True)
class Watcher:
    """Looks, raises, clears, tells. `probe` says how the machine is and may block; `well` is called when all is."""

    db: Database
    clock: Callable[[], datetime]
    timer: Timer
    probe: Callable[[], Machine]
    sirens: Sequence[Siren] = ()
    well: Callable[[], Awaitable[None]] | None = None
    _blind_since: float | None = None
    _unkept: dict[str, Standing] = field(default_factory=dict)
    _last: tuple[float, list[Trouble]] | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> list[Trouble]:
        """Return what is wrong now, changing nothing; asked again at once, what the last look found."""
        async with self._looking:
            now = self.timer.monotonic()
            if self._last is None or now - self._last[0] >= LOOK_KEPT:
                self._last = (now, await self._look())
            return self._last[1]

    async def step(self) -> list[Trouble]:
        """Look; bring the alarms to what was found; tell them; return what is wrong."""
        troubles = await self._look()
        self._last = (self.timer.monotonic(), troubles)
        now = self.clock()
        for one in await self._stand(self._worth_telling(troubles), now):
            if one.fresh:
                log.error("alarm", name=one.name, said=one.said)
            await self._tell(one, now)
        if not troubles and self.well is not None:
            await self.well()
        return troubles

    async def _look(self) -> list[Trouble]:
        machine = of_machine(await asyncio.to_thread(self.probe))
        try:
            found = await self.db.read(self._facts)
        except SQLAlchemyError as error:
            return [*machine, Trouble(Alarm.DATABASE, {"error": type(error).__name__})]
        return [*machine, *found]

    def _facts(self, unit: Unit) -> list[Trouble]:
        now, etiquette = self.clock(), office.etiquette(unit)
        return of_office(watch.facts(unit, etiquette, now), etiquette, now)

    def _worth_telling(self, troubles: Iterable[Trouble]) -> list[Trouble]:
        """Leave out a database that was out of reach for a moment only."""
        found = list(troubles)
        if all(one.alarm is not Alarm.DATABASE for one in found):
            self._blind_since = None
            return found
        now = self.timer.monotonic()
        self._blind_since = now if self._blind_since is None else self._blind_since
        patient = now - self._blind_since < BLINDNESS
        return [one for one in found if one.alarm is not Alarm.DATABASE or not patient]

    async def _stand(self, troubles: Sequence[Trouble], now: datetime) -> list[Standing]:
        try:
            kept = await self.db.run(lambda unit: alarms.settle(unit, troubles, now))
        except SQLAlchemyError:
            return self._stand_here(troubles, now)
        self._unkept.clear()
        return kept

    def _stand_here(self, troubles: Iterable[Trouble], now: datetime) -> list[Standing]:
        """Do as `alarms.settle` where the database takes nothing: alarms that it holds may be told once more."""
        before = self._unkept
        self._unkept = {
            one.name: Standing(
                0,
                one.name,
                alarms.said(one.name, one.data),
                before[one.name].since if one.name in before else now,
                before[one.name].told if one.name in before else {},
                one.name not in before,
            )
            for one in troubles
        }
        return list(self._unkept.values())

    async def _tell(self, standing: Standing, now: datetime) -> None:
        """Try each path that did not take the alarm, or took it a day ago."""
        due = [one for one in self.sirens if one.name not in standing.told or now - standing.told[one.name] >= AGAIN]
        if not due:
            return
        cry = Cry(standing.name, standing.said, standing.since.isoformat(), await self._office())
        answers = await asyncio.gather(*(one.sound(cry) for one in due))
        taken = [one.name for one, trouble in zip(due, answers, strict=True) if not trouble]
        for one, trouble in zip(due, answers, strict=True):
            if trouble:
                log.warning("alarm_not_taken", name=standing.name, path=one.name, error=trouble)
        if taken:
            await self._note_told(standing, taken, now)

    async def _note_told(self, standing: Standing, paths: Sequence[str], now: datetime) -> None:
        if standing.id:
            try:
                await self.db.run(lambda unit: alarms.told(unit, standing.id, paths, now))
            except SQLAlchemyError:
                log.warning("alarm_not_kept", name=standing.name)
        elif standing.name in self._unkept:
            told = {**standing.told, **dict.fromkeys(paths, now)}
            self._unkept[standing.name] = Standing(0, standing.name, standing.said, standing.since, told, fresh=False)

    async def _office(self) -> str:
        try:
            return await self.db.read(office.name)
        except SQLAlchemyError:
            return ""
