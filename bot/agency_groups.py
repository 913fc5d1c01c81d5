"""The group chats of one's agencies, from the private chat: a code for a new one, the evening summary, letting go."""

from dataclasses import replace

from actions import groups
from bot.desk import Desk, Reply, say
from bot.officers import viewer_of
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.outgoing import Choice, Link
from storage.views import groups as group_views
from storage.views import office

NEW, SUMMARY, DROP = "code", "summary", "drop"

SHOWN = 10


def listing(desk: Desk, _text: str = "") -> Reply:
    """Answer /nhom: the groups of the viewer's agencies, and what can be done with them."""
    viewer = viewer_of(desk)
    found = group_views.of_agencies(desk.unit, viewer.own_agencies)[:SHOWN]
    names = {seat.agency_id: seat.agency for seat in viewer.seats if seat.agency_id in viewer.own_agencies}
    several = len(names) > 1
    choices: list[Choice] = []
    for group in found:
        title = group.title or "nhóm chưa có tên"
        word, on = ("Tắt", "off") if group.summary else ("Bật", "on")
        choices.append(choice(f"{word} tóm tắt cuối ngày: {title}", Verb.GROUP, SUMMARY, group.id, on))
        choices.append(choice(f"Gỡ nhóm: {title}", Verb.GROUP, DROP, group.id))
    for agency_id, name in names.items():
        label = f"Lấy mã gắn nhóm mới: {name}" if several else "Lấy mã gắn nhóm mới"
        choices.append(choice(label, Verb.GROUP, NEW, agency_id))
    return say("groups/mine", agencies=list(names.values()), groups=found, choices=choices)


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice of `listing` asks."""
    viewer = viewer_of(desk)
    act, number = button.word(), button.number(1)
    back = [choice("Các nhóm của đơn vị", Verb.GROUP, "list")]
    match act:
        case "list":
            return listing(desk)
        case "code":
            return _code(desk, number)
        case "summary":
            on = button.word(2) == "on"
            group = groups.switch_summary(desk.unit, viewer, number, desk.now, on=on)
            return say("groups/switched", title=group.title, on=on, choices=back)
        case "drop":
            group = groups.unbind(desk.unit, viewer, number, desk.now)
            return say("groups/dropped", title=group.title, agency=group.agency, choices=back)
        case _:
            raise NotFound("mục này")


def _code(desk: Desk, agency_id: int) -> Reply:
    viewer = viewer_of(desk)
    code = groups.new_code(desk.unit, viewer, agency_id, desk.now)
    name = next(seat.agency for seat in viewer.seats if seat.agency_id == agency_id)
    link = office.deep_link(desk.unit, "startgroup", code)
    reply = say("groups/code", agency=name, code=code, linked=bool(link))
    links = (Link("Thêm vào nhóm", link),) if link else ()
    return replace(reply, messages=(replace(reply.messages[0], links=links),))
