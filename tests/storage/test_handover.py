"""What was not said yet changes hands on both databases: to a substitute, back again, to who remains."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import closing, leaving, people, substitutes
from actions import notices as notice_actions
from domain.closing import Decisions
from domain.people import Role, Seat
from storage import agencies, handover, notices
from storage import people as people_rows
from storage.database import Unit
from storage.schema import endpoints, outbox, planned
from storage.schema import notices as notice_rows
from storage.views import closing as closing_views
from storage.views import office as office_views
from storage.views import people as people_views
from tests.office import START, Office, Row

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/02/2026"),
    Row("Công khai thủ tục hành chính", "Sở Tư pháp", "Thường xuyên"),
)
DAY = START.date()
NEXT = START + timedelta(minutes=1)


def seat(unit: Unit, name: str, role: Role, agency: str = "STP") -> int:
    """Join somebody without a conversation."""
    code = people.invite(unit, agency, role, START).code
    endpoint = people.endpoint(unit, "web", f"chat of {name}", START)
    return people.join(unit, endpoint.id, None, code, name, START).person_id


def waiting(unit: Unit) -> list[tuple[int, str]]:
    """Return (person, kind) of what waits about the agency, but for what is said to a person as such."""
    query = select(notice_rows.c.person_id, notice_rows.c.kind).where(
        notice_rows.c.state == "waiting", notice_rows.c.kind.not_in(("substitute", "unreachable"))
    )
    return sorted((row.person_id, row.kind) for row in unit.conn.execute(query))


@pytest.fixture
async def two(office: Office) -> Office:
    """An officer (1) and a head (2) of one agency, with two words that wait for the officer."""
    await office.run(lambda unit: seat(unit, "Trần Mẫu Bình", Role.OFFICER))
    await office.run(lambda unit: seat(unit, "Đỗ Mẫu Giang", Role.HEAD))
    await office.issue(PLAN)
    assert await office.read(waiting) == [(1, "assigned"), (1, "assigned")]
    return office


def _agency(unit: Unit) -> int:
    found = agencies.id_of(unit, "STP")
    assert found is not None
    return found


def _begin(unit: Unit) -> int:
    viewer = people_rows.viewer(unit, 1, DAY)
    return substitutes.begin(unit, viewer, _agency(unit), Role.OFFICER, 2, date(2026, 1, 16), START)


async def test_to_the_substitute_and_back_without_loss_or_doubling(two: Office) -> None:
    number = await two.run(_begin)
    assert await two.read(waiting) == [(2, "assigned"), (2, "assigned")]
    assert await two.run(lambda unit: notice_actions.promote(unit, NEXT)) == 0, "said is said"
    viewer = await two.read(lambda unit: people_rows.viewer(unit, 2, date(2026, 1, 16)))
    assert viewer.standing_in == (
        Seat(await two.read(_agency), "Sở Tư pháp", Role.OFFICER, "Trần Mẫu Bình", date(2026, 1, 16)),
    )
    assert not (await two.read(lambda unit: people_rows.viewer(unit, 2, date(2026, 1, 17)))).standing_in
    await two.run(lambda unit: substitutes.end(unit, people_rows.viewer(unit, 2, DAY), number, NEXT))
    assert await two.read(waiting) == [(1, "assigned"), (1, "assigned")]
    await two.run(_begin)
    assert await two.read(waiting) == [(2, "assigned"), (2, "assigned")]


async def test_out_of_a_message_that_nobody_sent_yet(two: Office) -> None:
    etiquette = await two.read(office_views.etiquette)
    await two.run(lambda unit: notice_actions.assemble(unit, START, etiquette))
    assert await two.read(waiting) == []
    await two.run(_begin)
    assert await two.read(waiting) == [(2, "assigned"), (2, "assigned")]
    left = await two.read(_of_messages)
    assert left == []


def _of_messages(unit: Unit) -> list[int]:
    query = select(notice_rows.c.id).join(outbox, outbox.c.id == notice_rows.c.outbox_id)
    return list(unit.conn.execute(query).scalars())


async def test_what_left_is_not_taken_back(two: Office) -> None:
    etiquette = await two.read(office_views.etiquette)
    await two.run(lambda unit: notice_actions.assemble(unit, START, etiquette))
    await two.run(lambda unit: unit.conn.execute(outbox.update().values(state="sending")))
    unsaid: Callable[[Unit], Any] = lambda unit: handover.unsaid(unit, 1, _agency(unit), Role.OFFICER)  # noqa: E731
    assert await two.read(unsaid) == []


async def test_members_and_the_list_of_people_follow_the_days(two: Office) -> None:
    await two.run(_begin)
    hears: Callable[[date], Callable[[Unit], list[int]]] = lambda day: (  # noqa: E731
        lambda unit: people_rows.members(unit, _agency(unit), Role.OFFICER, day)
    )
    assert await two.read(hears(date(2026, 1, 16))) == [2]
    assert await two.read(hears(date(2026, 1, 17))) == [1]
    listed = await two.read(lambda unit: people_views.listed(unit, DAY))
    assert [(one.name, one.substitute, one.until) for one in listed] == [
        ("Trần Mẫu Bình", "Đỗ Mẫu Giang", date(2026, 1, 16)),
        ("Đỗ Mẫu Giang", "", None),
    ]
    await two.run(
        lambda unit: unit.conn.execute(endpoints.update().where(endpoints.c.person_id == 2).values(state="dead"))
    )
    assert await two.read(hears(date(2026, 1, 16))) == [1], "who cannot hear stands for nobody"


async def test_a_substitutes_chat_that_dies_gives_the_words_back(two: Office) -> None:
    await two.run(_begin)
    endpoint = await two.read(lambda unit: people_rows.open_endpoints(unit, 2)[0].id)
    await two.run(lambda unit: people.chat_died(unit, endpoint, "blocked", NEXT))
    assert await two.read(waiting) == [(1, "assigned"), (1, "assigned")]


async def test_who_leaves_and_who_comes(two: Office) -> None:
    (left,) = await two.run(lambda unit: leaving.leave(unit, 1, None, NEXT))
    assert left.unheard == 2
    assert await two.read(waiting) == []
    states = await two.read(
        lambda unit: list(unit.conn.execute(select(planned.c.state).where(planned.c.kind == "assigned")).scalars())
    )
    assert states == ["unreached", "unreached"]
    await two.run(lambda unit: seat(unit, "Lý Mẫu Oanh", Role.OFFICER))
    assert await two.read(waiting) == [(3, "assigned"), (3, "assigned")]


async def test_who_comes_back_hears_what_was_taken_back(two: Office) -> None:
    await two.run(lambda unit: leaving.leave(unit, 1, None, NEXT))
    endpoint = await two.read(lambda unit: people_rows.open_endpoints(unit, 1)[0].id)

    def again(unit: Unit) -> None:
        code = people.invite(unit, "STP", Role.OFFICER, NEXT).code
        people.join(unit, endpoint, 1, code, "", NEXT)

    await two.run(again)
    assert await two.read(waiting) == [(1, "assigned"), (1, "assigned")]
    assert not [row for row in await two.read(office_views.unreached) if row.role == "officer"]


async def test_a_colleague_hears_what_was_meant_for_who_leaves(two: Office) -> None:
    await two.run(lambda unit: seat(unit, "Lý Mẫu Oanh", Role.OFFICER))
    await two.run(lambda unit: _returned(unit, 1))
    (left,) = await two.run(lambda unit: leaving.leave(unit, 1, "STP", NEXT))
    assert left.unheard == 0
    assert await two.read(waiting) == [(3, "assigned"), (3, "assigned"), (3, "returned")]


def _returned(unit: Unit, person: int) -> None:
    notices.add(
        unit, person, "event:returned:1", notices.Kind.RETURNED, START, role=Role.OFFICER, agency_id=_agency(unit)
    )


async def test_a_plan_closes_on_both_databases(two: Office) -> None:
    found = await two.read(lambda unit: closing_views.unfinished(unit, 1, DAY))
    assert [(one.work.code, one.ends_with_the_year) for one in found] == [("NV-0001", False), ("NV-0002", True)]
    done = await two.run(lambda unit: closing.close(unit, 1, Decisions(carry={"NV-0001": date(2027, 1, 29)}), START))
    assert (done.carried, done.ended) == (1, 1)
    left = await two.read(lambda unit: closing_views.unfinished(unit, 1, DAY))
    assert [one.work.due_on for one in left] == [date(2027, 1, 29)]
