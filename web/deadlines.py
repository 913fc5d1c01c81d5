"""The calendar of what is due: a month at a glance, and the tasks of one day."""

from calendar import Calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.local import today
from domain.people import Viewer
from storage.views import Unit, due, office, reach, standing
from web.frame import DEADLINES, Frame
from web.parts import WebParts

_WEEKS = Calendar()


class DeadlinePages:
    """Routes under /office/deadlines."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the page."""
        return [Route(DEADLINES, self.month, methods=["GET"])]

    async def month(self, request: Request) -> Response:
        """Show a month, and what is due on one of its days where one is chosen."""
        day = today(self._parts.clock())
        chosen = _day(request.query_params.get("day", ""))
        first = (chosen or _day(request.query_params.get("at", "") + "-01") or day).replace(day=1)

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.member(unit, session)
            sees = reach.of_viewer(unit, viewer)
            works = due.on_day(unit, chosen, day, sees) if chosen else []
            last = _next(first) - timedelta(days=1)
            return viewer, {
                "first": first,
                "weeks": _WEEKS.monthdatescalendar(first.year, first.month),
                "counts": due.by_day(unit, first, last, day, sees),
                "calendar": office.calendar(unit),
                "chosen": chosen,
                "works": works,
                "stands": standing.of(unit, works, day),
                "before": (first - timedelta(days=1)).replace(day=1),
                "after": _next(first),
            }

        return await self._frame.show(request, "deadlines", ask, at=DEADLINES)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _day(text: str) -> date | None:
    """Return a day of the years that are looked at, None for any other text."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None
