"""What a document says of itself: kind, number, date, issuer, place, year and the coordinating office."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.plans.model import Facts
from domain.plans.tables import running_text
from domain.sources import Document
from domain.words import fold, squeeze

_KINDS = {
    "ke hoach": "Kế hoạch",
    "quyet dinh": "Quyết định",
    "chi thi": "Chỉ thị",
    "cong van": "Công văn",
    "thong bao": "Thông báo",
    "chuong trinh": "Chương trình",
    "nghi quyet": "Nghị quyết",
    "de an": "Đề án",
    "ket luan": "Kết luận",
    "bao cao": "Báo cáo",
    "to trinh": "Tờ trình",
}
_KIND_OF_MARK = {
    "kh": "Kế hoạch",
    "qd": "Quyết định",
    "ct": "Chỉ thị",
    "ctr": "Chương trình",
    "tb": "Thông báo",
    "nq": "Nghị quyết",
    "da": "Đề án",
    "kl": "Kết luận",
    "bc": "Báo cáo",
    "ttr": "Tờ trình",
    "ubnd": "Công văn",
}
_LEVELS = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp.": "thành phố",
    "tp": "thành phố",
    "huyen": "huyện",
    "quan": "quận",
    "thi xa": "thị xã",
    "thi tran": "thị trấn",
    "phuong": "phường",
    "dac khu": "đặc khu",
    "xa": "xã",
}
_WORDED = "|".join(_KINDS)
_MARK = r"\d+[a-z]?(?:/\d{4})?/[a-z]+\d*(?:-[a-z0-9]+)*"
_NUMERIC_DAY = r"(\d{1,2}) ?[/.\-] ?(\d{1,2}) ?[/.\-] ?(\d{4})"
_WORDED_DAY = r"(\d{1,2}) thang (\d{1,2}),? nam (\d{4})"
_DAY = re.compile(rf"ngay (?:{_NUMERIC_DAY}|{_WORDED_DAY})")
_ATTACHED = re.compile(
    rf"\(?(?:\w+ )?(?:ban hanh |dinh )?kem(?: theo)? (?P<kind>{_WORDED}|van ban)(?: so)? ?:? ?"
    rf"(?P<number>{_MARK})?(?P<rest>.*)"
)
_SPACED_MARK = r"\d+[a-z]? ?/ ?(?:\d{4} ?/ ?)?[a-z]+\d*(?: ?- ?[a-z0-9]+)*"
_HEAD_NUMBER = re.compile(rf"so ?(?::|(?= ?\d)) ?(?P<number>{_SPACED_MARK})?(?P<mark>[ .…]*/[a-z]+)?(?=$|[ .\-/])")
_HEAD_DATE = re.compile(
    r"(?:^|.*?\s)(?P<place>(?:[^\d,:;()/\-]|(?<= )-(?= )){2,40}), ?ngay\b(?:.{0,12}thang\b.{0,10}nam\b"
    r"| ?\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{4}$)"
)
_MOTTO = re.compile(r" (cong hoa xa hoi chu nghia|doc lap ?[-–])")
_YEAR_ALONE = re.compile(r"20\d\d[.,]?")
_BODY = re.compile(
    rf"(?P<head>(?:chu tich )?)(?:ubnd|uy ban nhan dan|uy ban)\b ?(?P<level>{'|'.join(map(re.escape, _LEVELS))})?"
)
_AREA = re.compile(rf"tren dia ban (?P<level>{'|'.join(map(re.escape, _LEVELS))}) ")
_YEAR = re.compile(r"\bnam (20\d\d)\b")
_TITLE_END = re.compile(r"\(|phu luc\b|([ivx]+|\d+)\. |can cu\b|(chu tich )?(uy ban|ubnd|hoi dong)\b|dieu 1\b")
_LETTERHEAD_LINES, _TITLE_LINES, _LONGEST_TITLE_LINE = 60, 6, 260


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the document and the same line folded, letter for letter."""

    text: str
    folded: str

    def cut(self, start: int, end: int) -> str:
        return self.text[start:end].strip(" ,.;:")


