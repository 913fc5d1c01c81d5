"""Which choices about leaders' words stand on a task's card and on an agency's list, and who may look at one."""

from bot.desk import Desk
from domain.buttons import Verb, choice
from domain.directions import Kind
from domain.outgoing import Choice
from domain.people import Viewer
from storage.views import directions as views
from storage.views.directions import Direction
from storage.views.work import Work


def offered(desk: Desk, one: Work) -> list[Choice]:
    """Return what a leader may say of a task, and what was said that the viewer has to do with."""
    viewer = desk.viewer
    if viewer is None:
        return []
    found = [each for each in views.of_matter(desk.unit, one.id) if each.state.is_open and sees(viewer, each)]
    opening = [choice(f"{each.kind.label.capitalize()} của lãnh đạo", Verb.DIRECTION, each.id) for each in found[-2:]]
    return [*opening, *(_directing("task", one.id) if viewer.leads else ())]


def offered_on_agency(desk: Desk, agency_id: int) -> list[Choice]:
    """Return what a leader may say of an agency as such."""
    return _directing("agency", agency_id) if desk.viewer is not None and desk.viewer.leads else []


def _directing(of: str, subject: int) -> list[Choice]:
    return [
        choice("Yêu cầu giải trình", Verb.DIRECT, Kind.EXPLAIN, of, subject),
        choice("Ý kiến chỉ đạo", Verb.DIRECT, Kind.INSTRUCT, of, subject),
    ]


def sees(viewer: Viewer, one: Direction) -> bool:
    """Whether somebody may look at a leader's word: the leader, the office, and the agency once it was passed on."""
    own = one.passed_at is not None and one.agency_id in viewer.own_agencies
    return viewer.coordinates or (viewer.leads and viewer.person_id == one.leader_id) or own
