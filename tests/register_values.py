"""Samples for the texts of the register in the coordinating office's chat, for tests/template_values.py."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from domain.cases.decisions import GROUNDS

AT = datetime(2026, 3, 16, 2, 5, tzinfo=UTC)
DUE = date(2026, 3, 23)
CONTENT = (
    "Hồ sơ cấp giấy phép xây dựng nộp tại bộ phận Một cửa đã ba tháng chưa được trả kết quả, hỏi không ai trả lời. "
)

LINE = SimpleNamespace(
    code="PAKN-SL-2026-000123",
    kind="hành vi của cán bộ",
    state="đã tiếp nhận, đang phân loại",
    marks="KHẨN · tái phản ánh lần 2",
    clock="QUÁ HẠN CHUYỂN 12 ngày làm việc (thứ Hai 23/03/2026)",
    waits="chờ người thứ hai của Văn phòng đồng ý từ chối (Nguyễn Mẫu An đề xuất)",
    agency="Ủy ban nhân dân phường Mẫu Sơn Thượng",
    about="Ủy ban nhân dân phường Mẫu Sơn Thượng",
    content=CONTENT * 3,
)
PEOPLE = ["Nguyễn Mẫu An", "Trần Mẫu Bình", "Lê Thị Mẫu Cẩm Chương"]
AGENCY = SimpleNamespace(name="Sở Mẫu 1", people=PEOPLE, heads_only=False)
MASTER = SimpleNamespace(code="PAKN-SL-2026-000100", content=CONTENT)
SAID = CONTENT * 4
STEP = SimpleNamespace(
    at=AT, said="chuyển cơ quan xử lý: Sở Mẫu 1, văn bản 123/VPUB-KSTT " + CONTENT, who="Nguyễn Mẫu An"
)

_BASE: dict[str, Any] = {
    "line": LINE,
    "told": "chat",
    "received_on": date(2026, 3, 2),
    "agency": AGENCY,
    "letter": "123/VPUB-KSTT ngày 16/03/2026",
    "note": SAID,
    "mark": "không công khai",
    "on": DUE,
    "link": "https://dichvucong.gov.vn/mau",
    "answer_limit": "15 ngày làm việc",
    "answer_by": DUE,
    "legal_class": "thuộc thẩm quyền của cơ quan khác (phải chuyển)",
    "field": "đất đai",
    "urgency": "khẩn",
    "conduct": True,
    "missing": [CONTENT] * 10,
    "round": 2,
    "most": 2,
    "office": "Văn phòng UBND tỉnh Sông Lam",
    "where": SAID,
    "state": "đang xử lý",
    "to": "Sở Mẫu 1",
    "ground": GROUNDS["R5"],
    "reason": SAID,
    "proposer": "Nguyễn Mẫu An",
    "door": "Ban Tiếp công dân (khiếu nại, tố cáo)",
    "master": MASTER,
    "until": DUE,
    "decided_by": "Trần Mẫu Bình, Phó Chánh Văn phòng",
    "outside": "Bộ Mẫu",
    "signer": "Trần Mẫu Bình, Giám đốc",
    "outcome": "giải thích, hướng dẫn",
    "answer": SAID,
    "by": "Bộ Mẫu",
    "sentence": SAID,
    "later": AT,
    "what": ["kết quả trả lời", "hạn mới"],
    "how": SAID,
    "sender": SimpleNamespace(name="Nguyễn Mẫu An", address="Xã Lam Hạ", phone="0900000009", mail="Xã Lam Hạ"),
}

_DEEDS = (
    *("accept", "classify", "forward", "forward_outside", "keep", "ask_supplement", "refuse", "consent", "disagree"),
    *("guide", "merge", "split", "letter", "posted", "urgency", "reroute", "uphold", "work_again", "close", "extend"),
    *("record_answer", "spam", "unspam", "urge", "told", "sender", "mark"),
)

OF_REGISTER: dict[str, dict[str, Any]] = {
    **{f"register/{kind}_{name}": _BASE for name in _DEEDS for kind in ("confirm", "done")},
    "register/confirm_classify": {**_BASE, "missing": True},
    "register/ask": {"line": LINE, "label": "Yêu cầu bổ sung", "question": "missing", "near": 0, "hints": [SAID] * 3},
    "register/menu": {
        "waiting": 12,
        "total": 1204,
        "lists": [("Phản ánh chờ đồng ý từ chối", 12)] * 12,
        "urgent": [LINE] * 3,
    },
    "register/list": {
        "label": "Phản ánh chờ phân loại, chuyển", "total": 1204, "page": 1, "pages": 201, "lines": [LINE] * 5,
        "more": 24,
    },
    "register/card": {
        "line": LINE, "content": SAID * 3, "about": LINE.about, "proposal": SAID, "received_on": DUE,
        "source": "Cổng Dịch vụ công quốc gia, VPCP chuyển", "external": "Mã ngoài DVCQG-123; số đến 45",
        "legal_class": "nội dung quy định hành chính thuộc thẩm quyền của tỉnh", "field": "đất đai", "urgency": "khẩn",
        "transfer": "văn bản 123/VPUB-KSTT ngày 16/03/2026", "clocks": [CONTENT], "round": 2, "bounces": 2,
        "notes": [SAID] * 2, "duplicates": [MASTER.code] * 5, "files": ["anh-chup-so-tiep-nhan.jpg"] * 10,
        "history": [STEP] * 3,
    },
    "register/history": {"code": LINE.code, "history": [STEP] * 8, "total": 30},
}  # fmt: skip
