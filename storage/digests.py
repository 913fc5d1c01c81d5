"""What digests said, who wants them how often, what the office decided about a coming one, and who else reads them."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.digests import Check, Since, Wanted
from storage.database import Unit
from storage.schema import digest_checks, digest_readers, digests, subscriptions
from storage.types import AnyRow

LEADER = "leader"
"""The kind of digest that leaders get; what others get has kinds of its own."""


def keep(
    unit: Unit, person_id: int, kind: str, day: date, figures: Mapping[str, int], mark: str, now: datetime
) -> None:
    """Keep what a person's digest of a day says; said again that day, the later figures hold."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    said = {"figures": dict(figures), "fingerprint": mark, "at": now}
    row = {"person_id": person_id, "kind": kind, "day": day, **said}
    at = [digests.c.person_id, digests.c.kind, digests.c.day]
    unit.conn.execute(dialect.insert(digests).values(row).on_conflict_do_update(index_elements=at, set_=said))


def since(unit: Unit, person_id: int, kind: str, day: date) -> Since:
    """Return what the last digest before a day said; an empty one where there was none."""
    query = (
        select(digests.c.day, digests.c.figures, digests.c.fingerprint)
        .where(digests.c.person_id == person_id, digests.c.kind == kind, digests.c.day < day)
        .order_by(digests.c.day.desc())
        .limit(1)
    )
    row = unit.conn.execute(query).first()
    return Since() if row is None else Since.kept(row.day, row.figures, row.fingerprint)


def wanted(unit: Unit, person_id: int) -> Wanted:
    """Return how often a person wants the digest."""
    rows = unit.conn.execute(_CHOSEN.where(subscriptions.c.person_id == person_id))
    chosen = {row.kind: row.wanted for row in rows}
    if chosen.get("digest") == 0:
        return Wanted.NONE
    return Wanted.WEEKLY if chosen.get("digest_daily") == 0 else Wanted.DAILY


_CHOSEN = select(subscriptions.c.kind, subscriptions.c.wanted)


def want(unit: Unit, person_id: int, how: Wanted, now: datetime) -> None:
    """Keep how often a person wants the digest."""
    for kind, yes in (("digest", how is not Wanted.NONE), ("digest_daily", how is not Wanted.WEEKLY)):
        of = (subscriptions.c.person_id == person_id, subscriptions.c.kind == kind)
        kept = unit.conn.execute(update(subscriptions).where(*of).values(wanted=int(yes), at=now))
        if not kept.rowcount and not yes:
            unit.conn.execute(insert(subscriptions).values(person_id=person_id, kind=kind, wanted=0, at=now))


def check(unit: Unit, day: date) -> AnyRow | None:
    """Return what the office decided about a day's digest (id, day, note, state, person_id, version), None before."""
    return unit.conn.execute(select(digest_checks).where(digest_checks.c.day == day)).first()


def open_check(unit: Unit, day: date, now: datetime) -> None:
    """Note that a day's digest was shown to the office; what was decided already stays."""
    if check(unit, day) is None:
        unit.conn.execute(insert(digest_checks).values(day=day, note="", state=Check.OPEN.value, at=now))


def decide(
    unit: Unit, row: AnyRow, person_id: int, now: datetime, *, state: Check | None = None, note: str | None = None
) -> bool:
    """Write the office's word on a digest; False where another was faster."""
    kept = unit.conn.execute(
        update(digest_checks)
        .where(digest_checks.c.id == row.id, digest_checks.c.version == row.version)
        .values(
            state=row.state if state is None else state.value,
            note=row.note if note is None else note,
            person_id=person_id,
            at=now,
            version=row.version + 1,
        )
    )
    return kept.rowcount == 1


def is_held(unit: Unit, day: date) -> bool:
    """Whether the office holds a day's digest."""
    found = check(unit, day)
    return found is not None and found.state == Check.HELD


def add_reader(unit: Unit, leader_id: int, reader_id: int, now: datetime) -> int:
    """Let a person read a leader's digest; return the row's id."""
    fresh = insert(digest_readers).values(leader_id=leader_id, reader_id=reader_id, created_at=now)
    return int(unit.conn.execute(fresh.returning(digest_readers.c.id)).scalar_one())


def end_reader(unit: Unit, row_id: int, now: datetime) -> bool:
    """End it; False where it had ended."""
    of = (digest_readers.c.id == row_id, digest_readers.c.ended_at.is_(None))
    return unit.conn.execute(update(digest_readers).where(*of).values(ended_at=now)).rowcount == 1


def is_kept(unit: Unit, person_id: int, kind: str, day: date) -> bool:
    """Whether something is kept of a person and a day."""
    query = select(digests.c.id).where(digests.c.person_id == person_id, digests.c.kind == kind, digests.c.day == day)
    return unit.conn.execute(query).first() is not None


def said_on(unit: Unit, day: date) -> bool:
    """Whether any leader's digest of a day was composed, so that it may have left."""
    query = select(digests.c.id).where(digests.c.day == day, digests.c.kind == LEADER).limit(1)
    return unit.conn.execute(query).first() is not None
