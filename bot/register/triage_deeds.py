"""What the office does first with a case: it takes it up, classifies it, passes it on."""

from datetime import date
from typing import Any

from actions.cases import forwarding, laying, triage
from actions.cases.forwarding import Transfer
from bot.acts.answers import NO_LETTER, document, words
from bot.acts.flow import Question, Shown, Values, nothing
from bot.desk import Desk
from bot.register import answers, rows
from bot.register.deed import Deed
from bot.register.hearing import hearers
from domain.cases.decisions import LegalClass, Urgency
from domain.cases.kinds import Kind
from domain.cases.lifecycle import Act, State, may
from domain.people import Viewer
from storage.views import AnyRow, office

LETTER = Question("letter", document, skip="Bỏ qua (chưa có văn bản)", skipped=NO_LETTER)


URGENCY = Question("urgency", answers.urgency, lambda _desk, _case, _data: [(one.label, one.value) for one in Urgency])


def reason(what: str, shown: Shown = nothing) -> Question:
    """Return the question after why something is decided so."""
    return Question("reason", words("reason", answers.LEAST, 1000, what), shown=shown)


def why(_desk: Desk, _case: AnyRow, data: Values) -> Values:
    """Show why."""
    return {"reason": data["reason"]}


def transfer(data: Values) -> Transfer:
    """Return the letter that was typed, an empty one where there is none."""
    return Transfer(data.get("number", ""), date.fromisoformat(data["on"]) if data.get("on") else None)


def letter_said(data: Values) -> str:
    """Return the letter that was typed in words, "" where there is none."""
    found = transfer(data)
    return rows.letter(found.number, found.on)


def limits(desk: Desk, case: AnyRow, *, urgency: str = "", conduct: bool | None = None) -> dict[str, Any]:
    """Return the limit for the answer as it would hold, and the day on which it would end if it began today."""
    about = case.kind == Kind.CONDUCT.value if conduct is None else conduct
    limit = laying.answer_limit(desk.unit, conduct=about, urgency=Urgency(urgency or case.urgency))
    if limit is None:
        return {"answer_limit": "", "answer_by": None}
    by = None if limit.in_hours else office.calendar(desk.unit).add(desk.day, limit.amount)
    return {"answer_limit": limit.said, "answer_by": by}


def _accept(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    triage.accept(desk.unit, viewer, case.id, desk.now, shown=data["version"])


def _classes(_desk: Desk, _case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in LegalClass]


def _classified(desk: Desk, case: AnyRow, data: Values) -> Values:
    legal_class, urgency = LegalClass(data["class"]), Urgency(data["urgency"])
    conduct = legal_class.is_conduct
    return {
        "legal_class": legal_class.label,
        "field": data["field"],
        "urgency": urgency.label,
        "conduct": conduct,
        "missing": legal_class is LegalClass.INCOMPLETE,
        **limits(desk, case, urgency=urgency.value, conduct=conduct),
    }


def _classify(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    what = triage.Classification(
        LegalClass(data["class"]),
        Urgency(data["urgency"]),
        data["field"] or case.field,
        sensitive=case.sensitive,
        crowded=case.crowded,
        withheld=case.withheld,
    )
    triage.classify(desk.unit, viewer, case.id, what, desk.now, shown=data["version"])


def _named(desk: Desk, case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    """Offer the agency that the case is about, where its words name one of the directory."""
    found = office.directory(desk.unit).find(case.about, desk.day) if case.about else None
    known = [one for one in office.agencies_on(desk.unit, desk.day) if found is not None and one.code == found.code]
    return [(one.name, f"#{one.id}") for one in known if one.name != office.name(desk.unit)]


def _forwarded(desk: Desk, case: AnyRow, data: Values) -> Values:
    agency = hearers(desk, data["agency"], data["name"], case)
    return {"agency": agency, "letter": letter_said(data), "note": data["note"], **limits(desk, case)}


def _forward(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    letter = transfer(data)
    forwarding.forward(
        desk.unit, viewer, case.id, data["agency"], letter, desk.now, shown=data["version"], note=data["note"]
    )


def _outside(_desk: Desk, _case: AnyRow, data: Values) -> Values:
    return {"outside": data["outside"], "letter": letter_said(data)}


def _forward_outside(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    letter = transfer(data)
    forwarding.forward_outside(desk.unit, viewer, case.id, data["outside"], letter, desk.now, shown=data["version"])


def _kept(desk: Desk, case: AnyRow, _data: Values) -> Values:
    return {"office": office.name(desk.unit), **limits(desk, case)}


def _keep(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    forwarding.keep(desk.unit, viewer, case.id, desk.now, shown=data["version"])


def _in_triage(_desk: Desk, case: AnyRow) -> bool:
    return may(State(case.state), Act.FORWARD)


TRIAGE = (
    Deed("accept", "Tiếp nhận", "Tiếp nhận", _accept, Act.ACCEPT),
    Deed(
        "classify",
        "Phân loại",
        "Ghi phân loại",
        _classify,
        questions=(
            Question("class", answers.legal_class, _classes),
            Question("field", words("field", 1, 80, "lĩnh vực"), skip="Bỏ qua (chưa rõ)", skipped={"field": ""}),
            URGENCY,
        ),
        shown=_classified,
        fits=_in_triage,
    ),
    Deed(
        "forward",
        "Chuyển cơ quan xử lý",
        "Chuyển cơ quan này",
        _forward,
        Act.FORWARD,
        (
            Question("agency", answers.agency, _named),
            LETTER,
            Question("note", words("note", 1, 500, "lời gửi kèm"), skip="Bỏ qua (không có)", skipped={"note": ""}),
        ),
        _forwarded,
    ),
    Deed(
        "forward_outside",
        "Chuyển ngoài tỉnh",
        "Chuyển ngoài tỉnh",
        _forward_outside,
        Act.FORWARD_OUTSIDE,
        (Question("outside", words("outside", 3, 200, "tên cơ quan ngoài tỉnh")), LETTER),
        _outside,
    ),
    Deed("keep", "Văn phòng tự xử lý", "Văn phòng xử lý", _keep, Act.KEEP, shown=_kept),
)
"""In the order in which they are offered."""
