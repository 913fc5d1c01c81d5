"""What time does to cases: reminds, stops waiting, brings up again, archives. Each is said once."""

from datetime import date, datetime, timedelta

from actions.cases import laying, merging, moving, publishing, telling
from domain.cases.decisions import GROUNDS, TIMED_OUT
from domain.cases.lifecycle import Act, State
from domain.local import today
from domain.notices import Kind as NoticeKind
from domain.people import Role
from domain.workdays import WorkCalendar
from storage import audit, notices, office_settings, offices, people
from storage.cases import questions, rows
from storage.database import Unit
from storage.views.cases import publications

REMIND_BEFORE = (3, 1)
"""Working days before the end of a supplement at which the sender is reminded."""

_LOOKED = "cases_looked_on"


def step(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Do what has come due by days, once a day, and archive a few; return how many cases were touched."""
    day, archived = today(now), _archive(unit, now)
    if not offices.first_look(unit, _LOOKED, day, now):
        return archived
    touched = _remind(unit, day, now, calendar) + _time_out(unit, day, now) + _bring_up(unit, day, now)
    return archived + touched + _to_publish(unit, day, now, calendar)


def _remind(unit: Unit, day: date, now: datetime, calendar: WorkCalendar) -> int:
    """Remind senders of what is missing, twice."""
    touched = 0
    for one in questions.remindable(unit, day, len(REMIND_BEFORE)):
        left = calendar.between(day, one.until)
        times = sum(left <= before for before in REMIND_BEFORE)
        row = rows.get(unit, one.case_id)
        if times <= one.reminded or row is None or row.state != State.SUPPLEMENT_ASKED:
            continue
        questions.reminded(unit, one.id, times)
        event_id = moving.note(unit, row, "reminded", now, actor=audit.SYSTEM)
        telling.tell(unit, row, "supplement_reminded", event_id, now, question=one.text, until=one.until.isoformat())
        touched += 1
    return touched


def _time_out(unit: Unit, day: date, now: datetime) -> int:
    """Stop waiting for what is missing: not taken up, and a reply takes it up again."""
    ground = GROUNDS[TIMED_OUT]
    found = rows.waiting_until(unit, (State.SUPPLEMENT_ASKED,), day)
    for row in found:
        merging.let_go(unit, row, now)
        data = {"ground": ground.code, "timed_out": True}
        moved = moving.apply(unit, row, Act.TIME_OUT, now, actor=audit.SYSTEM, data=data, wait_until=None)
        telling.tell(unit, moved.row, "timed_out", moved.event_id, now, until=row.wait_until.isoformat())
        moving.tell_office(unit, moved.row, moved.event_id, "timed_out", now)
    return len(found)


def _bring_up(unit: Unit, day: date, now: datetime) -> int:
    """Take up again what was collected and is to be looked at by this day."""
    found = rows.waiting_until(unit, (State.COLLECTED,), day + timedelta(days=1))
    for row in found:
        moved = moving.apply(unit, row, Act.REVIEW, now, actor=audit.SYSTEM, wait_until=None)
        clock = laying.answering_clock(unit, moved.row, now)
        rows.put(unit, row.id, due_at=clock.at)
        laying.move(unit, moved.row, clock, "reviewed", now)
        moving.tell_agency(unit, moved.row, moved.event_id, NoticeKind.CASE_EVENT, now, what="review")
    return len(found)


_PUBLISHED_BY = timedelta(days=7)
"""What was to be public so long ago is not said any more: nobody swept then, or the limit is a new one."""


def _to_publish(unit: Unit, day: date, now: datetime, calendar: WorkCalendar) -> int:
    """Tell the office, once a case, what is to be public by this day where the province has set a limit for it."""
    days = office_settings.text(unit, "case_publish_days")
    if not days or not publishing.open_to_all(unit):
        return 0
    first = calendar.subtract(day - _PUBLISHED_BY, int(days))
    due = [
        one
        for one in publications.answered_since(unit, first)
        if day - _PUBLISHED_BY < calendar.add(one.answered_on, int(days)) <= day
    ]
    return sum(
        notices.add(
            unit,
            person_id,
            f"publish:{one.answered_on.isoformat()}",
            NoticeKind.CASE_EVENT,
            now,
            role=Role.COORDINATOR,
            matter_id=one.id,
            data={"what": "publication_due"},
        )
        for one in due
        for person_id in people.active(unit, Role.COORDINATOR)
    )


_ARCHIVED = (State.ANSWERED, State.REFUSED, State.GUIDED, State.WITHDRAWN, State.MERGED)


def _archive(unit: Unit, now: datetime) -> int:
    """Archive what ended long ago, so many at once that nobody waits for it: from then on its keeping is counted."""
    before = now - timedelta(days=office_settings.number(unit, "case_archive_days"))
    found = rows.ended_before(unit, _ARCHIVED, before)
    for row in found:
        moving.apply(unit, row, Act.ARCHIVE, now, actor=audit.SYSTEM)
    return len(found)
