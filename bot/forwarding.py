"""Passing an obstacle on: to a colleague of the office, or to an agency that can help by a day; one confirmation."""

from datetime import date
from typing import Any

from actions import dates, forwarding
from bot.authority import coordinator
from bot.decisions import card, waiting
from bot.desk import Desk, Reply, say
from domain.assignments import State
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.people import RANK_LABELS, Role
from domain.words import squeeze
from storage.views import following, office, people

TO = "forward_to"
WORDS = "forward_words"
WANTED_BY = "forward_by"
CONFIRM = "forward_confirm"

QUESTIONS = (TO, WORDS, WANTED_BY)
"""Asked in this order; the last only where an agency is asked."""

SHOWN = 6
"""So many people, or agencies of a like name, are offered."""
DAYS = 3
"""Working days that an agency has where nothing else is said."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def start(desk: Desk, button: Button) -> Reply:
    """Ask whom; where nothing is in the way any more, show how the task stands."""
    one = waiting(desk, button.number())
    return _ask(desk, TO, {"id": one.id}) if one.state is State.OBSTACLE else card(desk, one.id)


def _ask(desk: Desk, step: str, data: dict[str, Any], alike: list[tuple[int, str]] | None = None) -> Reply:
    one = waiting(desk, data["id"])
    offered = _offered(desk, alike) if step == TO else []
    if step == WANTED_BY:
        offered = [choice(f"{DAYS} ngày làm việc", Verb.SKIP)]
    return say(
        f"office/ask_{step}",
        work=one,
        obstacle=forwarding.obstacle(desk.unit, one.id),
        name=data.get("name", ""),
        step=step,
        data=data,
        choices=[*offered, choice(f"Quay lại {one.code}", Verb.OPEN, one.id) if step == TO else _BACK, _LEAVE],
    )


def _offered(desk: Desk, alike: list[tuple[int, str]] | None) -> list[Any]:
    if alike:
        return [choice(name, Verb.FORWARD_TO, "agency", agency) for agency, name in alike[:SHOWN]]
    return [
        choice(f"Đồng chí {name} ({RANK_LABELS[rank]})", Verb.FORWARD_TO, "person", person)
        for rank, person, name in _colleagues(desk)[:SHOWN]
    ]


def _colleagues(desk: Desk) -> list[tuple[int, int, str]]:
    """Return (rank, person, name) of the others of the office who can be reached, the highest first."""
    viewer = coordinator(desk)
    found = {
        one.person_id: (following.rank(desk.unit, one.person_id) or 0, one.person_id, one.name)
        for one in people.listed(desk.unit, desk.day)
        if one.role is Role.COORDINATOR and one.reachable and not one.waits and one.person_id != viewer.person_id
    }
    return sorted(found.values(), key=lambda row: (-row[0], row[2]))


def to(desk: Desk, button: Button) -> Reply:
    """Take who was chosen."""
    kind, number = button.word(), button.number(1)
    names = (
        {person: name for _, person, name in _colleagues(desk)}
        if kind == "person"
        else {one.id: one.name for one in office.agencies_on(desk.unit, desk.day)}
    )
    if number not in names:
        raise NotFound("nơi nhận này")
    return _ask(desk, WORDS, {**desk.data, "kind": kind, "to": number, "name": names[number]})


def answer(desk: Desk) -> Reply:
    """Take what was typed: an agency's name, the office's sentence, or a day."""
    step, text = desk.conversation.step, squeeze(desk.incoming.text)
    if step == TO:
        return _named(desk, text)
    if step == WANTED_BY:
        return _review(desk, {**desk.data, "by": dates.read_due(text, desk.now).isoformat()})
    if len(text) < 5 or len(text) > forwarding.LONGEST:
        raise ActRefused(f"Xin ghi ý kiến của Văn phòng (từ 5 đến {forwarding.LONGEST} ký tự) để nơi nhận biết cần gì.")
    data = {**desk.data, "words": text}
    return _ask(desk, WANTED_BY, data) if data["kind"] == "agency" else _review(desk, {**data, "by": None})


def _named(desk: Desk, text: str) -> Reply:
    found = people.agency_named(desk.unit, text, desk.day)
    own = waiting(desk, desk.data["id"]).agency_id
    known = [(one.id, one.name) for one in found if one.id != own]
    if not known:
        raise ActRefused(f"Danh mục không có cơ quan nào khác tên “{text[:60]}”. Xin gõ lại tên hoặc mã cơ quan.")
    if len(known) > 1:
        return _ask(desk, TO, desk.data, known)
    return _ask(desk, WORDS, {**desk.data, "kind": "agency", "to": known[0][0], "name": known[0][1]})


def skip(desk: Desk, _button: Button) -> Reply:
    """Give the agency the usual days."""
    by = office.calendar(desk.unit).add(desk.day, DAYS)
    return _review(desk, {**desk.data, "by": by.isoformat()})


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    one = waiting(desk, data["id"])
    return say(
        "office/confirm_forward",
        work=one,
        obstacle=forwarding.obstacle(desk.unit, one.id),
        name=data["name"],
        agency=data["kind"] == "agency",
        words=data["words"],
        by=date.fromisoformat(data["by"]) if data["by"] else None,
        step=CONFIRM,
        data=data,
        choices=[choice("Chuyển vướng mắc", Verb.YES, CONFIRM, one.id), _BACK, _LEAVE],
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    step, data = desk.conversation.step, desk.data
    if step == CONFIRM:
        return _ask(desk, WANTED_BY if data["kind"] == "agency" else WORDS, data)
    return _ask(desk, QUESTIONS[max(QUESTIONS.index(step) - 1, 0)], data)


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Pass the obstacle on, and say what follows."""
    data, viewer = desk.data, coordinator(desk)
    if data["kind"] == "agency":
        by = date.fromisoformat(data["by"])
        forwarding.to_agency(desk.unit, viewer, data["id"], data["to"], data["words"], by, desk.now)
    else:
        forwarding.to_person(desk.unit, viewer, data["id"], data["to"], data["words"], desk.now)
    return say(
        "office/forwarded",
        work=waiting(desk, data["id"]),
        name=data["name"],
        agency=data["kind"] == "agency",
        by=date.fromisoformat(data["by"]) if data["by"] else None,
        choices=[choice("Vướng mắc", Verb.OFFICE, "obstacles", 0), choice("Tổng hợp", Verb.DIGEST)],
    )
