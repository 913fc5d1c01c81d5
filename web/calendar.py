"""The coordinator's page of the work calendar: a year at a glance, and days added or taken out with their effect first.

A link from the chat opens it; a session of any of the office's pages serves. Nothing is written before its effect
was shown, and only under the version of the calendar for which it was shown.
"""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import calendar as calendar_actions
from actions.calendar import Propose
from actions.pages import CALENDAR
from domain.errors import ActRefused
from domain.local import local, today
from domain.workdays import CalendarDay, DayKind, WorkCalendar, kind_named
from messages.pages import page
from storage.views import Unit
from storage.views import calendar as calendar_views
from web.frame import rooms
from web.office_sessions import OfficeGuard, html
from web.parts import WebParts

RECENT = 5
"""So many of the latest changes are shown."""

_FIELDS = ("act", "day", "kind", "pair", "source", "year")
_WEEKS = Calendar()
_KINDS = {kind.value: kind.label for kind in DayKind}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the year's picture; `entry` is the exception that stands for it."""

    day: date
    works: bool
    entry: CalendarDay | None


class CalendarPages:
    """Routes under /office/calendar. Every one needs a session of a coordinator."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._guard = OfficeGuard(parts)

    def routes(self) -> list[Route]:
        """Return the page and what its forms post to."""
        return [
            Route(CALENDAR, self.show, methods=["GET"]),
            Route(f"{CALENDAR}/preview", self.preview, methods=["POST"]),
            Route(f"{CALENDAR}/write", self.write, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show a year."""
        return await self._page(self._guard.session(request), _year(request.query_params.get("at", "")))

    async def preview(self, request: Request) -> Response:
        """Show what the form asks for, and what it would do; nothing is written."""
        session, form = await self._guard.form(request)
        return await self._page(session, _year(form.get("at", "")), form)

    async def write(self, request: Request) -> Response:
        """Write what was shown; what the rules refuse, or another calendar than the one shown, is shown instead."""
        session, form = await self._guard.form(request)
        now = self._parts.clock()
        shown = _number(form, "version")

        def work(unit: Unit) -> None:
            viewer = self._guard.coordinator(unit, session)
            calendar_actions.change(unit, self._propose(form), now, viewer, shown=shown)

        try:
            await self._parts.db.run(work)
        except ActRefused as refused:
            return await self._page(session, _year(form.get("at", "")), form, refused.sentence)
        at = _year(form.get("at", ""))
        return RedirectResponse(f"{CALENDAR}?at={at or ''}#thay-doi", 303)

    async def _page(
        self, session: str, at: int | None, form: Mapping[str, str] | None = None, trouble: str = ""
    ) -> Response:
        """Show a year; with a form, what it would do, or (`trouble`) why it was not taken."""
        values = await self._parts.db.read(lambda unit: self._values(unit, session, at, form, trouble))
        given = {name: (form or {}).get(name, "") for name in _FIELDS}
        token = self._guard.sessions.form_token(session)
        text = page("calendar", **values, token=token, form=given, base=CALENDAR, kind_names=_KINDS, local=local)
        return html(text, 422 if values["trouble"] else 200)

    def _values(
        self, unit: Unit, session: str, at: int | None, form: Mapping[str, str] | None, trouble: str
    ) -> dict[str, Any]:
        viewer, now = self._guard.coordinator(unit, session), self._parts.clock()
        found = calendar_views.of_year(unit, at or today(now).year)
        shown = None
        if form is not None and not trouble:
            try:
                shown = calendar_actions.preview(unit, self._propose(form), now, viewer)
            except ActRefused as refused:
                trouble = refused.sentence
        return {
            "office": self._parts.office_name(unit),
            "viewer": viewer,
            "rooms": rooms(viewer),
            "at": CALENDAR,
            "found": found,
            "months": _months(found.calendar, found.year),
            "years": range(today(now).year - 1, today(now).year + 3),
            "today": today(now),
            "changes": calendar_views.past_changes(unit, RECENT),
            "trouble": trouble,
            "shown": shown,
            **(calendar_actions.values_of(shown) if shown else {}),
        }

    def _propose(self, form: Mapping[str, str]) -> Propose:
        """Return what a form proposes. Raises ActRefused for a day or a kind that is none."""
        source, now = form.get("source", ""), self._parts.clock()
        match form.get("act"):
            case "confirm":
                return calendar_actions.confirming(_number(form, "year"), source)
            case "remove":
                return calendar_actions.removing(_day(form, "day"), source)
            case "add":
                kind = kind_named(form.get("kind", ""))
                if kind is None:
                    raise ActRefused("Xin chọn loại ngày: nghỉ lễ, nghỉ bù, nghỉ hoán đổi hay làm bù.")
                other = _day(form, "pair") if form.get("pair") else None
                return calendar_actions.adding(_day(form, "day"), kind, source, now, other)
            case _:
                raise HTTPException(404, "Không có thao tác này.")


def _months(calendar: WorkCalendar, year: int) -> list[tuple[int, list[list[Cell | None]]]]:
    """Return the months, each with its weeks from Monday; None for days of the neighbouring months."""

    def cell(day: date, month: int) -> Cell | None:
        return Cell(day, calendar.is_working(day), calendar.entry(day)) if day.month == month else None

    weeks = {month: _WEEKS.monthdatescalendar(year, month) for month in range(1, 13)}
    return [(month, [[cell(day, month) for day in week] for week in found]) for month, found in weeks.items()]


def _year(text: str) -> int | None:
    """Return the year that is looked at, None for none that a calendar could hold."""
    return int(text) if text.isascii() and text.isdigit() and "1900" < text <= "2100" and len(text) == 4 else None


def _day(form: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(form.get(name, ""))
    except ValueError:
        raise ActRefused("Xin chọn đủ ngày, tháng, năm.") from None


def _number(form: Mapping[str, str], name: str) -> int:
    text = form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
