"""Stopped for an hour, a night, Tết; a clock that jumps: one message a person, nothing twice, no burst unasked."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from actions import catchup, detours, notices
from app.watching import health, watcher
from domain.delivery import LATER
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.notices import Kind
from domain.people import Role
from scheduler.sweep import sweep
from storage import notices as notice_rows
from storage import offices, sweeps
from storage.database import Unit
from storage.schema import notices as notice_table
from storage.schema import outbox as outbox_table
from storage.views import office as office_views
from storage.views import outbox as outbox_views
from tests.office import START, Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

AGENCIES = ("STP", "SNV", "STC")
PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp; Sở Nội vụ; Sở Tài chính", "Trước ngày 20/02/2026"),
    Row("Công bố thủ tục", "Sở Tư pháp; Sở Nội vụ; Sở Tài chính", "Trước ngày 12/02/2026"),
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = make_office(tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def people(office: Office) -> list[Chat]:
    """Three officers who have heard of their tasks."""
    chats = [await office.officer(agency) for agency in AGENCIES]
    await office.issue(PLAN)
    await office.settle()
    for chat in chats:
        await chat.heard()
    return chats


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


async def start_again(office: Office, moment: datetime) -> None:
    """Begin at a moment as a fresh process does: nothing was swept in between."""
    office.clock.move_to(moment)
    await office.run(lambda unit: catchup.resume(unit, office_views.etiquette(unit), moment))
    await office.settle()


async def go_to(office: Office, people: list[Chat], moment: datetime) -> None:
    """Go to a moment by every step, and hear what is said on the way."""
    await office.advance(moment)
    for chat in people:
        await chat.heard()


async def unasked(chat: Chat) -> list[str]:
    return [one.text for one in await chat.heard() if one.kind == "bundle"]


async def count(office: Office, state: str) -> int:
    return (await office.read(outbox_views.counts)).get(state, 0)


async def test_a_stop_of_an_hour_says_once_what_was_missed(office: Office, people: list[Chat]) -> None:
    await go_to(office, people, at(4, 7, 55, month=2))  # seven working days before the first task is due
    await start_again(office, at(4, 8, 56, month=2))
    assert [len(await unasked(chat)) for chat in people] == [1, 1, 1]
    await office.settle()
    assert [len(await unasked(chat)) for chat in people] == [0, 0, 0]


@pytest.mark.parametrize(
    ("stopped", "started"),
    [
        (at(3, 16, 59, month=2), at(4, 8, 0, month=2)),  # a night
        (at(3, 10, 0, month=2), at(4, 10, 0, month=2)),  # the clock a day ahead
        (at(10, 16, 0, month=2), at(24, 9, 0, month=2)),  # Tết and the days around it
    ],
    ids=["night", "day", "tet"],
)
async def test_whoever_comes_back_says_one_message_a_person(
    office: Office, people: list[Chat], stopped: datetime, started: datetime
) -> None:
    await go_to(office, people, stopped)
    await start_again(office, started)
    assert [len(await unasked(chat)) for chat in people] == [1, 1, 1]
    rungs = select(notice_table.c.matter_id).where(notice_table.c.created_at == started)
    told = Counter(await office.read(lambda unit: list(unit.conn.execute(rungs.where(SAID)).scalars())))
    assert set(told.values()) == {1}, "of several rungs of one matter one is said"
    await office.advance(started.replace(hour=16))
    assert [await unasked(chat) for chat in people] == [[], [], []], "not once more on the same day"


SAID = notice_table.c.state == "merged"


async def test_what_waited_in_the_outbox_becomes_part_of_the_one_message(office: Office) -> None:
    """Killed just after the day's messages were made: they are true no more a week later."""
    chat = await office.officer("STP")
    await office.issue([Row("Công bố thủ tục", "Sở Tư pháp", "Trước ngày 12/02/2026")])
    await office.run(lambda unit: sweep(unit, office.clock()))
    await chat.heard()
    await start_again(office, at(9, 8, 0, month=2))
    said = await unasked(chat)
    assert len(said) == 1
    assert "NV-0001" in said[0]
    query = select(outbox_table.c.state, outbox_table.c.error).where(outbox_table.c.kind == "bundle")
    rows = await office.read(lambda unit: [tuple(row) for row in unit.conn.execute(query.order_by(outbox_table.c.id))])
    assert rows == [("cancelled", LATER), ("sent", None)]


