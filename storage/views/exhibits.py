"""Evidence as pages list it and hand it out: of several assignments at once, and one file with whom it concerns."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from storage.database import Unit
from storage.schema import assignments, evidence, evidence_assignments, files, people
from storage.types import AnyRow, AnySelect


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence; `digest` is "" where there is no file, or it was not fetched yet."""

    id: int
    kind: str
    number: str
    on: date | None
    text: str
    at: datetime
    person: str
    file: str
    media_type: str
    size: int
    digest: str

    @property
    def said(self) -> str:
        """The evidence in one line of Vietnamese."""
        if self.number:
            return f"Văn bản {self.number}" + (f" ngày {self.on:%d/%m/%Y}" if self.on else "")
        if self.kind == "event":
            return "Báo đã thực hiện, không kèm văn bản"
        return self.text or ("Tệp" if self.file else "Kết quả")


def _query() -> AnySelect:
    return (
        select(
            evidence,
            evidence_assignments.c.assignment_id,
            files.c.name.label("file"),
            files.c.media_type,
            files.c.size,
            files.c.digest,
            people.c.name.label("person"),
        )
        .join(evidence_assignments, evidence_assignments.c.evidence_id == evidence.c.id)
        .outerjoin(files, files.c.id == evidence.c.file_id)
        .outerjoin(people, people.c.id == evidence.c.person_id)
    )


def _read(row: AnyRow) -> Exhibit:
    return Exhibit(
        row.id,
        row.kind,
        row.number or "",
        row.date,
        row.text,
        row.at,
        row.person or "",
        row.file or "",
        row.media_type or "",
        row.size or 0,
        row.digest or "",
    )


def of_works(unit: Unit, ids: Collection[int]) -> Mapping[int, list[Exhibit]]:
    """Return the evidence of each assignment, the newest first."""
    found: dict[int, list[Exhibit]] = defaultdict(list)
    query = _query().where(evidence_assignments.c.assignment_id.in_(ids)).order_by(evidence.c.id.desc())
    for row in unit.conn.execute(query):
        found[row.assignment_id].append(_read(row))
    return found


def one(unit: Unit, evidence_id: int) -> tuple[Exhibit | None, list[tuple[int, int]]]:
    """Return a piece of evidence and the (assignment id, agency id) for which it stands; None for none."""
    rows = unit.conn.execute(_query().where(evidence.c.id == evidence_id)).all()
    query = select(assignments.c.id, assignments.c.agency_id)
    query = query.where(assignments.c.id.in_([row.assignment_id for row in rows]))
    return (_read(rows[0]) if rows else None), [(row.id, row.agency_id) for row in unit.conn.execute(query)]
