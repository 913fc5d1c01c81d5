"""What of a case becomes public: which cases may, the two people it takes, and what is left of personal data.

Rules: Nghị định 20/2008/NĐ-CP, Điều 14 khoản 2 điểm đ, Điều 18 khoản 4, Điều 19; Luật 91/2025/QH15. The citizen's word
decides whether a case is shown at all; what is shown names nobody, whatever the citizen agreed to.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.cases.kinds import Kind
from domain.errors import ActRefused
from domain.redaction import Certainty, Finding, added, find, masked, proper
from domain.redaction import Kind as Data
from domain.words import fold, squeeze


class State(StrEnum):
    """The life of one public version of a case."""

    PREPARED = "prepared"
    RELEASED = "released"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    State.PREPARED: "chờ người thứ hai duyệt",
    State.RELEASED: "đang công khai",
    State.RETURNED: "bị trả lại để sửa",
    State.WITHDRAWN: "đã gỡ",
}


def why_not(case: Any) -> str:
    """Return in a few words why a case is not made public, "" where it may be.

    `case` is its row: kind, sensitive, withheld, may_publish, spam_at, anonymised_at.
    """
    if case.spam_at is not None:
        return "nằm trong danh sách tin rác"
    if case.kind == Kind.CONDUCT:
        return "phản ánh về hành vi của cán bộ"
    if case.sensitive:
        return "có nội dung nhạy cảm"
    if case.withheld is not None:
        return (
            f"Văn phòng đã ghi không công khai: {case.withheld}"
            if case.withheld
            else "Văn phòng đã ghi không công khai"
        )
    if case.anonymised_at is not None:
        return "đã xoá theo yêu cầu về dữ liệu cá nhân"
    return "" if case.may_publish else "người gửi không đồng ý công khai"


TITLE_LENGTHS = 10, 160
CONTENT_LENGTHS = 20, 6_000
_TITLE_AT = 90
_TELLING = 20
"""A shorter sentence ("Kính gửi Văn phòng") is no title."""
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+")


def title_of(content: str) -> str:
    """Return a title to begin with, of what is already masked: the first sentence that tells of nobody, shortened."""
    said = [squeeze(one) for one in _SENTENCE.split(content.strip())]
    free = [one for one in said if len(one) >= _TELLING and "[" not in one]
    return excerpt((free or said)[0], _TITLE_AT).rstrip(".;:, ")


def excerpt(text: str, most: int = 180) -> str:
    """Return the beginning of a text in one line, shortened between words."""
    said = squeeze(text)
    return said if len(said) <= most else said[:most].rpartition(" ")[0].rstrip(".,;: ") + "…"


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may read of a case."""

    title: str
    content: str
    answer: str

    @property
    def folded(self) -> str:
        """The text by which it is searched."""
        return fold(f"{self.title} {self.content} {self.answer}")


def public_of(title: str, content: str, answer: str) -> Public:
    """Return what is to be public, in its proper form. Raises ActRefused for what is missing or too long."""
    made = Public(squeeze(proper(title)), _tidy(content), _tidy(answer))
    if not TITLE_LENGTHS[0] <= len(made.title) <= TITLE_LENGTHS[1]:
        raise ActRefused(f"Tiêu đề cần từ {TITLE_LENGTHS[0]} đến {TITLE_LENGTHS[1]} ký tự.")
    for what, text in (("Nội dung phản ánh", made.content), ("Nội dung trả lời", made.answer)):
        if not CONTENT_LENGTHS[0] <= len(text) <= CONTENT_LENGTHS[1]:
            raise ActRefused(
                f"{what} công khai cần từ {CONTENT_LENGTHS[0]} đến {CONTENT_LENGTHS[1]:,} ký tự.".replace(",", ".")
            )
    return made


def _tidy(text: str) -> str:
    lines = [squeeze(one) for one in proper(text).replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a person begins with: the public text so far, and what is masked in the sender's words and in the answer."""

    public: Public
    content: str
    in_content: tuple[Finding, ...]
    answer: str
    in_answer: tuple[Finding, ...]

    @property
    def masked(self) -> list[tuple[str, Data, Certainty]]:
        """What is masked, each words once, in order."""
        found: dict[str, tuple[str, Data, Certainty]] = {}
        for text, findings in ((self.content, self.in_content), (self.answer, self.in_answer)):
            for one in findings:
                words = text[one.start : one.end]
                found.setdefault(words, (words, one.kind, one.certainty))
        return list(found.values())

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each kind are masked, by its name."""
        every = Counter(one.kind for one in (*self.in_content, *self.in_answer))
        return [(kind.label, every[kind]) for kind in Data if every[kind]]


def drafted(
    content: str, answer: str, sender: str, *, title: str = "", more: Sequence[str] = (), kept: Collection[str] = ()
) -> Drafted:
    """Mask a case and its answer: what is found, less `kept` words, and `more` words that a person saw.

    Raises ActRefused for more words that stand in neither.
    """
    texts = proper(content), proper(answer)
    found = [_masking(text, sender, kept) for text in texts]
    for words in more:
        if not any(words in text for text in texts):
            raise ActRefused(f"Không thấy “{words}” trong phản ánh và trả lời. Xin gõ đúng như trong văn bản.")
        found = [added(text, one, words) if words in text else one for text, one in zip(texts, found, strict=True)]
    shown = [masked(text, one) for text, one in zip(texts, found, strict=True)]
    public = Public(title or title_of(shown[0]), shown[0], shown[1])
    return Drafted(public, texts[0], tuple(found[0]), texts[1], tuple(found[1]))


def _masking(text: str, sender: str, kept: Collection[str]) -> list[Finding]:
    every = find(text, named=[sender] if sender else [])
    return [one for one in every if text[one.start : one.end] not in kept]


@dataclass(frozen=True, slots=True)
class Left:
    """Something in a public text that looks like a person's data; `of_sender` where the sender is named by it."""

    words: str
    kind: Data
    of_sender: bool


def left_in(public: Public, sender: str) -> list[Left]:
    """Return what still looks like a person's data, once each, in order; `sender` is the sender's name or ""."""
    found: dict[str, Left] = {}
    names = [sender] if sender else []
    for text in (public.title, public.content, public.answer):
        without = {(one.start, one.end) for one in find(text)}
        for one in find(text, named=names):
            words = text[one.start : one.end]
            theirs = (one.start, one.end) not in without or fold(words) == fold(sender)
            found.setdefault(words, Left(words, one.kind, theirs))
    return list(found.values())


def check_left(public: Public, sender: str, kept: frozenset[str]) -> None:
    """Refuse (ActRefused) what still names somebody, save words that a person has said to be nobody's.

    The sender's own name is never kept.
    """
    left = [one for one in left_in(public, sender) if one.of_sender or one.words not in kept]
    if not left:
        return
    if left[0].of_sender:
        raise ActRefused("Bản công khai còn tên người gửi. Xin che tên đó rồi trình lại.")
    said = "; ".join(f"“{one.words}” ({one.kind.label})" for one in left[:3])
    raise ActRefused(f"Bản công khai còn {said}. Xin che, hoặc ghi là để nguyên nếu không phải của ai.")
