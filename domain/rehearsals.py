"""What a rehearsal says: its messages, who gets how many and when, and what must hold of every one of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.local import long_day, short_day
from domain.notices import Etiquette
from domain.people import Role

KIND_LABELS = {
    "assigned": "giao việc",
    "reminder": "nhắc hạn",
    "overdue": "báo quá hạn",
    "escalation": "báo lên cấp trên",
    "check_in": "hỏi thăm định kỳ",
    "ask_date": "đề nghị bổ sung thời hạn",
    "digest": "bản tổng hợp",
    "other": "tin khác",
}
"""The kinds of message and of subject, in the rehearsal's format and in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing a message is about; `kind` is one of `KIND_LABELS` but digest."""

    code: str
    kind: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that would leave. `at` is local; pieces of a long one share moment and recipient."""

    at: datetime
    recipient: str
    role: Role
    agency: str | None
    kind: str
    urgent: bool
    """Whether it may come on a day that had a message already."""
    subjects: tuple[Subject, ...]
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """One assignment as it stands when the rehearsal ends."""

    code: str
    agency: str
    content: str
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A plan played through from one day to another; `agencies` holds the agencies' names by code."""

    plan: str
    first: date
    last: date
    messages: tuple[Heard, ...]
    tasks: tuple[Task, ...]
    agencies: Mapping[str, str]
    breaches: tuple[str, ...]
    """Vietnamese sentences, one for each promise that was broken; none in a sound program."""


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """How much one person hears: in all, and in the fullest week (Monday to Sunday)."""

    recipient: str
    role: Role
    agency: str | None
    messages: int
    most_in_week: int
    week: date
    """The Monday of the (first) fullest week."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """How many messages leave on one day."""

    day: date
    messages: int


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """When an assignment was told of first in each way, and how often in all; None for never."""

    assigned: datetime | None
    reminders: int
    overdue: datetime | None
    head: datetime | None
    office: datetime | None
    messages: int


def by_person(messages: Iterable[Heard]) -> list[PersonFigures]:
    """Return the figures of each person, who hears most first."""
    heard: dict[str, list[Heard]] = {}
    for one in _whole(messages):
        heard.setdefault(one.recipient, []).append(one)
    found = [_person(said) for said in heard.values()]
    return sorted(found, key=lambda one: (-one.messages, -one.most_in_week, one.recipient))


def _person(said: Sequence[Heard]) -> PersonFigures:
    weeks = Counter(_monday(one.at.date()) for one in said)
    week, most = min(weeks.items(), key=lambda pair: (-pair[1], pair[0]))
    return PersonFigures(said[0].recipient, said[0].role, said[0].agency, len(said), most, week)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_day(messages: Iterable[Heard]) -> list[DayFigures]:
    """Return the figures of each day on which something leaves, in order."""
    days = Counter(one.at.date() for one in _whole(messages))
    return [DayFigures(day, days[day]) for day in sorted(days)]


def _whole(messages: Iterable[Heard]) -> list[Heard]:
    """Return one piece of each message: the first."""
    first: dict[tuple[str, datetime], Heard] = {}
    for one in messages:
        first.setdefault((one.recipient, one.at), one)
    return list(first.values())


def by_task(messages: Iterable[Heard]) -> dict[str, TaskFigures]:
    """Return when each assignment was told of, by its code."""
    told: dict[str, list[tuple[Heard, Subject]]] = {}
    for message in messages:
        for subject in message.subjects:
            told.setdefault(subject.code, []).append((message, subject))
    return {code: _task(said) for code, said in told.items()}


def _task(said: Sequence[tuple[Heard, Subject]]) -> TaskFigures:
    def first(kind: str, *roles: Role) -> datetime | None:
        moments = [message.at for message, subject in said if subject.kind == kind and message.role in roles]
        return min(moments, default=None)

    return TaskFigures(
        assigned=first("assigned", *Role),
        reminders=sum(subject.kind == "reminder" for _, subject in said),
        overdue=first("overdue", *Role),
        head=first("escalation", Role.HEAD),
        office=first("escalation", Role.COORDINATOR),
        messages=len(said),
    )


def breaches(messages: Sequence[Heard], etiquette: Etiquette) -> tuple[str, ...]:
    """Return a sentence for every message that leaves when none may, and for every day on which a person has two.

    Urgent ones may come beside the one of the day; none may come outside office hours of working days.
    """
    whole = _whole(messages)
    outside = [one for one in whole if not etiquette.open_now(one.at)]
    days = Counter((one.recipient, one.at.date()) for one in whole if not one.urgent)
    return (
        *(
            f"{one.recipient} nhận tin ngoài giờ hành chính: {one.at:%H:%M} {long_day(one.at.date())}."
            for one in outside
        ),
        *(
            f"{recipient} nhận {count} tin tự gửi trong ngày {short_day(day)}."
            for (recipient, day), count in days.items()
            if count > 1
        ),
    )
