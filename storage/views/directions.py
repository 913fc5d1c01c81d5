"""Leaders' words as cards, lists and messages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from domain.directions import Kind, State
from domain.outgoing import Attachment
from storage.database import Unit
from storage.schema import agencies, assignments, directions, files, people
from storage.types import AnyRow, AnySelect


@dataclass(frozen=True, slots=True)
class Direction:
    """One word of a leader and what became of it; texts are "" where nobody has written them yet."""

    id: int
    version: int
    kind: Kind
    state: State
    leader_id: int
    leader: str
    position: str
    matter_id: int | None
    code: str
    """The code of the task it is about, "" where it is about an agency as such."""
    agency_id: int
    agency: str
    text: str
    at: datetime
    passed_text: str
    passed_at: datetime | None
    answer: str
    answerer: str
    answered_at: datetime | None
    file: str
    fetched: Attachment | None
    """The file with which the agency answered, once it was fetched and looked at."""
    delivered_text: str
    closed_at: datetime | None

    @property
    def about(self) -> str:
        """What it is about, as a heading names it."""
        return f"{self.agency}, {self.code}" if self.code else self.agency

    @property
    def file_stands(self) -> bool:
        """Whether the file belongs to the answer in force: none that was sent back for a better one."""
        since = self.passed_at is None or (self.answered_at is not None and self.answered_at >= self.passed_at)
        return bool(self.file) and since and self.state in {State.ANSWERED, State.CLOSED}

    @property
    def enclosure(self) -> Attachment | None:
        """The file to hand over with the answer in force, None where there is none, or not yet."""
        return self.fetched if self.file_stands else None

    @property
    def said_by(self) -> str:
        """The leader with the office held, as messages name them."""
        return f"đồng chí {self.leader}{f' ({self.position})' if self.position else ''}"


_LEADER, _ANSWERER = people.alias("leader"), people.alias("answerer")
_QUERY: AnySelect = (
    select(
        directions,
        _LEADER.c.name.label("leader"),
        _LEADER.c.position,
        _ANSWERER.c.name.label("answerer"),
        agencies.c.name.label("agency"),
        assignments.c.code,
        files.c.name.label("file"),
        files.c.digest,
        files.c.media_type,
        files.c.size,
    )
    .join(_LEADER, _LEADER.c.id == directions.c.leader_id)
    .outerjoin(_ANSWERER, _ANSWERER.c.id == directions.c.answered_by)
    .join(agencies, agencies.c.id == directions.c.agency_id)
    .outerjoin(assignments, assignments.c.id == directions.c.matter_id)
    .outerjoin(files, files.c.id == directions.c.file_id)
    .order_by(directions.c.id)
)
_OPEN = [state.value for state in State if state.is_open]


def _read(row: AnyRow) -> Direction:
    return Direction(
        id=row.id,
        version=row.version,
        kind=Kind(row.kind),
        state=State(row.state),
        leader_id=row.leader_id,
        leader=row.leader,
        position=row.position or "",
        matter_id=row.matter_id,
        code=row.code or "",
        agency_id=row.agency_id,
        agency=row.agency,
        text=row.text,
        at=row.at,
        passed_text=row.passed_text or "",
        passed_at=row.passed_at,
        answer=row.answer or "",
        answerer=row.answerer or "",
        answered_at=row.answered_at,
        file=row.file or "",
        fetched=Attachment(row.digest, row.file, row.media_type, row.size) if row.digest and row.size else None,
        delivered_text=row.delivered_text or "",
        closed_at=row.closed_at,
    )


def by_ids(unit: Unit, ids: Collection[int]) -> dict[int, Direction]:
    """Return leaders' words by id."""
    return {row.id: _read(row) for row in unit.conn.execute(_QUERY.where(directions.c.id.in_(ids)))}


def open_for_leader(unit: Unit, person_id: int) -> list[Direction]:
    """Return what a leader has said and has no answer to yet, the oldest first."""
    query = _QUERY.where(directions.c.leader_id == person_id, directions.c.state.in_(_OPEN))
    return [_read(row) for row in unit.conn.execute(query)]


def of_leader(unit: Unit, person_id: int) -> list[Direction]:
    """Return all that a leader has said, the newest first."""
    query = _QUERY.where(directions.c.leader_id == person_id)
    return [_read(row) for row in unit.conn.execute(query)][::-1]


def open_anywhere(unit: Unit) -> list[Direction]:
    """Return every leader's word without an answer, the oldest first."""
    return [_read(row) for row in unit.conn.execute(_QUERY.where(directions.c.state.in_(_OPEN)))]


def waiting_for(unit: Unit, agency_ids: Collection[int]) -> list[Direction]:
    """Return what was passed on to agencies and waits for their answer, the oldest first."""
    query = _QUERY.where(directions.c.agency_id.in_(agency_ids), directions.c.state == State.PASSED.value)
    return [_read(row) for row in unit.conn.execute(query)]


def of_matter(unit: Unit, matter_id: int) -> list[Direction]:
    """Return what leaders said of one task, the oldest first."""
    return [_read(row) for row in unit.conn.execute(_QUERY.where(directions.c.matter_id == matter_id))]
