"""The answer to a case: drafted with its letter, approved or given back by the head."""

from datetime import date
from typing import Any

from actions.cases import answering
from bot.acts.answers import CHOSEN, NO_LETTER, document, outcome, outcomes, words
from bot.acts.flow import VERSION, Flow, Preview, Question, Values
from bot.caseload.answers import file
from bot.caseload.opens import done, opens, opens_for_head, readable, reason_shown
from bot.caseload.roles import decides, has_head, viewer_of
from bot.desk import Desk, Reply
from domain.cases.decisions import Outcome
from domain.cases.lifecycle import Act
from domain.cases.strangers import numbers_in
from domain.errors import ActRefused
from storage.views import AnyRow
from storage.views.cases import cards
from storage.views.cases.caseload import Case


def _outcome(_desk: Desk, _case: Case, data: Values) -> dict[str, Any]:
    return {"outcome": Outcome(data["outcome"])}


_WORDS = words("text", 20, 6000, "nội dung trả lời", lines=True)
_BEFORE = f"{CHOSEN}before"


def _text(desk: Desk, case: Case, data: Values, text: str) -> Values:
    return {"text": _returned(desk, case)} if text == _BEFORE else _WORDS(desk, case, data, text)


def _returned(desk: Desk, case: Case) -> str:
    """Return the words of the draft that the head gave back, "" where there is none."""
    found = [one for one in cards.answers_of(desk.unit, case.id) if one.agency_id == case.agency_id]
    return str(found[-1].text) if found and found[-1].state == "returned" else ""


def _before(desk: Desk, case: Case, _data: Values) -> list[tuple[str, str]]:
    return [("Giữ nội dung dự thảo trước", _BEFORE)] if _returned(desk, case) else []


def _needs_letter(desk: Desk, case: Case) -> bool:
    """Whether a signed letter stands for the approval: nobody of the agency who approves is here."""
    return not decides(desk, case) and not has_head(desk, case)


def _files(desk: Desk, _case: Case, _data: Values) -> dict[str, Any]:
    return {"files": desk.can.files_in}


def _letter(desk: Desk, case: Case, _data: Values) -> dict[str, Any]:
    return {"required": _needs_letter(desk, case)}


def _numbered(data: Values) -> bool:
    return bool(data.get("number"))


def _shown(desk: Desk, case: Case, data: Values) -> Preview:
    if decides(desk, case):
        heading, after, label = "Trả lời", "Gửi ngay cho người gửi; đồng chí là người duyệt.", "Duyệt và gửi trả lời"
    elif has_head(desk, case):
        heading, after, label = (
            "Trình lãnh đạo duyệt trả lời",
            "Lãnh đạo duyệt thì mới gửi người gửi.",
            "Trình lãnh đạo duyệt",
        )
    else:
        heading, label = "Trả lời theo công văn đã ký", "Gửi trả lời"
        after = "Cơ quan chưa có lãnh đạo tham gia ở đây: công văn đã ký là căn cứ duyệt, được ghi lại."
    values = {
        "heading": heading,
        "outcome": Outcome(data["outcome"]),
        "text": data["text"],
        "number": data["number"],
        "date": date.fromisoformat(data["on"]) if data["on"] else None,
        "signer": data.get("signer", ""),
        "file": ", ".join(data.get("names", ())),
        "found": numbers_in(data["text"]),
        "after": after,
    }
    return Preview("confirm_answer", values, label)


def _answer(desk: Desk, case: Case, data: Values) -> Reply:
    what = answering.Answer(
        Outcome(data["outcome"]),
        data["text"],
        data["number"],
        date.fromisoformat(data["on"]) if data["on"] else None,
        data.get("signer", ""),
        tuple(data.get("files", ())),
    )
    sent = answering.draft(desk.unit, viewer_of(desk), case.id, what, desk.now, shown=data[VERSION])
    if sent:
        return done(desk, case, f"Đã trả lời {case.code}", "Người gửi và Văn phòng được báo.")
    return done(desk, case, f"Đã trình lãnh đạo duyệt trả lời {case.code}", "Có ý kiến, đồng chí được báo ngay.")


_SKIP = "Bỏ qua"

ANSWER = Flow(
    "answer",
    (
        Question("outcome", outcome, outcomes),
        Question("answer_text", _text, _before, shown=_outcome),
        Question(
            "answer_document", document, skip=_SKIP, skipped=NO_LETTER, shown=_letter, must=_needs_letter,
        ),
        Question(
            "answer_signer", words("signer", 3, 120, "người ký"), skip=_SKIP, skipped={"signer": ""},
            wanted=_numbered, shown=_letter, must=_needs_letter,
        ),
        Question(
            "answer_file", file, skip=_SKIP, skipped={"files": [], "names": []}, wanted=_numbered, shown=_files,
            files=True,
        ),
    ),
    opens(Act.DRAFT),
    _shown,
    _answer,
)  # fmt: skip


def _draft(desk: Desk, case: Case) -> AnyRow:
    found = [one for one in cards.answers_of(desk.unit, case.id) if one.state == "drafted"]
    if not found:
        raise ActRefused(f"{case.code} không có dự thảo chờ duyệt.")
    return found[-1]


def _approval_shown(desk: Desk, case: Case, _data: Values) -> Preview:
    draft, viewer = _draft(desk, case), viewer_of(desk)
    values = {
        "act": "answer",
        "outcome": Outcome(draft.outcome),
        "text": readable(desk, draft.text),
        "number": draft.number,
        "date": draft.date,
        "signer": draft.signer,
        "until": None,
        "name": viewer.name,
        "private": desk.can.private,
    }
    return Preview("confirm_approval", values, "Duyệt, gửi người gửi")


def _approve(desk: Desk, case: Case, data: Values) -> Reply:
    answering.approve(desk.unit, viewer_of(desk), case.id, desk.now, shown=data[VERSION])
    return done(desk, case, f"Đã duyệt và gửi trả lời {case.code}", "Người gửi, Văn phòng được báo.")


APPROVE = Flow("approve", (), opens_for_head(Act.ANSWER), _approval_shown, _approve)


def _return_draft(desk: Desk, case: Case, data: Values) -> Reply:
    answering.return_draft(desk.unit, viewer_of(desk), case.id, data["why"], desk.now, shown=data[VERSION])
    return done(desk, case, f"Đã trả lại dự thảo trả lời {case.code}", "Cán bộ xử lý được báo ngay.")


RETURN_DRAFT = Flow(
    "return_draft",
    (Question("approval_reason", words("why", 5, 2000, "điều cần sửa")),),
    opens_for_head(Act.RETURN_DRAFT),
    reason_shown("Trả lại dự thảo trả lời", "Trả lại dự thảo"),
    _return_draft,
)
