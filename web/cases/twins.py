"""Open cases that may be the same matter as one: shown to the office, which decides. Of conduct none are sought."""

from datetime import datetime

from domain.cases.kinds import Kind
from domain.cases.likeness import Alike, Told, likely, worth_reading
from storage.views import Unit
from storage.views.cases import alike as views
from storage.views.cases.alike import Candidate


def of(unit: Unit, new: Told, kind: Kind, alike: Alike, now: datetime) -> list[Candidate]:
    """Return the open cases that a case, or feedback that is none yet (id 0), may be the same matter as."""
    if kind is Kind.CONDUCT:
        return []
    others = {one.id: one for one in views.candidates(unit, None, now) if one.id != new.id}
    worth = worth_reading(new, {one.id: one.folded for one in others.values()})
    told = [Told(one, others[one].content, others[one].about, others[one].place) for one in worth]
    return [others[one.id] for one in likely(new, told, alike)]
