"""The list of citizens' cases: narrowed, searched, a page at a time, with how many stand where."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from domain.cases.codes import case_code_in
from domain.local import today
from domain.people import Viewer
from messages.render import number as written
from storage.views import Unit, office
from storage.views.cases import lists, pages
from web.cases.lines import SOON as SOON_DAYS
from web.cases.lines import line
from web.cases.query import ENDED, LATE, OPENED, SOON, SPAM, Asked, choices, options
from web.frame import CASES, Frame
from web.parts import WebParts

PAGE = 30
"""Cases on a page of the list."""


class CaseListPages:
    """The route /office/cases."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the page."""
        return [Route(CASES, self.listed, methods=["GET"])]

    async def listed(self, request: Request) -> Response:
        """Show a page of the cases that this person may see; a code alone leads to its case."""
        asked, session = Asked.read(request.query_params), self._frame.guard.session(request)
        code = case_code_in(asked.text) or ""
        leads = bool(code) and await self._parts.db.read(lambda unit: self._has(unit, session, code))
        if leads:
            return RedirectResponse(f"{CASES}/{code}", 303)

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.member(unit, session)
            return viewer, self._list(unit, viewer, asked)

        return await self._frame.shown(session, "cases", ask, at=CASES)

    def _has(self, unit: Unit, session: str, code: str) -> bool:
        return pages.seen(unit, self._frame.guard.member(unit, session), code) is not None

    def _list(self, unit: Unit, viewer: Viewer, asked: Asked) -> dict[str, Any]:
        now, calendar = self._parts.clock(), office.calendar(unit)
        day = today(now)
        if asked.group == SPAM and not viewer.coordinates:
            asked = replace(asked, group="open")
        soon = calendar.add(day, SOON_DAYS)
        wanted = asked.wanted(pages.portfolio(unit, viewer), day, soon)
        found = lists.listed(unit, viewer, wanted, limit=PAGE + 1, before=asked.before, oldest=asked.oldest)
        shown = found[:PAGE]
        more = asked.address(before=str(shown[-1].id)) if len(found) > PAGE else ""
        theirs = viewer.oversees
        offered = options(
            [(str(one.id), one.name) for one in office.agencies_on(unit, day)] if theirs else [], pages.fields(unit)
        )
        return {
            "asked": asked,
            "groups": self._groups(unit, viewer, asked, wanted),
            "enters": viewer.coordinates,
            "choices": choices(offered),
            "active": asked.active(offered),
            "lines": [line(one, now, calendar) for one in shown],
            "ordered": f"{'Nhận sớm nhất' if asked.oldest else 'Mới nhận'} trước, {PAGE} phản ánh một trang.",
            "nothing": "Không có phản ánh nào theo điều kiện này.",
            "first_page": asked.address() if asked.before else "",
            "next_page": more,
        }

    def _groups(self, unit: Unit, viewer: Viewer, asked: Asked, wanted: lists.Wanted) -> list[dict[str, Any]]:
        day, calendar = today(self._parts.clock()), office.calendar(unit)
        stands = pages.standing(unit, viewer, wanted, day, calendar.add(day, SOON_DAYS))
        counts = {name: sum(one.count for one in stands if one.state in states) for name, (_, states) in OPENED.items()}
        counts[LATE], counts[SOON] = sum(one.late for one in stands), sum(one.soon for one in stands)
        ends = [] if asked.narrows_much else pages.ended(unit, viewer, wanted, [one for _, one in ENDED.values()])
        labels = {**{name: label for name, (label, _) in OPENED.items()}, LATE: "Quá hạn", SOON: "Sắp đến hạn"}
        found: list[tuple[str, str, str | None]] = [(one, said, written(counts[one])) for one, said in labels.items()]
        labels = {name: label for name, (label, _) in ENDED.items()}
        found += [(name, label, count) for (name, label), count in zip_longest(labels.items(), map(_capped, ends))]
        shown = [*found, *([(SPAM, "Tin rác", None)] if viewer.coordinates else [])]
        return [
            {"name": name, "label": label, "count": n, "href": asked.of_group(name), "current": name == asked.group}
            for name, label, n in shown
        ]


def _capped(count: int) -> str:
    return f"{written(pages.MOST_COUNTED)}+" if count > pages.MOST_COUNTED else written(count)
