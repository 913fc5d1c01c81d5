"""Which cases a person may see. Conduct is the head's, or whom the head named; who reports is nobody's."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from domain.cases.kinds import Kind
from domain.people import Role, Viewer
from storage.schema import cases


def within(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition of the cases that somebody may open: the office all, agencies theirs, leaders no conduct."""
    if viewer.coordinates:
        return true()
    theirs = of_agencies(viewer)
    return or_(theirs, and_(cases.c.kind != Kind.CONDUCT, cases.c.spam_at.is_(None))) if viewer.leads else theirs


def of_agencies(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition of the cases that a person's own agencies work on, as far as this person may see them."""
    own = sorted(viewer.own_agencies)
    if not own:
        return false()
    heads = sorted(viewer.agencies_as(Role.HEAD))
    conduct = or_(cases.c.agency_id.in_(heads), cases.c.handler_id == viewer.person_id)
    return and_(
        cases.c.agency_id.in_(own),
        cases.c.spam_at.is_(None),
        or_(cases.c.kind != Kind.CONDUCT, conduct),
    )
