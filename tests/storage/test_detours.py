"""What becomes of messages that did not leave, of chats that move, and of alarms: alike on both databases."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import alarms as alarm_actions
from actions import detours as actions
from domain.delivery import State
from domain.notices import Kind
from domain.people import Role
from domain.watch import Alarm, Trouble
from storage import alarms, detours, endpoints, notices, offices, outbox, people
from storage.database import Database, Unit
from storage.schema import endpoints as endpoint_table
from storage.schema import notices as notice_table
from storage.schema import outbox as outbox_table
from storage.views import office as office_views
from tests.office import START
from tests.storage.conftest import NOW

DAY = date(2026, 1, 12)


def _bundle(unit: Unit, name: str, day: date | None = DAY, **values: Any) -> int:
    """Write a message of one notice to a person on two channels, and return its id."""
    person = people.add_person(unit, name, "", "", NOW)
    for channel in ("telegram", "zalo"):
        chat = people.endpoint(unit, channel, f"{channel}-{name}", NOW)
        people.bind_endpoint(unit, chat.id, person)
    first = people.open_endpoints(unit, person)[0]
    row = outbox.add(
        unit, f"bundle:{person}:{DAY}:1", "bundle", outbox.NOTICE, first.id, NOW, person_id=person, business_day=day
    )
    notices.add(unit, person, "event:1", Kind.CONFIRMED, NOW, role=Role.OFFICER)
    found = unit.conn.execute(select(notice_table.c.id).where(notice_table.c.person_id == person)).scalars()
    notices.attach(unit, list(found), row)
    outbox.change(unit, row, **{"state": State.WAITING.value, **values})
    return row


def _states(unit: Unit) -> dict[int, str]:
    return {row[0]: row[1] for row in unit.conn.execute(select(outbox_table.c.id, outbox_table.c.state))}


def test_what_certainly_did_not_leave_is_taken_back_with_its_notices(database: Database) -> None:
    def work(unit: Unit) -> None:
        old = _bundle(unit, "a", DAY - timedelta(days=1), message={"text": "x", "choices": []}, attempts=1)
        rest = outbox.add(unit, outbox.get(unit, old).key + ":2", "bundle", 1, 1, NOW, message={"text": "y"})
        today = _bundle(unit, "b")
        unsure = _bundle(unit, "c", DAY - timedelta(days=1), unknowns=1)
        assert actions.take_back(unit, DAY) == 1
        assert _states(unit) == {old: "cancelled", today: "waiting", unsure: "waiting"}, rest
        free = select(notice_table.c.id).where(notice_table.c.state == "waiting", notice_table.c.outbox_id.is_(None))
        assert len(unit.conn.execute(free).all()) == 1
        assert actions.take_back(unit, None) == 1
        assert _states(unit)[unsure] == "waiting"

    database.run_now(work)


def test_only_what_waits_on_a_silent_channel_is_moved(database: Database) -> None:
    later = NOW + timedelta(hours=9)

    def work(unit: Unit) -> None:
        offices.set_setting(unit, actions.FALLBACK_HOURS, 4, NOW)
        stuck, unsure = _bundle(unit, "a"), _bundle(unit, "b", unknowns=1)
        etiquette = office_views.etiquette(unit)
        assert actions.pass_over_silent_channels(unit, etiquette, NOW + timedelta(hours=1)) == 0
        assert detours.channels_with_stuck(unit, later) == ["telegram"]
        assert actions.pass_over_silent_channels(unit, etiquette, later) == 1
        channel = (
            select(endpoint_table.c.channel)
            .join(outbox_table, outbox_table.c.endpoint_id == endpoint_table.c.id)
            .order_by(outbox_table.c.id)
        )
        assert list(unit.conn.execute(channel).scalars()) == ["zalo", "telegram"]
        assert outbox.get(unit, stuck).message is None
        assert outbox.get(unit, unsure).state == State.WAITING
        soon = later + timedelta(seconds=20)
        assert actions.pass_over_silent_channels(unit, etiquette, soon) == 0, "not to and fro"
        offices.set_setting(unit, actions.FALLBACK_HOURS, 0, NOW)
        assert actions.pass_over_silent_channels(unit, etiquette, later + timedelta(days=9)) == 0

    database.run_now(work)


def test_what_a_wrong_clock_put_off_is_hastened_by_lane(database: Database) -> None:
    def work(unit: Unit) -> None:
        far, near = _bundle(unit, "a"), _bundle(unit, "b")
        outbox.change(unit, far, not_before=NOW + timedelta(days=1))
        outbox.change(unit, near, not_before=NOW + timedelta(minutes=9))
        detours.hasten(unit, [outbox.REPLY], NOW + timedelta(hours=1), NOW)
        assert outbox.get(unit, far).not_before == NOW + timedelta(days=1)
        detours.hasten(unit, [outbox.NOTICE], NOW + timedelta(hours=1), NOW)
        assert outbox.get(unit, far).not_before == NOW
        assert outbox.get(unit, near).not_before == NOW + timedelta(minutes=9)

    database.run_now(work)


@pytest.mark.parametrize("known", ["nobody", "a stranger", "somebody"])
def test_a_chat_that_moves_is_one_chat_still(database: Database, known: str) -> None:
    def work(unit: Unit) -> None:
        row = _bundle(unit, "a")
        old = outbox.get(unit, row).endpoint_id
        other = None
        if known != "nobody":
            other = people.endpoint(unit, "telegram", "-100", NOW).id
            people.mark_endpoint(unit, other, dead=True, reason="kicked", now=NOW)
        if known == "somebody":
            people.bind_endpoint(unit, other or 0, people.add_person(unit, "b", "", "", NOW))
        new = endpoints.move(unit, old, "-100")
        assert new == (other or old)
        assert outbox.get(unit, row).endpoint_id == new
        there = unit.conn.execute(select(endpoint_table).where(endpoint_table.c.id == new)).one()
        assert (there.chat, there.state, there.person_id is not None) == ("-100", "open", True)
        if other is not None:
            gone = unit.conn.execute(select(endpoint_table).where(endpoint_table.c.id == old)).one()
            assert (gone.state, gone.reason) == ("dead", endpoints.MOVED)
        assert endpoints.move(unit, new, "-100") == new

    database.run_now(work)


def _settle(minutes: int, *troubles: Trouble) -> Callable[[Unit], list[alarm_actions.Standing]]:
    return lambda unit: alarm_actions.settle(unit, troubles, START + timedelta(minutes=minutes))


def test_an_alarm_stands_until_it_is_well_and_keeps_who_was_told(database: Database) -> None:
    two, three = Trouble(Alarm.REPLIES, {"count": 2}), Trouble(Alarm.REPLIES, {"count": 3})
    telegram = Trouble(Alarm.ACCOUNT, {"channel": "telegram"}, "telegram")
    (first,) = database.run_now(_settle(0, two))
    assert (first.fresh, first.told) == (True, {})
    database.run_now(lambda unit: alarm_actions.told(unit, first.id, ["url"], START))
    again, other = database.run_now(_settle(1, three, telegram))
    assert (again.id, again.fresh, set(again.told)) == (first.id, False, {"url"})
    assert again.said.startswith("3 tin")
    assert other.name == "account:telegram"
    assert database.run_now(_settle(2)) == []
    (back,) = database.run_now(_settle(30, two))
    assert (back.id, set(back.told)) == (first.id, {"url"})
    database.run_now(_settle(31))
    (new,) = database.run_now(_settle(120, two))
    assert (new.id != first.id, new.fresh, new.told) == (True, True, {})
    assert len(database.run_now(lambda unit: alarms.by_ids(unit, [first.id, new.id]))) == 2
