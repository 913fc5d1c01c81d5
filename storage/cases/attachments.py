"""The files that belong to a case."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.schema import case_files, files
from storage.types import AnyRow

OF_CITIZEN, OF_SUPPLEMENT, OF_ANSWER, OF_TRANSFER = "citizen", "supplement", "answer", "transfer"
"""Where a file of a case comes from."""


def attach(
    unit: Unit, case_id: int, file_ids: Collection[int], origin: str, now: datetime, answer_id: int | None = None
) -> None:
    """Let files belong to a case; one that does already is left."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    rows = [
        {"case_id": case_id, "file_id": one, "origin": origin, "answer_id": answer_id, "at": now} for one in file_ids
    ]
    if rows:
        unit.conn.execute(dialect.insert(case_files).on_conflict_do_nothing(), rows)


def of(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return a case's files (id, file_id, origin, answer_id, name, media_type, size, digest, clean_digest)."""
    query = (
        select(case_files, files.c.name, files.c.media_type, files.c.size, files.c.digest, files.c.channel)
        .join(files, files.c.id == case_files.c.file_id)
        .where(case_files.c.case_id == case_id)
        .order_by(case_files.c.id)
    )
    return unit.conn.execute(query).all()


def put_clean(unit: Unit, number: int, digest: str) -> None:
    """Write under which digest a picture's cleaned copy is kept."""
    unit.conn.execute(update(case_files).where(case_files.c.id == number).values(clean_digest=digest))
