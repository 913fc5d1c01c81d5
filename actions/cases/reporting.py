"""The report on citizens' feedback of a period, counted in the register as things stand."""

from datetime import datetime

from actions.progress_reports import letterhead
from domain.case_figures import Window
from domain.case_figures.report import CaseReport, made
from domain.errors import ActRefused
from domain.local import short_day, today
from domain.outgoing import Attachment
from domain.periods import Period
from messages import case_report, official, workbook
from storage import calendars
from storage.database import Unit
from storage.views.cases import figures


def report(unit: Unit, period: Period, now: datetime) -> CaseReport:
    """Return the report of a period's cut-off window.

    Raises ActRefused before the window opens, and with row and numbers where a row does not add up.
    """
    day = today(now)
    opens, _ = period.cut_off()
    if day < opens:
        raise ActRefused(f"Kỳ {period.label} lấy số liệu từ ngày {short_day(opens)} nên chưa lập được báo cáo.")
    window = Window.of(period, day)
    calendar = calendars.in_force(unit)
    return made(
        period,
        day,
        figures.lines(unit, window),
        figures.judged(unit, window),
        figures.pace(unit, window, calendar),
    )


def name(found: CaseReport) -> str:
    """Return a name for the report's files, without an ending."""
    return f"bao-cao-phan-anh-kien-nghi-{found.period.code}"


def files(unit: Unit, found: CaseReport) -> tuple[Attachment, ...]:
    """Return the paper and the tables of a report, kept on the shelf."""
    shelf, stem = unit.shelf, name(found)
    return (
        shelf.put(case_report.paper(found, letterhead(unit)), f"{stem}.docx", official.MEDIA_TYPE),
        shelf.put(case_report.book(found), f"{stem}.xlsx", workbook.MEDIA_TYPE),
    )
