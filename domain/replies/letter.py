"""The head of an official letter, read from the text of its first page (layout of Nghị định 30/2020/NĐ-CP).

The head has two columns: agency, number and "V/v" at the left; the motto, place and date at the right. Text taken out
of a file gives them one after the other, or both on one line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.evidence import numbers_in, proper_number
from domain.replies.tokens import flat, line_of


@dataclass(frozen=True, slots=True)
class Letter:
    """What the head tells; None for what is not there or left blank.

    `issuer` is the agency itself, without the one above it, as written. `kind` is the type of document, "Công văn"
    where it bears none. `subject` is the trích yếu without "V/v".
    """

    number: str | None = None
    on: date | None = None
    issuer: str | None = None
    kind: str | None = None
    subject: str | None = None


KINDS = {
    "nghi quyet": "Nghị quyết",
    "quyet dinh": "Quyết định",
    "chi thi": "Chỉ thị",
    "quy che": "Quy chế",
    "quy dinh": "Quy định",
    "thong cao": "Thông cáo",
    "thong bao": "Thông báo",
    "huong dan": "Hướng dẫn",
    "chuong trinh": "Chương trình",
    "ke hoach": "Kế hoạch",
    "phuong an": "Phương án",
    "de an": "Đề án",
    "du an": "Dự án",
    "bao cao": "Báo cáo",
    "bien ban": "Biên bản",
    "to trinh": "Tờ trình",
    "hop dong": "Hợp đồng",
    "cong dien": "Công điện",
    "ban ghi nho": "Bản ghi nhớ",
    "ban thoa thuan": "Bản thỏa thuận",
    "giay uy quyen": "Giấy ủy quyền",
    "giay moi": "Giấy mời",
    "giay gioi thieu": "Giấy giới thiệu",
    "giay nghi phep": "Giấy nghỉ phép",
    "phieu gui": "Phiếu gửi",
    "phieu chuyen": "Phiếu chuyển",
    "phieu bao": "Phiếu báo",
}
"""The types of document of Nghị định 30/2020/NĐ-CP, article 7, folded."""

_LETTER = "Công văn"
_SHORT_KINDS = {
    "NQ": "nghi quyet", "QĐ": "quyet dinh", "CT": "chi thi", "TB": "thong bao", "HD": "huong dan",
    "CTr": "chuong trinh", "KH": "ke hoach", "PA": "phuong an", "ĐA": "de an", "DA": "du an", "BC": "bao cao",
    "BB": "bien ban", "TTr": "to trinh", "CĐ": "cong dien", "GM": "giay moi", "QC": "quy che", "QyĐ": "quy dinh",
}  # fmt: skip
"""Abbreviations of types in a document's number (appendix III of the same decree)."""

_MOTTO = re.compile(
    r"cong hoa xa hoi chu nghia(?: viet nam)?|doc lap\s?[-–]?\s?tu do\s?[-–]?\s?hanh phuc|dang cong san viet nam"
)
_DATE = re.compile(
    r"\bngay\s?(\d{1,2})?[\s.…]*thang\s?(\d{1,2})?[\s.…]*nam\s?(\d{4})?|\bngay\s(\d{1,2})/(\d{1,2})/(\d{4})"
)
_NUMBER = re.compile(r"^so\s?(?:[:.]|(?=[\d/…])|$)")
_ABOUT = re.compile(r"^(?:v\s?/\s?v|ve viec)\b\s?[:.]?\s?")
_BODY = re.compile(
    r"^(?:kinh gui|can cu|thuc hien (?:nghi|quyet|ke|chi|cong|chuong|thong|van|y kien)|theo de nghi|dieu \d|phan thu|"
    r"[ivx]{1,4}\s?[.)]|\d{1,2}\s?[.)]\s|phu luc|noi nhan|de trien khai|nham|xet de nghi|ngay \d|\()"
)
_AUTHORITY = re.compile(
    r"^(?:chu tich|uy ban nhan dan|hoi dong nhan dan|giam doc|chanh van phong|bo truong|thu tuong|truong ban|"
    r"cuc truong|chi cuc truong|tong giam doc|chanh thanh tra)\b"
)
_AGENCY = re.compile(
    r"^(?:ubnd|uy ban|hdnd|hoi dong|so|ban|chi cuc|cuc|tong cuc|phong|trung tam|van phong|bo|cong an|thanh tra|truong|"
    r"benh vien|kho bac|bao hiem|toa an|vien|hoi|lien doan|tinh doan|doan|mat tran|dang uy|thanh uy|tinh uy|cong ty|"
    r"quy|thue|hai quan|ngan hang|bao|dai|chinh phu|thu tuong)\b"
)
_STAMPS = re.compile(
    r"^(?:nguoi ky|ky boi|email|co quan ky|thoi gian ky|hoa toc|thuong khan|khan|mat|toi mat|ban sao)\b"
)
_OPEN_ENDS = (" va", " ve", " cua", " cac", ",", " -")
_TRIM = " \t#*_|~-–—=.…:"

_HEAD_LINES = 40
_SUBJECT_LINES = 6


