"""Between the agency, the sender and the office: a question, how far it is, not ours, who it is, who does it."""

from typing import Any

from actions import pages
from actions.cases import handling
from bot.caseload import answers
from bot.caseload.asking import SEEN, Flow, Preview, Question, Values
from bot.caseload.opens import done, opens, opens_for_head
from bot.caseload.roles import held, viewer_of
from bot.desk import Desk, Reply, say, sentence
from bot.plans import NO_ADDRESS, is_here
from domain.buttons import Button, Verb, choice
from domain.cases.lifecycle import Act
from domain.errors import ActRefused
from domain.outgoing import Choice
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
    handling.ask(desk.unit, viewer_of(desk), case.id, data["text"], desk.now, shown=data[SEEN])
    return done(desk, case, f"Đã gửi câu hỏi cho người gửi {case.code}", "Có trả lời, đồng chí được báo ngay.")


def _question_shown(desk: Desk, _case: Case, data: Values) -> Preview:
    pauses = office_settings.on(desk.unit, "case_pause")
    return Preview("confirm_question", {"text": data["text"], "pauses": pauses}, "Gửi câu hỏi")


ASK = Flow(
    "ask",
    (Question("text", "question", answers.words("text", "câu hỏi", 10, 1000)),),
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
    (Question("text", "progress", answers.words("text", "tiến độ", 10, 1000)),),
    _may_progress,
    _progress_shown,
    _progress,
)


def _give_back(desk: Desk, case: Case, data: Values) -> Reply:
    handling.ask_return(desk.unit, viewer_of(desk), case.id, data["why"], data["to"], desk.now, shown=data[SEEN])
    return done(
        desk,
        case,
        f"Đã đề nghị Văn phòng chuyển {case.code}",
        "Có quyết định, đồng chí được báo; chưa trả lời người gửi.",
    )


def _return_shown(_desk: Desk, _case: Case, data: Values) -> Preview:
    return Preview("confirm_return", {"why": data["why"], "to": data["to_name"]}, "Gửi đề nghị chuyển lại")


GIVE_BACK = Flow(
    "give_back",
    (
        Question("why", "return_why", answers.words("why", "lý do không đúng thẩm quyền", 10)),
        Question("to", "return_to", answers.agency, skip={"to": None, "to_name": ""}, skip_label="Chưa rõ, bỏ qua"),
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
    (Question("why", "identity_why", answers.words("why", "lý do cần thông tin người gửi", 10, 300)),),
    opens(),
    _identity_shown,
    _identity,
)


def ask_identity(desk: Desk, button: Button) -> Reply:
    """Ask what the sender's data are wanted for; on a channel that may not carry them show the way to the page."""
    if desk.can.private:
        return IDENTITY.start(desk, button.number(1))
    return on_page(desk, button)


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


def _colleague(desk: Desk, case: Case, _data: Values) -> Values:
    said = fold(squeeze(desk.incoming.text))
    found = [one for one in _colleagues(desk, case) if said and said in fold(one.name)]
    if len(found) != 1:
        names = ", ".join(one.name for one in (found or _colleagues(desk, case))[:8])
        raise ActRefused(f"Xin gõ đủ tên một người của cơ quan: {names}.")
    return {"person": str(found[0].person_id)}


def _offered(desk: Desk, case: Case, _data: Values) -> list[Choice]:
    found = [one for one in _colleagues(desk, case) if one.person_id != case.handler_id]
    return [
        choice(f"{one.name}, {one.position or one.role.label}", Verb.CASELOAD_PICK, one.person_id)
        for one in found[:OFFERED]
    ]


def _whom(desk: Desk, case: Case, _data: Values) -> dict[str, Any]:
    found = [one for one in _colleagues(desk, case) if one.person_id != case.handler_id]
    return {"people": found[:OFFERED], "more": len(found[OFFERED:])}


def _named(desk: Desk, case: Case, data: Values) -> str:
    found = {one.person_id: one.name for one in _colleagues(desk, case)}
    if int(data["person"]) not in found:
        raise ActRefused("Người này không còn ở cơ quan. Xin chọn người khác.")
    return found[int(data["person"])]


def _handler_shown(desk: Desk, case: Case, data: Values) -> Preview:
    values = {"person": _named(desk, case, data), "conduct": case.conduct}
    return Preview("confirm_handler", values, "Giao xử lý")


def _name_handler(desk: Desk, case: Case, data: Values) -> Reply:
    name = _named(desk, case, data)
    handling.name_handler(desk.unit, viewer_of(desk), case.id, int(data["person"]), desk.now)
    return done(desk, case, f"Đã giao {case.code} cho đồng chí {name} xử lý", "Đồng chí ấy được báo ngay.")


HANDLER = Flow(
    "handler",
    (Question("person", "handler", _colleague, choices=_offered, values=_whom, picks=True),),
    opens_for_head(),
    _handler_shown,
    _name_handler,
)
