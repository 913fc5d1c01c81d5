"""The coordinating office gives a task to another agency: which one, why, one confirmation."""

from typing import Any

from actions import objections
from bot.decisions import card, waiting
from bot.desk import Desk, Reply, say
from bot.office import coordinator
from domain.assignments import MOVES, Act
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.words import fold, squeeze
from storage.views import AnyRow, office, work

TO = "reassign_to"
WHY = "reassign_why"
CONFIRM = "reassign_confirm"

QUESTIONS = (TO, WHY)
"""Asked in this order."""

SHOWN = 6
"""So many agencies of a like name are offered."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def start(desk: Desk, button: Button) -> Reply:
    """Ask which agency gets the task; where it is not open any more, show how the task stands."""
    one = waiting(desk, button.number())
    if (one.state, Act.REASSIGN) not in MOVES:
        return card(desk, one.id)
    return _ask(desk, TO, {"id": one.id})


def _ask(desk: Desk, step: str, data: dict[str, Any], alike: list[AnyRow] | None = None) -> Reply:
    one = waiting(desk, data["id"])
    return say(
        f"office/ask_{step}",
        work=one,
        name=data.get("name", ""),
        step=step,
        data=data,
        choices=[
            *(choice(each.name, Verb.AGENCY, each.id) for each in alike or ()),
            choice(f"Quay lại {one.code}", Verb.OPEN, one.id) if step == TO else _BACK,
            _LEAVE,
        ],
    )


def named(desk: Desk) -> Reply:
    """Take an agency's typed name or code; offer those that are like it where it is not one alone."""
    one = waiting(desk, desk.data["id"])
    found = alike(desk, squeeze(desk.incoming.text), one.agency_id)
    return _chosen(desk, found[0]) if len(found) == 1 else _ask(desk, TO, desk.data, found[:SHOWN])


def alike(desk: Desk, text: str, but: int) -> list[AnyRow]:
    """Return the agency that typed words name, else those whose names hold them. Raises ActRefused for none.

    `but` is the agency that is not meant.
    """
    found = office.directory(desk.unit).find(text, desk.day)
    known = [each for each in office.agencies_on(desk.unit, desk.day) if each.id != but]
    exact = [each for each in known if found is not None and each.code == found.code]
    like = exact or [each for each in known if len(text) > 1 and fold(text) in fold(each.name)]
    if not like:
        other = "khác " if but else ""
        raise ActRefused(f"Danh mục không có cơ quan nào {other}tên “{text[:60]}”. Xin gõ lại tên hoặc mã cơ quan.")
    return like


def picked(desk: Desk, button: Button) -> Reply:
    """Take the agency that was chosen."""
    return _chosen(desk, named_by_choice(desk, button))


def named_by_choice(desk: Desk, button: Button) -> AnyRow:
    """Return the agency that a choice names. Raises NotFound for one that does not stand today."""
    for each in office.agencies_on(desk.unit, desk.day):
        if each.id == button.number():
            return each
    raise NotFound("cơ quan này")


def _chosen(desk: Desk, agency: AnyRow) -> Reply:
    return _ask(desk, WHY, {**desk.data, "agency": agency.id, "name": agency.name})


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    step = desk.conversation.step
    at = QUESTIONS.index(step) if step in QUESTIONS else len(QUESTIONS)
    return _ask(desk, QUESTIONS[max(at - 1, 0)], desk.data)


def why(desk: Desk) -> Reply:
    """Take the reason, and show once what would be."""
    one, reason = waiting(desk, desk.data["id"]), squeeze(desk.incoming.text)
    if len(reason) < 5:
        raise ActRefused("Xin ghi lý do hoặc văn bản làm căn cứ (từ 5 ký tự).")
    data = {**desk.data, "reason": reason[:1000]}
    return say(
        "office/confirm_reassign",
        work=one,
        name=data["name"],
        reason=reason,
        step=CONFIRM,
        data=data,
        choices=[choice("Giao cơ quan này", Verb.YES, CONFIRM, one.id), _BACK, _LEAVE],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Give the task to the other agency, and say what follows."""
    one, data = waiting(desk, desk.data["id"]), desk.data
    made = objections.reassign(desk.unit, coordinator(desk), one.id, data["agency"], data["reason"], desk.now)
    return say(
        "office/reassigned",
        work=one,
        made=work.by_ids(desk.unit, [made], desk.day)[made],
        choices=[choice("Báo không thuộc đơn vị", Verb.OFFICE, "not_ours", 0), choice("Tổng hợp", Verb.DIGEST)],
    )
