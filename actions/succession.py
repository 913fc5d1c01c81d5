"""Mergers: an agency's successor takes over what is open, and who works on it, in one act with its history.

What was closed stays with the agency that did it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actions import moves
from domain.assignments import Act, State
from domain.errors import ActRefused
from domain.local import long_day, today
from domain.notices import Kind
from domain.people import Membership, Role
from domain.requests import State as RequestState
from storage import agencies, assignments, audit, follows, matters, notices, people, ranks, requests, successions
from storage.database import Unit
from storage.types import AnyRow

COMMENT = "succeeded"
"""The kind of the words that the history of each matter keeps."""

LONGEST_BASIS = 300


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What changed hands, counted."""

    assignments: int
    merged: int
    """Assignments that were ended because the successor had the same one open itself."""
    cases: int
    requests: int
    tasks: int
    reminders: int
    people: int
    invites: int


def succeed(
    unit: Unit, old_code: str, new_code: str, on: date, basis: str, now: datetime, *, dry_run: bool = False
) -> TakenOver:
    """Let an agency take over from another as of a day, by the operator. With `dry_run` nothing is kept.

    Raises ActRefused for agencies that are not there, the same one twice, one that was taken over before or does not
    stand on that day, a directory that names another successor, a day that lies ahead, and without a basis.
    """
    old, new = _agency(unit, old_code), _agency(unit, new_code)
    basis = " ".join(basis.split())
    _check(unit, old, new, on, basis, now)
    trial = unit.conn.begin_nested()
    done = _succeed(unit, old, new, on, basis, now)
    trial.rollback() if dry_run else trial.commit()
    return done


def _agency(unit: Unit, code: str) -> AnyRow:
    found = agencies.id_of(unit, code)
    row = agencies.get(unit, found) if found is not None else None
    if row is None:
        raise ActRefused(f"Không có cơ quan nào mang mã {code}. Xem các mã bằng lệnh: nhacviec agency list.")
    return row


def _check(unit: Unit, old: AnyRow, new: AnyRow, on: date, basis: str, now: datetime) -> None:
    if old.id == new.id:
        raise ActRefused("Cơ quan kế thừa phải là một cơ quan khác. Xem lại hai mã rồi chạy lại.")
    for one in (old, new):
        before = successions.of_agency(unit, one.id)
        if before is not None:
            raise ActRefused(
                f"{one.name} ({one.code}) đã được cơ quan khác kế thừa từ {before.effective_on:%d/%m/%Y}. "
                "Xem cơ quan nào còn hiệu lực bằng lệnh: nhacviec agency list."
            )
    if not basis or len(basis) > LONGEST_BASIS:
        raise ActRefused(f"Ghi văn bản làm căn cứ ở --basis, không quá {LONGEST_BASIS} ký tự.")
    if on > today(now):
        raise ActRefused(
            f"Ngày {on:%d/%m/%Y} chưa đến. Chạy lại lệnh này từ ngày ấy; đến khi đó việc vẫn ở cơ quan cũ."
        )
    if old.successor_code not in {None, "", new.code}:
        raise ActRefused(
            f"Danh mục ghi cơ quan kế thừa của {old.code} là {old.successor_code}, không phải {new.code}. "
            "Sửa danh mục hoặc mã rồi chạy lại."
        )
    if (new.valid_to is not None and new.valid_to < on) or (new.valid_from is not None and new.valid_from > on):
        raise ActRefused(
            f"{new.name} ({new.code}) không có hiệu lực vào ngày {on:%d/%m/%Y}. Sửa danh mục hoặc ngày rồi chạy lại."
        )


