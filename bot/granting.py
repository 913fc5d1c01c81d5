"""The coordinating office answers a request for a later date: yes, yes until another day, no.

Each answer says who agreed, or refused, and by which document; one confirmation.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from actions import dates, extensions
from actions.extensions import Word
from bot.authority import viewer_of
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.evidence import day_in, impossible_date_in
from domain.extensions import State, check_date
from domain.outgoing import Choice
from domain.people import Viewer
from domain.words import squeeze
from storage.views import AnyRow, office, standing, work
from storage.views import extensions as views

DATE = "grant_date"
WHY = "grant_why"
WHO = "grant_who"
BASIS = "grant_basis"
ON = "grant_on"
NOTE = "grant_note"
CONFIRM = "grant_confirm"

QUESTIONS = (DATE, WHY, WHO, BASIS, ON, NOTE)
"""Asked in this order, each where it belongs to the answer that is given."""

_ONLY = {DATE: "other", WHY: "no"}

OFFICE, PROPOSAL, LEADER = "office", "proposal", "leader"
"""Whose word it is: the office's own, the office's for a leader to decide, a leader's."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)
_OVERVIEW = choice("Tổng hợp", Verb.DIGEST)
_LIST = choice("Các đề nghị gia hạn", Verb.OFFICE, "extensions", 0)


def show(desk: Desk, button: Button) -> Reply:
    """Show what was asked, with the three answers; one that was answered is told as such."""
    return _show(desk, button.number())


def _show(desk: Desk, extension_id: int) -> Reply:
    asked = _asked(desk, extension_id)
    one = work.by_ids(desk.unit, [asked.assignment_id], desk.day)[asked.assignment_id]
    return say(
        "office/extension",
        asked=asked,
        work=one,
        original=standing.original_dates(desk.unit, [one]).get(one.id),
        day=desk.day,
        choices=[*_offered(desk, asked), _OVERVIEW if _word_of(desk) == LEADER else _LIST],
    )


def _offered(desk: Desk, asked: AnyRow) -> list[Choice]:
    """Return the answers that the viewer may give, or propose, now."""
    word = _word_of(desk)
    if word == PROPOSAL and asked.proposed_at is not None:
        return []  # the next word is a leader's
    until = (asked.proposed_until or asked.asked_until) if word == LEADER else asked.asked_until
    yes, other, no = (
        ("Trình: đồng ý đến", "Trình: đồng ý đến ngày khác", "Trình: không đồng ý")
        if word == PROPOSAL
        else ("Đồng ý đến", "Ngày khác" if word == LEADER else "Đồng ý đến ngày khác", "Không đồng ý")
    )
    return [
        choice(f"{yes} {until:%d/%m/%Y}", Verb.GRANT, asked.id, "asked"),
        choice(other, Verb.GRANT, asked.id, "other"),
        choice(no, Verb.REFUSE, asked.id),
    ]


def _word_of(desk: Desk) -> str:
    """Return whose word the viewer's is."""
    viewer = desk.viewer
    if viewer is not None and viewer.coordinates:
        return PROPOSAL if views.leader_decides(desk.unit) else OFFICE
    return LEADER


def _decider(desk: Desk, extension_id: int) -> Viewer:
    """Return who asks: one of the office, or a leader before whom it was put. Raises NotFound for others."""
    viewer = viewer_of(desk)
    mine = viewer.coordinates or extension_id in {one.id for one in views.for_leader(desk.unit, viewer.person_id)}
    answered = views.by_ids(desk.unit, [extension_id]).get(extension_id)
    if not mine and not (answered is not None and answered.proposed_at and answered.state != State.PENDING):
        raise NotFound("đề nghị gia hạn này")
    return viewer


def _asked(desk: Desk, extension_id: int) -> AnyRow:
    """Return a request that waits. Raises NotFound, and ActRefused with how it was answered."""
    _decider(desk, extension_id)
    found = views.by_ids(desk.unit, [extension_id]).get(extension_id)
    if found is None:
        raise NotFound("đề nghị gia hạn này")
    if found.state != State.PENDING:
        raise ActRefused(extensions.answered(found))
    return found


