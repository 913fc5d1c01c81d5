"""What a leader looks after and who reads the leader's digest, set by the leader or by the coordinating office."""

from typing import Any

from actions import digests, following
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.following import Follow
from domain.outgoing import Choice
from domain.people import Role, Viewer
from domain.words import fold, squeeze
from storage.views import following as follow_views
from storage.views import people, portfolios

READER, PART, CONFIRM = "digest_reader", "portfolio_part", "portfolio_confirm"

SHOWN = 8
_LEAVE = choice("Huỷ", Verb.CANCEL)


def _viewer(desk: Desk, leader_id: int) -> Viewer:
    """Return who asks about a leader: the leader, or one of the office. Raises NotFound for others."""
    viewer = desk.viewer
    if viewer is None or not (viewer.coordinates or (viewer.leads and viewer.person_id == leader_id)):
        raise NotFound("mục này")
    return viewer


def _name(desk: Desk, leader_id: int) -> str:
    """Return a leader's name. Raises NotFound for somebody who leads nothing."""
    found = next((one.name for one in portfolios.leaders(desk.unit, desk.day) if one.person_id == leader_id), None)
    if found is None:
        raise NotFound("đồng chí lãnh đạo này")
    return found


def of_member(one: people.Member) -> list[Choice]:
    """Return the way from a leader in a list of people to the portfolio and the readers."""
    label = f"Phụ trách, người xem bản tin: {one.name}"
    return [choice(label, Verb.READER, "list", one.person_id)] if one.role is Role.LEADER and not one.waits else []


def press(desk: Desk, button: Button) -> Reply:
    """Show how it stands, ask for something more, or ask once before something changes."""
    leader_id = button.number(1)
    _viewer(desk, leader_id)
    name, act = _name(desk, leader_id), button.word()
    data = {"leader": leader_id}
    if act == "reader":
        return say("digests/ask_reader", leader=name, step=READER, data=data, choices=_back(leader_id))
    if act == "part":
        return say("digests/ask_part", leader=name, step=PART, data=data, choices=_back(leader_id))
    if act == "pick":
        return _sure(desk, leader_id, "pick", button.number(2), _person(desk, button.number(2)))
    if act in {"end", "drop"}:
        found = {one.id: said for one, said in _ending(desk, leader_id, act)}
        if button.number(2) not in found:
            raise NotFound("mục này")
        return _sure(desk, leader_id, act, button.number(2), found[button.number(2)])
    return show(desk, leader_id)


def _ending(desk: Desk, leader_id: int, act: str) -> list[tuple[Any, str]]:
    if act == "end":
        return [(one, one.reader) for one in portfolios.readers(desk.unit, leader_id=leader_id)]
    return [(one, one.said) for one in follow_views.of_person(desk.unit, leader_id, Role.LEADER)]


def show(desk: Desk, leader_id: int) -> Reply:
    """Show a leader's portfolio and readers, and what can be changed."""
    viewer, name = _viewer(desk, leader_id), _name(desk, leader_id)
    parts, readers = _ending(desk, leader_id, "drop"), _ending(desk, leader_id, "end")
    choices = [
        choice("Thêm phần phụ trách", Verb.READER, "part", leader_id),
        choice("Cử người xem bản tin", Verb.READER, "reader", leader_id),
        *(choice(f"Bỏ phần: {said}", Verb.READER, "drop", leader_id, one.id) for one, said in parts[:SHOWN]),
        *(choice(f"Thôi xem bản tin: {said}", Verb.READER, "end", leader_id, one.id) for one, said in readers[:SHOWN]),
    ]
    end = choice("Người tham gia", Verb.PEOPLE, 0, 0) if viewer.coordinates else choice("Bản tin", Verb.DIGEST)
    return say(
        "digests/portfolio",
        leader=name,
        parts=[said for _, said in parts],
        readers=[said for _, said in readers],
        choices=[*choices, end],
    )


def _back(leader_id: int) -> list[Choice]:
    return [choice("Quay lại", Verb.READER, "list", leader_id), _LEAVE]


def _person(desk: Desk, person_id: int) -> str:
    found = next((one.name for one in people.listed(desk.unit, desk.day) if one.person_id == person_id), None)
    if found is None:
        raise NotFound("người này")
    return found


def reader(desk: Desk) -> Reply:
    """Take a name as typed: who is to read the digest."""
    leader_id, text = int(desk.data["leader"]), squeeze(desk.incoming.text)
    _viewer(desk, leader_id)
    words = fold(text).split()
    found = {
        one.person_id: one
        for one in people.listed(desk.unit, desk.day)
        if words and not one.waits and one.person_id != leader_id and set(words) <= set(fold(one.name).split())
    }
    if not found:
        raise ActRefused(
            f"Không có ai tên “{text[:60]}” trong những người đã tham gia. Người xem bản tin cần có mã tham gia trước."
        )
    if len(found) == 1:
        (one,) = found.values()
        return _sure(desk, leader_id, "pick", one.person_id, one.name)
    offered = [
        choice(f"{one.name}, {one.position or one.role.label}, {one.agency}", Verb.READER, "pick", leader_id, person_id)
        for person_id, one in list(found.items())[:SHOWN]
    ]
    return say(
        "digests/which_reader",
        text=text,
        found=len(found),
        step=READER,
        data={"leader": leader_id},
        choices=[*offered, *_back(leader_id)],
    )


def part(desk: Desk) -> Reply:
    """Take an agency, a level or a part of a plan as typed: what the leader is to look after."""
    leader_id, text = int(desk.data["leader"]), squeeze(desk.incoming.text)
    _viewer(desk, leader_id)
    found = follow_views.understood(desk.unit, leader_id, text, desk.day)
    if len(found) != 1:
        raise ActRefused(
            f"Chưa rõ “{text[:60]}” là phần nào. Xin gõ mã cơ quan, “các xã, phường”, hoặc “15/KH-UBND phần II”."
        )
    what, said = found[0]
    kept = [what.agency_id, what.level, what.plan_id, what.section]
    return _sure(desk, leader_id, "part", kept, said)


def _sure(desk: Desk, leader_id: int, act: str, what: object, said: str) -> Reply:
    return say(
        "digests/confirm_portfolio",
        leader=_name(desk, leader_id),
        act=act,
        said=said,
        step=CONFIRM,
        data={"leader": leader_id, "act": act, "what": what},
        choices=[choice("Đồng ý", Verb.YES, CONFIRM), *_back(leader_id)],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Do it, and show how it stands."""
    leader_id, act, what = int(desk.data["leader"]), desk.data["act"], desk.data["what"]
    viewer = _viewer(desk, leader_id)
    if act == "pick":
        digests.name_reader(desk.unit, viewer, leader_id, int(what), desk.now)
    elif act == "end":
        digests.end_reader(desk.unit, viewer, int(what), desk.now)
    elif act == "drop":
        following.unfollow(desk.unit, viewer, int(what), desk.now)
    else:
        agency, level, plan, section = what
        following.follow(desk.unit, viewer, Role.LEADER, Follow(leader_id, agency, level, plan, section), desk.now)
    return show(desk, leader_id)
