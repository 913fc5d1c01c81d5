"""The office's own rows: settings and counters."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from storage.database import Unit
from storage.schema import counters, settings


def setting(unit: Unit, key: str) -> Any:
    """Return a setting's value, None where it was never set. A unit reads them all at once, and once."""
    if _ALL not in unit.memory:
        rows = unit.conn.execute(select(settings.c.key, settings.c.value))
        unit.memory[_ALL] = {row.key: row.value for row in rows}
    return unit.memory[_ALL].get(key)


_ALL = "settings"


def set_setting(unit: Unit, key: str, value: Any, now: datetime) -> None:
    """Set or replace a setting; of two processes at once the later one has its way."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(settings).values(key=key, value=value, updated_at=now)
    newer = {"value": fresh.excluded.value, "updated_at": fresh.excluded.updated_at}
    unit.conn.execute(fresh.on_conflict_do_update(index_elements=[settings.c.key], set_=newer))
    unit.memory.pop(_ALL, None)


def first_look(unit: Unit, key: str, day: date, now: datetime) -> bool:
    """Note a look on a day; return whether it is the first of that day.

    What is counted in days is looked for once a day: later looks would find the same. `key` is a setting's.
    """
    if setting(unit, key) == day.isoformat():
        return False
    set_setting(unit, key, day.isoformat(), now)
    return True


def drop_setting(unit: Unit, key: str) -> None:
    """Forget a setting: it was never set."""
    unit.conn.execute(delete(settings).where(settings.c.key == key))
    unit.memory.pop(_ALL, None)


def next_number(unit: Unit, name: str, count: int = 1) -> int:
    """Take `count` numbers from a counter and return the first; counting starts at 1.

    The row is locked until the unit commits, so no number is given twice.
    """
    taken = unit.conn.execute(
        update(counters)
        .where(counters.c.name == name)
        .values(value=counters.c.value + count)
        .returning(counters.c.value)
    ).scalar()
    if taken is None:
        try:
            with unit.conn.begin_nested():
                unit.conn.execute(insert(counters).values(name=name, value=count))
        except IntegrityError:  # another process made the counter first
            return next_number(unit, name, count)
        return 1
    return int(taken) - count + 1