def _succeed(unit: Unit, old: AnyRow, new: AnyRow, on: date, basis: str, now: datetime) -> TakenOver:
    said = f"chuyển từ {old.name} sang {new.name} từ {long_day(on)}, theo {basis}"
    number = successions.add(unit, old.id, new.id, on, basis, None, now)
    moved, merged = _take_assignments(unit, old, new, said, now)
    cases = successions.move_cases(unit, old.id, new.id)
    asked = successions.move_requests(unit, old.id, new.id)
    successions.comment(unit, [*cases, *asked], COMMENT, said, now)
    for request_id in successions.asked_of_itself(unit, new.id):
        requests.close(unit, request_id, RequestState.WITHDRAWN, now, person_id=None, answer=said)
        matters.close(unit, request_id, now)
    task_ids = successions.move_tasks(unit, old.id, new.id)
    successions.move_ladders(unit, old.id, new.id)
    reminders = successions.move_planned(unit, old.id, new.id)
    successions.move_notices(unit, old.id, new.id)
    movers = _take_people(unit, old, new, now)
    invites = successions.move_invites(unit, old.id, new.id, now)
    successions.end_agency(unit, old, new, on - timedelta(days=1))
    successions.keep(
        unit,
        number,
        {
            "assignments": moved,
            "merged": merged,
            "cases": list(cases),
            "requests": list(asked),
            "tasks": list(task_ids),
            "people": movers,
            "invites": invites,
        },
    )
    audit.record(
        unit, "succeed", "agency", old.id, now, actor=audit.OPERATOR, to=new.id, on=on.isoformat(), succession=number
    )
    _tell(unit, number, new.id, now)
    return TakenOver(len(moved), len(merged), len(cases), len(asked), len(task_ids), reminders, len(movers), invites)


def _take_assignments(
    unit: Unit, old: AnyRow, new: AnyRow, said: str, now: datetime
) -> tuple[list[int], list[list[int]]]:
    """Move what is open; what the successor has open itself is ended as part of that. Return both, by id."""
    rows = successions.open_assignments(unit, old.id)
    there = successions.by_place(unit, new.id, {row.task_id for row in rows})
    moved: list[int] = []
    merged: list[list[int]] = []
    for row in rows:
        twin = there.get((row.task_id, row.part, row.period))
        if twin is not None and not State(twin.state).is_final:
            _merge(unit, row, twin, old, said, now)
            merged.append([row.id, twin.id])
            continue
        if twin is not None:
            assignments.set_aside_period(unit, row)
        moved.append(row.id)
    successions.move_assignments(unit, moved, new.id)
    successions.comment(unit, moved, COMMENT, said, now)
    return moved, merged


def _merge(unit: Unit, row: AnyRow, twin: AnyRow, old: AnyRow, said: str, now: datetime) -> None:
    """End an assignment as part of the successor's own, with all that was said and shown for it."""
    moves.apply(unit, row, Act.CANCEL, None, now)
    assignments.comment(unit, row.id, COMMENT, f"nhập vào {twin.code}: {said}", None, now)
    assignments.comment(unit, twin.id, COMMENT, f"nhận cả {row.code} của {old.name}: {said}", None, now)
    successions.share_evidence(unit, row.id, twin.id)
    successions.rehang_requests(unit, row.id, twin.id)
    matters.close(unit, row.id, now)


def _take_people(unit: Unit, old: AnyRow, new: AnyRow, now: datetime) -> list[int]:
    """Seat everybody of the old agency in the same role at the new one; return whom."""
    rows = successions.members_of(unit, old.id)
    for row in rows:
        rank = ranks.of(unit, row.person_id) or 0
        people.set_membership(unit, row.id, Membership.ENDED, now)
        seat = people.seat(unit, row.person_id, new.id, Role(row.role), Membership(row.state), now)
        audit.record(unit, "move_seat", "membership", seat, now, actor=audit.OPERATOR, role=row.role, was=row.id)
        ranks.put(unit, row.person_id, rank)
    follows.move(unit, old.id, new.id)
    successions.move_substitutes(unit, old.id, new.id)
    return sorted({row.person_id for row in rows})


def _tell(unit: Unit, number: int, agency_id: int, now: datetime) -> None:
    """Tell everybody of the new agency, and the coordinators, once."""
    occasion = f"event:succeeded:{number}"
    data = {"succession": number}
    for role in (Role.OFFICER, Role.HEAD):
        for person_id in people.members(unit, agency_id, role, today(now)):
            notices.add(unit, person_id, occasion, Kind.SUCCEEDED, now, role=role, agency_id=agency_id, data=data)
    for person_id in people.active(unit, Role.COORDINATOR):
        notices.add(unit, person_id, occasion, Kind.SUCCEEDED, now, role=Role.COORDINATOR, data=data)
