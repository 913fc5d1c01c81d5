"""What is made public: from a frozen table, approved by a named leader, done when the posted link is recorded.

Late tasks of plans are the office's own affair and never made public: there is no kind for them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.collections.columns import Column
from domain.errors import ActRefused
from domain.figures.personal import personal_in
from domain.figures.series import SERIES, Series


class State(StrEnum):
    """The life of a publication."""

    DRAFT = "draft"
    APPROVED = "approved"
    POSTED = "posted"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    State.DRAFT: "chờ duyệt",
    State.APPROVED: "đã duyệt, chờ đăng",
    State.POSTED: "đã đăng",
    State.RETURNED: "bị trả lại",
}

OPEN = (State.DRAFT, State.APPROVED)
"""States in which a second one of the same table would be a slip."""

TITLES = {
    "late_dossiers": "Danh sách hồ sơ thủ tục hành chính giải quyết chậm, muộn",
    "scores766": "Kết quả đánh giá chất lượng phục vụ người dân, doanh nghiệp theo Quyết định 766/QĐ-TTg",
}
"""What can be made public, and how it is called."""


@dataclass(frozen=True, slots=True)
class PublicList:
    """A table as it is made public; what is frozen of it is exactly this."""

    kind: str
    period: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    source: str

    @property
    def title(self) -> str:
        """How it is called."""
        return TITLES[self.kind]


def kind_named(name: str) -> Series:
    """Return the series that may be made public under a name. Raises ActRefused for every other."""
    if name not in TITLES:
        raise ActRefused("Chỉ công khai được danh sách hồ sơ chậm muộn và điểm theo Quyết định 766.")
    return SERIES[name]


def public_list(series: Series, period: str, rows: list[tuple[str, dict[str, Any]]], source: str) -> PublicList:
    """Return what of a table's rows (agency's name, values) is shown: its public columns alone.

    Raises ActRefused where a cell seems to hold a person's data.
    """
    columns = tuple(one for one in series.columns if one.key in series.public)
    shown = []
    for agency, values in rows:
        line = tuple(agency if one.key == series.agency else values.get(one.key) for one in columns)
        for column, cell in zip(columns, line, strict=True):
            what = personal_in(cell) if column.key != series.agency else None
            if what is not None:
                raise ActRefused(
                    f"Dòng của {agency} có {what}. Danh sách công khai không được có dữ liệu cá nhân; "
                    "xin sửa bảng số liệu rồi nhập lại."
                )
        shown.append(line)
    used = tuple(at for at, one in enumerate(columns) if any(line[at] is not None for line in shown))
    return PublicList(
        series.name,
        period,
        tuple(columns[at] for at in used),
        tuple(tuple(line[at] for at in used) for line in shown),
        source,
    )


_LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")


def read_link(text: str) -> str:
    """Return the address at which something was posted. Raises ActRefused for what is none."""
    link = text.strip()
    if len(link) > 500 or _LINK.fullmatch(link) is None:
        raise ActRefused("Chưa thấy đường dẫn. Xin dán cả địa chỉ trang đã đăng, bắt đầu bằng https://.")
    return link
