"""What is presumed said after a restore: every promise that stood when the backup was made is ended unsaid."""

from datetime import datetime

from sqlalchemy import func, select, update

from domain.delivery import State
from domain.notices import Kind
from storage import inbox as inbox_rows
from storage import intakes as intake_rows
from storage.database import Unit
from storage.planned import SKIPPED, WAITING
from storage.schema import inbox, intakes, outbox, planned


def messages(unit: Unit, why: str) -> int:
    """End every message that is on its way, claimed ones as unknown; return how many."""
    claimed = update(outbox).where(outbox.c.state == State.SENDING).values(state=State.UNKNOWN.value, error=why)
    waiting = update(outbox).where(outbox.c.state == State.WAITING).values(state=State.CANCELLED.value, error=why)
    return unit.conn.execute(claimed).rowcount + unit.conn.execute(waiting).rowcount


def moments(unit: Unit, until: datetime, why: str) -> int:
    """Pass over the planned moments that have come; return how many."""
    due = update(planned).where(planned.c.state == WAITING, planned.c.at <= until)
    return unit.conn.execute(due.values(state=SKIPPED, reason=why)).rowcount


def newest_moment(unit: Unit) -> int:
    """Return the id of the planned moment laid out last."""
    return int(unit.conn.execute(select(func.coalesce(func.max(planned.c.id), 0))).scalar_one())


def words_of_issue(unit: Unit, after: int, why: str) -> int:
    """Pass over the word of issue of what was laid out behind a planned moment; return how many."""
    fresh = update(planned).where(planned.c.id > after, planned.c.kind == Kind.ASSIGNED, planned.c.state == WAITING)
    return unit.conn.execute(fresh.values(state=SKIPPED, reason=why)).rowcount


def updates(unit: Unit, why: str, now: datetime) -> int:
    """Leave unhandled what people had sent: their acts after the backup are lost, so are these; return how many."""
    sent = update(inbox).where(inbox.c.state == inbox_rows.WAITING)
    files = update(intakes).where(intakes.c.state == intake_rows.WAITING)
    return (
        unit.conn.execute(sent.values(state=inbox_rows.PARKED, error=why, handled_at=now)).rowcount
        + unit.conn.execute(files.values(state=intake_rows.REFUSED, error=why, finished_at=now)).rowcount
    )
