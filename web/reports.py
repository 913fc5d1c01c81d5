"""Reports of a period: its figures with the sums that they make, the files, freezing, and what was frozen."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import indicator_files, periodic, progress_reports
from actions.cases import reporting
from actions.progress_reports import Made
from domain.case_figures.report import CaseReport
from domain.errors import ActRefused, NotFound
from domain.local import local, today
from domain.people import Viewer
from domain.periodic import Periodic
from domain.periods import Period, usual
from domain.periods_said import period_said
from domain.reports.counting import Figures, added
from messages import case_report, official, periodic_paper, progress_book, progress_report, progress_sums, workbook
from messages.numerals import count, share
from storage.views import Unit, office, progress, snapshots
from web.frame import NOT_HERE, REPORTS, Frame, number
from web.parts import WebParts
from web.tasks import attachment

PLANS = 60
"""So many plans, the newest, are offered one by one."""
FROZEN = 12
"""So many freezings, the newest, are listed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for: a period, one plan (0 for all), and the freezing to be opened (0 for none)."""

    period: Period
    plan: int = 0
    frozen: int = 0

    def query(self) -> str:
        """Return it as an address carries it."""
        kept = {"period": self.period.code, "plan": self.plan or "", "frozen": self.frozen or ""}
        return urlencode({name: value for name, value in kept.items() if value})


Write = Callable[[], bytes]


class ReportPages:
    """Routes under /office/reports: coordinators and leaders read, coordinators freeze."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)
        self._files: dict[str, Callable[[Unit, Viewer, Asked], tuple[str, Write]]] = {
            "progress.docx": self._progress_paper,
            "progress.xlsx": self._progress_book,
            "cases.docx": self._cases_paper,
            "cases.xlsx": self._cases_book,
            "periodic.docx": self._periodic_paper,
            "periodic.xlsx": self._periodic_book,
            "indicators.xlsx": self._indicators,
        }

    def routes(self) -> list[Route]:
        """Return the page, its files, and what its form posts to."""
        return [
            Route(REPORTS, self.show, methods=["GET"]),
            Route(f"{REPORTS}/files/{{name}}", self.fetch, methods=["GET"]),
            Route(f"{REPORTS}/freeze", self.freeze, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the figures of the period that was chosen or typed, else of this quarter."""
        session, trouble = self._frame.guard.session(request), ""
        try:
            asked = self._asked(request.query_params)
        except ActRefused as refused:
            asked, trouble = Asked(Period.quarter_of(self._day())), refused.sentence
        return await self._shown(session, asked, trouble)

    async def _shown(self, session: str, asked: Asked, trouble: str = "") -> Response:
        try:
            made = await self._parts.db.read(lambda unit: self._made(unit, session, asked))
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        except ActRefused as refused:
            if trouble:  # the figures themselves cannot be had
                raise HTTPException(422, refused.sentence) from None
            return await self._shown(session, Asked(Period.quarter_of(self._day())), refused.sentence)

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.overseer(unit, session)
            return viewer, self._values(unit, made, asked)

        return await self._frame.shown(session, "reports", ask, at=REPORTS, trouble=trouble)

    def _made(self, unit: Unit, session: str, asked: Asked) -> Made:
        self._frame.guard.overseer(unit, session)
        if asked.frozen:
            return progress_reports.opened(unit, asked.frozen)
        return progress_reports.anew(unit, asked.period, self._parts.clock(), plan_id=asked.plan or None)

    def _values(self, unit: Unit, made: Made, asked: Asked) -> dict[str, Any]:
        report, about = made.report, replace(asked, period=made.report.span)
        plans = [one for one in reversed(office.plan_list(unit)) if one.state != "draft" and one.number]
        return {
            "report": report,
            "subject": progress_report.subject(report),
            "counted_to": progress_report.counted_to(report, made.frozen_at),
            "whole": report.totals(),
            "carried_over": progress_report.carried_over(report),
            "carried": partial(progress_sums.carried, report=report),
            "apart": progress_report.apart(report.totals()),
            "tables": _tables(made),
            "asked": about,
            "query": about.query(),
            "snapshot": made.snapshot,
            "mark": "" if made.snapshot else progress_reports.mark(report),
            "offered": _offered(self._day(), about.period),
            "plans": [(one.id, progress.cited(one)) for one in plans[:PLANS]],
            "kept": [
                (one, Period.read(one.period).label, local(one.at))
                for one in snapshots.kept(unit, progress_reports.kind(asked.plan or None), FROZEN)
            ],
            "count": count,
            "share": share,
        }

    async def freeze(self, request: Request) -> Response:
        """Freeze the figures that were shown."""
        session, form = await self._frame.guard.form(request)
        done: list[Made] = []

        def work(unit: Unit) -> None:
            viewer, asked = self._frame.guard.office(unit, session), self._asked(form)
            if form.get("sure") != "1":
                raise ActRefused("Xin đánh dấu xác nhận trước khi chốt số liệu.")
            now, mark = self._parts.clock(), form.get("mark", "")
            done.append(
                progress_reports.freeze(unit, viewer, asked.period, now, plan_id=asked.plan or None, shown=mark)
            )

        refused = await self._frame.act(work)
        if refused:
            return await self._shown(session, self._again(form), refused)
        kept = done[0].snapshot
        asked = replace(self._again(form), frozen=kept.id if kept else 0)
        return RedirectResponse(f"{REPORTS}?{asked.query()}#da-chot", 303)

    def _again(self, form: Mapping[str, str]) -> Asked:
        """Return what a form was about, this quarter where its period was meddled with."""
        try:
            return self._asked(form)
        except ActRefused:
            return Asked(Period.quarter_of(self._day()))

    async def fetch(self, request: Request) -> Response:
        """Hand out a file, made now; what keeps it from being made is said on the page."""
        session, name = self._frame.guard.session(request), request.path_params["name"]
        prepare = self._files.get(name)

        def ask(unit: Unit) -> tuple[str, Write]:
            viewer = self._frame.guard.overseer(unit, session)
            if prepare is None:
                raise NotFound
            return prepare(unit, viewer, self._asked(request.query_params))

        try:
            stem, write = await self._parts.db.read(ask)
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        except ActRefused as refused:
            return await self._shown(session, self._again(request.query_params), refused.sentence)
        content = await asyncio.to_thread(write)
        kind = official.MEDIA_TYPE if name.endswith(".docx") else workbook.MEDIA_TYPE
        headers = {"Content-Disposition": attachment(f"{stem}.{name.rpartition('.')[2]}")}
        return Response(content, media_type=kind, headers=headers)

    def _progress_paper(self, unit: Unit, viewer: Viewer, asked: Asked) -> tuple[str, Write]:  # noqa: ARG002
        made = self._report(unit, asked)
        heading = progress_reports.heading(unit, made)
        return made.name, lambda: progress_report.paper(made.report, heading)

    def _progress_book(self, unit: Unit, viewer: Viewer, asked: Asked) -> tuple[str, Write]:  # noqa: ARG002
        made = self._report(unit, asked)
        return made.name, lambda: progress_book.book(made.report, made.frozen_at)

    def _report(self, unit: Unit, asked: Asked) -> Made:
        if asked.frozen:
            return progress_reports.opened(unit, asked.frozen)
        return progress_reports.anew(unit, asked.period, self._parts.clock(), plan_id=asked.plan or None)

    def _cases_paper(self, unit: Unit, viewer: Viewer, asked: Asked) -> tuple[str, Write]:  # noqa: ARG002
        found, heading = self._cases(unit, asked), progress_reports.letterhead(unit)
        return reporting.name(found), lambda: case_report.paper(found, heading)

    def _cases_book(self, unit: Unit, viewer: Viewer, asked: Asked) -> tuple[str, Write]:  # noqa: ARG002
        found = self._cases(unit, asked)
        return reporting.name(found), lambda: case_report.book(found)

    def _cases(self, unit: Unit, asked: Asked) -> CaseReport:
        return reporting.report(unit, asked.period, self._parts.clock())

    def _periodic_paper(self, unit: Unit, viewer: Viewer, asked: Asked) -> tuple[str, Write]:
        report, heading = self._periodic(unit, viewer, asked), progress_reports.letterhead(unit)
        return f"bao-cao-kstt-{report.period}", lambda: periodic_paper.paper(report, heading)

    def _periodic_book(self, unit: Unit, viewer: Viewer, asked: Asked) -> tuple[str, Write]:
        report = self._periodic(unit, viewer, asked)
        return f"bao-cao-kstt-{report.period}", lambda: periodic_paper.book(report)

    def _periodic(self, unit: Unit, viewer: Viewer, asked: Asked) -> Periodic:
        if not viewer.coordinates:  # as in the chat: units' texts are the office's to put together
            raise NotFound
        return periodic.gather(unit, asked.period, self._parts.clock())

    def _indicators(self, unit: Unit, viewer: Viewer, asked: Asked) -> tuple[str, Write]:  # noqa: ARG002
        content = indicator_files.workbook(unit, asked.period, self._parts.clock())
        return f"chi-tieu-{asked.period.code}", lambda: content

    def _asked(self, given: Mapping[str, str]) -> Asked:
        """Return what an address or a form asks for. Raises ActRefused for a period that is none."""
        said, code = given.get("said", "").strip()[:60], given.get("period", "").strip()[:20]
        quarter = Period.quarter_of(self._day())
        period = period_said(said, self._day()) if said else Period.read(code) if code else quarter
        return Asked(period, number(given.get("plan", "")), number(given.get("frozen", "")))

    def _day(self) -> date:
        return today(self._parts.clock())


def _offered(day: date, chosen: Period) -> list[Period]:
    """Return the periods to choose from, the one that is shown among them."""
    found = (*usual(day), Period(day.year, 1, 9), Period(day.year - 1, 1, 12), chosen)
    return list(dict.fromkeys(found))


def _tables(made: Made) -> list[tuple[str, list[tuple[str, int, Figures]], Figures]]:
    """Return the figures by block and by agency (name, the agency's id or 0, figures), each with its own sum."""
    levels = [(label, 0, figures) for label, figures, _ in made.report.by_level()]
    agencies = [
        (f"{one.name} (đề nghị phối hợp)" if one.is_asked else one.name, one.id, figures)
        for one, figures in made.report.by_agency()
    ]
    both = (("Theo khối cơ quan", levels), ("Theo cơ quan", agencies))
    return [(title, rows, added(figures for *_, figures in rows)) for title, rows in both]
