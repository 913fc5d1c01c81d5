"""Figures of cases, counted by the database as `domain.case_figures` says; no case is read into memory.

What was ended before the window and what began behind it is never looked at: open handlings and those that ended from
the window on stand together in one index. What was set aside as spam counts nowhere.
"""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, cast, func, literal, not_, or_, select

from domain.case_figures import (
    Counts,
    Ending,
    Fate,
    Judged,
    Line,
    Nature,
    Pace,
    Share,
    Way,
    Window,
    forwarding_days,
    placed,
)
from domain.case_figures.counting import RATED
from domain.case_figures.indicators import COMPETENT
from domain.cases.decisions import Rating
from domain.workdays import WorkCalendar
from storage.database import Unit
from storage.schema import agencies, case_handlings, case_questions, cases, matters
from storage.types import AnySelect

_H, _C, _M = case_handlings.c, cases.c, matters.c


def _in(window: Window) -> ColumnElement[bool]:
    """Which handlings came into a window in some way."""
    return and_(
        or_(_H.ended_on.is_(None), _H.ended_on >= window.opens),
        _H.begun_on <= window.closes,
        or_(_H.ending.is_(None), _H.ending != Ending.SPAM.value),
    )


def _due() -> ColumnElement[date]:
    """The last day in force when it ended, else now."""
    return case((_H.ended_on.is_(None), _M.due_on), else_=_H.due_on)


def _done() -> ColumnElement[date]:
    """The day that decides whether its end was late."""
    return func.coalesce(_H.done_on, _H.ended_on)


def _ended(window: Window) -> ColumnElement[bool]:
    return and_(_H.ended_on.is_not(None), _H.ended_on <= window.closes)


def _way(window: Window) -> ColumnElement[str]:
    return case(
        (_H.begun_on < window.opens, Way.BEFORE.value),
        (_H.number == 1, Way.RECEIVED.value),
        else_=Way.AGAIN.value,
    )


def _fate(window: Window) -> ColumnElement[str]:
    late = _done() > _due()
    return case(
        (not_(_ended(window)), case((_due() < window.closes, Fate.OPEN_LATE.value), else_=Fate.OPEN_IN_TIME.value)),
        (_H.ending == Ending.ANSWERED.value, case((late, Fate.DONE_LATE.value), else_=Fate.DONE_IN_TIME.value)),
        (_H.ending == Ending.REFUSED_ELSEWHERE.value, Fate.REFUSED.value),
        else_=_H.ending,
    )


def _counted(*columns: Any) -> AnySelect:
    """Return a question over handlings; only an open one asks its matter, for the last day."""
    of_open = (_M.id == _H.case_id) & _H.ended_on.is_(None)
    return select(*columns).select_from(case_handlings).outerjoin(matters, of_open)


_Key = tuple[int, str]
"""An agency's id, 0 for the reception, and a field."""


def lines(unit: Unit, window: Window) -> list[Line]:
    """Return the rows of the table by agency and field: agencies as the directory has them, fields by name."""
    found: dict[_Key, Counts] = {}
    for add in (_flows, _published, _rated):
        add(unit, window, found)
    names = _names(unit)
    return [Line(names[key[0]], key[1], +found[key]) for key in sorted(found) if +found[key]]


def _names(unit: Unit) -> dict[int, str]:
    """Return the names of agencies by id; "" stands for the reception."""
    rows = unit.conn.execute(select(agencies.c.id, agencies.c.name))
    return {0: "", **{row.id: row.name for row in rows}}


def _add(found: dict[_Key, Counts], row: Any, counts: Counts) -> None:
    found.setdefault((row.agency_id or 0, row.field), Counter()).update(counts)


def _flows(unit: Unit, window: Window, found: dict[_Key, Counts]) -> None:
    by = (_H.agency_id, _H.field, _way(window).label("way"), _fate(window).label("fate"), _H.nature, _H.source)
    undated = func.sum(case((_due().is_(None), 1), else_=0)).label("undated")
    query = _counted(*by, func.count().label("n"), undated).where(_in(window)).group_by(*by)
    for row in unit.conn.execute(query):
        fate = Fate(row.fate)
        counts = placed(Way(row.way), fate, Nature(row.nature), row.source, row.n)
        if fate.is_open or fate.is_done:
            counts["undated"] += int(row.undated)
        _add(found, row, counts)


def _published(unit: Unit, window: Window, found: dict[_Key, Counts]) -> None:
    by = (_H.agency_id, _H.field)
    query = select(*by, func.count().label("n")).where(_H.published_on.between(window.opens, window.closes))
    for row in unit.conn.execute(query.group_by(*by)):
        _add(found, row, Counter(published=row.n))


