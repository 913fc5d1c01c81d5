"""What all pages of the office share: who asks, the band and the ways to the other pages, sentences for refusals."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from actions.pages import CALENDAR, HOME
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.people import Viewer
from messages.pages import page
from storage.views import Unit
from web.office_sessions import OfficeGuard, html
from web.parts import WebParts

NOT_HERE = "Không có trang này, hoặc trang không thuộc phần việc của đồng chí."
"""The same for what is not there and for what somebody else may see."""

BOARD, DEADLINES, AGENCIES = "/office/board", "/office/deadlines", "/office/agencies"
REPORTS, PEOPLE, SETTINGS = "/office/reports", "/office/people", "/office/settings"
CASES = "/office/cases"

_OVERSEERS = (
    ("Tổng quan", HOME),
    ("Bảng theo dõi", BOARD),
    ("Phản ánh", CASES),
    ("Lịch hạn", DEADLINES),
    ("Cơ quan", AGENCIES),
    ("Báo cáo", REPORTS),
)
_OFFICE = (("Người tham gia", PEOPLE), ("Lịch làm việc", CALENDAR), ("Cài đặt", SETTINGS))
_AGENCY = (("Việc của đơn vị", HOME), ("Phản ánh", CASES), ("Lịch hạn", DEADLINES))

Ask = Callable[[Unit, str], tuple[Viewer, Mapping[str, Any]]]
"""What a page shows to the session's person: who that is, and the values of the page's template."""


def rooms(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Return the pages that somebody finds in the band, each with its name."""
    if viewer.coordinates:
        return (*_OVERSEERS, *_OFFICE)
    return _OVERSEERS if viewer.leads else _AGENCY


class Frame:
    """Shows pages and takes their forms; whoever asks is looked up in the database at every request."""

    def __init__(self, parts: WebParts) -> None:
        self.parts = parts
        self.guard = OfficeGuard(parts)

    async def show(
        self, request: Request, name: str, ask: Ask, *, at: str = "", writes: bool = False, trouble: str = ""
    ) -> Response:
        """Show a page in the session of the request; `writes` where looking is noted. See `shown`."""
        return await self.shown(self.guard.session(request), name, ask, at=at, writes=writes, trouble=trouble)

    async def shown(
        self, session: str, name: str, ask: Ask, *, at: str = "", writes: bool = False, trouble: str = "", **more: Any
    ) -> Response:
        """Show a page; `at` is the way in the band where it stands, `trouble` why a form was not taken.

        Raises HTTPException 403 without a session, 404 for what this person may not see.
        """

        def values(unit: Unit) -> dict[str, Any]:
            viewer, found = ask(unit, session)
            return {
                "office": self.parts.office_name(unit),
                "viewer": viewer,
                "rooms": rooms(viewer),
                "at": at,
                "today": today(self.parts.clock()),
                "token": self.guard.sessions.form_token(session),
                "trouble": trouble,
                **found,
                **more,
            }

        run = self.parts.db.run if writes else self.parts.db.read
        try:
            found = await run(values)
        except ActRefused:  # asked for what is not there
            raise HTTPException(404, NOT_HERE) from None
        return html(page(name, **found), 422 if trouble else 200)

    async def act(self, work: Callable[[Unit], None]) -> str:
        """Do what a form asks; return why the rules refuse it, "" where it is done. Raises HTTPException 404."""
        try:
            await self.parts.db.run(work)
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        except ActRefused as refused:
            return refused.sentence
        return ""


def number(text: str, least: int = 0) -> int:
    """Return a whole number that a browser sent, `least` where it is none."""
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else least
    return max(found, least)
