"""The cases that an agency works on: its list, one case with what can be done about it now."""

from collections.abc import Sequence
from typing import Any

from actions import sightings
from actions.cases import handling
from bot.caseload import history
from bot.caseload.roles import decides, held, viewer_of
from bot.desk import Desk, Reply, say
from bot.handing import with_files
from domain.buttons import Button, Verb, choice
from domain.case_papers import PaperKind
from domain.cases.clocks import waited
from domain.cases.codes import case_code_in
from domain.cases.lifecycle import Act, State, may
from domain.errors import NotFound
from domain.outgoing import Attachment, Choice
from storage.views import AnyRow, office
from storage.views.cases import cards, caseload
from storage.views.cases.caseload import Case

PAGE = 6

LISTED = choice("Phản ánh, kiến nghị của đơn vị", Verb.CASELOAD, "list", 0)


def listing(desk: Desk, _text: str = "") -> Reply:
    """Show the first page of the cases that the viewer's agencies work on."""
    return page(desk, 0)


def page(desk: Desk, at: int) -> Reply:
    """Show a page of the list, the earliest date first."""
    viewer = viewer_of(desk)
    total, late = caseload.counted(desk.unit, viewer, desk.day)
    pages = max(1, -(-total // PAGE))
    at = min(at, pages - 1)
    shown = caseload.listed(desk.unit, viewer, desk.now, limit=PAGE, offset=at * PAGE)
    turns = [
        *([choice("Trang sau", Verb.CASELOAD, "list", at + 1)] if at + 1 < pages else []),
        *([choice("Trang trước", Verb.CASELOAD, "list", at - 1)] if at else []),
    ]
    return say(
        "caseload/list",
        agencies=list(dict.fromkeys(seat.agency for seat in viewer.seats if seat.agency_id in viewer.own_agencies)),
        told=shown,
        total=total,
        late=late,
        day=desk.day,
        many=len(viewer.own_agencies) > 1,
        private=desk.can.private,
        page=at + 1,
        pages=pages,
        choices=[
            *(choice(f"{one.code} · {when(one)}", Verb.CASELOAD, "open", one.id, listed=True) for one in shown),
            *turns,
            choice("Danh sách việc", Verb.LIST, "open", 0),
        ],
    )


def when(case: Case) -> str:
    """Return how a case stands, short enough for a choice."""
    if case.late_days:
        return f"quá hạn {case.late_days} ngày"
    return f"hạn {case.due_on:%d/%m}" if case.due_on else case.state.label


def opened(desk: Desk, code: str) -> Reply:
    """Show the case whose code was typed. Raises NotFound for one that this person does not work on."""
    found = cards.by_code(desk.unit, case_code_in(code) or "")
    if found is None:
        raise NotFound(f"phản ánh {code}")
    return show(desk, held(desk, found.id))


def by_choice(desk: Desk, button: Button) -> Reply:
    """Show the case behind a choice."""
    return show(desk, held(desk, button.number(1)))


def show(desk: Desk, case: Case) -> Reply:
    """Show a case: what, until when, what happened; who sent it stands nowhere here."""
    sightings.saw(desk.unit, desk.viewer, case.id, desk.now)
    calendar = office.calendar(desk.unit)
    asked = cards.questions_of(desk.unit, case.id)
    clarified = [(one.asked_at, one.answered_at) for one in asked if one.kind == "clarify"]
    until = case.ended_on or desk.day
    question = cards.open_question(desk.unit, case.id)
    files = [one.name for one in _of_case(desk, case)]
    handler = cards.names_of(desk.unit, [case.handler_id]) if case.handler_id else {}
    return say(
        "caseload/card",
        case=case,
        day=desk.day,
        private=desk.can.private,
        handler=handler.get(case.handler_id or 0, "") if case.state.is_open else "",
        forwarded_on=case.forwarded_on,
        acknowledged_on=case.acknowledged_on,
        age=calendar.between(case.received_on, until),
        waited=waited(clarified, until, calendar),
        files=files if desk.can.private else [],
        merged=len(cards.followers(desk.unit, case.id)),
        question=question if question is not None and question.kind == "clarify" else None,
        draft=history.draft(desk, case),
        history=history.of(desk, case),
        choices=[*_elsewhere(desk, case), *acts(desk, case), *_files(desk, case), *_papers(case), LISTED],
    )


def _elsewhere(desk: Desk, case: Case) -> list[Choice]:
    """Return the way to what may not leave by this channel."""
    return [] if desk.can.private else [choice("Đọc nội dung trên trang", Verb.CASELOAD, "page", case.id)]


def _of_case(desk: Desk, case: Case) -> list[AnyRow]:
    """Return the files that came with a case, and those of this agency's own answers."""
    own = {one.id for one in cards.answers_of(desk.unit, case.id) if one.agency_id == case.agency_id}
    found = cards.files_of(desk.unit, case.id)
    return [one for one in found if one.answer_id is None or one.answer_id in own]


def _attached(desk: Desk, case: Case) -> list[Attachment]:
    """Return the files of a case that lie in the house's own folder."""
    return [
        Attachment(one.digest, one.name, one.media_type, one.size or 0) for one in _of_case(desk, case) if one.digest
    ]


def _files(desk: Desk, case: Case) -> list[Choice]:
    count = len(_attached(desk, case)) if desk.can.private else 0
    return [choice(f"Xem {count} tệp kèm theo", Verb.CASELOAD, "files", case.id)] if count else []


def _papers(case: Case) -> list[Choice]:
    """Return the way to the letter of an answer, once there is one to write."""
    written = case.state in {State.AWAITING_APPROVAL, State.ANSWERED, State.PUBLISHED}
    return [choice("Lập công văn trả lời", Verb.CASE_PAPER, PaperKind.ANSWER.value, case.id)] if written else []


def files(desk: Desk, button: Button) -> Reply:
    """Hand over the files of a case, on a channel that may carry them; else show the way to the page."""
    case = held(desk, button.number(1))
    found = _attached(desk, case) if desk.can.private else []
    back = choice(f"Quay lại {case.code}", Verb.CASELOAD, "open", case.id)
    if not found:
        return say("caseload/done", said=f"{case.code}: tệp kèm theo xem trên trang làm việc", after="", choices=[back])
    reply = say("caseload/done", said=f"{len(found)} tệp kèm theo {case.code}", after="", choices=[back])
    return with_files(reply, found)


_OFFERED: Sequence[tuple[Act, str, str]] = (
    (Act.ACKNOWLEDGE, "Đã nhận", "take"),
    (Act.DRAFT, "Soạn trả lời", "answer"),
    (Act.RESUME, "Tiếp tục, không chờ trả lời", "resume"),
    (Act.ASK, "Hỏi người gửi", "ask"),
)
"""What whoever works on a case may do, by the moves of the table: the act, the label, the word of its choice."""


def acts(desk: Desk, case: Case) -> list[Choice]:
    """Return what this person may do about a case as it stands."""
    found = [
        *_decisions(desk, case),
        *((label, word) for act, label, word in _OFFERED if may(case.state, act)),
        *_more(desk, case),
    ]
    return [choice(label, Verb.CASELOAD, word, case.id) for label, word in found]


def _decisions(desk: Desk, case: Case) -> list[tuple[str, str]]:
    """Return what the head decides."""
    if not decides(desk, case):
        return []
    if case.state is State.AWAITING_APPROVAL:
        return [("Duyệt trả lời", "approve"), ("Trả lại dự thảo", "return_draft")]
    waiting: Any = cards.pending_proposal(desk.unit, case.id)
    if waiting is not None and waiting.act == Act.COLLECT:
        return [("Duyệt tập hợp thêm", "collect_yes"), ("Không đồng ý tập hợp", "collect_no")]
    return []


def _more(desk: Desk, case: Case) -> list[tuple[str, str]]:
    found = []
    if case.state.is_with_agency and case.state is not State.AWAITING_APPROVAL:
        found.append(("Trả lời tiến độ", "progress"))
    if may(case.state, Act.COLLECT):
        found.append(("Chưa đủ cơ sở, tập hợp thêm", "collect"))
    own = case.agency_id in viewer_of(desk).own_agencies
    if own and may(case.state, Act.ASK_RETURN) and _in_time(desk, case):
        found.append(("Không đúng thẩm quyền", "give_back"))
    if own and decides(desk, case) and case.state.is_with_agency:
        found.append(("Giao đồng chí khác xử lý", "handler"))
    if case.state in caseload.HELD:
        found.append(("Xin thông tin người gửi", "identity"))
    if case.due_on is not None:
        found.append(("Vì sao hạn này?", "why"))
    return found


def _in_time(desk: Desk, case: Case) -> bool:
    on = case.forwarded_on
    return on is not None and desk.day <= handling.returnable_until(desk.unit, on)


def why(desk: Desk, button: Button) -> Reply:
    """Explain the date of a case."""
    case = held(desk, button.number(1))
    return say(
        "caseload/why",
        case=case,
        dates=cards.due_history(desk.unit, case.id),
        day=desk.day,
        choices=[choice(f"Quay lại {case.code}", Verb.CASELOAD, "open", case.id)],
    )
