"""What happened to a case, in words; what of it is the coordinating office's own business."""

from domain.cases.lifecycle import Act

_NOTED = {
    "open": "vào sổ",
    "classify": "phân loại",
    "propose_refusal": "đề nghị không tiếp nhận",
    "refusal_declined": "không đồng ý đề nghị không tiếp nhận",
    "propose_collecting": "đề nghị tập hợp, nghiên cứu thêm",
    "collecting_declined": "lãnh đạo không đồng ý tập hợp thêm",
    "spam": "chuyển vào danh sách tin rác",
    "not_spam": "đưa ra khỏi danh sách tin rác",
    "extend": "gia hạn trả lời",
    "urge": "Văn phòng đôn đốc",
    "progress": "báo tiến độ",
    "handler": "phân công người xử lý",
    "identity_read": "xem thông tin người gửi",
    "urgency": "đổi mức độ",
    "numbers": "ghi số văn bản",
    "told": "báo người gửi bằng điện thoại, thư",
    "heard": "ghi lời người gửi nói qua điện thoại, trực tiếp",
    "added": "người gửi bổ sung",
    "rate": "người gửi đánh giá",
}
"""What leaves the state as it is."""

INSIDE = frozenset({"propose_refusal", "refusal_declined", "identity_read", "spam", "not_spam", "told", "numbers"})
"""What agencies and leaders do not read in a history."""

BY_SENDER = frozenset({Act.SUPPLEMENT, Act.CLARIFY, Act.REPORT_AGAIN, Act.WITHDRAW, "added", "rate"})
"""What the citizen does."""


def said(act: str) -> str:
    """Return what happened, in Vietnamese, with a capital; an unknown act by its own name."""
    words = Act(act).label if act in set(Act) else _NOTED.get(act, act.replace("_", " "))
    return words[:1].upper() + words[1:]
