"""How far the sweep has come: when it last looked, what it found piled up, what it holds for the operator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update

from domain.notices import Kind, State
from storage import offices
from storage.database import Unit
from storage.people import OPEN
from storage.schema import endpoints, notices

_KEY = "sweep"


@dataclass(frozen=True, slots=True)
class Progress:
    """The sweep's own memory.

    `gap_from` stands from a sweep that came late until everything may be said again; `held_since` while what
    piled up waits for the operator.
    """

    at: datetime | None = None
    gap_from: datetime | None = None
    held_since: datetime | None = None


def load(unit: Unit) -> Progress:
    """Return the progress so far."""
    kept = offices.setting(unit, _KEY) or {}
    return Progress(*(_moment(kept.get(name)) for name in ("at", "gap_from", "held_since")))


def save(unit: Unit, progress: Progress, now: datetime) -> None:
    """Keep the progress."""
    kept: dict[str, Any] = {
        "at": _iso(progress.at),
        "gap_from": _iso(progress.gap_from),
        "held_since": _iso(progress.held_since),
    }
    offices.set_setting(unit, _KEY, kept, now)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)


def people_waiting(unit: Unit) -> int:
    """Return how many people who can be reached have something waiting to be said."""
    reachable = exists(
        select(endpoints.c.id).where(endpoints.c.person_id == notices.c.person_id, endpoints.c.state == OPEN)
    )
    query = select(func.count(notices.c.person_id.distinct())).where(notices.c.state == State.WAITING, reachable)
    return unit.conn.execute(query).scalar_one()


def notices_waiting(unit: Unit) -> int:
    """Return how many notices wait to be said."""
    return unit.conn.execute(select(func.count()).where(notices.c.state == State.WAITING)).scalar_one()


def drop(unit: Unit, reason: str, kinds: Iterable[Kind] | None = None) -> int:
    """Leave unsaid what waits, all of it or of some kinds only, with the reason; return how many notices."""
    of_kind = () if kinds is None else (notices.c.kind.in_([kind.value for kind in kinds]),)
    left_out = update(notices).where(notices.c.state == State.WAITING, *of_kind)
    return unit.conn.execute(left_out.values(state=State.DROPPED.value, reason=reason)).rowcount
