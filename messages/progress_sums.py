"""The figures of a progress report agency by agency and section by section, each table with its sum."""

from domain.reports.counting import Figures
from domain.reports.progress import Progress
from messages.numerals import change, count, share
from messages.official import Column, OfficialPaper
from messages.word import CENTER

_FIGURES = (
    Column("Tổng số", 1.4, CENTER),
    Column("Đúng hạn", 1.4, CENTER),
    Column("Trễ", 1.3, CENTER),
    Column("Đang làm, trong hạn", 1.6, CENTER),
    Column("Đang làm, quá hạn", 1.6, CENTER),
    Column("Kỳ trước chuyển sang, quá hạn", 1.8, CENTER),
    Column("Tỷ lệ đúng hạn trên số đã hoàn thành", 2, CENTER),
)

NOT_COUNTED = "Bản chốt này lập khi chưa có số nhiệm vụ quá hạn kỳ trước chuyển sang."
"""Said of figures that were frozen before the carried over were counted."""


def carried(figures: Figures, report: Progress) -> str:
    """Return how many were carried over, "-" where that was not counted."""
    return "-" if report.carried is None else count(figures.carried)


def overdue(now: Figures, before: Figures, report: Progress) -> str:
    """Return everything overdue beside what was carried over, so that a new period does not look like progress."""
    if report.carried is None:
        return f"trong kỳ quá hạn chưa xong {count(now.open_overdue)}, chưa kể kỳ trước chuyển sang"
    return (
        f"quá hạn chưa xong {count(now.overdue)} (trong kỳ {count(now.open_overdue)}, "
        f"kỳ trước chuyển sang {count(now.carried)}), {change(now.overdue, before.overdue)}"
    )


def _cells(figures: Figures, report: Progress) -> list[str]:
    return [
        count(figures.total),
        count(figures.on_time),
        count(figures.late),
        count(figures.open_in_time),
        count(figures.open_overdue),
        carried(figures, report),
        share(figures.on_time, figures.finished),
    ]


def agencies(made: OfficialPaper, report: Progress) -> None:
    """Write the figures agency by agency, with their sum."""
    made.heading("3. Kết quả theo từng cơ quan, đơn vị")
    made.caption(f"Kết quả {report.span.label} theo cơ quan, đơn vị")
    rows = [[str(at), one.name, *_cells(figures, report)] for at, (one, figures) in enumerate(report.by_agency(), 1)]
    rows.append(["", "Tổng cộng", *_cells(report.totals(), report)])
    made.table((Column("TT", 1, CENTER), Column("Cơ quan, đơn vị", 4.2), *_FIGURES), rows)
    made.paragraph("Số kỳ trước chuyển sang không tính vào tổng số của kỳ.", italic=True)


def sections(made: OfficialPaper, report: Progress) -> None:
    """Write the figures by the plans' outermost headings, with their sum."""
    made.heading("4. Kết quả theo nhóm nhiệm vụ")
    made.caption(f"Kết quả {report.span.label} theo nhóm nhiệm vụ")
    several = len(report.plans) > 1
    rows = [
        [str(at), _group(plan, heading, several=several), *_cells(figures, report)]
        for at, (plan, heading, figures) in enumerate(report.by_section(), 1)
    ]
    rows.append(["", "Tổng cộng", *_cells(report.totals(), report)])
    made.table((Column("TT", 1, CENTER), Column("Nhóm nhiệm vụ", 4.2), *_FIGURES), rows)


def _group(plan: str, heading: str, *, several: bool) -> str:
    if not heading:
        return plan
    return f"{heading} ({plan})" if several else heading
