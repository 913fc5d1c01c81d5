"""An officer says what is in the way, or that a task is not the agency's own, and may take it back."""

from typing import Any

from actions import objections
from bot.desk import Desk, Reply, say
from bot.help_texts import missed
from bot.officers import acts, own, viewer_of
from bot.picking import pick
from domain.assignments import Act, State, move
from domain.buttons import Button, Verb, choice
from domain.words import squeeze
from storage.views import work
from storage.views.work import Work

OBSTACLE = "obstacle"
NOT_OURS = "not_ours"


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /vuongmac: for the task whose code the text names, else ask which one."""
    return pick(desk, text, Act.OBSTRUCT, (Verb.OBSTACLE, ask_obstacle), question="Việc nào đang vướng mắc?")


def ask_obstacle(desk: Desk, button: Button) -> Reply:
    """Ask what is in the way. Raises ActRefused where the state does not allow it."""
    one = own(desk, button.number())
    move(one.state, Act.OBSTRUCT)
    return _ask(one, "work/ask_obstacle", OBSTACLE)


def ask_not_ours(desk: Desk, button: Button) -> Reply:
    """Ask why the task is not the agency's own. Raises ActRefused where the state does not allow it."""
    one = own(desk, button.number())
    move(one.state, Act.DISOWN)
    return _ask(one, "work/ask_not_ours", NOT_OURS)


def _ask(one: Work, template: str, step: str) -> Reply:
    data: dict[str, Any] = {"id": one.id}
    choices = [choice(f"Quay lại {one.code}", Verb.OPEN, one.id), choice("Huỷ", Verb.CANCEL)]
    return say(template, work=one, step=step, data=data, choices=choices)


def obstacle(desk: Desk) -> Reply:
    """Take the officer's words on what is in the way."""
    text = squeeze(desk.incoming.text)
    one = own(desk, desk.data["id"])
    if len(text) < 5:
        return missed(desk, "Xin ghi rõ vướng mắc (từ 5 ký tự) để Văn phòng nắm và trả lời.")
    objections.obstruct(desk.unit, viewer_of(desk), one.id, text[:2000], desk.now)
    return say("work/obstacle_kept", work=one, text=text, choices=_after(desk, one))


def not_ours(desk: Desk) -> Reply:
    """Take the officer's words on whose task it is."""
    text = squeeze(desk.incoming.text)
    one = own(desk, desk.data["id"])
    if len(text) < 5:
        return missed(desk, "Xin ghi lý do, và cơ quan nên chủ trì nếu biết (từ 5 ký tự).")
    objections.disown(desk.unit, viewer_of(desk), one.id, text[:2000], desk.now)
    return say("work/not_ours_kept", work=one, text=text, choices=_after(desk, one))


def withdraw(desk: Desk, button: Button) -> Reply:
    """Take back what waits for the office's answer."""
    one = own(desk, button.number())
    objections.withdraw(desk.unit, viewer_of(desk), one.id, desk.now)
    extension = one.state is State.EXTENSION_REQUESTED
    return say("work/withdrawn", work=_now(desk, one), extension=extension, choices=_after(desk, one))


def _now(desk: Desk, one: Work) -> Work:
    return work.by_ids(desk.unit, [one.id], desk.day)[one.id]


def _after(desk: Desk, one: Work) -> list[Any]:
    return acts(desk, _now(desk, one))
