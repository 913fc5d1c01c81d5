"""The office's own rows: settings and counters."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Unit
from storage.schema import counters, settings


def setting(unit: Unit, key: str) -> Any:
    """Return a setting's value, None where it was never set."""
    return unit.conn.execute(select(settings.c.value).where(settings.c.key == key)).scalar()


def set_setting(unit: Unit, key: str, value: Any, now: datetime) -> None:
    """Set or replace a setting."""
    unit.conn.execute(delete(settings).where(settings.c.key == key))
    unit.conn.execute(insert(settings).values(key=key, value=value, updated_at=now))


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
