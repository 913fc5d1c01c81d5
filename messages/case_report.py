"""The report on citizens' feedback as an official paper, as tables and in a few lines for a chat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from domain.case_figures import NO_FIELD, ON_TIME, RECEPTION, SATISFIED, TITLES, Counts, Judged, Nature, Share
from domain.case_figures.report import CaseReport
from domain.indicators import Goal, Measured, said_value
from domain.indicators import judge as verdict
from domain.local import short_day
from messages.numerals import count
from messages.official import Column, OfficialPaper
from messages.progress_report import Heading
from messages.render import number, render
from messages.word import CENTER, RIGHT
from messages.workbook import Field, Value, Workbook

TITLE = "Tình hình, kết quả tiếp nhận và xử lý phản ánh, kiến nghị"

_SHOWN = ("before", "received", "again", "refused", "guided", "outside", "merged", "withdrawn", "done_in_time",
          "done_late", "open_in_time", "open_late")  # fmt: skip
"""The columns of the paper's tables: together they make each row."""
_WORST = 5

NATURES = {
    Nature.CONDUCT: "hành vi hành chính",
    Nature.REGULATION: "quy định hành chính",
    Nature.BOTH: "cả hai nội dung",
    Nature.OTHER: "nội dung khác",
}


def counted(report: CaseReport) -> str:
    """Return over which days it was counted."""
    return f"Số liệu từ ngày {short_day(report.window.opens)} đến ngày {short_day(report.window.closes)}"


def paper(report: CaseReport, about: Heading) -> bytes:
    """Return the report as a Word file."""
    made = OfficialPaper(about.head, kind="BÁO CÁO", subject=f"{TITLE}\n{report.period.label}")
    made.paragraph(f"({counted(report)})", italic=True)
    made.heading("I. CÔNG TÁC CHỈ ĐẠO, TỔ CHỨC TIẾP NHẬN")
    made.to_fill_in("Văn bản chỉ đạo, việc bố trí cán bộ, kênh tiếp nhận trong kỳ: người soạn bổ sung")
    made.heading("II. KẾT QUẢ TIẾP NHẬN, XỬ LÝ")
    for line in results(report):
        made.paragraph(line)
    made.heading("III. CHỈ TIÊU THEO QUYẾT ĐỊNH SỐ 766/QĐ-TTg VÀ TIẾN ĐỘ")
    for line in [*indicators(report.whole()), *pace(report)]:
        made.paragraph(line)
    made.heading("IV. TỒN TẠI, NGUYÊN NHÂN; KIẾN NGHỊ, ĐỀ XUẤT")
    made.to_fill_in("Tồn tại, nguyên nhân, giải pháp, kiến nghị: người soạn bổ sung")
    made.signed(("Lãnh đạo UBND tỉnh", "Các cơ quan, đơn vị liên quan"), about.signatory)
    for at, (by, rows) in enumerate((("lĩnh vực", report.by_field()), ("cơ quan", report.by_agency())), 1):
        made.across(f"Phụ lục {'I' * at}: Phản ánh, kiến nghị theo {by}", belongs_to=f"{TITLE}, {report.period.label}")
        made.table(_columns(by), _cells(rows, report.totals()), size=9)
    return made.saved()


def _columns(by: str) -> list[Column]:
    wide = 25.0 - 1.0 - 5.0
    return [
        Column("TT", 1.0, CENTER),
        Column(by.capitalize(), 5.0),
        *(Column(TITLES[key], wide / len(_SHOWN), RIGHT) for key in _SHOWN),
    ]


def _cells(rows: Sequence[tuple[str, Counts]], totals: Counts) -> list[list[str]]:
    found = [[str(at), name, *(number(counts[key]) for key in _SHOWN)] for at, (name, counts) in enumerate(rows, 1)]
    return [*found, ["", "Tổng số", *(number(totals[key]) for key in _SHOWN)]]


