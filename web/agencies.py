"""Agencies: all of them with their counts, and one with its tasks, its people, and who of them can be reached."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import NotFound
from domain.local import today
from domain.overview import tally
from domain.people import Role, Viewer
from storage.views import Unit, indicators, office, overview, people, reach, standing, work
from web.frame import AGENCIES, Frame
from web.parts import WebParts


class AgencyPages:
    """Routes under /office/agencies."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the list and the page of one agency."""
        return [
            Route(AGENCIES, self.every, methods=["GET"]),
            Route(f"{AGENCIES}/{{agency:int}}", self.one, methods=["GET"]),
        ]

    async def every(self, request: Request) -> Response:
        """Show every agency that has a task, the worst first."""

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.overseer(unit, session)
            seen = reach.picture(unit, viewer, today(self._parts.clock()))
            return viewer, {"rows": overview.by_agency(seen), "joined": office.joined(unit)}

        return await self._frame.show(request, "agencies", ask, at=AGENCIES)

    async def one(self, request: Request) -> Response:
        """Show an agency to the office, to leaders who look after it, and to its own people."""
        agency_id = request.path_params["agency"]

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer, day = self._frame.guard.member(unit, session), today(self._parts.clock())
            sees, agency = reach.of_viewer(unit, viewer), people.agency(unit, agency_id)
            works = sees.of(work.of_agencies(unit, [agency_id], day, finished=True))
            if agency is None or not (works or sees.everything or agency_id in sees.agencies):
                raise NotFound()
            stands = standing.of(unit, works, day)
            return viewer, {
                "agency": agency,
                "works": works,
                "stands": stands,
                "originals": standing.original_dates(unit, works),
                "tally": tally(works, stands),
                "missed": {one.assignment_id for one in indicators.missed(unit, agency_ids=[agency_id])},
                "goals": [
                    (one, owed)
                    for one in indicators.owed_by(unit, [agency_id], day.year)
                    for owed in one.agencies
                    if owed.agency_id == agency_id
                ],
                "members": [
                    one
                    for one in people.listed(unit, day, agency_id)
                    if one.role is not Role.OFFICER or viewer.reads_names(agency_id)
                ],
            }

        return await self._frame.show(request, "agency", ask, at=AGENCIES)
