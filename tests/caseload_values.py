"""Samples for what agencies are told of citizens' cases, and asked about them, for tests/template_values.py."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from domain.cases.decisions import Outcome, Urgency
from domain.cases.lifecycle import State

DAY = date(2026, 3, 16)
LONG = (
    "Hồ sơ đăng ký khai sinh nộp từ ngày 02/03 tại bộ phận Một cửa, đã bị yêu cầu bổ sung ba lần, mỗi lần một thứ. " * 6
)


def case(**values: Any) -> SimpleNamespace:
    """One case as notices and cards tell it."""
    given: dict[str, Any] = {
        "id": 1,
        "code": "PAKN-SL-2026-000001",
        "state": State.IN_PROGRESS,
        "sort": "nội dung quy định hành chính",
        "urgent": True,
        "urgency": Urgency.URGENT,
        "owed": "hạn trả lời",
        "due_on": date(2026, 3, 20),
        "late_days": 0,
        "conduct": False,
        "ended_on": None,
        "due_at": None,
        "past": False,
        "agency": "Sở Mẫu 1",
        "content": LONG,
        "about": "UBND xã Mẫu",
        "happened": "ngày 02/03/2026",
        "place": "bộ phận Một cửa",
        "proposal": LONG,
        "received_on": date(2026, 3, 9),
        "since": date(2026, 3, 12),
        "said": "Văn phòng chuyển theo công văn 123/VP-KSTT ngày 12/03/2026",
        "event": "người gửi đã trả lời câu hỏi",
    }
    return SimpleNamespace(**(given | values))


LATE = case(code="PAKN-SL-2026-000002", due_on=date(2026, 3, 10), late_days=6, said=LONG)
TODAY = case(code="PAKN-SL-2026-000003", due_on=DAY, urgent=False)
UNDATED = case(code="PAKN-SL-2026-000004", due_on=None, urgent=False)
MANY = [LATE, TODAY, case(), UNDATED]
_KINDS = ("forwarded", "unacknowledged", "reminder", "overdue", "escalation", "returned", "to_approve", "event", "tell")
_TOLD: dict[str, Any] = {
    "told": MANY,
    "more": [LATE, UNDATED],
    "count": len(MANY),
    "day": DAY,
    "private": True,
    "role": "officer",
    "agencies": ["Sở Mẫu 1"],
    "nearest": LATE.due_on,
    "head_hears": date(2026, 3, 19),
    "office_hears": date(2026, 3, 17),
    "acknowledge_days": 1,
    "unheard": {1},
}


def _told(kind: str) -> dict[str, Any]:
    """The letter of a transfer and what a draft is are the house's own words; a comment may quote the citizen."""
    if kind not in {"forwarded", "to_approve", "reminder", "overdue", "escalation"}:
        return _TOLD
    own = [case(**{**vars(one), "said": "văn bản 123/VP-KSTT ngày 12/03/2026"}) for one in MANY]
    return {**_TOLD, "told": own}


QUESTION = SimpleNamespace(asked_at=datetime(2026, 3, 13, 2, tzinfo=UTC), text=LONG)
DRAFT = SimpleNamespace(waits=True, outcome=Outcome.FIXED, text=LONG, reason="Chưa nêu căn cứ")
HISTORY = [
    SimpleNamespace(at=datetime(2026, 3, 12, 2, tzinfo=UTC), label="Văn phòng chuyển", text="công văn 123/VP-KSTT"),
    SimpleNamespace(at=datetime(2026, 3, 13, 2, tzinfo=UTC), label="đơn vị nhận xử lý", text=""),
]
_ASKED: dict[str, dict[str, Any]] = {
    "ask_return_why": {},
    "ask_return_to": {"near": 0},
    "confirm_return": {"why": LONG, "to": "Sở Mẫu 2"},
    "ask_question": {},
    "confirm_question": {"text": LONG, "pauses": False},
    "ask_progress": {},
    "confirm_progress": {"text": LONG},
    "ask_collect_why": {},
    "ask_collect_until": {"latest": date(2026, 6, 12)},
    "confirm_collect": {"until": date(2026, 6, 12), "why": LONG, "decides": False},
    "ask_outcome": {},
    "ask_answer_text": {"outcome": Outcome.FIXED},
    "ask_answer_document": {"required": True},
    "ask_answer_signer": {"required": True},
    "ask_answer_file": {"files": True},
    "confirm_answer": {
        "heading": "Trình lãnh đạo duyệt trả lời",
        "outcome": Outcome.FIXED,
        "text": LONG,
        "number": "45/SM-VP",
        "date": DAY,
        "signer": "Nguyễn Mẫu An, Giám đốc",
        "file": "cong-van-45.pdf",
        "found": ("số điện thoại",),
        "after": "Lãnh đạo duyệt thì mới gửi người gửi.",
    },
    "ask_approval_reason": {},
    "confirm_approval": {
        "act": "answer",
        "outcome": Outcome.FIXED,
        "text": LONG,
        "number": "45/SM-VP",
        "date": DAY,
        "signer": "Nguyễn Mẫu An",
        "until": DAY,
        "name": "Đặng Mẫu Hà",
        "private": True,
    },
    "ask_identity_why": {},
    "confirm_identity": {"why": LONG},
    "identity": {
        "who": SimpleNamespace(name="Nguyễn Mẫu An", address="Xã Mẫu", phone="0900 000 009", mail="Hộp thư 1, xã Mẫu")
    },
    "ask_handler": {"people": ["Trần Mẫu Bình"], "more": 3},
    "confirm_handler": {"person": "Trần Mẫu Bình", "conduct": True},
    "confirm_reason": {"what": "Trả lại dự thảo trả lời", "why": LONG},
    "why": {
        "day": DAY,
        "dates": [SimpleNamespace(at=QUESTION.asked_at, explanation={"said": "10 ngày làm việc kể từ ngày chuyển."})],
    },
}
OF_CASELOAD: dict[str, dict[str, Any]] = {
    **{f"{place}/case_{kind}": _told(kind) for kind in (*_KINDS, "urged") for place in ("notices", "headlines")},
    "work/list": {"held": 3, "held_late": 1},
    "caseload/list": {
        "told": MANY,
        "agencies": ["Sở Mẫu 1", "Sở Mẫu 2"],
        "total": 9,
        "late": 1,
        "day": DAY,
        "many": True,
        "private": True,
        "page": 1,
        "pages": 2,
    },
    "caseload/card": {
        "case": case(),
        "day": DAY,
        "private": True,
        "handler": "Trần Mẫu Bình",
        "forwarded_on": date(2026, 3, 12),
        "acknowledged_on": date(2026, 3, 13),
        "age": 5,
        "waited": 2,
        "files": ["giay-hen.jpg", "don.pdf"],
        "merged": 3,
        "question": QUESTION,
        "draft": DRAFT,
        "history": HISTORY,
    },
    "caseload/done": {"said": "Đã gửi câu hỏi cho người gửi PAKN-SL-2026-000001.", "after": "Hạn không dừng."},
    **{f"caseload/{name}": {"case": case(), **values} for name, values in _ASKED.items()},
}
ALONE: dict[str, Any] = {
    **_TOLD, "told": [case(urgent=False)], "count": 1, "more": [], "private": False, "head_hears": None,
    "office_hears": None, "unheard": set(), "nearest": date(2026, 3, 20),
}  # fmt: skip
