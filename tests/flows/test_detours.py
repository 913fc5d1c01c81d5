"""Messages that cannot go as they were meant to: refused, silent or dead channels, moved groups, refused accounts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from actions import detours, outbox
from app.watching import watcher
from channels.fake import FakeChannel
from channels.pacing import Limits, Pacer
from domain.buttons import Verb, choice
from domain.delivery import Delivered, Reason, Refused, Unknown
from domain.local import VIETNAM
from domain.outgoing import Capabilities, Message
from domain.people import Role
from scheduler.deliver import ACCOUNT_REST, Account
from storage import people as people_rows
from storage.database import Unit
from storage.schema import endpoints
from storage.schema import notices as notice_table
from storage.schema import outbox as outbox_table
from tests.office import Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/02/2026"),)
RICH = Capabilities(text_limit=4000, buttons=True, files_in=True, private=False)
BAD = Refused(Reason.BROKEN, "Bad Request: BUTTON_DATA_INVALID")


class Side:
    """An office with two more channels, and one officer who can be reached on them."""

    def __init__(self, office: Office, can: Capabilities = RICH) -> None:
        self.office = office
        self.first, self.second = FakeChannel("telegram", can), FakeChannel("zalo")
        accounts = dict(office.inner.deliverer.accounts)
        for one in (self.first, self.second):
            accounts[one.name] = Account(one, Pacer(office.timer, Limits(per_second=1000, chat_gap=0.0)))
        office.inner.deliverer.accounts = accounts

    async def officer(self, *channels: str) -> int:
        """Let an officer be reached by these channels, in this order; return the person's id."""
        await self.office.officer("STP")
        return await self.office.run(lambda unit: self._bind(unit, channels))

    def _bind(self, unit: Unit, channels: tuple[str, ...]) -> int:
        person = int(unit.conn.execute(select(endpoints.c.person_id)).scalar_one())
        unit.conn.execute(endpoints.update().values(state="dead"))  # the web chat by which they joined
        for name in channels:
            row = people_rows.endpoint(unit, name, f"{name}-1", self.office.clock())
            people_rows.bind_endpoint(unit, row.id, person)
        return person

    async def rows(self) -> list[tuple[str, str]]:
        """Return (state, channel) of everything that nobody asked for."""
        query = (
            select(outbox_table.c.state, endpoints.c.channel)
            .join(endpoints, endpoints.c.id == outbox_table.c.endpoint_id)
            .where(outbox_table.c.kind == "bundle")
            .order_by(outbox_table.c.id)
        )
        return await self.office.read(lambda unit: [(one[0], one[1]) for one in unit.conn.execute(query)])

    async def later(self, seconds: float = 700) -> None:
        self.office.clock.tick(seconds)
        self.office.timer.advance(seconds)
        await self.office.settle()


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Side]:
    office = make_office(tmp_path)
    yield Side(office)
    await office.close()


async def test_what_a_provider_takes_offence_at_goes_as_bare_text(side: Side) -> None:
    await side.officer("telegram")
    side.first.end_with(BAD)
    await side.office.issue(PLAN)
    await side.office.settle()
    await side.later(0)
    refused, taken = side.first.attempts
    assert refused.message.choices
    assert refused.message.heading
    assert not taken.message.choices
    assert not taken.message.heading
    assert taken.message.text == refused.message.text
    assert await side.rows() == [("sent", "telegram")]


async def test_an_answer_too_goes_as_bare_text_with_its_choices_numbered(side: Side) -> None:
    side.first.end_with(BAD)
    answer = Message("Chọn một việc", (choice("Việc của tôi", Verb.LIST, "open", 0),))

    def ask(unit: Unit) -> None:
        now = side.office.clock()
        row = people_rows.endpoint(unit, "telegram", "9", now)
        outbox.reply(unit, "in:1", row.id, None, [answer], RICH, now)

    await side.office.run(ask)
    await side.later(0)
    assert side.first.sent[-1].message.text == "Chọn một việc\n\n1 Việc của tôi"


async def test_what_is_refused_as_bare_text_too_takes_the_next_channel(side: Side) -> None:
    await side.officer("telegram", "zalo")
    side.first.end_with(BAD, times=2)
    await side.office.issue(PLAN)
    await side.office.settle()
    await side.later(0)
    assert (len(side.first.attempts), len(side.second.sent)) == (2, 1)
    assert await side.rows() == [("sent", "zalo")]


