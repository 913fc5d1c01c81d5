"""The coordinating office answers a request for a later date: yes, yes until another day, no.

Each answer says who agreed, or refused, and by which document; one confirmation.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from actions import dates, extensions
from actions.extensions import Word
from bot.desk import Desk, Reply, say
from bot.office import coordinator
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.evidence import impossible_date_in
from domain.extensions import State, check_date
from domain.outgoing import Choice
from domain.words import squeeze
from storage.views import AnyRow, standing, work
from storage.views import extensions as views

DATE = "grant_date"
WHY = "grant_why"
WHO = "grant_who"
BASIS = "grant_basis"
CONFIRM = "grant_confirm"

QUESTIONS = (DATE, WHY, WHO, BASIS)
"""Asked in this order, each where it belongs to the answer that is given."""

_ONLY = {DATE: "other", WHY: "no"}

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)
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
        choices=[
            choice(f"Đồng ý đến {asked.asked_until:%d/%m/%Y}", Verb.GRANT, asked.id, "asked"),
            choice("Đồng ý đến ngày khác", Verb.GRANT, asked.id, "other"),
            choice("Không đồng ý", Verb.REFUSE, asked.id),
            _LIST,
        ],
    )


def _asked(desk: Desk, extension_id: int) -> AnyRow:
    """Return a request that waits. Raises NotFound, and ActRefused with how it was answered."""
    coordinator(desk)
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
    asked = _asked(desk, extension_id)
    if how == "asked":
        check_date(asked.asked_until, asked.due_on, desk.day)
    return _go_on(desk, {"id": asked.id, "how": how, "until": asked.asked_until.isoformat(), "reason": ""}, 0)


def _go_on(desk: Desk, data: dict[str, Any], at: int, step: int = 1) -> Reply:
    """Ask the next question from one place of the order on, or the one before; else show the whole."""
    while 0 <= at < len(QUESTIONS):
        if _ONLY.get(QUESTIONS[at], data["how"]) == data["how"]:
            return _ask(desk, QUESTIONS[at], data)
        at += step
    return _review(desk, data) if at > 0 else _show(desk, data["id"])


def _ask(desk: Desk, step: str, data: dict[str, Any]) -> Reply:
    asked = _asked(desk, data["id"])
    skips: dict[str, Choice] = {
        WHO: choice(f"Chính tôi ({coordinator(desk).name})", Verb.SKIP),
        BASIS: choice("Bỏ qua (không có văn bản)", Verb.SKIP),
    }
    skip = [skips[step]] if step in skips else []
    refused = data["how"] == "no"
    return say(f"office/ask_{step}", asked=asked, refused=refused, step=step, data=data, choices=[*skip, _BACK, _LEAVE])


def answer(desk: Desk) -> Reply:
    """Take the answer to the question that waits, and ask the next or show what would be decided."""
    step = desk.conversation.step
    return _next(desk, step, _READERS[step](desk, squeeze(desk.incoming.text)))


def skip(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Go on: whoever writes has decided, or there is no document."""
    step = desk.conversation.step
    return _next(desk, step, {"who": ""} if step == WHO else {"basis": ""})


def back(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
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


def _why(desk: Desk, text: str) -> dict[str, Any]:  # noqa: ARG001
    if len(text) < 5:
        raise ActRefused("Xin ghi lý do không đồng ý (từ 5 ký tự) để đơn vị biết.")
    return {"reason": text[:1000]}


def _who(desk: Desk, text: str) -> dict[str, Any]:  # noqa: ARG001
    if not 3 <= len(text) <= 150:
        raise ActRefused("Xin gõ họ tên, chức vụ người quyết định (3 đến 150 ký tự).")
    return {"who": text}


def _basis(desk: Desk, text: str) -> dict[str, Any]:
    wrong = impossible_date_in(text, desk.day)
    if wrong is not None:
        raise ActRefused(f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày.")
    return {"basis": text[:300]}


_READERS: dict[str, Callable[[Desk, str], dict[str, Any]]] = {DATE: _date, WHY: _why, WHO: _who, BASIS: _basis}


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    asked = _asked(desk, data["id"])
    return say(
        "office/confirm_extension",
        asked=asked,
        refused=data["how"] == "no",
        until=date.fromisoformat(data["until"]),
        reason=data["reason"],
        who=data["who"] or coordinator(desk).name,
        basis=data["basis"],
        step=CONFIRM,
        data=data,
        choices=[choice("Gửi trả lời", Verb.YES, CONFIRM, asked.id), _BACK, _LEAVE],
    )


def confirmed(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Decide, and say what follows. Raises ActRefused with the answer that somebody else gave meanwhile."""
    viewer, data = coordinator(desk), desk.data
    word, asked = Word(data["who"], data["basis"]), _asked(desk, data["id"])
    given_back = None
    if data["how"] == "no":
        given_back = extensions.refuse(desk.unit, viewer, asked.id, data["reason"], word, desk.now)
    else:
        extensions.grant(desk.unit, viewer, asked.id, date.fromisoformat(data["until"]), word, desk.now)
    one = work.by_ids(desk.unit, [asked.assignment_id], desk.day)[asked.assignment_id]
    refused = data["how"] == "no"
    return say("office/extension_decided", work=one, refused=refused, given_back=given_back, choices=_left(desk))


def _left(desk: Desk) -> list[Choice]:
    left = len(views.pending(desk.unit))
    more = [choice(f"Các đề nghị gia hạn ({left})", Verb.OFFICE, "extensions", 0)] if left else []
    return [*more, choice("Tổng hợp", Verb.DIGEST)]
