"""Asking for a later date: what may be asked, and how the office's answer stands."""

from datetime import date
from enum import StrEnum

from domain.errors import ActRefused
from domain.local import long_day


class State(StrEnum):
    """The life of a request for a later date."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    State.PENDING: "chờ trả lời",
    State.GRANTED: "đã đồng ý",
    State.REFUSED: "không đồng ý",
    State.WITHDRAWN: "đã rút",
}


def check_date(until: date, due_on: date | None, today: date) -> None:
    """Refuse a date that extends nothing. Raises ActRefused with the sentence."""
    if due_on is None:
        raise ActRefused("Việc này chưa có hạn nên không cần xin gia hạn.")
    if until <= due_on:
        raise ActRefused(f"Hạn mới phải sau hạn hiện nay là {long_day(due_on)}. Xin gõ một ngày sau đó.")
    if until < today:
        raise ActRefused(f"Ngày {long_day(until)} đã qua. Xin gõ một ngày từ hôm nay trở đi.")
