"""What the office decides about a case that waits for its word: a refusal proposed, sent back, reported again."""

from actions.cases import refusing, rerouting
from bot.acts.flow import Question, Values
from bot.desk import Desk
from bot.register import answers
from bot.register.deed import Deed, hinted
from bot.register.hearing import hearers
from bot.register.triage_deeds import LETTER, letter_said, limits, reason, transfer, why
from domain.cases.decisions import GROUNDS
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused, Stale
from domain.people import Viewer
from storage.views import AnyRow, office
from storage.views.cases import register


def _proposal(desk: Desk, case: AnyRow) -> AnyRow:
    found = register.refusal(desk.unit, case.id)
    if found is None:
        raise Stale
    return found


def _decided(desk: Desk, case: AnyRow, data: Values) -> Values:
    waiting = _proposal(desk, case)
    ground = GROUNDS[waiting.data["ground"]]
    reason = data.get("reason") or waiting.data["reason"]
    return {"ground": ground, "reason": reason, "proposer": case.proposed_by}


def _consent(desk: Desk, viewer: Viewer, case: AnyRow, _data: Values) -> None:
    refusing.decide_refusal(desk.unit, viewer, _proposal(desk, case).id, agreed=True, note="", now=desk.now)


def _disagree(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    note = data["reason"]
    refusing.decide_refusal(desk.unit, viewer, _proposal(desk, case).id, agreed=False, note=note, now=desk.now)


def _is_second(desk: Desk, case: AnyRow) -> bool:
    """Whether a refusal waits on which the viewer may give the second word."""
    waiting = register.refusal(desk.unit, case.id)
    if waiting is None or desk.viewer is None:
        return False
    try:
        refusing.second_person(desk.unit, desk.viewer, waiting.proposed_by)
    except ActRefused:
        return False
    return True


def _proposed_agency(desk: Desk, case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    """Offer the agency that the one which sends the case back has named."""
    asked = [one for one in register.steps(desk.unit, case.id) if one.act == Act.ASK_RETURN.value]
    named = (asked[-1].data or {}).get("proposed") if asked else None
    return [(one.name, f"#{one.id}") for one in office.agencies_on(desk.unit, desk.day) if one.id == named]


def _why_back(desk: Desk, case: AnyRow) -> list[str]:
    asked = [one for one in register.steps(desk.unit, case.id) if one.act == Act.ASK_RETURN.value]
    return [f"Cơ quan nêu: {asked[-1].text}"] if asked and case.state == State.RETURN_ASKED.value else []


def _why_again(desk: Desk, case: AnyRow) -> list[str]:
    again = [one for one in register.steps(desk.unit, case.id) if one.act == Act.REPORT_AGAIN.value]
    return [f"Người gửi phản ánh lại: {again[-1].text}"] if again else []


def _handed(desk: Desk, case: AnyRow, data: Values) -> Values:
    agency = hearers(desk, data["agency"], data["name"], case)
    return {"agency": agency, "letter": letter_said(data), "reason": data["reason"], **limits(desk, case)}


def _reroute(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    agency, reason, letter = data["agency"], data["reason"], transfer(data)
    rerouting.reroute(desk.unit, viewer, case.id, agency, reason, desk.now, letter=letter, shown=data["version"])


def _may_reroute(desk: Desk, case: AnyRow) -> bool:
    return desk.viewer is not None and rerouting.decides(desk.unit, desk.viewer, case)


def _uphold(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    rerouting.uphold(desk.unit, viewer, case.id, data["reason"], desk.now, shown=data["version"])


def _same_agency(_desk: Desk, case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    return [(case.agency, f"#{case.agency_id}")] if case.agency_id else []


def _work_again(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    agency, reason = data["agency"], data["reason"]
    rerouting.work_again(desk.unit, viewer, case.id, agency, reason, desk.now, shown=data["version"])


def _close(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    rerouting.close(desk.unit, viewer, case.id, data["reason"], desk.now, shown=data["version"])


DECIDED = (
    Deed("consent", "Đồng ý từ chối", "Đồng ý từ chối", _consent, shown=_decided, fits=_is_second),
    Deed(
        "disagree",
        "Không đồng ý từ chối",
        "Không từ chối",
        _disagree,
        questions=(reason("lý do không đồng ý"),),
        shown=_decided,
        fits=_is_second,
    ),
    Deed(
        "reroute",
        "Chuyển cơ quan khác",
        "Chuyển cơ quan này",
        _reroute,
        Act.REROUTE,
        (
            Question("agency", answers.other_agency, _proposed_agency, shown=hinted(_why_back)),
            reason("lý do chuyển"),
            LETTER,
        ),
        _handed,
        _may_reroute,
    ),
    Deed(
        "uphold",
        "Giữ nguyên cơ quan",
        "Giữ nguyên",
        _uphold,
        Act.UPHOLD,
        (reason("lý do giữ nguyên", hinted(_why_back)),),
        why,
        _may_reroute,
    ),
    Deed(
        "work_again",
        "Giao xử lý lại",
        "Giao xử lý lại",
        _work_again,
        Act.WORK_AGAIN,
        (
            Question("agency", answers.agency, _same_agency, shown=hinted(_why_again)),
            reason("yêu cầu xử lý lại", hinted(_why_again)),
        ),
        _handed,
    ),
    Deed("close", "Đóng, không xử lý lại", "Đóng", _close, Act.CLOSE, (reason("lý do đóng", hinted(_why_again)),), why),
)
"""In the order in which they are offered."""
