"""Working days as officially announced, where the `holidays` package lacks them or names no document.

One row per day; a row here wins over the package. Each year's notice appears some weeks before the year and
swaps may follow as late as one week before the day, so the coordinating office edits its own calendar too:
this table only fills it for the first time.
"""

from datetime import date

from domain.workdays import CalendarDay, DayKind

LAST_ANNOUNCED_YEAR = 2026
"""The last year whose official notice this table takes in; later years are the package's own forecast."""

_SWAP_2024 = "văn bản 2450/VPCP-KGVX ngày 12/4/2024"
_SWAP_2025 = "văn bản 8726/VPCP-KGVX ngày 26/11/2024"
_NOTICE_2026 = "Thông báo 9441/TB-BNV ngày 16/10/2025"
_SWAP_2026 = "văn bản 12729/VPCP-KGVX ngày 25/12/2025"

CORRECTIONS: tuple[CalendarDay, ...] = (
    CalendarDay(date(2024, 4, 29), DayKind.SWAPPED_OFF, f"nghỉ hoán đổi với thứ Bảy 04/5/2024, {_SWAP_2024}"),
    CalendarDay(date(2024, 5, 4), DayKind.MAKEUP_WORK, f"làm bù cho thứ Hai 29/4/2024, {_SWAP_2024}"),
    CalendarDay(date(2025, 5, 2), DayKind.SWAPPED_OFF, f"nghỉ hoán đổi với thứ Bảy 26/4/2025, {_SWAP_2025}"),
    CalendarDay(date(2025, 4, 26), DayKind.MAKEUP_WORK, f"làm bù cho thứ Sáu 02/5/2025, {_SWAP_2025}"),
    CalendarDay(date(2026, 1, 2), DayKind.SWAPPED_OFF, f"nghỉ hoán đổi với thứ Bảy 10/01/2026, {_SWAP_2026}"),
    CalendarDay(date(2026, 1, 10), DayKind.MAKEUP_WORK, f"làm bù cho thứ Sáu 02/01/2026, {_SWAP_2026}"),
    CalendarDay(date(2026, 8, 31), DayKind.SWAPPED_OFF, f"nghỉ hoán đổi với thứ Bảy 22/8/2026, {_NOTICE_2026}"),
    CalendarDay(date(2026, 8, 22), DayKind.MAKEUP_WORK, f"làm bù cho thứ Hai 31/8/2026, {_NOTICE_2026}"),
)