def results(report: CaseReport) -> list[str]:
    """Return the results in sentences; every figure is a sum of the tables'."""
    first, *rest = results_of(report.totals())
    sources = "; ".join(f"{one.label} {count(many)}" for one, many in report.by_source())
    return [first, *([f"Theo nguồn tiếp nhận: {sources}."] if sources else []), *rest]


def results_of(counts: Mapping[str, int]) -> list[str]:
    """Return sums of the table's columns in sentences; a column that is not there counts as 0."""
    now = Counter({key: many for key, many in counts.items() if key in TITLES})
    natures = "; ".join(f"{said} {count(now[one.value])}" for one, said in NATURES.items() if now[one.value])
    again = f" Mở lại trong kỳ: {count(now['again'])}." if now["again"] else ""
    received = f"Tiếp nhận trong kỳ: {count(now['received'])}{f' ({natures})' if natures else ''}."
    found = [f"Kỳ trước chuyển sang: {count(now['before'])}. {received}{again}"]
    elsewhere = [f"{TITLES[key]}: {count(now[key])}" for key in _ELSEWHERE if now[key]]
    if elsewhere:
        found.append(f"{'; '.join(elsewhere)}.")
    done, still = now["done_in_time"] + now["done_late"], now["open_in_time"] + now["open_late"]
    return [
        *found,
        f"Đã xử lý, trả lời: {count(done)} (đúng hạn {count(now['done_in_time'])}, quá hạn {count(now['done_late'])}).",
        f"Đang xử lý: {count(still)} (trong hạn {count(now['open_in_time'])}, quá hạn {count(now['open_late'])}).",
        f"Đã công khai kết quả: {count(now['published'])}. Người gửi đánh giá: hài lòng {count(now['satisfied'])}, "
        f"bình thường {count(now['fair'])}, không hài lòng {count(now['dissatisfied'])}.",
    ]


_ELSEWHERE = ("refused", "guided", "outside", "merged", "withdrawn")


def indicators(whole: Judged) -> list[str]:
    """Return the two indicators of QĐ 766 in sentences, with what they are counted of."""
    beside = f" Trong đó không tiếp nhận có căn cứ: {count(whole.refused)}." if whole.refused else ""
    undated = f" Chưa có thời hạn nên chưa tính: {count(whole.undated)}." if whole.undated else ""
    return [
        f"{_indicator(ON_TIME, whole.in_time)} Tính cả việc đang quá hạn; không tính khiếu nại, tố cáo, việc ngoài "
        f"phạm vi và việc chuyển cơ quan ngoài tỉnh.{beside}{undated}",
        f"{_indicator(SATISFIED, whole.content)} Việc quá hạn, bị phản ánh lại hoặc bị đánh giá không hài lòng "
        "tính là chưa hài lòng.",
    ]


def short(whole: Judged) -> list[tuple[str, Share]]:
    """Return both indicators in a line each, with what it says."""
    pairs = ((ON_TIME, whole.in_time), (SATISFIED, whole.content))
    return [(_indicator(goal, share).removesuffix("."), share) for goal, share in pairs]


def _indicator(goal: Goal, share: Share) -> str:
    measured: Measured = share.measured(goal)
    return f"{goal.content}: {said_value(goal, measured)} ({verdict(goal, measured).label})."


def pace(report: CaseReport) -> list[str]:
    """Return how fast cases moved, in sentences; what has nothing to count is left out."""
    found, one = [], report.pace
    if one.median_forwarding is not None:
        found.append(
            f"Trung vị thời gian chuyển cơ quan xử lý: {_said(one.median_forwarding)} ngày làm việc (quy định 05); "
            f"bị chuyển lại: {said_share(one.bounced)}."
        )
    if one.age_p90 is not None:
        found.append(
            f"9/10 phản ánh có tuổi không quá {one.age_p90} ngày, kể cả ngày chờ người gửi; "
            f"ngày chờ người gửi chiếm {said_share(one.waiting)}."
        )
    return found


