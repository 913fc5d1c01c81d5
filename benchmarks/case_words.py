"""Days and words of which a register with very many cases is made, as scratch tables of its database."""

from datetime import date, datetime, timedelta

from sqlalchemy import Column, Connection, Date, Integer, MetaData, String, Table, insert

from domain.local import VIETNAM
from domain.words import fold
from domain.workdays import WorkCalendar
from storage.schema import matters
from storage.types import UtcDateTime

TODAY = date(2026, 11, 18)
"""A Wednesday."""
NOW = datetime(2026, 11, 18, 8, 0, tzinfo=VIETNAM)
FIRST_DAY = date(2023, 11, 20)
OFFICE = 1
FIRST = 10
"""Ids of cases and of agencies begin above this."""
AGENCIES = 140
LAST = (TODAY - FIRST_DAY).days

PROCEDURES = (
    "Cấp giấy chứng nhận quyền sử dụng đất lần đầu",
    "Đăng ký khai sinh",
    "Cấp phép xây dựng nhà ở riêng lẻ",
    "Đăng ký kết hôn",
    "Cấp phiếu lý lịch tư pháp",
    "Đổi giấy phép lái xe",
    "Đăng ký hộ kinh doanh",
    "Trợ cấp xã hội hằng tháng",
    "Chứng thực bản sao từ bản chính",
    "Đăng ký biến động đất đai",
    "Cấp giấy phép lao động",
    "Thẩm định báo cáo tác động môi trường",
    "Đăng ký thường trú",
)
TROUBLES = (
    "phải đi lại nhiều lần mà không có phiếu hẹn",
    "bị yêu cầu nộp thêm giấy tờ ngoài quy định",
    "quá hạn trả kết quả không có văn bản xin lỗi",
    "cán bộ tiếp nhận có thái độ thiếu hợp tác",
    "lệ phí thu không đúng với bảng niêm yết",
    "cổng dịch vụ báo lỗi khi tải thành phần hồ sơ lên",
    "mẫu đơn trên trang thông tin khác với mẫu tại quầy",
)
FIELDS = ("Đất đai", "Hộ tịch", "Xây dựng", "Tư pháp", "Giao thông", "Kinh doanh", "Bảo trợ xã hội", "Môi trường")
SOURCES = ("chat", "chat", "web", "national", "phone", "in_person", "document")

SCRATCH = MetaData()
DAYS = Table("bench_days", SCRATCH, Column("slot", Integer, primary_key=True), Column("day", Date),
              Column("at", UtcDateTime), Column("due", Date))  # fmt: skip
WORDS = Table("bench_words", SCRATCH, Column("kind", String, primary_key=True),
               Column("slot", Integer, primary_key=True), Column("text", String), Column("folded", String))  # fmt: skip


def write_days(connection: Connection, calendar: WorkCalendar) -> None:
    """Write the days on which cases come and end, with the day on which each has its answer due."""
    rows = []
    for slot in range(LAST + 1):
        day = FIRST_DAY + timedelta(days=slot)
        due = calendar.add(day, 15)
        rows.append(
            {"slot": slot, "day": day, "at": datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM), "due": due}
        )
    connection.execute(insert(DAYS), rows)


def write_words(connection: Connection) -> None:
    """Write what cases are told in."""
    kinds = {"procedure": PROCEDURES, "trouble": TROUBLES, "field": FIELDS, "source": SOURCES,
             "rung": ("t5", "t3", "t1", "t0", "over1", "over3", "over5")}  # fmt: skip
    rows = [
        {"kind": kind, "slot": at, "text": text, "folded": fold(text)}
        for kind, texts in kinds.items()
        for at, text in enumerate(texts)
    ]
    connection.execute(insert(WORDS), rows)


NTH = matters.c.id - FIRST
"""Which case of all a row is, from 0."""
