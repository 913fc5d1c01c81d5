"""When and where it happened, in one answer: "sáng 12/01, tại Một cửa xã Lam Sơn"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import ActRefused
from domain.local import short_day
from domain.words import fold, squeeze

LONGEST = 300
"""Characters of the answer."""


@dataclass(frozen=True, slots=True)
class Happened:
    """The answer as given; the day and the place in it where they can be told, None and "" where not."""

    text: str
    on: date | None = None
    place: str = ""


WHEN_MISSING = "Xin ghi thêm khi nào (ngày, giờ, ví dụ: sáng 12/01): phản ánh hành vi cần thời gian và địa điểm."
WHERE_MISSING = "Xin ghi thêm ở đâu (ví dụ: bộ phận Một cửa xã …): phản ánh hành vi cần thời gian và địa điểm."
TOO_LONG = "Xin ghi ngắn hơn (tối đa 300 ký tự): khi nào, ở đâu."

_DATED = re.compile(r"(?<![\d/])(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?(?![\d/])")
_SPOKEN = re.compile(r"\bngay (\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
_NEAR = (
    (re.compile(r"\b(?:hom nay|sang nay|trua nay|chieu nay|toi nay|vua xong|ban nay)\b"), 0),
    (re.compile(r"\b(?:hom qua|sang qua|chieu qua|toi qua|dem qua)\b"), 1),
    (re.compile(r"\bhom kia\b"), 2),
)
_WHEN = re.compile(
    r"\d{1,2} ?(?:h|g|gio)\d{0,2}\b|\b\d{1,2}[/.\-]\d{1,2}|\b(?:ngay|thang|tuan|nam) (?:\d|nay|qua|truoc|ngoai)"
    r"|\b(?:hom|sang|trua|chieu|toi|dem|ban|dau|cuoi|thu)"
    r" (?:nay|qua|kia|truoc|hai|ba|tu|nam|sau|bay|thang|tuan|ngay|\d)"
    r"|\bchu nhat\b|\b(?:hang|moi|ca) (?:ngay|tuan|thang)\b|\bbuoi (?:sang|trua|chieu|toi)\b|\bvua (?:xong|roi|qua)\b"
)
_TIME_WORDS = re.compile(
    r"\d+|\b(?:hom|sang|trua|chieu|toi|dem|ban|dau|cuoi|thu|hai|ba|tu|nam|sau|bay|chu|nhat|ngay|thang|tuan|gio|phut|nay|qua"
    r"|kia|truoc|ngoai|luc|vao|khoang|h|g|buoi|vua|xong|roi|hang|moi|ca|den|khi|hay)\b"
)
_PIECES = re.compile(r"[,;\n]| tại | ở ", re.IGNORECASE)


def happened_of(text: str, today: date, *, needed: bool) -> Happened:
    """Return when and where; `needed` where both must be told (hành vi). Raises ActRefused with what is missing.

    A day that has not come yet is refused; a day without a year is the latest one that has come.
    """
    said = squeeze(text)
    if len(said) > LONGEST:
        raise ActRefused(TOO_LONG)
    folded = fold(said)
    on = _day(folded, today)
    place = ", ".join(one for piece in _PIECES.split(text) if (one := squeeze(piece)) and _is_place(one))
    if needed and on is None and not _WHEN.search(folded):
        raise ActRefused(WHEN_MISSING)
    if needed and not place:
        raise ActRefused(WHERE_MISSING)
    return Happened(said, on, place)


def _is_place(piece: str) -> bool:
    """Whether a piece of the answer tells more than a time."""
    folded = fold(piece)
    if folded in {"khong ro", "khong nho", "khong biet"}:
        return False
    return not _WHEN.search(folded) or bool(re.search(r"[a-z]{2,}", _TIME_WORDS.sub(" ", folded)))


def _day(folded: str, today: date) -> date | None:
    found = _DATED.search(folded) or _SPOKEN.search(folded)
    if found is None:
        days = next((days for pattern, days in _NEAR if pattern.search(folded)), None)
        return None if days is None else today - timedelta(days=days)
    day, month, year = int(found[1]), int(found[2]), found[3]
    try:
        if year:
            told = date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        else:
            told = date(today.year, month, day)
            told = told if told <= today else date(today.year - 1, month, day)
    except ValueError:
        raise ActRefused(f"Không có ngày {found[0]}. Xin ghi lại ngày, ví dụ: {short_day(today)}.") from None
    if told > today:
        raise ActRefused(f"Ngày {short_day(told)} chưa đến. Xin ghi lại ngày xảy ra việc.")
    return told
