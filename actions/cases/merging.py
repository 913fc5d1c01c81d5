"""Cases that say the same: one follows the other, and can be split off again."""

from datetime import datetime

from actions.cases import laying, moving, telling
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused
from domain.notices import Kind as NoticeKind
from domain.people import Viewer
from storage import audit
from storage.cases import rows
from storage.database import Unit
from storage.types import AnyRow


def merge(
    unit: Unit, viewer: Viewer, case_id: int, master_code: str, now: datetime, *, shown: int | None = None
) -> None:
    """Let a case be part of another that says the same; its sender follows that one. It can be split off again."""
    row = moving.of_office(unit, viewer, case_id, shown)
    master = rows.by_code(unit, master_code)
    if master is None or master.id == row.id:
        raise ActRefused(f"Không có mã {master_code} để gộp vào. Xin kiểm tra lại mã.")
    if master.state == State.MERGED:
        raise ActRefused(f"{master.code} cũng đã gộp vào mã khác. Xin gộp vào mã chính.")
    join(unit, row, master, now, viewer=viewer)


def join(
    unit: Unit, row: AnyRow, master: AnyRow, now: datetime, *, viewer: Viewer | None, actor: str | None = None
) -> None:
    """Let a case, and those merged into it before, follow another; by a person, or as its own sender wants it.

    Whoever wants it hears it in the answer to that, and is not told again.
    """
    for follower in rows.followers(unit, row.id):
        rows.put(unit, follower.id, master_id=master.id)
    moved = moving.apply(unit, row, Act.MERGE, now, viewer=viewer, actor=actor, text=master.code, master_id=master.id)
    if row.agency_id is not None and not row.by_document:
        moving.tell_agency(unit, row, moved.event_id, NoticeKind.CASE_EVENT, now, what="merged_away")
    if viewer is not None:
        telling.tell(unit, moved.row, "merged", moved.event_id, now, master_code=master.code)


def split(unit: Unit, viewer: Viewer, case_id: int, now: datetime, *, shown: int | None = None) -> None:
    """Take a case out of the one it was merged into: it goes on where it stood, by its own clock."""
    _apart(unit, moving.of_office(unit, viewer, case_id, shown), now, viewer=viewer)


def let_go(unit: Unit, master: AnyRow, now: datetime) -> None:
    """Let the cases merged into one that ends without an answer go on by themselves; their senders and the office hear.

    What its own sender left out, or takes back, is not held against the others.
    """
    for follower in rows.followers(unit, master.id):
        moved = _apart(unit, follower, now, viewer=None)
        moving.tell_office(unit, moved.row, moved.event_id, "split", now)


def _apart(unit: Unit, row: AnyRow, now: datetime, *, viewer: Viewer | None) -> moving.Moved:
    actor = None if viewer else audit.SYSTEM
    moved = moving.apply(unit, row, Act.SPLIT, now, viewer=viewer, actor=actor, master_id=None)
    received = moved.row.forwarded_at is None
    clock = (
        laying.forwarding_clock(unit, moved.row.received_on, conduct=laying.is_conduct(moved.row))
        if received
        else laying.answering_clock(unit, moved.row, now)
    )
    rows.put(unit, row.id, due_at=clock.at)
    laying.move(unit, moved.row, clock, "split", now, decided_by=viewer.person_id if viewer else None)
    telling.tell(unit, moved.row, "split", moved.event_id, now)
    return moved