async def test_an_unsent_message_of_yesterday_gives_way_to_todays(office: Office) -> None:
    """No gap: a channel that was away over night. One message, not two."""
    chat = await office.officer("STP")
    await office.issue([Row("Công bố thủ tục", "Sở Tư pháp", "Trước ngày 12/02/2026")])
    await office.run(lambda unit: sweep(unit, at(12, 16, 50)))
    await office.run(lambda unit: sweep(unit, at(13, 8, 5)))
    assert await count(office, "waiting") == 1
    office.clock.move_to(at(13, 8, 6))
    await office.settle()
    assert len(await unasked(chat)) == 1
    assert await count(office, "cancelled") == 1


def _may_speak_to(unit: Unit, people: int) -> None:
    offices.set_setting(unit, catchup.BURST_CAP, people, START)


@pytest.fixture
async def holding(office: Office, people: list[Chat]) -> Office:
    """An office that came back after a gap with words for three people, one more than it may speak to at once."""
    await go_to(office, people, at(2, 9, month=2))
    await office.run(lambda unit: _may_speak_to(unit, 2))
    await start_again(office, at(5, 9, month=2))
    return office


async def test_a_burst_after_a_gap_is_held_and_answers_go_on(holding: Office, people: list[Chat]) -> None:
    assert [await unasked(chat) for chat in people] == [[], [], []]
    assert "NV-0001" in "".join(one.text for one in await people[0].say("/viec"))
    await holding.advance(at(6, 15, month=2))
    assert [await unasked(chat) for chat in people] == [[], [], []], "held over the night too"
    assert await holding.read(outbox_views.held) == 3
    found = await health(watcher(holding.inner))
    said = {one.name: one.said for one in found.checks if not one.good}
    assert list(said) == ["held"]
    assert "Đang giữ tin của 3 người" in said["held"]


async def test_what_is_held_goes_out_once_the_operator_says_so(holding: Office, people: list[Chat]) -> None:
    assert await holding.run(lambda unit: catchup.release(unit, holding.clock())) == 3
    await holding.settle()
    assert [len(await unasked(chat)) for chat in people] == [1, 1, 1]
    with pytest.raises(ActRefused, match="Không có tin nào"):
        await holding.run(lambda unit: catchup.release(unit, holding.clock()))
    await holding.advance(at(5, 16, month=2))
    assert [await unasked(chat) for chat in people] == [[], [], []]


async def test_what_is_stale_can_be_dropped_and_what_is_said_once_stays(holding: Office, people: list[Chat]) -> None:
    person = await holding.read(lambda unit: unit.conn.execute(select(notice_table.c.person_id).limit(1)).scalar_one())
    now = holding.clock()
    await holding.run(
        lambda unit: notice_rows.add(unit, person, "event:returned:1", Kind.SEATED, now, role=Role.OFFICER,
                                     data={"membership": 1, "agreed": True})
    )  # fmt: skip
    dropped, left = await holding.run(lambda unit: catchup.discard(unit, "đã gọi điện", now))
    assert (dropped >= 3, left) == (True, 1)
    await holding.settle()
    assert sorted([len(await unasked(chat)) for chat in people]) == [0, 0, 1]
    reasons = select(notice_table.c.reason).where(notice_table.c.state == "dropped").distinct()
    told = await holding.read(lambda unit: list(unit.conn.execute(reasons).scalars()))
    assert "discarded by the operator: đã gọi điện" in told
    with pytest.raises(ActRefused):
        await holding.run(lambda unit: catchup.discard(unit, "lần nữa", now))


async def test_without_a_gap_any_number_is_spoken_to(office: Office) -> None:
    chats = [await office.officer(agency) for agency in AGENCIES]
    await office.run(lambda unit: _may_speak_to(unit, 1))
    await office.settle()
    await office.issue(PLAN)
    await office.settle()
    assert [len(await unasked(chat)) for chat in chats] == [1, 1, 1]


async def test_urgent_words_before_eight_do_not_open_the_gate_for_the_rest(office: Office, people: list[Chat]) -> None:
    await go_to(office, people, at(2, 9, month=2))
    await office.run(lambda unit: _may_speak_to(unit, 2))
    await start_again(office, at(4, 7, 40, month=2))
    assert await office.read(lambda unit: sweeps.load(unit).gap_from) is not None
    await office.advance(at(4, 9, month=2))
    assert [await unasked(chat) for chat in people] == [[], [], []]
    assert await office.read(outbox_views.held) == 3


async def test_a_cap_of_nothing_never_holds(office: Office, people: list[Chat]) -> None:
    await go_to(office, people, at(2, 9, month=2))
    await office.run(lambda unit: _may_speak_to(unit, 0))
    await start_again(office, at(5, 9, month=2))
    assert [len(await unasked(chat)) for chat in people] == [1, 1, 1]


