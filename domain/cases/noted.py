"""What can be noted of a case besides the acts that move it, in the words of its history."""

from domain.cases.lifecycle import Act

_NOTED = {
    "open": "vào sổ",
    "classify": "phân loại",
    "propose_refusal": "đề nghị từ chối",
    "refusal_declined": "không đồng ý từ chối",
    "propose_collecting": "đề nghị tập hợp, nghiên cứu thêm",
    "collecting_declined": "lãnh đạo không đồng ý tập hợp thêm",
    "spam": "đánh dấu tin rác",
    "not_spam": "bỏ đánh dấu tin rác",
    "extend": "gia hạn trả lời",
    "urge": "Văn phòng đôn đốc",
    "mark": "ghi lưu ý",
    "withhold": "đánh dấu không công khai",
    "unwithhold": "cho công khai lại",
    "progress": "báo tiến độ",
    "handler": "phân công người xử lý",
    "identity_read": "xem thông tin người gửi",
    "urgency": "đổi mức độ",
    "numbers": "ghi số văn bản",
    "import": "nhập từ danh sách",
    "told": "đã báo người gửi bằng tay",
    "added": "người gửi bổ sung",
    "rate": "người gửi đánh giá",
}
"""By the name under which an event is kept."""


def step_label(act: str) -> str:
    """Return what happened, for an event kept under this name."""
    return Act(act).label if act in set(Act) else _NOTED.get(act, act.replace("_", " "))
