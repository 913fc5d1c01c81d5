"""Duties in the running text: paragraphs that charge agencies with something, offered as tasks."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain import deadlines
from domain.agencies import charged
from domain.deadlines import Deadline, Unspecified
from domain.plans.model import Facts, Source, Suggestion
from domain.sources import Document, Paragraph
from domain.words import fold, squeeze

_ORGANISING = re.compile(r"to chuc thuc hien|phan cong (thuc hien|nhiem vu)|trach nhiem (cua|thuc hien)")
_ARTICLE = re.compile(r"Điều\s+\d+\s*[.:]\s*")
_PART = re.compile(r"(?:[IVXL]+|[A-ZĐ])\s*[.\-–]\s+(?=\S)")
_ITEM = re.compile(r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]+|[-–+•*])\s*")
_OPENING = re.compile(r"(?:đề nghị|yêu cầu|giao|trân trọng đề nghị)\s+(?:cho\s+)?", re.IGNORECASE)
_INTRODUCTION = re.compile(
    r"(căn cứ|theo|trên cơ sở|trong quá trình|định kỳ|hằng|hàng|trước|nếu|để|khi|sau khi|trong|đối với|ngoài)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[A-ZĐ]|(?:các|toàn thể|tất cả|những) ")
_NO_DUTY = re.compile(
    r"can cu (luat|nghi|quyet|thong|hien)|theo de nghi|xet de nghi|noi nhan|quyet dinh nay co hieu luc|"
    r"\(?(ban hanh )?kem theo|phu luc|kinh gui"
)
_ENFORCING = re.compile(r"chiu trach nhiem thi hanh|can cu quyet dinh thi hanh|biet, thuc hien")
_END = re.compile(r"noi nhan ?:|(tm|kt|tl|tuq)\. ?[a-z]")
_DAY = r"(?:ngày\s+)?\d{1,2}(?:[/.\-]\d{1,2}(?:[/.\-]\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?"
_STRETCH = r"(?:tháng\s+\d{1,2}|quý\s+(?:[IV]+|\d))(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?"
_EACH = r"(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)"
_LIMIT = r"(?:xong\s+)?(?:trước|chậm nhất(?: là)?|muộn nhất(?: là)?|đến hết|không quá|trong)"
_WHEN = re.compile(
    rf"{_LIMIT}\s+(?:{_STRETCH}|{_DAY}(?:\s+{_EACH})?)"
    rf"|(?:định kỳ\s+)?{_EACH}",
    re.IGNORECASE,
)
_NOBODY: tuple[str, ...] = ()
_FEWEST_LETTERS, _REACH, _LINE = 25, 160, 60


def read(document: Document, known: Facts) -> tuple[Suggestion, ...]:
    """Return the duties that the running text gives, in reading order.

    Within the part on organising ("TỔ CHỨC THỰC HIỆN", an article of a decision) every sentence that begins with
    agencies and goes on with what they do; elsewhere only those with a date or with "giao", "đề nghị", "yêu cầu".
    """
    found: list[Suggestion] = []
    organising, heirs = False, _NOBODY
    for paragraph in _body(document):
        text = squeeze(paragraph.text)
        article, part = _ARTICLE.match(text), _PART.match(text)
        if article or part:
            organising, heirs = bool(article) or _ORGANISING.search(fold(text)) is not None, _NOBODY
        bare = text[article.end() :] if article else text
        item = _ITEM.match(bare)
        bare = bare[item.end() :] if item else bare
        if _NO_DUTY.match(fold(bare)) or _ENFORCING.search(fold(bare)):
            heirs = _NOBODY
            continue
        names, duty, urged = _duty(bare)
        if names and not duty:
            heirs = names
            continue
        heirs = _NOBODY if names else heirs
        raw, deadline = _when(duty if names else bare, known)
        if len(bare) < _FEWEST_LETTERS or not (names or (heirs and item)):
            continue
        if organising or urged or raw:
            found.append(Suggestion(text, names or heirs, raw, deadline, Source(paragraph.page, paragraph.line)))
    return tuple(found)


def _body(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of the document proper: not its letterhead, its recipients or its appendices."""
    ended = False
    for block in _joined(document):
        for line in block.text.split("\n"):
            folded = fold(line)
            ended = ended or _END.match(folded) is not None
            if re.match(r"(ke hoach|phu luc|chuong trinh)\b", folded) and line.isupper():
                ended = folded.startswith("phu luc")
            if line.strip() and not ended and (not line.isupper() or _PART.match(line)):
                yield Paragraph(line, block.page, block.line)


def _joined(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs, those whose lines were read one by one put together again."""
    kept: Paragraph | None = None
    for block in document.blocks:
        if kept is not None and isinstance(block, Paragraph) and _goes_on(kept, block):
            kept = replace(kept, text=f"{kept.text} {block.text}")
            continue
        if kept is not None:
            yield kept
        kept = block if isinstance(block, Paragraph) else None
    if kept is not None:
        yield kept


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Tell whether a paragraph is the next line of the one before it."""
    if before.text.endswith((".", ";", ":", "/", "!")) or before.text.isupper() or after.text.isupper():
        return False
    if any(pattern.match(after.text) for pattern in (_ITEM, _PART, _ARTICLE)):
        return False
    return after.text[:1].islower() or (after.page is not None and len(before.text) > _LINE)


def _duty(text: str) -> tuple[tuple[str, ...], str, bool]:
    """Return the agencies charged, with what, and whether they are told so in words ("giao", "đề nghị")."""
    for start in _beginnings(text):
        opening = _OPENING.match(text, start)
        said = text[opening.end() if opening else start :]
        told = charged(said) if start == 0 or _WHOLE.match(said) else None
        if told is not None:
            return told[0], told[1], opening is not None
    return _NOBODY, "", False


def _beginnings(text: str) -> Iterator[int]:
    """Yield the places where the sentence may begin in earnest: its beginning, or after an introduction."""
    yield 0
    if _INTRODUCTION.match(text):
        yield from (match.end() for match in re.finditer(r",\s+", text[:_REACH]))


def _when(text: str, known: Facts) -> tuple[str, Deadline]:
    """Return the words that say when, with what they mean; nothing where they leave a doubt."""
    for match in _WHEN.finditer(text):
        reading = deadlines.read(match[0], year=known.year, signed=known.date)
        if not reading.warnings and not isinstance(reading.deadline, Unspecified):
            return match[0], reading.deadline
    return "", Unspecified()