async def test_under_a_clock_set_back_nothing_is_said_until_time_catches_up(office: Office, people: list[Chat]) -> None:
    await go_to(office, people, at(3, 9, month=2))
    back = at(2, 9, month=2)
    waits = select(func.count()).select_from(outbox_table)
    before = await office.read(lambda unit: unit.conn.execute(waits).scalar_one())
    await office.run(_say_something_new)
    for minutes in range(0, 60, 20):
        moment = back + timedelta(minutes=minutes)
        swept = await office.run(lambda unit, moment=moment: sweep(unit, moment))  # type: ignore[misc]
        assert swept.messages == 0
    assert await office.read(lambda unit: unit.conn.execute(waits).scalar_one()) == before
    assert await office.read(lambda unit: sweeps.load(unit).at) == at(3, 9, month=2)
    swept = await office.run(lambda unit: sweep(unit, at(3, 9, 1, month=2)))
    assert swept.messages == 1


async def test_an_operator_can_take_an_earlier_clock_as_right(office: Office, people: list[Chat]) -> None:
    await office.advance(at(3, 9, month=2))
    back = at(2, 9, month=2)
    await office.run(_say_something_new)
    await office.run(lambda unit: unit.conn.execute(update(outbox_table).values(not_before=at(3, 12, month=2))))
    await office.run(lambda unit: catchup.release(unit, back))
    assert await office.read(lambda unit: sweeps.load(unit).at) == back
    assert (await office.run(lambda unit: sweep(unit, back + timedelta(minutes=1)))).messages == 1


def _say_something_new(unit: Unit) -> None:
    person = unit.conn.execute(select(notice_table.c.person_id).limit(1)).scalar_one()
    seat = {"membership": 1, "agreed": True}
    notice_rows.add(unit, person, "event:seated:9", Kind.SEATED, START, role=Role.OFFICER, data=seat)


async def test_taking_back_leaves_what_may_have_arrived(office: Office) -> None:
    await office.officer("STP")
    await office.issue([Row("Công bố thủ tục", "Sở Tư pháp", "Trước ngày 12/02/2026")])
    now = office.clock()
    await office.run(lambda unit: notices.assemble(unit, now, office_views.etiquette(unit)))
    await office.run(lambda unit: unit.conn.execute(update(outbox_table).values(unknowns=1)))
    assert await office.run(lambda unit: detours.take_back(unit, None)) == 0


async def test_the_digest_says_in_one_line_what_left_late(office: Office) -> None:
    await office.officer("VPUBND", Role.COORDINATOR)
    leader = await office.officer("UBNDT", Role.LEADER)
    await office.officer("STP")
    await office.issue([Row("Công bố thủ tục", "Sở Tư pháp", "Trước ngày 12/02/2026")])
    await office.run(lambda unit: sweep(unit, office.clock()))
    office.clock.move_to(at(12, 10))
    await office.inner.deliverer.drain()
    await leader.heard()
    await office.advance(at(13, 8))
    (morning,) = await unasked(leader)
    assert morning.splitlines()[-1] == "Gửi tin ngày 12/01/2026: 2 tin gửi chậm, đã gửi đủ."
    await office.advance(at(14, 8))
    assert await unasked(leader) == [], "what left in time is no news"


async def test_the_digest_says_what_did_not_leave(office: Office) -> None:
    await office.officer("VPUBND", Role.COORDINATOR)
    leader = await office.officer("UBNDT", Role.LEADER)
    await office.officer("STP")
    await office.issue([Row("Công bố thủ tục", "Sở Tư pháp", "Trước ngày 12/02/2026")])
    await office.settle()
    failed = update(outbox_table).where(outbox_table.c.id == select(func.max(outbox_table.c.id)).scalar_subquery())
    await office.run(lambda unit: unit.conn.execute(failed.values(state="failed")))
    await leader.heard()
    await office.advance(at(13, 8))
    (morning,) = await unasked(leader)
    assert morning.splitlines()[-1] == "Gửi tin ngày 12/01/2026: còn 1 tin chưa gửi được."


async def test_an_answer_that_a_wrong_clock_put_off_leaves_although_the_clock_was_set_back(office: Office) -> None:
    officer = await office.officer("STP")
    await officer.heard()
    await office.run(lambda unit: sweep(unit, at(13, 9)))
    put_off = update(outbox_table).where(outbox_table.c.id == 1).values(state="waiting", not_before=at(13, 9, 10))
    await office.run(lambda unit: unit.conn.execute(put_off))
    await office.run(lambda unit: sweep(unit, at(12, 9)))
    office.clock.move_to(at(12, 9, 1))
    await office.inner.deliverer.drain()
    assert [one.kind for one in await officer.heard()] == ["reply"]
