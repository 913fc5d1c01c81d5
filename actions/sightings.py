"""Noting who has looked at what: part of the proof that a notice arrived; it changes no state."""

from datetime import datetime

from domain.people import Viewer
from storage import sightings
from storage.database import Unit


def saw(unit: Unit, viewer: Viewer | None, assignment_id: int, now: datetime) -> None:
    """Note that a person had an assignment before the eyes."""
    if viewer is not None:
        sightings.note(unit, assignment_id, viewer.person_id, now)
