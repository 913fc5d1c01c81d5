"""What the office itself decides while the program runs: each setting's name, meaning, default and reading.

What belongs to the machine (addresses, keys, accounts) stands in the environment; this stands in the database and is
changed by the operator's command or on the office's page.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final

from domain.errors import ActRefused
from domain.words import fold, squeeze, visible

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class OfficeSetting:
    """One setting: `read` makes a value of what a person typed, or raises ValueError."""

    name: str
    group: str
    """The heading under which pages and lists show it, in Vietnamese."""
    label: str
    wanted: str
    """What is accepted, in Vietnamese, with an example."""
    default: Value
    read: Callable[[str], Value]
    words: Mapping[str, str] = field(default_factory=dict)
    """What can be chosen, by the value kept, in Vietnamese; empty where anything of a kind is taken."""

    def show(self, value: Value) -> str:
        """Return the value as people write it; "" where it is empty."""
        if isinstance(value, bool):
            return "có" if value else "không"
        return self.words.get(str(value), str(value))

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers there are, as people write them; none where anything of a kind is taken."""
        return ("có", "không") if isinstance(self.default, bool) else tuple(self.words.values())


def _text(limit: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > limit:
            raise ValueError(text)
        return text

    return read


def _clock(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[:hg](\d{2})?", fold(text).replace(" ", ""))
    if found is None:
        raise ValueError(text)
    return f"{time(int(found.group(1)), int(found.group(2) or 0)):%H:%M}"


def _count(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return read


def _yes(text: str) -> bool:
    said = fold(text)
    if said not in {"co", "bat", "1", "yes", "on", "khong", "tat", "0", "no", "off"}:
        raise ValueError(text)
    return said in {"co", "bat", "1", "yes", "on"}


def _one_of(**words: str) -> Callable[[str], str]:
    """Read one of the code's own words, or its Vietnamese name."""
    named = {fold(said): word for word, said in words.items()} | {word: word for word in words}

    def read(text: str) -> str:
        return named[fold(text)]

    return read


def _months(text: str) -> str:
    months = sorted({int(one) for one in re.split(r"[,; ]+", text) if one})
    if not months or any(not 1 <= one <= 12 for one in months):
        raise ValueError(text)
    return ",".join(str(one) for one in months)


_DIGEST, _PAPERS, _FOLLOWING = "Bản tin lãnh đạo", "Văn bản", "Đôn đốc và phê duyệt"
_DECIDERS = {"office": "văn phòng", "leader": "lãnh đạo"}

SETTINGS: Final[Mapping[str, OfficeSetting]] = {
    one.name: one
    for one in (
        OfficeSetting("digest_at", _DIGEST, "Giờ gửi bản tin buổi sáng", "giờ, ví dụ 07:30", "07:30", _clock),
        OfficeSetting(
            "digest_check",
            _DIGEST,
            "Văn phòng xem trước bản tin ngày mai lúc 16:30",
            "có hoặc không",
            False,
            _yes,
        ),
        OfficeSetting("digest_weekly", _DIGEST, "Gửi báo cáo tuần (.docx) cho lãnh đạo", "có hoặc không", True, _yes),
        OfficeSetting("office_digest", _DIGEST, "Bản tin buổi sáng cho cán bộ Văn phòng", "có hoặc không", True, _yes),
        OfficeSetting("agency_digest", _DIGEST, "Bản tin buổi sáng cho lãnh đạo cơ quan", "có hoặc không", False, _yes),
        OfficeSetting("superior", _PAPERS, "Cơ quan chủ quản", "ví dụ ỦY BAN NHÂN DÂN TỈNH …", "", _text(120)),
        OfficeSetting("place", _PAPERS, "Địa danh trên văn bản", "ví dụ Bắc Ninh", "", _text(60)),
        OfficeSetting("document_code", _PAPERS, "Ký hiệu công văn", "ví dụ VPUBND-KSTT", "VP-KSTT", _text(40)),
        OfficeSetting("report_code", _PAPERS, "Ký hiệu báo cáo", "ví dụ BC-UBND", "BC-VP", _text(40)),
        OfficeSetting(
            "signatory_capacity",
            _PAPERS,
            "Thẩm quyền ký",
            "ví dụ KT. CHÁNH VĂN PHÒNG, hoặc để trống",
            "",
            _text(80),
        ),
        OfficeSetting("signatory_position", _PAPERS, "Chức vụ người ký", "ví dụ PHÓ CHÁNH VĂN PHÒNG", "", _text(80)),
        OfficeSetting("signatory_name", _PAPERS, "Họ tên người ký", "họ và tên", "", _text(80)),
        OfficeSetting(
            "extension_decider",
            _FOLLOWING,
            "Ai quyết định gia hạn",
            "văn phòng (ghi người đã đồng ý) hoặc lãnh đạo (trong bản tin)",
            "office",
            _one_of(**_DECIDERS),
            _DECIDERS,
        ),
        OfficeSetting(
            "follow_up_days",
            _FOLLOWING,
            "Việc chờ quá mấy ngày làm việc thì báo lãnh đạo phòng, rồi lãnh đạo Văn phòng",
            "từ 1 đến 30",
            2,
            _count(1, 30),
        ),
        OfficeSetting(
            "broadcast_minutes",
            _FOLLOWING,
            "Thông báo chung đợi mấy phút mới gửi, để còn thu hồi",
            "từ 0 đến 120",
            5,
            _count(0, 120),
        ),
        OfficeSetting(
            "reconfirm_months",
            _FOLLOWING,
            "Các tháng đề nghị xác nhận lại cán bộ đầu mối",
            "các tháng, ví dụ 1,7",
            "1,7",
            _months,
        ),
    )
}
"""Every setting of the office, in the order in which they are shown."""


def named(name: str) -> OfficeSetting:
    """Return the setting of that name. Raises ActRefused with the names there are."""
    if name not in SETTINGS:
        raise ActRefused(f"Không có cài đặt “{name[:60]}”. Các cài đặt: {', '.join(SETTINGS)}.")
    return SETTINGS[name]


def read(name: str, text: str) -> Value:
    """Return what a typed text means for a setting. Raises ActRefused with what is accepted."""
    setting, typed = named(name), squeeze(visible(text))
    try:
        return setting.read(typed)
    except (ValueError, KeyError):
        raise ActRefused(f"{setting.label}: “{typed[:60]}” không dùng được. Cần {setting.wanted}.") from None


def value(name: str, kept: Any) -> Value:
    """Return the value in force: what is kept in the database, else the default."""
    default = SETTINGS[name].default
    return kept if isinstance(kept, type(default)) else default
