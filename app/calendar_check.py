"""How the work calendar stands: which years lack days or a notice, and where it differs from what we ship."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from app.calendar_seed import Difference, differences
from domain.local import short_day
from storage.calendars import CULTURE_DAY
from storage.database import Unit
from storage.views import calendar as calendar_views
from storage.views import office

WARNED_FROM = 11
"""The month from which next year's calendar should rest on its official notice."""

SHOWN = 5


@dataclass(frozen=True, slots=True)
class CalendarCheck:
    """What `doctor` says of the calendar."""

    version: int
    missing: tuple[int, ...]
    unconfirmed: tuple[int, ...]
    differing: tuple[Difference, ...]

    @property
    def said(self) -> str:
        """The state in Vietnamese, without what must be mended."""
        return f"phiên bản {self.version}; {self._compared()}{self._asked()}"

    def _compared(self) -> str:
        shipped = f"gói holidays {version('holidays')} và bảng hiệu chỉnh kèm chương trình"
        if not self.differing:
            return f"khớp {shipped}"
        told = ", ".join(f"{short_day(one.day)} (lịch {_worked(one.works)})" for one in self.differing[:SHOWN])
        more = f" và {len(self.differing) - SHOWN} ngày khác" if len(self.differing) > SHOWN else ""
        return f"khác {shipped} ở {len(self.differing)} ngày: {told}{more}"

    def _asked(self) -> str:
        years = ", ".join(map(str, self.unconfirmed))
        if not years:
            return ""
        return (
            f"; năm {years} chưa được xác nhận theo thông báo chính thức. "
            f"Xác nhận bằng lệnh: nhacviec calendar confirm {self.unconfirmed[0]} --source SỐ_VĂN_BẢN."
        )


def _worked(works: bool) -> str:
    return "làm việc" if works else "nghỉ"


def check(unit: Unit, today: date) -> CalendarCheck:
    """Return how the calendar of this year, and from November on of the next, stands."""
    calendar = office.calendar(unit)
    switched = bool(office.setting(unit, CULTURE_DAY))
    wanted = (today.year, today.year + 1) if today.month >= WARNED_FROM else (today.year,)
    return CalendarCheck(
        calendar.version,
        tuple(year for year in wanted if year not in calendar.years),
        tuple(year for year in wanted if not calendar_views.is_confirmed(unit, year)),
        tuple(differences(calendar, today.year, today.year + 1, culture_day_off=switched)),
    )
