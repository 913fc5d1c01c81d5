"""The office's decisions and requests between agencies, written and read back on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from actions import extensions, objections, requests
from actions.extensions import Word
from domain.assignments import State
from domain.errors import ActRefused, NotFound
from domain.people import Role, Viewer
from storage.database import Unit
from storage.schema import agencies, assignments, planned
from storage.views import coordination, office, work, worklists
from storage.views import extensions as extension_views
from tests.office import START, Office, Row

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Báo cáo thu lệ phí", "Sở Tư pháp", "Trước ngày 28/02/2026", coordinating="Sở Tài chính; Sở Nội vụ"),
    Row("Rà soát mức thu", "Sở Tư pháp", "Trước ngày 31/03/2026", coordinating="Sở Tài chính"),
)
UNTIL = date(2026, 3, 20)


async def _people(opened: Office) -> tuple[Viewer, Viewer, Viewer]:
    """Return the viewers of the coordinator, the lead agency's officer and the coordinating agency's."""
    for agency, role in (("VPUBND", Role.COORDINATOR), ("STP", Role.OFFICER), ("STC", Role.OFFICER)):
        await opened.officer(agency, role)
    await opened.issue(PLAN)

    def ask(unit: Unit) -> tuple[Viewer, Viewer, Viewer]:
        one, two, three = (office.viewer(unit, person, START.date()) for person in (1, 2, 3))
        return one, two, three

    return await opened.read(ask)


def _ids(unit: Unit) -> dict[str, int]:
    rows = unit.conn.execute(select(agencies.c.code, agencies.c.id))
    found = {row.code: row.id for row in rows}
    return found | {row.code: row.id for row in unit.conn.execute(select(assignments.c.code, assignments.c.id))}


async def test_a_request_from_asking_to_answer(office: Office) -> None:
    _, lead, finance = await _people(office)
    ids = await office.read(_ids)

    def story(unit: Unit) -> list[str]:
        task, to = ids["NV-0001"], ids["STC"]
        first = requests.ask(unit, lead, task, to, "Số thu năm 2025", date(2026, 2, 6), START)
        for agency in (ids["STP"], ids["XA01"]):
            with pytest.raises(ActRefused):
                requests.ask(unit, lead, task, agency, "Số thu năm 2025", date(2026, 2, 6), START)
        with pytest.raises(NotFound):
            requests.provide(unit, lead, first, "Tự trả lời", None, START)
        with pytest.raises(NotFound):
            requests.withdraw(unit, finance, first, START)
        requests.provide(unit, finance, first, "1.234 triệu đồng", None, START)
        second = requests.ask(unit, lead, task, to, "Số thu năm 2024", date(2026, 2, 6), START)
        requests.withdraw(unit, lead, second, START)
        found = coordination.of_assignment(unit, task, START.date())
        assert coordination.open_anywhere(unit, START.date()) == []
        waiting = select(planned.c.id).where(planned.c.matter_id.in_([first, second]), planned.c.state == "waiting")
        assert unit.conn.execute(waiting).all() == []
        return [f"{one.agency}: {one.state.label} {one.answer}".strip() for one in found]

    assert await office.run(story) == ["Sở Tài chính: đã cung cấp 1.234 triệu đồng", "Sở Tài chính: đã rút"]


async def test_who_was_told_what_they_contribute_to_is_told_once(office: Office) -> None:
    await _people(office)
    query = (
        select(agencies.c.code)
        .join(planned, planned.c.agency_id == agencies.c.id)
        .where(planned.c.kind == "coordinates")
        .order_by(agencies.c.code)
    )
    assert await office.read(lambda unit: unit.conn.execute(query).scalars().all()) == ["SNV", "STC"]
    works = await office.read(lambda unit: worklists.coordinated(unit, {_ids(unit)["STC"]}, START.date()))
    assert [one.code for one in works] == ["NV-0001", "NV-0002"]


async def test_an_extension_is_decided_once(office: Office) -> None:
    coordinator, lead, finance = await _people(office)
    ids = await office.read(_ids)

    def story(unit: Unit) -> int:
        with pytest.raises(NotFound):
            extensions.ask(unit, finance, ids["NV-0001"], UNTIL, "Chờ hướng dẫn", "", START)
        asked = extensions.ask(unit, lead, ids["NV-0001"], UNTIL, "Chờ hướng dẫn", "", START)
        with pytest.raises(NotFound):
            extensions.grant(unit, lead, asked, UNTIL, Word(), START)
        extensions.grant(unit, coordinator, asked, UNTIL, Word("Nguyễn Văn A"), START)
        with pytest.raises(ActRefused, match="đồng ý đến thứ Sáu 20/03/2026"):
            extensions.refuse(unit, coordinator, asked, "Không", Word(), START)
        return len(extension_views.pending(unit))

    assert await office.run(story) == 0


async def test_a_task_goes_to_another_agency_with_its_requests_closed(office: Office) -> None:
    coordinator, lead, _ = await _people(office)
    ids = await office.read(_ids)

    def story(unit: Unit) -> dict[str, tuple[str, State]]:
        requests.ask(unit, lead, ids["NV-0001"], ids["STC"], "Số thu năm 2025", date(2026, 2, 6), START)
        objections.disown(unit, lead, ids["NV-0001"], "Thuộc Sở Nội vụ", START)
        with pytest.raises(ActRefused):
            objections.reassign(unit, coordinator, ids["NV-0001"], ids["STP"], "Theo chức năng", START)
        made = objections.reassign(unit, coordinator, ids["NV-0001"], ids["SNV"], "Theo chức năng", START)
        assert coordination.open_anywhere(unit, START.date()) == []
        works = work.by_ids(unit, [made, ids["NV-0001"]], START.date())
        return {one.code: (one.agency_code, one.state) for one in works.values()}

    assert await office.run(story) == {
        "NV-0001": ("STP", State.CANCELLED),
        "NV-0003": ("SNV", State.ASSIGNED),
    }
