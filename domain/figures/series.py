"""The tables of other systems that an office imports each month: dossiers, late dossiers, scores of QĐ 766."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.collections.cells import Typed
from domain.collections.columns import Column
from domain.errors import ActRefused
from domain.words import fold


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of table. `agency` is the key of the column that names the agency; `public` the columns that are shown
    when the table is made public, none where it never is; `once` tells that an agency has one row."""

    name: str
    label: str
    columns: tuple[Column, ...]
    agency: str
    public: tuple[str, ...] = ()
    once: bool = True
    checked: bool = False
    """Whether the figures must add up as those of II.06a do."""


def _count(number: int, title: str, *names: str) -> Column:
    return Column(f"c{number}", title, Typed.NUMBER, number=number, names=names)


_DOSSIERS = (
    Column(
        "c2", "Đơn vị", required=True, number=2, names=("Cơ quan", "Đơn vị/lĩnh vực", "Tên đơn vị", "Cơ quan, đơn vị")
    ),
    Column("field", "Lĩnh vực", names=("Lĩnh vực giải quyết",)),
    _count(3, "Tổng số tiếp nhận", "Tổng tiếp nhận", "Tổng số hồ sơ tiếp nhận"),
    _count(4, "Trực tuyến", "Trong kỳ trực tuyến", "Tiếp nhận trực tuyến"),
    _count(5, "Trực tiếp và BCCI", "Trực tiếp, BCCI", "Trực tiếp, dịch vụ bưu chính", "Trực tiếp + BCCI"),
    _count(6, "Từ kỳ trước", "Kỳ trước chuyển sang", "Kỳ trước"),
    _count(7, "Tổng số đã giải quyết", "Tổng đã giải quyết", "Đã giải quyết"),
    _count(8, "Trước hạn", "Giải quyết trước hạn"),
    _count(9, "Đúng hạn", "Giải quyết đúng hạn"),
    _count(10, "Quá hạn", "Giải quyết quá hạn"),
    _count(11, "Tổng số đang giải quyết", "Đang giải quyết", "Đang xử lý"),
    _count(12, "Trong hạn", "Đang giải quyết trong hạn"),
    _count(13, "Đang quá hạn", "Đang giải quyết quá hạn"),
)
_LATE = (
    Column("code", "Mã hồ sơ", required=True, names=("Số hồ sơ", "Mã số hồ sơ")),
    Column("agency", "Đơn vị", required=True, names=("Cơ quan", "Cơ quan giải quyết", "Đơn vị giải quyết")),
    Column("procedure", "Thủ tục hành chính", names=("Tên thủ tục", "TTHC", "Tên TTHC")),
    Column("received", "Ngày tiếp nhận", Typed.DATE, names=("Ngày nhận",)),
    Column("promised", "Ngày hẹn trả", Typed.DATE, names=("Ngày hẹn trả kết quả", "Hạn giải quyết")),
    Column("days", "Số ngày trễ", Typed.NUMBER, required=True, names=("Số ngày quá hạn", "Số ngày chậm")),
    Column("reason", "Lý do trễ", names=("Lý do", "Nguyên nhân")),
    Column("apology", "Văn bản xin lỗi", names=("Số văn bản xin lỗi",)),
)
_SCORES = (
    Column("agency", "Đơn vị", required=True, names=("Cơ quan", "Tên đơn vị", "Cơ quan, đơn vị")),
    Column("open", "Công khai, minh bạch", Typed.DECIMAL),
    Column("pace", "Tiến độ, kết quả giải quyết", Typed.DECIMAL, names=("Tiến độ giải quyết",)),
    Column("digital", "Số hóa hồ sơ", Typed.DECIMAL, names=("Số hoá hồ sơ",)),
    Column("online", "Dịch vụ công trực tuyến", Typed.DECIMAL, names=("Cung cấp dịch vụ trực tuyến",)),
    Column("payment", "Thanh toán trực tuyến", Typed.DECIMAL),
    Column("satisfied", "Mức độ hài lòng", Typed.DECIMAL, names=("Hài lòng",)),
    Column("total", "Tổng điểm", Typed.DECIMAL, required=True, names=("Tổng số điểm", "Điểm")),
)

SERIES: Mapping[str, Series] = {
    one.name: one
    for one in (
        Series("dossiers", "tình hình, kết quả giải quyết TTHC (II.06a)", _DOSSIERS, "c2", once=False, checked=True),
        Series(
            "late_dossiers",
            "hồ sơ giải quyết chậm, muộn",
            _LATE,
            "agency",
            ("code", "agency", "procedure", "promised", "days"),
            once=False,
        ),
        Series(
            "scores766",
            "điểm đánh giá theo Quyết định 766/QĐ-TTg",
            _SCORES,
            "agency",
            ("agency", "open", "pace", "digital", "online", "payment", "satisfied", "total"),
        ),
    )
}
"""The tables by name. Columns follow II.06a/VPCP/KSTT, lists that portals give out, and the groups of QĐ 766/QĐ-TTg."""


def series_named(name: str) -> Series:
    """Return the series of a name. Raises ActRefused with the names there are."""
    found = SERIES.get(fold(name).replace("-", "_").replace(" ", "_"))
    if found is None:
        raise ActRefused(f"Không có loại số liệu “{name[:40]}”. Dùng một trong: {', '.join(SERIES)}.")
    return found
