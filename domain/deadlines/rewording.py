"""Phrases that mean another phrase: round the clock, and a beginning and an end said in one cell."""

import re

_ROUND_THE_CLOCK = re.compile(
    r"(?:\b(?:trực|trực ban|duy trì|vận hành|hoạt động|phục vụ|tiếp nhận)\s+)?\b24\s*(?:h|giờ|giờ trong ngày)?\s*/\s*24"
    r"\s*(?:h|giờ)?(?![\d/])(?:\s*(?:và|,)?\s*7\s*/\s*7\s*(?:ngày)?)?",
    re.IGNORECASE,
)
_ALL_WEEK = re.compile(
    r"\b(?:trực|trực ban|duy trì|vận hành|hoạt động|phục vụ|tiếp nhận|liên tục|thường xuyên|suốt)\s*,?\s*24\s*h?"
    r"\s*/\s*7(?![\d/])"
    r"|\b24\s*h\s*/\s*7(?![\d/])|\b24\s*/\s*7\s*,?\s*\(?(?:suốt ngày đêm|suốt cả tuần|liên tục|thường xuyên)\)?",
    re.IGNORECASE,
)
_BEGIN_AND_END = re.compile(
    r"\s*(?:bắt đầu|khởi động|khởi công)\s*(?::|từ|vào|trong)*\s*(?P<start>[^,;]*?\d[^,;]*?|quý [IVX]+[^,;]*?)"
    r"\s*[,;–-]?\s*(?:và\s+)?(?:kết thúc|hoàn thành|xong)\s*(?::|vào|trong)*\s*(?P<end>.+)",
    re.IGNORECASE | re.DOTALL,
)


def round_the_clock(text: str) -> str:
    """Return the text with "24/24", "trực 24/7" as "liên tục"; a lone "24/7" may be a date and stays."""
    return _ALL_WEEK.sub("liên tục", _ROUND_THE_CLOCK.sub("liên tục", text))


def begin_and_end(text: str) -> list[str] | None:
    """Return the two parts of "bắt đầu từ tháng 3, kết thúc tháng 6"; None for any other text."""
    match = _BEGIN_AND_END.fullmatch(text)
    return [match["start"].strip(), match["end"].strip()] if match is not None else None
