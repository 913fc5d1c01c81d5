"""People and invites: who has joined and can be reached, and a fresh invite as a code and a QR picture, shown once."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions import people as people_actions
from actions.people import Invite, Newcomer
from domain.errors import ActRefused
from domain.local import today
from domain.people import Role, Viewer
from domain.words import squeeze
from messages import qr
from storage.views import Unit, office
from storage.views import people as views
from web.frame import PEOPLE, Frame, number
from web.parts import WebParts

PAGE = 60
"""Seats on a page."""

_NAME, _POSITION = 120, 120
_FIELDS = ("agency", "role", "name", "position")


class PeoplePages:
    """Routes under /office/people. Every one needs a session of a coordinator."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the list, and what its form posts to."""
        return [
            Route(PEOPLE, self.listed, methods=["GET"]),
            Route(f"{PEOPLE}/invite", self.invite, methods=["POST"]),
        ]

    async def listed(self, request: Request) -> Response:
        """Show who holds a seat, of the agencies that the words mean where some are given."""
        asked = request.query_params
        words, page = squeeze(asked.get("agency", ""))[:120], number(asked.get("page", ""), 1)
        return await self._listed(self._frame.guard.session(request), words, page)

    async def _listed(
        self, session: str, words: str, page: int, form: Mapping[str, str] | None = None, trouble: str = ""
    ) -> Response:
        given = {name: (form or {}).get(name, "") for name in _FIELDS}

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer, day = self._frame.guard.office(unit, session), today(self._parts.clock())
            found = views.listed(unit, day)
            if words:
                meant = {one.id for one in views.agency_named(unit, words, day)}
                found = [one for one in found if one.agency_id in meant]
            pages = max(1, -(-len(found) // PAGE))
            at = min(page, pages)
            return viewer, {
                "members": found[(at - 1) * PAGE : at * PAGE],
                "total": len(found),
                "words": words,
                "page": at,
                "pages": pages,
                "roles": [(role.value, role.label) for role in Role],
                "directory": [one.name for one in office.directory(unit)],
                "form": given,
            }

        return await self._frame.shown(session, "people", ask, at=PEOPLE, trouble=trouble)

    async def invite(self, request: Request) -> Response:
        """Make an invite and show its code once, on a page that prints."""
        session, form = await self._frame.guard.form(request)
        now, made = self._parts.clock(), list[Invite]()

        def work(unit: Unit) -> None:
            viewer = self._frame.guard.office(unit, session)
            made.append(people_actions.invite_person(unit, self._newcomer(unit, form), now, viewer))

        refused = await self._frame.act(work)
        if refused:
            return await self._listed(session, "", 1, form, refused)

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            code = made[0].code
            link = office.deep_link(unit, "start", code) or self._chat(unit, code)
            values = {"invite": made[0], "link": link, "qr": qr.svg(link or code), "hotline": office.hotline(unit)}
            return self._frame.guard.office(unit, session), values

        return await self._frame.shown(session, "invite", ask, at=PEOPLE)

    def _chat(self, unit: Unit, code: str) -> str:
        address = str(office.setting(unit, "address") or self._parts.public_url).rstrip("/")
        return f"{address}/chat#{code}" if address else ""

    def _newcomer(self, unit: Unit, form: Mapping[str, str]) -> Newcomer:
        """Return who is invited. Raises ActRefused for an unclear agency, no name, no role."""
        words, name = squeeze(form.get("agency", ""))[:200], squeeze(form.get("name", ""))[:_NAME]
        found = views.agency_named(unit, words, today(self._parts.clock())) if words else ()
        if len(found) != 1:
            raise ActRefused("Chưa rõ cơ quan nào. Xin chọn một tên trong danh sách gợi ý, hoặc gõ mã cơ quan.")
        if not name:
            raise ActRefused("Xin ghi họ tên người được mời.")
        role = form.get("role", "")
        if role not in {one.value for one in Role}:
            raise ActRefused("Xin chọn vai trò.")
        return Newcomer(found[0].code, name, squeeze(form.get("position", ""))[:_POSITION], "", Role(role))
