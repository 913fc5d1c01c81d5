"""Between a lead agency and those that contribute: asking one of them for something, answering, taking it back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from actions import dates, requests
from bot.desk import Desk, Reply, say
from bot.officers import own, viewer_of
from bot.reporting import take_files, without_too_large
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.incoming import Sent
from domain.outgoing import Choice
from domain.words import fold, squeeze
from storage.views import AnyRow, coordination
from storage.views.coordination import Asked

TO = "request_to"
CONTENT = "request_content"
WANTED_BY = "request_by"
CONFIRM = "request_confirm"
PROVIDE = "provide"

QUESTIONS = (TO, CONTENT, WANTED_BY)
"""Asked in this order; the first only where several agencies contribute."""

SHOWN = 8
"""So many agencies are offered at once; every other is found by its name or code."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def start(desk: Desk, button: Button) -> Reply:
    """Ask whom, or, where only one agency contributes, for what. Raises ActRefused where none does."""
    one = own(desk, button.number())
    found = coordination.partners(desk.unit, one.task_id, one.agency_id)
    if not found:
        raise ActRefused("Kế hoạch không ghi cơ quan phối hợp nào có trong danh mục ở nhiệm vụ này.")
    data: dict[str, Any] = {"id": one.id, "only": len(found) == 1}
    if len(found) == 1:
        return _ask(desk, CONTENT, {**data, "agency": found[0].id, "name": found[0].name})
    return _ask(desk, TO, data)


def _partners(desk: Desk, assignment_id: int) -> list[AnyRow]:
    one = own(desk, assignment_id)
    return list(coordination.partners(desk.unit, one.task_id, one.agency_id))


def _ask(desk: Desk, step: str, data: dict[str, Any], offered: list[AnyRow] | None = None) -> Reply:
    one = own(desk, data["id"])
    partners = (offered or _partners(desk, one.id))[:SHOWN] if step == TO else []
    first = step == TO or (step == CONTENT and data["only"])
    return say(
        f"work/ask_{step}",
        work=one,
        name=data.get("name", ""),
        more=max(len(_partners(desk, one.id)) - SHOWN, 0) if step == TO else 0,
        step=step,
        data=data,
        choices=[
            *(choice(partner.name, Verb.PARTNER, partner.id) for partner in partners),
            choice(f"Quay lại {one.code}", Verb.OPEN, one.id) if first else _BACK,
            _LEAVE,
        ],
    )


def partner(desk: Desk, button: Button) -> Reply:
    """Take the agency that was chosen."""
    for one in _partners(desk, desk.data["id"]):
        if one.id == button.number():
            return _ask(desk, CONTENT, {**desk.data, "agency": one.id, "name": one.name})
    raise NotFound("cơ quan phối hợp này")


def answer(desk: Desk) -> Reply:
    """Take the answer to the question that waits, and ask the next or show what would be sent."""
    step, text = desk.conversation.step, squeeze(desk.incoming.text)
    if step == TO:
        return _named(desk, text)
    data = {**desk.data, **_READERS[step](desk, text)}
    return _ask(desk, WANTED_BY, data) if step == CONTENT else _review(desk, data)


def _named(desk: Desk, text: str) -> Reply:
    """Take a typed name or code; offer those that are like it where it is not one alone."""
    everyone = _partners(desk, desk.data["id"])
    said = fold(text)
    exact = [one for one in everyone if said in {fold(one.code), fold(one.name)}]
    alike = exact or [one for one in everyone if said and said in fold(one.name)]
    if len(alike) == 1:
        return _ask(desk, CONTENT, {**desk.data, "agency": alike[0].id, "name": alike[0].name})
    if not alike:
        raise ActRefused(f"Không có cơ quan phối hợp nào tên “{text[:60]}” ở nhiệm vụ này. Xin gõ lại tên hoặc mã.")
    return _ask(desk, TO, desk.data, alike)


def _content(_desk: Desk, text: str) -> dict[str, Any]:
    if len(text) < 5:
        raise ActRefused("Xin ghi rõ đề nghị cung cấp gì (từ 5 ký tự).")
    return {"content": text[:1000]}


def _wanted_by(desk: Desk, text: str) -> dict[str, Any]:
    return {"by": dates.read_due(text, desk.now).isoformat()}


