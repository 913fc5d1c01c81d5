"""A case that cannot be answered yet is studied further until a day; the head agrees first (Điều 14 khoản 2 điểm b)."""

from datetime import date, timedelta
from typing import Any

from actions.cases import handling
from bot.acts.answers import day, words
from bot.acts.flow import VERSION, Flow, Preview, Question, Values
from bot.caseload.opens import done, opens, opens_for_head, readable, reason_shown
from bot.caseload.roles import decides, viewer_of
from bot.desk import Desk, Reply
from domain.cases.lifecycle import Act
from domain.errors import ActRefused
from storage.views import AnyRow, office_settings
from storage.views.cases import cards
from storage.views.cases.caseload import Case


def _latest(desk: Desk) -> date:
    return desk.day + timedelta(days=office_settings.number(desk.unit, "case_review_days"))


def _until(desk: Desk, case: Case, data: Values, text: str) -> Values:
    found = day(desk, case, data, text)
    latest = _latest(desk)
    if not desk.day < date.fromisoformat(found["until"]) <= latest:
        raise ActRefused(f"Ngày xem xét lại phải sau hôm nay và không quá {latest:%d/%m/%Y}. Xin gõ lại ngày.")
    return found


def _latest_value(desk: Desk, _case: Case, _data: Values) -> dict[str, Any]:
    return {"latest": _latest(desk)}


def _collect_shown(desk: Desk, case: Case, data: Values) -> Preview:
    values = {"until": date.fromisoformat(data["until"]), "why": data["why"], "decides": decides(desk, case)}
    return Preview("confirm_collect", values, "Tiếp tục tập hợp" if values["decides"] else "Trình lãnh đạo duyệt")


def _collect(desk: Desk, case: Case, data: Values) -> Reply:
    until = date.fromisoformat(data["until"])
    waits = handling.propose_collecting(
        desk.unit, viewer_of(desk), case.id, data["why"], until, desk.now, shown=data[VERSION]
    )
    if waits is None:
        return done(desk, case, f"{case.code}: tiếp tục tập hợp, xem xét lại {until:%d/%m/%Y}", "Người gửi được báo.")
    return done(desk, case, f"Đã trình lãnh đạo: tiếp tục tập hợp {case.code}", "Có ý kiến, đồng chí được báo ngay.")


COLLECT = Flow(
    "collect",
    (
        Question("collect_why", words("why", 10, 2000, "lý do")),
        Question("collect_until", _until, shown=_latest_value),
    ),
    opens(Act.COLLECT),
    _collect_shown,
    _collect,
)


def _proposal(desk: Desk, case: Case) -> AnyRow:
    found = cards.pending_proposal(desk.unit, case.id)
    if found is None or found.act != Act.COLLECT:
        raise ActRefused(f"{case.code} không có đề nghị tập hợp chờ duyệt.")
    return found


def _collecting_shown(desk: Desk, case: Case, _data: Values) -> Preview:
    waiting = _proposal(desk, case)
    values = {
        "act": "collect",
        "outcome": None,
        "text": readable(desk, waiting.data["reason"]),
        "number": "",
        "date": None,
        "signer": "",
        "until": date.fromisoformat(waiting.data["review_on"]),
        "name": viewer_of(desk).name,
        "private": desk.can.private,
    }
    return Preview("confirm_approval", values, "Duyệt tập hợp thêm")


def _decide(desk: Desk, case: Case, *, agreed: bool, note: str) -> None:
    waiting = _proposal(desk, case)
    handling.decide_collecting(desk.unit, viewer_of(desk), waiting.id, agreed=agreed, note=note, now=desk.now)


def _collect_yes(desk: Desk, case: Case, _data: Values) -> Reply:
    _decide(desk, case, agreed=True, note="")
    return done(desk, case, f"Đã duyệt tiếp tục tập hợp {case.code}", "Người gửi, Văn phòng được báo.")


def _collect_no(desk: Desk, case: Case, data: Values) -> Reply:
    _decide(desk, case, agreed=False, note=data["why"])
    return done(desk, case, f"Không đồng ý tập hợp {case.code}", "Cán bộ xử lý được báo ngay.")


COLLECT_YES = Flow("collect_yes", (), opens_for_head(Act.COLLECT), _collecting_shown, _collect_yes)
COLLECT_NO = Flow(
    "collect_no",
    (Question("approval_reason", words("why", 5, 2000, "lý do không đồng ý")),),
    opens_for_head(Act.COLLECT),
    reason_shown("Không đồng ý tiếp tục tập hợp", "Gửi ý kiến"),
    _collect_no,
)
