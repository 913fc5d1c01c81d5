"""What the office does about a case that an agency has: pressed, given time, its result kept, its sender told."""

from datetime import date

from actions.cases import answering, by_hand, handling, rerouting
from actions.cases.answering import Answer
from bot.acts.answers import NO_LETTER, document, outcome, outcomes, words
from bot.acts.flow import Question, Values
from bot.desk import Desk
from bot.register import answers
from bot.register.deed import Deed, hinted
from bot.register.hearing import of_case
from bot.register.triage_deeds import URGENCY, letter_said, limits, reason, transfer, why
from domain.cases import happenings
from domain.cases.decisions import Outcome, Urgency
from domain.cases.lifecycle import Act, State, may
from domain.people import Viewer
from storage.views import AnyRow, office
from storage.views.cases import register


def _later(_desk: Desk, case: AnyRow, data: Values) -> Values:
    until = date.fromisoformat(data["until"])
    return {"until": until, "answer_by": case.due_on, "reason": data["reason"], "decided_by": data["decided_by"]}


def _extend(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    until, reason, who = date.fromisoformat(data["until"]), data["reason"], data["decided_by"]
    rerouting.extend(desk.unit, viewer, case.id, until, reason, who, desk.now, shown=data["version"])


def _recorded(_desk: Desk, case: AnyRow, data: Values) -> Values:
    return {
        "by": case.agency or case.outside,
        "letter": letter_said(data),
        "signer": data.get("signer", ""),
        "outcome": Outcome(data["outcome"]).label,
        "answer": data["answer"],
    }


def _record(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    letter = transfer(data)
    what = Answer(Outcome(data["outcome"]), data["answer"], letter.number, letter.on, data.get("signer", ""))
    answering.record(desk.unit, viewer, case.id, what, desk.now, shown=data["version"])


def _urged(desk: Desk, case: AnyRow, data: Values) -> Values:
    opens = office.etiquette(desk.unit).next_open(desk.now)
    later = opens if opens > desk.now else None
    return {"agency": of_case(desk, case), "sentence": data["sentence"], "later": later}


def _urge(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    rerouting.urge(desk.unit, viewer, case.id, data["sentence"], desk.now)


def _with_agency(desk: Desk, case: AnyRow) -> bool:
    return State(case.state).is_with_agency and case.agency != office.name(desk.unit)


def _numbered(_desk: Desk, case: AnyRow, data: Values) -> Values:
    return {"letter": letter_said(data), "to": case.agency or case.outside}


def _number(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    letter = transfer(data)
    rerouting.record_numbers(
        desk.unit,
        viewer,
        case.id,
        desk.now,
        shown=data["version"],
        forward_number=letter.number,
        forward_on=letter.on,
    )


def _without_letter(_desk: Desk, case: AnyRow) -> bool:
    return bool(case.forwarded_at and not case.forward_number and (case.agency_id or case.outside))


def _posting(_desk: Desk, _case: AnyRow, data: Values) -> Values:
    return {"on": date.fromisoformat(data["on"]), "link": data["link"]}


def _post(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    on, link, shown = date.fromisoformat(data["on"]), data["link"] or None, data["version"]
    rerouting.record_numbers(desk.unit, viewer, case.id, desk.now, shown=shown, posted_on=on, posted_url=link)


def _is_unposted(_desk: Desk, case: AnyRow) -> bool:
    """Whether a case of another system is settled here, and the result is still to be entered there."""
    return bool(case.external_code) and case.posted_on is None and not State(case.state).is_open


def _level(desk: Desk, case: AnyRow, data: Values) -> Values:
    return {"urgency": Urgency(data["urgency"]).label, **limits(desk, case, urgency=data["urgency"])}


def _set_urgency(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    urgency = Urgency(data["urgency"])
    handling.set_urgency(desk.unit, viewer, case.id, urgency, desk.now, shown=data["version"])


def _untold(desk: Desk, case: AnyRow, data: Values) -> Values:
    waiting = register.untold(desk.unit, case.id)
    return {"how": data["how"], "what": [happenings.TOLD[one.kind] for one in waiting]}


def _tell(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    ids = [one.id for one in register.untold(desk.unit, case.id)]
    by_hand.told(desk.unit, viewer, case.id, ids, data["how"], desk.now)


def _to_tell(desk: Desk, case: AnyRow) -> list[str]:
    return [f"Cần báo: {one}" for one in by_hand.texts(desk.unit, case.id)]


def _is_untold(desk: Desk, case: AnyRow) -> bool:
    return bool(register.untold(desk.unit, case.id))


def _read(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> Values:
    return {"sender": handling.read_identity(desk.unit, viewer, case.id, data["reason"], desk.now)}


FOLLOWED = (
    Deed(
        "urge",
        "Đôn đốc",
        "Gửi đôn đốc",
        _urge,
        questions=(
            Question(
                "sentence",
                words("sentence", 1, 300, "lời kèm theo"),
                skip="Bỏ qua (không có)",
                skipped={"sentence": ""},
            ),
        ),
        shown=_urged,
        fits=_with_agency,
    ),
    Deed(
        "extend",
        "Gia hạn trả lời",
        "Gia hạn",
        _extend,
        questions=(
            Question("until", answers.until),
            reason("lý do gia hạn"),
            Question("decided_by", words("decided_by", 3, 120, "họ tên, chức vụ người đồng ý")),
        ),
        shown=_later,
        fits=_with_agency,
    ),
    Deed(
        "record_answer",
        "Ghi kết quả",
        "Ghi kết quả",
        _record,
        Act.RECORD_ANSWER,
        (
            Question("answer_letter", document, skip="Bỏ qua (không có văn bản)", skipped=NO_LETTER),
            Question(
                "signer",
                words("signer", 3, 120, "họ tên, chức vụ người ký"),
                wanted=lambda data: bool(data.get("number")),
            ),
            Question("outcome", outcome, outcomes),
            Question("answer", words("answer", 20, 3000, "nội dung trả lời", lines=True)),
        ),
        _recorded,
    ),
    Deed(
        "letter",
        "Ghi số văn bản chuyển",
        "Ghi số văn bản",
        _number,
        questions=(Question("letter_sent", document),),
        shown=_numbered,
        fits=_without_letter,
    ),
    Deed(
        "urgency",
        "Đổi mức độ",
        "Đổi mức độ",
        _set_urgency,
        questions=(URGENCY,),
        shown=_level,
        fits=lambda _desk, case: may(State(case.state), Act.REROUTE) and bool(case.forwarded_at),
    ),
    Deed(
        "posted",
        "Ghi đã đăng hệ thống quốc gia",
        "Ghi đã đăng",
        _post,
        questions=(Question("posted", answers.posted),),
        shown=_posting,
        fits=_is_unposted,
    ),
    Deed(
        "told",
        "Đã báo người gửi",
        "Đã báo xong",
        _tell,
        questions=(Question("how", words("how", 5, 300, "cách đã báo"), shown=hinted(_to_tell)),),
        shown=_untold,
        fits=_is_untold,
    ),
    Deed(
        "sender",
        "Thông tin người gửi",
        "Xem và ghi nhật ký",
        _read,
        questions=(Question("why_look", words("reason", 5, 300, "lý do cần xem")),),
        shown=why,
        fits=lambda desk, case: desk.can.private and case.anonymised_at is None,
        sealed=True,
    ),
)
"""In the order in which they are offered."""
