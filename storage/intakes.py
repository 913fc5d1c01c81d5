"""Plan files and tables that came in by chat: kept with the update, read outside any unit, answered once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.database import Unit
from storage.schema import intakes
from storage.types import AnyRow

WAITING = "waiting"
READ = "read"
REFUSED = "refused"
TAKEN = "taken"
"""A table that was read, shown and then taken over."""

PLAN = "plan"


def add(
    unit: Unit,
    endpoint_id: int,
    person_id: int,
    channel: str,
    reference: str,
    name: str,
    now: datetime,
    *,
    purpose: str = PLAN,
    data: dict[str, Any] | None = None,
) -> int:
    """Write one file that waits to be read and return its id; `purpose` is what it is, `data` what it is about."""
    return int(
        unit.conn.execute(
            insert(intakes)
            .values(
                endpoint_id=endpoint_id,
                person_id=person_id,
                channel=channel,
                reference=reference,
                name=name,
                state=WAITING,
                purpose=purpose,
                data=data,
                created_at=now,
                not_before=now,
            )
            .returning(intakes.c.id)
        ).scalar_one()
    )


def next_waiting(unit: Unit, channels: Sequence[str], now: datetime) -> AnyRow | None:
    """Return the oldest file of these channels that may be read now."""
    return unit.conn.execute(_NEXT, {"now": now, "channels": list(channels)}).first()


_NEXT = (
    select(intakes)
    .where(
        intakes.c.state == WAITING,
        intakes.c.not_before <= bindparam("now"),
        intakes.c.channel.in_(bindparam("channels", expanding=True)),
    )
    .order_by(intakes.c.id)
    .limit(1)
)


def finish(
    unit: Unit, intake_id: int, state: str, now: datetime, *, plan_id: int | None = None, error: str | None = None
) -> bool:
    """Mark a waiting file as read or refused; False where that was done before: it is answered already."""
    changed = unit.conn.execute(
        update(intakes)
        .where(intakes.c.id == intake_id, intakes.c.state == WAITING)
        .values(state=state, plan_id=plan_id, error=error, finished_at=now)
    )
    return changed.rowcount == 1


def failed(unit: Unit, intake_id: int, error: str, again_at: datetime) -> int:
    """Count a failed try, to be made again at that moment; return how many failed."""
    return int(
        unit.conn.execute(
            update(intakes)
            .where(intakes.c.id == intake_id)
            .values(tries=intakes.c.tries + 1, error=error, not_before=again_at)
            .returning(intakes.c.tries)
        ).scalar_one()
    )


def get(unit: Unit, intake_id: int) -> AnyRow | None:
    """Return one file's row."""
    return unit.conn.execute(select(intakes).where(intakes.c.id == intake_id)).first()


def keep_data(unit: Unit, intake_id: int, data: dict[str, Any]) -> None:
    """Keep what was read of a file."""
    unit.conn.execute(update(intakes).where(intakes.c.id == intake_id).values(data=data))


def taken(unit: Unit, intake_id: int) -> bool:
    """Mark a table that was read as taken over; False where that was done before."""
    changed = unit.conn.execute(
        update(intakes).where(intakes.c.id == intake_id, intakes.c.state == READ).values(state=TAKEN)
    )
    return changed.rowcount == 1
