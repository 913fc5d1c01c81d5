"""Files of cases that still lie with their channel: fetched into the house once, or refused for good."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from storage.cases.attachments import OF_CITIZEN, OF_SUPPLEMENT
from storage.database import Unit
from storage.schema import case_files, cases, files
from storage.types import AnyRow

_SENT = (OF_CITIZEN, OF_SUPPLEMENT)


def add(unit: Unit, channel: str, reference: str, name: str, media_type: str, size: int | None, now: datetime) -> int:
    """Write a file that a citizen sent, as its channel describes it, and return its id."""
    row = {
        "name": name,
        "media_type": media_type,
        "size": size,
        "channel": channel,
        "reference": reference,
        "created_at": now,
    }
    return int(unit.conn.execute(insert(files).values(row).returning(files.c.id)).scalar_one())


def newest(unit: Unit) -> int:
    """Return the highest id of a file, 0 where there is none."""
    return int(unit.conn.execute(select(func.max(files.c.id))).scalar() or 0)


def waiting(unit: Unit, channels: Collection[str], after: int, but: Collection[int]) -> AnyRow | None:
    """Return the oldest file of a citizen that is not fetched yet, with an id above `after` and not in `but`.

    Columns: file_id, case_id, channel, reference, name, created_at, endpoint_id, code.
    """
    query = (
        select(
            files.c.id.label("file_id"),
            case_files.c.case_id,
            files.c.channel,
            files.c.reference,
            files.c.name,
            files.c.created_at,
            cases.c.endpoint_id,
            cases.c.code,
        )
        .join(case_files, case_files.c.file_id == files.c.id)
        .join(cases, cases.c.id == case_files.c.case_id)
        .where(case_files.c.origin.in_(_SENT), files.c.fetched_at.is_(None), files.c.channel.in_(channels))
        .where(files.c.id > after, files.c.id.not_in(but))
        .order_by(files.c.id)
        .limit(1)
    )
    return unit.conn.execute(query).first()


def kept(unit: Unit, file_id: int, digest: str, name: str, media_type: str, size: int, now: datetime) -> bool:
    """Write that a file lies in the house's own folder under its digest; False where that was done before."""
    values = {"digest": digest, "name": name, "media_type": media_type, "size": size, "fetched_at": now}
    return _settle(unit, file_id, values)


def refused(unit: Unit, file_id: int, now: datetime) -> bool:
    """Let a file belong to no case any more: it is not taken. False where that was done before."""
    if not _settle(unit, file_id, {"fetched_at": now}):
        return False
    unit.conn.execute(delete(case_files).where(case_files.c.file_id == file_id))
    return True


def _settle(unit: Unit, file_id: int, values: dict[str, object]) -> bool:
    still = (files.c.id == file_id, files.c.fetched_at.is_(None))
    return unit.conn.execute(update(files).where(*still).values(values)).rowcount == 1
