"""The proof of notice, put together from notices, messages, sightings and the trail of acts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import func, select

from domain.assignments import Act
from domain.delivery import State
from domain.errors import NotFound
from domain.explanations import REASONS
from domain.incoming import Sent
from domain.notices import Kind
from domain.notices import State as NoticeState
from domain.people import Role, Viewer
from domain.proofs import Deed, DueDate, ProofOfNotice, Telling, Unreached, UrgedByLetter
from storage import receipts, urges
from storage.database import Unit
from storage.schema import (
    agencies,
    assignments,
    audit,
    due_versions,
    endpoints,
    memberships,
    notices,
    outbox,
    people,
    planned,
    sightings,
)
from storage.types import AnyRow
from storage.views import work
from storage.views.work import Work

T = TypeVar("T")


def of_assignment(unit: Unit, code: str, today: date, viewer: Viewer | None = None) -> ProofOfNotice:
    """Return the proof of one assignment by its code.

    Without `viewer` it is the operator's. Raises NotFound where there is none, and for a viewer who neither belongs
    to its agency nor oversees all of them.
    """
    return _proofs(unit, [_found(unit, code, today, viewer)], viewer)[0]


def of_task(unit: Unit, code: str, today: date, viewer: Viewer | None = None) -> list[ProofOfNotice]:
    """Return the proofs of every assignment of the same task and period, agency by agency; see `of_assignment`.

    A viewer of an agency sees that agency's own only, and not the words said to others: they may tell of others.
    """
    one = _found(unit, code, today, viewer)
    all_of_it = [each for each in work.of_task(unit, one.task_id, today) if each.period == one.period]
    return _proofs(unit, [each for each in all_of_it if _may_see(viewer, each)], viewer)


def _found(unit: Unit, code: str, today: date, viewer: Viewer | None) -> Work:
    found = work.by_code(unit, code, today)
    if found is None or not _may_see(viewer, found):
        raise NotFound(f"việc {code}")
    return found


def _may_see(viewer: Viewer | None, one: Work) -> bool:
    return viewer is None or viewer.reads_names(one.agency_id)


def _proofs(unit: Unit, works: Collection[Work], viewer: Viewer | None) -> list[ProofOfNotice]:
    every_word = viewer is None or viewer.coordinates
    ids = [one.id for one in works]
    told, dates, unreached, seen = _told(unit, works), _dates(unit, ids), _unreached(unit, ids), _seen(unit, ids)
    trail, letters = _trail(unit, ids), _letters(unit, ids)
    sent = {row.outbox_id for found in told.values() for row, _ in found}
    came = receipts.of_messages(unit, {one for one in sent if one is not None})
    own = set() if viewer is None or every_word else _wholly_of(unit, sent, viewer.own_agencies)
    return [
        ProofOfNotice(
            code=one.code,
            content=one.content,
            agency=one.agency,
            agency_code=one.agency_code,
            plan_kind=one.plan_kind,
            plan_number=one.plan_number,
            plan_date=one.plan_date,
            appendix=one.appendix or "",
            row=one.row,
            product=one.product,
            deadline_raw=one.deadline_raw,
            period=one.period,
            issued_at=one.issued_at,
            due_on=one.due_on,
            state=one.state.label,
            due_dates=dates[one.id],
            tellings=[
                _telling(
                    one,
                    row,
                    text if every_word or row.outbox_id in own else "",
                    seen[one.id],
                    trail[one.id],
                    came.get(row.outbox_id, {}),
                )
                for row, text in told[one.id]
            ],
            unreached=unreached[one.id],
            deeds=[Deed(row.at, row.name, ACTS[row.act]) for row in trail[one.id]],
            letters=letters[one.id],
        )
        for one in works
    ]


def _wholly_of(unit: Unit, outbox_ids: Collection[int | None], agency_ids: Collection[int]) -> set[int]:
    """Return the messages in which nothing is about another agency's work or the office's own.

    One message says everything a person has to hear that day, whichever agency it is about.
    """
    wanted = {one for one in outbox_ids if one is not None}
    query = select(notices.c.outbox_id, notices.c.agency_id).where(notices.c.outbox_id.in_(wanted))
    foreign = {row.outbox_id for row in unit.conn.execute(query) if row.agency_id not in agency_ids}
    return wanted - foreign


_OF_AGENCY = (Act.ACCEPT, Act.PROGRESS, Act.REPORT, Act.OBSTRUCT, Act.ASK_EXTENSION, Act.DISOWN, Act.WITHDRAW)
ACTS = {**{act.value: act.label for act in _OF_AGENCY}, "check_in": "trả lời hỏi thăm định kỳ"}
"""What an agency's people do about an assignment, by the act's name in the trail."""


def _telling(
    one: Work, row: AnyRow, text: str, seen: Iterable[AnyRow], trail: Iterable[AnyRow], came: Mapping[str, datetime]
) -> Telling:
    left = _left(row)
    at = row.sent_at if left else row.not_before
    looks = [moment for look in seen if look.person_id == row.person_id for moment in (look.first_at, look.last_at)]
    deeds = [(deed.person_id, deed.at) for deed in trail]
    own = [*looks, *(moment for person, moment in deeds if person == row.person_id)]
    return Telling(
        kind=Kind(row.kind),
        agency=row.agency or "",
        own=row.agency_id == one.agency_id,
        person=row.person,
        position=row.position,
        role=Role(row.role),
        channel=row.channel if left else "",
        state=_state(row),
        at=at,
        times=row.attempts if left else 0,
        text=text if left else "",
        seen_at=min((moment for moment in own if moment >= at), default=None) if left else None,
        answered_at=min((moment for _, moment in deeds if moment >= at), default=None) if left else None,
        received_at=came.get(Sent.RECEIVED) if left else None,
        viewed_at=came.get(Sent.SEEN) if left else None,
    )


def _left(row: AnyRow) -> bool:
    """Whether this notice left in a message: one that was dropped as it was about to did not, its message may have."""
    return row.sent_at is not None and row.state != NoticeState.DROPPED


def _state(row: AnyRow) -> State:
    if row.state == NoticeState.DROPPED:
        return State.CANCELLED
    return State(row.sending) if row.sending else State.WAITING


def _told(unit: Unit, works: Collection[Work]) -> Mapping[int, list[tuple[AnyRow, str]]]:
    """Return the notices of each assignment with the whole text in which each left, in order of time."""
    query = (
        select(
            notices.c.matter_id,
            notices.c.person_id,
            notices.c.agency_id,
            notices.c.kind,
            notices.c.state,
            notices.c.role,
            notices.c.data,
            notices.c.not_before,
            people.c.name.label("person"),
            people.c.position,
            agencies.c.name.label("agency"),
            outbox.c.id.label("outbox_id"),
            outbox.c.state.label("sending"),
            outbox.c.sent_at,
            outbox.c.text_sent,
            outbox.c.attempts,
            endpoints.c.channel,
        )
        .join(people, people.c.id == notices.c.person_id)
        .outerjoin(agencies, agencies.c.id == notices.c.agency_id)
        .outerjoin(outbox, outbox.c.id == notices.c.outbox_id)
        .outerjoin(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(notices.c.state != NoticeState.SUPERSEDED)
        .order_by(func.coalesce(outbox.c.sent_at, notices.c.not_before), notices.c.id)
    )
    ids = {one.id for one in works}
    own = unit.conn.execute(query.where(notices.c.matter_id.in_(ids))).all()
    asked = unit.conn.execute(
        query.where(notices.c.kind == Kind.CHECK_IN, notices.c.agency_id.in_({one.agency_id for one in works}))
    ).all()
    rest = _later_pieces(unit, {row.outbox_id for row in (*own, *asked) if row.outbox_id})
    found: dict[int, list[tuple[AnyRow, str]]] = defaultdict(list)
    for row in sorted((*own, *asked), key=lambda row: row.sent_at or row.not_before):
        text = "\n\n".join(filter(None, (row.text_sent, *rest[row.outbox_id])))
        about = [row.matter_id] if row.matter_id else (row.data or {}).get("works", ())
        for matter_id in ids.intersection(about):
            found[matter_id].append((row, text))
    return found


def _later_pieces(unit: Unit, outbox_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Return what followed in rows of their own where a message was too long for one."""
    piece = outbox.alias("piece")
    query = (
        select(outbox.c.id, piece.c.text_sent)
        .join(
            piece,
            (piece.c.person_id == outbox.c.person_id)
            & piece.c.business_day.is_(None)
            & piece.c.key.like(outbox.c.key.concat(":%")),
        )
        .where(outbox.c.id.in_(outbox_ids), piece.c.text_sent.is_not(None))
        .order_by(piece.c.id)
    )
    return _grouped((row.id, row.text_sent) for row in unit.conn.execute(query))


