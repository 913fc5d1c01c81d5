"""Calendars of due dates by a secret link: made, revoked, and read with the authority that its owner has then."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from domain.errors import ActRefused, NotFound
from domain.feeds import Due, Feed, Owed, by_task
from domain.local import today
from domain.people import Viewer
from storage import agencies, audit, feeds, offices, people
from storage.database import Unit
from storage.views import office, work
from storage.views.work import Work

MOST = 5
"""Links that one person may have at a time."""

_BYTES = 24


def make(unit: Unit, viewer: Viewer, agency_id: int | None, now: datetime) -> str:
    """Return the token of a fresh link to the viewer's own dates, or to those of one agency.

    It is shown once and never kept. Raises NotFound for an agency that the viewer may not see, ActRefused where the
    viewer has nothing to see or has too many links.
    """
    _may_see(viewer, agency_id)
    if len(feeds.of_person(unit, viewer.person_id)) >= MOST:
        raise ActRefused(f"Đồng chí đã có {MOST} liên kết lịch. Xin thu hồi một liên kết cũ trước khi tạo thêm.")
    token = secrets.token_urlsafe(_BYTES)
    feed_id = feeds.add(unit, _hash(unit, token), viewer.person_id, agency_id, now)
    audit.record(unit, "feed", "feed", feed_id, now, person_id=viewer.person_id, agency=agency_id)
    return token


def revoke(unit: Unit, viewer: Viewer, feed_id: int, now: datetime) -> None:
    """Let one of the viewer's links open nothing any more. Raises ActRefused where it is none, or no longer."""
    if not feeds.revoke(unit, feed_id, viewer.person_id, now):
        raise ActRefused("Liên kết lịch này đã được thu hồi hoặc không phải của đồng chí.")
    audit.record(unit, "feed_revoked", "feed", feed_id, now, person_id=viewer.person_id)


def read(unit: Unit, token: str, now: datetime) -> Feed:
    """Return the calendar behind a link as its owner may see it now.

    Raises NotFound for a link that is wrong, revoked, or whose owner has lost the seat: the same answer for all.
    """
    row = feeds.by_token(unit, _hash(unit, token))
    if row is None:
        raise NotFound("lịch này")
    day = today(now)
    viewer = people.viewer(unit, row.person_id, day)
    _may_see(viewer, row.agency_id)
    if row.agency_id is not None:
        agency = agencies.get(unit, row.agency_id)
        name, dues = str(agency.name) if agency else "", _each(work.of_agencies(unit, [row.agency_id], day))
    elif viewer.own_agencies:
        name, dues = viewer.name, _each(work.of_agencies(unit, viewer.own_agencies, day))
    else:
        name, dues = office.name(unit), by_task(_owed(work.everything(unit, day)))
    place = str(offices.setting(unit, "province_code") or "vn").lower()
    return Feed(f"Hạn việc: {name}", place, now, dues)


def _may_see(viewer: Viewer, agency_id: int | None) -> None:
    if agency_id is None:
        if not (viewer.own_agencies or viewer.oversees):
            raise NotFound("lịch này")
    elif not (viewer.oversees or agency_id in viewer.own_agencies):
        raise NotFound("lịch này")


def _each(works: Iterable[Work]) -> tuple[Due, ...]:
    """Return an entry for each task that its agency still owes and that has a date."""
    return tuple(
        Due(
            one.code.lower(),
            one.due_on,
            one.due_version,
            f"{one.code}: {one.content}",
            tuple(filter(None, (one.agency, f"Sản phẩm: {one.product}" if one.product else "", _given(one)))),
        )
        for one in works
        if one.due_on is not None and not one.state.is_done_by_agency
    )


def _given(one: Work) -> str:
    signed = f" ngày {one.plan_date:%d/%m/%Y}" if one.plan_date else ""
    return f"{one.plan_kind} {one.plan_number}{signed}".strip()


def _owed(works: Iterable[Work]) -> Iterable[Owed]:
    return (
        Owed(one.task_id, one.content, one.due_on, one.due_version, one.state.is_done_by_agency)
        for one in works
        if one.due_on is not None
    )


def _hash(unit: Unit, token: str) -> str:
    return unit.vault.digest(f"feed:{token}")
