"""nhacviec report: how the plans are carried out in a period, as a paper, as tables, as data."""

from pathlib import Path
from typing import Annotated, Any

import typer

from actions import progress_reports
from actions.progress_reports import Made
from app.commands import case_report, console, papers
from app.commands.console import Json
from domain.errors import ActRefused
from domain.local import local
from domain.periods import Period
from domain.reports.counting import Figures
from domain.reports.progress import Progress
from messages.progress_book import book
from messages.progress_report import Heading, paper
from messages.progress_summary import summary
from storage.database import Unit


def command(
    period: Annotated[str, typer.Option(help="Kỳ: 2026-03, 2026-Q1, 2026-H1, 2026-9M hoặc 2026.")],
    plan: Annotated[
        int | None, typer.Option(help="Chỉ một kế hoạch.", min=1, max=console.LARGEST_ID, metavar="MÃ")
    ] = None,
    docx: Annotated[Path | None, typer.Option(help="Ghi báo cáo ra tệp Word.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Ghi bảng số liệu ra tệp Excel.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Số liệu tính đến ngày; mặc định hôm nay.")] = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="Chốt số liệu, sau này không đổi nữa.")] = False,
    frozen: Annotated[bool, typer.Option("--frozen", help="Lập từ số liệu đã chốt lần cuối của kỳ.")] = False,
    cases: Annotated[
        bool, typer.Option("--cases", help="Báo cáo phản ánh, kiến nghị thay cho tiến độ kế hoạch.")
    ] = False,
    json: Json = False,
) -> None:
    """Report on a period."""
    wanted, day = Period.read(period), console.day(as_of, "--as-of")
    papers.check(docx, "--docx", ".docx")
    papers.check(xlsx, "--xlsx", ".xlsx")
    if cases:
        if plan is not None or day is not None or freeze or frozen:
            raise ActRefused(_OF_CASES)
        case_report.run(wanted, docx, xlsx, json=json)
        return
    if frozen and (freeze or day is not None):
        other = "--freeze" if freeze else "--as-of"
        raise ActRefused(f"--frozen lập báo cáo từ số liệu đã chốt nên không đi cùng {other}. Bỏ một trong hai.")
    now = console.now()

    def work(unit: Unit) -> tuple[Made, Heading]:
        if frozen:
            made = progress_reports.frozen(unit, wanted, plan_id=plan)
        elif freeze:
            made = progress_reports.freeze(unit, None, wanted, now, day=day, plan_id=plan)
        else:
            made = progress_reports.anew(unit, wanted, now, day=day, plan_id=plan)
        return made, progress_reports.heading(unit, made)

    made, heading = console.run(work)
    written = [(docx, paper(made.report, heading))] if docx else []
    written += [(xlsx, book(made.report, made.frozen_at))] if xlsx else []
    papers.write(written)
    if json:
        console.show_json(as_json(made))
    elif written:
        console.say("\n".join(f"Đã ghi {path}." for path, _ in written))
    else:
        console.say(summary(made.report, made.frozen_at))


_OF_CASES = (
    "--cases đếm sổ phản ánh theo kỳ, không đi cùng --plan, --as-of, --freeze, --frozen. "
    "Số liệu phản ánh được chốt cùng báo cáo định kỳ: nhacviec periodic --freeze."
)


def as_json(made: Made) -> dict[str, Any]:
    """Return the report as data: five counts for everything, whose parts make the totals, and what is told beside."""
    report, kept = made.report, made.snapshot
    now = report.totals()
    return {
        "period": report.period,
        "label": report.span.label,
        "as_of": report.day.isoformat(),
        "plan": report.plan or None,
        "frozen": {"number": kept.number, "at": local(kept.at).isoformat(timespec="seconds")} if kept else None,
        "totals": _counts(now),
        "agencies": [{"agency": one.code, **_counts(figures)} for one, figures in report.by_agency() if figures.total],
        "levels": [{"level": label, **_counts(figures)} for label, figures, _ in report.by_level()],
        "sections": [
            {"plan": plan, "section": heading, **_counts(figures)} for plan, heading, figures in report.by_section()
        ],
        "by_original_date": _counts(report.by_original()),
        "before": {"period": report.span.before.code, **_counts(report.totals_before())},
        "carried_overdue": _carried(report),
        "apart": {
            "waiting_for_confirmation": now.waiting,
            "extended": now.extended,
            "extension_asked": now.asking,
            "cancelled": now.cancelled,
            "moved_out": report.moved_out(),
            "moved_in": report.moved_in(),
        },
    }


def _carried(report: Progress) -> dict[str, Any] | None:
    """Return what earlier periods left open past its date, None where the frozen figures do not have it."""
    if report.carried is None:
        return None
    return {
        "total": report.totals().carried,
        "agencies": [
            {"agency": one.code, "total": figures.carried} for one, figures in report.by_agency() if figures.carried
        ],
    }


def _counts(figures: Figures) -> dict[str, int]:
    return {
        "total": figures.total,
        "on_time": figures.on_time,
        "late": figures.late,
        "open_in_time": figures.open_in_time,
        "open_overdue": figures.open_overdue,
    }
