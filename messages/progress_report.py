"""The report "tiến độ thực hiện Kế hoạch" as an official paper: figures of the rows, marked places for a person.

Its shape is that of provincial reports: what was directed, results by block and agency ("đúng hạn n (đạt x%), trễ n
(chiếm y%), đang thực hiện n"), the late with their reasons, extensions, what is asked of whom next.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.local import local, short_day
from domain.reports.counting import Figures
from domain.reports.progress import Progress
from messages import progress_sums as sums
from messages import progress_tables as tables
from messages.numerals import change, count, points, share, shares
from messages.official import Letterhead, OfficialPaper, Signatory

_PLANS = 15
"""So many plans are named at the head of the paper."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a paper needs beside the figures."""

    head: Letterhead
    signatory: Signatory
    frozen_at: datetime | None = None
    """When the figures were frozen; None where they are those of the moment."""


def paper(report: Progress, about: Heading) -> bytes:
    """Return the report as a Word file."""
    made = OfficialPaper(about.head, kind="BÁO CÁO", subject=f"{subject(report)}\n{report.span.label}")
    made.paragraph(f"({counted_to(report, about.frozen_at)})", italic=True)
    _directing(made, report)
    made.heading("II. KẾT QUẢ THỰC HIỆN")
    _whole(made, report)
    _blocks(made, report)
    sums.agencies(made, report)
    sums.sections(made, report)
    tables.late(made, report)
    tables.carried(made, report)
    tables.extensions(made, report)
    tables.not_done(made, report)
    tables.asked(made, report)
    _judged(made)
    tables.coming(made, report)
    made.signed(_recipients(report), about.signatory)
    return made.saved()


def subject(report: Progress) -> str:
    """Return what the report is about: the one plan, or all of them."""
    plans = [report.plan] if report.plan else report.plans
    return f"Tiến độ thực hiện {plans[0] if len(plans) == 1 else 'các kế hoạch, văn bản giao nhiệm vụ'}"


def counted_to(report: Progress, frozen_at: datetime | None) -> str:
    """Return to which day the figures were counted, and when they were frozen where they were."""
    said = f"Số liệu tính đến ngày {short_day(report.day)}"
    return said if frozen_at is None else f"{said}; số liệu chốt ngày {local(frozen_at):%d/%m/%Y lúc %H giờ %M}"


