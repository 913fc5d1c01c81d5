"""Which ladder is chosen for a task of an agency: the nearest one; and what was issued keeps its own."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from domain.ladder import DEFAULT, WITH_DRAFT, Ladder
from storage import ladders
from storage.database import Database, Unit
from storage.ladders import Place
from storage.schema import agencies, assignments, matters, planned, tasks
from storage.schema import ladders as ladder_rows
from storage.schema import plans as plan_rows
from tests.office import START, Office, Row
from tests.storage.conftest import NOW

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 20/05/2026"),
    Row("Báo cáo kết quả", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 20/05/2026"),
)


def named(name: str) -> Ladder:
    return replace(DEFAULT, name=name)


def test_a_ladder_is_kept_once_and_a_new_text_is_a_new_row(database: Database) -> None:
    def work(unit: Unit) -> list[int]:
        other = replace(DEFAULT, rungs=DEFAULT.rungs[:-1])
        return [ladders.keep(unit, one, NOW) for one in (DEFAULT, other, DEFAULT, WITH_DRAFT)]

    first, shorter, again, draft = database.run_now(work)
    assert first == again
    assert len({first, shorter, draft}) == 3
    assert database.run_now(lambda unit: ladders.get(unit, draft)) == WITH_DRAFT
    assert database.run_now(lambda unit: ladders.named(unit, DEFAULT.name)) == replace(
        DEFAULT, rungs=DEFAULT.rungs[:-1]
    ), "of one name the text kept last"
    assert database.run_now(lambda unit: ladders.named(unit, "khác")) is None


async def test_the_nearest_one_wins(office: Office) -> None:
    plan = await office.issue(PLAN)
    codes = await office.read(lambda unit: {row.code: row.id for row in unit.conn.execute(select(agencies))})
    first, second = await office.read(lambda unit: list(unit.conn.execute(select(tasks.c.id)).scalars()))

    def name_of(task: int, agency: str) -> str:
        chosen = office.inner.db.run_now(lambda unit: ladders.chosen(unit, plan, NOW))
        return chosen.of(task, codes[agency])[1].name

    async def choose(name: str, **place: int | None) -> None:
        await office.run(
            lambda unit: ladders.choose(unit, Place(**place), ladders.keep(unit, named(name), NOW), None, NOW)
        )

    assert name_of(first, "STP") == DEFAULT.name
    await choose("văn phòng")
    assert name_of(first, "STP") == "văn phòng"
    await choose("kế hoạch", plan_id=plan)
    await choose("cơ quan", plan_id=plan, agency_id=codes["STP"])
    await choose("việc", plan_id=plan, task_id=first)
    await choose("việc này của cơ quan này", plan_id=plan, task_id=first, agency_id=codes["STP"])
    assert name_of(first, "STP") == "việc này của cơ quan này"
    assert name_of(first, "SNV") == "việc"
    assert name_of(second, "STP") == "cơ quan"
    assert name_of(second, "SNV") == "kế hoạch"
    await choose("việc, sửa lại", plan_id=plan, task_id=first)
    assert name_of(first, "SNV") == "việc, sửa lại"
    gone = Place(plan, first, codes["STP"])
    assert await office.run(lambda unit: ladders.forget(unit, gone)) is True
    assert await office.run(lambda unit: ladders.forget(unit, gone)) is False
    assert name_of(first, "STP") == "việc, sửa lại"
    assert await office.run(lambda unit: ladders.forget(unit, Place())) is True
    assert name_of(second, "SNV") == "kế hoạch"
    assert await office.read(lambda unit: len(ladders.overrides(unit, plan))) == 3


async def test_what_is_issued_keeps_the_ladder_of_its_issue(office: Office) -> None:
    await office.officer("STP")
    await office.issue(PLAN[:1])
    before = await office.read(lambda unit: unit.conn.execute(select(matters.c.ladder_id)).scalars().all())
    rungs = select(planned.c.rung, planned.c.at).order_by(planned.c.id)
    laid = await office.read(lambda unit: unit.conn.execute(rungs).all())
    await office.run(lambda unit: ladders.choose(unit, Place(), ladders.keep(unit, WITH_DRAFT, START), None, START))
    await office.issue(PLAN[1:], number="16/KH-UBND")
    kept = await office.read(lambda unit: unit.conn.execute(rungs).all())
    assert kept[: len(laid)] == laid
    assert {"draft0", "draft1"} <= {row.rung for row in kept[len(laid) :]}
    under = select(ladder_rows.c.name, func.count()).select_from(matters.join(ladder_rows)).group_by(ladder_rows.c.name)
    counts = await office.read(lambda unit: {row[0]: row[1] for row in unit.conn.execute(under)})
    assert counts == {DEFAULT.name: 2, WITH_DRAFT.name: 2}
    assert len(set(before)) == 2  # that of the assignments, and none of the task


async def test_each_kind_of_agency_climbs_as_far_as_it_should(office: Office) -> None:
    """The office's own work climbs inside the office; who is asked to cooperate ends there."""
    up = replace(
        DEFAULT,
        name="tới lãnh đạo",
        rungs=(*DEFAULT.rungs, replace(DEFAULT.rungs[-1], name="over10", days=10, role="leader", kind="escalation")),
    )
    again = Ladder.from_json(up.name, up.to_json())
    await office.run(lambda unit: ladders.choose(unit, Place(), ladders.keep(unit, again, NOW), None, NOW))
    leads = "Sở Tư pháp; Văn phòng UBND tỉnh; Thuế tỉnh"
    await office.issue([Row("Ban hành kế hoạch", leads, "Trước ngày 20/05/2026")])
    query = (
        select(agencies.c.code, planned.c.role, planned.c.agency_id)
        .select_from(planned)
        .join(assignments, assignments.c.id == planned.c.matter_id)
        .join(agencies, agencies.c.id == assignments.c.agency_id)
        .where(planned.c.rung == "over10")
    )
    rows = await office.read(lambda unit: {row.code: (row.role, row.agency_id) for row in unit.conn.execute(query)})
    office_id = await office.read(
        lambda unit: unit.conn.execute(select(agencies.c.id).where(agencies.c.coordinating)).scalar_one()
    )
    assert rows == {"STP": ("leader", office_id), "VPUBND": ("head", office_id)}
    assert await office.read(lambda unit: unit.conn.execute(select(func.count()).select_from(plan_rows)).scalar()) == 1
