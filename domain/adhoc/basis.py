"""On what a sentence rests: the document it cites, or the person whose word it passes on."""

import re
from dataclasses import dataclass
from datetime import date

from domain.agencies.words import flat
from domain.evidence import day_in, numbers_in, proper_number

_KINDS = {
    "cong van": "Công văn",
    "quyet dinh": "Quyết định",
    "ke hoach": "Kế hoạch",
    "thong bao": "Thông báo",
    "chi thi": "Chỉ thị",
    "cong dien": "Công điện",
    "van ban": "Văn bản",
    "ket luan": "Kết luận",
    "to trinh": "Tờ trình",
    "bao cao": "Báo cáo",
    "nghi quyet": "Nghị quyết",
    "cv": "Công văn",
    "qd": "Quyết định",
    "kh": "Kế hoạch",
    "tb": "Thông báo",
}
_KIND = rf"(?P<kind>{'|'.join(_KINDS)})"
_LEAD = rf"(?:,\s*)?\b(?:theo|can cu)\s+(?:noi dung\s+)?(?:{_KIND}\s*)?(?:so\s*:?\s*)?"
_TO_A_NUMBER = re.compile(_LEAD + r"$")
_WITHOUT_NUMBER = re.compile(
    rf"(?:,\s*)?\b(?:theo|can cu)\s+(?:noi dung\s+)?{_KIND}(?=\s+(?:ngay|cua)\b|\s*[,.;]|\s*$)"
)
_DATE = re.compile(
    r"\s*,?\s*(?:ngay\s+)?(?P<day>\d{1,2}[/.\-]\d{1,2}(?:[/.\-](?:\d{4}|\d{2}))?(?![\d/])|"
    r"\d{1,2} thang \d{1,2}(?: nam \d{4})?)"
)
_ISSUER = re.compile(
    r"\s+cua\s+(?P<by>(?:chu tich |pho chu tich |van phong )?(?:ubnd|hdnd|uy ban nhan dan|tinh uy|chinh phu|thu tuong|"
    r"bo|so)\b(?: (?!truoc\b|cham\b|bao\b|den\b|ve\b|theo\b|han\b|ngay\b)[^\s,;.]+){0,5})"
)
_WORD_OF = re.compile(
    r"(?:,\s*)?\btheo (?:(?:y kien )?chi dao|y kien(?: chi dao)?|ket luan(?: mieng)?) cua\s+(?P<by>[^,;.]+?)"
    r"(?=\s*(?:[,;.]|$|\b(?:truoc|cham nhat|muon nhat|han|den ngay|trong)\b))"
)
_ORAL = re.compile(r"(?:,\s*)?\(?\b(?:giao mieng|bang mieng)\b\)?")


@dataclass(frozen=True, slots=True)
class Basis:
    """The document a task rests on, or nothing: then it was given by word of mouth."""

    kind: str = ""
    """"Công văn"…; "" where the words name no kind, and for what was given by word of mouth."""
    number: str | None = None
    on: date | None = None
    by: str = ""
    """Who signed it or whose word it is, in the words of the sentence; "" where nobody is named."""


def cut_basis(text: str, today: date) -> tuple[Basis, str]:
    """Return what a sentence rests on, and the sentence without those words."""
    folded = flat(text)
    for start, end in numbers_in(text):
        lead = _TO_A_NUMBER.search(folded[:start])
        if lead is not None:
            kind, number = lead["kind"] or "", proper_number(text[start:end])
            return _document(text, folded, (lead.start(), end), kind, number, today)
    unnumbered = _WITHOUT_NUMBER.search(folded)
    if unnumbered is not None:
        return _document(text, folded, unnumbered.span(), unnumbered["kind"], None, today)
    word = _WORD_OF.search(folded)
    if word is not None:
        by = text[word.start("by") : word.end("by")].strip()
        return Basis(by=by), _without(text, *word.span())
    oral = _ORAL.search(folded)
    return Basis(), _without(text, *oral.span()) if oral is not None else text


def _document(
    text: str, folded: str, span: tuple[int, int], kind: str, number: str | None, today: date
) -> tuple[Basis, str]:
    start, end = span
    on, by = None, ""
    for _ in range(2):  # "ngày 3/11 của UBND tỉnh", "của UBND tỉnh ngày 3/11"
        if on is None and (said := _DATE.match(folded, end)) is not None:
            on, end = day_in(_as_date(said["day"]), today), said.end()
        if not by and (issuer := _ISSUER.match(folded, end)) is not None:
            by, end = text[issuer.start("by") : issuer.end("by")], issuer.end()
    return Basis(_KINDS.get(kind, ""), number, on, by), _without(text, start, end)


def _as_date(words: str) -> str:
    return f"ngay {words}" if "thang" in words else words


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
