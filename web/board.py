"""The first page, by role, and the board of a plan: agencies by tasks."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.pages import HOME
from domain.awaiting import Item, Kind, counts
from domain.board import Mark
from domain.errors import NotFound
from domain.local import today
from domain.people import Viewer
from storage.views import Unit, awaiting, office, overview, reach
from storage.views import board as board_views
from web.frame import AGENCIES, BOARD, Frame, number
from web.parts import WebParts

SHOWN, EVERYTHING = 8, 1000
"""So many of each list stand on the first page, and so many where all of them are asked for."""


class BoardPages:
    """Routes under /office and /office/board."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the first page and the boards."""
        return [
            Route(HOME, self.home, methods=["GET"]),
            Route(BOARD, self.newest, methods=["GET"]),
            Route(f"{BOARD}/{{plan:int}}", self.board, methods=["GET"]),
        ]

    async def home(self, request: Request) -> Response:
        """Show what waits for the office, a leader's figures, or lead an agency's people to their agency."""
        session = self._frame.guard.session(request)
        own = await self._parts.db.read(lambda unit: self._frame.guard.member(unit, session))
        if not own.oversees and len(own.own_agencies) == 1:
            return RedirectResponse(f"{AGENCIES}/{next(iter(own.own_agencies))}", 303)
        shown = EVERYTHING if request.query_params.get("all") == "1" else SHOWN
        return await self._frame.show(request, "home", partial(self._home, shown), at=HOME)

    def _home(self, shown: int, unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
        viewer, day = self._frame.guard.member(unit, session), today(self._parts.clock())
        seen = reach.picture(unit, viewer, day) if viewer.oversees else None
        return viewer, {
            "tally": seen.total if seen else None,
            "worst": [row for row in overview.by_agency(seen) if row.tally.past] if seen else [],
            "waits": _by_kind(awaiting.of_office(unit, day)) if viewer.coordinates else [],
            "plans": [one for one in office.plan_list(unit) if one.state != "draft"] if seen else [],
            "shown": shown,
        }

    async def newest(self, request: Request) -> Response:
        """Show the board of the plan that was issued last."""
        return await self._board(request, 0)

    async def board(self, request: Request) -> Response:
        """Show a plan's board, narrowed as the address says."""
        return await self._board(request, request.path_params["plan"])

    async def _board(self, request: Request, plan_id: int) -> Response:
        asked = request.query_params
        shown = board_views.Narrowed(
            level=asked.get("level", "")[:40],
            section=asked.get("section", "")[:500],
            late_only=asked.get("late") == "1",
            page=number(asked.get("page", ""), 1),
        )

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.overseer(unit, session)
            plans = [one for one in office.plan_list(unit) if one.state != "draft"]
            chosen = plan_id or (plans[-1].id if plans else 0)
            if plan_id and chosen not in {one.id for one in plans}:
                raise NotFound()
            sees, day = reach.of_viewer(unit, viewer), today(self._parts.clock())
            found = board_views.of_plan(unit, chosen, day, shown, sees) if chosen else None
            return viewer, {
                "board": found,
                "shown": shown,
                "plans": plans,
                "level_names": board_views.LEVELS,
                "legend": list(Mark),
            }

        return await self._frame.show(request, "board", ask, at=BOARD)


def _by_kind(items: Sequence[Item]) -> list[tuple[Kind, int, list[Item]]]:
    """Return what waits by its kind, each with how many and those that can be opened one by one."""
    return [
        (kind, count, [one for one in items if one.kind is kind and one.code]) for kind, count in counts(items).items()
    ]
