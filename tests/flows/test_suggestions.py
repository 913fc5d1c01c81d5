"""Duties of the running text: offered, added by a person, taken back, carried through an amendment."""

from dataclasses import replace
from pathlib import Path

import pytest

from actions import amend, drafts, issue, plans, settling
from app.guessing import nearest_name
from domain.deadlines import Unspecified
from domain.errors import ActRefused
from domain.people import Role, Viewer
from domain.plans import Draft, Source, Suggestion, to_json
from storage.views import office as office_views
from storage.views import review
from tests.office import START, Chat, Office, Row, make_draft, make_office

pytestmark = pytest.mark.anyio

DUTY = "Giao Sở Tài chính bố trí kinh phí thực hiện Kế hoạch này."
ROWS = (Row("Ban hành kế hoạch", "Sở Tư pháp", "Quý II"), Row("Rà soát thủ tục", "Sở Nội vụ", "Quý III"))


def _draft(*rows: Row) -> Draft:
    offered = Suggestion(DUTY, ("Sở Tài chính",), "", Unspecified(), Source(None, 9))
    return replace(make_draft(rows), suggestions=(offered,))


async def _import(office: Office) -> int:
    draft = _draft(*ROWS)
    imported = await office.run(
        lambda unit: plans.import_draft(unit, draft, to_json(draft), "a" * 64, nearest_name, office.clock())
    )
    return imported.plan_id


async def _doubt(office: Office, plan_id: int) -> int:
    found = await office.read(lambda unit: review.of_plan(unit, plan_id))
    return next(one.id for one in found.doubts if one.field == "suggestion")


async def _contents(office: Office, plan_id: int) -> list[str]:
    kept = await office.read(lambda unit: review.as_read(unit, plan_id))
    return [task["content"] for task in kept.draft["tasks"]]


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def test_nothing_is_added_in_silence(office: Office) -> None:
    plan_id = await _import(office)
    assert DUTY not in await _contents(office, plan_id)
    assert (await office.read(lambda unit: review.of_plan(unit, plan_id))).tasks == 2


async def test_added_by_a_person_it_is_a_task_like_the_others(office: Office) -> None:
    plan_id = await _import(office)
    doubt = await _doubt(office, plan_id)
    await office.run(lambda unit: settling.settle(unit, plan_id, doubt, "thêm", office.clock()))
    found = await office.read(lambda unit: review.of_plan(unit, plan_id))
    assert (found.tasks, found.agencies) == (3, 3)


async def test_another_answer_is_refused(office: Office) -> None:
    plan_id = await _import(office)
    doubt = await _doubt(office, plan_id)
    with pytest.raises(ActRefused, match="thêm"):
        await office.run(lambda unit: settling.settle(unit, plan_id, doubt, "STC", office.clock()))


async def test_a_coordinator_takes_it_back(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    plan_id = await _import(office)
    doubt = await _doubt(office, plan_id)
    viewer = await _viewer(office, coordinator)
    await office.run(lambda unit: drafts.answer(unit, viewer, plan_id, doubt, "thêm", office.clock()))
    assert DUTY in await _contents(office, plan_id)
    await office.run(lambda unit: drafts.take_back(unit, viewer, plan_id, doubt, office.clock()))
    assert DUTY not in await _contents(office, plan_id)
    assert (await office.read(lambda unit: review.of_plan(unit, plan_id))).tasks == 2


async def test_an_amendment_that_still_gives_it_keeps_it(office: Office) -> None:
    plan_id = await _import(office)
    doubt = await _doubt(office, plan_id)
    await office.run(lambda unit: settling.settle(unit, plan_id, doubt, "thêm", office.clock()))
    now = office.clock()
    await office.run(lambda unit: issue.issue(unit, plan_id, accept_doubts=True, at=now, now=now))
    amended = _draft(ROWS[0], Row(ROWS[1].content, ROWS[1].lead, "Quý IV"))
    done = await office.run(
        lambda unit: amend.amend(
            unit, plan_id, amended, to_json(amended), "b" * 64, nearest_name, now, accept_doubts=False
        )
    )
    assert (done.added, done.moved, done.cancelled) == (0, 1, 0)


async def _viewer(office: Office, chat: Chat) -> Viewer:
    endpoint = await office.read(lambda unit: office_views.endpoint(unit, "web", chat.chat))
    assert endpoint is not None
    return await office.read(lambda unit: office_views.viewer(unit, endpoint.person_id, START.date()))
