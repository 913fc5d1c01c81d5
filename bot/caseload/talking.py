"""Between the agency, the sender and the office: a question, how far it is, not ours, who it is, who does it."""

from typing import Any

from actions import pages
from actions.cases import handling
from bot.acts.answers import CHOSEN, words
from bot.acts.flow import VERSION, Flow, Preview, Question, Values
from bot.caseload.answers import other_agency
from bot.caseload.opens import done, opens, opens_for_head
from bot.caseload.roles import held, viewer_of
from bot.desk import Desk, Reply, say, sentence
from bot.plans import NO_ADDRESS, is_here
from domain.buttons import Button, Verb, choice
from domain.cases.lifecycle import Act
from domain.errors import ActRefused
from domain.people import Role
from domain.words import fold, squeeze
from storage.views import office_settings, people
from storage.views.cases.caseload import Case
from storage.views.people import Member


def take(desk: Desk, button: Button) -> Reply:
    """Note that the agency has taken a case on."""
    case = held(desk, button.number(1))
    handling.acknowledge(desk.unit, viewer_of(desk), case.id, desk.now)
    by = f"Trả lời người gửi chậm nhất {case.due_on:%d/%m/%Y}." if case.due_on else ""
    return done(desk, case, f"Đã nhận xử lý {case.code}", by)


def resume(desk: Desk, button: Button) -> Reply:
    """Go on without the sender's answer."""
    case = held(desk, button.number(1))
    handling.resume(desk.unit, viewer_of(desk), case.id, desk.now)
    return done(desk, case, f"{case.code}: tiếp tục xử lý, không chờ người gửi trả lời nữa")


def _ask(desk: Desk, case: Case, data: Values) -> Reply:
    handling.ask(desk.unit, viewer_of(desk), case.id, data["text"], desk.now, shown=data[VERSION])
    return done(desk, case, f"Đã gửi câu hỏi cho người gửi {case.code}", "Có trả lời, đồng chí được báo ngay.")


def _question_shown(desk: Desk, _case: Case, data: Values) -> Preview:
    pauses = office_settings.on(desk.unit, "case_pause")
    return Preview("confirm_question", {"text": data["text"], "pauses": pauses}, "Gửi câu hỏi")


ASK = Flow(
    "ask",
    (Question("question", words("text", 10, 1000, "câu hỏi", lines=True)),),
    opens(Act.ASK),
    _question_shown,
    _ask,
)


def _may_progress(desk: Desk, case_id: int) -> Case:
    case = held(desk, case_id)
    if not case.state.is_with_agency:
        raise ActRefused(f"{case.code} {case.state.label}, không báo tiến độ được.")
    return case


def _progress(desk: Desk, case: Case, data: Values) -> Reply:
    handling.progress(desk.unit, viewer_of(desk), case.id, data["text"], desk.now, tell=True)
    return done(desk, case, f"Đã báo tiến độ {case.code} cho người gửi")


def _progress_shown(_desk: Desk, _case: Case, data: Values) -> Preview:
    return Preview("confirm_progress", {"text": data["text"]}, "Gửi tiến độ")


PROGRESS = Flow(
    "progress",
    (Question("progress", words("text", 10, 1000, "tiến độ", lines=True)),),
    _may_progress,
    _progress_shown,
    _progress,
)


def _give_back(desk: Desk, case: Case, data: Values) -> Reply:
    handling.ask_return(desk.unit, viewer_of(desk), case.id, data["why"], data["agency"], desk.now, shown=data[VERSION])
    return done(
        desk,
        case,
        f"Đã đề nghị Văn phòng chuyển {case.code}",
        "Có quyết định, đồng chí được báo; chưa trả lời người gửi.",
    )


def _return_shown(_desk: Desk, _case: Case, data: Values) -> Preview:
    return Preview("confirm_return", {"why": data["why"], "to": data["name"]}, "Gửi đề nghị chuyển lại")