def _directing(made: OfficialPaper, report: Progress) -> None:
    made.heading("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    span = report.span
    when = f"từ ngày {short_day(span.start)} đến ngày {short_day(span.end)}"
    plans = report.plans or [report.plan or "chưa có văn bản giao nhiệm vụ nào"]
    one = f" {plans[0]}." if len(plans) == 1 else ":"
    made.paragraph(f"Kỳ báo cáo: {span.label} ({when}). Báo cáo tổng hợp nhiệm vụ được giao theo{one}")
    for plan in plans[:_PLANS] if len(plans) > 1 else ():
        made.paragraph(f"- {plan}.")
    if len(plans) > _PLANS:
        made.paragraph(f"- và {count(len(plans) - _PLANS)} văn bản khác, có tên trong bảng tính kèm theo.")
    made.to_fill_in("Công tác chỉ đạo, điều hành, đôn đốc, kiểm tra trong kỳ: người soạn bổ sung")


def told(figures: Figures) -> str:
    """Return figures in the words of such reports, with the parts that make them."""
    on_time, late = shares(figures.on_time, figures.late)
    done = "chưa có nhiệm vụ hoàn thành"
    if figures.finished:
        done = (
            f"đã hoàn thành {count(figures.finished)} nhiệm vụ, trong đó đúng hạn {count(figures.on_time)} "
            f"(đạt {on_time}), trễ {count(figures.late)} (chiếm {late})"
        )
    if not figures.open:
        return f"{done}; không còn nhiệm vụ đang thực hiện"
    parts = f"trong hạn {count(figures.open_in_time)}, quá hạn {count(figures.open_overdue)}"
    return f"{done}; đang thực hiện {count(figures.open)} nhiệm vụ ({parts})"


def _whole(made: OfficialPaper, report: Progress) -> None:
    now, before, original = report.totals(), report.totals_before(), report.by_original()
    made.heading("1. Kết quả chung")
    if not (now.total or before.total or original.total or now.carried):
        made.paragraph("Trong kỳ chưa có nhiệm vụ nào.")
        return
    made.paragraph(f"Tổng số nhiệm vụ trong kỳ là {count(now.total)}; {told(now)}.")
    made.paragraph(carried_over(report))
    beside = apart(now)
    if beside:
        made.paragraph(f"Trong kỳ có {'; '.join(beside)}.")
    if now.due:
        made.paragraph(
            f"Tỷ lệ đúng hạn trên số đã hoàn thành ({count(now.finished)} nhiệm vụ): "
            f"{share(now.on_time, now.finished)}; tỷ lệ đúng hạn trên số đã đến hạn ({count(now.due)} nhiệm vụ, "
            f"gồm đã hoàn thành và quá hạn chưa xong trong kỳ): {share(now.on_time, now.due)}."
        )
    made.paragraph(_compared(report, now, before))
    said = f"Tính theo hạn gốc của văn bản giao việc, trong kỳ có {count(original.total)} nhiệm vụ; {told(original)}."
    moved = report.moved_out(), report.moved_in()
    if any(moved):
        said += (
            f" Có {count(moved[0])} nhiệm vụ hạn gốc trong kỳ đã chuyển sang kỳ khác, "
            f"{count(moved[1])} nhiệm vụ từ kỳ khác chuyển đến."
        )
    made.paragraph(said)


def carried_over(report: Progress) -> str:
    """Return what earlier periods left open past its date; a frozen report that did not count it says so."""
    left = report.totals().carried
    if report.carried is None:
        return sums.NOT_COUNTED
    what = f"{count(left)} nhiệm vụ quá hạn chưa xong" if left else "không có nhiệm vụ quá hạn chưa xong"
    return f"Kỳ trước chuyển sang: {what}{' (ngoài tổng số trong kỳ)' if left else ''}."


def _compared(report: Progress, now: Figures, before: Figures) -> str:
    label = report.span.before.label
    if not before.total:
        return f"Trong {label} chưa có nhiệm vụ được giao nên không có số liệu để so sánh."
    moved = points(now.on_time, now.finished, before.on_time, before.finished)
    was = f"Trong {label}, tổng số {count(before.total)} nhiệm vụ; {told(before)}."
    said = f"So với {label}, tổng số {change(now.total, before.total)}"
    rate = f"; tỷ lệ đúng hạn trên số đã hoàn thành {moved}" if moved else ""
    return f"{was} {said}{rate}; {sums.overdue(now, before, report)}."


def apart(now: Figures) -> list[str]:
    """Return what is told beside the total."""
    said = (
        (now.undated, "thường xuyên hoặc chưa có hạn cụ thể, tính vào số đang thực hiện trong hạn"),
        (now.waiting, "đã báo cáo hoàn thành, đang chờ Văn phòng xác nhận"),
        (now.extended, "đã được gia hạn"),
        (now.asking, "quá hạn, đang chờ trả lời đề nghị gia hạn"),
        (now.cancelled, "không thực hiện, không tính vào tổng số"),
    )
    return [f"{count(value)} nhiệm vụ {words}" for value, words in said if value]


def _blocks(made: OfficialPaper, report: Progress) -> None:
    made.heading("2. Kết quả theo khối cơ quan")
    for label, now, before in report.by_level():
        compared = ""
        if before.total:
            moved = points(now.on_time, now.finished, before.on_time, before.finished)
            compared = f"; so với {report.span.before.label}: tổng số {change(now.total, before.total)}"
            compared += f", tỷ lệ đúng hạn trên số đã hoàn thành {moved}" if moved else ""
        what = f"tổng số {count(now.total)} nhiệm vụ; {told(now)}" if now.total else "không có nhiệm vụ trong kỳ"
        if now.carried:
            what += f"; kỳ trước chuyển sang {count(now.carried)} nhiệm vụ quá hạn chưa xong"
        made.paragraph(f"- {label}: {what}{compared}.")


def _judged(made: OfficialPaper) -> None:
    made.heading("III. ĐÁNH GIÁ CHUNG")
    for at, (what, hint) in enumerate(
        (
            ("Kết quả nổi bật", "Đánh giá kết quả nổi bật: người soạn bổ sung"),
            ("Tồn tại, hạn chế", "Tồn tại, hạn chế: người soạn bổ sung"),
            ("Nguyên nhân", "Nguyên nhân: người soạn bổ sung"),
        ),
        1,
    ):
        made.heading(f"{at}. {what}")
        made.to_fill_in(hint)


def _recipients(report: Progress) -> list[str]:
    blocks = [label.replace(" (phối hợp)", "") for label, now, _ in report.by_level() if now.total or now.carried]
    return ["Chủ tịch, các Phó Chủ tịch UBND tỉnh", *blocks]
