"""The handlings of a case, written as it begins, ends, begins anew, is rated and published: figures rest on them.

Days that a frozen report has counted stay as they are: what is written down behind it counts on the day of writing.
"""

from datetime import date, datetime
from typing import Any

from domain.case_figures import Ending, counted_on
from domain.cases.decisions import GROUNDS, Rating
from domain.cases.lifecycle import Act, State
from domain.local import today
from storage.cases import handlings
from storage.database import Unit
from storage.types import AnyRow


def begun(unit: Unit, case_id: int, received_on: date, now: datetime, *, spam: bool = False) -> None:
    """Write that a case came into the register; what is known as spam counts nowhere."""
    handlings.begin(unit, case_id, counted_on(received_on, today(now), handlings.frozen_until(unit)))
    if spam:
        _set_aside(unit, case_id)


def moved(
    unit: Unit, row: AnyRow, act: Act, after: State, now: datetime, data: dict[str, Any] | None, on: date | None
) -> None:
    """Follow a move of a case, whose row is as it stood before; `on` is the day of an answer where it has one."""
    before = State(row.state)
    if act in {Act.PUBLISH, Act.UNPUBLISH}:
        _published(unit, row.id, today(now) if act is Act.PUBLISH else None)
    if before.is_open and not after.is_open:
        _end(unit, row, _ending(after, data), now, on)
    elif after.is_open and not before.is_open:
        _again(unit, row.id, now, disputed=act is Act.REPORT_AGAIN)


def _ending(after: State, data: dict[str, Any] | None) -> Ending:
    if after is State.REFUSED:
        ground = GROUNDS.get(str((data or {}).get("ground", "")))
        return Ending.REFUSED if ground is None or ground.counts else Ending.REFUSED_ELSEWHERE
    return _ENDINGS[after]


_ENDINGS = {
    State.GUIDED: Ending.GUIDED,
    State.FORWARDED_OUTSIDE: Ending.OUTSIDE,
    State.MERGED: Ending.MERGED,
    State.WITHDRAWN: Ending.WITHDRAWN,
    State.ANSWERED: Ending.ANSWERED,
    State.PUBLISHED: Ending.ANSWERED,
    State.ARCHIVED: Ending.ANSWERED,  # closed after it was reported again: the answer stands
}


def _end(unit: Unit, row: AnyRow, ending: Ending, now: datetime, on: date | None) -> None:
    last, day = handlings.newest(unit, row.id), today(now)
    if last is None or last.ended_on is not None:
        return
    ended_on = max(last.begun_on, counted_on(on or day, day, handlings.frozen_until(unit)))
    handlings.change(unit, last.id, ending=ending.value, ended_on=ended_on, done_on=on, due_on=row.due_on)


def _again(unit: Unit, case_id: int, now: datetime, *, disputed: bool) -> None:
    last, day = handlings.newest(unit, case_id), today(now)
    if last is None or last.ended_on is None or last.ending == Ending.SPAM:
        return
    done_on = last.done_on or last.ended_on
    late = last.late_before or (last.due_on is not None and done_on > last.due_on)
    handlings.change(unit, last.id, again_on=day)
    handlings.begin(
        unit, case_id, day, number=last.number + 1, disputed=disputed or bool(last.disputed), late=bool(late)
    )


def rated(unit: Unit, case_id: int, rating: Rating, now: datetime) -> None:
    """Write how content the sender is with the last answer."""
    last = handlings.newest(unit, case_id)
    if last is not None and last.ended_on is not None:
        handlings.change(unit, last.id, rating=rating.value, rated_on=today(now))


def _published(unit: Unit, case_id: int, day: date | None) -> None:
    last = handlings.newest(unit, case_id)
    if last is not None:
        handlings.change(unit, last.id, published_on=day)


def spam(unit: Unit, row: AnyRow, now: datetime, *, on: bool) -> None:
    """Take a case that is open out of every figure, or put it back.

    One that a frozen report has counted ends as no matter of this register instead.
    """
    last, frozen = handlings.newest(unit, row.id), handlings.frozen_until(unit)
    if last is None:
        return
    if on and last.ended_on is None:
        if frozen is not None and last.begun_on <= frozen:
            _end(unit, row, Ending.REFUSED_ELSEWHERE, now, None)
        else:
            _set_aside(unit, row.id)
    elif not on and last.ending == Ending.SPAM:
        handlings.change(unit, last.id, ending=None, ended_on=None)
    elif not on and State(row.state).is_open:
        _again(unit, row.id, now, disputed=False)


def _set_aside(unit: Unit, case_id: int) -> None:
    last = handlings.newest(unit, case_id)
    if last is not None:
        handlings.change(unit, last.id, ending=Ending.SPAM.value, ended_on=last.begun_on)
