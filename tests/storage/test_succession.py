"""A merger on both databases: everything open changes hands once, with its history, or nothing does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from actions import agencies as agency_actions
from actions import amend, dates, layout, people, substitutes, succession
from actions import notices as notice_actions
from actions.succession import TakenOver
from app.guessing import nearest_name
from domain.agencies import Agency
from domain.assignments import State
from domain.errors import ActRefused
from domain.people import Role
from domain.plans import to_json
from storage import agencies, audit, successions
from storage import people as people_rows
from storage.database import Unit
from storage.schema import agencies as agency_rows
from storage.schema import (
    assignments,
    comments,
    evidence,
    evidence_assignments,
    matters,
    memberships,
    notices,
    planned,
    requests,
    task_agencies,
)
from storage.schema import successions as succession_rows
from storage.views import office as office_views
from storage.views import work
from tests.office import START, Office, Row, make_draft

pytestmark = pytest.mark.anyio

BASIS = "Nghị quyết số 18/NQ-HĐND ngày 10/01/2026"
PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tài chính; Sở Nội vụ", "Trước ngày 20/02/2026"),
    Row("Đối chiếu số liệu", "Sở Tài chính", "Hằng quý", coordinating="Sở Nội vụ"),
    Row("Rà soát mức thu lệ phí", "Sở Tài chính", "Trước ngày 28/02/2026"),
    Row("Công khai thủ tục hành chính", "Sở Tài chính; Sở Nội vụ", "Thường xuyên"),
    Row("Góp ý dự thảo", "Sở Tư pháp", "Trước ngày 28/02/2026", coordinating="Sở Tài chính"),
)


def seat(unit: Unit, name: str, agency: str, role: Role, now: datetime = START) -> int:
    """Join somebody without a conversation."""
    code = people.invite(unit, agency, role, now).code
    endpoint = people.endpoint(unit, "web", f"chat of {name}", now)
    return people.join(unit, endpoint.id, people.person_behind(unit, endpoint.id), code, name, now).person_id


async def merged(office: Office, *, dry_run: bool = False, on: date | None = None) -> TakenOver:
    day = on or office.clock().date()
    return await office.run(
        lambda unit: succession.succeed(unit, "STC", "SNV", day, BASIS, office.clock(), dry_run=dry_run)
    )


def rows(query: Any) -> Callable[[Unit], list[Any]]:
    return lambda unit: list(unit.conn.execute(query).all())


async def codes(office: Office, agency: str) -> dict[str, State]:
    works = await office.read(lambda unit: work.everything(unit, office.clock().date(), agency=agency))
    return {one.code: one.state for one in works}


async def test_what_is_open_changes_hands_with_its_history(office: Office) -> None:
    await office.run(lambda unit: seat(unit, "Ngô Mẫu Khánh", "STC", Role.OFFICER))
    await office.run(lambda unit: seat(unit, "Phạm Mẫu Cúc", "SNV", Role.OFFICER))
    await office.run(lambda unit: people.invite(unit, "STC", Role.HEAD, START))
    await office.issue(PLAN)
    before = await codes(office, "STC")
    assert len(before) == 5, "one of each task, two quarters of the recurring one"
    ahead = await office.read(_waiting_of("STC"))
    trial = await merged(office, dry_run=True)
    assert await codes(office, "STC") == before, "a trial keeps nothing"
    assert not await office.read(rows(select(succession_rows)))
    done = await merged(office)
    assert trial == done
    assert (done.assignments, done.merged, done.people, done.invites) == (3, 2, 1, 1)
    assert done.tasks == 5
    after = await codes(office, "SNV")
    assert sum(state is State.ASSIGNED for state in after.values()) == 5
    left = await codes(office, "STC")
    assert set(left.values()) == {State.CANCELLED}
    assert len(left) == 2
    assert await office.read(_waiting_of("STC")) == 0 < ahead
    kept = await office.read(lambda unit: unit.conn.execute(select(succession_rows)).one())
    assert (kept.effective_on, kept.basis, len(kept.taken_over["assignments"])) == (START.date(), BASIS, 3)
    said = await office.read(rows(select(comments.c.matter_id, comments.c.text).where(comments.c.kind == "succeeded")))
    assert len(said) == 3 + 2 * 2
    assert any(text.startswith("nhập vào NV-") for _, text in said)
    assert any(text.startswith("chuyển từ Sở Tài chính sang Sở Nội vụ từ thứ Hai 12/01/2026, theo") for _, text in said)
    old = await office.read(
        lambda unit: unit.conn.execute(select(agency_rows).where(agency_rows.c.code == "STC")).one()
    )
    assert (old.valid_to, old.successor_code) == (date(2026, 1, 11), "SNV")


def _waiting_of(agency: str) -> Callable[[Unit], int]:
    query = (
        select(func.count())
        .select_from(planned)
        .join(agency_rows, agency_rows.c.id == planned.c.agency_id)
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(agency_rows.c.code == agency, planned.c.state == "waiting", matters.c.closed_at.is_(None))
    )
    return lambda unit: unit.conn.execute(query).scalar_one()


async def test_coming_periods_and_reminders_are_the_successors(office: Office) -> None:
    await office.run(lambda unit: seat(unit, "Ngô Mẫu Khánh", "STC", Role.OFFICER))
    await office.issue(PLAN)
    await merged(office)
    later = START + timedelta(days=170)
    assert await office.run(lambda unit: layout.renew(unit, START)) == 0
    made = await office.run(lambda unit: layout.renew(unit, later))
    assert made == 2
    places = select(agency_rows.c.code, assignments.c.period).join(
        agency_rows, agency_rows.c.id == assignments.c.agency_id
    )
    newest = await office.read(rows(places.order_by(assignments.c.id.desc()).limit(2)))
    assert sorted(newest) == [("SNV", "2026-Q3"), ("SNV", "2026-Q4")]
    told = await office.run(lambda unit: notice_actions.promote(unit, START + timedelta(days=36)))
    assert told > 0
    heard = await office.read(
        rows(
            select(notices.c.agency_id, agency_rows.c.code)
            .distinct()
            .join(agency_rows, agency_rows.c.id == notices.c.agency_id)
        )
    )
    assert {code for _, code in heard} == {"SNV"}


async def test_a_finished_period_of_the_old_agency_is_not_given_out_again(office: Office) -> None:
    await office.issue([PLAN[1]])
    first = await office.read(lambda unit: work.everything(unit, START.date())[0])
    await office.run(
        lambda unit: unit.conn.execute(
            update(assignments).where(assignments.c.id == first.id).values(state=State.CONFIRMED.value)
        )
    )
    done = await merged(office)
    assert done.assignments == 1
    assert (await codes(office, "STC"))[first.code] is State.CONFIRMED, "what was closed stays with who did it"
    assert await office.run(lambda unit: layout.renew(unit, START + timedelta(days=1))) == 0


async def test_a_finished_one_of_the_successor_keeps_its_place(office: Office) -> None:
    await office.issue([PLAN[0]])
    other = await office.read(lambda unit: work.everything(unit, START.date(), agency="SNV")[0])
    await office.run(
        lambda unit: unit.conn.execute(
            update(assignments).where(assignments.c.id == other.id).values(state=State.CONFIRMED.value)
        )
    )
    done = await merged(office)
    assert (done.assignments, done.merged) == (1, 0), "an open duty is not ended by another's finished one"
    assert sorted((await codes(office, "SNV")).values()) == [State.ASSIGNED, State.CONFIRMED]


async def test_what_was_shown_and_asked_goes_with_the_merged_one(office: Office) -> None:
    await office.issue([PLAN[0]])
    old, new = await office.read(lambda unit: _pair(unit))
    await office.run(lambda unit: _shown_and_asked(unit, old, new))
    await merged(office)
    shown = await office.read(rows(select(evidence_assignments.c.assignment_id).order_by(evidence_assignments.c.id)))
    assert [one for (one,) in shown] == [old, new]
    asked = await office.read(rows(select(requests.c.assignment_id, requests.c.state, requests.c.content)))
    assert set(asked) == {
        (new, "open", "số liệu của Sở Tư pháp"),
        (new, "withdrawn", "số liệu của Sở Nội vụ"),
    }, "an agency asks itself for nothing"


def _pair(unit: Unit) -> tuple[int, int]:
    works = {one.agency_code: one.id for one in work.everything(unit, START.date())}
    return works["STC"], works["SNV"]


def _shown_and_asked(unit: Unit, old: int, new: int) -> None:
    proof = unit.conn.execute(
        insert(evidence).values(kind="document", number="9/STC", text="", at=START).returning(evidence.c.id)
    ).scalar_one()
    unit.conn.execute(insert(evidence_assignments).values(evidence_id=proof, assignment_id=old))
    for asked in ("Sở Tư pháp", "Sở Nội vụ"):
        matter = unit.conn.execute(
            insert(matters).values(kind="request", opened_at=START).returning(matters.c.id)
        ).scalar_one()
        agency = unit.conn.execute(select(agency_rows.c.id).where(agency_rows.c.name == asked)).scalar_one()
        unit.conn.execute(
            insert(requests).values(
                id=matter,
                assignment_id=old,
                agency_id=agency,
                content=f"số liệu của {asked}",
                state="open",
                asked_at=START,
            )
        )


async def test_people_move_with_their_seats_and_one_seat_stays_one(office: Office) -> None:
    both = await office.run(lambda unit: seat(unit, "Ngô Mẫu Khánh", "STC", Role.OFFICER))
    await office.run(lambda unit: seat(unit, "Ngô Mẫu Khánh", "SNV", Role.OFFICER))
    head = await office.run(lambda unit: seat(unit, "Lê Mẫu Sơn", "STC", Role.HEAD))
    await office.run(lambda unit: _away(unit, head, both))
    done = await merged(office)
    assert done.people == 2
    seats = await office.read(
        rows(
            select(memberships.c.person_id, agency_rows.c.code, memberships.c.role)
            .join(agency_rows, agency_rows.c.id == memberships.c.agency_id)
            .where(memberships.c.state == "active")
            .order_by(memberships.c.person_id)
        )
    )
    assert seats == [(both, "SNV", "officer"), (head, "SNV", "head")]
    viewer = await office.read(lambda unit: office_views.viewer(unit, both, START.date()))
    assert [(one.role, one.instead_of) for one in viewer.standing_in] == [(Role.HEAD, "Lê Mẫu Sơn")]
    told = await office.read(rows(select(notices.c.person_id, notices.c.role).where(notices.c.kind == "succeeded")))
    assert len(told) == len({person for person, _ in told}), "everybody once"


def _away(unit: Unit, head: int, officer: int) -> None:
    viewer = people_rows.viewer(unit, head, START.date())
    agency = agencies.id_of(unit, "STC")
    assert agency is not None
    substitutes.begin(unit, viewer, agency, Role.HEAD, officer, date(2026, 2, 1), START)


async def test_a_pending_invite_opens_the_successors_door(office: Office) -> None:
    code = await office.run(lambda unit: people.invite(unit, "STC", Role.OFFICER, START).code)
    await merged(office)

    def join(unit: Unit) -> str:
        endpoint = people.endpoint(unit, "web", "late", START)
        return people.join(unit, endpoint.id, None, code, "Ngô Mẫu Khánh", START).agency

    assert await office.run(join) == "Sở Nội vụ"


async def test_a_later_plan_that_names_the_old_agency_goes_to_its_successor(office: Office) -> None:
    await merged(office)
    await office.issue([PLAN[2]], number="21/KH-UBND")
    assert await codes(office, "STC") == {}
    assert len(await codes(office, "SNV")) == 1


async def test_a_chain_of_mergers_ends_at_the_last(office: Office) -> None:
    await office.issue([PLAN[2]])
    await merged(office)
    await office.run(lambda unit: succession.succeed(unit, "SNV", "STP", START.date(), BASIS, START))
    assert list((await codes(office, "STP")).values()) == [State.ASSIGNED]
    ids = await office.read(lambda unit: (agencies.ids(unit), successions.heirs(unit)))
    assert ids[0]["STC"] == ids[0]["SNV"] == ids[0]["STP"]


async def test_the_coordinating_office_itself_may_be_taken_over(office: Office) -> None:
    await office.run(lambda unit: seat(unit, "Hoàng Mẫu Lan", "VPUBND", Role.COORDINATOR))
    await office.issue([PLAN[2]])
    await office.run(lambda unit: succession.succeed(unit, "VPUBND", "SNV", START.date(), BASIS, START))
    assert await office.read(office_views.name) == "Sở Nội vụ"
    viewer = await office.read(lambda unit: office_views.viewer(unit, 1, START.date()))
    assert viewer.coordinates
    later = await office.read(_waiting_of("VPUBND"))
    assert later == 0


async def test_a_failure_in_the_middle_leaves_nothing_half(office: Office) -> None:
    await office.run(lambda unit: seat(unit, "Ngô Mẫu Khánh", "STC", Role.OFFICER))
    await office.issue(PLAN)
    before = await office.read(_everything)

    def cut(unit: Unit) -> None:
        succession.succeed(unit, "STC", "SNV", START.date(), BASIS, START)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await office.run(cut)
    assert await office.read(_everything) == before


def _everything(unit: Unit) -> dict[str, Any]:
    tables = (
        assignments,
        matters,
        planned,
        notices,
        memberships,
        task_agencies,
        agency_rows,
        succession_rows,
        comments,
    )
    return {table.name: sorted(map(repr, unit.conn.execute(select(table)))) for table in tables}


@pytest.mark.parametrize(
    ("old", "new", "on", "basis", "said"),
    [
        ("XYZ", "SNV", START.date(), BASIS, "Không có cơ quan nào mang mã XYZ"),
        ("STC", "XYZ", START.date(), BASIS, "Không có cơ quan nào mang mã XYZ"),
        ("STC", "STC", START.date(), BASIS, "phải là một cơ quan khác"),
        ("STC", "SNV", START.date(), "  ", "Ghi văn bản làm căn cứ"),
        ("STC", "SNV", date(2026, 3, 1), BASIS, "chưa đến"),
        ("XA01", "SNV", START.date(), BASIS, "cơ quan kế thừa của XA01 là XA02"),
        ("STC", "CU", START.date(), BASIS, "không có hiệu lực"),
        ("STP", "SNV", START.date(), BASIS, "đã được cơ quan khác kế thừa"),
    ],
)
async def test_what_is_refused(office: Office, old: str, new: str, on: date, basis: str, said: str) -> None:
    fresh = (
        Agency("XA01", "UBND xã Lam Sơn", level="commune_committee", successor="XA02"),
        Agency("CU", "Sở Cũ", level="province_department", valid_to=date(2025, 1, 1)),
    )
    await office.run(lambda unit: agency_actions.import_directory(unit, fresh, START))
    await office.run(lambda unit: succession.succeed(unit, "STP", "THUE", START.date(), BASIS, START))
    with pytest.raises(ActRefused, match=said):
        await office.run(lambda unit: succession.succeed(unit, old, new, on, basis, START))


async def test_a_directory_imported_again_keeps_the_merger(office: Office) -> None:
    await merged(office)
    same = (Agency("STC", "Sở Tài chính", level="province_department"),)
    await office.run(lambda unit: agency_actions.import_directory(unit, same, START))
    found = await office.read(lambda unit: next(one for one in agencies.directory(unit) if one.code == "STC"))
    assert (found.successor, found.valid_to) == ("SNV", date(2026, 1, 11))
    other = (Agency("STC", "Sở Tài chính", level="province_department", successor="STP"),)
    with pytest.raises(ActRefused, match="trái với lần sáp nhập"):
        await office.run(lambda unit: agency_actions.import_directory(unit, other, START))


async def test_the_trail_names_the_act(office: Office) -> None:
    await merged(office)
    acts = await office.read(lambda unit: _acts(unit))
    assert ("succeed", "operator") in acts


def _acts(unit: Unit) -> list[tuple[str, str]]:
    trail = audit.audit
    return [tuple(row) for row in unit.conn.execute(select(trail.c.act, trail.c.actor))]


async def test_a_later_round_is_the_successors(office: Office) -> None:
    await office.issue([Row("Góp ý dự thảo văn bản", "Sở Tài chính", "Khi có phát sinh")])
    first = await office.read(lambda unit: work.everything(unit, START.date())[0])
    await office.run(
        lambda unit: unit.conn.execute(
            update(assignments).where(assignments.c.id == first.id).values(state=State.CONFIRMED.value)
        )
    )
    await merged(office)
    done = await office.run(lambda unit: dates.open_round(unit, None, first.id, date(2026, 6, 30), "", START))
    assert done.agencies == 1
    assert list((await codes(office, "SNV")).values()) == [State.ASSIGNED]


async def test_an_amendment_gives_a_finished_period_out_to_nobody_again(office: Office) -> None:
    await office.issue([PLAN[2]])
    first = await office.read(lambda unit: work.everything(unit, START.date())[0])
    await office.run(
        lambda unit: unit.conn.execute(
            update(assignments).where(assignments.c.id == first.id).values(state=State.CONFIRMED.value)
        )
    )
    await merged(office)
    draft = make_draft([replace(PLAN[2], product="Báo cáo")])
    amended = await office.run(
        lambda unit: amend.amend(unit, 1, draft, to_json(draft), "b" * 64, nearest_name, START, accept_doubts=True)
    )
    assert amended.added == 0


async def test_a_directory_without_its_coordinating_office_is_refused(office: Office) -> None:
    rows = (Agency("VPUBND", "Văn phòng UBND tỉnh", level="province_department"),)
    with pytest.raises(ActRefused, match="không còn cơ quan điều phối"):
        await office.run(lambda unit: agency_actions.import_directory(unit, rows, START))
