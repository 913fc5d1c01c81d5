"""The people of an agency in chat: who belongs to it, who can be reached, ending a seat."""

from actions import leaving
from bot import portfolios
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.people import HEAD_OF_OFFICE, Role, Viewer
from domain.words import squeeze
from storage.views import people

AGENCY = "people_agency"
LEAVING = "leaving"

PAGE = 8


def _viewer(desk: Desk) -> Viewer:
    """Return who asks. Raises NotFound for one who is neither a coordinator nor a head."""
    if desk.viewer is None or not (desk.viewer.coordinates or desk.viewer.agencies_as(Role.HEAD)):
        raise NotFound("mục này")
    return desk.viewer


def page(desk: Desk, button: Button) -> Reply:
    """Show one page of an agency's people; without an agency ask for one."""
    viewer = _viewer(desk)
    if button.number() == 0 and viewer.coordinates:
        return _ask_agency()
    return _listed(desk, viewer, button.number(), button.number(1))


def _ask_agency() -> Reply:
    choices = [
        choice("Xuất danh sách", Verb.FOCAL),
        choice("Kết quả xác nhận đầu mối", Verb.RECONFIRM, "status"),
        choice("Phần tôi theo dõi", Verb.FOLLOW, "list"),
        choice("Huỷ", Verb.CANCEL),
    ]
    return say("people/ask_agency", step=AGENCY, choices=choices)


def agency(desk: Desk) -> Reply:
    """Take an agency's name or code as typed."""
    viewer = _viewer(desk)
    text = squeeze(desk.incoming.text)
    found = people.agency_named(desk.unit, text, desk.day) if text else []
    if len(found) == 1:
        return _listed(desk, viewer, found[0].id, 0)
    choices = [choice(f"{one.name} ({one.code})", Verb.PEOPLE, one.id, 0) for one in found[:PAGE]]
    return say(
        "people/which_agency",
        text=text,
        found=len(found),
        step=AGENCY,
        choices=[*choices, choice("Huỷ", Verb.CANCEL)],
    )


def _listed(desk: Desk, viewer: Viewer, agency_id: int, at: int) -> Reply:
    place = people.agency(desk.unit, agency_id)
    if place is None or not (viewer.coordinates or agency_id in viewer.agencies_as(Role.HEAD)):
        raise NotFound("cơ quan này")
    members = people.listed(desk.unit, desk.day, agency_id)
    shown = members[at * PAGE : (at + 1) * PAGE]
    choices = [
        choice(f"Kết thúc: {one.name}, {one.role.label}", Verb.LEAVE, one.membership)
        for one in shown
        if one.person_id != viewer.person_id and leaving.may_end(viewer, agency_id, one.role)
    ]
    if viewer.rank >= HEAD_OF_OFFICE:
        officials = [one for one in shown if one.role is Role.COORDINATOR]
        choices += [choice(f"Cấp của {one.name}", Verb.RANK, one.membership) for one in officials]
    if viewer.coordinates:
        choices += [each for one in shown for each in portfolios.of_member(one)]
    if (at + 1) * PAGE < len(members):
        choices.append(choice("Trang sau", Verb.PEOPLE, agency_id, at + 1))
    if at:
        choices.append(choice("Trang trước", Verb.PEOPLE, agency_id, at - 1))
    if viewer.coordinates:
        choices.append(choice("Cơ quan khác", Verb.PEOPLE, 0, 0))
    return say("people/listed", agency=place.name, members=shown, total=len(members), choices=choices)


def ask_leave(desk: Desk, button: Button) -> Reply:
    """Ask once before a seat ends."""
    one = _seat(desk, button.number())
    return say(
        "people/ask_leave",
        member=one,
        step=LEAVING,
        data={"membership": one.membership},
        choices=[choice("Đúng, kết thúc", Verb.YES, LEAVING), choice("Huỷ", Verb.CANCEL)],
    )


def _seat(desk: Desk, membership_id: int) -> people.Member:
    """Return a seat that the viewer may end. Raises NotFound for any other."""
    one = people.member(desk.unit, membership_id, desk.day)
    if one is None or not leaving.may_end(_viewer(desk), one.agency_id, one.role):
        raise NotFound("người này")
    return one


def left(desk: Desk, _button: Button) -> Reply:
    """End the seat."""
    one = _seat(desk, desk.data["membership"])
    done = leaving.end_seat(desk.unit, _viewer(desk), one.membership, desk.now)
    choices = [choice(f"Người của {one.agency}", Verb.PEOPLE, one.agency_id, 0)]
    return say("people/left", left=[done], choices=choices)
