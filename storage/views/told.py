"""What was said unasked, message by message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from domain.notices import Kind, State, weight
from domain.rehearsals import Subject
from storage.database import Unit
from storage.schema import assignments, cases, endpoints, matters, notices, outbox
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class Told:
    """One message that left, to whom, when, saying what."""

    at: datetime
    person_id: int
    channel: str
    kind: str
    urgent: bool
    """Whether it held nothing but what may come on a day that had a message already."""
    subjects: tuple[Subject, ...]
    text: str


_KINDS = {
    Kind.ASSIGNED: "assigned",
    Kind.REMINDER: "reminder",
    Kind.INTERNAL: "reminder",
    Kind.INTERNAL: "reminder",
    Kind.OVERDUE: "overdue",
    Kind.ESCALATION: "escalation",
    Kind.ASK_DATE: "ask_date",
    Kind.CHECK_IN: "check_in",
    Kind.DIGEST: "digest",
}
"""Names in the rehearsal's format; every other kind is "other"."""


_LISTING = frozenset({Kind.ASK_DATE.value, Kind.CHECK_IN.value})
"""Kinds whose notices name what they were about in their data."""


def unsolicited(unit: Unit) -> list[Told]:
    """Return every unsolicited message that left, in order of sending; pieces of a long one are of its kind.

    A file that follows its text is no message of its own.
    """
    query = (
        select(outbox.c.id, outbox.c.key, outbox.c.sent_at, outbox.c.person_id, outbox.c.text_sent, endpoints.c.channel)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(outbox.c.kind == "bundle", outbox.c.state.in_(("sent", "unknown")), outbox.c.text_sent != "")
        .order_by(outbox.c.sent_at, outbox.c.id)
    )
    rows = unit.conn.execute(query).all()
    said = _said_by_message(unit)
    by_key = {row.key: said.get(row.id, []) for row in rows}
    codes = {row.id: row.code for row in unit.conn.execute(select(assignments.c.id, assignments.c.code))}
    found = []
    for row in rows:
        own = by_key[row.key]
        whole = own or by_key.get(row.key.rpartition(":")[0], [])
        found.append(
            Told(
                row.sent_at,
                row.person_id,
                row.channel,
                _kind(whole),
                bool(whole) and all(one.urgent for one in whole),
                _subjects(own, codes),
                row.text_sent or "",
            )
        )
    return found


def _said_by_message(unit: Unit) -> dict[int, list[AnyRow]]:
    query = (
        select(
            notices.c.outbox_id,
            notices.c.kind,
            notices.c.urgent,
            notices.c.data,
            assignments.c.code.label("code"),
            cases.c.code.label("case_code"),
            matters.c.due_on,
        )
        .outerjoin(matters, matters.c.id == notices.c.matter_id)
        .outerjoin(assignments, assignments.c.id == notices.c.matter_id)
        .outerjoin(cases, cases.c.id == notices.c.matter_id)
        .where(notices.c.state == State.MERGED)
        .order_by(notices.c.id)
    )
    found: dict[int, list[AnyRow]] = {}
    for row in unit.conn.execute(query):
        found.setdefault(row.outbox_id, []).append(row)
    return found


def _kind(rows: Iterable[AnyRow]) -> str:
    kinds = sorted((Kind(row.kind) for row in rows), key=weight)
    return _KINDS.get(kinds[0], "other") if kinds else "other"


def _subjects(rows: Iterable[AnyRow], codes: dict[int, str]) -> tuple[Subject, ...]:
    """Return what the notices of a message were about; a request for dates names every undated assignment."""
    found: list[Subject] = []
    for row in rows:
        kind = _KINDS.get(Kind(row.kind), "other")
        if row.code or row.case_code:
            found.append(Subject(row.code or row.case_code, kind, row.due_on))
        listed = (row.data or {}).get("works", ()) if row.kind in _LISTING else ()
        found.extend(Subject(codes[one], kind, None) for one in listed)
    return tuple(found)
