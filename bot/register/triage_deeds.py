"""What the office does first with a case: it takes it up, classifies it, passes it on."""

from datetime import date
from typing import Any

from actions.cases import forwarding, laying, triage
from actions.cases.forwarding import Transfer
from bot.desk import Desk
from bot.register import answers
from bot.register.answers import Data
from bot.register.deed import Deed, Hints, Question, Values, silent
from bot.register.hearing import hearers
from domain.cases.decisions import LegalClass, Urgency
from domain.cases.kinds import Kind
from domain.cases.lifecycle import Act, State, may
from domain.local import short_day
from domain.people import Viewer
from storage.views import AnyRow, office

LETTER = Question("letter", answers.letter, skip="Bỏ qua (chưa có văn bản)")


URGENCY = Question("urgency", answers.urgency, lambda _desk, _case, _data: [(one.label, one.value) for one in Urgency])


def reason(what: str, hints: Hints = silent) -> Question:
    """Return the question after why something is decided so."""
    return Question("reason", answers.words("reason", answers.LEAST, 1000, what), hints=hints)


def why(_desk: Desk, _case: AnyRow, data: Data) -> Values:
    """Show why."""
    return {"reason": data["reason"]}


def transfer(data: Data) -> Transfer:
    """Return the letter that was typed, an empty one where there is none."""
    return Transfer(data.get("number", ""), date.fromisoformat(data["on"]) if data.get("on") else None)


def letter_said(data: Data) -> str:
    """Return the letter that was typed in words, "" where there is none."""
    return f"{data['number']} ngày {short_day(date.fromisoformat(data['on']))}" if data.get("number") else ""


def limits(desk: Desk, case: AnyRow, *, urgency: str = "", conduct: bool | None = None) -> dict[str, Any]:
    """Return the limit for the answer as it would hold, and the day on which it would end if it began today."""
    about = case.kind == Kind.CONDUCT.value if conduct is None else conduct
    limit = laying.answer_limit(desk.unit, conduct=about, urgency=Urgency(urgency or case.urgency))
    if limit is None:
        return {"answer_limit": "", "answer_by": None}
    by = None if limit.in_hours else office.calendar(desk.unit).add(desk.day, limit.amount)
    return {"answer_limit": limit.said, "answer_by": by}


def _accept(desk: Desk, viewer: Viewer, case: AnyRow, data: Data) -> None:
    triage.accept(desk.unit, viewer, case.id, desk.now, shown=data["version"])


def _classes(_desk: Desk, _case: AnyRow, _data: Data) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in LegalClass]


def _classified(desk: Desk, case: AnyRow, data: Data) -> Values:
    legal_class, urgency = LegalClass(data["class"]), Urgency(data["urgency"])
    conduct = legal_class is LegalClass.CONDUCT
    return {
        "legal_class": legal_class.label,
        "field": data["field"],
        "urgency": urgency.label,
        "conduct": conduct,
        "missing": legal_class is LegalClass.INCOMPLETE,
        **limits(desk, case, urgency=urgency.value, conduct=conduct),
    }


def _classify(desk: Desk, viewer: Viewer, case: AnyRow, data: Data) -> None:
    what = triage.Classification(
        LegalClass(data["class"]),
        Urgency(data["urgency"]),
        data["field"] or case.field,
        sensitive=case.sensitive,
        crowded=case.crowded,
        withheld=case.withheld,
    )
    triage.classify(desk.unit, viewer, case.id, what, desk.now, shown=data["version"])


def _named(desk: Desk, case: AnyRow, _data: Data) -> list[tuple[str, str]]:
    """Offer the agency that the case is about, where its words name one of the directory."""
    found = office.directory(desk.unit).find(case.about, desk.day) if case.about else None
    known = [one for one in office.agencies_on(desk.unit, desk.day) if found is not None and one.code == found.code]
    return [(one.name, f"#{one.id}") for one in known if one.name != office.name(desk.unit)]


def _forwarded(desk: Desk, case: AnyRow, data: Data) -> Values:
    agency = hearers(desk, data["agency"], data["name"], case)
    return {"agency": agency, "letter": letter_said(data), "note": data["note"], **limits(desk, case)}


def _forward(desk: Desk, viewer: Viewer, case: AnyRow, data: Data) -> None:
    letter = transfer(data)
    forwarding.forward(
        desk.unit, viewer, case.id, data["agency"], letter, desk.now, shown=data["version"], note=data["note"]
    )


def _outside(_desk: Desk, _case: AnyRow, data: Data) -> Values:
    return {"outside": data["outside"], "letter": letter_said(data)}


def _forward_outside(desk: Desk, viewer: Viewer, case: AnyRow, data: Data) -> None:
    letter = transfer(data)
    forwarding.forward_outside(desk.unit, viewer, case.id, data["outside"], letter, desk.now, shown=data["version"])


def _kept(desk: Desk, case: AnyRow, _data: Data) -> Values:
    return {"office": office.name(desk.unit), **limits(desk, case)}


def _keep(desk: Desk, viewer: Viewer, case: AnyRow, data: Data) -> None:
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
            Question("field", answers.optional("field", 80, "lĩnh vực"), skip="Bỏ qua (chưa rõ)"),
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
            Question("note", answers.optional("note", 500, "lời gửi kèm"), skip="Bỏ qua (không có)"),
        ),
        _forwarded,
    ),
    Deed(
        "forward_outside",
        "Chuyển ngoài tỉnh",
        "Chuyển ngoài tỉnh",
        _forward_outside,
        Act.FORWARD_OUTSIDE,
        (Question("outside", answers.words("outside", 3, 200, "tên cơ quan ngoài tỉnh")), LETTER),
        _outside,
    ),
    Deed("keep", "Văn phòng tự xử lý", "Văn phòng xử lý", _keep, Act.KEEP, shown=_kept),
)
"""In the order in which they are offered."""