def grant(desk: Desk, button: Button) -> Reply:
    """Begin a yes: to the date asked for, or to another one."""
    return _begin(desk, button.number(), "other" if button.word(1) == "other" else "asked")


def refuse(desk: Desk, button: Button) -> Reply:
    """Begin a no."""
    return _begin(desk, button.number(), "no")


def _begin(desk: Desk, extension_id: int, how: str) -> Reply:
    asked, word = _asked(desk, extension_id), _word_of(desk)
    until = (asked.proposed_until or asked.asked_until) if word == LEADER else asked.asked_until
    if how == "asked":
        check_date(until, asked.due_on, desk.day)
    data = {"id": asked.id, "how": how, "until": until.isoformat(), "reason": "", "word": word, "who": "", "basis": ""}
    return _go_on(desk, data, 0)


def _wanted(desk: Desk, step: str, data: dict[str, Any]) -> bool:
    """Whether a question belongs to the answer that is given."""
    if step in _ONLY:
        return bool(_ONLY[step] == data["how"])
    if step == NOTE:
        return bool(data["word"] == PROPOSAL and data["how"] != "no")
    if step == ON:
        named = data["word"] == OFFICE and data["who"]
        return bool(named) and day_in(data["basis"], desk.day) is None
    return bool(data["word"] == OFFICE)


def _go_on(desk: Desk, data: dict[str, Any], at: int, step: int = 1) -> Reply:
    """Ask the next question from one place of the order on, or the one before; else show the whole."""
    while 0 <= at < len(QUESTIONS):
        if _wanted(desk, QUESTIONS[at], data):
            return _ask(desk, QUESTIONS[at], data)
        at += step
    return _review(desk, data) if at > 0 else _show(desk, data["id"])


def _ask(desk: Desk, step: str, data: dict[str, Any]) -> Reply:
    asked = _asked(desk, data["id"])
    skips: dict[str, Choice] = {
        WHO: choice(f"Chính tôi ({viewer_of(desk).name})", Verb.SKIP),
        BASIS: choice("Bỏ qua (không có văn bản)", Verb.SKIP),
        ON: choice(f"Hôm nay ({desk.day:%d/%m/%Y})", Verb.SKIP),
        NOTE: choice("Bỏ qua (không thêm ý kiến)", Verb.SKIP),
    }
    skip = [skips[step]] if step in skips else []
    refused = data["how"] == "no"
    return say(f"office/ask_{step}", asked=asked, refused=refused, step=step, data=data, choices=[*skip, _BACK, _LEAVE])


def answer(desk: Desk) -> Reply:
    """Take the answer to the question that waits, and ask the next or show what would be decided."""
    step = desk.conversation.step
    return _next(desk, step, _READERS[step](desk, squeeze(desk.incoming.text)))


