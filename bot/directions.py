"""A leader's word on a task or an agency, in chat: given, passed on by the office, answered, passed back.

Every act is a text, shown once before it goes anywhere.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from actions import approving, directions
from bot.desk import Desk, Reply, say
from bot.directing import sees
from bot.reporting import take_files, without_too_large
from domain.buttons import Button, Verb, choice
from domain.directions import MOVES, Act, Kind
from domain.errors import NotFound
from domain.incoming import Sent
from domain.people import Viewer
from domain.words import squeeze
from storage.views import Unit, people, work
from storage.views import directions as views
from storage.views.directions import Direction

TEXT = "direction_text"
CONFIRM = "direction_confirm"
GIVE = "give"
FILE = "file"

PAGE = 8

_LEAVE = choice("Huỷ", Verb.CANCEL)
_LIST = choice("Ý kiến của lãnh đạo", Verb.DIRECTION, 0)
_OVERVIEW = choice("Tổng hợp", Verb.DIGEST)

_LABELS = {
    Act.PASS: "Chuyển đơn vị",
    Act.REPLY: "Văn phòng trả lời",
    Act.ANSWER: "Trả lời",
    Act.RETURN: "Đề nghị đơn vị bổ sung",
    Act.DELIVER: "Trình lãnh đạo",
    Act.WITHDRAW: "Rút ý kiến",
}


def direct(desk: Desk, button: Button) -> Reply:
    """Ask a leader for the words."""
    if desk.viewer is None or not desk.viewer.leads or button.word() not in set(Kind):
        raise NotFound("mục này")
    of = "matter" if button.word(1) == "task" else "agency"
    return _ask(desk, {"act": GIVE, "kind": button.word(), of: button.number(2)})


def _seen(desk: Desk, direction_id: int) -> Direction:
    one = views.by_ids(desk.unit, [direction_id]).get(direction_id)
    if one is None or desk.viewer is None or not sees(desk.viewer, one):
        raise NotFound("ý kiến này")
    return one


def _may(desk: Desk, one: Direction, act: Act) -> bool:
    """Whether the viewer may do that now."""
    viewer = desk.viewer
    if viewer is None or (one.state, act) not in MOVES:
        return False
    if act.by_office:
        return approving.may_approve(desk.unit, viewer)
    if act is Act.WITHDRAW:
        return viewer.leads and viewer.person_id == one.leader_id
    return one.agency_id in viewer.own_agencies


def show(desk: Desk, button: Button) -> Reply:
    """Show one leader's word with what the viewer may do; with no number, the list."""
    if not button.number():
        return _list(desk)
    one = _seen(desk, button.number())
    if button.word(1) == FILE:
        return _file(desk, one)
    acts = [choice(label, Verb.DIRECTION_ACT, act, one.id) for act, label in _LABELS.items() if _may(desk, one, act)]
    opening = [choice(f"Mở {one.code}", Verb.OPEN, one.matter_id)] if one.matter_id else []
    viewer = desk.viewer
    if _hands_over(viewer, one):
        acts.append(choice("Nhận tệp của đơn vị", Verb.DIRECTION, one.id, FILE))
    return say(
        "directions/card",
        one=one,
        content=_content(desk, one),
        agency=viewer is not None and not (viewer.coordinates or viewer.leads),
        leader=viewer is not None and viewer.leads and not viewer.coordinates,
        choices=[*acts, *opening, _LIST],
    )


def _hands_over(viewer: Viewer | None, one: Direction) -> bool:
    """Whether the agency's file is this viewer's to have: a leader's once the office has delivered the answer."""
    if viewer is None or not one.file_stands:
        return False
    return viewer.coordinates or one.agency_id in viewer.own_agencies or bool(one.delivered_text)


def _file(desk: Desk, one: Direction) -> Reply:
    """Hand over the file with which the agency answered."""
    if not _hands_over(desk.viewer, one):
        raise NotFound("tệp này")
    choices = [choice("Quay lại", Verb.DIRECTION, one.id), _LIST]
    reply = say("directions/file", one=one, choices=choices)
    files = (one.enclosure,) if one.enclosure else ()
    return replace(reply, messages=(replace(reply.messages[0], files=files),))


def _content(desk: Desk, one: Direction) -> str:
    found = work.by_ids(desk.unit, [one.matter_id], desk.day) if one.matter_id is not None else {}
    return found[one.matter_id].content if one.matter_id in found else ""


def _list(desk: Desk) -> Reply:
    viewer = desk.viewer
    if viewer is None:
        raise NotFound("mục này")
    if viewer.coordinates:
        found = views.open_anywhere(desk.unit)
    elif viewer.leads:
        found = views.of_leader(desk.unit, viewer.person_id)
    else:
        found = views.waiting_for(desk.unit, viewer.own_agencies)
    shown = found[:PAGE]
    mine = viewer.leads and not viewer.coordinates
    choices = [choice(f"Mở: {one.about}", Verb.DIRECTION, one.id) for one in shown]
    return say("directions/listed", directions=shown, total=len(found), mine=mine, choices=[*choices, _OVERVIEW])


def listed(desk: Desk, _name: str, _at: int) -> Reply:
    """Show the office's list of leaders' words."""
    return _list(desk)


