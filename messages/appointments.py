"""Due dates for a calendar program (.ics): one whole day a task, renewed by whatever is sent later of the same task."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from domain.feeds import Due, Feed
from domain.letters import Entry, Letter
from domain.local import long_day
from messages.render import shorten

MEDIA_TYPE = "text/calendar"

_ALARM = timedelta(hours=-16)
"""Before the day begins: at 08:00 of the day before."""
_TITLE = 80
_RENEWED = timedelta(hours=6)
"""How often a calendar program is asked to look again."""


def ics(letter: Letter) -> bytes | None:
    """Return the dates of the letter's tasks, None where none has one."""
    dated = [(one, one.due_on) for one in letter.entries if one.due_on is not None]
    if not dated:
        return None
    book = _book()
    for one, due_on in dated:
        due = Due(one.code.lower(), due_on, one.due_version, f"{one.code}: {one.content}", _told(one))
        book.add_component(_event(due, letter.place, letter.written_at))
    return bytes(book.to_ical())


def feed(found: Feed) -> bytes:
    """Return a calendar that a calendar program reads again and again (RFC 5545, names and renewal by RFC 7986)."""
    book = _book()
    book.add("name", found.name)
    book.add("x-wr-calname", found.name)
    book.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    book.add("refresh-interval", _RENEWED, parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", "PT6H")
    for due in found.dues:
        book.add_component(_event(due, found.place, found.at))
    return bytes(book.to_ical())


def _book() -> Calendar:
    book = Calendar()
    book.add("prodid", "-//nhacviec//Nhac viec//VI")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    return book


def _event(due: Due, place: str, at: datetime) -> Event:
    """Return one day. The same task has the same UID, and a higher number with each new date (RFC 5545)."""
    event = Event()
    event.add("uid", f"{due.key}.{place}@nhacviec")
    event.add("sequence", max(due.version - 1, 0))
    event.add("dtstamp", at)
    event.add("dtstart", due.due_on)
    event.add("dtend", due.due_on + timedelta(days=1))
    event.add("summary", f"Hạn {shorten(due.title, _TITLE)}")
    event.add("description", "\n".join((due.title, f"Ngày cuối còn đúng hạn: {long_day(due.due_on)}", *due.lines)))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Ngày mai hết hạn {shorten(due.title, _TITLE)}")
    alarm.add("trigger", _ALARM)
    event.add_component(alarm)
    return event


def _told(one: Entry) -> tuple[str, ...]:
    return tuple(filter(None, (f"Sản phẩm: {one.product}" if one.product else "", one.plan, one.agency)))
