"""The coordinators' way to the web pages: a link given in chat that works once, then a session of one day's work."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.plans import by
from domain.errors import ActRefused
from domain.people import Viewer
from storage import audit, pages, people
from storage.database import Unit

LINK_LIFE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=8)

SAME_ANSWER = (
    "Liên kết này không dùng được: có thể sai, đã được dùng hoặc đã quá 15 phút. "
    "Xin gõ /kehoach trong khung chat để lấy liên kết mới."
)
"""Word for word the same for a wrong, a used and an expired link, and for one whose owner lost the seat."""

_BYTES = 24


@dataclass(frozen=True, slots=True)
class Entered:
    """A fresh session; its token is given to the browser and never kept in clear."""

    session: str
    plan_id: int


def link(unit: Unit, viewer: Viewer, plan_id: int, now: datetime) -> str:
    """Return the token of a fresh link for a coordinator. Raises ActRefused for others."""
    who = by(viewer)
    token = secrets.token_urlsafe(_BYTES)
    pages.add_link(unit, _hash(unit, "link", token), viewer.person_id, plan_id, now, now + LINK_LIFE)
    audit.record(unit, "page_link", "plan", plan_id, now, **who)
    return token


def enter(unit: Unit, token: str, now: datetime) -> Entered:
    """Use a link and begin a session. Raises ActRefused with the same words for every bad link."""
    row = pages.use_link(unit, _hash(unit, "link", token), now)
    if row is None or not people.viewer(unit, row.person_id).coordinates:
        raise ActRefused(SAME_ANSWER)
    session = secrets.token_urlsafe(_BYTES)
    pages.add_session(unit, _hash(unit, "session", session), row.person_id, now, now + SESSION_LIFE)
    audit.record(unit, "page_enter", "plan", row.plan_id, now, person_id=row.person_id)
    return Entered(session, row.plan_id)


def visitor(unit: Unit, session: str, now: datetime) -> Viewer | None:
    """Return the coordinator behind a session, with the seats held now; None where there is none (any more)."""
    person_id = pages.session_person(unit, _hash(unit, "session", session), now)
    if person_id is None:
        return None
    viewer = people.viewer(unit, person_id)
    return viewer if viewer.coordinates else None


def leave(unit: Unit, session: str, now: datetime) -> None:
    """End a session."""
    pages.end_session(unit, _hash(unit, "session", session), now)


def _hash(unit: Unit, kind: str, token: str) -> str:
    return unit.vault.digest(f"page {kind} {token}")
