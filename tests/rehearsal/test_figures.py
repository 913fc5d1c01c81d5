"""The figures of a rehearsal, and the promises that it checks by itself."""

from datetime import date, datetime

from domain.local import VIETNAM
from domain.notices import Etiquette
from domain.people import Role
from domain.rehearsals import Heard, PersonFigures, Subject, breaches, by_day, by_person, by_task
from domain.workdays import CalendarDay, DayKind, OfficeHours, WorkCalendar

TET = CalendarDay(date(2026, 2, 16), DayKind.HOLIDAY, "Tết Âm lịch")
ETIQUETTE = Etiquette(OfficeHours(), WorkCalendar((TET,)))


def at(day: int, hour: int = 8, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def heard(
    moment: datetime,
    recipient: str = "officer:STP",
    role: Role = Role.OFFICER,
    *subjects: Subject,
    urgent: bool = False,
) -> Heard:
    agency = recipient.partition(":")[2]
    return Heard(moment, recipient, role, agency, "reminder", urgent, subjects, "web", "Xin nhắc việc")


def test_a_person_has_a_sum_and_a_fullest_week() -> None:
    year = [heard(at(day)) for day in (12, 19, 20, 21, 26)]
    year += [heard(at(12), "head:STP", Role.HEAD)]
    assert by_person(year) == [
        PersonFigures("officer:STP", Role.OFFICER, "STP", 5, 3, date(2026, 1, 19)),
        PersonFigures("head:STP", Role.HEAD, "STP", 1, 1, date(2026, 1, 12)),
    ]


def test_of_equal_weeks_the_first_is_named() -> None:
    assert by_person([heard(at(26)), heard(at(12))])[0].week == date(2026, 1, 12)


def test_pieces_of_one_message_count_once() -> None:
    pieces = [heard(at(12)), heard(at(12)), heard(at(12), "head:STP", Role.HEAD)]
    assert [one.messages for one in by_person(pieces)] == [1, 1]
    assert [(one.day, one.messages) for one in by_day(pieces)] == [(date(2026, 1, 12), 2)]


def test_a_task_shows_when_it_was_told_of_in_each_way() -> None:
    due = date(2026, 1, 15)

    def of(kind: str) -> Subject:
        return Subject("NV-0001", kind, due)

    year = [
        heard(at(5), "officer:STP", Role.OFFICER, of("assigned")),
        heard(at(12), "officer:STP", Role.OFFICER, of("reminder")),
        heard(at(15), "officer:STP", Role.OFFICER, of("reminder")),
        heard(at(16), "officer:STP", Role.OFFICER, of("overdue")),
        heard(at(20, 10), "head:STP", Role.HEAD, of("escalation")),
        heard(at(22), "coordinator:VP", Role.COORDINATOR, of("escalation")),
    ]
    told = by_task(year)["NV-0001"]
    assert (told.assigned, told.reminders, told.overdue) == (at(5), 2, at(16))
    assert (told.head, told.office, told.messages) == (at(20, 10), at(22), 6)


def test_a_sound_year_breaks_nothing() -> None:
    assert breaches([heard(at(12)), heard(at(13, 13, 30)), heard(at(12, 9), urgent=True)], ETIQUETTE) == ()


def test_a_message_out_of_hours_is_named() -> None:
    night, sunday, holiday = heard(at(12, 17)), heard(at(18)), heard(at(16, month=2))
    assert breaches([night, sunday, holiday], ETIQUETTE) == (
        "officer:STP nhận tin ngoài giờ hành chính: 17:00 thứ Hai 12/01/2026.",
        "officer:STP nhận tin ngoài giờ hành chính: 08:00 Chủ nhật 18/01/2026.",
        "officer:STP nhận tin ngoài giờ hành chính: 08:00 thứ Hai 16/02/2026.",
    )


def test_a_second_message_of_a_day_is_named_unless_urgent() -> None:
    day = [heard(at(12)), heard(at(12, 9)), heard(at(12, 10), urgent=True)]
    assert breaches(day, ETIQUETTE) == ("officer:STP nhận 2 tin tự gửi trong ngày 12/01/2026.",)