async def test_what_nobody_takes_is_failed_and_people_are_told(side: Side) -> None:
    await side.officer("telegram", "zalo")
    coordinator = await side.office.officer("VPUBND", Role.COORDINATOR)
    side.first.end_with(BAD, times=5)
    side.second.end_with(BAD, times=5)
    await side.office.issue(PLAN)
    await side.office.settle()
    await side.later(0)
    await side.later()
    assert (len(side.first.attempts), len(side.second.attempts)) == (2, 2), "no third time, not for ever"
    assert await side.rows() == [("failed", "zalo")]
    told = select(notice_table.c.state, notice_table.c.reason)
    assert await side.office.read(lambda unit: [tuple(one) for one in unit.conn.execute(told)]) == [
        ("merged", detours.REFUSED)
    ]
    await coordinator.heard()
    await watcher(side.office.inner).step()
    await side.later(60)
    (heard,) = [one.text for one in await coordinator.heard()]
    assert "sự cố của hệ thống nhắc việc" in heard
    assert "1 tin không gửi được" in heard


async def test_what_was_given_up_can_be_tried_once_more(side: Side) -> None:
    await side.officer("telegram")
    side.first.end_with(BAD, times=2)
    await side.office.issue(PLAN)
    await side.office.settle()
    await side.later(0)
    assert await side.rows() == [("failed", "telegram")]
    row = await side.office.read(lambda unit: unit.conn.execute(select(outbox_table.c.id)).scalars().all()[-1])
    assert await side.office.run(lambda unit: detours.retry(unit, row, side.office.clock()))
    await side.later(1)
    assert side.first.sent[-1].message.choices, "made anew, whole"
    assert not await side.office.run(lambda unit: detours.retry(unit, row, side.office.clock()))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=VIETNAM)


async def silence(side: Side, until: datetime, seconds: float = 1200) -> None:
    """Go on to a moment, step by step, while the first channel reaches nobody."""
    side.first.end_with(Refused(Reason.UNREACHED, "no route"), times=10_000)
    while side.office.clock() < until:
        await side.later(seconds)


async def test_a_channel_that_stays_silent_is_passed_over_after_office_hours_enough(side: Side) -> None:
    await side.officer("telegram", "zalo")
    await side.office.issue(PLAN)
    await silence(side, at(12, 14, 20))  # made at 08:20, and nobody counts the noon
    assert await side.rows() == [("waiting", "telegram")]
    await silence(side, at(12, 14, 40))
    assert await side.rows() == [("sent", "zalo")]
    assert len(side.second.sent) == 1


async def test_with_no_other_channel_it_waits(side: Side) -> None:
    await side.officer("telegram")
    await side.office.issue(PLAN)
    await silence(side, at(12, 16, 50))
    assert await side.rows() == [("waiting", "telegram")]


async def test_a_channel_that_serves_others_is_not_silent(side: Side) -> None:
    """One chat alone that is told to wait: its own trouble."""
    person = await side.officer("telegram", "zalo")
    side.first.end_with(Refused(Reason.FLOOD, retry_after=40_000.0), chat="telegram-1")
    await side.office.issue(PLAN)
    await side.office.settle()
    assert person

    def say(unit: Unit) -> None:
        now = side.office.clock()
        row = people_rows.endpoint(unit, "telegram", "somebody", now)
        outbox.reply(unit, f"in:{now:%H%M}", row.id, None, [Message("Kính chào")], RICH, now)

    while side.office.clock() < at(12, 15):
        await side.later(1200)
        await side.office.run(say)
    assert await side.rows() == [("waiting", "telegram")]


async def test_what_may_have_arrived_never_takes_another_channel(side: Side) -> None:
    await side.officer("telegram", "zalo")
    side.first.end_with(Unknown("timeout"))
    await side.office.issue(PLAN)
    await side.office.settle()
    await silence(side, at(12, 16, 50))
    assert side.second.attempts == []


