"""What is to be reached, what was reached, and how people write both."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.errors import ActRefused
from domain.plans.indicators import target_of
from domain.words import fold, squeeze

OPERATORS = {">=": "≥", ">": ">", "=": "=", "<=": "≤", "<": "<"}
"""The signs as they are kept, and as people see them."""

PRECISION = Decimal("0.000001")
"""To so many places a quotient is kept; where part and whole are known, they judge and not it."""
LARGEST = Decimal(10) ** 12
"""A larger figure is a slip of the hand."""
LONGEST = 60
"""Characters of a typed value that are read."""

NONE_AROSE = "không phát sinh"
"""What is said where there was nothing to count in the period: 0 of 0, neither met nor missed."""

_NUMBER = r"\d+(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_PLAIN = re.compile(rf"({_NUMBER})\s*(%|‰|phan tram|[^\W\d][\w/ ]*)?")
_PARTS = re.compile(rf"({_NUMBER})\s*[^\d/:.,]*(?:/|\btren\b|\bcua\b|:)\s*(?:tong(?: so)?\s*)?({_NUMBER})\s*[^\d/:.,]*")
_GROUPED = re.compile(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?")
_NONE = re.compile(r"(?:khong|chua) (?:co )?phat sinh\b.*|0 ?/ ?0")
_GROWTH = re.compile(r"\b(?:tang|giam|so voi|tang truong|toc do)\b")


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure to reach: `operator` is one of >= > = <= <, `target` in `unit`.

    A bare figure ("đạt 80%", kept as "=") is a floor: who reaches 85 has reached 80.
    """

    operator: str
    target: Decimal
    unit: str
    content: str = ""

    @property
    def said(self) -> str:
        """The goal for people: "≥ 90%", "= 1.600 hồ sơ"."""
        return f"{OPERATORS[self.operator]} {said_number(self.target)}{said_unit(self.unit)}"

    @property
    def is_ratio(self) -> bool:
        """Whether values are parts of a whole."""
        return self.unit in _SCALES

    @property
    def scale(self) -> Decimal:
        """What the whole counts as: 100 for %, 1000 for ‰, 1 for what is no ratio."""
        return _SCALES.get(self.unit, Decimal(1))

    @property
    def may_exceed(self) -> bool:
        """Whether a ratio above the whole makes sense: growth, or a comparison with another year."""
        return not self.is_ratio or self.target > self.scale or _GROWTH.search(fold(self.content)) is not None


