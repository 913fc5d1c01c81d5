"""Sample values for the texts about accounts and how people hear."""

from datetime import UTC, date, datetime
from typing import Any

from actions.compose.brief import Line
from domain.accounts import Account
from domain.hearing import Hearing
from domain.people import Role, Seat

AT = datetime(2026, 3, 16, 1, 5, tzinfo=UTC)
SINCE = datetime(2026, 1, 12, 1, tzinfo=UTC)
SEATS = [Seat(1, "Sở Mẫu 1", Role.OFFICER), Seat(2, "Sở Mẫu 2", Role.HEAD)]
HERE = Account(1, "telegram", True, False, SINCE, AT)
THERE = Account(2, "zalo_bot", True, True, AT, None)
GONE = Account(3, "web", False, False, SINCE, SINCE)
LONG = "Rà soát thủ tục hành chính thuộc phạm vi quản lý, đề xuất phương án cắt giảm giấy tờ, thời gian " * 3
LINES = [
    Line("NV-0001", LONG, date(2026, 3, 20), "https://nhacviec.example/l/AbCdEfGhIjKlMnOpQrStUvWx"),
    Line("NV-0002", "Báo cáo quý", None, ""),
    Line("PAKN-SL-2026-000001", "", date(2026, 3, 23), ""),
    Line("", "Tổng hợp trong ngày", None, ""),
]

OF_ACCOUNTS: dict[str, dict[str, Any]] = {
    "brief": {"lines": LINES, "more": LINES[:2], "count": 6},
    "accounts/listed": {
        "code": "ABCDEFGHJK",
        "expires": AT,
        "why": "Đã cấp quá nhiều mã trong một giờ.",
        "telegram": "https://t.me/nhacviec_mau_bot?start=ABCDEFGHJK",
        "web": "https://nhacviec.example/chat#ABCDEFGHJK",
        "accounts": [(HERE, "Telegram", True), (THERE, "Zalo", False), (GONE, "trang chat", False)],
    },
    "accounts/ask_join": {"name": "Nguyễn Mẫu An", "seats": SEATS},
    "accounts/joined": {"name": "Nguyễn Mẫu An", "seats": SEATS, "accounts": 2},
    "accounts/ask_leave": {"account": THERE, "named": "Zalo (từ 16/03/2026)", "here": True, "last": True},
    "accounts/left": {"account": THERE, "here": False},
    "accounts/told_joined": {"channel": "Zalo", "at": AT},
    "accounts/too_new": {"since": AT, "whom": "Văn phòng, 0900 000 000"},
    "accounts/told_left": {"channel": "Zalo", "at": AT},
    "accounts/settings": {
        "digest": "mỗi ngày làm việc",
        "done": "",
        "name": "Nguyễn Mẫu An",
        "order": ["Telegram", "Zalo"],
        "hearing": Hearing(480, 990),
        "office_hours": "07:30–11:30, 13:30–17:00",
        "brief": ["Zalo"],
    },
    "accounts/ask_digest": {"now": "mỗi ngày làm việc"},
    "accounts/ask_order": {"order": ["Telegram", "Zalo"]},
    "accounts/ask_hours": {"hearing": Hearing(opens=540), "office_hours": "07:30–11:30, 13:30–17:00"},
    "work/found": {"label": "Quá hạn, “thủ tục”"},
}
