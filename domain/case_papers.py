"""The papers that a case of a citizen may need, each with the name that commands take."""

from enum import StrEnum

from domain.errors import ActRefused
from domain.words import fold, squeeze


class PaperKind(StrEnum):
    """A paper about one case; its number is always left blank, the registry gives it."""

    FORWARDING = "forwarding"  # văn bản chuyển (Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm d)
    REFUSAL = "refusal"  # thông báo không tiếp nhận
    SUPPLEMENT = "supplement"  # văn bản đề nghị bổ sung, làm rõ (Điều 7)
    ANSWER = "answer"  # công văn trả lời
    RECEIPT = "receipt"  # giấy biên nhận, for whoever comes in person

    @property
    def label(self) -> str:
        """The paper's name in Vietnamese."""
        return _LABELS[self]

    @property
    def word(self) -> str:
        """The word under which commands and file names know it: "chuyen", "khong-tiep-nhan"…"""
        return _WORDS[self]

    @property
    def to_citizen(self) -> bool:
        """Whether it is addressed to whoever reports, and so names that person."""
        return self is not PaperKind.FORWARDING


_LABELS = {
    PaperKind.FORWARDING: "văn bản chuyển",
    PaperKind.REFUSAL: "thông báo không tiếp nhận",
    PaperKind.SUPPLEMENT: "văn bản đề nghị bổ sung",
    PaperKind.ANSWER: "công văn trả lời",
    PaperKind.RECEIPT: "giấy biên nhận",
}
_WORDS = {
    PaperKind.FORWARDING: "chuyen",
    PaperKind.REFUSAL: "khong-tiep-nhan",
    PaperKind.SUPPLEMENT: "bo-sung",
    PaperKind.ANSWER: "tra-loi",
    PaperKind.RECEIPT: "tiep-nhan",
}


def paper_named(text: str) -> PaperKind:
    """Return the paper that a person names. Raises ActRefused."""
    said = fold(squeeze(text)).replace(" ", "-")
    for one in PaperKind:
        if said in {one.value, one.word, fold(one.label).replace(" ", "-")}:
            return one
    known = ", ".join(f"{one.word} ({one.label})" for one in PaperKind)
    raise ActRefused(f"Không có loại văn bản “{squeeze(text)[:40]}”. Các loại: {known}.")