def read_letter(text: str) -> Letter:
    """Return what the head of a document tells. Never raises."""
    lines = [_Line.of(one) for one in text[:20_000].splitlines()[: 4 * _HEAD_LINES]]
    head = lines[: next((at for at, one in enumerate(lines) if one.is_body), len(lines))][: 2 * _HEAD_LINES]
    at = next((place for place, one in enumerate(head) if _NUMBER.match(one.folded)), None)
    number = _number(head[at]) if at is not None else None
    about = next((place for place, one in enumerate(head) if at is not None and place >= at and one.about), None)
    titled = next((place for place, one in enumerate(head) if place >= (at or 0) and one.kind), None)
    letter = Letter(number, _date(head), _issuer(head[: at if at is not None else titled or 0]))
    if about is not None and (titled is None or about < titled):
        return replace(letter, kind=_LETTER, subject=_subject(head, about, head[about].about))
    if titled is not None:
        return replace(letter, kind=KINDS[head[titled].kind], subject=_subject(head, titled, head[titled].after_kind))
    return replace(letter, kind=_kind_of(number))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the left column: motto, place and date are taken off."""

    text: str
    folded: str
    dated: re.Match[str] | None
    empty: bool

    @classmethod
    def of(cls, raw: str) -> "_Line":
        text = line_of(raw).strip(_TRIM)
        folded = flat(text)
        dated = _DATE.search(folded)
        if dated is not None and not _names_place(folded[: dated.start()]):
            dated = None
        if dated is not None:
            text = text[: _place(text, dated.start())]
        motto = _MOTTO.search(flat(text))
        if motto is not None:
            text = text[: motto.start()] + text[motto.end() :]
        text = text.strip(_TRIM)
        return cls(text, flat(text), dated, not any(one.isalnum() for one in raw))

    @property
    def is_body(self) -> bool:
        return _BODY.match(self.folded) is not None

    @property
    def about(self) -> str:
        """What follows "V/v"."""
        found = _ABOUT.match(self.folded)
        return self.text[found.end() :] if found else ""

    @property
    def kind(self) -> str:
        """The type of document that this line announces, folded; in capitals, or alone on the line."""
        found = next((kind for kind in KINDS if re.match(kind + r"\b", self.folded)), "")
        heads = self.text[: len(found)].isupper() or self.folded == found
        return found if heads else ""

    @property
    def after_kind(self) -> str:
        rest = self.text[len(self.kind) :].strip(_TRIM)
        return rest if len(rest.split()) > 2 else ""


def _names_place(before: str) -> bool:
    """Whether a date follows a place, not the name of a document: "Sơn La, ngày …"."""
    return before.rstrip().endswith(",") or not before.strip() or before.rstrip().endswith(".")


def _place(text: str, end: int) -> int:
    """Return where the place before a date begins: up to four capitalised words before the comma."""
    words = list(re.finditer(r"[^\s,]+", text[:end]))
    start = end
    for word in reversed(words[-4:]):
        if not word.group()[0].isupper() or any(one.isdecimal() or one == "/" for one in word.group()):
            break
        start = word.start()
    return start


def _number(line: _Line) -> str | None:
    spans = numbers_in(line.text)
    return proper_number(line.text[slice(*spans[0])]) if spans else None


def _date(head: Sequence[_Line]) -> date | None:
    """Return the date beside the place; None where a part of it is left blank."""
    dated = next((one.dated for one in head if one.dated is not None), None)
    if dated is None:
        return None
    parts = [part for part in dated.groups() if part is not None]
    if len(parts) != 3:
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _issuer(lines: Sequence[_Line]) -> str | None:
    """Return the last agency above the number; a line that opens no agency's name goes on with the one before."""
    units: list[str] = []
    for line in lines:
        if not line.text or _STAMPS.match(line.folded) or line.folded == "viet nam":
            continue
        before = flat(units[-1]) if units else ""
        if units and (not _AGENCY.match(line.folded) or before.endswith(_OPEN_ENDS) or before == "van phong"):
            units[-1] = f"{units[-1]} {line.text}"
        elif _AGENCY.match(line.folded):
            units.append(line.text)
    return units[-1] if units else None


def _subject(head: Sequence[_Line], at: int, first: str) -> str | None:
    """Return the words that begin at a line and go on below, up to a gap, an authority or the body."""
    parts = [first] if first else []
    for line in head[at + 1 :]:
        if line.empty or not line.text:
            if parts and line.empty:
                break
            continue
        if _AUTHORITY.match(line.folded) or _NUMBER.match(line.folded) or len(parts) >= _SUBJECT_LINES:
            break
        parts.append(line.text)
    words = " ".join(parts)
    about = _ABOUT.match(flat(words))
    return (words[about.end() :] if about else words).strip(_TRIM) or None


def _kind_of(number: str | None) -> str | None:
    """Return the type that a number's abbreviation names; without one it is an official letter."""
    if number is None:
        return None
    letters = re.findall(r"[^\W\d_]+", number)
    return KINDS.get(_SHORT_KINDS.get(letters[0], ""), _LETTER) if letters else None
