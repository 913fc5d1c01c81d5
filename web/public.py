"""What everybody may read of citizens' feedback: answered cases that were released, monthly figures, open data.

No session, no cookie, no script; nothing at all while the office's setting keeps it shut. Every answer may be kept by
caches for two minutes, so that what is taken back is gone soon, and is asked for anew by its tag.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from starlette.convertors import register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from actions.cases import publishing
from domain.case_figures import PublicFigures, Window, public
from domain.cases.lifecycle import State
from domain.cases.publication import excerpt
from domain.local import local, today
from domain.periods import Period
from messages.pages import page
from storage.views import AnyRow, Unit, office_settings
from storage.views.cases import figures, publications
from web.guards import client_of
from web.limits import Limiter
from web.open_data import LICENCE, cached, item, open_data
from web.parts import WebParts
from web.public_asked import DATA, FIGURES, LIST, Asked, Code, number_in, ways

SHOWN, DATA_SHOWN = 20, 100
MONTHS = 12
FIGURES_KEPT = 600.0
"""Seconds for which a month's figures are not counted anew."""


class PublicPages:
    """Routes under /phan-anh; all of them 404 while the setting `case_publication` is off."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._asks = Limiter(120, 0.5, parts.timer)
        self._counted: dict[str, tuple[float, PublicFigures]] = {}
        register_url_convertor("case", Code())

    def routes(self) -> list[Route]:
        """Return the list, a case with its pictures, the figures, the open data and what robots may read."""
        return [
            Route(LIST, self.listed, methods=["GET"]),
            Route(FIGURES, self.figures, methods=["GET"]),
            Route(f"{FIGURES}.json", self.figures_data, methods=["GET"]),
            Route(DATA, self.data, methods=["GET"]),
            Route(f"{LIST}/{{code:case}}", self.one, methods=["GET"]),
            Route(f"{LIST}/{{code:case}}/anh/{{number:int}}", self.picture, methods=["GET"]),
            Route("/robots.txt", self.robots, methods=["GET"]),
        ]

    async def _read(self, request: Request, ask: Callable[[Unit], dict[str, Any]]) -> dict[str, Any]:
        """Return what a page shows. Raises HTTPException 404 where nothing is public, 429 for too many requests."""
        self._asks.check(client_of(request))

        def values(unit: Unit) -> dict[str, Any]:
            if not publishing.open_to_all(unit):
                raise HTTPException(404)
            return {
                "office": self._parts.office_name(unit),
                "ways": ways(shown=True),
                "noindex": not office_settings.on(unit, "case_public_index"),
                **ask(unit),
            }

        return await self._parts.db.read(values)

    async def _page(self, request: Request, name: str, ask: Callable[[Unit], dict[str, Any]], **more: Any) -> Response:
        values = await self._read(request, ask)
        body = page(name, **{"at": "", **values, **more}).encode()
        return cached(request, body, "text/html; charset=utf-8", noindex=values["noindex"])

    async def listed(self, request: Request) -> Response:
        """Show what is public, the newest first; searched by words, field, agency, year."""
        asked = Asked.of(request)

        def ask(unit: Unit) -> dict[str, Any]:
            found = publications.listed(unit, asked.wanted, SHOWN + 1, asked.after)
            rows = found[:SHOWN]
            first = publications.first_release(unit)
            return {
                "wanted": asked.wanted,
                "rows": [(one, excerpt(one.content)) for one in rows],
                "following": asked.address(rows[-1]) if len(found) > SHOWN else "",
                "fields": publications.fields(unit),
                "agencies": publications.of_agencies(unit),
                "years": _years(first, today(self._parts.clock())),
                "later": asked.after is not None,
            }

        return await self._page(request, "public_cases", ask, title="Kết quả xử lý phản ánh, kiến nghị", at=LIST)

    async def one(self, request: Request) -> Response:
        """Show one case as it was released."""
        code = request.path_params["code"]

        def ask(unit: Unit) -> dict[str, Any]:
            row = _released(unit, code)
            return {"row": row, "title": row.title, "again": row.case_state != State.PUBLISHED}

        return await self._page(request, "public_case", ask)

    async def picture(self, request: Request) -> Response:
        """Hand out a cleaned picture of a case that is public now."""
        code, number = request.path_params["code"], request.path_params["number"]

        def ask(unit: Unit) -> dict[str, Any]:
            pictures = _released(unit, code).files["pictures"]
            if not 1 <= number <= len(pictures):
                raise HTTPException(404)
            return {"picture": pictures[number - 1]}

        values = await self._read(request, ask)
        digest, kind = values["picture"]["digest"], values["picture"]["media_type"]
        content = await asyncio.to_thread(self._parts.webchat.files.take, digest, publishing.MOST_BYTES)
        if content is None or kind not in publishing.PICTURES:
            raise HTTPException(404)
        return cached(request, content, kind, noindex=values["noindex"])

    async def figures(self, request: Request) -> Response:
        """Show one month's figures, small counts left out."""
        wanted = request.query_params.get("thang", "")

        def ask(unit: Unit) -> dict[str, Any]:
            periods = self._ended(unit)
            period = next((one for one in periods if one.code == wanted), periods[0] if periods else None)
            told = self._month(unit, period) if period else None
            return {"periods": periods, "told": told}

        return await self._page(request, "public_figures", ask, title="Số liệu xử lý phản ánh, kiến nghị", at=FIGURES)

    async def figures_data(self, request: Request) -> Response:
        """Return the same figures of every month shown, as open data."""

        def ask(unit: Unit) -> dict[str, Any]:
            return {"months": [self._month(unit, one).as_json() for one in self._ended(unit)]}

        values = await self._read(request, ask)
        return open_data(request, {"licence": LICENCE, "office": values["office"], "months": values["months"]}, values)

    def _ended(self, unit: Unit) -> Sequence[Period]:
        """Return the months shown, the newest first: only those that have ended, so that no day shows by itself."""
        day, first = today(self._parts.clock()), publications.first_case(unit)
        period, found = Period.month_of(day), list[Period]()
        while first is not None and len(found) < MONTHS and period.cut_off()[1] >= first:
            if period.cut_off()[1] < day:
                found.append(period)
            period = period.before
        return found

    def _month(self, unit: Unit, period: Period) -> PublicFigures:
        now = self._parts.timer()
        until, told = self._counted.get(period.code, (0.0, None))
        if told is None or until < now:
            window = Window.of(period, today(self._parts.clock()))
            told = public(period, window, figures.lines(unit, window), office_settings.number(unit, "case_small_cells"))
            self._counted[period.code] = now + FIGURES_KEPT, told
        return told

    async def data(self, request: Request) -> Response:
        """Return what is public as open data, 100 at a time."""
        after = number_in(request.query_params.get("after", ""))

        def ask(unit: Unit) -> dict[str, Any]:
            return {"rows": publications.data(unit, after, DATA_SHOWN)}

        values = await self._read(request, ask)
        rows = values["rows"]
        following = f"{DATA}?after={rows[-1].id}" if len(rows) == DATA_SHOWN else None
        told = {
            "licence": LICENCE,
            "office": values["office"],
            "items": [item(one, self._parts.public_url) for one in rows],
            "next": following,
        }
        return open_data(request, told, values)

    async def robots(self, request: Request) -> Response:
        """Tell robots what they may read: at most the public pages, and only where the office lets them."""
        self._asks.check(client_of(request))

        def allowed(unit: Unit) -> bool:
            return publishing.open_to_all(unit) and office_settings.on(unit, "case_public_index")

        allow = f"Allow: {LIST}\n" if await self._parts.db.read(allowed) else ""
        return PlainTextResponse(f"User-agent: *\n{allow}Disallow: /\n")


def _released(unit: Unit, code: str) -> AnyRow:
    row = publications.by_code(unit, code)
    if row is None:
        raise HTTPException(404, "Phản ánh này không được công khai, hoặc đã gỡ.")
    return row


def _years(first: datetime | None, day: date) -> list[int]:
    return list(range(day.year, local(first).year - 1, -1)) if first is not None else []
