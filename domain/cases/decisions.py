"""What the office and the agencies decide about a case: class, ground of a refusal, urgency, outcome, source."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a case came from."""

    CHAT = "chat"
    WEB = "web"
    NATIONAL = "national"  # Cổng Dịch vụ công quốc gia, Văn phòng Chính phủ chuyển
    PROVINCE_PORTAL = "province_portal"
    DOCUMENT = "document"  # công văn
    PHONE = "phone"
    IN_PERSON = "in_person"
    MAIL = "mail"

    @property
    def label(self) -> str:
        """The source in Vietnamese."""
        return _SOURCES[self]

    @property
    def by_an_official(self) -> bool:
        """Whether an official writes the case down for somebody else."""
        return self not in {Source.CHAT, Source.WEB}

    @property
    def begins_here(self) -> bool:
        """Whether a case of this source has no code elsewhere unless it is entered there."""
        return self in {Source.CHAT, Source.WEB, Source.PHONE, Source.IN_PERSON, Source.MAIL}

    @property
    def tells_its_senders(self) -> bool:
        """Whether the sender follows the case in another system and hears there what is entered there."""
        return self in {Source.NATIONAL, Source.PROVINCE_PORTAL}


_SOURCES = {
    Source.CHAT: "tin nhắn",
    Source.WEB: "trang web",
    Source.NATIONAL: "Cổng Dịch vụ công quốc gia, VPCP chuyển",
    Source.PROVINCE_PORTAL: "cổng thông tin của tỉnh",
    Source.DOCUMENT: "công văn",
    Source.PHONE: "điện thoại",
    Source.IN_PERSON: "trực tiếp",
    Source.MAIL: "thư điện tử",
}


class LegalClass(StrEnum):
    """The four classes of Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm d; and what is of two at once."""

    INCOMPLETE = "incomplete"  # (1) không đạt yêu cầu của Điều 7
    CONDUCT = "conduct"  # (2) hành vi
    REGULATION = "regulation"  # (3) nội dung quy định hành chính, thuộc thẩm quyền của tỉnh
    BOTH = "both"  # (2) và (3): told apart in the periodic report, handled as conduct
    ELSEWHERE = "elsewhere"  # (4) không thuộc thẩm quyền: phải chuyển trong 05 ngày làm việc

    @property
    def label(self) -> str:
        """The class in Vietnamese."""
        return _CLASSES[self]

    @property
    def is_conduct(self) -> bool:
        """Whether it is handled as somebody's conduct: the head's alone, in the province's days for that."""
        return self in {LegalClass.CONDUCT, LegalClass.BOTH}


_CLASSES = {
    LegalClass.INCOMPLETE: "chưa đạt yêu cầu của Điều 7",
    LegalClass.CONDUCT: "hành vi của cán bộ, công chức",
    LegalClass.REGULATION: "nội dung quy định hành chính thuộc thẩm quyền của tỉnh",
    LegalClass.BOTH: "cả hành vi và nội dung quy định hành chính",
    LegalClass.ELSEWHERE: "thuộc thẩm quyền của cơ quan khác (phải chuyển)",
}


