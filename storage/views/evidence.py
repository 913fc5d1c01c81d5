"""All evidence of one task, agency by agency, with the files that lie in the house's folder."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from storage.database import Unit
from storage.schema import evidence, evidence_assignments, files
from storage.types import AnyRow


def of_assignments(unit: Unit, ids: Collection[int]) -> Sequence[AnyRow]:
    """Return (assignment_id, kind, number, date, text, file_id, name, digest, size, at) of each piece, oldest first.

    `digest` is None for a file that was not fetched, or did not pass the house's checks.
    """
    query = (
        select(
            evidence_assignments.c.assignment_id,
            evidence.c.kind,
            evidence.c.number,
            evidence.c.date,
            evidence.c.text,
            evidence.c.at,
            evidence.c.file_id,
            files.c.name,
            files.c.digest,
            files.c.size,
        )
        .join(evidence, evidence.c.id == evidence_assignments.c.evidence_id)
        .outerjoin(files, files.c.id == evidence.c.file_id)
        .where(evidence_assignments.c.assignment_id.in_(ids))
        .order_by(evidence.c.id)
    )
    return unit.conn.execute(query).all()
