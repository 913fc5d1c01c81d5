"""The way to the office's web pages: a link given in chat that works once, then a session of one day's work.

Coordinators have all of them, leaders read; an agency's people have what is their own agency's.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.plans import by
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.people import Viewer
from storage import assignments, audit, offices, pages, people
from storage.database import Unit
from storage.types import AnyRow

LINK_LIFE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=8)

SAME_ANSWER = (
    "Liên kết này không dùng được: có thể sai, đã được dùng hoặc đã quá 15 phút. "
    "Xin gõ trang trong khung chat để lấy liên kết mới."
)
"""Word for word the same for a wrong, a used and an expired link, and for one whose owner lost the seat."""

_BYTES = 24


CALENDAR = "/office/calendar"
HOME = "/office"

_KINDS = re.compile(
    r"/office(?:/board|/deadlines|/publish|/agencies|/reports|/people|/calendar|/settings"
    r"|/(?:plans|board|tasks|agencies|publish)/[1-9]\d{0,8}|/(?:works|proof)/NV-\d{4,9}"
    r"|/cases(?:/new|/PAKN-[A-Z]{2,6}-\d{4}-\d{6})?)?"
)
"""Every page to which a link may lead."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A fresh session, given to the browser and never kept in clear, and the page that its link leads to."""

    session: str
    path: str


def link(unit: Unit, viewer: Viewer, plan_id: int | None, now: datetime) -> str:
    """Return the token of a fresh link to a plan's page, or (None) to the calendar's, for a coordinator.

    Raises ActRefused for others.
    """
    by(viewer)
    token = secrets.token_urlsafe(_BYTES)
    pages.add_link(unit, _hash(unit, "link", token), viewer.person_id, now, now + LINK_LIFE, plan_id=plan_id)
    kind, subject = _subject(plan_id)
    audit.record(unit, "page_link", kind, subject, now, person_id=viewer.person_id)
    return token


def proof_link(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime) -> str:
    """Return the token of a fresh link to an assignment's proof of notice. Raises NotFound for who may not see it."""
    if not _may_see(viewer, assignments.get(unit, assignment_id)):
        raise NotFound()
    token = secrets.token_urlsafe(_BYTES)
    hashed, until = _hash(unit, "link", token), now + LINK_LIFE
    pages.add_link(unit, hashed, viewer.person_id, now, until, assignment_id=assignment_id)
    audit.record(unit, "page_link", "assignment", assignment_id, now, person_id=viewer.person_id)
    return token


def page_link(unit: Unit, viewer: Viewer, path: str, now: datetime) -> str:
    """Return the token of a fresh link to one of the office's pages, for somebody with a seat.

    What the page shows is decided when it is opened. Raises NotFound for a path that is no page, and for a stranger.
    """
    if not _KINDS.fullmatch(path) or not _has_pages(viewer):
        raise NotFound("trang này")
    token = secrets.token_urlsafe(_BYTES)
    pages.add_link(unit, _hash(unit, "link", token), viewer.person_id, now, now + LINK_LIFE, path=path)
    audit.record(unit, "page_link", "page", 0, now, person_id=viewer.person_id, path=path)
    return token


def page_url(unit: Unit, viewer: Viewer, path: str, now: datetime) -> str:
    """Return the whole address of a fresh link, "" where nobody knows where our pages are found; see `page_link`."""
    address = str(offices.setting(unit, "address") or "").rstrip("/")
    return f"{address}/office/enter/{page_link(unit, viewer, path, now)}" if address else ""


def _has_pages(viewer: Viewer) -> bool:
    return viewer.oversees or bool(viewer.own_agencies)


def _may_see(viewer: Viewer, assignment: AnyRow | None) -> bool:
    return assignment is not None and (viewer.oversees or assignment.agency_id in viewer.own_agencies)


def enter(unit: Unit, token: str, now: datetime) -> Entered:
    """Use a link and begin a session. Raises ActRefused with the same words for every bad link."""
    row = pages.use_link(unit, _hash(unit, "link", token), now)
    if row is None:
        raise ActRefused(SAME_ANSWER)
    viewer = people.viewer(unit, row.person_id, today(now))
    one = assignments.get(unit, row.assignment_id) if row.assignment_id else None
    if not (viewer.coordinates or _may_see(viewer, one) or (row.path and _has_pages(viewer))):
        raise ActRefused(SAME_ANSWER)
    session = secrets.token_urlsafe(_BYTES)
    pages.add_session(unit, _hash(unit, "session", session), row.person_id, now, now + SESSION_LIFE)
    kind, subject = ("assignment", one.id) if one else ("page", 0) if row.path else _subject(row.plan_id)
    audit.record(unit, "page_enter", kind, subject, now, person_id=row.person_id)
    return Entered(session, row.path or (f"/office/proof/{one.code}" if one else _path(row.plan_id)))


def _path(plan_id: int | None) -> str:
    return CALENDAR if plan_id is None else f"/office/plans/{plan_id}"


def _subject(plan_id: int | None) -> tuple[str, int]:
    return ("calendar", 0) if plan_id is None else ("plan", plan_id)


def visitor(unit: Unit, session: str, now: datetime) -> Viewer | None:
    """Return the coordinator behind a session, with the seats held now; None where there is none (any more)."""
    viewer = member(unit, session, now)
    return viewer if viewer is not None and viewer.coordinates else None


def member(unit: Unit, session: str, now: datetime) -> Viewer | None:
    """Return the person behind a session who has a seat, in the office or in an agency; None for nobody (any more)."""
    person_id = pages.session_person(unit, _hash(unit, "session", session), now)
    viewer = None if person_id is None else people.viewer(unit, person_id, today(now))
    return viewer if viewer is not None and viewer.seats else None


def leave(unit: Unit, session: str, now: datetime) -> None:
    """End a session."""
    pages.end_session(unit, _hash(unit, "session", session), now)


def _hash(unit: Unit, kind: str, token: str) -> str:
    return unit.vault.digest(f"page {kind} {token}")
