"""The progress report in a few lines, for a chat and for the terminal."""

from dataclasses import replace
from datetime import datetime

from domain.reports.counting import Figures
from domain.reports.progress import Progress
from messages.numerals import change, count, points, share, shares
from messages.progress_report import apart, carried_over, counted_to, subject
from messages.progress_sums import overdue
from messages.render import render

_WORST = 5


def summary(report: Progress, frozen_at: datetime | None = None) -> str:
    """Return the figures of a report in under 2,000 characters."""
    now, before = report.totals(), report.totals_before()
    worst = sorted(
        ((one, figures) for one, figures in report.by_agency() if figures.overdue and not one.is_asked),
        key=lambda pair: -pair[1].overdue,
    )
    return render(
        "reports/progress",
        about=subject(report),
        period=report.span.label,
        counted_to=counted_to(report, frozen_at),
        total=count(now.total) if now.total or now.carried else "",
        carried=carried_over(report),
        rates=_rates(now),
        parts=_parts(now),
        apart=apart(replace(now, undated=0)),
        original=_original(report.by_original()),
        before=report.span.before.label,
        compared=_compared(now, before, report),
        worst=[
            (
                one.name,
                count(figures.open_overdue),
                count(figures.carried) if figures.carried else "",
                count(figures.late) if figures.late else "",
            )
            for one, figures in worst[:_WORST]
        ],
        more=count(len(worst) - _WORST) if len(worst) > _WORST else "",
    )


def _parts(now: Figures) -> list[tuple[str, str, str]]:
    on_time, late = shares(now.on_time, now.late)
    return [
        ("Hoàn thành đúng hạn", count(now.on_time), f"đạt {on_time}" if now.finished else ""),
        ("Hoàn thành trễ", count(now.late), f"chiếm {late}" if now.finished else ""),
        (
            "Đang thực hiện, trong hạn",
            count(now.open_in_time),
            f"{count(now.undated)} thường xuyên hoặc chưa có hạn" if now.undated else "",
        ),
        ("Đang thực hiện, quá hạn", count(now.open_overdue), ""),
    ]


def _original(figures: Figures) -> str:
    return (
        f"{count(figures.total)} nhiệm vụ; đúng hạn {count(figures.on_time)}, trễ {count(figures.late)}, "
        f"trong hạn {count(figures.open_in_time)}, quá hạn {count(figures.open_overdue)}"
    )


def _rates(now: Figures) -> str:
    if not now.due:
        return ""
    finished, due = share(now.on_time, now.finished), share(now.on_time, now.due)
    return f"Tỷ lệ đúng hạn trên số đã hoàn thành: {finished}; trên số đã đến hạn: {due}"


def _compared(now: Figures, before: Figures, report: Progress) -> str:
    if not before.total:
        return "kỳ trước chưa có nhiệm vụ được giao"
    moved = points(now.on_time, now.finished, before.on_time, before.finished)
    said = f"tổng số {change(now.total, before.total)}; {overdue(now, before, report)}"
    return f"{said}; tỷ lệ đúng hạn trên số đã hoàn thành {moved}" if moved else said
