"""What leaves is true when it leaves: moved dates, late retries, answered reports, texts that cannot be made."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions import notices, outbox
from domain.delivery import Reason, Refused, State
from domain.local import VIETNAM
from domain.people import Role
from storage.schema import notices as notice_rows
from storage.schema import outbox as outbox_rows
from storage.views import office as office_views
from tests.flows.test_amend import amend_by
from tests.office import Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 20/02/2026", "Kế hoạch")
OVERDUE_AT = datetime(2026, 2, 23, 8, 0, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def _overdue_in_the_outbox(office: Office) -> int:
    """Go to the first word of being overdue and leave it in the outbox; return the row's id."""
    await office.advance(OVERDUE_AT.replace(hour=7, minute=59))
    office.clock.move_to(OVERDUE_AT)
    await office.run(lambda unit: notices.promote(unit, OVERDUE_AT))
    await office.run(lambda unit: notices.assemble(unit, OVERDUE_AT, office_views.etiquette(unit)))
    return await office.read(
        lambda unit: unit.conn.execute(select(outbox_rows.c.id).where(outbox_rows.c.state == "waiting")).scalar_one()
    )


async def _state(office: Office, row: int) -> str:
    query = select(outbox_rows.c.state).where(outbox_rows.c.id == row)
    return await office.read(lambda unit: str(unit.conn.execute(query).scalar_one()))


async def test_a_moved_date_takes_back_what_waits(office: Office) -> None:
    justice = await office.officer("STP")
    await office.issue([PLAN])
    row = await _overdue_in_the_outbox(office)
    await justice.heard()
    await amend_by(office, Row(PLAN.content, PLAN.lead, "Trước ngày 20/04/2026", PLAN.product))
    await office.inner.deliverer.drain()
    assert await justice.heard() == []
    assert await _state(office, row) == State.CANCELLED


async def test_a_retry_does_not_remind_of_what_was_reported_meanwhile(office: Office) -> None:
    justice = await office.officer("STP")
    await office.issue([PLAN])
    row = await _overdue_in_the_outbox(office)
    await office.run(lambda unit: outbox.claim(unit, {row: justice.chat}, "somebody", office.web.can, OVERDUE_AT))
    await office.run(lambda unit: outbox.record(unit, {row: Refused(Reason.UNREACHED, "no route")}, OVERDUE_AT))
    await justice.say("xong NV-0001")
    await justice.press("Bỏ qua")
    await justice.press("Gửi báo cáo")
    office.clock.tick(600)
    await office.inner.deliverer.drain()
    assert await justice.heard() == []
    assert await _state(office, row) == State.CANCELLED


async def test_a_retry_says_once_what_needs_several_messages(office: Office) -> None:
    justice = await office.officer("STP")
    await office.issue([Row(f"Việc thứ {n}: {'rà soát ' * 60}", "Sở Tư pháp", PLAN.deadline) for n in range(40)])
    row = await _overdue_in_the_outbox(office)
    await justice.heard()
    small = office.web.can.__class__(text_limit=900, buttons=True, files_in=True, private=True)
    for _ in range(2):
        await office.run(lambda unit: outbox.claim(unit, {row: justice.chat}, "somebody", small, office.clock()))
        await office.run(lambda unit: outbox.record(unit, {row: Refused(Reason.UNREACHED)}, office.clock()))
        office.clock.tick(600)
    await office.inner.deliverer.drain()
    said = "\n".join(one.text for one in await justice.heard())
    assert said.count("NV-0040") == 1


async def test_a_report_answered_meanwhile_is_not_told_as_waiting(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    justice = await office.officer("STP")
    await office.issue([PLAN])
    await justice.say("xong NV-0001")
    await justice.press("Bỏ qua")
    await justice.press("Gửi báo cáo")
    await coordinator.say("NV-0001")
    await coordinator.press("Xác nhận")
    await office.advance(datetime(2026, 1, 14, 9, tzinfo=VIETNAM))
    assert not [one for one in await coordinator.all_heard() if one.kind == "bundle" and "chờ" in one.text]


async def test_a_text_that_cannot_be_made_holds_back_no_other(office: Office) -> None:
    justice, interior = await office.officer("STP"), await office.officer("SNV")
    await office.issue([PLAN, Row("Việc khác", "Sở Nội vụ", "Trước ngày 20/12/2026")])
    row = await _overdue_in_the_outbox(office)
    broken = update(notice_rows).where(notice_rows.c.outbox_id == row).values(kind="no such kind")
    await office.run(lambda unit: unit.conn.execute(broken))
    await justice.heard()
    for _ in range(outbox.COMPOSE_TRIES):
        await office.inner.deliverer.drain()
        office.clock.tick(600)
    assert await _state(office, row) == State.FAILED
    assert await justice.heard() == []
    assert await interior.say("viec")


async def test_a_coordinator_who_joins_late_hears_what_waited(office: Office) -> None:
    await office.officer("STP")
    await office.issue([PLAN])
    await office.advance(datetime(2026, 3, 3, 9, tzinfo=VIETNAM))
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await office.advance(datetime(2026, 3, 4, 9, tzinfo=VIETNAM))
    told = [one.text for one in await coordinator.all_heard() if one.kind == "bundle" and "NV-0001" in one.text]
    assert len(told) == 1
    assert "đôn đốc" in told[0]
