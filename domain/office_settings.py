"""What the office itself decides while the program runs: each setting's name, meaning, default and reading.

What belongs to the machine (addresses, keys, accounts) stands in the environment; this stands in the database and is
changed by the operator's command or on the office's page.
"""

from collections.abc import Mapping
from typing import Any, Final

from domain.case_settings import CASES
from domain.errors import ActRefused
from domain.setting_kinds import OfficeSetting, Value, clock, count, months, one_of, text_of, yes
from domain.words import squeeze, visible

_DIGEST, _PAPERS, _FOLLOWING = "Bản tin lãnh đạo", "Văn bản", "Đôn đốc và phê duyệt"
_DECIDERS = {"office": "văn phòng", "leader": "lãnh đạo"}

SETTINGS: Final[Mapping[str, OfficeSetting]] = {
    one.name: one
    for one in (
        OfficeSetting("digest_at", _DIGEST, "Giờ gửi bản tin buổi sáng", "giờ, ví dụ 07:30", "07:30", clock),
        OfficeSetting(
            "digest_check",
            _DIGEST,
            "Văn phòng xem trước bản tin ngày mai lúc 16:30",
            "có hoặc không",
            False,
            yes,
        ),
        OfficeSetting("digest_weekly", _DIGEST, "Gửi báo cáo tuần (.docx) cho lãnh đạo", "có hoặc không", True, yes),
        OfficeSetting("office_digest", _DIGEST, "Bản tin buổi sáng cho cán bộ Văn phòng", "có hoặc không", True, yes),
        OfficeSetting("agency_digest", _DIGEST, "Bản tin buổi sáng cho lãnh đạo cơ quan", "có hoặc không", False, yes),
        OfficeSetting("superior", _PAPERS, "Cơ quan chủ quản", "ví dụ ỦY BAN NHÂN DÂN TỈNH …", "", text_of(120)),
        OfficeSetting("place", _PAPERS, "Địa danh trên văn bản", "ví dụ Bắc Ninh", "", text_of(60)),
        OfficeSetting("document_code", _PAPERS, "Ký hiệu công văn", "ví dụ VPUBND-KSTT", "VP-KSTT", text_of(40)),
        OfficeSetting("report_code", _PAPERS, "Ký hiệu báo cáo", "ví dụ BC-UBND", "BC-VP", text_of(40)),
        OfficeSetting(
            "signatory_capacity",
            _PAPERS,
            "Thẩm quyền ký",
            "ví dụ KT. CHÁNH VĂN PHÒNG, hoặc để trống",
            "",
            text_of(80),
        ),
        OfficeSetting("signatory_position", _PAPERS, "Chức vụ người ký", "ví dụ PHÓ CHÁNH VĂN PHÒNG", "", text_of(80)),
        OfficeSetting("signatory_name", _PAPERS, "Họ tên người ký", "họ và tên", "", text_of(80)),
        OfficeSetting(
            "extension_decider",
            _FOLLOWING,
            "Ai quyết định gia hạn",
            "văn phòng (ghi người đã đồng ý) hoặc lãnh đạo (trong bản tin)",
            "office",
            one_of(**_DECIDERS),
            _DECIDERS,
        ),
        OfficeSetting(
            "follow_up_days",
            _FOLLOWING,
            "Việc chờ quá mấy ngày làm việc thì báo lãnh đạo phòng, rồi lãnh đạo Văn phòng",
            "từ 1 đến 30",
            2,
            count(1, 30),
        ),
        OfficeSetting(
            "broadcast_minutes",
            _FOLLOWING,
            "Thông báo chung đợi mấy phút mới gửi, để còn thu hồi",
            "từ 0 đến 120",
            5,
            count(0, 120),
        ),
        OfficeSetting(
            "reconfirm_months",
            _FOLLOWING,
            "Các tháng đề nghị xác nhận lại cán bộ đầu mối",
            "các tháng, ví dụ 1,7",
            "1,7",
            months,
        ),
        *CASES,
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
