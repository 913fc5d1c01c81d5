"""What the operator asks about messages on their way; nothing of it names a person."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from storage import sweeps
from storage.database import Unit
from storage.schema import endpoints, outbox
from storage.types import AnyRow


def counts(unit: Unit) -> dict[str, int]:
    """Return how many messages stand in each state."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    return {row[0]: row[1] for row in unit.conn.execute(query)}


def oldest_waiting(unit: Unit) -> datetime | None:
    """Return since when the oldest unsent message waits."""
    return unit.conn.execute(select(func.min(outbox.c.created_at)).where(outbox.c.state == "waiting")).scalar()


def held(unit: Unit) -> int:
    """Return how many people's messages are held for the operator."""
    return sweeps.people_waiting(unit) if sweeps.load(unit).held_since else 0


def listed(unit: Unit, states: Collection[str], limit: int) -> Sequence[AnyRow]:
    """Return messages in these states, the newest first (id, kind, state, channel, moments, attempts, error)."""
    query = (
        select(
            outbox.c.id,
            outbox.c.kind,
            outbox.c.state,
            endpoints.c.channel,
            outbox.c.created_at,
            outbox.c.not_before,
            outbox.c.sent_at,
            outbox.c.attempts,
            outbox.c.error,
        )
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(outbox.c.state.in_(states))
        .order_by(outbox.c.id.desc())
        .limit(limit)
    )
    return unit.conn.execute(query).all()
