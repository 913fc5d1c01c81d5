"""Personal data that has done its work goes by itself; the case, and the ledger of consents, stay."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from actions import retention
from actions.cases import handling, opening, refusing, sender
from actions.cases.opening import Feedback, Opened, Origin
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.people import Role
from domain.retention import months_before
from scheduler.sweep import upkeep
from storage.cases import people as citizens
from storage.cases import rows
from storage.database import Unit
from storage.schema import consents, identity_reads, people
from storage.views import office as office_views
from tests.office import Office, make_office

pytestmark = pytest.mark.anyio

WHO = Reporter("Phạm Mẫu Dân", "Thôn Mẫu, xã Lam Sơn", "0900000009")


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ("2026-03-31T08:00:00+00:00", 1, "2026-02-28T08:00:00+00:00"),
        ("2026-01-15T00:00:00+00:00", 1, "2025-12-15T00:00:00+00:00"),
        ("2028-02-29T00:00:00+00:00", 24, "2026-02-28T00:00:00+00:00"),
        ("2026-12-31T00:00:00+00:00", 12, "2025-12-31T00:00:00+00:00"),
    ],
)
def test_months_are_counted_by_the_calendar(now: str, months: int, before: str) -> None:
    assert months_before(datetime.fromisoformat(now), months) == datetime.fromisoformat(before)


async def _case(office: Office, content: str) -> Opened:
    def open_one(unit: Unit) -> Opened:
        feedback = Feedback(Kind.REGULATION, content, "Sở Tư pháp", WHO)
        return opening.open_case(unit, feedback, Origin("webchat"), "thông báo", office.clock())

    return await office.run(open_one)


def _withdraw_and_archive(unit: Unit, case_id: int, now: datetime) -> None:
    row = rows.get(unit, case_id)
    assert row is not None
    sender.withdraw(unit, row, now)
    rows.put(unit, case_id, state=State.ARCHIVED.value)


async def test_who_sent_what_ended_long_ago_is_forgotten(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Ba")
    ended = await _case(office, "Ông Phạm Mẫu Dân, điện thoại 0900000009, bị yêu cầu nộp thêm giấy tờ")
    open_one = await _case(office, "Việc còn đang xử lý ở bộ phận Một cửa của xã")
    start = office.clock()

    def read(unit: Unit) -> None:
        person = unit.conn.execute(select(people.c.id).where(people.c.name == "Lê Mẫu Ba")).scalar_one()
        viewer = office_views.viewer(unit, person, start.date())
        handling.read_identity(unit, viewer, ended.case_id, "gọi điện cho người gửi", start)
        assert refusing.grounds(unit)

    await office.run(read)
    await office.run(lambda unit: _withdraw_and_archive(unit, ended.case_id, start))

    def known(unit: Unit) -> list[Reporter | None]:
        found = [rows.get(unit, one.case_id) for one in (ended, open_one)]
        return [citizens.get(unit, row.citizen_id) for row in found if row is not None]

    almost = start.replace(year=start.year + 2)
    await office.run(lambda unit: retention.forget(unit, almost))
    assert await office.read(known) == [WHO, WHO], "kept as long as the office says"
    later = almost.replace(month=almost.month + 1)
    await office.run(lambda unit: upkeep(unit, later))
    assert await office.read(known) == [None, WHO], "what is open is never touched"

    def words(unit: Unit) -> str:
        row = rows.get(unit, ended.case_id)
        assert row is not None
        return str(row.content) + str(row.folded)

    assert "Phạm" not in await office.read(words)
    assert "0900000009" not in await office.read(words)
    assert await office.read(lambda unit: unit.conn.execute(select(func.count()).select_from(consents)).scalar()) == 4
    reads = select(func.count()).select_from(identity_reads)
    assert await office.read(lambda unit: unit.conn.execute(reads).scalar()) == 1
    years = start.replace(year=start.year + 6)
    await office.run(lambda unit: retention.forget(unit, years))
    assert await office.read(lambda unit: unit.conn.execute(reads).scalar()) == 0
    await office.close()
