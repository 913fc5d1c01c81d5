"""Values of indicators in tables: the form to fill in, what is read back from it, and all values as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from actions import indicators
from domain.case_figures import Window
from domain.errors import ActRefused
from domain.indicators import Measured, Verdict, read_parts, read_value, said_number
from domain.local import long_day, today
from domain.people import Viewer
from domain.periods import Period
from domain.words import fold
from messages import case_report
from messages.workbook import Field, Value, Workbook
from storage import agencies
from storage.database import Unit
from storage.views import indicators as views
from storage.views.cases import figures
from storage.views.indicator_rows import Owed, Standing

COLUMNS = {
    "indicator": ("ma chi tieu", "chi tieu so", "ma"),
    "agency": ("ma co quan", "co quan", "don vi", "ma don vi"),
    "part": ("phan", "tu so", "so dat", "so luong dat"),
    "whole": ("tong", "mau so", "tong so"),
    "value": ("gia tri", "ket qua", "so lieu", "ty le"),
    "source": ("nguon", "so van ban", "nguon, so van ban", "van ban"),
}
"""Names of columns, folded, that are read; the others are there for people alone."""

_FORM = (
    Field("Mã chỉ tiêu", 12),
    Field("Chỉ tiêu", 60),
    Field("Mục tiêu", 14),
    Field("Mã cơ quan", 14),
    Field("Tên cơ quan", 32),
    Field("Phần", 12, "#,##0"),
    Field("Tổng", 12, "#,##0"),
    Field("Giá trị", 12, "#,##0.##"),
    Field("Nguồn, số văn bản", 30),
)
_SLIP = Decimal("0.1")
"""A written percentage may differ from its part and whole by rounding, not by more."""
_WHOLE = "CHUNG"
"""What stands for the code of an agency where a value is of all together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a filled form: its line in the file and its cells by our names, "" where there is none."""

    line: int
    indicator: str
    agency: str
    part: str = ""
    whole: str = ""
    value: str = ""
    source: str = ""

    def wrong(self, problem: str) -> ActRefused:
        """Return the refusal that names the line."""
        return ActRefused(f"Dòng {self.line}: {problem} Chưa có số liệu nào được ghi; sửa rồi nhập lại.")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many values are new or corrected, how many stood already, how many rows were left blank."""

    kept: int
    same: int
    blank: int


def import_values(
    unit: Unit, viewer: Viewer | None, entries: Sequence[Entry], period: Period, now: datetime
) -> Imported:
    """Keep every value of a filled form for a period, or none of them.

    Raises ActRefused with line and sentence for the first row that cannot be used.
    """
    known = {one.id: one for one in views.table(unit, period)}
    ids, directory = agencies.ids(unit), agencies.directory(unit)
    kept = same = blank = 0
    seen: dict[tuple[int, int | None], int] = {}
    for entry in entries:
        if not (entry.part or entry.whole or entry.value):
            blank += 1
            continue
        standing = known.get(id_of(entry.indicator))
        if standing is None:
            raise entry.wrong(f"không có chỉ tiêu “{entry.indicator[:40]}” trong năm {period.year}.")
        agency_id = None
        if fold(entry.agency) != fold(_WHOLE):
            found = directory.find(entry.agency, today(now)) if entry.agency else None
            if found is None:
                raise entry.wrong(f"danh mục không có cơ quan “{entry.agency[:60]}”.")
            agency_id = ids[found.code]
        place = (standing.id, agency_id)
        if place in seen:
            raise entry.wrong(f"chỉ tiêu và cơ quan này đã có ở dòng {seen[place]}.")
        seen[place] = entry.line
        try:
            measured = _measured(entry, standing)
            written = indicators.record(unit, viewer, standing.id, agency_id, period, measured, entry.source, now)
        except ActRefused as refused:
            raise entry.wrong(refused.sentence) from None
        kept, same = kept + written, same + (not written)
    if not kept + same:
        raise ActRefused("Tệp chưa có số liệu nào: điền cột Giá trị, hoặc cột Phần và cột Tổng, rồi nhập lại.")
    return Imported(kept, same, blank)


def id_of(code: str) -> int:
    """Return the id behind an indicator's code ("CT-12", "12"), 0 for none."""
    bare = fold(code).replace(" ", "").removeprefix("ct").lstrip("-")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else 0


def _measured(entry: Entry, standing: Standing) -> Measured:
    goal = standing.goal
    if bool(entry.part) != bool(entry.whole):
        raise ActRefused("cột Phần và cột Tổng phải cùng có số, hoặc cùng để trống.")
    if not entry.part:
        return _bare(entry.value, standing)
    if not goal.is_ratio:
        raise ActRefused("chỉ tiêu này không phải tỷ lệ; chỉ điền cột Giá trị.")
    measured = read_parts(entry.part, entry.whole, goal)
    stated = _bare(entry.value, standing).value if entry.value else None
    if stated is not None and measured.value is not None and abs(stated - measured.value) > _SLIP:
        said = said_number(measured.value.quantize(Decimal("0.01")))
        raise ActRefused(f"giá trị {said_number(stated)} không khớp với phần/tổng ({said}).")
    return measured