async def test_a_refused_account_stands_still_and_the_others_go_on(side: Side) -> None:
    await side.officer("telegram")
    side.first.end_with(Refused(Reason.ACCOUNT, "Unauthorized"), times=10_000)
    deliverer, timer = side.office.inner.deliverer, side.office.timer

    def say(unit: Unit) -> None:
        now = side.office.clock()
        for name in ("telegram", "zalo"):
            for chat in range(20):
                row = people_rows.endpoint(unit, name, f"{name}-{chat}", now)
                key = f"in:{name}:{chat}"
                outbox.reply(unit, key, row.id, None, [Message("Kính chào")], deliverer.accounts[name].channel.can, now)

    await side.office.run(say)
    for _ in range(60):
        await deliverer.step()
        await deliverer.finish()
        timer.advance(0.5)
        side.office.clock.tick(0.5)
    assert len(side.second.sent) == 20
    assert len(side.first.attempts) <= 3, "what was in flight, no more"
    names = [one.name for one in await watcher(side.office.inner).look()]
    assert "account:telegram" in names
    assert "account:zalo" not in names
    timer.advance(ACCOUNT_REST)
    side.office.clock.tick(ACCOUNT_REST)
    tried = len(side.first.attempts)
    await deliverer.step()
    await deliverer.finish()
    assert len(side.first.attempts) > tried, "tried again after a rest"


async def _known(side: Side) -> list[tuple[str, str, bool]]:
    query = select(endpoints.c.chat, endpoints.c.state, endpoints.c.person_id.is_not(None))
    found = query.where(endpoints.c.channel == "telegram").order_by(endpoints.c.id)
    return await side.office.read(lambda unit: [(one[0], one[1], one[2]) for one in unit.conn.execute(found)])


async def test_a_group_that_moved_is_followed(side: Side) -> None:
    await side.officer("telegram")
    side.first.end_with(Refused(Reason.MOVED, new_chat="-100777"))
    await side.office.issue(PLAN)
    await side.office.settle()
    await side.later(0)
    assert [one.chat for one in side.first.attempts] == ["telegram-1", "-100777"]
    assert await _known(side) == [("-100777", "open", True)]


async def test_a_group_that_wrote_from_its_new_address_first_is_joined_with_it(side: Side) -> None:
    await side.officer("telegram")
    await side.office.run(lambda unit: people_rows.endpoint(unit, "telegram", "-100777", side.office.clock()))
    side.first.end_with(Refused(Reason.MOVED, new_chat="-100777"))
    await side.office.issue(PLAN)
    await side.office.settle()
    await side.later(0)
    assert [one.chat for one in side.first.sent] == ["-100777"]
    assert await _known(side) == [("telegram-1", "dead", True), ("-100777", "open", True)]
    assert await side.rows() == [("sent", "telegram")]


async def test_a_long_message_whose_chat_dies_in_the_middle_is_said_whole_elsewhere(side: Side) -> None:
    """The first part is there, the rest is not: on the other channel it would mean nothing alone."""
    side = Side(side.office, replace(RICH, text_limit=900))
    await side.officer("telegram", "zalo")
    side.first.end_with(Delivered("1"))
    side.first.end_with(Refused(Reason.BLOCKED, "Forbidden"), times=9)
    await side.office.issue(
        [Row(f"Việc thứ {n}: {'rà soát ' * 60}", "Sở Tư pháp", PLAN[0].deadline) for n in range(12)]
    )
    await side.office.settle()
    await side.later(0)
    await side.office.advance(at(13, 9))
    texts = "\n".join(one.message.text for one in side.second.sent)
    assert [f"NV-{n:04}" in texts for n in range(1, 13)] == [True] * 12
    assert all(one.chat == "zalo-1" for one in side.second.attempts)


async def test_a_dead_chat_lets_the_message_be_made_for_what_the_other_takes(side: Side) -> None:
    await side.officer("telegram", "zalo")
    side.first.end_with(Refused(Reason.BLOCKED, "Forbidden"))
    await side.office.issue(PLAN)
    await side.office.settle()
    await side.later(0)
    assert await side.rows() == [("sent", "zalo")]
    assert not side.second.sent[0].message.choices
    row = select(outbox_table.c.text_sent).where(outbox_table.c.kind == "bundle")
    kept = await side.office.read(lambda unit: unit.conn.execute(row).scalar_one())
    assert kept == side.second.sent[0].message.text
