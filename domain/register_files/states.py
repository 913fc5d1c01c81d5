"""Where a case stands in another register, as words of its lists say it, and what that means here."""

import re
from collections.abc import Mapping
from enum import StrEnum

from domain.collections.cells import barely_named, named
from domain.words import fold, squeeze


class Stage(StrEnum):
    """How far a case has come, in the few steps that registers have in common."""

    RECEIVED = "received"
    """Taken in there; sorting and forwarding are still to be done."""
    FORWARDED = "forwarded"
    """An agency has it."""
    ANSWERED = "answered"
    PUBLISHED = "published"
    """Answered, and the answer stands on that system's public page."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The stage in Vietnamese."""
        return _LABELS[self]

    @property
    def rank(self) -> int:
        """How far it is: a register that is further on is never set back by one that is not."""
        return _RANKS[self]

    @property
    def is_answered(self) -> bool:
        """Whether the citizen has an answer."""
        return self in {Stage.ANSWERED, Stage.PUBLISHED}


_LABELS = {
    Stage.RECEIVED: "đã tiếp nhận, chưa chuyển",
    Stage.FORWARDED: "đang xử lý",
    Stage.ANSWERED: "đã trả lời",
    Stage.PUBLISHED: "đã công khai",
    Stage.REFUSED: "không tiếp nhận",
    Stage.WITHDRAWN: "đã rút",
}
_RANKS = {
    Stage.RECEIVED: 0,
    Stage.FORWARDED: 1,
    Stage.ANSWERED: 2,
    Stage.REFUSED: 2,
    Stage.WITHDRAWN: 2,
    Stage.PUBLISHED: 3,
}

_WORDS: Mapping[Stage, tuple[str, ...]] = {
    Stage.RECEIVED: (
        *("mới", "mới gửi", "mới tạo", "mới tiếp nhận", "chờ tiếp nhận", "đã tiếp nhận", "tiếp nhận", "đã nhận"),
        *("chờ phân loại", "đang phân loại", "chờ xử lý", "chưa xử lý", "chờ chuyển", "chưa chuyển", "chờ phân công"),
        *("đã vào sổ", "đang tiếp nhận", "đã tiếp nhận, chưa chuyển", "chờ bổ sung", "yêu cầu bổ sung"),
    ),
    Stage.FORWARDED: (
        *("đã chuyển", "đã chuyển xử lý", "chuyển xử lý", "đã chuyển đơn vị xử lý", "đã chuyển cơ quan xử lý"),
        *("đã giao", "đã phân công", "đang xử lý", "đang giải quyết", "đang thực hiện", "xử lý", "chờ trả lời"),
        *("chưa trả lời", "đang trả lời", "trong hạn", "quá hạn", "đang xử lý trong hạn", "đang xử lý quá hạn"),
        *("chưa hoàn thành", "sắp đến hạn", "chờ duyệt", "chờ phê duyệt"),
    ),
    Stage.ANSWERED: (
        *("đã trả lời", "đã xử lý", "đã xử lý xong", "đã giải quyết", "hoàn thành", "đã hoàn thành", "xong"),
        *("đã có kết quả", "đã xử lý đúng hạn", "đã xử lý quá hạn", "đã xử lý trong hạn", "đã xử lý trước hạn"),
        *("đã trả kết quả", "kết thúc", "đã kết thúc", "đã đóng", "chờ công khai", "đã trả lời, chưa công khai"),
    ),
    Stage.PUBLISHED: ("đã công khai", "công khai", "đã đăng tải", "đã đăng", "đã công khai kết quả"),
    Stage.REFUSED: (
        *("không tiếp nhận", "từ chối", "từ chối tiếp nhận", "bị từ chối", "không đủ điều kiện tiếp nhận"),
        *("không xử lý",),
    ),
    Stage.WITHDRAWN: ("đã rút", "người gửi rút", "rút", "đã thu hồi", "đã huỷ", "đã hủy"),
}

_BY_WORDS: Mapping[str, Stage] = {named(word): stage for stage, words in _WORDS.items() for word in words}
_PARTS = re.compile(r"\s+[-–—]\s+|[;:]\s")


def stage_of(words: str, kept: Mapping[str, Stage]) -> Stage | None:
    """Return what a state's words mean, None where nobody knows.

    `kept` is what the office has said, and comes first. What follows a dash or stands in brackets ("Đang xử lý - quá
    hạn", "Đã xử lý (đúng hạn)") tells only how it went.
    """
    forms = (named(words), barely_named(words), named(_PARTS.split(squeeze(words))[0]))
    return next((table[one] for table in (kept, _BY_WORDS) for one in forms if one in table), None)


def stage_named(text: str) -> Stage | None:
    """Return the stage that a person names, by the command's name or in Vietnamese."""
    said = fold(text)
    return next((one for one in Stage if said in {one.value, fold(one.label)}), None) or _BY_WORDS.get(named(text))
