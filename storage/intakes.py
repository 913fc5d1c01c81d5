"""Plan files that came in by chat: kept with the update, read outside any unit, answered once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage.database import Unit
from storage.schema import intakes
from storage.types import AnyRow

WAITING = "waiting"
READ = "read"
REFUSED = "refused"


def add(unit: Unit, endpoint_id: int, person_id: int, channel: str, reference: str, name: str, now: datetime) -> int:
    """Write one file that waits to be read and return its id."""
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