def _bare(text: str, standing: Standing) -> Measured:
    """Read the cell of a value; a percentage up to 1 without its sign may be a share: it is not guessed."""
    measured = read_value(text, standing.goal)
    value = measured.value
    if standing.goal.is_ratio and value is not None and 0 < value <= 1 < standing.goal.target and "%" not in text:
        raise ActRefused(
            f"“{text}” có thể là ô định dạng phần trăm. Ghi rõ dạng chữ, ví dụ 93,5%, hoặc điền cột Phần và cột Tổng."
        )
    return measured


def form(unit: Unit, period: Period, agency_id: int | None = None) -> bytes:
    """Return the form for a period, for one agency or for all, with the values that stand already.

    Raises ActRefused where nobody owes anything.
    """
    rows: list[list[Value]] = []
    for one in views.table(unit, period):
        for owed in [*one.agencies, *([one.whole] if one.whole and agency_id is None else [])]:
            if agency_id is None or owed.agency_id == agency_id:
                rows.append(_form_row(one, owed))
    if not rows:
        raise ActRefused(
            f"Năm {period.year} chưa có chỉ tiêu nào cần số liệu. Ban hành kế hoạch hoặc thêm chỉ tiêu trước."
        )
    book = Workbook()
    book.sheet(f"Kỳ {period.code}", _FORM, rows)
    return book.saved()


def _form_row(one: Standing, owed: Owed) -> list[Value]:
    measured = owed.measured
    bare: Value = None
    if measured is not None and measured.part is None and measured.value is not None:
        bare = f"{said_number(measured.value)}{one.goal.unit}" if one.goal.is_ratio else measured.value
    return [
        one.code,
        one.title,
        one.goal.said,
        owed.code or _WHOLE,
        owed.agency,
        measured.part if measured else None,
        measured.whole if measured else None,
        bare,
        owed.given.source if owed.given else "",
    ]


_TABLE = (
    Field("Mã", 8),
    Field("Chỉ tiêu", 56),
    Field("Mục tiêu", 13),
    Field("Cơ quan", 32),
    Field("Kỳ", 20),
    Field("Phần", 11, "#,##0"),
    Field("Tổng", 11, "#,##0"),
    Field("Giá trị", 11, "#,##0.00"),
    Field("Kết luận", 16),
    Field("So với kỳ trước", 18),
    Field("Nguồn, số văn bản", 28),
)
_OVERVIEW = (
    Field("Mã", 8),
    Field("Chỉ tiêu", 60),
    Field("Mục tiêu", 13),
    Field("Chung các cơ quan", 18, "#,##0.00"),
    Field("Cách tính", 30),
    Field("Kết luận", 16),
    Field("Số cơ quan", 10),
    Field("Đạt", 8),
    Field("Chưa đạt", 9),
    Field("Chưa có số liệu", 10),
)


def workbook(unit: Unit, at: int | Period, now: datetime) -> bytes:
    """Return all values of a year or a period: one sheet by indicator, one by agency. Raises ActRefused for none."""
    found = views.table(unit, at)
    label = f"năm {at}" if isinstance(at, int) else at.label
    if not found:
        raise ActRefused(f"Chưa có chỉ tiêu nào của {label}.")
    title = (f"Kết quả thực hiện chỉ tiêu, {label}", f"Số liệu tính đến {long_day(today(now))}")
    book = Workbook()
    book.sheet("Theo chỉ tiêu", _OVERVIEW, [_overview_row(one) for one in found], title=title)
    rows = [_table_row(one, owed) for one in found for owed in [*one.agencies, *([one.whole] if one.whole else [])]]
    book.sheet("Theo cơ quan", _TABLE, rows, title=title)
    period = Period.read(str(at)) if isinstance(at, int) else at
    judged = figures.judged(unit, Window.of(period, today(now)))
    if judged:
        case_report.add_indicators(book, judged, title)
    return book.saved()


def _overview_row(one: Standing) -> list[Value]:
    measured = one.total.measured
    return [
        one.code,
        one.title,
        one.goal.said,
        measured.value if measured else None,
        one.total.said_basis,
        one.verdict.label,
        len(one.agencies),
        one.met,
        one.missed,
        one.without,
    ]


def _table_row(one: Standing, owed: Owed) -> list[Value]:
    measured = owed.measured
    return [
        one.code,
        one.title,
        one.goal.said,
        owed.agency,
        owed.given.period.label if owed.given else "",
        measured.part if measured else None,
        measured.whole if measured else None,
        measured.value if measured else None,
        Verdict(owed.verdict).label,
        owed.said_trend,
        owed.given.source if owed.given else "",
    ]
