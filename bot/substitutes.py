"""Standing in for a colleague, in chat: who stands in for whom, choosing one, until when, one confirmation."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from actions import people as people_actions
from actions import substitutes
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.outgoing import Choice
from domain.people import Role, Seat, Viewer
from domain.words import fold, squeeze
from storage.views import people

PICK = "substitute_pick"
UNTIL = "substitute_until"
CONFIRM = "substitute_confirm"

SHOWN = 8
"""So many colleagues are numbered at once; the others are found by their name."""


def _viewer(desk: Desk) -> Viewer:
    """Return who asks. Raises ActRefused for one who holds no seat that could be handed over."""
    if desk.viewer is None or not (_own_seats(desk.viewer) or desk.viewer.standing_in):
        raise ActRefused("Uỷ quyền dành cho cán bộ đầu mối và lãnh đạo cơ quan đã tham gia ở đây.")
    return desk.viewer


def _own_seats(viewer: Viewer) -> list[Seat]:
    return [seat for seat in viewer.seats if seat.role in substitutes.ROLES and not seat.instead_of]


def begin(desk: Desk, _text: str = "") -> Reply:
    """Answer /uyquyen: what is in force, and the seats for which somebody may be chosen."""
    viewer = _viewer(desk)
    running = people.substitutions(desk.unit, viewer.person_id, desk.day)
    taken = {(one.agency_id, one.role) for one in running if one.person_id == viewer.person_id}
    free = [seat for seat in _own_seats(viewer) if (seat.agency_id, seat.role) not in taken]
    heads = [seat for seat in viewer.seats if seat.role is Role.HEAD]
    if not running and len(free) == 1 and not heads:
        return _pick(desk, free[0].agency_id, free[0].role)
    choices = [choice(_end_label(viewer, one), Verb.SUBSTITUTE_END, one.id) for one in running]
    choices += [
        choice(f"Chọn người thay: {seat.role.label}, {seat.agency}", Verb.SUBSTITUTE, seat.agency_id, seat.role)
        for seat in free
    ]
    choices += [choice(f"Người của {seat.agency}", Verb.PEOPLE, seat.agency_id, 0) for seat in heads]
    shown = [(one, Role(one.role).label, one.person_id == viewer.person_id) for one in running]
    return say("people/substitutes", running=shown, choices=choices)


def _end_label(viewer: Viewer, one: Any) -> str:
    if one.person_id == viewer.person_id:
        return f"Kết thúc sớm: {one.substitute} thay"
    return f"Trả lại sớm: thay {one.person}"


_TITLES = frozenset({"anh", "chi", "a", "c", "co", "chu", "bac", "em", "ong", "ba", "dc", "nho", "cho"})
"""Folded words before a colleague's given name; "đồng chí" and "đ/c" end as two of them do."""


def proposed(desk: Desk, text: str, until: date | None) -> Reply:
    """Go on from loose words ("nhờ chị Hoa làm thay đến hết tuần"): ask for what they leave open, else confirm once."""
    viewer = _viewer(desk)
    running = people.substitutions(desk.unit, viewer.person_id, desk.day)
    taken = {(one.agency_id, one.role) for one in running if one.person_id == viewer.person_id}
    free = [seat for seat in _own_seats(viewer) if (seat.agency_id, seat.role) not in taken]
    if len(free) != 1:
        return begin(desk)
    seat = free[0]
    named = _colleagues_in(people.colleagues(desk.unit, seat.agency_id, viewer.person_id, desk.day), text)
    if len(named) != 1:
        return _pick(desk, seat.agency_id, seat.role, named[0].name.split()[-1] if named else "")
    at = replace(
        desk, conversation=replace(desk.conversation, data={"agency": seat.agency_id, "role": seat.role.value})
    )
    asked = _ask_until(at, named[0].person_id)
    return _confirm(replace(desk, conversation=asked.conversation), f"{until:%d/%m/%Y}") if until else asked


def _colleagues_in(colleagues: Sequence[people.Member], text: str) -> list[people.Member]:
    """Return the colleagues whose whole name, or given name behind a title, stands in the words."""
    words = re.findall(r"[^\W_]+", fold(text))
    titled = {after for before, after in pairwise(words) if before in _TITLES}
    line = f" {' '.join(words)} "
    whole = [one for one in colleagues if f" {fold(one.name)} " in line]
    return whole or [one for one in colleagues if fold(one.name).split()[-1:] and fold(one.name).split()[-1] in titled]


def pick(desk: Desk, button: Button) -> Reply:
    """Ask who is to stand in for one seat."""
    role = next((one for one in substitutes.ROLES if one == button.word(1)), None)
    if role is None:
        raise NotFound("vai trò này")
    return _pick(desk, button.number(), role)


def search(desk: Desk) -> Reply:
    """Take typed words as a colleague's name."""
    return _pick(desk, desk.data["agency"], Role(desk.data["role"]), squeeze(desk.incoming.text))