def _rated(unit: Unit, window: Window, found: dict[_Key, Counts]) -> None:
    by = (_H.agency_id, _H.field, _H.rating)
    query = select(*by, func.count().label("n")).where(_H.rated_on.between(window.opens, window.closes))
    for row in unit.conn.execute(query.where(_H.rating.is_not(None)).group_by(*by)):
        _add(found, row, Counter({RATED[Rating(row.rating)]: row.n}))


def judged(unit: Unit, window: Window) -> dict[str, Judged]:
    """Return what the indicators of QĐ 766/QĐ-TTg are made of, by the agency's name ("" for the reception)."""
    ended, due = _ended(window), _due()
    late = or_(not_(ended), _done() > due, _H.late_before)
    bad = and_(_H.rating == Rating.BAD.value, or_(_H.rated_on.is_(None), _H.rated_on <= window.closes))
    against = or_(late, _H.disputed, func.coalesce(bad, literal(value=False)))
    refused = and_(ended, _H.ending == Ending.REFUSED.value)
    counts = [
        func.sum(case((which, 1), else_=0)).label(name)
        for name, which in (
            ("whole", due.is_not(None)),
            ("on_time", and_(due.is_not(None), not_(late))),
            ("against", and_(due.is_not(None), against)),
            ("refused", and_(due.is_not(None), refused)),
            ("undated", due.is_(None)),
        )
    ]
    query = _counted(_H.agency_id, *counts).where(
        _in(window),
        or_(_H.again_on.is_(None), _H.again_on > window.closes),
        or_(
            and_(ended, _H.ending.in_([one.value for one in COMPETENT])),
            and_(not_(ended), or_(due.is_(None), due < window.closes)),
        ),
    )
    names = _names(unit)
    return {
        names[row.agency_id or 0]: Judged(
            *(int(one) for one in (row.whole, row.on_time, row.against, row.refused, row.undated))
        )
        for row in unit.conn.execute(query.group_by(_H.agency_id))
    }


def pace(unit: Unit, window: Window, calendar: WorkCalendar) -> Pace:
    """Return how fast the cases of a window moved."""
    pairs, bounced, forwarded = [], 0, 0
    query = select(_C.received_on, _C.passed_on, func.count().label("n"), _count(_C.bounces > 0).label("bounced"))
    query = query.where(_C.passed_on.between(window.opens, window.closes), _C.spam_at.is_(None))
    for row in unit.conn.execute(query.group_by(_C.received_on, _C.passed_on)):
        pairs.append((row.received_on, row.passed_on, row.n))
        forwarded, bounced = forwarded + row.n, bounced + int(row.bounced)
    days = forwarding_days(pairs, calendar.between)
    return Pace(days, Share(bounced, forwarded), _ages(unit, window), _waited(unit, window))


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _moving(window: Window) -> tuple[ColumnElement[bool], ColumnElement[date]]:
    """Return which handlings have an age in the window (answered in it, or open), and until when it runs."""
    ended = _ended(window)
    until = case((ended, _H.ended_on), else_=literal(window.closes, Date))
    return and_(_in(window), or_(not_(ended), _H.ending == Ending.ANSWERED.value)), until


def _ages(unit: Unit, window: Window) -> dict[int, int]:
    which, until = _moving(window)
    query = (
        select(_H.received_on, until.label("until"), func.count().label("n"))
        .where(which)
        .group_by(_H.received_on, until)
    )
    found: Counter[int] = Counter()
    for row in unit.conn.execute(query):
        found[max(0, (row.until - row.received_on).days)] += row.n
    return dict(found)


def _waited(unit: Unit, window: Window) -> int:
    """Return for how many days the cases with an age waited for their citizens, up to the window's last day."""
    which, _ = _moving(window)
    asked, until = _day(unit, case_questions.c.asked_at), _day(unit, case_questions.c.answered_at)
    query = (
        select(asked.label("asked"), until.label("until"), func.count().label("n"))
        .select_from(case_handlings)
        .join(case_questions, case_questions.c.case_id == _H.case_id)
        .where(which)
        .group_by(asked, until)
    )
    found = 0
    for row in unit.conn.execute(query):
        last = min(row.until or window.closes, window.closes)
        found += max(0, (last - row.asked).days) * row.n
    return found


def _day(unit: Unit, moment: ColumnElement[Any]) -> ColumnElement[date]:
    """Return the local day (Asia/Ho_Chi_Minh, no summer time) of a moment."""
    if unit.conn.dialect.name == "postgresql":
        return cast(func.timezone("Asia/Ho_Chi_Minh", moment), Date)
    return func.date(moment, "+7 hours", type_=Date)
