"""Requests of citizens about their own personal data; what they wrote is sealed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from domain.data_rights import State
from storage.database import Unit
from storage.schema import data_requests, endpoints, matters
from storage.types import AnyRow

_ROW = (
    select(
        data_requests,
        matters.c.due_on,
        matters.c.opened_at,
        matters.c.version,
        endpoints.c.channel,
        endpoints.c.state.label("endpoint_state"),
    )
    .join(matters, matters.c.id == data_requests.c.id)
    .outerjoin(endpoints, endpoints.c.id == data_requests.c.endpoint_id)
)


def add(unit: Unit, **values: Any) -> None:
    """Write a request whose matter exists."""
    unit.conn.execute(insert(data_requests).values(**values))


def get(unit: Unit, request_id: int) -> AnyRow | None:
    """Return a request with its last day (due_on), the matter's version and the channel it came by."""
    return unit.conn.execute(_ROW.where(data_requests.c.id == request_id)).first()


def of_endpoint(unit: Unit, endpoint_id: int) -> Sequence[AnyRow]:
    """Return the requests of one chat, the newest first."""
    query = _ROW.where(data_requests.c.endpoint_id == endpoint_id)
    return unit.conn.execute(query.order_by(data_requests.c.id.desc()).limit(50)).all()


def waiting(unit: Unit) -> Sequence[AnyRow]:
    """Return the open requests, the nearest last day first."""
    query = _ROW.where(data_requests.c.state == State.OPEN.value)
    return unit.conn.execute(query.order_by(matters.c.due_on, data_requests.c.id)).all()


def due_until(unit: Unit, day: date) -> Sequence[AnyRow]:
    """Return the open requests whose last day is `day` or before."""
    query = _ROW.where(data_requests.c.state == State.OPEN.value, matters.c.due_on <= day)
    return unit.conn.execute(query.order_by(data_requests.c.id)).all()


def change(unit: Unit, request_id: int, version: int, **values: Any) -> bool:
    """Change a request where nobody did since `version` of its matter was read."""
    moved = unit.conn.execute(
        update(matters).where(matters.c.id == request_id, matters.c.version == version).values(version=version + 1)
    )
    if moved.rowcount != 1:
        return False
    unit.conn.execute(update(data_requests).where(data_requests.c.id == request_id).values(**values))
    return True


def forget_words(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Take away what the person of a chat wrote in requests, and the link to who it was."""
    gone = {"sealed": "", "citizen_id": None}
    unit.conn.execute(
        update(data_requests)
        .where(data_requests.c.endpoint_id == endpoint_id, data_requests.c.received_at <= now)
        .values(**gone)
    )
