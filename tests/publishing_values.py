"""Samples for the texts with which cases are made public (messages/templates/case_publishing)."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from domain.cases.publication import Public
from domain.redaction import Certainty, Kind
from storage.views.cases.publications import Waiting

DAY = date(2026, 3, 16)
CODE = "PAKN-BN-2026-000123"
PUBLIC = Public(
    "Thu bản sao công chứng ngoài danh mục",
    "Tôi là [họ tên], số điện thoại [số điện thoại]. Bộ phận Một cửa yêu cầu nộp thêm bản sao công chứng. " * 3,
    "Sở Tư pháp đã yêu cầu không thu bản sao công chứng ngoài danh mục thủ tục đã công bố. " * 3,
)
VERSION: Any = SimpleNamespace(
    id=7,
    title=PUBLIC.title,
    content=PUBLIC.content,
    answer=PUBLIC.answer,
    state="prepared",
    withdrawn_reason="Che thêm tên cán bộ.",
)
CASE: Any = SimpleNamespace(id=3, code=CODE, answered_on=DAY)
WAITING = [
    Waiting(CASE, VERSION, "Nguyễn Mẫu An"),
    Waiting(CASE, SimpleNamespace(**{**vars(VERSION), "state": "returned"}), "Nguyễn Mẫu An"),  # type: ignore[arg-type]
    Waiting(SimpleNamespace(id=4, code="PAKN-BN-2026-000124", answered_on=None), None, ""),  # type: ignore[arg-type]
]
MASKED = [("Nguyễn Mẫu An", Kind.PERSON, Certainty.SURE), ("đường Mẫu", Kind.ADDRESS, Certainty.LIKELY)]

OF_PUBLISHING: dict[str, dict[str, Any]] = {
    "case_publishing/listed": {
        "rows": WAITING,
        "released": [CASE],
        "total": 3,
        "due": {3: date(2026, 3, 30), 4: None},
        "day": DAY,
        "page_open": False,
    },
    "case_publishing/preview": {
        "code": CODE,
        "public": PUBLIC,
        "counts": [("họ tên", 2), ("số điện thoại", 1)],
        "pictures": 2,
        "private": True,
    },
    "case_publishing/ask": {
        "act": "keep",
        "code": CODE,
        "title": PUBLIC.title,
        "masked": MASKED,
        "preparer": "Nguyễn Mẫu An",
    },
    "case_publishing/one": {
        "code": CODE,
        "row": VERSION,
        "state": "prepared",
        "label": "chờ người thứ hai duyệt",
        "preparer": "Nguyễn Mẫu An",
        "pictures": 1,
        "private": True,
        "own": False,
        "link": f"https://nhacviec.example/phan-anh/{CODE}",
    },
    "case_publishing/done": {"what": "released", "code": CODE, "link": f"https://nhacviec.example/phan-anh/{CODE}"},
}
