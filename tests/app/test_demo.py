"""The demo's office: a visitor finds feedback at every step of its way, done by the cast as people do it."""

from pathlib import Path

import pytest

from app import demo_cases
from app.demo import open_office
from app.demo_world import HINTS, START, furnish, live_a_week
from app.timing import SetClock
from domain.case_settings import CASES
from storage.database import Unit
from storage.views import office as office_views
from storage.views import traffic
from storage.views.cases import cards, lists, publications
from storage.views.cases.register import Shelf, counts
from web.cases import shown

pytestmark = pytest.mark.anyio


def page_of(unit: Unit, code: str, person_id: int) -> shown.One:
    """Return a case's page as somebody of the cast sees it."""
    viewer = office_views.viewer(unit, person_id, START.date())
    row = cards.whole_by_code(unit, viewer, code)
    assert row is not None
    return shown.whole(unit, viewer, row, START)


async def test_a_week_of_feedback_is_there_to_be_seen(tmp_path: Path) -> None:
    clock = SetClock(demo_cases.BEGIN)
    office = open_office(tmp_path, clock)
    try:
        cast = await office.db.run(lambda unit: furnish(unit, office.webchat.name, clock()))
        assert {one.key for one in cast} == set(HINTS)
        assert set(demo_cases.SETTINGS) <= {one.name for one in CASES}
        await live_a_week(office, clock, cast)
        assert clock() == START
        cases = await office.db.read(lambda unit: lists.listed(unit, None, lists.Wanted()))
        assert sorted(one.state for one in cases) == [
            "awaiting_approval",
            "forwarded",
            "forwarded",
            "published",
            "waiting_reception",
            "waiting_reception",
        ]
        shelves = await office.db.read(lambda unit: counts(unit, START.date()))
        assert shelves[Shelf.CONSENT] == 1, "one waits for a second person"
        seats = {one.key: one.person_id or 0 for one in cast}
        page = await office.db.read(lambda unit: page_of(unit, "PAKN-SL-2026-000004", seats["secretary"]))
        assert page.next == "Chờ người thứ hai của Văn phòng đồng ý từ chối (Đỗ Mẫu Linh đề xuất)"
        (public,) = await office.db.read(lambda unit: publications.listed(unit, publications.Wanted(), 5))
        assert "0900" not in public.content
        heard = await office.db.read(lambda unit: traffic.sent_by_chat(unit, office.webchat.name))
        assert all(heard[one.chat] for one in cast), "everybody has a part in it"
    finally:
        await office.close()
