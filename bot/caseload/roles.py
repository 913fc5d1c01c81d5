"""Who works on a case in chat, and who decides about it in the agency."""

from bot.desk import Desk
from domain.errors import ActRefused, NotFound
from domain.people import Role, Viewer
from storage.views import people
from storage.views.cases import caseload
from storage.views.cases.caseload import Case

WHAT = "phản ánh này"


def viewer_of(desk: Desk) -> Viewer:
    """Return who asks. Raises ActRefused for a stranger, NotFound for one who works on no cases."""
    if desk.viewer is None:
        raise ActRefused("Lệnh này dành cho cán bộ đã tham gia. Gửi phản ánh, kiến nghị: gõ phananh.")
    if not (desk.viewer.own_agencies or desk.viewer.coordinates):
        raise NotFound(WHAT)
    return desk.viewer


def held(desk: Desk, case_id: int) -> Case:
    """Return a case that this person may work on. Raises NotFound for any other."""
    found = caseload.held(desk.unit, viewer_of(desk), case_id, desk.now)
    if found is None:
        raise NotFound(WHAT)
    return found


def decides(desk: Desk, case: Case) -> bool:
    """Whether this person decides for the agency about a case: its head; in the office itself a coordinator."""
    viewer = viewer_of(desk)
    return case.agency_id in viewer.agencies_as(Role.HEAD) | viewer.agencies_as(Role.COORDINATOR)


def has_head(desk: Desk, case: Case) -> bool:
    """Whether the case's agency has a head here who approves."""
    members = people.listed(desk.unit, desk.day, case.agency_id)
    return any(one.role is Role.HEAD and not one.waits for one in members)
