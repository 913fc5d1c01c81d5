"""Changing what the office itself decides."""

from datetime import datetime

from actions.plans import by
from domain import office_settings as rules
from domain.people import Viewer
from domain.setting_kinds import Value
from storage import audit, office_settings
from storage.database import Unit

SUBJECT = "setting"


def change(unit: Unit, viewer: Viewer | None, name: str, text: str, now: datetime) -> Value:
    """Set a setting to what was typed and return its value; a coordinator, or (None) the operator, may.

    Raises ActRefused for others, for an unknown name, and for what the setting does not accept.
    """
    who = by(viewer)
    value = rules.read(name, text)
    before = office_settings.get(unit, name)
    if value != before:
        office_settings.put(unit, name, value, now)
        audit.record(unit, "set", SUBJECT, 0, now, **who, name=name, before=before, after=value)
    return value
