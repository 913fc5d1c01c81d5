"""What a citizen comes with. Only some of it opens a case; everything else is shown its own door."""

from enum import StrEnum


class Kind(StrEnum):
    """What a citizen comes with; chosen first, because only some of it is for this program."""

    PROCEDURE_QUESTION = "procedure_question"  # hỏi thủ tục, tra hồ sơ
    CONDUCT = "conduct"  # phản ánh hành vi của cán bộ
    REGULATION = "regulation"  # phản ánh, kiến nghị về quy định, thủ tục hành chính
    FIELD = "field"  # việc hiện trường: đường, rác, điện…
    COMPLAINT = "complaint"  # khiếu nại, tố cáo
    EMERGENCY = "emergency"  # khẩn cấp

    @property
    def label(self) -> str:
        """The kind as a choice that a citizen can answer."""
        return _LABELS[self]

    @property
    def opens_case(self) -> bool:
        """Whether the office takes it up under Nghị định 20/2008; the others are shown their door."""
        return self in {Kind.CONDUCT, Kind.REGULATION}


_LABELS = {
    Kind.PROCEDURE_QUESTION: "Hỏi thủ tục, tra cứu hồ sơ",
    Kind.REGULATION: "Phản ánh, kiến nghị về thủ tục, quy định hành chính",
    Kind.CONDUCT: "Phản ánh thái độ, hành vi của cán bộ",
    Kind.FIELD: "Việc hiện trường (đường, rác, điện, nước…)",
    Kind.COMPLAINT: "Khiếu nại, tố cáo",
    Kind.EMERGENCY: "Việc khẩn cấp",
}

ASKED_IN_ORDER = (
    Kind.REGULATION,
    Kind.CONDUCT,
    Kind.PROCEDURE_QUESTION,
    Kind.FIELD,
    Kind.COMPLAINT,
    Kind.EMERGENCY,
)
