"""The lists of a progress report: what is late, extended, not carried out, asked of others, and what comes next."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from domain.local import short_day
from domain.reports.counting import Fate
from domain.reports.progress import Progress
from domain.reports.rows import AgencyAbout, Row
from messages.numerals import count
from messages.official import Column, OfficialPaper
from messages.progress_sums import NOT_COUNTED
from messages.render import shorten
from messages.word import CENTER

LISTED = 150
"""So many rows of one list stand on the paper; all of them are in the workbook."""

_NAMED = 4
"""So many agencies of one coming task are named."""


def late(made: OfficialPaper, report: Progress) -> None:
    """Write what is overdue or was late, with the reasons that agencies gave."""
    about = report.agency()
    rows = [one for one in report.with_fate(Fate.OPEN_OVERDUE, Fate.LATE) if not about[one.agency_id].is_asked]
    made.heading("5. Nhiệm vụ quá hạn chưa xong và hoàn thành trễ")
    if not rows:
        made.paragraph("Trong kỳ không có nhiệm vụ quá hạn.")
        return
    _listed(made, report, rows, "Nhiệm vụ quá hạn, hoàn thành trễ và lý do do cơ quan báo cáo")


def carried(made: OfficialPaper, report: Progress) -> None:
    """Write what earlier periods left open past its date, with the reasons that agencies gave."""
    about = report.agency()
    rows = [one for one in report.carried_over() if not about[one.agency_id].is_asked]
    made.heading("6. Nhiệm vụ quá hạn chưa xong do kỳ trước chuyển sang")
    if report.carried is None:
        made.paragraph(NOT_COUNTED)
        return
    if not rows:
        made.paragraph("Không có nhiệm vụ quá hạn chưa xong do kỳ trước chuyển sang.")
        return
    others = len(report.carried) - len(rows)
    beside = f" (chưa kể {count(others)} nội dung đề nghị phối hợp, nêu ở mục 9)" if others else ""
    made.paragraph(
        f"Có {count(len(rows))} nhiệm vụ có hạn trước ngày {short_day(report.span.start)}, đến ngày "
        f"{short_day(report.day)} chưa báo cáo hoàn thành{beside}."
    )
    _listed(made, report, rows, "Nhiệm vụ quá hạn chưa xong do kỳ trước chuyển sang")


def asked(made: OfficialPaper, report: Progress) -> None:
    """Write what was asked of agencies that only cooperate, where it came late or has not come, also long ago."""
    about = report.agency()
    found = [*report.with_fate(Fate.OPEN_OVERDUE, Fate.LATE), *report.carried_over()]
    rows = [one for one in found if about[one.agency_id].is_asked]
    if not rows:
        return
    made.heading("9. Nội dung đề nghị cơ quan ngành dọc, báo, đài, đoàn thể phối hợp")
    made.paragraph(
        "Các nội dung sau được đề nghị phối hợp (kể cả của kỳ trước) và có kết quả sau thời hạn đề nghị, "
        "hoặc chưa có kết quả:"
    )
    _listed(made, report, rows, "Nội dung đề nghị phối hợp", asked=True)


def _listed(made: OfficialPaper, report: Progress, rows: Sequence[Row], caption: str, *, asked: bool = False) -> None:
    """Write what is late, the agencies of one task together where they share its date; who is asked is not blamed."""
    tasks, agencies = report.task(), report.agency()
    groups = _together(rows, lambda row: (row.task_id, row.due_on, row.original_on, row.fate))
    made.caption(caption)
    made.table(
        (
            Column("TT", 1, CENTER),
            Column("Nhiệm vụ", 4.7),
            Column("Thời hạn", 2.5, CENTER),
            Column("Kết quả", 2.6),
            Column("Cơ quan, đơn vị và lý do", 5.3),
        ),
        [
            [
                str(at),
                shorten(tasks[group[0].task_id].content, 220),
                _due(group[0]),
                _result(group, asked=asked),
                _reasons(group, agencies, "" if asked else "chưa báo lý do"),
            ]
            for at, group in enumerate(groups[:LISTED], 1)
        ],
    )
    _left_out(made, len(groups))


def _together(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    """Return the rows of one key together, in the order in which keys come first."""
    found: dict[Hashable, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def _due(row: Row) -> str:
    if row.due_on is None:
        return "-"
    moved = row.original_on is not None and row.original_on != row.due_on
    return f"{short_day(row.due_on)}{f' (hạn gốc {short_day(row.original_on)})' if moved and row.original_on else ''}"


def _result(group: Sequence[Row], *, asked: bool) -> str:
    least, most = min(row.late_days for row in group), max(row.late_days for row in group)
    days = f"{_days(most)} ngày làm việc" if least == most else f"từ {_days(least)} đến {_days(most)} ngày làm việc"
    how = _HOW[group[0].fate is Fate.LATE, asked]
    return f"{how} {days} ({count(len(group))} cơ quan)" if len(group) > 1 else f"{how} {days}"


_HOW = {
    (True, False): "Hoàn thành, trễ",
    (False, False): "Chưa xong, quá hạn",
    (True, True): "Có kết quả sau thời hạn đề nghị",
    (False, True): "Chưa có kết quả, sau thời hạn đề nghị",
}


def _days(late: int) -> str:
    """Return how many working days; over a weekend there may be none."""
    return count(late) if late else "chưa đến 01"


def _reasons(group: Sequence[Row], agencies: Mapping[int, AgencyAbout], without: str) -> str:
    """Return the agencies of a group by the reasons that they gave; `without` is said of those that gave none."""
    lines = []
    for same in _together(group, lambda row: row.about.reason):
        names = "; ".join(agencies[row.agency_id].name for row in same)
        reason = shorten(same[0].about.reason, 160) or without
        lines.append(f"{names}{f': {reason}' if reason else ''}.")
    return "\n".join(lines)


def extensions(made: OfficialPaper, report: Progress) -> None:
    """Write what the office gave a later date, with both dates."""
    tasks, agencies = report.task(), report.agency()
    rows = [one for one in report.rows if one.extended]
    made.heading("7. Nhiệm vụ được gia hạn")
    if not rows:
        made.paragraph("Trong kỳ không có nhiệm vụ được gia hạn.")
        return
    groups = _together(rows, lambda row: (row.task_id, row.original_on, row.due_on, _grounds(row)))
    made.caption("Nhiệm vụ được gia hạn")
    made.table(
        (
            Column("TT", 1, CENTER),
            Column("Nhiệm vụ", 4.3),
            Column("Cơ quan, đơn vị", 3),
            Column("Hạn gốc", 2.4, CENTER),
            Column("Hạn mới", 2.4, CENTER),
            Column("Lý do, căn cứ", 3.1),
        ),
        [
            [
                str(at),
                shorten(tasks[one.task_id].content, 220),
                "; ".join(agencies[row.agency_id].name for row in group),
                short_day(one.original_on) if one.original_on else "-",
                short_day(one.due_on) if one.due_on else "-",
                _grounds(one),
            ]
            for at, group in enumerate(groups[:LISTED], 1)
            for one in group[:1]
        ],
    )
    _left_out(made, len(groups))


def _grounds(row: Row) -> str:
    agreed = row.about.extension
    if agreed is None:
        return ""
    return "; ".join(filter(None, (shorten(agreed.reason, 120), agreed.basis)))


def not_done(made: OfficialPaper, report: Progress) -> None:
    """Write what ended without being carried out."""
    tasks, agencies = report.task(), report.agency()
    rows = report.with_fate(Fate.CANCELLED)
    made.heading("8. Nhiệm vụ không thực hiện")
    if not rows:
        made.paragraph("Trong kỳ không có nhiệm vụ kết thúc mà không thực hiện.")
        return
    groups = _together(rows, lambda row: (row.task_id, row.about.ended_for))
    made.caption("Nhiệm vụ không thực hiện")
    made.table(
        (Column("TT", 1, CENTER), Column("Nhiệm vụ", 6.4), Column("Cơ quan, đơn vị", 4.6), Column("Lý do", 4.1)),
        [
            [
                str(at),
                shorten(tasks[group[0].task_id].content, 220),
                "; ".join(agencies[row.agency_id].name for row in group),
                group[0].about.ended_for or "Không còn trong kế hoạch",
            ]
            for at, group in enumerate(groups[:LISTED], 1)
        ],
    )
    _left_out(made, len(groups))


def _left_out(made: OfficialPaper, total: int) -> None:
    if total > LISTED:
        made.paragraph(f"Còn {count(total - LISTED)} dòng trong bảng tính kèm theo.", italic=True)


def coming(made: OfficialPaper, report: Progress) -> None:
    """Write what is due in the next period, and the place for a person's own words."""
    tasks, agencies = report.task(), report.agency()
    after = report.span.after
    made.heading("IV. NHIỆM VỤ TRỌNG TÂM KỲ TỚI")
    if report.coming:
        made.caption(f"Nhiệm vụ đến hạn trong {after.label}")
        made.table(
            (
                Column("TT", 1, CENTER),
                Column("Nhiệm vụ", 8),
                Column("Cơ quan, đơn vị", 4.6),
                Column("Thời hạn", 2.6, CENTER),
            ),
            [
                [
                    str(at),
                    shorten(tasks[one.task_id].content, 260),
                    _named([agencies[who].name for who in one.agency_ids]),
                    short_day(one.due_on),
                ]
                for at, one in enumerate(report.coming[:LISTED], 1)
            ],
        )
        _left_out(made, len(report.coming))
    else:
        made.paragraph(f"Chưa có nhiệm vụ nào đến hạn trong {after.label}.")
    made.to_fill_in("Giải pháp, kiến nghị, đề xuất: người soạn bổ sung")


def _named(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _NAMED else f"{count(len(names))} cơ quan, đơn vị"