def read(document: Document, file_name: str) -> Facts:
    """Return the facts of a document, those of its tasks apart."""
    lines = [_Line(text, fold(text)) for text in map(squeeze, running_text(document)) if text]
    lines = _mended([line for line in lines if len(line.text) == len(line.folded)])
    attached = _attached(lines)
    head = lines[:_LETTERHEAD_LINES]
    number, mark_kind = _number(head, attached)
    signed = _date(head, attached)
    title, title_kind = _title(lines)
    place = _head_place(head)
    issuer, issuer_place = _issuer(lines, attached, place)
    return Facts(
        file=file_name,
        kind=mark_kind or (_KINDS.get(attached.folded_kind) if attached else None) or title_kind,
        number=number,
        date=signed,
        issuer=issuer,
        place=issuer_place or place,
        year=_year(title, signed, lines),
        coordinating_office=None,
        title=title,
        signer=_signer(lines),
    )


def _mended(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines with the right half of a letterhead cut off and a date that breaks before its year joined."""
    mended: list[_Line] = []
    motto_breaks = False
    for line in lines:
        if mended and _YEAR_ALONE.fullmatch(line.text) and mended[-1].folded.endswith(" nam"):
            before = mended.pop()
            line = _Line(f"{before.text} {line.text}", f"{before.folded} {line.folded}")
        elif motto_breaks and line.folded.endswith(" viet nam"):
            line = _Line(line.text[: -len(" viet nam")], line.folded[: -len(" viet nam")])
        motto_breaks = line.folded.endswith("cong hoa xa hoi chu nghia")
        mended.append(_before_motto(line))
    return mended


def _before_motto(line: _Line) -> _Line:
    """Return the left half of a letterhead whose two halves were read as one line."""
    motto = _MOTTO.search(line.folded)
    return _Line(line.text[: motto.start()], line.folded[: motto.start()]) if motto else line


@dataclass(frozen=True, slots=True)
class _Attached:
    """The line that ties an appendix to its document: "(Ban hành kèm theo Kế hoạch số … ngày … của …)"."""

    folded_kind: str
    number: str | None
    mark: str | None
    day: date | None
    by: _Line | None


def _attached(lines: Sequence[_Line]) -> _Attached | None:
    for place, line in enumerate(lines):
        whole = line
        for more in lines[place + 1 : place + 3]:
            if not whole.text.startswith("(") or ")" in whole.text:
                break
            whole = _Line(f"{whole.text} {more.text}", f"{whole.folded} {more.folded}")
        match = _ATTACHED.match(whole.folded)
        if match is None or not (match["number"] or "/" in match["rest"] or "ngay" in match["rest"]):
            continue
        number = whole.text[match.start("number") : match.end("number")] if match["number"] else None
        by = re.search(r"\bcua (?P<who>[^)]*)", whole.folded)
        mark = re.match(r" ?[.…]*/([a-z]+)", match["rest"])
        return _Attached(
            match["kind"],
            number,
            mark[1] if mark else None,
            _day(match["rest"]),
            _Line(whole.text[by.start("who") : by.end("who")], by["who"]) if by else None,
        )
    return None


def _number(head: Iterable[_Line], attached: _Attached | None) -> tuple[str | None, str | None]:
    """Return the number, None where a part is blank, and the kind of document that its letters tell."""
    number, mark = None, None
    for line in head:
        match = _HEAD_NUMBER.match(line.folded)
        if match is not None and (match["number"] or match["mark"]):
            said = line.text[match.start("number") : match.end("number")]
            number = said.replace(" ", "") if match["number"] else None
            mark = (match["number"] or match["mark"]).strip(" .…")
            break
    if number is None and attached is not None:
        number = attached.number
        mark = mark or attached.number or (f"/{attached.mark}" if attached.mark else None)
    letters = re.search(r"/([^\W\d]+)", fold(mark)) if mark else None
    return number, _KIND_OF_MARK.get(letters[1]) if letters else None


def _day(folded: str) -> date | None:
    match = _DAY.search(folded)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(head: Iterable[_Line], attached: _Attached | None) -> date | None:
    for line in head:
        if _HEAD_DATE.match(line.folded) and (day := _day(line.folded)):
            return day
    return attached.day if attached else None


def _head_place(head: Iterable[_Line]) -> str | None:
    for line in head:
        match = _HEAD_DATE.match(line.folded)
        if match is not None:
            place = line.cut(match.start("place"), match.end("place"))
            return re.sub(r"^(tỉnh|thành phố|tp\.?|huyện|thị xã|xã|phường)\s+", "", place, flags=re.IGNORECASE)
    return None


def _title(lines: Sequence[_Line]) -> tuple[str, str | None]:
    """Return the document's title without its kind, and the kind: the first line that is or begins with one."""
    for place, line in enumerate(lines):
        kind = next((k for k in _KINDS if line.folded.rstrip(":") == k or _opens_title(line, k)), None)
        if kind is None:
            continue
        kept = [line.text[len(kind) :].strip(" :")] if len(line.folded) > len(kind) else []
        for more in lines[place + 1 : place + 1 + _TITLE_LINES]:
            if _TITLE_END.match(more.folded) or more.folded in _KINDS or len(more.text) > _LONGEST_TITLE_LINE:
                break
            kept.append(more.text)
        return " ".join(part for part in kept if part), _KINDS[kind]
    return "", None


def _opens_title(line: _Line, kind: str) -> bool:
    return line.folded.startswith(f"{kind} ") and line.text.isupper()


def _year(title: str, signed: date | None, lines: Iterable[_Line]) -> int | None:
    named = _YEAR.search(fold(title))
    if named is not None:
        return int(named[1])
    if signed is not None:
        return signed.year
    for line in lines:
        if line.text.isupper() or _HEAD_DATE.match(line.folded):
            match = _YEAR.search(line.folded)
            if match is not None:
                return int(match[1])
    return None


def _issuer(lines: Sequence[_Line], attached: _Attached | None, place: str | None) -> tuple[str | None, str | None]:
    """Return who issued the document and of which place, from the attaching line or the letterhead."""
    sources = [attached.by] if attached and attached.by else []
    sources += [line for line in lines[:_LETTERHEAD_LINES] if line.text.isupper()]
    area = next((_named_place(line, match) for line in lines if (match := _AREA.search(line.folded))), None)
    for source in sources:
        match = _BODY.match(source.folded)
        if match is None:
            continue
        level = _LEVELS.get(match["level"] or "", "")
        own = _named_place(source, match) or (_next_place(lines, source) if not level else None)
        if own and not level and (known := re.match("|".join(map(re.escape, _LEVELS)), fold(own))):
            level, own = _LEVELS[known[0]], _cased(own[known.end() :].strip())
        named = own or place or area
        by_chair = bool(match["head"]) or (not (attached and attached.by) and _is_signed_by_chair(lines))
        head = "Chủ tịch " if by_chair else ""
        return " ".join(f"{head}UBND {level} {named or ''}".split()), named
    if attached and attached.by:
        return attached.by.text.strip(" .;"), place
    return None, place or area


def _is_signed_by_chair(lines: Iterable[_Line]) -> bool:
    """Tell whether the signature is the chair's own, not given for the committee ("TM. ỦY BAN NHÂN DÂN")."""
    offices = [line.folded for line in lines if line.text.isupper() and len(line.text) < 60]
    on_behalf = any(office.startswith(("tm.", "tm ")) for office in offices)
    return not on_behalf and any(re.fullmatch(r"(kt\. ?)?chu tich( ubnd.*)?", office) for office in offices)


def _next_place(lines: Sequence[_Line], source: _Line) -> str | None:
    """Return the line below a letterhead that is broken before the level ("ỦY BAN NHÂN DÂN / TỈNH …")."""
    after = next((lines[i + 1] for i, line in enumerate(lines[:-1]) if line is source), None)
    return after.text if after and after.folded.startswith(tuple(f"{level} " for level in _LEVELS)) else None


def _named_place(line: _Line, match: re.Match[str]) -> str | None:
    """Return the capitalised words after a match: the name of the place."""
    words: list[str] = []
    for word in line.text[match.end() :].split():
        if not word[:1].isupper() or len(words) == 5:
            break
        words.append(word.strip(",.;:)"))
        if word[-1] in ",.;:)":
            break
    return _cased(" ".join(words)) or None


def _cased(name: str) -> str:
    return " ".join(word.capitalize() for word in name.split()) if name.isupper() else name


def _signer(lines: Sequence[_Line]) -> str | None:
    """Return the name below the last line that gives the signer's office."""
    for place in range(len(lines) - 1, 0, -1):
        if lines[place - 1].folded.endswith("chu tich") and lines[place - 1].text.isupper():
            words = lines[place].text.split()
            if 2 <= len(words) <= 5 and all(word.istitle() for word in words):
                return lines[place].text
    return None
