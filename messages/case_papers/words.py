"""What the papers about a citizen's case share: the case itself, whom they are addressed to, sentences."""

from dataclasses import dataclass
from datetime import date

from messages.official import OfficialPaper

DECREE = (
    "Nghị định số 20/2008/NĐ-CP ngày 14 tháng 02 năm 2008 của Chính phủ về tiếp nhận, xử lý phản ánh, kiến nghị của cá "
    "nhân, tổ chức về quy định hành chính (được sửa đổi, bổ sung tại Nghị định số 48/2013/NĐ-CP và Nghị định số "
    "92/2017/NĐ-CP)"
)
_SUMMARY = 400
"""So many characters of what was reported stand in a letter to whoever reported it."""


@dataclass(frozen=True, slots=True)
class Case:
    """What every paper tells of a case: its codes, when and how it came, the words."""

    code: str
    received_on: date
    source: str
    """How it came, in Vietnamese: "Cổng Dịch vụ công quốc gia"."""
    content: str
    external_code: str = ""
    conduct: bool = False
    """Whether it is about how an official behaved: it goes to the agency's head alone."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whoever reports; both are empty where nothing is known or was erased."""

    name: str = ""
    address: str = ""


def received(office: str, case: Case) -> str:
    """Return when and how a case came, as a sentence to whoever reported it."""
    return (
        f"Ngày {case.received_on:%d/%m/%Y}, {office} nhận được phản ánh, kiến nghị của ông/bà, mã số {case.code}"
        f"{external(case)}, {way(case)}."
    )


def way(case: Case) -> str:
    """Return how a case came: "gửi trực tiếp", "gửi qua Cổng Dịch vụ công quốc gia"."""
    return "gửi trực tiếp" if case.source == "trực tiếp" else f"gửi qua {case.source}"


def external(case: Case) -> str:
    """Return the code that the case has where it came from, in brackets."""
    return f" (mã tại nơi gửi: {case.external_code})" if case.external_code else ""


def citizen(to: Addressee, case: Case) -> str:
    """Return whom a letter is addressed to; by the code where no name is known."""
    if not to.name:
        return f"Ông/bà gửi phản ánh, kiến nghị mã số {case.code}"
    return f"Ông/bà {to.name}" + (f" ({to.address})" if to.address else "")


def quoted(made: OfficialPaper, content: str) -> None:
    """Write what was reported, each of its lines a paragraph in italics, within quotation marks."""
    lines = [line.strip() for line in content.split("\n") if line.strip()]
    for at, line in enumerate(lines):
        made.paragraph(
            f"{'“' if at == 0 else ''}{line}{'”' if at == len(lines) - 1 else ''}",
            italic=True,
        )


def short(text: str) -> str:
    """Return a text cut after a word where it is long."""
    if len(text) <= _SUMMARY:
        return text
    return f"{text[:_SUMMARY].rsplit(' ', 1)[0]}…"


def sentence(text: str) -> str:
    """Return the text with a stop at its end."""
    said = text.strip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
