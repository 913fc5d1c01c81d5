"""What must hold of every rehearsed year, looked at from outside: in the messages alone, by a calendar of its own."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from app.calendar_seed import seed_days
from domain.agencies import Agency, split
from domain.agencies.phrases import GroupLevel
from domain.ladder import WEEKLY_AT_MOST
from domain.people import Role
from domain.plans import Draft
from domain.rehearsals import Heard, Rehearsed, Subject, Task, by_person
from domain.workdays import WorkCalendar

MEMBERS: Mapping[GroupLevel, tuple[str, str]] = {
    "province_departments": ("province_department", "Sở Mẫu"),
    "district_committees": ("district_committee", "UBND huyện Mẫu"),
    "commune_committees": ("commune_committee", "UBND xã Mẫu"),
    "central_agencies": ("central_agency", "Cục Mẫu"),
    "mass_organisations": ("mass_organisation", "Hội Mẫu"),
    "press": ("press", "Báo Mẫu"),
}
RELATIONS = {"central_agency": "central", "mass_organisation": "mass_or_press", "press": "mass_or_press"}
OF_EACH = 2


def directory_of(draft: Draft) -> list[Agency]:
    """Return a small directory: every agency that the plan names, and two of every level that it means."""
    phrases = [split(name) for task in draft.tasks for name in (*task.lead, *task.coordinating)]
    office = draft.document.coordinating_office or "Văn phòng UBND"
    names = dict.fromkeys(name for phrase in phrases for name in phrase.names if name != office)
    levels = dict.fromkeys(group.level for phrase in phrases for group in phrase.groups)
    members = [
        Agency(f"{level[:2].upper()}{n}", f"{name} {n}", level=level, relation=RELATIONS.get(level, "subordinate"))
        for level, name in (MEMBERS[one] for one in levels if one in MEMBERS)
        for n in range(1, OF_EACH + 1)
    ]
    named = [Agency(f"CQ{n:02}", name, level="other", relation="subordinate") for n, name in enumerate(names, 1)]
    level = "province_department" if "tỉnh" in office else "other"
    return [Agency("VP", office, level=level, relation="subordinate", coordinating=True), *named, *members]


OFFICE_HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))


@dataclass(frozen=True)
class Year:
    """One rehearsed year with what the tests ask of it."""

    played: Rehearsed

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The calendar as it is seeded for that year."""
        return WorkCalendar(seed_days(self.played.first.year, self.played.last.year + 1))

    @cached_property
    def said(self) -> list[tuple[Heard, Subject]]:
        """Everything that was said of anything, in order."""
        return [(message, subject) for message in self.played.messages for subject in message.subjects]

    @cached_property
    def told(self) -> dict[str, list[tuple[Heard, Subject]]]:
        """What was said of each assignment, in order."""
        found: dict[str, list[tuple[Heard, Subject]]] = defaultdict(list)
        for message, subject in self.said:
            found[subject.code].append((message, subject))
        return found

    @cached_property
    def dated(self) -> list[Task]:
        """Every assignment with a due date."""
        return [task for task in self.played.tasks if task.due_on is not None]

    def after(self, due_on: date, days: int) -> date:
        """Return the working day so many after T, or before it for a negative number."""
        walk = self.calendar.add if days >= 0 else self.calendar.subtract
        return walk(self.calendar.on_or_before(due_on), abs(days))

    def first(self, task: Task, kind: str, *roles: Role) -> datetime | None:
        """Return when it was first said of an assignment to one of these roles."""
        said = self.told.get(task.code, [])
        return min((one.at for one, about in said if about.kind == kind and one.role in roles), default=None)


def check_etiquette(year: Year) -> None:
    """In office hours of working days, nothing twice, one message a person a day, eight weekly rungs at most."""
    assert year.played.messages
    assert _outside_hours(year) == []
    assert _said_twice(year) == []
    assert _crowded(year) == []
    assert _nagged(year) == []
    assert year.played.breaches == ()
    fullest = max(by_person(year.played.messages), key=lambda one: one.most_in_week)
    print(f"{year.played.plan}: {fullest.most_in_week} in the fullest week of one person ({fullest.recipient})")  # noqa: T201


def _outside_hours(year: Year) -> list[Heard]:
    return [
        one
        for one in year.played.messages
        if not year.calendar.is_working(one.at.date())
        or not any(opens <= one.at.time() < closes for opens, closes in OFFICE_HOURS)
    ]


def _said_twice(year: Year) -> list[object]:
    """Return what one person was told of one assignment twice at a moment, or given twice."""
    keys = Counter((one.recipient, about.code, about.kind, one.at) for one, about in year.said)
    given = Counter((one.recipient, about.code) for one, about in year.said if about.kind == "assigned")
    return [key for counted in (keys, given) for key, count in counted.items() if count > 1]


def _crowded(year: Year) -> list[object]:
    """Return the days on which a person had more than one message, urgent ones apart."""
    moments = {(one.recipient, one.at) for one in year.played.messages if not one.urgent}
    return [key for key, count in Counter((who, at.date()) for who, at in moments).items() if count > 1]


def _nagged(year: Year) -> list[object]:
    """Return whom the overdue rungs told of one assignment more often than once and eight weeks."""
    heard = Counter((one.recipient, about.code) for one, about in year.said if about.kind == "overdue")
    return [key for key, count in heard.items() if count > 1 + WEEKLY_AT_MOST]


def overdue_codes(year: Year) -> set[str]:
    """Return the assignments that somebody was told of after their date."""
    return {about.code for _, about in year.said if about.kind in {"overdue", "escalation"}}


def check_announced_and_reminded(year: Year) -> None:
    """Every dated assignment is given to its officers before anything else, and reminded in time."""
    for task in year.dated:
        assert task.due_on is not None
        given, reminded = year.first(task, "assigned", Role.OFFICER), year.first(task, "reminder", Role.OFFICER)
        assert given is not None, task
        assert given == min(one.at for one, _ in year.told[task.code]), task
        if given.date() < year.after(task.due_on, -1) <= year.played.last:
            assert reminded is not None, task
            assert given < reminded, task
            assert reminded.date() <= task.due_on, task


CLIMBING = (("overdue", Role.OFFICER, 1), ("escalation", Role.HEAD, 3), ("escalation", Role.COORDINATOR, 5))


def climbed(year: Year) -> int:
    """Check that what is unanswered climbs from officer to head to office, each on its day; return how many did so.

    What was under three working days away when it was given climbs to nobody.
    """
    whole = 0
    for task in year.dated:
        assert task.due_on is not None
        given = year.first(task, "assigned", Role.OFFICER)
        assert given is not None, task
        if year.calendar.between(given.date(), task.due_on) < 3:
            assert year.first(task, "escalation", *Role) is None, task
            continue
        said = [year.first(task, kind, role) for kind, role, _ in CLIMBING]
        for at, (kind, role, days) in zip(said, CLIMBING, strict=True):
            due = year.after(task.due_on, days)
            assert (at is None) == (due > year.played.last), (task, kind, role)
            assert at is None or at.date() >= due, (task, kind, role)
        known = [at for at in said if at is not None]
        assert known == sorted(known), task
        whole += len(known) == len(CLIMBING)
    return whole


def check_silence_after(year: Year, *, working_days: int) -> None:
    """Nothing is called overdue after the report that comes so many working days after T."""
    for task in year.dated:
        assert task.due_on is not None
        answered = year.after(task.due_on, working_days)
        late = [one.at for one, about in year.told.get(task.code, []) if about.kind in {"overdue", "escalation"}]
        assert all(at.date() <= answered for at in late), task
