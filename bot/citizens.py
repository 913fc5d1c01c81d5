"""A citizen's feedback: which kind first, then one question at a time, a code at the end.

The data-use notice comes before the first personal answer, with two equal choices. What is no PAKN is shown
its own door, and what sounds like khiếu nại or tố cáo is caught before it is sent.
"""

from collections.abc import Callable
from typing import Any

from actions import cases
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.cases import (
    ASKED_IN_ORDER,
    Kind,
    Reporter,
    State,
    address_of,
    case_code_in,
    contact_of,
    content_of,
    name_of,
    sounds_like_complaint,
)
from domain.errors import ActRefused
from domain.outgoing import Choice
from domain.words import squeeze
from messages.render import render
from storage.views import cases as case_views
from storage.views import office

NOTICE = "feedback_notice"
CONTENT = "feedback_content"
ABOUT = "feedback_about"
NAME = "feedback_name"
ADDRESS = "feedback_address"
CONTACT = "feedback_contact"
REVIEW = "feedback_review"

QUESTIONS = (CONTENT, ABOUT, NAME, ADDRESS, CONTACT)
"""Asked in this order, each "n/5"."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def begin(_desk: Desk, _text: str = "") -> Reply:
    """Answer /phananh: what is it about."""
    choices = [*(choice(kind.label, Verb.CASE_KIND, kind.value) for kind in ASKED_IN_ORDER), _LEAVE]
    return say("citizen/kind", choices=choices)


def begin_by_choice(desk: Desk, _button: Button) -> Reply:
    """Begin by a choice."""
    return begin(desk)


def kind(desk: Desk, button: Button) -> Reply:
    """Go on with a kind that opens a case; show every other its door."""
    known = {one.value: one for one in Kind}
    chosen = known.get(button.word())
    if chosen is None:
        return begin(desk)
    if not chosen.opens_case:
        doors = office.setting(desk.unit, "doors") or {}
        return say(
            f"citizen/door_{chosen}",
            office=office.name(desk.unit),
            door=doors.get(chosen.value, ""),
            choices=(choice("Việc khác", Verb.FEEDBACK),),
        )
    return say(
        "citizen/notice",
        office=office.name(desk.unit),
        choices=(choice("Đồng ý, tiếp tục", Verb.AGREE), choice("Không đồng ý", Verb.CANCEL)),
        step=NOTICE,
        data={"kind": chosen.value},
    )


def agreed(desk: Desk, _button: Button) -> Reply:
    """Ask the first question."""
    return _ask(CONTENT, desk.data)


def _ask(step: str, data: dict[str, Any]) -> Reply:
    return say(
        f"citizen/ask_{step.removeprefix('feedback_')}",
        at=QUESTIONS.index(step) + 1,
        of=len(QUESTIONS),
        kind=Kind(data["kind"]),
        step=step,
        data=data,
        choices=(_LEAVE,) if step == CONTENT else (_BACK, _LEAVE),
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    step = desk.conversation.step
    if step == REVIEW:
        return _ask(QUESTIONS[-1], desk.data)
    at = QUESTIONS.index(step) if step in QUESTIONS else 0
    return _ask(QUESTIONS[max(at - 1, 0)], desk.data)


def answer(desk: Desk) -> Reply:
    """Take the answer to the question that waits, and ask the next or show the review."""
    step = desk.conversation.step
    try:
        found = _READERS[step](desk.incoming.text)
    except ActRefused as refused:
        return sentence(refused.sentence, desk.conversation)
    if step == CONTENT and sounds_like_complaint(found["content"]) and not desk.data.get("warned"):
        data = {**desk.data, "warned": True, **found}
        choices = (
            choice("Đây là phản ánh, tiếp tục", Verb.YES, CONTENT),
            choice("Đúng là khiếu nại, tố cáo", Verb.CASE_KIND, Kind.COMPLAINT.value),
            _LEAVE,
        )
        return say("citizen/sounds_like_complaint", step=CONTENT, data=data, choices=choices)
    return _next(desk, step, {**desk.data, **found})


def _next(desk: Desk, step: str, data: dict[str, Any]) -> Reply:
    at = QUESTIONS.index(step)
    return _review(desk, data) if at + 1 == len(QUESTIONS) else _ask(QUESTIONS[at + 1], data)


def _content(text: str) -> dict[str, Any]:
    return {"content": content_of(text)}


def _about(text: str) -> dict[str, Any]:
    about = squeeze(text)
    if not 3 <= len(about) <= 200:
        raise ActRefused("Xin ghi tên cơ quan, đơn vị được phản ánh (3 đến 200 ký tự), hoặc gõ “không rõ”.")
    return {"about": about}


def _name(text: str) -> dict[str, Any]:
    return {"name": name_of(text)}


def _address(text: str) -> dict[str, Any]:
    return {"address": address_of(text)}


def _contact(text: str) -> dict[str, Any]:
    phone, mail = contact_of(text)
    return {"phone": phone, "mail": mail}


_READERS: dict[str, Callable[[str], dict[str, Any]]] = {
    CONTENT: _content,
    ABOUT: _about,
    NAME: _name,
    ADDRESS: _address,
    CONTACT: _contact,
}


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    choices: tuple[Choice, ...] = (choice("Gửi phản ánh", Verb.YES, REVIEW), _BACK, _LEAVE)
    values = {**data, "kind": Kind(data["kind"]), "private": desk.can.private}
    return say("citizen/review", **_shown(values), choices=choices, step=REVIEW, data=data)


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {key: values[key] for key in ("kind", "content", "about", "private")}


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Send what was reviewed; after the complaint warning, go on with the next question."""
    if desk.conversation.step == CONTENT:
        return _next(desk, CONTENT, desk.data)
    data = desk.data
    opened = cases.open_case(
        desk.unit,
        endpoint_id=desk.endpoint_id,
        channel=desk.incoming.channel,
        kind=Kind(data["kind"]),
        content=data["content"],
        about=data["about"],
        who=Reporter(data["name"], data["address"], data["phone"], data["mail"]),
        notice_text=render("citizen/notice", office=office.name(desk.unit)),
        now=desk.now,
    )
    return say("citizen/opened", opened=opened, office=office.name(desk.unit), hotline=office.hotline(desk.unit))


def look_up(desk: Desk, text: str = "") -> Reply:
    """Answer /tracuu CODE [SECRET]: how a case stands, for its sender or with the secret part of its code."""
    code = case_code_in(text)
    if code is None:
        return sentence("Xin gõ tracuu kèm mã phản ánh, ví dụ: tracuu PAKN-SL-2026-000001.")
    secret = squeeze(text).split(" ")[-1].lower()
    found = case_views.seen_by(desk.unit, code, desk.endpoint_id, secret)
    if found is None:
        return sentence(
            f"Không xem được {code} từ đây. Xin kiểm tra lại mã, hoặc gõ kèm mã bí mật đã nhận khi gửi phản ánh."
        )
    return say("citizen/status", case=found, state=State(found.state))
