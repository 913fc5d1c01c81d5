"""The figures of a progress report agency by agency and section by section, each table with its sum."""

from domain.reports.counting import Figures
from domain.reports.progress import Progress
from messages.numerals import count, share
from messages.official import Column, OfficialPaper
from messages.word import CENTER

_FIGURES = (
    Column("Tổng số", 1.5, CENTER),
    Column("Đúng hạn", 1.5, CENTER),
    Column("Trễ", 1.4, CENTER),
    Column("Đang làm, trong hạn", 1.7, CENTER),
    Column("Đang làm, quá hạn", 1.7, CENTER),
    Column("Tỷ lệ đúng hạn", 1.8, CENTER),
)


def _cells(figures: Figures) -> list[str]:
    return [
        count(figures.total),
        count(figures.on_time),
        count(figures.late),
        count(figures.open_in_time),
        count(figures.open_overdue),
        share(figures.on_time, figures.finished),
    ]


def agencies(made: OfficialPaper, report: Progress) -> None:
    """Write the figures agency by agency, with their sum."""
    made.heading("3. Kết quả theo từng cơ quan, đơn vị")
    made.caption(f"Kết quả {report.span.label} theo cơ quan, đơn vị")
    rows = [[str(at), one.name, *_cells(figures)] for at, (one, figures) in enumerate(report.by_agency(), 1)]
    rows.append(["", "Tổng cộng", *_cells(report.totals())])
    made.table((Column("TT", 1, CENTER), Column("Cơ quan, đơn vị", 5.4), *_FIGURES), rows)
    made.paragraph("Tỷ lệ đúng hạn tính trên số nhiệm vụ đã hoàn thành.", italic=True)


def sections(made: OfficialPaper, report: Progress) -> None:
    """Write the figures by the plans' outermost headings, with their sum."""
    made.heading("4. Kết quả theo nhóm nhiệm vụ")
    made.caption(f"Kết quả {report.span.label} theo nhóm nhiệm vụ")
    several = len(report.plans) > 1
    rows = [
        [str(at), _group(plan, heading, several=several), *_cells(figures)]
        for at, (plan, heading, figures) in enumerate(report.by_section(), 1)
    ]
    rows.append(["", "Tổng cộng", *_cells(report.totals())])
    made.table((Column("TT", 1, CENTER), Column("Nhóm nhiệm vụ", 5.4), *_FIGURES), rows)


def _group(plan: str, heading: str, *, several: bool) -> str:
    if not heading:
        return plan
    return f"{heading} ({plan})" if several else heading
