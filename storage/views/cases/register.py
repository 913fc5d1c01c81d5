"""The register of citizens' feedback as the coordinating office works on it: lists by what waits, one case, words.

Never who sent a case: that is read by `actions.cases.handling.read_identity` alone, which logs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from domain.cases.lifecycle import OPEN, Act, State
from domain.office_settings import SETTINGS
from domain.words import fold
from storage import office_settings
from storage import people as person_rows
from storage.cases import answers, attachments, proposals, rows, tellings
from storage.database import Unit
from storage.schema import agencies, case_events, case_proposals, case_tellings, cases, matters, people
from storage.types import AnyRow, AnySelect
from storage.views.cases import lists


class Shelf(StrEnum):
    """The lists of the register; the value is the list's name in chat."""

    RECEPTION = "case_reception"
    TRIAGE = "case_triage"
    CONSENT = "case_consent"
    RETURNS = "case_returns"
    AGAIN = "case_again"
    BY_HAND = "case_by_hand"
    LATE = "case_late"
    PUBLISH = "case_publish"
    SUPPLEMENT = "case_supplement"
    AGENCIES = "case_agencies"
    BY_LETTER = "case_by_letter"
    OUTSIDE = "case_outside"
    SPAM = "case_spam"


_OF_STATES: dict[Shelf, tuple[State, ...]] = {
    Shelf.RECEPTION: (State.WAITING_RECEPTION,),
    Shelf.TRIAGE: (State.CLASSIFYING,),
    Shelf.RETURNS: (State.RETURN_ASKED,),
    Shelf.AGAIN: (State.REOPENED,),
    Shelf.SUPPLEMENT: (State.SUPPLEMENT_ASKED,),
    Shelf.AGENCIES: (
        State.FORWARDED,
        State.IN_PROGRESS,
        State.CLARIFYING,
        State.AWAITING_APPROVAL,
        State.COLLECTED,
    ),
    Shelf.OUTSIDE: (State.FORWARDED_OUTSIDE,),
}
_OPEN = tuple(one.value for one in OPEN)