_READERS: dict[str, Callable[[Desk, str], dict[str, Any]]] = {CONTENT: _content, WANTED_BY: _wanted_by}


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    step = desk.conversation.step
    at = QUESTIONS.index(step) if step in QUESTIONS else len(QUESTIONS)
    return _ask(desk, QUESTIONS[max(at - 1, int(desk.data["only"]))], desk.data)


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    one = own(desk, data["id"])
    return say(
        "work/confirm_request",
        work=one,
        name=data["name"],
        content=data["content"],
        until=date.fromisoformat(data["by"]),
        step=CONFIRM,
        data=data,
        choices=[choice("Gửi đề nghị", Verb.YES, CONFIRM, one.id), _BACK, _LEAVE],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Send the request, and say what happens next."""
    data = desk.data
    by = date.fromisoformat(data["by"])
    made = requests.ask(desk.unit, viewer_of(desk), data["id"], data["agency"], data["content"], by, desk.now)
    asked = coordination.by_ids(desk.unit, [made], desk.day)[made]
    return say("work/request_sent", asked=asked, choices=_after(asked))


def _after(asked: Asked) -> list[Choice]:
    return [
        choice(f"Mở {asked.code}", Verb.OPEN, asked.assignment_id),
        choice("Danh sách việc", Verb.LIST, "open", 0),
    ]


def show(desk: Desk, button: Button) -> Reply:
    """Show one request to either side, or to the office; each side has its own act."""
    asked = coordination.by_ids(desk.unit, [button.number()], desk.day).get(button.number())
    viewer = desk.viewer
    if asked is None or viewer is None:
        raise NotFound("đề nghị này")
    leads, gives = asked.lead_id in viewer.own_agencies, asked.agency_id in viewer.own_agencies
    if not (leads or gives or viewer.coordinates):
        raise NotFound("đề nghị này")
    acts = []
    if asked.is_open and gives:
        acts.append(choice("Trả lời", Verb.PROVIDE, asked.id))
    if asked.is_open and leads:
        acts.append(choice("Rút đề nghị", Verb.UNASK, asked.id))
    back_to = choice("Đề nghị cung cấp", Verb.LIST, "asked", 0) if gives else _opened(asked)
    return say("work/request", asked=asked, day=desk.day, choices=[*acts, back_to])


def _opened(asked: Asked) -> Choice:
    return choice(f"Mở {asked.code}", Verb.OPEN, asked.assignment_id)


def ask_provide(desk: Desk, button: Button) -> Reply:
    """Ask for what is given: words, a file, or both."""
    asked = _mine(desk, button.number())
    return say(
        "work/ask_provide",
        asked=asked,
        files=desk.can.files_in,
        step=PROVIDE,
        data={"id": asked.id},
        choices=[choice("Quay lại đề nghị", Verb.REQUEST, asked.id), _LEAVE],
    )


def _mine(desk: Desk, request_id: int) -> Asked:
    """Return an open request to one of the viewer's agencies. Raises NotFound, and ActRefused for an ended one."""
    asked = coordination.by_ids(desk.unit, [request_id], desk.day).get(request_id)
    if asked is None or asked.agency_id not in viewer_of(desk).own_agencies:
        raise NotFound("đề nghị này")
    if not asked.is_open:
        raise ActRefused(f"Đề nghị này không còn chờ trả lời: {asked.state.label}.")
    return asked


def provide(desk: Desk) -> Reply:
    """Send the answer to the agency that asked."""
    asked = _mine(desk, desk.data["id"])
    text, file_id = squeeze(desk.incoming.text), None
    if desk.incoming.sent is Sent.FILE:
        file_id = take_files(desk, quiet=True).file_ids[0]
    elif len(text) < 5:
        raise ActRefused("Xin ghi nội dung cung cấp, hoặc số và ngày văn bản đã gửi (từ 5 ký tự).")
    requests.provide(desk.unit, viewer_of(desk), asked.id, text[:2000], file_id, desk.now)
    given = coordination.by_ids(desk.unit, [asked.id], desk.day)[asked.id]
    given_now = say("work/provided", asked=given, choices=[choice("Danh sách việc", Verb.LIST, "open", 0)])
    return without_too_large(desk, given_now)


def withdraw(desk: Desk, button: Button) -> Reply:
    """Take a request back."""
    requests.withdraw(desk.unit, viewer_of(desk), button.number(), desk.now)
    asked = coordination.by_ids(desk.unit, [button.number()], desk.day)[button.number()]
    return say("work/request_withdrawn", asked=asked, choices=_after(asked))
