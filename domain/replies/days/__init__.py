"""Days and lengths as people type them: "thứ 6 tuần sau", "hết quý I", "15/12", "thêm ba ngày"."""

from collections.abc import Sequence
from datetime import date

from domain.replies.days.dated import dated, worded
from domain.replies.days.reader import LEADS, Reader
from domain.replies.days.spans import edge_of_span, length
from domain.replies.days.values import Day, Found, Length
from domain.replies.days.weekdays import near, weekday
from domain.replies.tokens import Token

__all__ = ["LEADS", "Day", "Found", "Length", "day_at"]

_FORMS = (dated, worded, weekday, near, edge_of_span, length)


def day_at(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return the day or the length that begins at a token, the longest reading first."""
    for form in _FORMS:
        try:
            found = form(Reader(tokens, at, today))
        except (OverflowError, ValueError):  # beyond the years that the calendar knows
            continue
        if found is not None:
            return found
    return None