GIVE_BACK = Flow(
    "give_back",
    (
        Question("return_why", words("why", 10, 2000, "lý do không đúng thẩm quyền")),
        Question("return_to", other_agency, skip="Chưa rõ, bỏ qua", skipped={"agency": None, "name": ""}),
    ),
    opens(Act.ASK_RETURN),
    _return_shown,
    _give_back,
)


def _identity(desk: Desk, case: Case, data: Values) -> Reply:
    who = handling.read_identity(desk.unit, viewer_of(desk), case.id, data["why"], desk.now)
    back = choice(f"Quay lại {case.code}", Verb.CASELOAD, "open", case.id)
    return say("caseload/identity", case=case, who=who, choices=[back], sealed=True)


def _identity_shown(_desk: Desk, _case: Case, data: Values) -> Preview:
    return Preview("confirm_identity", {"why": data["why"]}, "Xem thông tin người gửi")


IDENTITY = Flow(
    "identity",
    (Question("identity_why", words("why", 10, 300, "lý do cần thông tin người gửi")),),
    opens(),
    _identity_shown,
    _identity,
)


CASES = "/office/cases/"


def on_page(desk: Desk, button: Button) -> Reply:
    """Give a link to the case's page: what may not leave by this channel is read, and done, there."""
    case, viewer = held(desk, button.number(1)), viewer_of(desk)
    url = pages.page_url(desk.unit, viewer, f"{CASES}{case.code}", desk.now)
    if not url:
        return sentence(NO_ADDRESS)
    back = choice(f"Quay lại {case.code}", Verb.CASELOAD, "open", case.id)
    return say("web_page", url=url, code=case.code, here=is_here(url), choices=[back])


OFFERED = 6
"""So many colleagues are offered; others are found by their names."""


def _colleagues(desk: Desk, case: Case) -> list[Member]:
    members = people.listed(desk.unit, desk.day, case.agency_id)
    found = {one.person_id: one for one in members if not one.waits and one.role in {Role.OFFICER, Role.HEAD}}
    return list(found.values())


def _colleague(desk: Desk, case: Case, _data: Values, text: str) -> Values:
    said, known = fold(squeeze(text)), _colleagues(desk, case)
    chosen = [one for one in known if text == f"{CHOSEN}{one.person_id}"]
    found = chosen or [one for one in known if said and said in fold(one.name)]
    if len(found) != 1:
        names = ", ".join(one.name for one in (found or known)[:8])
        raise ActRefused(f"Xin gõ đủ tên một người của cơ quan: {names}.")
    return {"person": found[0].person_id}


def _others(desk: Desk, case: Case) -> list[Member]:
    return [one for one in _colleagues(desk, case) if one.person_id != case.handler_id]


def _offered(desk: Desk, case: Case, _data: Values) -> list[tuple[str, str]]:
    found = _others(desk, case)[:OFFERED]
    return [(f"{one.name}, {one.position or one.role.label}", f"{CHOSEN}{one.person_id}") for one in found]


def _whom(desk: Desk, case: Case, _data: Values) -> dict[str, Any]:
    found = _others(desk, case)
    return {"people": found[:OFFERED], "more": len(found[OFFERED:])}


def _named(desk: Desk, case: Case, data: Values) -> str:
    found = {one.person_id: one.name for one in _colleagues(desk, case)}
    if data["person"] not in found:
        raise ActRefused("Người này không còn ở cơ quan. Xin chọn người khác.")
    return found[data["person"]]


def _handler_shown(desk: Desk, case: Case, data: Values) -> Preview:
    values = {"person": _named(desk, case, data), "conduct": case.conduct}
    return Preview("confirm_handler", values, "Giao xử lý")


def _name_handler(desk: Desk, case: Case, data: Values) -> Reply:
    name = _named(desk, case, data)
    handling.name_handler(desk.unit, viewer_of(desk), case.id, data["person"], desk.now)
    return done(desk, case, f"Đã giao {case.code} cho đồng chí {name} xử lý", "Đồng chí ấy được báo ngay.")


HANDLER = Flow(
    "handler",
    (Question("handler", _colleague, _offered, shown=_whom),),
    opens_for_head(),
    _handler_shown,
    _name_handler,
)