def skip(desk: Desk, _button: Button) -> Reply:
    """Go on: whoever writes has decided, there is no document, it was today, there is nothing to add."""
    step = desk.conversation.step
    return _next(desk, step, {_KEPT_AS[step]: ""})


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again; before the first, show what was asked."""
    step = desk.conversation.step
    at = QUESTIONS.index(step) if step in QUESTIONS else len(QUESTIONS)
    return _go_on(desk, desk.data, at - 1, -1)


def _next(desk: Desk, step: str, found: dict[str, Any]) -> Reply:
    return _go_on(desk, {**desk.data, **found}, QUESTIONS.index(step) + 1)


def _date(desk: Desk, text: str) -> dict[str, Any]:
    until = dates.read_due(text, desk.now)
    check_date(until, _asked(desk, desk.data["id"]).due_on, desk.day)
    return {"until": until.isoformat()}


def _why(_desk: Desk, text: str) -> dict[str, Any]:
    if len(text) < 5:
        raise ActRefused("Xin ghi lý do không đồng ý (từ 5 ký tự) để đơn vị biết.")
    return {"reason": text[:1000]}


def _who(_desk: Desk, text: str) -> dict[str, Any]:
    if not 3 <= len(text) <= 150:
        raise ActRefused("Xin gõ họ tên, chức vụ người quyết định (3 đến 150 ký tự).")
    return {"who": text}


def _basis(desk: Desk, text: str) -> dict[str, Any]:
    wrong = impossible_date_in(text, desk.day)
    if wrong is not None:
        raise ActRefused(f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày.")
    return {"basis": text[:300]}


def _on(desk: Desk, text: str) -> dict[str, Any]:
    found = day_in(text, desk.day)
    if found is None or found > desk.day:
        raise ActRefused("Chưa rõ là ngày nào. Xin gõ ngày không sau hôm nay, ví dụ 15/01/2026.")
    return {"on": found.isoformat()}


def _note(_desk: Desk, text: str) -> dict[str, Any]:
    return {"reason": text[:500]}


_READERS: dict[str, Callable[[Desk, str], dict[str, Any]]] = {
    DATE: _date,
    WHY: _why,
    WHO: _who,
    BASIS: _basis,
    ON: _on,
    NOTE: _note,
}
_KEPT_AS = {WHO: "who", BASIS: "basis", ON: "on", NOTE: "reason"}


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    asked = _asked(desk, data["id"])
    return say(
        "office/confirm_extension",
        asked=asked,
        refused=data["how"] == "no",
        until=date.fromisoformat(data["until"]),
        reason=data["reason"],
        who=data["who"] or viewer_of(desk).name,
        basis=data["basis"],
        on=_agreed_on(desk, data),
        word=data["word"],
        step=CONFIRM,
        data=data,
        choices=[choice(_SENDS[data["word"]], Verb.YES, CONFIRM, asked.id), _BACK, _LEAVE],
    )


_SENDS = {OFFICE: "Gửi trả lời", PROPOSAL: "Trình lãnh đạo", LEADER: "Quyết định"}


def _agreed_on(desk: Desk, data: dict[str, Any]) -> date | None:
    """Return the day on which somebody else decided: as typed, as on the document, else today; None for oneself."""
    if not data["who"]:
        return None
    return date.fromisoformat(data["on"]) if data.get("on") else day_in(data["basis"], desk.day) or desk.day


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Decide or propose, and say what follows. Raises ActRefused with the answer that somebody else gave meanwhile."""
    data = desk.data
    viewer, asked, refused = _decider(desk, data["id"]), _asked(desk, data["id"]), data["how"] == "no"
    until = date.fromisoformat(data["until"])
    given_back = None
    if data["word"] == PROPOSAL:
        extensions.propose(desk.unit, viewer, asked.id, None if refused else until, data["reason"], desk.now)
    elif refused:
        given_back = extensions.refuse(desk.unit, viewer, asked.id, data["reason"], _word(desk, data), desk.now)
    else:
        extensions.grant(desk.unit, viewer, asked.id, until, _word(desk, data), desk.now)
    one = work.by_ids(desk.unit, [asked.assignment_id], desk.day)[asked.assignment_id]
    return say(
        "office/extension_decided",
        work=one,
        refused=refused,
        given_back=given_back,
        proposed=data["word"] == PROPOSAL,
        choices=_left(desk),
    )


def _word(desk: Desk, data: dict[str, Any]) -> Word:
    who = office.introduced(desk.unit, viewer_of(desk).person_id) if data["word"] == LEADER else data["who"]
    return Word(who, data["basis"], _agreed_on(desk, data))


def _left(desk: Desk) -> list[Choice]:
    if _word_of(desk) == LEADER:
        mine = views.for_leader(desk.unit, viewer_of(desk).person_id)
        return [*(choice(f"Quyết định {one.code}", Verb.EXTENSION, one.id) for one in mine[:5]), _OVERVIEW]
    left = len(views.pending(desk.unit))
    more = [choice(f"Các đề nghị gia hạn ({left})", Verb.OFFICE, "extensions", 0)] if left else []
    return [*more, _OVERVIEW]
