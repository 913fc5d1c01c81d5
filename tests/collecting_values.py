"""Sample values for the texts about forms of units, imported figures and public lists."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from actions.figures import Imported
from domain.collections import Asks, Column, Outline, Section, Typed
from domain.periodic import Periodic
from domain.publications import PublicList
from domain.snapshots import Snapshot

DAY = date(2026, 3, 16)
AT = datetime(2026, 3, 16, 1, 5, tzinfo=UTC)
TITLE = "Tình hình, kết quả thực hiện công tác kiểm soát thủ tục hành chính, quý I năm 2026"
LONG = "Đã ban hành văn bản chỉ đạo, tổ chức kiểm tra việc giải quyết thủ tục hành chính tại bộ phận Một cửa. " * 8
COLUMNS = (Column("c2", "Lĩnh vực", required=True), Column("c3", "Tổng số tiếp nhận", Typed.NUMBER))
SECTIONS = tuple(
    Section(f"m{at}", f"Tham gia ý kiến, thẩm định quy định về thủ tục hành chính {at}") for at in range(7)
)
TABLE = Section("bang", "Tình hình, kết quả giải quyết thủ tục hành chính", Asks.TABLE, columns=COLUMNS)
OUTLINE = Outline(TITLE, (*SECTIONS, TABLE))
FORM = SimpleNamespace(
    id=1, kind="periodic", period="2026-Q1", title=TITLE, due_on=DAY, closed_at=None, sent=87, asked=120, version=1
)
WAITING = SimpleNamespace(**{**vars(FORM), "agency_id": 3, "agency": "Sở Mẫu 1", "sent_at": None})
SENT = SimpleNamespace(**{**vars(WAITING), "sent_at": AT})
MISSING = tuple(f"UBND xã Mẫu {at}" for at in range(1, 34))
SAID = f"đã gửi 87/120, chưa gửi 33: {'; '.join(MISSING)}"
GIVEN = SimpleNamespace(text="Đã ban hành kế hoạch.", rows=(), version=2)
ROWS = SimpleNamespace(text="", rows=({}, {}), version=1)
REPORT = Periodic("2026-Q1", date(2025, 12, 15), date(2026, 3, 14), TITLE, "", (), ("Sở Mẫu 1",), MISSING)
KEPT = Snapshot(1, "periodic", "2026-Q1", 2, DAY, {}, "", AT, None)
BREAK = "Sở Mẫu 1: cột (3) tổng số tiếp nhận ghi 121, trong khi (4) + (5) + (6) là 120."
TRIED = Imported(0, 12, ("Họ và tên người nộp", "Số điện thoại"), (BREAK,) * 6, replaced=True)
PUBLIC = PublicList("late_dossiers", "2026-03", COLUMNS, (("H01", 1), ("H02", 2)), "ho-so-tre.xlsx")
ROW = SimpleNamespace(
    id=1,
    kind="late_dossiers",
    period="2026-03",
    state="draft",
    maker="Lê Mẫu Chi",
    approver="Phạm Mẫu Dũng",
    link="https://songlam.example/cong-khai/2026-03",
    frozen_number=1,
)
FIGURES = SimpleNamespace(id=1, series="dossiers", period="2026-03", file_name="so-lieu-thang-3.xlsx", rows=120, at=AT)
LABEL = "quý I năm 2026"

OF_COLLECTING: dict[str, dict[str, Any]] = {
    "headlines/collect": {"told": [(WAITING, 9, False)], "count": 1},
    "notices/collect": {"told": [(WAITING, 9, False), (WAITING, 9, True)], "day": DAY},
    "headlines/publication": {"told": [(ROW, "proposed", PUBLIC.title, "")], "count": 1},
    "notices/publication": {
        "told": [
            (ROW, "proposed", PUBLIC.title, ""),
            (ROW, "approved", PUBLIC.title, ""),
            (ROW, "returned", PUBLIC.title, "Thiếu hồ sơ của một đơn vị"),
        ]
    },
    "forms/listed": {"forms": [WAITING, SENT]},
    "forms/form": {
        "form": FORM,
        "agency": "Sở Mẫu 1",
        "sections": [*((one, GIVEN) for one in SECTIONS), (TABLE, ROWS), (TABLE, None)],
        "sent": 8,
    },
    "forms/ask": {"section": SECTIONS[0], "at": 2, "total": 7, "before": LONG},
    "forms/review": {
        "agency": "Sở Mẫu 1",
        "answers": [*((one.title, LONG) for one in SECTIONS), (TABLE.title, "")],
        "tables": [TABLE.title],
        "office": "Văn phòng UBND tỉnh",
    },
    "forms/read": {
        "name": "bieu-mau.xlsx",
        "agency": "Sở Mẫu 1",
        "answers": [(one.title, LONG) for one in SECTIONS],
        "tables": [(TABLE.title, 12)],
        "office": "Văn phòng UBND tỉnh",
    },
    "forms/sent": {"form": FORM, "agency": "Sở Mẫu 1", "missing": [one.title for one in SECTIONS]},
    "forms/book": {"form": FORM},
    "forms/ask_file": {"form": FORM, "files": False},
    "forms/menu": {"forms": [FORM], "day": DAY},
    "forms/ask_open": {"question": "period", "outline": OUTLINE, "label": LABEL},
    "forms/confirm_open": {
        "outline": OUTLINE,
        "label": LABEL,
        "count": 120,
        "named": "Các sở, ban, ngành; UBND cấp xã",
        "due": DAY,
    },
    "forms/opened": {"form": FORM, "units": 120, "unreached": MISSING},
    "forms/standing": {"form": FORM, "said": SAID},
    "forms/sure": {"act": "press", "form": FORM, "said": SAID, "count": 33},
    "forms/pressed": {"told": 33},
    "forms/ask_period": {},
    "forms/periodic": {"report": REPORT, "label": LABEL, "kept": KEPT},
    "forms/confirm_freeze": {"report": REPORT, "label": LABEL, "early": True},
    "forms/ask_table": {"name": "so-lieu.xlsx"},
    "forms/ask_task": {"name": "mau.xlsx"},
    "forms/columns": {"outline": OUTLINE, "columns": COLUMNS},
    "forms/ask_series": {"name": "so-lieu.xlsx"},
    "forms/ask_figures_period": {"label": "hồ sơ giải quyết chậm, muộn"},
    "forms/figures": {"rows": [(FIGURES, "hồ sơ giải quyết chậm, muộn")] * 12, "more": 3},
    "forms/figures_read": {
        "name": "so-lieu.xlsx",
        "label": "hồ sơ giải quyết chậm, muộn",
        "period": LABEL,
        "tried": TRIED,
    },
    "forms/figures_taken": {"label": "hồ sơ giải quyết chậm, muộn", "period": LABEL, "done": TRIED},
    "publications/listed": {"rows": [(ROW, PUBLIC.title, "đã đăng")] * 6},
    "publications/preview": {"public": PUBLIC, "label": LABEL},
    "publications/one": {
        "row": ROW,
        "public": PUBLIC,
        "label": LABEL,
        "state": "đã đăng",
        "approver": "Phạm Mẫu Dũng, Phó Chánh Văn phòng",
    },
    "publications/ask": {"act": "approve", "row": ROW, "title": PUBLIC.title, "label": LABEL, "count": 12},
}
