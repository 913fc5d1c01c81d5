"""Samples for the conversation in which a citizen submits feedback, for tests/template_values.py."""

from datetime import UTC, date, datetime
from typing import Any

from actions.cases.opening import Opened
from bot.citizens.alike import Shown
from domain.cases.kinds import Kind

DAY = date(2026, 3, 16)
FILES = ["ảnh hiện trường.jpg", "giấy hẹn trả kết quả.pdf"]
OPENED = Opened(1, "PAKN-SL-2026-000001", "abcd1234", date(2026, 3, 23), "Tính từ thứ Ba 17/03/2026.")
LIKELY = [
    Shown(True, "PAKN-SL-2026-000001", Kind.REGULATION, "", (), DAY, "Đường thôn 5 lầy lội. " * 20),
    Shown(False, "", Kind.REGULATION, "UBND xã Mẫu", ("thôn 5", "ngõ 12"), DAY, ""),
]
_COMMON = {
    "at": 3,
    "of": 8,
    "kind": Kind.CONDUCT,
    "behalf": False,
    "organisation": False,
    "needed": True,
    "files": FILES,
    "private": True,
    "files_in": True,
    "most": 10,
    "megabytes": 20,
    "office": "Văn phòng UBND tỉnh Mẫu",
    "hotline": "0204 000 000",
    "door": "Trực ban Công an tỉnh, 0204 113 113.",
    "words": "số căn cước, số điện thoại",
    "saved_at": datetime(2026, 3, 16, 2, tzinfo=UTC),
    "until": datetime(2026, 3, 17, 2, tzinfo=UTC),
    "likely": LIKELY,
    "opened": OPENED,
    "joined": True,
    "said": True,
}
_BARE = {
    **_COMMON,
    "kind": Kind.REGULATION,
    "organisation": True,
    "needed": False,
    "files": [],
    "private": False,
    "files_in": False,
    "hotline": "",
    "door": "",
    "joined": False,
    "said": False,
}
_REVIEWED = {
    "about": "Bộ phận Một cửa xã Mẫu",
    "content": "Cán bộ hộ tịch đòi nộp bản sao giấy khai sinh dù đã có trên hệ thống. " * 12,
    "happened": "sáng 12/01, tại Một cửa xã Mẫu",
    "public": True,
    "joined": "PAKN-SL-2026-000001",
    "behalf": "điện thoại",
}
_NAMES = (
    *(f"ask_{name}" for name in ("about", "content", "when", "files", "name", "address", "contact", "public")),
    *(f"sounds_{name}" for name in ("complaint", "emergency", "crime", "unclear", "foreign", "personal")),
    *("alike", "edit", "kind", "notice", "opened", "resume", "review", "whose"),
)
_OWN: dict[str, dict[str, Any]] = {"opened": {"files": 2}, "review": _REVIEWED}
_LESS: dict[str, dict[str, Any]] = {
    "opened": {"files": 0},
    "review": {**_REVIEWED, "happened": "", "public": False, "joined": "", "behalf": ""},
}

OF_FEEDBACK = {f"citizen/{name}": {**_COMMON, **_OWN.get(name, {})} for name in _NAMES}
MORE_FEEDBACK = (
    *((f"citizen/{name}", {**_BARE, **_LESS.get(name, {})}) for name in _NAMES),
    *((f"citizen/{name}", {**_BARE, "behalf": True, **_LESS.get(name, {})}) for name in _NAMES),
)
"""The same with nothing that may be missing, and where an official asks for somebody else."""