def _said(value: Fraction) -> str:
    return number(int(value) if value.denominator == 1 else float(value))


def said_share(share: Share) -> str:
    """Return a share for people: "12,50% (1/8)", "chưa có" of nothing."""
    if not share.whole:
        return "chưa có"
    hundredths = (share.part * 20_000 + share.whole) // (2 * share.whole)
    return f"{hundredths // 100},{hundredths % 100:02}% ({number(share.part)}/{number(share.whole)})"


def book(report: CaseReport) -> bytes:
    """Return the report as an .xlsx file: by agency, by field, both together, the indicators of each agency."""
    made, title = Workbook(), (f"{TITLE}, {report.period.label}", counted(report))
    keys = [*TITLES, *(f"from_{one.value}" for one, _ in report.by_source())]
    fields = [Field(TITLES[key], 11) for key in TITLES]
    fields += [Field(f"Qua {one.label}", 12) for one, _ in report.by_source()]
    totals = report.totals()
    for name, heading, rows in (
        ("Theo lĩnh vực", "Lĩnh vực", report.by_field()),
        ("Theo cơ quan", "Cơ quan", report.by_agency()),
    ):
        made.sheet(
            name,
            (Field(heading, 36), *fields),
            [(row, *(counts[key] for key in keys)) for row, counts in rows],
            title=title,
            totals=("Tổng số", *(totals[key] for key in keys)),
        )
    made.sheet(
        "Cơ quan và lĩnh vực",
        (Field("Cơ quan", 36), Field("Lĩnh vực", 28), *fields),
        [
            (one.agency or RECEPTION, one.field or NO_FIELD, *(one.counts.get(key, 0) for key in keys))
            for one in report.lines
        ],
        title=title,
        totals=("Tổng số", "", *(totals[key] for key in keys)),
    )
    add_indicators(made, report.judged, title)
    return made.saved()


_INDICATORS = (
    Field("Cơ quan", 36),
    Field("Thuộc thẩm quyền, phải xử lý", 14),
    Field("Xử lý đúng hạn", 12),
    Field("Tỷ lệ đúng hạn", 12, "0.00%"),
    Field("Chưa hài lòng (quá hạn, phản ánh lại, không hài lòng)", 18),
    Field("Tỷ lệ hài lòng", 12, "0.00%"),
    Field("Chưa có thời hạn (chưa tính)", 14),
)


def add_indicators(made: Workbook, judged: Mapping[str, Judged], title: Sequence[str]) -> None:
    """Add a sheet with what the register counts for the indicators of QĐ 766, by agency."""
    made.sheet("QĐ 766 đếm từ sổ phản ánh", _INDICATORS, _judged(judged), title=title)


def _judged(judged: Mapping[str, Judged]) -> list[tuple[Value, ...]]:
    rows = [*sorted(judged.items()), ("Tổng số", sum(judged.values(), Judged()))]
    return [
        (
            name or "Đầu mối tiếp nhận",
            one.whole,
            one.on_time,
            float(one.in_time.ratio) if one.in_time.ratio is not None else None,
            one.against,
            float(one.content.ratio) if one.content.ratio is not None else None,
            one.undated,
        )
        for name, one in rows
    ]


def summary(report: CaseReport) -> str:
    """Return the report in under 2,000 characters."""
    late = sorted(
        ((name, one["open_late"]) for name, one in report.by_agency() if one["open_late"]), key=lambda x: -x[1]
    )
    now = report.totals()
    return render(
        "reports/cases",
        title=TITLE,
        label=report.period.label,
        counted=counted(report),
        lines=results(report) if sum(now.values()) else [],
        indicators=[_indicator(ON_TIME, report.whole().in_time), _indicator(SATISFIED, report.whole().content)],
        late=[(name, count(many)) for name, many in late[:_WORST]],
        more=count(len(late) - _WORST) if len(late) > _WORST else "",
    )
