"""A coordinator adds an agency to a task, or cancels it for one agency or all: why, one confirmation."""

from typing import Any

from actions import changing
from bot import giving, leading
from bot.authority import coordinator
from bot.decisions import card, waiting
from bot.desk import Desk, Reply, say
from bot.office_lists import UNLED
from bot.reassigning import SHOWN, alike, named_by_choice
from domain.assignments import MOVES, Act
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.words import squeeze
from storage.views import AnyRow, work
from storage.views.work import Work

ADD_TO = "add_agency_to"
ADD_WHY = "add_agency_why"
ADD_CONFIRM = "add_agency_confirm"
SCOPE = "call_off_scope"
WHY = "call_off_why"
CONFIRM = "call_off_confirm"

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)
LEAST = 5
_APART = "apart"


def start_adding(desk: Desk, button: Button) -> Reply:
    """Ask which agency is to have the task too, or first where nobody has it; where it is finished, show it."""
    if button.word(1) == UNLED:
        return leading.start(desk, button.number())
    if button.word(1) == _APART and desk.conversation.step == ADD_CONFIRM:
        return _apart(desk)
    one = waiting(desk, button.number())
    if one.state.is_final:
        return card(desk, one.id)
    return _ask(desk, ADD_TO, {"id": one.id, "version": one.version})


def start_calling_off(desk: Desk, button: Button) -> Reply:
    """Ask whether one agency's or everybody's task is cancelled; where it is finished, show how it stands."""
    if button.word(1) and desk.conversation.step == SCOPE:
        return _scoped(desk, button)
    one = waiting(desk, button.number())
    if (one.state, Act.CANCEL) not in MOVES:
        return card(desk, one.id)
    data = {"id": one.id, "versions": {str(one.id): one.version}}
    return _ask(desk, SCOPE if len(_open(desk, one)) > 1 else WHY, data)


def _open(desk: Desk, one: Work) -> list[Work]:
    return [each for each in work.of_task(desk.unit, one.task_id, desk.day) if (each.state, Act.CANCEL) in MOVES]


def _ask(desk: Desk, step: str, data: dict[str, Any], near: list[AnyRow] | None = None) -> Reply:
    one = waiting(desk, data["id"])
    whole = _open(desk, one)
    offered = [choice(each.name, Verb.AGENCY, each.id) for each in near or ()]
    if step == SCOPE:
        offered = [
            choice(f"Chỉ {one.code} của {one.agency}", Verb.CALL_OFF, one.id, "one"),
            choice(f"Cả nhiệm vụ ({len(whole)} việc)", Verb.CALL_OFF, one.id, "all"),
        ]
    first = step in {ADD_TO, SCOPE} or (step == WHY and len(whole) == 1)
    return say(
        f"office/ask_{step}",
        work=one,
        name=data.get("name", ""),
        works=[each for each in whole if str(each.id) in data.get("versions", {})],
        whole=whole,
        day=desk.day,
        step=step,
        data=data,
        choices=[*offered, choice(f"Quay lại {one.code}", Verb.OPEN, one.id) if first else _BACK, _LEAVE],
    )


def _scoped(desk: Desk, button: Button) -> Reply:
    one = waiting(desk, desk.data["id"])
    chosen = _open(desk, one) if button.word(1) == "all" else [one]
    return _ask(desk, WHY, {**desk.data, "versions": {str(each.id): each.version for each in chosen}})


def named(desk: Desk) -> Reply:
    """Take an agency's typed name or code; offer those that are like it where it is not one alone."""
    one = waiting(desk, desk.data["id"])
    found = alike(desk, squeeze(desk.incoming.text), one.agency_id)
    return _chosen(desk, found[0]) if len(found) == 1 else _ask(desk, ADD_TO, desk.data, found[:SHOWN])


def picked(desk: Desk, button: Button) -> Reply:
    """Take the agency that was chosen."""
    return _chosen(desk, named_by_choice(desk, button))


def _chosen(desk: Desk, agency: AnyRow) -> Reply:
    return _ask(desk, ADD_WHY, {**desk.data, "agency": agency.id, "name": agency.name})


def why(desk: Desk) -> Reply:
    """Take the reason, and show once what would be."""
    reason = squeeze(desk.incoming.text)
    if len(reason) < LEAST:
        raise ActRefused(f"Xin ghi lý do hoặc văn bản làm căn cứ (từ {LEAST} ký tự).")
    one, data = waiting(desk, desk.data["id"]), {**desk.data, "reason": reason[:1000]}
    if desk.conversation.step == ADD_WHY:
        past = one.due_on is not None and one.due_on < desk.day
        own = [choice("Giao việc mới, hạn riêng", Verb.ADD_AGENCY, one.id, _APART)] if past else []
        return say(
            "office/confirm_add_agency",
            work=one,
            name=data["name"],
            reason=reason,
            day=desk.day,
            step=ADD_CONFIRM,
            data=data,
            choices=[choice("Thêm cơ quan này", Verb.YES, ADD_CONFIRM, one.id), *own, _BACK, _LEAVE],
        )
    works = [each for each in _open(desk, one) if str(each.id) in data["versions"]]
    label = f"Huỷ {len(works)} việc này" if len(works) > 1 else f"Huỷ {one.code}"
    return say(
        "office/confirm_call_off",
        work=one,
        works=works,
        reason=reason,
        step=CONFIRM,
        data=data,
        choices=[choice(label, Verb.YES, CONFIRM, one.id), _BACK, choice("Không làm nữa", Verb.CANCEL)],
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    before = {ADD_WHY: ADD_TO, ADD_CONFIRM: ADD_WHY, WHY: SCOPE, CONFIRM: WHY}
    return _ask(desk, before[desk.conversation.step], desk.data)


def _apart(desk: Desk) -> Reply:
    """Give the agency the same work as a task of its own, with a date of its own."""
    one, data = waiting(desk, desk.data["id"]), desk.data
    return giving.apart(desk, data["name"], data["agency"], one.content, data["reason"])


def added(desk: Desk, _button: Button) -> Reply:
    """Give the task to one more agency, and say under which codes."""
    data = desk.data
    one = waiting(desk, data["id"])
    made = changing.add_agency(
        desk.unit, coordinator(desk), one.id, data["agency"], data["reason"], desk.now, shown=data["version"]
    )
    works = work.by_ids(desk.unit, made, desk.day)
    return say(
        "office/agency_added",
        work=one,
        made=[works[each] for each in made],
        choices=[
            *(choice(f"Mở {works[each].code}", Verb.OPEN, each) for each in made[:3]),
            choice("Tổng hợp", Verb.DIGEST),
        ],
    )


def called_off(desk: Desk, _button: Button) -> Reply:
    """Cancel, and say whom it concerns."""
    shown = {int(one): version for one, version in desk.data["versions"].items()}
    one = waiting(desk, desk.data["id"])
    changing.cancel(desk.unit, coordinator(desk), shown, desk.data["reason"], desk.now)
    works = work.by_ids(desk.unit, shown, desk.day)
    return say(
        "office/called_off",
        work=one,
        works=[works[each] for each in shown],
        reason=desk.data["reason"],
        choices=[choice(f"Mở {one.code}", Verb.OPEN, one.id), choice("Tổng hợp", Verb.DIGEST)],
    )
