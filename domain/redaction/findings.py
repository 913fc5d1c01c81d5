"""What was found of a person in a text: where it stands, what it is, how sure, and the words that stand in its place.

Rule: names, phones, identity numbers, plates and addresses are masked in what is made public (Nghị định 20/2008/NĐ-CP,
Điều 14 khoản 2 điểm đ and Điều 19; Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP, Điều 3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What of a person a text holds."""

    PERSON = "person"
    PHONE = "phone"
    IDENTITY = "identity"
    PASSPORT = "passport"
    ACCOUNT = "account"
    TAX = "tax"
    PLATE = "plate"
    EMAIL = "email"
    LINK = "link"
    ADDRESS = "address"
    BIRTH = "birth"
    DOSSIER = "dossier"
    OTHER = "other"
    """What only a person saw."""

    @property
    def label(self) -> str:
        """The kind in Vietnamese."""
        return _LABELS[self]

    @property
    def mask(self) -> str:
        """What stands in its place."""
        return f"[{_LABELS[self]}]"


_LABELS = {
    Kind.PERSON: "họ tên",
    Kind.PHONE: "số điện thoại",
    Kind.IDENTITY: "số giấy tờ",
    Kind.PASSPORT: "số hộ chiếu",
    Kind.ACCOUNT: "số tài khoản",
    Kind.TAX: "mã số thuế",
    Kind.PLATE: "biển số xe",
    Kind.EMAIL: "thư điện tử",
    Kind.LINK: "trang cá nhân",
    Kind.ADDRESS: "địa chỉ",
    Kind.BIRTH: "ngày sinh",
    Kind.DOSSIER: "mã hồ sơ",
    Kind.OTHER: "đã che",
}
MASKS = {kind.mask: kind for kind in Kind}


class Certainty(StrEnum):
    """How sure a finding is."""

    SURE = "sure"
    LIKELY = "likely"
    BY_HAND = "by_hand"
    """A person marked it."""

    @property
    def label(self) -> str:
        """How sure, in Vietnamese."""
        return _CERTAINTIES[self]


_CERTAINTIES = {Certainty.SURE: "chắc chắn", Certainty.LIKELY: "có thể", Certainty.BY_HAND: "người duyệt đánh dấu"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """The characters from `start` to before `end` of a text in its proper form (`reading.proper`)."""

    start: int
    end: int
    kind: Kind
    certainty: Certainty = Certainty.SURE

    def overlaps(self, other: "Finding") -> bool:
        """Whether both cover at least one character."""
        return self.start < other.end and other.start < self.end


def written(findings: Iterable[Finding]) -> list[list[Any]]:
    """Return findings as plain lists, to be kept as JSON."""
    return [[one.start, one.end, one.kind.value, one.certainty.value] for one in findings]


def read(rows: Iterable[Iterable[Any]]) -> list[Finding]:
    """Return the findings that `written` made. Raises ValueError for what it did not make."""
    found = []
    for start, end, kind, certainty in rows:
        found.append(Finding(int(start), int(end), Kind(kind), Certainty(certainty)))
    return found
