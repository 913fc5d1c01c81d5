"""What the office itself has decided: values over their defaults."""

from datetime import datetime

from domain.office_settings import SETTINGS, value
from domain.setting_kinds import Value
from storage import offices
from storage.database import Unit

_PREFIX = "office."


def get(unit: Unit, name: str) -> Value:
    """Return a setting's value in force."""
    return value(name, offices.setting(unit, _PREFIX + name))


def text(unit: Unit, name: str) -> str:
    """Return the value of a setting that is a text."""
    return str(get(unit, name))


def number(unit: Unit, name: str) -> int:
    """Return the value of a setting that is a count."""
    return int(get(unit, name))


def on(unit: Unit, name: str) -> bool:
    """Return the value of a setting that is yes or no."""
    return bool(get(unit, name))


def everything(unit: Unit) -> dict[str, Value]:
    """Return every setting's value in force, in their order."""
    return {name: get(unit, name) for name in SETTINGS}


def put(unit: Unit, name: str, kept: Value, now: datetime) -> None:
    """Write a setting."""
    offices.set_setting(unit, _PREFIX + name, kept, now)
