"""What the texts about calendars of due dates ask for."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

_FEED = SimpleNamespace(id=1, agency_id=None, agency=None, created_at=datetime(2026, 3, 16, 2, tzinfo=UTC))
_OF_AGENCY = SimpleNamespace(id=2, agency_id=3, agency="Sở Mẫu 3", created_at=datetime(2026, 3, 16, 3, tzinfo=UTC))

OF_FEEDS: dict[str, dict[str, Any]] = {
    "feeds/listed": {"done": "", "feeds": [_FEED, _OF_AGENCY], "most": 5},
    "feeds/made": {"url": "https://nhacviec.example/lich/abc.ics"},
}

MORE: tuple[tuple[str, dict[str, Any]], ...] = (("feeds/listed", {"done": "Đã thu hồi.", "feeds": [], "most": 5}),)
"""The other ways in which these texts can turn out."""
