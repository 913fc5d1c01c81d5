"""Sample values for the texts about figures of cases."""

from datetime import date
from typing import Any

from domain.cases.clusters import Cluster

DAY = date(2026, 6, 15)

_SUMMARY = {
    "title": "Tình hình, kết quả tiếp nhận và xử lý phản ánh, kiến nghị",
    "label": "quý II năm 2026",
    "counted": "Số liệu từ ngày 15/03/2026 đến ngày 14/06/2026",
    "lines": [
        "Kỳ trước chuyển sang: 144. Tiếp nhận trong kỳ: 620 (hành vi hành chính 155; quy định hành chính 465).",
        "Theo nguồn tiếp nhận: tin nhắn 178; trang web 89; trực tiếp 353.",
        "Không tiếp nhận: 37; Hướng dẫn sang nơi khác: 37.",
        "Đã xử lý, trả lời: 601 (đúng hạn 496, quá hạn 105).",
        "Đang xử lý: 89 (trong hạn 74, quá hạn 15).",
        "Đã công khai kết quả: 112. Người gửi đánh giá: hài lòng 54, bình thường 06, không hài lòng 30.",
    ],
    "indicators": [
        "Phản ánh, kiến nghị xử lý đúng hạn: 80,7% (527/653) (chưa đạt).",
        "Hài lòng trong xử lý phản ánh, kiến nghị: 90,2% (589/653) (đạt).",
    ],
    "late": [("Sở Tư pháp", "09"), ("UBND xã Lam Sơn", "01")],
    "more": "12",
}

_GROUPS = [
    Cluster(tuple(f"PAKN-SL-2026-{at:06}" for at in range(1, 6)), "Đất đai", ("A", "B", "C", "D"), DAY, 2),
    Cluster(tuple(f"PAKN-SL-2026-{at:06}" for at in range(7, 10)), "", (), DAY, 0),
]

OF_CASE_FIGURES: dict[str, Any] = {
    "reports/cases": _SUMMARY,
    "digests/alike": {"found": _GROUPS, "first": 1, "total": 2, "day": DAY},
    "reports/cases_made": {"summary": "Tình hình, kết quả tiếp nhận và xử lý phản ánh, kiến nghị, quý II năm 2026"},
}
MORE: list[tuple[str, dict[str, Any]]] = [
    ("reports/cases", _SUMMARY | {"lines": [], "late": [], "more": ""}),
    ("digests/alike", {"found": [], "first": 1, "total": 0, "day": DAY}),
]
