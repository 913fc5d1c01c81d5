"""Opening a task, by its button or its code: the agency's own people act on it, the office looks at any."""

from bot import briefing, decisions, lists, officers
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.evidence import code_in
from domain.explanations import SAYINGS
from storage.views import dates, work


def listing(desk: Desk, text: str = "") -> Reply:
    """Answer /viec: the list, what the words after it look for, or the one task that a code names."""
    return by_code(desk, text) if code_in(text) else lists.listing(desk, text)


def by_choice(desk: Desk, button: Button) -> Reply:
    """Open the task behind a choice."""
    return _open(desk, button.number())


def by_code(desk: Desk, text: str) -> Reply:
    """Open the task whose code the text names. Raises NotFound also for a stranger's."""
    code = code_in(text) or ""
    found = work.by_code(desk.unit, code, desk.day)
    if found is None:
        raise NotFound(f"việc {code}")
    return _open(desk, found.id)


def why(desk: Desk, button: Button) -> Reply:
    """Explain the date of a task that the viewer may see. Raises NotFound for any other."""
    found = work.by_ids(desk.unit, [button.number()], desk.day).get(button.number())
    viewer = desk.viewer
    if found is None or viewer is None:
        raise NotFound()
    if not (viewer.coordinates or found.agency_id in viewer.own_agencies or briefing.may_look(desk, found.id)):
        raise NotFound()
    explained = dates.of_matter(desk.unit, found.id, found.code)
    back = choice(f"Quay lại {found.code}", Verb.OPEN, found.id)
    return say("calendar/why", explained=explained, kinds=SAYINGS, shown=AHEAD, choices=[back])


AHEAD = 6
"""So many of the coming reminders are told one by one."""


def _open(desk: Desk, assignment_id: int) -> Reply:
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    viewer = desk.viewer
    own = viewer is not None and found is not None and found.agency_id in viewer.own_agencies
    if viewer is not None and not own and viewer.coordinates:
        return decisions.card(desk, assignment_id)
    if viewer is not None and not own and (viewer.leads or briefing.may_look(desk, assignment_id)):
        return briefing.task(desk, assignment_id)
    return officers.card(desk, assignment_id)
