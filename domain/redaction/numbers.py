"""Numbers of a person: phones, identity papers, bank accounts, tax codes, passports, codes of dossiers."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from domain.redaction.findings import Certainty, Finding, Kind
from domain.redaction.reading import Reading

_BETWEEN = r"(?:[ \u00a0.\-–_()]{0,3}|,(?=\d{3}(?!\d)))"
_RUN = re.compile(
    rf"(?<![^\W_])(?<![^\W\d_][-./])\(?\+?\(?(?:[oO](?=[ .\-]?\d{{2,3}}[ .\-]?\d{{3}}))?\d(?:{_BETWEEN}\d)*"
)
_GROUP = re.compile(r"[oO]?\d+")
_LANDLINE = re.compile(r"(?:0|84)2\d{9}")
_DATE = re.compile(r"[0-3]?\d[.\-/ ][01]?\d[.\-/ ](?:19|20)\d\d")
_MONEY = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
_UNITS = re.compile(r" (?:dong|vnd|vnđ|d|trieu|nghin|ngan|ty|usd|m2|ha|kg|km|ho so|nguoi|ho) ")

_FEWEST, _MOST = 7, 19
"""Digits of a number that could be a person's: a phone without its code, a card."""

_SAID: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.ACCOUNT, re.compile(r" (?:stk|so tk|tk|tai khoan|chuyen khoan(?: vao)?(?: so)?|so the|so the atm) ")),
    (Kind.TAX, re.compile(r" (?:mst|ma so thue|ma thue) ")),
    (
        Kind.IDENTITY,
        re.compile(
            r" (?:cccd|cmnd|cmt|cmtnd|can cuoc|chung minh(?: thu| nhan dan)?|dinh danh|bhxh|bhyt|so bao hiem"
            r"|bao hiem xa hoi|so cc) "
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r" (?:sdt|so dt|dt|dien thoai|di dong|dd|zalo|viber|so may|may ban|goi|lien he|lh|alo|phone|tel|mobile"
            r"|so cua (?:toi|em|chau)|so (?:toi|em)) "
        ),
    ),
)
_HOTLINE = re.compile(r" (?:duong day nong|hotline|tong dai|so khan cap) ")
_BANK = re.compile(r" (?:stk|so tk|so tai khoan|chuyen khoan|ngan hang|bank) ")
_OFFICES = re.compile(r" (?:co quan|mot cua|trung tam|uy ban|ubnd|van phong|phong|cong an|benh vien|truong) ")
_OWN = re.compile(r" (?:toi|em|chau|nha|gia dinh|ong|ba|anh|chi) ")
_COMPANY = re.compile(r" (?:cong ty|cty|doanh nghiep|hop tac xa|htx|tap doan|ngan hang) ")
_DIGITS = {
    "khong": "0",
    "mot": "1",
    "hai": "2",
    "ba": "3",
    "bon": "4",
    "tu": "4",
    "nam": "5",
    "lam": "5",
    "sau": "6",
} | {"bay": "7", "tam": "8", "chin": "9"}
_SPELLED = re.compile(r"(?<![^\W_])(?:(?:{0})[\s,.\-]+){{8,}}(?:{0})(?![^\W_])".format("|".join(_DIGITS)))
_PASSPORT = re.compile(r"(?<![^\W_])[A-Za-z]{1,2} ?\d{7,8}(?![^\W_])")
_INSURANCE = re.compile(r"(?<![^\W_])[A-Z]{2}[ -]?\d(?:[ -]?\d){12}(?![^\W_])")
_LAND_PAPER = re.compile(r"(?<![^\W_])[A-Z]{2} ?\d{6}(?![^\W_])")
_DOSSIERS = (
    re.compile(r"(?<![^\W_])\d{3}(?:\.\d{2}){2}\.[A-Za-z]\d{2}(?:[.\-]\d{1,3}){0,3}-\d{6}-\d{3,6}(?!\d)"),
    re.compile(r"(?<![^\W_])[A-Za-z]\d{2}(?:[.\-]\d{1,3}){0,4}-\d{6}-\d{3,6}(?!\d)"),
)
_DOSSIER_SAID = re.compile(
    r"(?:ma (?:so )?ho so|ho so (?:ma )?so|so ho so|bien nhan(?: so)?|so bien nhan|giay (?:tiep nhan|hen|hen tra)"
    r"(?: so)?|so giay (?:tiep nhan|hen)|phieu hen(?: so)?)\s*:?\s+([a-z0-9][\w.\-]*\d[\w.\-]*\d)(?![/\w])"
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """Yield what numbers and codes of a person stand in a text; dossiers first, which hold other numbers."""
    yield from _dossiers(reading)
    yield from _lettered(reading)
    for run in _RUN.finditer(reading.text):
        yield from _of_run(reading, run)
    for spelled in _SPELLED.finditer(reading.bare):
        digits = "".join(_DIGITS[one] for one in re.findall(r"\w+", spelled.group()))
        kind = _by_shape(digits, (digits,))[0] or Kind.PHONE
        yield Finding(spelled.start(), spelled.end(), kind, Certainty.LIKELY)


def _dossiers(reading: Reading) -> Iterator[Finding]:
    for pattern in _DOSSIERS:
        for found in pattern.finditer(reading.text):
            yield Finding(found.start(), found.end(), Kind.DOSSIER)
    for found in _DOSSIER_SAID.finditer(reading.bare):
        if sum(one.isdigit() for one in found.group(1)) >= 5:
            yield Finding(found.start(1), found.end(1), Kind.DOSSIER, Certainty.LIKELY)


def _lettered(reading: Reading) -> Iterator[Finding]:
    """Papers whose number begins with letters."""
    for found in _INSURANCE.finditer(reading.text):
        yield Finding(found.start(), found.end(), Kind.IDENTITY)
    for found in _PASSPORT.finditer(reading.text):
        said = re.search(r" (?:ho chieu|passport) ", reading.before(found.start(), 8))
        if said or re.fullmatch(r"[A-Z]\d{7,8}", found.group()):
            certainty = Certainty.SURE if said else Certainty.LIKELY
            yield Finding(found.start(), found.end(), Kind.PASSPORT, certainty)
    for found in _LAND_PAPER.finditer(reading.text):
        if re.search(r" (?:giay chung nhan|so do|so hong|seri|so phat hanh|gcn) ", reading.before(found.start(), 10)):
            yield Finding(found.start(), found.end(), Kind.IDENTITY, Certainty.LIKELY)


def _of_run(reading: Reading, run: re.Match[str]) -> Iterator[Finding]:
    """Part a run of digit groups into numbers, and say what each is."""
    groups = [
        (*found.span(), _digits(found.group())) for found in _GROUP.finditer(reading.text, run.start(), run.end())
    ]
    at = 0
    while at < len(groups):
        found, at = _longest(reading, run, groups, at)
        if found is not None:
            yield found


def _longest(
    reading: Reading, run: re.Match[str], groups: Sequence[tuple[int, int, str]], at: int
) -> tuple[Finding | None, int]:
    """Return the longest number that begins with a group, and the group that follows it."""
    before = reading.before(groups[at][0], 7)
    for to in range(min(len(groups), at + _MOST), at, -1):
        span = groups[at][0], groups[to - 1][1]
        pieces = tuple(digits for _, _, digits in groups[at:to])
        if not _FEWEST <= sum(map(len, pieces)) <= _MOST:
            continue
        if _is_office_phone("".join(pieces), before):
            return None, to
        kind, certainty = _kind_of(reading, span, pieces, before)
        if kind is not None:
            start = run.start() if at == 0 else span[0]
            closes = reading.text[start : span[0]].count("(") > reading.text[start : span[1]].count(")")
            if closes and reading.text[start] == "(":
                start += 1
            return Finding(start, span[1], kind, certainty), to
    return None, at + 1


def _digits(text: str) -> str:
    return "".join("0" if one in "oO" else str(unicodedata.digit(one)) for one in text)


def _kind_of(
    reading: Reading, span: tuple[int, int], pieces: tuple[str, ...], before: str
) -> tuple[Kind | None, Certainty]:
    digits, written = "".join(pieces), reading.text[span[0] : span[1]]
    if _DATE.fullmatch(written):
        return None, Certainty.SURE
    said = _by_words(before, digits)
    if said in (Kind.ACCOUNT, Kind.IDENTITY):
        return said, Certainty.SURE
    abroad = "+" in reading.text[max(0, span[0] - 2) : span[0]]
    after = reading.after(span[1], 3)
    if (_MONEY.fullmatch(written) and not abroad) or (_UNITS.match(after) and digits[0] != "0"):
        return None, Certainty.SURE
    if said is Kind.TAX:
        ours = not (_COMPANY.search(before) or _COMPANY.search(after)) and len(digits) in (10, 12, 13)
        return (Kind.TAX if ours else None), Certainty.SURE
    shape, certainty = _by_shape(digits, pieces)
    if shape is None and said is Kind.PHONE and 8 <= len(digits) <= 11 and digits[:2] not in ("18", "19"):
        return Kind.PHONE, Certainty.LIKELY
    return shape, certainty


def _is_office_phone(digits: str, before: str) -> bool:
    """Whether a number is a landline that an office has published."""
    offices = _HOTLINE.search(before) or (_OFFICES.search(before) and not _OWN.search(before))
    return _LANDLINE.fullmatch(digits) is not None and bool(offices)


def _by_words(before: str, digits: str) -> Kind | None:
    """Return what the nearest words before a number call it."""
    said = [(found.end(), kind) for kind, pattern in _SAID for found in pattern.finditer(before)]
    kind = max(said, default=(0, None))[1]
    if kind is Kind.IDENTITY and not 8 <= len(digits) <= 15:
        return None
    if kind is Kind.ACCOUNT and _mobile(digits) and not _BANK.search(before):
        return Kind.PHONE
    return kind


def _mobile(digits: str) -> bool:
    return re.fullmatch(r"(?:0|84|0084|840)[35789]\d{8}", digits) is not None


def _by_shape(digits: str, pieces: tuple[str, ...]) -> tuple[Kind | None, Certainty]:
    """Return what a number is by its digits alone: mobile and landline, identity numbers, cards."""
    if _mobile(digits):
        return Kind.PHONE, Certainty.SURE
    if _LANDLINE.fullmatch(digits):
        return Kind.PHONE, Certainty.LIKELY
    if len(digits) == 12 and re.fullmatch(r"0\d\d[0-9]\d{8}", digits):
        return Kind.IDENTITY, Certainty.SURE
    if len(pieces) == 1 and len(digits) in (9, 12):
        return Kind.IDENTITY, Certainty.LIKELY
    if (len(pieces) == 1 and 13 <= len(digits) <= 16) or (len(digits) == 16 and len(pieces) == 4):
        return Kind.ACCOUNT, Certainty.LIKELY
    return None, Certainty.SURE