class Urgency(StrEnum):
    """How pressing a case is; each level has its own limit for the answer."""

    NORMAL = "normal"
    URGENT = "urgent"
    COMPLEX = "complex"

    @property
    def label(self) -> str:
        """The level in Vietnamese."""
        return {Urgency.NORMAL: "thường", Urgency.URGENT: "khẩn", Urgency.COMPLEX: "phức tạp"}[self]


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which taking a case up may be refused: the basis, and what the citizen can do then.

    `setting` names the office's setting without which the ground may not be used. `guides` tells that the case is
    shown another door rather than refused.
    """

    code: str
    label: str
    basis: str
    way_out: str
    setting: str = ""
    guides: bool = False
    counts: bool = True
    """Whether the case still counts as one that the province was to handle (QĐ 766/QĐ-TTg, the denominator)."""


GROUNDS: dict[str, Ground] = {
    one.code: one
    for one in (
        Ground(
            "R1",
            "thiếu họ tên, địa chỉ, số điện thoại hoặc địa chỉ thư tín",
            "Nghị định 20/2008/NĐ-CP, Điều 7 khoản 1 điểm d, khoản 2 điểm d",
            "Ông/bà gửi thêm thông tin còn thiếu, phản ánh được xem xét lại theo mã cũ.",
        ),
        Ground(
            "R2",
            "nội dung chưa rõ ràng",
            "Nghị định 20/2008/NĐ-CP, Điều 7 khoản 1 điểm c, khoản 2 điểm c",
            "Ông/bà kể lại rõ việc gì, ở đâu, khi nào, phản ánh được xem xét lại theo mã cũ.",
        ),
        Ground(
            "R3",
            "không sử dụng tiếng Việt",
            "Nghị định 20/2008/NĐ-CP, Điều 7 khoản 1 điểm b, khoản 2 điểm b",
            "Ông/bà gửi lại bằng tiếng Việt, hoặc nhờ người dịch giúp.",
        ),
        Ground(
            "R4",
            "gọi đến số điện thoại không phải số chuyên dùng đã công bố",
            "Nghị định 20/2008/NĐ-CP, Điều 7 khoản 2 điểm a",
            "Ông/bà gọi số chuyên dùng đã công bố, hoặc gửi tại kênh này.",
        ),
        Ground(
            "R5",
            "là khiếu nại, tố cáo",
            "Nghị định 20/2008/NĐ-CP, Điều 1",
            "Ông/bà gửi đơn tới Ban Tiếp công dân hoặc cơ quan có thẩm quyền giải quyết khiếu nại, tố cáo.",
            guides=True,
            counts=False,
        ),
        Ground(
            "R6",
            "không liên quan đến quy định hành chính, hành vi hành chính",
            "Nghị định 20/2008/NĐ-CP, Điều 1, Điều 3, Điều 5",
            "Ông/bà liên hệ nơi tiếp nhận phù hợp được ghi kèm.",
            guides=True,
            counts=False,
        ),
        Ground(
            "R7",
            "nội dung quấy rối, xúc phạm hoặc vi phạm pháp luật",
            "Quy chế tiếp nhận phản ánh, kiến nghị của tỉnh",
            "Ông/bà có thể đề nghị xem xét lại một lần.",
            setting="case_ground_abuse",
        ),
        Ground(
            "R8",
            "đã được trả lời, không có tình tiết mới",
            "Quy chế tiếp nhận phản ánh, kiến nghị của tỉnh",
            "Ông/bà gửi kèm tình tiết mới, phản ánh được xem xét lại theo mã cũ.",
            setting="case_ground_repeated",
        ),
    )
}
"""The closed list of grounds. “Không thuộc thẩm quyền” is none: Điều 9 khoản 1 điểm d obliges to pass the case on."""

TIMED_OUT = "R1"
"""The ground kept with a case whose supplement did not come in time."""


class Outcome(StrEnum):
    """What came of a case (Điều 15, and the practice of the offices)."""

    EXPLAINED = "explained"
    FIXED = "fixed"
    DISCIPLINED = "disciplined"
    AMENDED = "amended"
    PROPOSED = "proposed"
    ISSUED = "issued"
    UNFOUNDED = "unfounded"

    @property
    def label(self) -> str:
        """The outcome in Vietnamese."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.EXPLAINED: "giải thích, hướng dẫn",
    Outcome.FIXED: "đã khắc phục",
    Outcome.DISCIPLINED: "đã chấn chỉnh, xin lỗi",
    Outcome.AMENDED: "sửa đổi, bãi bỏ quy định",
    Outcome.PROPOSED: "kiến nghị cấp có thẩm quyền sửa đổi",
    Outcome.ISSUED: "ban hành quy định mới",
    Outcome.UNFOUNDED: "phản ánh không có cơ sở",
}


class Rating(StrEnum):
    """How content the citizen is with an answer."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"

    @property
    def label(self) -> str:
        """The rating in Vietnamese."""
        return {Rating.GOOD: "hài lòng", Rating.FAIR: "bình thường", Rating.BAD: "không hài lòng"}[self]
