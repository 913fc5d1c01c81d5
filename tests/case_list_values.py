"""Samples for the texts about lists of other registers, for tests/template_values.py."""

from datetime import date
from typing import Any

from actions.cases.foreseeing import Foreseen, Line
from domain.cases.fields import Reporter
from domain.register_files import Comparison, Field, ReadList, Refused, RegisterRow, Stage, Verdict

NAME = "Danh sách phản ánh, kiến nghị trên Cổng Dịch vụ công quốc gia tháng 3 năm 2026 (bản chính thức).xlsx"
SOURCE = "Cổng Dịch vụ công quốc gia, VPCP chuyển"
ROW = RegisterRow(2, "PA.2026.0000123", "Hồ sơ chậm", date(2026, 3, 2), Reporter("An", "xã"), agency="Sở Mẫu")


def _line(stage: Stage, note: str) -> Line:
    return Line(ROW, Comparison(Verdict.NEW), None, stage, 1, note)


REFUSED = tuple(
    Refused(at, f"PA.2026.{at:07}", "cột “Ngày tiếp nhận” ghi “30/02/2026”: cần một ngày có thật, như 14/03/2026")
    for at in range(3, 15)
)
LISTED = ReadList(
    (ROW,),
    REFUSED,
    tuple(f"Cột chưa rõ nghĩa, không đọc: “Ghi chú của chuyên viên theo dõi {at}”." for at in range(9)),
)
FOUND = Foreseen(
    tuple(
        _line(
            stage, f"“Sở có tên rất dài không thuộc danh mục {stage}” không có trong danh mục cơ quan, vào sổ để chuyển"
        )
        for stage in (Stage.FORWARDED, Stage.ANSWERED)
    ),
    LISTED,
    again=True,
)
_READ: dict[str, Any] = {"name": NAME, "source": SOURCE, "tally": FOUND.tally, "found": FOUND, "private": False}

OF_CASE_LISTS: dict[str, dict[str, Any]] = {
    "cases/ask_source": {"name": NAME},
    "cases/list_read": _READ,
    "cases/list_taken": {
        "name": NAME,
        "tally": FOUND.tally,
        "found": FOUND,
        "fresh": ["PAKN-SL-2026-000123", "PAKN-SL-2026-000160"],
    },
    "cases/papers": {"code": "PAKN-SL-2026-000123", "some": True, "named": True},
    "cases/paper": {"code": "PAKN-SL-2026-000123", "label": "Thông báo không tiếp nhận", "private": False},
    "cases/ask_columns": {
        "source": SOURCE,
        "fields": [one.label for one in Field],
        "stages": [one.label for one in Stage],
        "kept": ["cột “số vụ việc”: Mã phản ánh, kiến nghị"] * 30,
    },
    "cases/confirm_columns": {"source": SOURCE, "told": ["cột “số vụ việc”: Mã phản ánh, kiến nghị"] * 30},
    "cases/columns_kept": {"source": SOURCE},
    "cases/list_refused": {"name": NAME, "why": REFUSED[0].sentence},
    "cases/exported": {
        "label": "Từ hệ thống quốc gia, năm nay",
        "name": "phan-anh-2026-03-16.xlsx",
        "private": False,
    },
}