def _pending(case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a refusal of a case waits for a second person."""
    return exists(
        select(case_proposals.c.id).where(
            case_proposals.c.case_id == case_id,
            case_proposals.c.state == proposals.PENDING,
            case_proposals.c.act == Act.REFUSE.value,
        )
    )


def _on(shelf: Shelf, today: date) -> ColumnElement[bool]:
    """Return what stands on a list: what is spam stands on its own list alone."""
    if shelf is Shelf.SPAM:
        return and_(cases.c.state.in_(_OPEN), cases.c.spam_at.is_not(None))
    if shelf is Shelf.CONSENT:
        which = and_(cases.c.state.in_(_OPEN), _pending(cases.c.id))
    elif shelf is Shelf.LATE:
        which = and_(cases.c.state.in_(_OPEN), matters.c.due_on < today)
    elif shelf is Shelf.PUBLISH:
        free = and_(cases.c.may_publish, cases.c.withheld.is_(None))
        which = and_(cases.c.state == State.ANSWERED.value, free)
    elif shelf is Shelf.BY_LETTER:
        which = and_(cases.c.state.in_(_OPEN), cases.c.by_document)
    elif shelf is Shelf.BY_HAND:
        told = select(case_tellings.c.case_id).where(case_tellings.c.state == tellings.BY_HAND)
        which = cases.c.id.in_(told)
    else:
        which = cases.c.state.in_([one.value for one in _OF_STATES[shelf]])
        if shelf in {Shelf.RECEPTION, Shelf.TRIAGE}:
            which = and_(which, ~_pending(cases.c.id))
    return and_(which, cases.c.spam_at.is_(None))


def _query() -> AnySelect:
    proposer = (
        select(people.c.name)
        .join(case_proposals, case_proposals.c.proposed_by == people.c.id)
        .where(
            case_proposals.c.case_id == cases.c.id,
            case_proposals.c.state == proposals.PENDING,
            case_proposals.c.act == Act.REFUSE.value,
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            cases,
            matters.c.due_on,
            matters.c.version,
            agencies.c.name.label("agency"),
            agencies.c.code.label("agency_code"),
            proposer.label("proposed_by"),
        )
        .join(matters, matters.c.id == cases.c.id)
        .outerjoin(agencies, agencies.c.id == cases.c.agency_id)
    )


def listed(unit: Unit, shelf: Shelf, today: date, limit: int, offset: int = 0) -> Sequence[AnyRow]:
    """Return one stretch of a list: what is due first stands first, then what came first."""
    last = (matters.c.due_on.is_(None), matters.c.due_on, cases.c.id)
    return unit.conn.execute(_query().where(_on(shelf, today)).order_by(*last).limit(limit).offset(offset)).all()


def count(unit: Unit, shelf: Shelf, today: date) -> int:
    """Return how many cases stand on a list."""
    query = select(func.count()).select_from(cases).join(matters, matters.c.id == cases.c.id)
    return int(unit.conn.execute(query.where(_on(shelf, today))).scalar_one())


def counts(unit: Unit, today: date) -> dict[Shelf, int]:
    """Return how many cases stand on each list, in the order of the lists."""
    return {shelf: count(unit, shelf, today) for shelf in Shelf}


def open_cases(unit: Unit) -> int:
    """Return how many cases are open, without spam."""
    query = select(func.count()).select_from(cases)
    return int(unit.conn.execute(query.where(cases.c.state.in_(_OPEN), cases.c.spam_at.is_(None))).scalar_one())


def urgent(unit: Unit, limit: int) -> Sequence[AnyRow]:
    """Return the cases on which the office's own step is due first."""
    mine = [one.value for one in State if one.is_with_office and one is not State.SUPPLEMENT_ASKED]
    which = and_(cases.c.state.in_(mine), cases.c.spam_at.is_(None))
    order = (matters.c.due_on.is_(None), matters.c.due_on, cases.c.id)
    return unit.conn.execute(_query().where(which).order_by(*order).limit(limit)).all()


WAITING = (Shelf.RECEPTION, Shelf.TRIAGE, Shelf.CONSENT, Shelf.RETURNS, Shelf.AGAIN, Shelf.BY_HAND)
"""The lists on which the next step is the office's own."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases of a list wait, and since when the first of them."""

    count: int
    since: datetime


def waiting(unit: Unit, today: date) -> dict[Shelf, Waiting]:
    """Return the lists on which something waits for the office's own step; a case waits since its last step."""
    step = select(func.max(case_events.c.at)).where(case_events.c.case_id == cases.c.id).scalar_subquery()
    found: dict[Shelf, Waiting] = {}
    for shelf in WAITING:
        at = (
            cases.c.received_at
            if shelf in {Shelf.RECEPTION, Shelf.TRIAGE}
            else func.coalesce(step, cases.c.received_at)
        )
        query = select(func.count().label("many"), func.min(at).label("since")).select_from(cases)
        row = unit.conn.execute(query.join(matters, matters.c.id == cases.c.id).where(_on(shelf, today))).one()
        if row.many:
            found[shelf] = Waiting(row.many, row.since)
    return found


def of(unit: Unit, case_id: int) -> AnyRow | None:
    """Return one case by its id."""
    return unit.conn.execute(_query().where(cases.c.id == case_id)).first()


def by_code(unit: Unit, code: str) -> AnyRow | None:
    """Return one case by its code."""
    return unit.conn.execute(_query().where(cases.c.code == code)).first()


def found(unit: Unit, words: str, limit: int) -> Sequence[AnyRow]:
    """Return cases that hold every word, typed with marks or without: open ones first, the newest first in them.

    Looked for in the text and the codes; where nothing holds them, in the names of agencies and in numbers of letters.
    """
    is_open = cases.c.state.in_(_OPEN)
    for which in (lists.matching(unit, words), _handled(unit, words)):
        first = _newest(unit, and_(which, is_open), limit)
        rest = _newest(unit, and_(which, ~is_open), limit - len(first)) if len(first) < limit else []
        if first or rest:
            return [*first, *rest]
    return []


def _newest(unit: Unit, which: ColumnElement[bool], limit: int) -> Sequence[AnyRow]:
    """Return the newest of some cases: read in their order until there are enough, whatever else fits."""
    query = _query().where(which, cases.c.spam_at.is_(None)).order_by(cases.c.id.desc()).limit(limit)
    return unit.conn.execute(query).all()


def _handled(unit: Unit, words: str) -> ColumnElement[bool]:
    """Return the condition of the cases whose agency, or whose letter's number, the words name."""
    tokens = fold(words).split()
    named = unit.conn.execute(select(agencies.c.id, agencies.c.name, agencies.c.code))
    of_agencies = [row.id for row in named if all(one in fold(f"{row.name} {row.code}") for one in tokens)]
    numbers = {words.strip(), words.strip().upper()}  # as indexed
    letters = (cases.c.forward_number, cases.c.incoming_number)
    return or_(cases.c.agency_id.in_(of_agencies), *(one.in_(numbers) for one in letters))


def steps(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return what happened to a case, oldest first, with the name of who did it (act, state, text, data, at, who)."""
    query = (
        select(case_events, people.c.name.label("who"))
        .outerjoin(people, people.c.id == case_events.c.person_id)
        .where(case_events.c.case_id == case_id)
        .order_by(case_events.c.id)
    )
    return unit.conn.execute(query).all()


def refusal(unit: Unit, case_id: int) -> AnyRow | None:
    """Return the proposal (id, act, data, proposed_by) that waits for a second person's word, None for none."""
    found = proposals.pending(unit, case_id)
    return found if found is not None and found.act == Act.REFUSE.value else None


def file_names(unit: Unit, case_id: int) -> list[str]:
    """Return the names of a case's files."""
    return [str(one.name) for one in attachments.of(unit, case_id)]


def merged_into(unit: Unit, case_id: int) -> list[str]:
    """Return the codes of the cases that follow this one."""
    return [str(one.code) for one in rows.followers(unit, case_id)]


def answered(unit: Unit, case_id: int) -> AnyRow | None:
    """Return the last answer that was given, None before there is one."""
    given = [one for one in answers.of(unit, case_id) if one.state == answers.APPROVED]
    return given[-1] if given else None


def untold(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return what a case's sender is still to be told by phone or letter (id, kind, data, at), oldest first."""
    return tellings.of_case_by_hand(unit, case_id)


def is_by_chat(unit: Unit, endpoint_id: int | None) -> bool:
    """Whether a sender can be told where the case was sent from."""
    return endpoint_id is not None and person_rows.is_open(unit, endpoint_id)


def door(unit: Unit, name: str) -> str:
    """Return where a right door is, as the office has set it; "" where it has not."""
    return office_settings.text(unit, name) if name in SETTINGS else ""
