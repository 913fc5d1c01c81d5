"""Samples for what the office hears of breaches of personal data, for tests/template_values.py."""

from datetime import UTC, datetime
from typing import Any

from domain.incidents import RULES

INCIDENT: dict[str, Any] = {
    "code": "SC-0001",
    "description": "Máy tính xách tay có danh sách người gửi phản ánh bị mất trong giờ làm việc.",
    "discovered_at": datetime(2026, 3, 16, 2, 5, tzinfo=UTC),
    "steps": [one.label for one in RULES.values()],
    "left": "còn 41 giờ 20 phút",
}

OF_INCIDENTS: dict[str, dict[str, Any]] = {
    f"{where}/incident": {"incidents": [INCIDENT, {**INCIDENT, "code": "SC-0002", "left": "", "description": ""}]}
    for where in ("headlines", "notices")
}
