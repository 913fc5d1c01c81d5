"""What happened to a case, in the words of its history; what of it is the coordinating office's own business."""

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
    "mark": "ghi lưu ý",
    "withhold": "đánh dấu không công khai",
    "unwithhold": "cho công khai lại",
    "prepare_publication": "trình bản công khai",
    "return_publication": "trả lại bản công khai để sửa",
    "import": "nhập từ danh sách",
    "reminded": "nhắc người gửi bổ sung",
    "told": "báo người gửi bằng điện thoại, thư",
    "heard": "ghi lời người gửi nói qua điện thoại, trực tiếp",
    "added": "người gửi bổ sung",
    "rate": "người gửi đánh giá",
}
"""What leaves the state as it is."""

INSIDE = frozenset(
    {
        "propose_refusal",
        "refusal_declined",
        "identity_read",
        "spam",
        "not_spam",
        "mark",
        "withhold",
        "unwithhold",
        "prepare_publication",
        "return_publication",
        "import",
        "told",
        "numbers",
    }
)
"""What agencies and leaders do not read in a history."""

TOLD = {
    "supplement_asked": "yêu cầu bổ sung, làm rõ",
    "supplement_reminded": "nhắc bổ sung, làm rõ",
    "supplement_received": "đã nhận phần bổ sung",
    "timed_out": "dừng tiếp nhận vì quá hạn bổ sung",
    "refused": "không tiếp nhận, kèm lý do",
    "guided": "hướng dẫn sang nơi tiếp nhận khác",
    "accepted": "đã tiếp nhận",
    "forwarded": "đã chuyển cơ quan xử lý",
    "forwarded_outside": "đã chuyển cơ quan ngoài tỉnh",
    "rerouted": "đã chuyển cơ quan khác",
    "returned_to_work": "đã giao xử lý lại",
    "asked": "câu hỏi của cơ quan xử lý",
    "question_answered": "đã nhận câu trả lời",
    "progress": "tiến độ xử lý",
    "collected": "tiếp tục tập hợp, nghiên cứu",
    "answered": "kết quả trả lời",
    "merged": "đã gộp vào mã khác",
    "split": "đã tách ra xử lý riêng",
    "withdrawn": "đã ghi nhận việc rút",
    "reopened": "đã nhận phản ánh lại",
    "closed": "đã đóng, kèm lý do",
    "due_moved": "hạn trả lời mới",
    "published": "đã công khai kết quả",
}
"""What the sender hears of a case, by the kind of telling, for a list of whom to tell by phone or letter."""

BY_SENDER = frozenset({Act.SUPPLEMENT, Act.CLARIFY, Act.REPORT_AGAIN, Act.WITHDRAW, "added", "rate"})
"""What the citizen does."""


def said(act: str) -> str:
    """Return what happened, in Vietnamese, for an event kept under this name; an unknown one by its own name."""
    return Act(act).label if act in set(Act) else _NOTED.get(act, act)
