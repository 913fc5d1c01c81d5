"""What passes from hand to hand: a colleague's seat for a while, a merged agency's work, the end of a plan's year."""

from dataclasses import dataclass, replace

from actions.compose.parts import Context, Part, open_each
from domain.buttons import Verb, choice
from domain.closing import ENDED
from domain.notices import Kind
from domain.people import Role
from messages.render import render
from storage import agencies, notices, plans, substitutes, successions
from storage.types import AnyRow
from storage.views import details
from storage.views import work as work_views
from storage.views.work import Work

NAMED = 5
"""So many tasks are named one by one; the others are in the list behind the choice."""


@dataclass(frozen=True, slots=True)
class _Substitution:
    """One substitution as its message tells it."""

    row: AnyRow
    role: str
    begun: bool
    was_away: bool
    """Whether the reader is the one who was away."""
    count: int = 0
    late: int = 0
    works: tuple[Work, ...] = ()


def substitute(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose for whom the reader stands in now, or that it is over."""
    told = [_substitution(context, row) for row in rows]
    over = [row.id for row, one in zip(rows, told, strict=True) if one is None]
    notices.drop(context.unit, over, "the substitution ended before it was told")
    kept = [one for one in told if one is not None]
    if not kept:
        return None
    begun = any(one.begun for one in kept)
    choices = (choice("Xem việc", Verb.LIST, "open", 0),) if begun else ()
    return Part(render(f"headlines/{kind}", told=kept), render(f"notices/{kind}", told=kept, day=context.day), choices)


def _substitution(context: Context, notice: AnyRow) -> _Substitution | None:
    row = substitutes.get(context.unit, notice.data["substitution"])
    begun = notice.data["what"] == "begun"
    if row is None or (begun and (row.ended_at is not None or row.until_on < context.day)):
        return None
    was_away = context.person_id == row.person_id
    label = Role(row.role).label
    if not begun:
        return _Substitution(row, label, begun, was_away)
    works = _open(context, row.agency_id)
    late = sum(one.is_late for one in works)
    return _Substitution(row, label, begun, was_away, len(works), late, tuple(works[:NAMED]))


def _open(context: Context, agency_id: int) -> list[Work]:
    works = work_views.of_agencies(context.unit, {agency_id}, context.day)
    return [one for one in works if not one.state.is_done_by_agency]


@dataclass(frozen=True, slots=True)
class _Succession:
    """One merger as its message tells it: to the office in figures, to the agency with its works."""

    row: AnyRow
    office: bool
    count: int
    merged: tuple[tuple[str, str], ...]
    """What was ended as part of what the successor had open itself: the codes of both."""
    cases: int
    people: int
    late: int = 0
    works: tuple[Work, ...] = ()
    more: tuple[Work, ...] = ()


def succeeded(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which agency took over from which, and what with it."""
    told = [one for row in rows if (one := _succession(context, row)) is not None]
    if not told:
        return None
    shown = [work for one in told for work in one.works]
    listed = (choice("Xem việc", Verb.LIST, "open", 0),) if any(one.more for one in told) else ()
    values = {"told": told, "day": context.day}
    return Part(
        render(f"headlines/{kind}", told=told), render(f"notices/{kind}", **values), (*open_each(shown[:3]), *listed)
    )


def _succession(context: Context, notice: AnyRow) -> _Succession | None:
    row = successions.get(context.unit, notice.data["succession"])
    if row is None:
        return None
    taken = row.taken_over
    works = work_views.by_ids(context.unit, [one for pair in taken["merged"] for one in pair], context.day)
    told = _Succession(
        row,
        office=notice.role == Role.COORDINATOR,
        count=len(taken["assignments"]) + len(taken["merged"]),
        merged=tuple((works[old].code, works[into].code) for old, into in taken["merged"]),
        cases=len(taken["cases"]),
        people=len(taken["people"]),
    )
    if told.office:
        return told
    ids = {*taken["assignments"], *(into for _, into in taken["merged"])}
    theirs = [one for one in _open(context, row.to_id) if one.id in ids]
    late = sum(one.is_late for one in theirs)
    return replace(told, count=len(theirs), late=late, works=tuple(theirs[:NAMED]), more=tuple(theirs[NAMED:]))


@dataclass(frozen=True, slots=True)
class _Closing:
    """One plan's end as it is told to one agency."""

    plan: AnyRow
    agency: str
    carried: tuple[Work, ...]
    ended: tuple[tuple[str, tuple[Work, ...]], ...]
    """What has ended, by the reason."""

    @property
    def count(self) -> int:
        """How many have ended."""
        return sum(len(works) for _, works in self.ended)


def plan_closed(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what goes on and what has ended with a plan's year."""
    told = [one for row in rows if (one := _closing(context, row)) is not None]
    if not told:
        return None
    text = render(f"notices/{kind}", told=told, day=context.day)
    carried = [work for one in told for work in one.carried]
    return Part(render(f"headlines/{kind}", told=told), text, open_each(carried[:3]))


def _closing(context: Context, notice: AnyRow) -> _Closing | None:
    data = notice.data
    plan, agency = plans.get(context.unit, data["plan"]), agencies.get(context.unit, notice.agency_id)
    if plan is None or agency is None:
        return None
    works = work_views.by_ids(context.unit, [*data["carried"], *data["ended"]], context.day)
    by_reason: dict[str, list[Work]] = {}
    for one in data["ended"]:
        by_reason.setdefault(_why(context, one), []).append(works[one])
    ended = tuple((reason, tuple(found)) for reason, found in by_reason.items())
    return _Closing(plan, agency.name, tuple(works[one] for one in data["carried"]), ended)


def _why(context: Context, assignment_id: int) -> str:
    said = details.history(context.unit, assignment_id)
    return next((one.text for one in reversed(said) if one.kind == ENDED), "")
