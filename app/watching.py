"""Putting the watcher together: what it can tell of the machine, by which paths it speaks, what it counts."""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
from prometheus_client import CollectorRegistry, Gauge

from actions import alarms
from app.settings import Settings, secret
from app.timing import Clock, system_clock
from app.wiring import Office
from channels.sirens import MailSiren, Siren, UrlSiren
from domain.delivery import State
from domain.watch import Alarm, Machine, Trouble
from scheduler.watch import Watcher
from storage.views import Unit, outbox, uses, watch
from web.parts import Check, Health

PROBE = "write.probe"
"""The file by which it is tried whether the data folder can be written to."""
_PROBED = b"\0" * 65536


def probe(folder: Path) -> Machine:
    """Write a little to the data folder, to disk, and say how that went and how much room is left."""
    path = folder / PROBE
    try:
        with path.open("wb") as file:
            file.write(_PROBED)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        disk = shutil.disk_usage(folder)
        return Machine(free=disk.free, size=disk.total)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        return Machine(write_error=errno.errorcode.get(error.errno or 0, "?"))


def sirens(settings: Settings) -> list[Siren]:
    """Return the paths by which alarms leave."""
    found: list[Siren] = []
    if settings.alarm_url:
        found.append(UrlSiren(settings.alarm_url))
    if settings.alarm_mail:
        found.append(MailSiren(secret(settings.smtp_url), settings.alarm_mail))
    return found


def watcher(office: Office, sends: Callable[[], bool] = lambda: True) -> Watcher:
    """Return the watcher of an office; `sends` says whether this process is still the one that is to send."""
    folder, url = office.settings.data_dir, office.settings.heartbeat_url

    def look() -> Machine:
        return replace(probe(folder), holds_lock=sends())

    async def beat() -> None:
        async with httpx.AsyncClient(timeout=10) as client:
            with contextlib.suppress(httpx.HTTPError):
                await client.get(url)

    return Watcher(office.db, office.clock, office.timer, look, sirens(office.settings), beat if url else None)


async def health(eye: Watcher) -> Health:
    """Say how the office stands: one check a kind of trouble; an event of the last hour does not make it unready."""
    found: dict[Alarm, list[Trouble]] = {}
    for one in await eye.look():
        found.setdefault(one.alarm, []).append(one)
    return Health(tuple(_check(alarm, found.get(alarm, [])) for alarm in Alarm if alarm is not Alarm.RESTORED))


def _check(alarm: Alarm, troubles: list[Trouble]) -> Check:
    said = " ".join(alarms.said(one.name, one.data) for one in troubles)
    return Check(alarm.value, not troubles or alarm.passing, said)


class Gauges:
    """What /metrics shows of the office, brought up to date after each step of the watcher."""

    def __init__(self, registry: CollectorRegistry, clock: Clock = system_clock) -> None:
        self._clock = clock
        self._outbox = Gauge("nhacviec_outbox", "Messages by state", ["state"], registry=registry)
        self._alarms = Gauge("nhacviec_alarm", "1 while the alarm stands", ["name"], registry=registry)
        self._sweep = Gauge("nhacviec_last_sweep_timestamp_seconds", "When the sweep last ran", registry=registry)
        labels = ["channel", "kind", "span"]
        self._uses = Gauge("nhacviec_channel_uses", "Messages of this day or month", labels, registry=registry)

    def show(self, unit: Unit) -> None:
        """Take the counts of this moment."""
        counts = outbox.counts(unit)
        for state in State:
            self._outbox.labels(state.value).set(counts.get(state.value, 0))
        self._alarms.clear()
        for name in watch.standing(unit):
            self._alarms.labels(name).set(1)
        self._uses.clear()
        for one in uses.figures(unit, self._clock()):
            self._uses.labels(one.channel, one.kind, "day").set(one.today)
            self._uses.labels(one.channel, one.kind, "month").set(one.month)
        last = watch.last_sweep(unit)
        self._sweep.set(last.timestamp() if last else 0)
