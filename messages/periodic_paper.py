"""The periodic report as an official paper and as a workbook: units' texts, tables that add up, the plan's tasks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.local import local, short_day
from domain.periodic import Chapter, Duty, Periodic
from domain.reports.counting import Fate
from messages import case_report
from messages.forms import fields_of, headed, shown
from messages.numerals import count, shares
from messages.official import Column, OfficialPaper
from messages.progress_report import Heading
from messages.word import CENTER, RIGHT
from messages.workbook import Field, Value, Workbook

_ACROSS = 25.0
"""Centimetres of a page across."""


def paper(report: Periodic, about: Heading) -> bytes:
    """Return the report as a Word file."""
    made = OfficialPaper(about.head, kind="BÁO CÁO", subject=f"{report.title}, {report.span.label}")
    made.paragraph(f"({_counted(report, about)})", italic=True)
    if report.basis:
        made.paragraph(f"Căn cứ {report.basis}, {about.head.issuer} báo cáo như sau:")
    made.heading("A. TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ")
    _senders(made, report)
    made.heading("B. KẾT QUẢ THỰC HIỆN")
    for at, chapter in enumerate(report.chapters, 1):
        _chapter(made, at, chapter)
    if report.other:
        made.heading(f"{len(report.chapters) + 1}. Nhiệm vụ khác của kế hoạch")
        _standing(made, report.other)
    _judged(made)
    made.signed(("Văn phòng Chính phủ", "Lãnh đạo UBND tỉnh", "Các cơ quan, đơn vị liên quan"), about.signatory)
    tables = [one for one in report.chapters if one.columns]
    for at, chapter in enumerate(tables, 1):
        _appendix(made, at, chapter)
    _duties(made, len(tables) + 1, report.duties)
    return made.saved()


def _counted(report: Periodic, about: Heading) -> str:
    window = f"Số liệu từ ngày {short_day(report.opens)} đến ngày {short_day(report.cut_off)}"
    if about.frozen_at is None:
        return window
    return f"{window}; số liệu chốt ngày {local(about.frozen_at):%d/%m/%Y lúc %H giờ %M}"


def _senders(made: OfficialPaper, report: Periodic) -> None:
    asked = len(report.sent) + len(report.missing)
    if not asked:
        made.to_fill_in("Chưa mở đợt thu thập trong chương trình: người soạn bổ sung tình hình gửi báo cáo")
        return
    made.paragraph(f"Số đơn vị được yêu cầu gửi: {count(asked)}; đã gửi: {count(len(report.sent))}.")
    if report.missing:
        made.paragraph(f"Chưa gửi ({count(len(report.missing))}): {'; '.join(report.missing)}.")


def _chapter(made: OfficialPaper, at: int, chapter: Chapter) -> None:
    made.heading(f"{at}. {chapter.title}")
    _standing(made, chapter.duties)
    for said in chapter.texts:
        made.paragraph(f"- {said.unit}: {said.text}")
    if chapter.columns:
        _told(made, chapter)
    if not chapter.texts and not chapter.columns and not chapter.duties:
        made.to_fill_in("Chưa có nội dung: người soạn bổ sung hoặc ghi không phát sinh")


def _standing(made: OfficialPaper, duties: Sequence[Duty]) -> None:
    if not duties:
        return
    by = {fate: sum(one.fate is fate for one in duties) for fate in Fate}
    on_time, late = shares(by[Fate.ON_TIME], by[Fate.LATE])
    done = by[Fate.ON_TIME] + by[Fate.LATE]
    told = f"Kế hoạch giao {count(len(duties))} nhiệm vụ thuộc nội dung này: đã hoàn thành {count(done)}"
    if done:
        told += f" (đúng hạn {count(by[Fate.ON_TIME])}, đạt {on_time}; trễ {count(by[Fate.LATE])}, chiếm {late})"
    told += f"; đang thực hiện trong hạn {count(by[Fate.OPEN_IN_TIME])}, quá hạn {count(by[Fate.OPEN_OVERDUE])}"
    if by[Fate.CANCELLED]:
        told += f"; không thực hiện {count(by[Fate.CANCELLED])}"
    made.paragraph(f"{told}.")


def _told(made: OfficialPaper, chapter: Chapter) -> None:
    if not chapter.rows:
        made.to_fill_in(f"Chưa có số liệu biểu {chapter.code or chapter.title}: người soạn bổ sung")
        return
    if chapter.checked:
        made.paragraph(_dossiers(chapter.totals()))
    if chapter.register:
        for line in case_report.results_of(chapter.totals()):
            made.paragraph(line)
    source = f" theo {'' if chapter.register else 'tệp '}{chapter.source}" if chapter.source else ""
    made.paragraph(f"Số liệu của {count(len(chapter.added()))} đơn vị{source}; chi tiết tại phụ lục.")


def _dossiers(totals: Mapping[str, int]) -> str:
    """Return the figures of II.06a in words, every part beside its total."""
    said = {key: count(value) for key, value in totals.items()}
    in_time = totals["c8"] + totals["c9"]
    good, late = shares(in_time, totals["c10"])
    return (
        f"Tổng số hồ sơ tiếp nhận {said['c3']} (trực tuyến {said['c4']}, trực tiếp và BCCI {said['c5']}, "
        f"kỳ trước chuyển sang {said['c6']}); đã giải quyết {said['c7']}, trong đó trước hạn và đúng hạn "
        f"{count(in_time)} (đạt {good}), quá hạn {said['c10']} (chiếm {late}); đang giải quyết {said['c11']} "
        f"(trong hạn {said['c12']}, quá hạn {said['c13']})."
    )


def _judged(made: OfficialPaper) -> None:
    made.heading("C. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
    made.to_fill_in("Tồn tại, hạn chế: người soạn bổ sung")
    made.to_fill_in("Nguyên nhân: người soạn bổ sung")
    made.heading("D. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI; ĐỀ XUẤT, KIẾN NGHỊ")
    made.to_fill_in("Nhiệm vụ trọng tâm kỳ tới; đề xuất, kiến nghị: người soạn bổ sung")


_NARROW = 14
"""More counts than this stand in smaller letters."""


def _appendix(made: OfficialPaper, at: int, chapter: Chapter) -> None:
    made.across(f"Phụ lục {at}. {chapter.title}{f' (biểu {chapter.code})' if chapter.code else ''}")
    counts = [one for one in chapter.columns if one.is_count]
    width = min((_ACROSS - 6.2) / max(len(counts), 1), 2.4)
    columns = [
        Column("TT (1)" if chapter.checked else "TT", 1.2, CENTER),
        Column("Đơn vị (2)" if chapter.checked else "Đơn vị", 5.0),
        *(Column(headed(one), width, RIGHT) for one in counts),
    ]
    rows = [
        [str(line), unit, *(_cell(values[one.key]) for one in counts)]
        for line, (unit, values) in enumerate(chapter.added(), 1)
    ]
    totals = chapter.totals()
    last = ["", "Tổng cộng", *(_cell(totals[one.key]) for one in counts)] if rows else [""] * len(columns)
    made.table(columns, [*rows, last], size=9 if len(counts) <= _NARROW else 7.5)


def _cell(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _duties(made: OfficialPaper, at: int, duties: Sequence[Duty]) -> None:
    """Write the tasks that have a date, each once however many agencies have it; all of them stand in the workbook."""
    dated: dict[tuple[str, date], list[Duty]] = {}
    for one in duties:
        if one.due_on is not None:
            dated.setdefault((one.content, one.due_on), []).append(one)
    if not dated:
        return
    made.across(f"Phụ lục {at}. Tiến độ thực hiện nhiệm vụ của kế hoạch có thời hạn trong kỳ")
    columns = (
        Column("TT", 1.2, CENTER),
        Column("Nhiệm vụ", 10.4),
        Column("Cơ quan chủ trì", 4.6),
        Column("Hạn", 2.4, CENTER),
        Column("Tình hình", 6.4),
    )
    made.table(columns, [[str(line), *_line(group)] for line, group in enumerate(dated.values(), 1)], size=10)
    rest = len(duties) - sum(map(len, dated.values()))
    if rest:
        made.paragraph(f"Ngoài ra có {count(rest)} nhiệm vụ thường xuyên hoặc chưa có hạn.")


_NAMED = 3
"""So many agencies of one task are named; of more their number."""


def _line(group: Sequence[Duty]) -> list[str]:
    first = group[0]
    names = list(dict.fromkeys(one.agency for one in group))
    agencies = "; ".join(names) if len(names) <= _NAMED else f"{len(names)} cơ quan"
    moved = sorted({one.original_on for one in group if one.original_on not in {None, one.due_on}})
    due = short_day(first.due_on) if first.due_on else ""
    due += f" (hạn gốc {', '.join(map(short_day, moved))})" if moved else ""
    return [first.content, agencies, due, _fates(group)]


def _fates(group: Sequence[Duty]) -> str:
    """Return how the agencies of a task stand: "hoàn thành đúng hạn 03; đang thực hiện, quá hạn 01"."""
    by = [(fate.label, sum(one.fate is fate for one in group)) for fate in Fate]
    if len(group) == 1:
        late = f", {group[0].late_days} ngày làm việc" if group[0].late_days else ""
        return f"{group[0].fate.label}{late}"
    return "; ".join(f"{label}: {count(number)}" for label, number in by if number)


def book(report: Periodic) -> bytes:
    """Return the report's tables and texts as a workbook."""
    made = Workbook()
    window = f"Số liệu từ {short_day(report.opens)} đến {short_day(report.cut_off)}, {report.span.label}"
    for chapter in report.chapters:
        if chapter.columns:
            _sheet(made, chapter, window)
    texts = [(chapter.title, said.unit, said.text) for chapter in report.chapters for said in chapter.texts]
    made.sheet(
        "Nội dung", (Field("Mục", 40), Field("Đơn vị", 32), Field("Nội dung", 100)), texts, title=[report.title, window]
    )
    fields = (
        Field("Mã", 10),
        Field("Nhóm nhiệm vụ", 40),
        Field("Nhiệm vụ", 60),
        Field("Cơ quan chủ trì", 28),
        Field("Hạn gốc", 12),
        Field("Hạn hiện tại", 12),
        Field("Trạng thái", 24),
        Field("Ngày hoàn thành", 12),
        Field("Trễ (ngày làm việc)", 10, "#,##0"),
        Field("Sản phẩm", 30),
        Field("Vướng mắc", 40),
    )
    made.sheet("Tiến độ kế hoạch", fields, [_values(one) for one in report.duties], title=[report.title, window])
    states = [*((one, "đã gửi") for one in report.sent), *((one, "chưa gửi") for one in report.missing)]
    made.sheet("Tình hình gửi", (Field("Đơn vị", 40), Field("Tình hình", 16)), states, title=[report.title, window])
    return made.saved()


def _values(one: Duty) -> list[Value]:
    return [
        one.code,
        one.heading,
        one.content,
        one.agency,
        one.original_on or one.due_on,
        one.due_on,
        one.fate.label,
        one.finished_on,
        one.late_days or None,
        one.product,
        one.obstacle,
    ]


def _sheet(made: Workbook, chapter: Chapter, window: str) -> None:
    fields = (Field("Đơn vị", 32), *fields_of(chapter.columns))
    rows = [[row.unit, *(shown(row.values.get(one.key), one) for one in chapter.columns)] for row in chapter.rows]
    totals = chapter.totals()
    last: list[Any] = ["Tổng cộng", *(totals.get(one.key) for one in chapter.columns)] if rows else []
    title = f"{chapter.title} (biểu {chapter.code})" if chapter.code else chapter.title
    made.sheet(chapter.code or chapter.title, fields, rows, title=[title, window], totals=last)
