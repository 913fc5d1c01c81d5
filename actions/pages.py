"""The way to the office's web pages: a link given in chat that works once, then a session of one day's work.

Coordinators have all of them; an agency's people have the proof of notice of their own assignments.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.plans import by
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.people import Viewer
from storage import assignments, audit, pages, people
from storage.database import Unit
from storage.types import AnyRow

LINK_LIFE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=8)

SAME_ANSWER = (
    "Liên kết này không dùng được: có thể sai, đã được dùng hoặc đã quá 15 phút. "
    "Xin lấy liên kết mới trong khung chat (văn phòng: /kehoach hoặc /lich; một việc: mở việc ấy)."
)
"""Word for word the same for a wrong, a used and an expired link, and for one whose owner lost the seat."""

_BYTES = 24


@dataclass(frozen=True, slots=True)
class Entered:
    """A fresh session; its token is given to the browser and never kept in clear."""

    session: str
    plan_id: int | None
    assignment: str = ""
    """The code of the assignment whose proof of notice the link leads to."""

    @property
    def path(self) -> str:
        """The page that the link leads to."""
        if self.assignment:
            return f"/office/proof/{self.assignment}"
        return CALENDAR if self.plan_id is None else f"/office/plans/{self.plan_id}"


CALENDAR = "/office/calendar"


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


def _may_see(viewer: Viewer, assignment: AnyRow | None) -> bool:
    return assignment is not None and (viewer.oversees or assignment.agency_id in viewer.own_agencies)


def enter(unit: Unit, token: str, now: datetime) -> Entered:
    """Use a link and begin a session. Raises ActRefused with the same words for every bad link."""
    row = pages.use_link(unit, _hash(unit, "link", token), now)
    if row is None:
        raise ActRefused(SAME_ANSWER)
    viewer = people.viewer(unit, row.person_id, today(now))
    one = assignments.get(unit, row.assignment_id) if row.assignment_id else None
    if not (viewer.coordinates or _may_see(viewer, one)):
        raise ActRefused(SAME_ANSWER)
    session = secrets.token_urlsafe(_BYTES)
    pages.add_session(unit, _hash(unit, "session", session), row.person_id, now, now + SESSION_LIFE)
    kind, subject = ("assignment", one.id) if one else _subject(row.plan_id)
    audit.record(unit, "page_enter", kind, subject, now, person_id=row.person_id)
    return Entered(session, row.plan_id, one.code if one else "")


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
