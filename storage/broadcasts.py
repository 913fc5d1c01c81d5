"""Broadcasts: what the office says to many, waiting until it leaves, taken back, or gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from domain.notices import Kind, State
from domain.outgoing import Attachment
from storage.database import Unit
from storage.schema import broadcasts, files, notices, people, sent_files
from storage.types import AnyRow


def add(
    unit: Unit,
    person_id: int,
    text: str,
    audience: dict[str, Any],
    now: datetime,
    leaves_at: datetime,
    file_id: int | None = None,
) -> int:
    """Write a broadcast that waits, and return its id."""
    row = {"person_id": person_id, "text": text, "audience": audience, "file_id": file_id}
    row |= {"at": now, "leaves_at": leaves_at}
    return int(unit.conn.execute(insert(broadcasts).values(row).returning(broadcasts.c.id)).scalar_one())


def get(unit: Unit, broadcast_id: int) -> AnyRow | None:
    """Return a broadcast with its author's name and title (person, position) and its file's name; see `enclosure`."""
    query = (
        select(
            broadcasts,
            people.c.name.label("person"),
            people.c.position,
            files.c.name.label("file"),
            files.c.digest,
            files.c.media_type,
            files.c.size,
        )
        .join(people, people.c.id == broadcasts.c.person_id)
        .outerjoin(files, files.c.id == broadcasts.c.file_id)
        .where(broadcasts.c.id == broadcast_id)
    )
    return unit.conn.execute(query).first()


def enclosure(row: AnyRow) -> Attachment | None:
    """Return the file that goes with a broadcast, None where it has none."""
    return Attachment(row.digest, row.file, row.media_type, row.size or 0) if row.digest else None


def file_state(unit: Unit, file_id: int, person_id: int) -> str | None:
    """Return how far the fetching and reading of a file is that a person sent, None where this person sent no such."""
    query = select(sent_files.c.state).where(sent_files.c.file_id == file_id, sent_files.c.person_id == person_id)
    return unit.conn.execute(query).scalar()


def told_to(unit: Unit, person_id: int, most: int) -> list[AnyRow]:
    """Return the latest broadcasts that went to a person, the newest first."""
    query = (
        select(notices.c.data)
        .where(
            notices.c.person_id == person_id,
            notices.c.kind == Kind.BROADCAST.value,
            notices.c.state == State.MERGED.value,
        )
        .order_by(notices.c.id.desc())
        .limit(most)
    )
    found = [get(unit, data["broadcast"]) for data in unit.conn.execute(query).scalars()]
    return [one for one in found if one is not None]


def undo(unit: Unit, broadcast_id: int, now: datetime) -> bool:
    """Take a broadcast back; False where it has left, or was taken back before."""
    return _settle(unit, broadcast_id, undone_at=now)


def leave(unit: Unit, broadcast_id: int, now: datetime) -> bool:
    """Let a broadcast go; False where it was taken back, or has left before."""
    return _settle(unit, broadcast_id, left_at=now)


def _settle(unit: Unit, broadcast_id: int, **values: datetime) -> bool:
    waits = (broadcasts.c.id == broadcast_id, broadcasts.c.left_at.is_(None), broadcasts.c.undone_at.is_(None))
    return unit.conn.execute(update(broadcasts).where(*waits).values(values)).rowcount == 1


def due(unit: Unit, now: datetime) -> Sequence[AnyRow]:
    """Return the broadcasts whose time has come (id, audience)."""
    query = select(broadcasts.c.id, broadcasts.c.audience).where(broadcasts.c.leaves_at <= now, *_WAITS)
    return unit.conn.execute(query.order_by(broadcasts.c.id)).all()


def waiting(unit: Unit) -> Sequence[AnyRow]:
    """Return what waits to leave (id, text, audience, leaves_at), the first to leave first."""
    return unit.conn.execute(select(broadcasts).where(*_WAITS).order_by(broadcasts.c.leaves_at)).all()


def next_leaving(unit: Unit) -> datetime | None:
    """Return when the next broadcast leaves, None where none waits."""
    return unit.conn.execute(select(func.min(broadcasts.c.leaves_at)).where(*_WAITS)).scalar()


_WAITS = (broadcasts.c.left_at.is_(None), broadcasts.c.undone_at.is_(None))