_SCALES = {"%": Decimal(100), "‰": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was reached; `part` of `whole` where both are known. All three None where nothing was there to count."""

    value: Decimal | None
    part: Decimal | None = None
    whole: Decimal | None = None


def of_parts(part: Decimal, whole: Decimal, goal: Goal) -> Measured:
    """Return part of whole as a ratio. Raises ActRefused for a part larger than its whole."""
    if part < 0 or whole < 0:
        raise ActRefused("Số liệu không thể âm. Xin ghi lại, ví dụ: 450/480.")
    if whole == 0 and part == 0:
        return Measured(None, Decimal(0), Decimal(0))
    if whole == 0 or (part > whole and not goal.may_exceed):
        raise ActRefused(
            f"Phần ({said_number(part)}) lớn hơn tổng ({said_number(whole)}). "
            "Xin ghi lại theo thứ tự phần/tổng, ví dụ: 450/480."
        )
    return Measured((part * goal.scale / whole).quantize(PRECISION, ROUND_HALF_UP).normalize(), part, whole)


def of_value(value: Decimal, goal: Goal) -> Measured:
    """Return a bare figure as a value. Raises ActRefused for what cannot be."""
    if value < 0 and not goal.may_exceed:
        raise ActRefused("Số liệu không thể âm. Xin ghi lại, ví dụ: 93,5%.")
    if value > goal.scale and not goal.may_exceed:
        raise ActRefused(
            f"Tỷ lệ {said_number(value)}{goal.unit} vượt quá {said_number(goal.scale)}{goal.unit}. "
            "Xin ghi tỷ lệ (ví dụ: 93,5%) hoặc phần/tổng (ví dụ: 450/480)."
        )
    return Measured(value)


def read_value(text: str, goal: Goal) -> Measured:
    """Read "93,5%", "450/480", "1.600" or "không phát sinh". Raises ActRefused with what to write instead."""
    said = fold(squeeze(text)[:LONGEST]).strip(" .;").removeprefix("dat ")
    if goal.is_ratio and _NONE.fullmatch(said):
        return Measured(None, Decimal(0), Decimal(0))
    said, negative = said.removeprefix("-").strip(), said.startswith("-")
    if (found := _PARTS.fullmatch(said)) is not None and goal.is_ratio:
        return of_parts(_signed(_count(found[1]), negative=negative), _count(found[2]), goal)
    plain = _PLAIN.fullmatch(said)
    if plain is None:
        example = "93,5% hoặc 450/480" if goal.is_ratio else "1.600"
        raise ActRefused(f"Chưa đọc được số liệu “{squeeze(text)[:LONGEST]}”. Xin ghi như {example}.")
    if plain[2] in {"%", "‰", "phan tram"} and not goal.is_ratio:
        raise ActRefused(f"Chỉ tiêu này tính bằng {goal.unit or 'số'}, không phải tỷ lệ. Xin ghi lại, ví dụ: 1.600.")
    if goal.is_ratio and not plain[2] and _GROUPED.fullmatch(plain[1]):
        raise ActRefused(
            f"“{plain[1]}” có thể là một số đếm. Xin ghi tỷ lệ (ví dụ: 93,5%) hoặc phần/tổng (ví dụ: 450/480)."
        )
    read = _ratio if goal.is_ratio else _count
    return of_value(_signed(read(plain[1]), negative=negative), goal)


def _signed(value: Decimal, *, negative: bool) -> Decimal:
    return -value if negative else value


def read_parts(part: str, whole: str, goal: Goal) -> Measured:
    """Read part and whole written apart ("450", "480"). Raises ActRefused as `read_value` does."""
    return of_parts(_count(squeeze(part)), _count(squeeze(whole)), goal)


def _count(text: str) -> Decimal:
    """Read a count the Vietnamese way: 1.600 is a thousand and more, 99,5 has a decimal."""
    return number_of(re.sub(r"[.\s]", "", text) if _GROUPED.fullmatch(text) else text)


def _ratio(text: str) -> Decimal:
    """Read a percentage: the sign before the decimals may be a comma or a point, 93.125 is under a hundred."""
    return number_of(re.sub(r"\s", "", text))


def number_of(text: str) -> Decimal:
    """Read digits with at most one decimal sign. Raises ActRefused for anything else and for what is too large."""
    plain = text.strip().replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,20})?", plain, re.ASCII):
        raise ActRefused(f"“{text.strip()[:LONGEST]}” không phải một con số dùng được. Xin ghi như 93,5 hoặc 1600.")
    found = Decimal(plain).quantize(PRECISION, ROUND_HALF_UP).normalize()
    if abs(found) > LARGEST:
        raise ActRefused(f"Số {text.strip()[:LONGEST]} quá lớn. Xin kiểm tra và ghi lại.")
    return found


def read_goal(text: str) -> Goal:
    """Read a goal in words ("Tỷ lệ hồ sơ trực tuyến tối thiểu 50%"). Raises ActRefused without a single figure."""
    content = squeeze(text)
    figures = [*_FIGURE.finditer(_YEAR.sub("", content))]
    bare = _YEAR.sub("", content)
    if len(figures) != 1:
        raise ActRefused(
            "Chưa đọc được con số cần đạt. Xin ghi một chỉ tiêu với đúng một con số, "
            "ví dụ: Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 50%."
        )
    found = figures[0]
    start = _LIMIT.search(bare, 0, found.start())
    operator, target, unit = target_of(bare[start.start() if start else found.start() :])
    if target is None:
        raise ActRefused("Chưa đọc được con số cần đạt. Xin ghi như: Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 50%.")
    after = squeeze(bare[found.end() :]).strip(" ,.;:")
    name = bare[: start.start() if start else found.start()].strip(" ,.;:") or after
    return Goal(operator, Decimal(str(target)), unit or after[:40], squeeze(name))


def year_in(text: str) -> int | None:
    """Return the year that a goal names ("năm 2026"), None where it names none."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


_YEAR = re.compile(r",?\s*\(?\b(?:trong |vào |đến )?năm (20\d\d)\b\)?", re.IGNORECASE)
_FIGURE = re.compile(rf"(?:{_NUMBER})\s*(?:%|‰|phần trăm)?(?:\s*trở (?:lên|xuống))?")
_LIMIT = re.compile(
    r"(?:\s*\b(?:có|đạt|ít nhất|tối thiểu|tối đa|không dưới|không quá|không vượt quá|trên|dưới|từ|bằng|là)\b"
    r"|\s*(?::|>=|<=|≥|≤|>|<|=))+\s*$",
    re.IGNORECASE,
)


def said_number(value: Decimal) -> str:
    """Return a number as offices write it: 178.842 · 98,92 · 100."""
    plain = f"{value:,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(",", " ").replace(".", ",").replace(" ", ".")


def said_unit(unit: str) -> str:
    """Return the unit as it stands behind a figure."""
    return unit if unit in _SCALES else f" {unit}" if unit else ""
