"""Samples for what a citizen is told of a case (messages/templates/citizen/told), for tests/template_values.py."""

from datetime import date
from types import SimpleNamespace
from typing import Any

DAY = date(2026, 3, 16)
UNTIL = date(2026, 3, 30)
CASE = SimpleNamespace(
    code="PAKN-BN-2026-000123",
    received_on=date(2026, 3, 9),
    due_on=UNTIL,
    agency="Sở Mẫu 1",
    state="processing",
)
BARE_CASE = SimpleNamespace(**{**vars(CASE), "due_on": None, "agency": ""})
LINK = "https://nhacviec.example/phan-anh/tra-cuu"
SAID = "Thời gian giải quyết ghi trên giấy hẹn đã được bộ phận Một cửa sửa lại cho đúng quy định. " * 4
COMMON = {"case": CASE, "office": "Văn phòng UBND tỉnh Mẫu", "hotline": "0204 000 000", "link": LINK}
BARE = {"case": BARE_CASE, "office": "Văn phòng UBND tỉnh Mẫu", "hotline": "", "link": ""}

_GIVEN: dict[str, dict[str, Any]] = {
    "supplement_asked": {"question": "ngày nộp hồ sơ; tên bộ phận đã nhận hồ sơ.", "until": UNTIL},
    "supplement_reminded": {"question": "ngày nộp hồ sơ.", "until": UNTIL},
    "supplement_received": {},
    "timed_out": {"until": UNTIL},
    "refused": {
        "ground": "nội dung không rõ",
        "reason": "chưa nêu việc gì đã xảy ra.",
        "way_out": "Ông/bà kể lại rõ việc gì, ở đâu, khi nào, phản ánh được xem xét lại theo mã cũ.",
        "may_appeal": True,
    },
    "guided": {"door": "khiếu nại, tố cáo", "where": "Ban Tiếp công dân tỉnh, số 1 đường Mẫu."},
    "accepted": {"due_on": UNTIL},
    "forwarded": {
        "agency": "Sở Mẫu 1",
        "on": DAY,
        "number": "123/VP-KSTT",
        "answer_by": UNTIL,
        "answer_said": "10 ngày làm việc kể từ ngày chuyển, theo Quyết định số 5/QĐ-UBND.",
    },
    "forwarded_outside": {"agency": "Bộ Mẫu", "on": DAY},
    "rerouted": {"agency": "Sở Mẫu 2", "on": DAY, "answer_by": UNTIL},
    "asked": {"question": "hồ sơ được nộp trực tiếp hay trực tuyến?", "agency": "Sở Mẫu 1"},
    "question_answered": {},
    "progress": {"text": SAID},
    "collected": {"review_on": UNTIL, "reason": "cần lấy ý kiến các đơn vị liên quan."},
    "answered": {"on": DAY, "number": "45/SM-VP", "outcome": "đã khắc phục", "text": SAID, "rate": True},
    "published": {"link": f"{LINK}/1"},
    "merged": {"master_code": "PAKN-BN-2026-000100"},
    "split": {},
    "withdrawn": {},
    "reopened": {"until": UNTIL},
    "returned_to_work": {"agency": "Sở Mẫu 1", "answer_by": UNTIL},
    "closed": {"reason": "đã trả lời và hết thời gian phản ánh lại."},
    "due_moved": {"old": DAY, "new": UNTIL, "reason": "việc phức tạp, cần kiểm tra thực tế."},
}  # fmt: skip
_LESS: dict[str, dict[str, Any]] = {
    "supplement_asked": {"question": None},
    "supplement_reminded": {"question": None},
    "refused": {"reason": None, "way_out": "", "may_appeal": False},
    "guided": {"where": ""},
    "forwarded": {"number": "", "answer_by": None, "answer_said": ""},
    "rerouted": {"answer_by": None},
    "asked": {"question": None, "agency": ""},
    "progress": {"text": None},
    "collected": {"reason": None},
    "answered": {"on": None, "number": None, "outcome": "", "text": None, "rate": False},
    "published": {"link": ""},
    "reopened": {"until": None},
    "returned_to_work": {"agency": "", "answer_by": None},
    "closed": {"reason": ""},
    "due_moved": {"old": None, "new": DAY, "reason": ""},
}

OF_TOLD = {f"citizen/told/{name}": {**COMMON, **given} for name, given in _GIVEN.items()}
MORE_TOLD = (
    *((f"citizen/told/{name}", {**BARE, **given, **_LESS.get(name, {})}) for name, given in _GIVEN.items()),
    *((f"citizen/told/{name}", {**COMMON, **_GIVEN[name], **less}) for name, less in _LESS.items()),
)
"""The same with nothing that may be missing, and where the words may not leave by the channel."""
