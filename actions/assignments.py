"""What an agency does with its assignments, and how the coordinating office takes its reports.

Every act reads the viewer's seats and the row in the same unit, moves the state by the table of
`domain.assignments`, writes the audit line and the notices that follow, and leaves committing to the caller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions import heads, moves, requests
from domain.assignments import Act, State
from domain.errors import ActRefused
from domain.local import today
from domain.notices import Kind
from domain.people import Viewer
from storage import assignments, matters, planned
from storage.database import Unit


def accept(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime) -> None:
    """Note that the agency has taken the task on."""
    row = moves.own(unit, viewer, assignment_id)
    moves.apply(unit, row, Act.ACCEPT, viewer, now, accepted_at=now)


def accept_all(unit: Unit, viewer: Viewer, assignment_ids: Iterable[int], now: datetime) -> int:
    """Take on those of the given assignments that are the viewer's and wait for it; return how many."""
    taken = 0
    for assignment_id in assignment_ids:
        row = assignments.get(unit, assignment_id)
        if row is not None and row.agency_id in viewer.own_agencies and row.state == State.ASSIGNED:
            moves.apply(unit, row, Act.ACCEPT, viewer, now, accepted_at=now)
            taken += 1
    return taken


def progress(unit: Unit, viewer: Viewer, assignment_id: int, text: str, percent: int | None, now: datetime) -> None:
    """Note how far the work is, in the agency's words."""
    row = moves.own(unit, viewer, assignment_id)
    moves.apply(unit, row, Act.PROGRESS, viewer, now)
    assignments.comment(unit, row.id, "progress", text, viewer.person_id, now, percent)


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that the work is done. `on` is the product's own date, None where there is none."""

    kind: str
    number: str | None = None
    on: date | None = None
    text: str = ""
    file_id: int | None = None
    more: tuple[int, ...] = ()
    """Ids of further files of the same result: the other pictures of an album, annexes."""


def report(
    unit: Unit, viewer: Viewer, assignment_id: int, proof: Proof, also: Sequence[int], now: datetime
) -> tuple[int, ...]:
    """Report done, with the evidence, the assignment and others of the same agencies that it completes too.

    Completion is judged by the product's date, the day of the report where it has none. Returns the ids
    reported. Raises ActRefused for a product dated in the future.
    """
    if proof.on is not None and proof.on > today(now):
        raise ActRefused("Ngày văn bản đang ở tương lai. Xin kiểm tra và nhập lại số, ngày văn bản.")
    ids = tuple(dict.fromkeys((assignment_id, *also)))
    for one in ids:
        row = moves.own(unit, viewer, one)
        moves.apply(unit, row, Act.REPORT, viewer, now, reported_at=now, completed_on=proof.on or today(now))
        planned.suspend(unit, one)
        requests.withdraw_all(unit, viewer, one, now)
        if not heads.asks_first(unit, viewer, row, now):
            moves.tell_office(unit, one, f"event:reported:{one}:{row.version}", Kind.REPORTED, now)
    assignments.add_evidence(
        unit,
        ids,
        kind=proof.kind,
        number=proof.number,
        on=proof.on,
        text=proof.text,
        file_id=proof.file_id,
        person_id=viewer.person_id,
        now=now,
    )
    for file_id in proof.more:
        assignments.add_evidence(
            unit, ids, kind="file", number=None, on=None, text="", file_id=file_id, person_id=viewer.person_id, now=now
        )
    return ids


def confirm(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime, *, shown: int | None = None) -> None:
    """Let the coordinating office accept a report; the matter is closed and its officers are told.

    Raises Stale where it is not the version `shown` any more.
    """
    row = moves.of_office(unit, viewer, assignment_id)
    moves.as_shown(unit, row, shown)
    heads.refuse_early(unit, row.id)
    moves.apply(unit, row, Act.CONFIRM, viewer, now, confirmed_at=now)
    matters.close(unit, row.id, now)
    moves.tell_agency(unit, row.agency_id, row.id, f"event:confirmed:{row.version}", Kind.CONFIRMED, now)


def give_back(
    unit: Unit, viewer: Viewer, assignment_id: int, reason: str, now: datetime, *, shown: int | None = None
) -> None:
    """Let the coordinating office return a report with the reason; what remains of the ladder stands again.

    Raises Stale where it is not the version `shown` any more.
    """
    row = moves.of_office(unit, viewer, assignment_id)
    moves.as_shown(unit, row, shown)
    moves.apply(unit, row, Act.RETURN, viewer, now, reported_at=None, completed_on=None)
    comment = assignments.comment(unit, row.id, "return", reason, viewer.person_id, now)
    planned.resume(unit, row.id, now)
    moves.give_days_back(unit, row, today(row.reported_at), HELD, now)
    moves.tell_agency(unit, row.agency_id, row.id, f"event:returned:{comment}", Kind.RETURNED, now)


HELD = "returned"
"""The reason kept with a date that moved because the office held the report."""


def keep_file(
    unit: Unit, channel: str, reference: str, name: str, media_type: str, size: int | None, now: datetime
) -> int:
    """Remember a file that somebody sent and return its id."""
    return assignments.add_file(unit, channel, reference, name, media_type, size, now)