def _pick(desk: Desk, agency_id: int, role: Role, name: str = "") -> Reply:
    viewer = _viewer(desk)
    seat = _seat(viewer, agency_id, role)
    found = people.colleagues(desk.unit, agency_id, viewer.person_id, desk.day, name)
    choices = [choice(_named(one), Verb.SUBSTITUTE_BY, one.person_id) for one in found[:SHOWN]]
    if agency_id in viewer.agencies_as(Role.HEAD):
        choices.append(choice("Mời người mới", Verb.NEWCOMER, agency_id))
    return say(
        "people/pick",
        seat=seat,
        found=len(found),
        shown=min(len(found), SHOWN),
        name=name,
        step=PICK,
        data={"agency": agency_id, "role": role.value},
        choices=[*choices, choice("Huỷ", Verb.CANCEL)],
    )


def _named(one: people.Member) -> str:
    return f"{one.name}, {one.position}" if one.position else f"{one.name}, {one.role.label}"


def _seat(viewer: Viewer, agency_id: int, role: Role) -> Seat:
    """Return the viewer's own seat. Raises NotFound where there is none."""
    for seat in _own_seats(viewer):
        if (seat.agency_id, seat.role) == (agency_id, role):
            return seat
    raise NotFound("vai trò này")


def picked(desk: Desk, button: Button) -> Reply:
    """Ask until which day the chosen colleague stands in."""
    return _ask_until(desk, button.number())


def back_to_day(desk: Desk, _button: Button) -> Reply:
    """Ask for the day once more."""
    return _ask_until(desk, desk.data["person"])


def back_to_pick(desk: Desk, _button: Button) -> Reply:
    """Ask for the colleague once more."""
    return _pick(desk, desk.data["agency"], Role(desk.data["role"]))


def _ask_until(desk: Desk, person_id: int) -> Reply:
    agency_id, role = desk.data["agency"], Role(desk.data["role"])
    seat = _seat(_viewer(desk), agency_id, role)
    name = _colleague(desk, agency_id, person_id).name
    return say(
        "people/until",
        seat=seat,
        name=name,
        step=UNTIL,
        data={"agency": agency_id, "role": role.value, "person": person_id},
        choices=[choice("Quay lại", Verb.BACK), choice("Huỷ", Verb.CANCEL)],
    )


def _colleague(desk: Desk, agency_id: int, person_id: int) -> people.Member:
    """Return a colleague of the viewer's. Raises NotFound for anybody else."""
    for one in people.colleagues(desk.unit, agency_id, _viewer(desk).person_id, desk.day):
        if one.person_id == person_id:
            return one
    raise NotFound("đồng nghiệp này")


def until(desk: Desk) -> Reply:
    """Take the last day as typed and show once what would be."""
    return _confirm(desk, squeeze(desk.incoming.text))


def _confirm(desk: Desk, last_day: str) -> Reply:
    day = substitutes.read_until(last_day, desk.now)
    agency_id, role = desk.data["agency"], Role(desk.data["role"])
    return say(
        "people/confirm",
        seat=_seat(_viewer(desk), agency_id, role),
        name=_colleague(desk, agency_id, desk.data["person"]).name,
        until=day,
        step=CONFIRM,
        data={**desk.data, "until": day.isoformat()},
        choices=[choice("Đồng ý", Verb.YES, CONFIRM), choice("Quay lại", Verb.BACK), choice("Huỷ", Verb.CANCEL)],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Hand the seat over."""
    viewer, data = _viewer(desk), desk.data
    day = date.fromisoformat(data["until"])
    number = substitutes.begin(desk.unit, viewer, data["agency"], Role(data["role"]), data["person"], day, desk.now)
    row = people.substitution(desk.unit, number)
    return say("people/begun", row=row, role=Role(data["role"]), also=viewer.standing_in, choices=_after(number))


def _after(number: int) -> tuple[Choice, ...]:
    return (choice("Kết thúc sớm", Verb.SUBSTITUTE_END, number),)


def end(desk: Desk, button: Button) -> Reply:
    """End a substitution early, by either of the two."""
    viewer = _viewer(desk)
    row = substitutes.end(desk.unit, viewer, button.number(), desk.now)
    return say("people/ended", row=row, role=Role(row.role), mine=row.person_id == viewer.person_id)


def newcomer(desk: Desk, button: Button) -> Reply:
    """Give a head a code for somebody new in the own agency."""
    viewer = _viewer(desk)
    agency = people.agency(desk.unit, button.number())
    if agency is None or agency.id not in viewer.agencies_as(Role.HEAD):
        raise NotFound("cơ quan này")
    made = people_actions.invite_by(desk.unit, viewer, agency.code, Role.OFFICER, desk.now)
    return say("people/newcomer", agency=agency.name, code=made.code, until=today(made.expires))
