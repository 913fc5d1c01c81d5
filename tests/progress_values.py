"""Sample values for the texts of the progress report."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

_FROZEN = SimpleNamespace(number=2, at=datetime(2026, 4, 1, 2, 30, tzinfo=UTC))
_COUNTS = {"total": "1.113", "on_time": "338", "late": "49", "open_in_time": "246", "open_overdue": "66"}
_SUMMARY = {
    "about": "Tiến độ thực hiện Kế hoạch số 15/KH-UBND ngày 09/01/2026",
    "period": "quý I năm 2026",
    "counted_to": "Số liệu tính đến ngày 31/03/2026",
    "total": "453",
    "parts": [
        ("Hoàn thành đúng hạn", "338", "đạt 87,34%"),
        ("Hoàn thành trễ", "49", "chiếm 12,66%"),
        ("Đang thực hiện, trong hạn", "0", ""),
        ("Đang thực hiện, quá hạn", "66", ""),
    ],
    "carried": "Kỳ trước chuyển sang: 12 nhiệm vụ quá hạn chưa xong (ngoài tổng số trong kỳ).",
    "rates": "Tỷ lệ đúng hạn trên số đã hoàn thành: 87,34%; trên số đã đến hạn: 74,61%",
    "apart": ["68 nhiệm vụ đã báo cáo hoàn thành, đang chờ Văn phòng xác nhận", "21 nhiệm vụ đã được gia hạn"],
    "original": "455 nhiệm vụ; đúng hạn 338, trễ 49, trong hạn 02, quá hạn 66",
    "before": "quý IV năm 2025",
    "compared": "tổng số tăng 05; quá hạn chưa xong 78 (trong kỳ 66, kỳ trước chuyển sang 12), tăng 66; "
    "tỷ lệ đúng hạn trên số đã hoàn thành tăng 3,40 điểm phần trăm",
    "worst": [("Sở Tài chính", "02", "10", "01"), ("UBND xã Lam Sơn", "01", "", "")],
    "more": "12",
}

OF_PROGRESS: dict[str, dict[str, Any]] = {
    "reports/ask_period": {"cases": True},
    "reports/which_plan": {"period": "quý I năm 2026", "shown": 8, "total": 12},
    "reports/progress": _SUMMARY,
    "reports/made": {"summary": "Tiến độ thực hiện Kế hoạch, quý I năm 2026\nTổng số: 12 nhiệm vụ", "frozen": _FROZEN},
    "reports/confirm_freeze": {
        "label": "quý I năm 2026",
        "plan": "Kế hoạch số 15/KH-UBND ngày 09/01/2026",
        "day": date(2026, 3, 31),
        "end": date(2026, 3, 31),
        "ended": False,
        "before": _FROZEN,
        **_COUNTS,
    },
}