def _dates(unit: Unit, ids: Collection[int]) -> Mapping[int, list[DueDate]]:
    query = (
        select(due_versions, people.c.name.label("decider"))
        .outerjoin(people, people.c.id == due_versions.c.decided_by)
        .where(due_versions.c.matter_id.in_(ids))
        .order_by(due_versions.c.matter_id, due_versions.c.number)
    )
    return _grouped(
        (
            row.matter_id,
            DueDate(row.due_on, REASONS.get(row.reason, row.reason), row.at, row.decider or "", row.basis or ""),
        )
        for row in unit.conn.execute(query)
    )


def _unreached(unit: Unit, ids: Collection[int]) -> Mapping[int, list[Unreached]]:
    query = (
        select(planned.c.matter_id, agencies.c.name, planned.c.role, func.min(planned.c.at).label("since"))
        .join(agencies, agencies.c.id == planned.c.agency_id)
        .where(planned.c.matter_id.in_(ids), planned.c.state == "unreached")
        .group_by(planned.c.matter_id, agencies.c.name, planned.c.role)
        .order_by(func.min(planned.c.at))
    )
    return _grouped((row.matter_id, Unreached(row.name, Role(row.role), row.since)) for row in unit.conn.execute(query))


def _seen(unit: Unit, ids: Collection[int]) -> Mapping[int, list[AnyRow]]:
    rows = unit.conn.execute(select(sightings).where(sightings.c.matter_id.in_(ids)))
    return _grouped((row.matter_id, row) for row in rows)


