"""Due dates for a calendar program (.ics): one whole day a task, renewed by whatever is sent later of the same task."""

from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event

from domain.letters import Entry, Letter
from domain.local import long_day
from messages.render import shorten

MEDIA_TYPE = "text/calendar"

_ALARM = timedelta(hours=-16)
"""Before the day begins: at 08:00 of the day before."""
_TITLE = 80


def ics(letter: Letter) -> bytes | None:
    """Return the dates of the letter's tasks, None where none has one."""
    dated = [(one, one.due_on) for one in letter.entries if one.due_on is not None]
    if not dated:
        return None
    book = Calendar()
    book.add("prodid", "-//nhacviec//Nhac viec//VI")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    for one, due_on in dated:
        book.add_component(_event(one, due_on, letter))
    return bytes(book.to_ical())


def _event(one: Entry, due_on: date, letter: Letter) -> Event:
    """Return one task's day. The same task has the same UID, and a higher number with each new date (RFC 5545)."""
    event = Event()
    event.add("uid", f"{one.code.lower()}.{letter.place}@nhacviec")
    event.add("sequence", max(one.due_version - 1, 0))
    event.add("dtstamp", letter.written_at)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", f"Hạn {one.code}: {shorten(one.content, _TITLE)}")
    event.add("description", "\n".join(filter(None, _told(one, due_on))))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Ngày mai hết hạn {one.code}")
    alarm.add("trigger", _ALARM)
    event.add_component(alarm)
    return event


def _told(one: Entry, due_on: date) -> tuple[str, ...]:
    return (
        one.content,
        f"Ngày cuối còn đúng hạn: {long_day(due_on)}",
        f"Sản phẩm: {one.product}" if one.product else "",
        one.plan,
        one.agency,
    )
