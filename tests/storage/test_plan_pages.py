"""Plan files from chat and the way to the pages, on both databases."""

from datetime import timedelta

import pytest

from actions import drafts, intakes, offices, pages
from domain.errors import ActRefused
from domain.people import Role
from storage.database import Unit
from storage.schema import intakes as intake_rows
from storage.views import office as office_views
from storage.views import sheet
from tests.flows.plan_files import PLAN, read, send
from tests.office import START, Chat, Office

pytestmark = pytest.mark.anyio


async def draft(office: Office) -> Chat:
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    await send(lan, "ke-hoach.md", PLAN.encode())
    await read(lan)
    return lan


async def test_a_file_becomes_a_draft_once(office: Office) -> None:
    await draft(office)
    row = await office.read(lambda unit: unit.conn.execute(intake_rows.select()).one())
    assert (row.state, row.plan_id, row.tries) == ("read", 1, 0)
    assert await office.read(lambda unit: intakes.take(unit, ["web"], office.clock())) is None
    ended = await office.run(lambda unit: intakes.refuse(unit, row, "Tệp hỏng.", office.clock()))
    assert ended is None, "what is answered is not answered again"


async def test_a_link_works_once_and_a_session_for_a_working_day(office: Office) -> None:
    await draft(office)
    viewer = await office.read(lambda unit: office_views.viewer(unit, 1, START.date()))
    token = await office.run(lambda unit: pages.link(unit, viewer, 1, office.clock()))
    entered = await office.run(lambda unit: pages.enter(unit, token, office.clock()))
    assert entered.path == "/office/plans/1"
    with pytest.raises(ActRefused):
        await office.run(lambda unit: pages.enter(unit, token, office.clock()))
    now = office.clock()
    seen = await office.read(lambda unit: pages.visitor(unit, entered.session, now + timedelta(hours=7)))
    assert seen == viewer
    assert await office.read(lambda unit: pages.visitor(unit, entered.session, now + pages.SESSION_LIFE)) is None


async def test_answers_and_edits_and_their_taking_back(office: Office) -> None:
    await draft(office)
    viewer, now = await office.read(lambda unit: office_views.viewer(unit, 1, START.date())), office.clock()

    def work(unit: Unit) -> None:
        offices.remember_address(unit, "https://nhacviec.example", now)
        drafts.answer(unit, viewer, 1, 1, "STC", now)
        drafts.answer(unit, viewer, 1, 1, "Sở Nội vụ", now)
        drafts.answer(unit, viewer, 1, 2, "Quý III", now)
        drafts.answer(unit, viewer, 1, 2, "Quý IV", now)
        drafts.take_back(unit, viewer, 1, 2, now)

    await office.run(work)
    shown = await office.read(lambda unit: sheet.of_plan(unit, 1))
    assert [one.code for one in shown.tasks[1].named] == ["SNV"]
    assert shown.tasks[3].understood == "chưa có thời hạn"
    assert [task.asks for task in shown.tasks] == [False, False, False, True, True]
