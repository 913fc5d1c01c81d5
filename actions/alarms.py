"""Alarms: raised where something should have happened and did not, told to people, cleared when it is well again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.notices import Kind
from domain.people import Role
from domain.watch import Alarm, Trouble
from messages.render import render
from storage import alarms, notices, people
from storage.database import Unit
from storage.types import AnyRow

FLICKER = timedelta(hours=1)
"""What comes back so soon after it was well is the same alarm."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An open alarm: its sentence, since when, and by which paths it was last taken at which moment."""

    id: int
    name: str
    said: str
    since: datetime
    told: Mapping[str, datetime]
    fresh: bool
    """Whether it was raised just now."""


def settle(unit: Unit, troubles: Iterable[Trouble], now: datetime) -> list[Standing]:
    """Bring the alarms to what is wrong now and return those that stand; the coordinators are told of new ones."""
    wrong = {trouble.name: trouble for trouble in troubles}
    well = [row.id for row in alarms.open_ones(unit) if row.name not in wrong]
    if well:
        alarms.clear(unit, well, now)
    fresh = {name for name, trouble in wrong.items() if _stand(unit, trouble, now)}
    return [_standing(row, fresh=row.name in fresh) for row in alarms.open_ones(unit)]


def _stand(unit: Unit, trouble: Trouble, now: datetime) -> bool:
    """Let an alarm stand; return whether it is a new one."""
    last = alarms.latest(unit, trouble.name)
    if last is None or (last.cleared_at is not None and now - last.cleared_at > FLICKER):
        tell_coordinators(unit, alarms.add(unit, trouble.name, trouble.data, now), now)
        return True
    told = {alarms.TOLD: last.data.get(alarms.TOLD, {})}
    alarms.see(unit, last.id, {**trouble.data, **told}, now)
    return False


def tell_coordinators(unit: Unit, alarm_id: int, now: datetime) -> None:
    """Let each coordinator read of an alarm in the next message."""
    for person_id in people.active(unit, Role.COORDINATOR):
        notices.add(
            unit, person_id, f"alarm:{alarm_id}", Kind.ALARM, now, role=Role.COORDINATOR, data={"alarm": alarm_id}
        )


def _standing(row: AnyRow, *, fresh: bool) -> Standing:
    told = {path: datetime.fromisoformat(at) for path, at in row.data.get(alarms.TOLD, {}).items()}
    return Standing(row.id, row.name, said(row.name, row.data), row.raised_at, told, fresh)


def told(unit: Unit, alarm_id: int, paths: Sequence[str], now: datetime) -> None:
    """Note by which paths an alarm was taken now."""
    alarms.told(unit, alarm_id, dict.fromkeys(paths, now), now)


def said(name: str, data: Mapping[str, Any]) -> str:
    """Return the sentence of an alarm."""
    values = {key: value for key, value in data.items() if key != alarms.TOLD}
    if "since" in values:
        values["since"] = datetime.fromisoformat(values["since"])
    return render(f"alarms/{Alarm(name.partition(':')[0])}", **values)
