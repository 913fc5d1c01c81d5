"""What waits for the coordinating office's own word, and since when: the longest wait stands first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.local import today as today_of


class Kind(StrEnum):
    """What waits; the value is also the name of the list in chat."""

    REPORT = "reports"
    EXTENSION = "extensions"
    OBSTACLE = "obstacles"
    NOT_OURS = "not_ours"
    DIRECTION = "directions"
    HELD = "held"
    SEAT = "seats"
    UNDATED = "undated"
    UNKNOWN = "unknown"
    UNREACHED = "unreached"
    LETTER = "letters"
    CASE_RECEPTION = "case_reception"
    CASE_TRIAGE = "case_triage"
    CASE_CONSENT = "case_consent"
    CASE_RETURN = "case_returns"
    CASE_AGAIN = "case_again"
    CASE_BY_HAND = "case_by_hand"

    @property
    def label(self) -> str:
        """What waits, in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Kind.REPORT: "Báo cáo chờ xác nhận",
    Kind.EXTENSION: "Xin gia hạn",
    Kind.OBSTACLE: "Vướng mắc",
    Kind.NOT_OURS: "Báo không thuộc đơn vị",
    Kind.DIRECTION: "Ý kiến của lãnh đạo",
    Kind.HELD: "Đang giữ lại",
    Kind.SEAT: "Người xin tham gia",
    Kind.UNDATED: "Nhiệm vụ chưa có hạn",
    Kind.UNKNOWN: "Nhiệm vụ chưa có cơ quan nhận",
    Kind.UNREACHED: "Nơi chưa liên lạc được",
    Kind.LETTER: "Công văn đôn đốc chưa ghi số",
    Kind.CASE_RECEPTION: "Phản ánh chờ tiếp nhận",
    Kind.CASE_TRIAGE: "Phản ánh chờ phân loại, chuyển",
    Kind.CASE_CONSENT: "Phản ánh chờ người thứ hai đồng ý từ chối",
    Kind.CASE_RETURN: "Phản ánh cơ quan đề nghị chuyển lại",
    Kind.CASE_AGAIN: "Phản ánh lại chờ quyết định",
    Kind.CASE_BY_HAND: "Phản ánh cần báo người gửi bằng tay",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: about one assignment or person, or many of a kind that are settled in their own list."""

    kind: Kind
    since: datetime
    count: int = 1
    subject_id: int = 0
    """The assignment, the request for a later date, or the membership; 0 for many together."""
    code: str = ""
    agency: str = ""
    text: str = ""
    """What it is about, or the person's name."""

    def days(self, today: date) -> int:
        """Return for how many calendar days it has waited."""
        return max((today - today_of(self.since)).days, 0)


def ordered(items: Iterable[Item]) -> list[Item]:
    """Return what waits, the longest wait first."""
    return sorted(items, key=lambda one: (one.since, one.kind, one.subject_id))


def counts(items: Iterable[Item]) -> dict[Kind, int]:
    """Return how many wait of each kind, in the order of kinds; a kind of which nothing waits is left out."""
    found: dict[Kind, int] = {}
    for one in items:
        found[one.kind] = found.get(one.kind, 0) + one.count
    return {kind: found[kind] for kind in Kind if kind in found}
