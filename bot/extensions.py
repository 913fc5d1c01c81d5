"""An officer asks for a later date: until when, why, by which document, one confirmation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from actions import dates, extensions
from bot.desk import Desk, Reply, say, sentence
from bot.help_texts import missed
from bot.officers import acts, own, viewer_of
from bot.picking import pick
from domain.assignments import Act, move
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.evidence import impossible_date_in
from domain.extensions import check_date
from domain.words import squeeze
from storage.views import work
from storage.views.work import Work

UNTIL = "extension_until"
REASON = "extension_reason"
DOCUMENT = "extension_document"
CONFIRM = "extension_confirm"

QUESTIONS = (UNTIL, REASON, DOCUMENT)
"""Asked in this order."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /giahan: for the task whose code the text names, else ask which one."""
    return pick(
        desk,
        text,
        Act.ASK_EXTENSION,
        (Verb.EXTEND, start),
        question="Việc nào cần xin gia hạn?",
        fits=lambda one: one.due_on is not None,
    )


def start(desk: Desk, button: Button) -> Reply:
    """Ask until when. Raises ActRefused where nothing can be asked for, without a date or in this state."""
    one = own(desk, button.number())
    move(one.state, Act.ASK_EXTENSION)
    if one.due_on is None:
        raise ActRefused("Việc này chưa có hạn nên không cần xin gia hạn.")
    return _ask(desk, UNTIL, {"id": one.id})


def enter(desk: Desk, one: Work, found: dict[str, Any]) -> Reply:
    """Begin with what is known already ("until", "reason", "document"), and ask only for what is missing.

    A day that extends nothing is asked for anew, after the sentence that says why. Raises ActRefused as `start` does.
    """
    asked = start(desk, Button(Verb.EXTEND, (str(one.id),)))
    given = dict(found)
    why: Reply | None = None
    try:
        if "until" in given:
            check_date(date.fromisoformat(given["until"]), one.due_on, desk.day)
    except ActRefused as refused:
        why = sentence(refused.sentence)
        del given["until"]
    data = {"id": one.id, **given, "given": sorted(given)}
    reply = replace(asked, conversation=replace(asked.conversation, data=data))
    if "until" in given:
        reply = _next(replace(desk, conversation=reply.conversation), UNTIL, {})
    return replace(reply, messages=why.messages + reply.messages) if why else reply


def _ask(desk: Desk, step: str, data: dict[str, Any]) -> Reply:
    one = own(desk, data["id"])
    first = choice(f"Quay lại {one.code}", Verb.OPEN, one.id) if step == UNTIL else _BACK
    skip = [choice("Gửi sau", Verb.SKIP)] if step == DOCUMENT else []
    return say(f"work/ask_{step}", work=one, step=step, data=data, choices=[*skip, first, _LEAVE])


def answer(desk: Desk) -> Reply:
    """Take the answer to the question that waits, and ask the next or show what would be sent."""
    step = desk.conversation.step
    try:
        found = _READERS[step](desk, squeeze(desk.incoming.text))
    except ActRefused as refused:
        return missed(desk, refused.sentence)
    return _next(desk, step, found)


def skip(desk: Desk, _button: Button) -> Reply:
    """Go on without a document: it follows."""
    return _next(desk, DOCUMENT, {"document": ""})


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    at = QUESTIONS.index(desk.conversation.step) if desk.conversation.step in QUESTIONS else len(QUESTIONS)
    return _ask(desk, QUESTIONS[max(at - 1, 0)], desk.data)


def _next(desk: Desk, step: str, found: dict[str, Any]) -> Reply:
    data = {**desk.data, **found}
    given = {f"extension_{name}" for name in data.get("given", ())}
    left = [one for one in QUESTIONS[QUESTIONS.index(step) + 1 :] if one not in given]
    return _ask(desk, left[0], data) if left else _review(desk, data)


def _until(desk: Desk, text: str) -> dict[str, Any]:
    until = dates.read_due(text, desk.now)
    check_date(until, own(desk, desk.data["id"]).due_on, desk.day)
    return {"until": until.isoformat()}


def _reason(_desk: Desk, text: str) -> dict[str, Any]:
    if len(text) < 5:
        raise ActRefused("Xin ghi lý do xin gia hạn (từ 5 ký tự) để Văn phòng xem xét.")
    return {"reason": text[:1000]}


def _document(desk: Desk, text: str) -> dict[str, Any]:
    wrong = impossible_date_in(text, desk.day)
    if wrong is not None:
        raise ActRefused(f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày.")
    if len(text) < 3:
        raise ActRefused("Xin gõ số, ngày công văn (ví dụ: 45/STP-VP ngày 20/02/2026), hoặc “gửi sau”.")
    return {"document": text[:300]}


_READERS: dict[str, Callable[[Desk, str], dict[str, Any]]] = {UNTIL: _until, REASON: _reason, DOCUMENT: _document}


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    one = own(desk, data["id"])
    return say(
        "work/confirm_extension",
        work=one,
        until=date.fromisoformat(data["until"]),
        reason=data["reason"],
        document=data["document"],
        step=CONFIRM,
        data=data,
        choices=[choice("Gửi đề nghị gia hạn", Verb.YES, CONFIRM, one.id), _BACK, _LEAVE],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Send the request, and say what rests meanwhile."""
    one, data = own(desk, desk.data["id"]), desk.data
    until = date.fromisoformat(data["until"])
    extensions.ask(desk.unit, viewer_of(desk), one.id, until, data["reason"], data["document"], desk.now)
    now = work.by_ids(desk.unit, [one.id], desk.day)[one.id]
    return say("work/extension_asked", work=now, until=until, choices=acts(desk, now))