def press(desk: Desk, button: Button) -> Reply:
    """Begin an act: what has a text already is shown for confirmation, for any other the text is asked for."""
    one = _seen(desk, button.number(1))
    act = next((each for each in Act if each == button.word()), None)
    if act is None:
        raise NotFound("mục này")
    if not _may(desk, one, act):
        return show(desk, Button(Verb.DIRECTION, (str(one.id),)))
    data = {"act": act.value, "id": one.id, "text": _proposed(one, act)}
    return _confirm(desk, data) if data["text"] or act is Act.WITHDRAW else _ask(desk, data)


def _proposed(one: Direction, act: Act) -> str:
    """Return the wording that an act would go out with unless it is edited, "" for none."""
    if act is Act.PASS:
        return one.text
    return (one.answer or f"Đơn vị trả lời bằng tệp {one.file}") if act is Act.DELIVER else ""


def _facts(desk: Desk, data: dict[str, Any]) -> dict[str, Any]:
    """Return what the texts of an act name."""
    if data["act"] == GIVE:
        return {"act": GIVE, "kind": Kind(data["kind"]), "about": _about(desk, data), "leader": "", "to": ""}
    one = _seen(desk, data["id"])
    return {"act": data["act"], "kind": one.kind, "about": one.about, "leader": one.said_by, "to": _to(desk, one)}


def _about(desk: Desk, data: dict[str, Any]) -> str:
    matter = data.get("matter")
    if matter is not None:
        found = work.by_ids(desk.unit, [matter], desk.day).get(matter)
        if found is None:
            raise NotFound()
        return f"{found.agency}, {found.code}"
    place = people.agency(desk.unit, data["agency"])
    if place is None:
        raise NotFound("cơ quan này")
    return str(place.name)


def _to(desk: Desk, one: Direction) -> str:
    """Return the agency with the names of who will hear of it there, or that nobody will."""
    heard = directions.hearers(desk.unit, one.agency_id, desk.now)
    return f"{one.agency} ({', '.join(heard) or 'chưa có ai nhận tin, cần báo bằng cách khác'})"


def _ask(desk: Desk, data: dict[str, Any]) -> Reply:
    facts = _facts(desk, data)
    files = desk.can.files_in and data["act"] == Act.ANSWER
    way_back = [choice("Quay lại", Verb.DIRECTION, data["id"])] if "id" in data else []
    return say(
        "directions/ask",
        **facts,
        files=files,
        text=data.get("text", ""),
        step=TEXT,
        data=data,
        choices=[*way_back, _LEAVE],
    )


def typed(desk: Desk) -> Reply:
    """Take the words, or the file of an agency's answer, and show them once."""
    data, text = desk.data, squeeze(desk.incoming.text)
    if desk.incoming.sent is Sent.FILE and data["act"] == Act.ANSWER:
        received = take_files(desk, quiet=True)
        kept = {**data, "text": text[: directions.LONGEST], "file": received.file_ids[0]}
        return without_too_large(desk, _confirm(desk, kept, desk.incoming.files[0].name))
    return _confirm(desk, {**data, "text": directions.checked(text)})


def _confirm(desk: Desk, data: dict[str, Any], file: str = "") -> Reply:
    edit = [choice("Sửa nội dung", Verb.BACK)] if data["act"] != Act.WITHDRAW else []
    way_back = [choice("Quay lại", Verb.DIRECTION, data["id"])] if "id" in data else []
    return say(
        "directions/confirm",
        **_facts(desk, data),
        text=data.get("text", ""),
        file=file,
        told=_told(desk, data),
        step=CONFIRM,
        data=data,
        choices=[choice("Đúng, gửi", Verb.YES, CONFIRM), *edit, *way_back, _LEAVE],
    )


def _told(desk: Desk, data: dict[str, Any]) -> list[str]:
    """Return by name who of the agency hears that a word which was passed on to it needs no answer any more."""
    return directions.told(desk.unit, data["id"]) if data["act"] in {Act.WITHDRAW, Act.REPLY} else []


def edit(desk: Desk, _button: Button) -> Reply:
    """Ask for other words."""
    return _ask(desk, {name: value for name, value in desk.data.items() if name != "file"})


_Doing = Callable[[Unit, Viewer, int, str, datetime], None]
_DOING: dict[str, _Doing] = {
    Act.PASS: directions.pass_on,
    Act.REPLY: directions.reply,
    Act.RETURN: directions.send_back,
    Act.DELIVER: directions.deliver,
}


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Do it, and say what follows."""
    viewer, data = desk.viewer, desk.data
    if viewer is None:
        raise NotFound("mục này")
    facts = _facts(desk, data)
    subject = _do(desk, viewer, data)
    choices = [choice("Xem lại", Verb.DIRECTION, subject), _LIST, _OVERVIEW]
    left = choices if viewer.coordinates or viewer.leads else choices[:2]
    return say("directions/done", act=facts["act"], about=facts["about"], leader=facts["leader"], choices=left)


def _do(desk: Desk, viewer: Viewer, data: dict[str, Any]) -> int:
    unit, now, act = desk.unit, desk.now, data["act"]
    if act == GIVE:
        matter, agency = data.get("matter"), data.get("agency")
        return directions.give(unit, viewer, Kind(data["kind"]), data["text"], now, matter_id=matter, agency_id=agency)
    if act == Act.ANSWER:
        directions.answer(unit, viewer, data["id"], data["text"], data.get("file"), now)
    elif act == Act.WITHDRAW:
        directions.withdraw(unit, viewer, data["id"], now)
    else:
        _DOING[act](unit, viewer, data["id"], data["text"], now)
    return int(data["id"])
