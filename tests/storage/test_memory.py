"""What a unit remembers it forgets when it changes it; what units share follows the versions that are committed."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from domain.calendar_changes import Change
from domain.workdays import CalendarDay, DayKind
from storage import agencies, calendars, offices
from storage.database import Database, Unit
from tests.office import DIRECTORY
from tests.storage.conftest import NOW

pytestmark = pytest.mark.anyio

TET = CalendarDay(date(2026, 2, 17), DayKind.HOLIDAY, "Tết Âm lịch")


def enter(unit: Unit, day: CalendarDay = TET) -> int:
    return calendars.write(unit, [Change(day.day, None, day)], "12/UBND-VX", NOW)


async def test_a_setting_is_seen_as_it_was_last_set(database: Database) -> None:
    def work(unit: Unit) -> list[object]:
        seen = [offices.setting(unit, "hotline")]
        for value in ("0900 000 001", "0900 000 002"):
            offices.set_setting(unit, "hotline", value, NOW)
            seen.append(offices.setting(unit, "hotline"))
        offices.drop_setting(unit, "hotline")
        return [*seen, offices.setting(unit, "hotline")]

    assert await database.run(work) == [None, "0900 000 001", "0900 000 002", None]


async def test_the_calendar_follows_what_is_written(database: Database) -> None:
    def work(unit: Unit) -> list[int]:
        before = calendars.in_force(unit)
        version = enter(unit)
        after = calendars.in_force(unit)
        return [len(before.days), len(after.days), after.version - version]

    assert await database.run(work) == [0, 1, 0]
    assert (await database.read(calendars.in_force)).days == (TET,)


async def test_a_version_that_was_not_committed_is_not_remembered(database: Database) -> None:
    await database.run(enter)
    await database.read(calendars.in_force)

    def fail(unit: Unit) -> None:
        enter(unit, CalendarDay(date(2026, 4, 30), DayKind.HOLIDAY, "Ngày Chiến thắng"))
        calendars.in_force(unit)
        raise ValueError("taken back")

    with pytest.raises(ValueError, match="taken back"):
        await database.run(fail)
    other = CalendarDay(date(2026, 5, 1), DayKind.HOLIDAY, "Quốc tế Lao động")
    await database.run(lambda unit: enter(unit, other))
    for ask in (database.read, database.run):
        assert (await ask(calendars.in_force)).days == (TET, other)


async def test_the_days_are_read_once_a_version(database: Database) -> None:
    await database.run(enter)
    read: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        read.extend(["days"] if "calendar_days" in statement else [])

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        for _ in range(3):
            await database.read(calendars.in_force)
            await database.run(calendars.in_force)
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    assert read == ["days"]


async def test_the_coordinating_office_is_seen_as_it_was_last_written(database: Database) -> None:
    def work(unit: Unit) -> list[int | None]:
        seen = [agencies.coordinating_id(unit)]
        for agency in DIRECTORY:
            agencies.upsert(unit, agency, NOW)
        return [*seen, agencies.coordinating_id(unit)]

    first, then = await database.run(work)
    assert first is None
    assert then is not None
