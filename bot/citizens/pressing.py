"""The choices of a citizen's feedback that answer the open question."""

from collections.abc import Callable
from dataclasses import replace

from bot.citizens import alike, beginning, doors, drafting, sending
from bot.citizens.answering import answer, forward, onward
from bot.citizens.asking import ask, edit, review
from bot.citizens.steps import CONTENT, FILES, KIND, NAME, PUBLIC, QUESTIONS, SAID, WHEN, Data
from bot.desk import Desk, Reply
from bot.help_texts import stale
from domain.buttons import Button


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice says."""
    act = _ACTS.get(button.word())
    if act is None:
        return stale(desk)
    reply = act(desk, button)
    return drafting.kept(desk, reply)


def _skip(desk: Desk, _button: Button) -> Reply:
    step = desk.conversation.step
    cleared: Data = {"happened": "", "happened_on": None, "place": ""} if step == WHEN else {}
    return forward(desk, step, {**desk.data, **cleared})


def _no_files(desk: Desk, _button: Button) -> Reply:
    return ask(desk, FILES, {**desk.data, "files": []})


def _who(desk: Desk, button: Button) -> Reply:
    return ask(desk, NAME, {**desk.data, "who": button.word()})


def _public(desk: Desk, button: Button) -> Reply:
    return onward(desk, PUBLIC, {**desk.data, "public": button.word() == "public"})


def _go_on(desk: Desk, _button: Button) -> Reply:
    return forward(desk, CONTENT, desk.data)


def _rewrite(desk: Desk, _button: Button) -> Reply:
    return ask(desk, CONTENT, {**desk.data, "warned": []})


def _same(desk: Desk, button: Button) -> Reply:
    return onward(desk, WHEN, alike.joined(desk, desk.data, button.number(1)))


def _other(desk: Desk, _button: Button) -> Reply:
    return onward(desk, WHEN, {name: value for name, value in desk.data.items() if name not in {"join", "joined"}})


def _said(desk: Desk, _button: Button) -> Reply:
    return answer(replace(desk, incoming=replace(desk.incoming, text=desk.data.get(SAID, ""))))


def _edit(desk: Desk, _button: Button) -> Reply:
    return edit(desk.data)


def _field(desk: Desk, button: Button) -> Reply:
    step, data = button.word(1), {**desk.data, "editing": True}
    if step == KIND:
        return beginning.ask_kind(data)
    return ask(desk, step, data) if step in QUESTIONS else review(desk, desk.data)


def _whose(desk: Desk, button: Button) -> Reply:
    return beginning.whose(desk, button.word(1))


def _resume(desk: Desk, _button: Button) -> Reply:
    return beginning.resume(desk)


def _fresh(desk: Desk, _button: Button) -> Reply:
    return drafting.erased(desk, beginning.anew(desk))


_ACTS: dict[str, Callable[[Desk, Button], Reply]] = {
    "skip": _skip,
    "nofiles": _no_files,
    "person": _who,
    "organisation": _who,
    "public": _public,
    "secret": _public,
    doors.GO_ON: _go_on,
    doors.REWRITE: _rewrite,
    alike.SAME: _same,
    alike.OTHER: _other,
    "said": _said,
    "edit": _edit,
    "field": _field,
    "send": sending.send,
    "whose": _whose,
    "resume": _resume,
    "fresh": _fresh,
}
"""What each word of a choice does; the choice must be one of those offered last."""
