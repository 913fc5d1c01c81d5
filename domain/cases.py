"""Citizens' feedback (PAKN): which kinds open a case, which door is right, and the first clock.

Nghị định 20/2008/NĐ-CP (amended by 48/2013, 92/2017). An answer to a citizen names the day by which the case
is passed on to the competent agency: five working days from reception (Điều 9 khoản 1 điểm d). The day of
reception is not counted (Bộ luật Dân sự 2015, Điều 147), and the clock never pauses.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import ActRefused
from domain.statutes import FORWARDING
from domain.words import fold, squeeze
from domain.workdays import Explanation, WorkCalendar

LAW_PACK = "NĐ 20/2008"


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


class State(StrEnum):
    """Where a case stands; the first states of the register's lifecycle."""

    WAITING_RECEPTION = "waiting_reception"  # chờ tiếp nhận, đã vào sổ, có mã

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return "chờ tiếp nhận"


def forward_by(received_on: date, calendar: WorkCalendar) -> Explanation:
    """Return the last day to pass a case on, with the days counted and skipped."""
    return calendar.explain(received_on, FORWARDING.working_days)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports, as Điều 7 khoản 1 điểm d demands: a name, an address, and a phone or a postal address."""

    name: str
    address: str
    phone: str = ""
    mail: str = ""


_PHONE = re.compile(r"(?:0|\+84)(?:[35789]\d{8}|2\d{9})")
_NAME = re.compile(r"[^\W\d_][^\d_<>@]{1,119}")


_LETTERS = 10
"""Fewer letters tell nothing: a row of emoji, of dots."""


def content_of(text: str) -> str:
    """Return what happened, checked: 20 to 4,000 characters, some of them letters. Raises ActRefused."""
    content = squeeze(text)
    if not 20 <= len(content) <= 4000 or sum(one.isalpha() for one in content) < _LETTERS:
        raise ActRefused(
            "Nội dung cần từ 20 đến 4.000 ký tự: xin kể việc gì, ở đâu, khi nào để cơ quan xử lý đúng việc."
        )
    return content


def name_of(text: str) -> str:
    """Return a person's or an organisation's name, checked: 2 to 120 characters. Raises ActRefused."""
    name = squeeze(text)
    if not _NAME.fullmatch(name):
        raise ActRefused("Họ tên cần từ 2 đến 120 ký tự, không có chữ số. Xin nhập lại họ tên đầy đủ.")
    return name


def address_of(text: str) -> str:
    """Return an address, checked for length only. Raises ActRefused."""
    address = squeeze(text)
    if not 5 <= len(address) <= 300:
        raise ActRefused("Địa chỉ cần từ 5 đến 300 ký tự: số nhà hoặc thôn, xã (phường), tỉnh.")
    return address


def contact_of(text: str) -> tuple[str, str]:
    """Return (phone, postal address), one of them empty. Raises ActRefused for neither.

    Mobile and landline numbers of Viet Nam; spaces, dots and dashes are dropped.
    """
    bare = re.sub(r"[\s.\-()]", "", text)
    if _PHONE.fullmatch(bare):
        return bare, ""
    if bare.lstrip("+").isdigit():
        raise ActRefused("Số điện thoại chưa đúng (ví dụ 0912 345 678). Xin nhập lại, hoặc ghi địa chỉ nhận thư.")
    mail = squeeze(text)
    if not 8 <= len(mail) <= 300:
        raise ActRefused("Xin nhập số điện thoại (ví dụ 0912 345 678) hoặc địa chỉ nhận thư đầy đủ.")
    return "", mail


_CASE_CODE = re.compile(r"\bPAKN-[A-Z]{2,6}-\d{4}-\d{6}\b")


def case_code_in(text: str) -> str | None:
    """Return the code of a case that the text names, in its proper form."""
    found = _CASE_CODE.search(squeeze(text).upper())
    return found.group(0) if found else None


_COMPLAINT_WORDS = ("khiếu nại", "tố cáo", "tố giác", "đơn tố")


def sounds_like_complaint(text: str) -> bool:
    """Whether the words speak of khiếu nại or tố cáo, which have their own door (NĐ 20/2008, Điều 1).

    Text with marks is read with them ("tổ cao tầng" is no "tố cáo"), text typed without is read without.
    """
    said = squeeze(text).lower()
    unmarked = fold(said) == said
    words = [fold(one) for one in _COMPLAINT_WORDS] if unmarked else _COMPLAINT_WORDS
    return any(re.search(rf"\b{one}\b", said) for one in words)
