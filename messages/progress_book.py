"""The progress report as tables: what adds up on the first sheets, every assignment on the last one."""

from datetime import datetime
from functools import partial

from domain.reports.counting import Fate, Figures
from domain.reports.progress import Progress
from domain.reports.rows import Row, TaskAbout
from messages import progress_sums as sums
from messages.progress_report import counted_to, subject
from messages.workbook import Field, Value, Workbook

_FIGURES = (
    Field("Tổng số", 10),
    Field("Hoàn thành đúng hạn", 12),
    Field("Hoàn thành trễ", 12),
    Field("Đang thực hiện, trong hạn", 13),
    Field("Đang thực hiện, quá hạn", 13),
    Field("Chuyển từ kỳ trước (quá hạn chưa xong, ngoài tổng số)", 16),
    Field("Tỷ lệ đúng hạn trên số đã hoàn thành", 15, "0.00%"),
    Field("Trong hạn: thường xuyên, chưa có hạn", 14),
    Field("Hoàn thành: chờ xác nhận", 12),
    Field("Được gia hạn", 10),
    Field("Không thực hiện (ngoài tổng số)", 13),
    Field("Tổng số kỳ trước", 11),
)

_TASKS = (
    Field("Mã", 10),
    Field("Nhóm", 30),
    Field("Nhiệm vụ", 60),
    Field("Cơ quan chủ trì", 28),
    Field("Cơ quan phối hợp", 28),
    Field("Hạn gốc", 12),
    Field("Hạn hiện tại", 12),
    Field("Trạng thái", 22),
    Field("Xếp loại trong kỳ", 22),
    Field("Ngày hoàn thành", 12),
    Field("Trễ (ngày làm việc)", 10),
    Field("Sản phẩm", 30),
    Field("Vướng mắc, lý do", 40),
    Field("Văn bản giao việc", 30),
)


def book(report: Progress, frozen_at: datetime | None = None, *, most: int | None = None) -> bytes:
    """Return the report as an .xlsx file: by agency, block and section, the assignments themselves, what was left over.

    Where there are more than `most` of them, those on time or still in time are left to the sums.
    """
    made = Workbook()
    heading = (f"{subject(report)}, {report.span.label}", counted_to(report, frozen_at))
    title: tuple[str, ...] = heading
    if report.carried is None:
        title = (*title, sums.NOT_COUNTED)
    before = dict(report.before)
    cells = partial(_cells, told=report.carried is not None)
    totals, totals_before = report.totals(), report.totals_before()
    made.sheet(
        "Tổng hợp",
        (Field("Mã", 10), Field("Cơ quan, đơn vị", 36), Field("Khối", 32), *_FIGURES),
        [
            (one.code, one.name, one.block_label, *cells(figures, before.get(one.id, Figures())))
            for one, figures in report.by_agency()
        ],
        title=title,
        totals=("", "Tổng cộng", "", *cells(totals, totals_before)),
    )
    made.sheet(
        "Theo khối",
        (Field("Khối cơ quan", 40), *_FIGURES),
        [(label, *cells(now, then)) for label, now, then in report.by_level()],
        title=title,
        totals=("Tổng cộng", *cells(totals, totals_before)),
    )
    made.sheet(
        "Theo nhóm nhiệm vụ",
        (Field("Văn bản giao việc", 34), Field("Nhóm nhiệm vụ", 44), *_FIGURES[:-1]),
        [(plan, heading, *cells(figures)[:-1]) for plan, heading, figures in report.by_section()],
        title=title,
        totals=("Tổng cộng", "", *cells(totals)[:-1]),
    )
    rows = _in_order(report)
    if most is not None and len(rows) > most:
        rows = [one for one in rows if one.fate not in _AS_IT_SHOULD]
        title = (*title, "Chỉ gồm nhiệm vụ trễ, quá hạn, gia hạn sang kỳ khác, không thực hiện.")
    tasks, agencies = report.task(), report.agency()
    listed = [_task(one, tasks[one.task_id], agencies[one.agency_id].name) for one in rows]
    made.sheet("Nhiệm vụ", _TASKS, listed, title=title)
    if report.carried is not None:
        left = [_task(one, tasks[one.task_id], agencies[one.agency_id].name) for one in report.carried_over()]
        made.sheet("Kỳ trước chuyển sang", _TASKS, left, title=(*heading, _LEFT))
    return made.saved()


_LEFT = "Nhiệm vụ quá hạn chưa xong, có hạn trước kỳ báo cáo; không tính vào tổng số của kỳ."


_AS_IT_SHOULD = (Fate.ON_TIME, Fate.OPEN_IN_TIME)


def _cells(figures: Figures, before: Figures = Figures(), *, told: bool) -> list[Value]:
    return [
        figures.total,
        figures.on_time,
        figures.late,
        figures.open_in_time,
        figures.open_overdue,
        figures.carried if told else None,
        figures.on_time / figures.finished if figures.finished else None,
        figures.undated,
        figures.waiting,
        figures.extended,
        figures.cancelled,
        before.total,
    ]


def _in_order(report: Progress) -> list[Row]:
    """Return the rows by the plans' order."""
    place = {one.id: at for at, one in enumerate(report.tasks)}
    return sorted(report.rows, key=lambda row: (place[row.task_id], row.code))


def _task(row: Row, task: TaskAbout, agency: str) -> tuple[Value, ...]:
    about = row.about
    counted = row.fate.label if row.fate else "tính ở kỳ khác (hạn gốc trong kỳ)"
    return (
        row.code,
        " / ".join(task.section),
        task.content,
        agency,
        "; ".join(task.coordinating),
        row.original_on,
        row.due_on,
        row.state.label,
        counted,
        row.finished_on,
        row.late_days or None,
        about.product,
        about.ended_for or about.obstacle or about.reason,
        task.plan,
    )