def _trail(unit: Unit, ids: Collection[int]) -> Mapping[int, list[AnyRow]]:
    """Return what people of each assignment's agency, past and present, did about it, in order of time."""
    of_agency = select(memberships.c.id).where(
        memberships.c.person_id == audit.c.person_id, memberships.c.agency_id == assignments.c.agency_id
    )
    query = (
        select(audit.c.subject_id, audit.c.at, audit.c.act, audit.c.person_id, people.c.name)
        .join(assignments, assignments.c.id == audit.c.subject_id)
        .join(people, people.c.id == audit.c.person_id)
        .where(
            audit.c.subject == "assignment",
            audit.c.subject_id.in_(ids),
            audit.c.act.in_(ACTS),
            of_agency.exists(),
        )
        .order_by(audit.c.id)
    )
    return _grouped((row.subject_id, row) for row in unit.conn.execute(query))


def _letters(unit: Unit, ids: Collection[int]) -> Mapping[int, list[UrgedByLetter]]:
    """Return the signed letters by which the office urged."""
    return _grouped(
        (row.matter_id, UrgedByLetter(row.number, row.date, row.wanted_by))
        for row in urges.of_matters(unit, ids)
        if row.number is not None
    )


def _grouped(pairs: Iterable[tuple[int, T]]) -> Mapping[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
