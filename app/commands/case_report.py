"""nhacviec report --cases: citizens' feedback of a period, as a paper, as tables, as data."""

from pathlib import Path
from typing import Any

from actions.cases import reporting
from actions.progress_reports import letterhead
from app.commands import console, papers
from domain.case_figures import TITLES, Judged
from domain.case_figures.report import CaseReport
from domain.periods import Period
from messages import case_report
from messages.progress_report import Heading
from storage.database import Unit


def run(period: Period, docx: Path | None, xlsx: Path | None, *, json: bool) -> None:
    """Make the report and write or show it."""
    now = console.now()

    def work(unit: Unit) -> tuple[CaseReport, Heading]:
        return reporting.report(unit, period, now), letterhead(unit)

    found, heading = console.run(work)
    written = [(docx, case_report.paper(found, heading))] if docx else []
    written += [(xlsx, case_report.book(found))] if xlsx else []
    papers.write(written)
    if json:
        console.show_json(as_json(found))
    elif written:
        console.say("\n".join(f"Đã ghi {path}." for path, _ in written))
    else:
        console.say(case_report.summary(found))


def as_json(found: CaseReport) -> dict[str, Any]:
    """Return the report as data: counts whose parts make the totals, and the indicators with part and whole."""
    totals = found.totals()
    median = found.pace.median_forwarding
    return {
        "period": found.period.code,
        "label": found.period.label,
        "from": found.window.opens.isoformat(),
        "to": found.window.closes.isoformat(),
        "totals": {key: totals[key] for key in TITLES},
        "sources": {one.value: many for one, many in found.by_source()},
        "agencies": [{"agency": name, **_counts(counts)} for name, counts in found.by_agency()],
        "fields": [{"field": name, **_counts(counts)} for name, counts in found.by_field()],
        "qd766": _judged(found.whole()),
        "pace": {
            "median_forwarding_working_days": float(median) if median is not None else None,
            "bounced": [found.pace.bounced.part, found.pace.bounced.whole],
            "age_p90_days": found.pace.age_p90,
            "waiting_for_sender_days": [found.pace.waiting.part, found.pace.waiting.whole],
        },
    }


def _counts(counts: Any) -> dict[str, int]:
    return {key: int(counts[key]) for key in TITLES if counts[key]}


def _judged(whole: Judged) -> dict[str, Any]:
    return {
        "competent": whole.whole,
        "on_time": whole.on_time,
        "satisfied": whole.whole - whole.against,
        "refused": whole.refused,
        "without_limit": whole.undated,
    }
