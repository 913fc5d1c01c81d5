"""The columns of the table of citizens' feedback (the form of II.05 kind) and what must hold between them.

Title, order and number of columns are the office's outline's to say, for forms were renumbered (TT 05/2014, 02/2017,
01/2020); the keys here are what the register can count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.cases.decisions import Source
from domain.collections.cells import Typed
from domain.collections.columns import Column
from domain.figures.identities import Break

TITLES: Final[Mapping[str, str]] = {
    "before": "Kỳ trước chuyển sang",
    "received": "Tiếp nhận trong kỳ",
    "conduct": "Tiếp nhận: hành vi hành chính",
    "regulation": "Tiếp nhận: quy định hành chính",
    "both": "Tiếp nhận: cả hai nội dung",
    "other": "Tiếp nhận: nội dung khác",
    "again": "Mở lại trong kỳ",
    "refused": "Không tiếp nhận",
    "guided": "Hướng dẫn sang nơi khác",
    "outside": "Chuyển cơ quan ngoài tỉnh",
    "merged": "Gộp vào việc khác",
    "withdrawn": "Người gửi rút",
    "done": "Đã xử lý",
    "done_before": "Đã xử lý: của kỳ trước",
    "done_new": "Đã xử lý: trong kỳ",
    "done_in_time": "Đã xử lý đúng hạn",
    "done_late": "Đã xử lý quá hạn",
    "open": "Đang xử lý",
    "open_in_time": "Đang xử lý trong hạn",
    "open_late": "Đang xử lý quá hạn",
    "published": "Đã công khai",
    "satisfied": "Hài lòng",
    "fair": "Bình thường",
    "dissatisfied": "Không hài lòng",
}
"""The counts by key, in the order of the table; channels of receipt ("from_…") come behind."""

RECEPTION: Final = "Đầu mối tiếp nhận (chưa chuyển)"
"""Under what name stands what no agency has (yet)."""
NO_FIELD: Final = "Chưa phân lĩnh vực"

UNDATED: Final = "undated"
"""Of those answered and open: no limit was in force. Told beside the table."""

IDENTITIES: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    (("received",), ("conduct", "regulation", "both", "other")),
    (("done",), ("done_in_time", "done_late")),
    (("done",), ("done_before", "done_new")),
    (("open",), ("open_in_time", "open_late")),
    (("before", "received", "again"), ("refused", "guided", "outside", "merged", "withdrawn", "done", "open")),
)
"""What makes up what: both sides are equal in every row."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: whose, in which field, how many under each key."""

    agency: str
    field: str
    counts: Mapping[str, int]


def columns() -> tuple[Column, ...]:
    """Return every column that the register fills."""
    counted = [Column(key, title, Typed.NUMBER) for key, title in TITLES.items()]
    came = [Column(f"from_{one.value}", f"Tiếp nhận qua: {one.label}", Typed.NUMBER) for one in Source]
    return (Column("field", "Lĩnh vực", required=True), *counted, *came)


def breaks(agency: str, row: str, values: Mapping[str, Any]) -> list[Break]:
    """Return which identities a row breaks, the channels of receipt too; an empty cell counts as 0."""
    came = tuple(key for key in values if key.startswith("from_"))
    sides = (*IDENTITIES, (("received",), came)) if came else IDENTITIES
    found = []
    for whole, parts in sides:
        written, made = _sum(values, whole), _sum(values, parts)
        if written != made:
            found.append(Break(agency or row, row, _said(whole), written, _said(parts), made))
    return found


def first_break(lines: Iterable[Line]) -> Break | None:
    """Return the first identity that is broken in any row."""
    return next((one for line in lines for one in breaks(line.agency, line.field, line.counts)), None)


def carried_over(now: Sequence[Line], before: Sequence[Line]) -> Break | None:
    """Return what is wrong between what a period begins with and what the one before it left open, None for nothing.

    Held are the totals: a case that went to another agency or field in between counts there.
    """
    has, had = (sum(int(one.counts.get(key, 0)) for one in lines) for lines, key in ((now, "before"), (before, "open")))
    if has == had:
        return None
    return Break("Tổng số phản ánh, kiến nghị", "", _said(("before",)), has, "đang xử lý của kỳ trước", had)


def _sum(values: Mapping[str, Any], keys: Iterable[str]) -> int:
    return sum(int(values.get(key) or 0) for key in keys)


def _said(keys: Sequence[str]) -> str:
    if keys[0].startswith("from_"):
        return "cộng các kênh tiếp nhận"
    return " + ".join(f"“{TITLES[key]}”" for key in keys)
