"""The hours in which a person wants to hear what nobody asked for, within the office's own."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.errors import ActRefused
from domain.notices import Etiquette
from domain.words import fold
from domain.workdays import OfficeHours, Span

LEAST = 120
"""Minutes of office time a working day that must remain: less would be a way of not being told."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """From when and until when, in minutes of the local day; None where the office's hours alone decide."""

    opens: int | None = None
    closes: int | None = None

    def allows(self, moment: datetime) -> bool:
        """Whether a local moment lies within."""
        minute = moment.hour * 60 + moment.minute
        return (self.opens is None or self.opens <= minute) and (self.closes is None or minute < self.closes)

    def left_of(self, hours: OfficeHours) -> int:
        """Return how many minutes of the office's hours lie within."""
        return sum(self._within(span) for span in (hours.morning, hours.afternoon))

    def _within(self, span: Span) -> int:
        opens = max(minutes(span.opens), self.opens or 0)
        closes = min(minutes(span.closes), 24 * 60 if self.closes is None else self.closes)
        return max(0, closes - opens)

    @property
    def said(self) -> str:
        """The hours as people write them."""
        if self.opens is None and self.closes is None:
            return "cả giờ hành chính"
        if self.closes is None:
            return f"từ {_clock(self.opens or 0)}, trong giờ hành chính"
        if self.opens is None:
            return f"đến {_clock(self.closes)}, trong giờ hành chính"
        return f"từ {_clock(self.opens)} đến {_clock(self.closes)}, trong giờ hành chính"


ALWAYS = Hearing()
"""Whenever the office's hours allow."""


def minutes(clock: time) -> int:
    """Return a time of day in minutes."""
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def checked(wanted: Hearing, hours: OfficeHours) -> Hearing:
    """Return the hours wanted. Raises ActRefused where too little of the office's hours is left."""
    if wanted.left_of(hours) < LEAST:
        raise ActRefused(
            f"Trong giờ hành chính ({hours.morning.said}, {hours.afternoon.said}) phải còn ít nhất "
            f"{LEAST // 60} giờ để nhận tin. Xin chọn khoảng giờ rộng hơn."
        )
    return wanted


_TIME = r"(\d{1,2})(?:\s*(?:gio|h|g|:)\s*(\d{2})?)?(?![\d/])"
_BETWEEN = re.compile(rf"(?<!\d){_TIME}\s*(?:-|–|->|den|toi)\s*{_TIME}")
_FROM = re.compile(rf"\b(?:tu|sau)\s+{_TIME}")
_UNTIL = re.compile(rf"\b(?:den|toi|truoc)\s+{_TIME}")
_WHOLE = re.compile(r"\b(?:ca gio|ca ngay|mac dinh|binh thuong|gio hanh chinh)\b")


def read_hours(text: str, hours: OfficeHours) -> Hearing | None:
    """Return the hours that typed words mean ("8h-16h30", "sau 9h", "buổi sáng"), None where they mean none."""
    said = fold(text)
    if _WHOLE.search(said):
        return ALWAYS
    if found := _BETWEEN.search(said):
        opens, closes = _minute(*found.groups()[:2]), _minute(*found.groups()[2:])
        return None if opens is None or closes is None else Hearing(opens, closes)
    if found := _FROM.search(said):
        opens = _minute(*found.groups())
        return None if opens is None else Hearing(opens=opens)
    if found := _UNTIL.search(said):
        closes = _minute(*found.groups())
        return None if closes is None else Hearing(closes=closes)
    return _half_day(said, hours)


def _half_day(said: str, hours: OfficeHours) -> Hearing | None:
    words = re.findall(r"\w+", said)
    morning, afternoon = "sang" in words, "chieu" in words
    if morning == afternoon:
        return ALWAYS if morning else None
    return Hearing(closes=minutes(hours.morning.closes)) if morning else Hearing(opens=minutes(hours.afternoon.opens))


def _minute(hour: str, minute: str | None) -> int | None:
    found = int(hour) * 60 + int(minute or 0)
    return found if found <= 24 * 60 and int(minute or 0) < 60 else None


def effective(wanted: Hearing, hours: OfficeHours) -> Hearing:
    """Return the hours that hold: none of a person's own where the office's have moved so that too little is left."""
    return wanted if wanted.left_of(hours) >= LEAST else ALWAYS


def next_hearing(wanted: Hearing, etiquette: Etiquette, now: datetime) -> datetime:
    """Return `now`, or the next moment (local) in office hours at which a person wants to hear."""
    holds = effective(wanted, etiquette.hours)
    moment = etiquette.next_open(now)
    while not holds.allows(moment):
        midnight = datetime.combine(moment.date(), time(0), moment.tzinfo)
        opens = midnight + timedelta(minutes=holds.opens or 0)
        moment = etiquette.next_open(opens if opens > moment else midnight + timedelta(days=1))
    return moment
