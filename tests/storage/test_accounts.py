"""Accounts, their order, hours and codes: alike on both databases."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from actions import accounts as actions
from actions import detours
from actions.people import SAME_ANSWER
from domain.accounts import CODE_LIFE, CODES
from domain.errors import ActRefused
from domain.hearing import ALWAYS, Hearing
from domain.local import today
from domain.notices import Kind
from domain.people import Role
from storage import accounts, notices, outbox, people
from storage.database import Database, Unit
from storage.schema import endpoints
from storage.views import accounts as views
from tests.office import START, Office
from tests.storage.conftest import NOW
from tests.storage.test_detours import DAY


def person_with(unit: Unit, name: str, *channels: str) -> tuple[int, list[int]]:
    """Write a person with a chat on each channel; return both ids."""
    person = people.add_person(unit, name, "", "", NOW)
    chats = [int(people.endpoint(unit, channel, f"{channel}-{name}", NOW).id) for channel in channels]
    for chat in chats:
        people.bind_endpoint(unit, chat, person)
    return person, chats


def order(unit: Unit, person: int) -> list[int]:
    return [row.id for row in people.open_endpoints(unit, person)]


def test_the_order_is_the_persons_own_with_mail_last(database: Database) -> None:
    def work(unit: Unit) -> None:
        person, (mail, web, phone) = person_with(unit, "a", "email", "web", "telegram")
        other, (theirs,) = person_with(unit, "b", "web")
        assert order(unit, person) == [web, phone, mail]
        accounts.put_first(unit, person, phone)
        assert order(unit, person) == [phone, web, mail]
        accounts.put_first(unit, person, mail)
        assert order(unit, person) == [mail, phone, web]
        accounts.put_first(unit, person, theirs)
        assert order(unit, person) == [mail, phone, web]
        assert people.first_chats(unit, [person, other]) == {person: mail, other: theirs}
        people.mark_endpoint(unit, mail, dead=True, reason="gone", now=NOW)
        assert people.first_chats(unit, [person]) == {person: phone}
        assert [(one.id, one.is_open) for one in accounts.of_person(unit, person)] == [
            (mail, False),
            (phone, True),
            (web, True),
        ]

    database.run_now(work)


def test_a_refused_message_goes_down_the_order_and_never_back(database: Database) -> None:
    def work(unit: Unit) -> None:
        person, (first, second, third) = person_with(unit, "a", "web", "telegram", "zalo_bot")
        accounts.put_first(unit, person, third)
        row = outbox.add(unit, "bundle:1", "bundle", outbox.NOTICE, third, NOW, person_id=person, business_day=DAY)
        notices.add(unit, person, "event:1", Kind.CONFIRMED, NOW, role=Role.OFFICER)
        for expected in (first, second):
            detours.refused(unit, outbox.get(unit, row), NOW)
            assert outbox.get(unit, row).endpoint_id == expected
        detours.refused(unit, outbox.get(unit, row), NOW)
        assert outbox.get(unit, row).state == "failed"

    database.run_now(work)


def test_hours_are_kept_and_their_beginnings_told_where_something_waits(database: Database) -> None:
    def work(unit: Unit) -> None:
        early, _ = person_with(unit, "a", "web")
        late, _ = person_with(unit, "b", "web")
        never, _ = person_with(unit, "c", "web")
        assert accounts.hearing_of(unit, early) == ALWAYS
        accounts.set_hearing(unit, early, Hearing(480, 990))
        accounts.set_hearing(unit, late, Hearing(opens=540))
        assert accounts.hearings(unit, [early, never]) == {early: Hearing(480, 990)}
        assert accounts.hearings(unit, []) == {}
        assert views.openings(unit) == []
        for person in (early, late, never):
            notices.add(unit, person, "event:1", Kind.CONFIRMED, NOW, role=Role.OFFICER)
        assert views.openings(unit) == [480, 540]
        accounts.set_hearing(unit, late, ALWAYS)
        assert views.of_person(unit, late).hearing == ALWAYS

    database.run_now(work)


def test_a_code_works_once_in_its_time_and_the_newest_only(database: Database) -> None:
    def work(unit: Unit) -> None:
        person, (chat, other) = person_with(unit, "a", "web", "telegram")
        old = accounts.add_code(unit, "old", person, NOW, CODE_LIFE)
        accounts.end_codes(unit, person, NOW)
        accounts.add_code(unit, "new", person, NOW, CODE_LIFE)
        assert accounts.usable_code(unit, "old", NOW) is None
        assert not accounts.use_code(unit, old, other, NOW)
        found = accounts.usable_code(unit, "new", NOW)
        assert found is not None
        assert accounts.usable_code(unit, "new", NOW + CODE_LIFE) is None
        assert accounts.use_code(unit, found.id, other, NOW + timedelta(minutes=1))
        assert not accounts.use_code(unit, found.id, chat, NOW + timedelta(minutes=2))
        assert accounts.codes_since(unit, person, NOW - timedelta(hours=1)) == 2
        newest = accounts.newest_joined(unit, person, chat)
        assert newest is not None
        assert newest.id == other
        assert accounts.newest_joined(unit, person, other) is None
        joined = {one.id: one.since for one in accounts.of_person(unit, person)}
        assert joined[other] == NOW + timedelta(minutes=1)

    database.run_now(work)


def test_a_removal_and_a_refused_request_end_the_codes_of_their_person_alone(database: Database) -> None:
    def work(unit: Unit) -> None:
        person, (chat, other) = person_with(unit, "a", "web", "telegram")
        stranger, _ = person_with(unit, "b", "web")
        accounts.add_code(unit, "theirs", stranger, NOW, CODE_LIFE)
        viewer = people.viewer(unit, person, today(NOW))
        accounts.add_code(unit, "before", person, NOW, CODE_LIFE)
        actions.leave(unit, viewer, other, chat, NOW)
        assert accounts.usable_code(unit, "before", NOW) is None
        for at in range(CODES - 1):
            accounts.add_code(unit, f"code-{at}", person, NOW, CODE_LIFE)
        with pytest.raises(ActRefused, match="quá nhiều mã"):
            actions.give_code(unit, viewer, NOW)
        assert not any(accounts.usable_code(unit, f"code-{at}", NOW) for at in range(CODES - 1))
        assert accounts.usable_code(unit, "theirs", NOW) is not None

    database.run_now(work)


def test_a_code_that_a_chat_shows_ends_however_it_stands_there(database: Database) -> None:
    def work(unit: Unit) -> None:
        person, (chat,) = person_with(unit, "a", "web")
        viewer = people.viewer(unit, person, today(NOW))
        for form in ("{}", "/lienket {}", "mã: {}.", "https://t.me/ThuBot?start={}", "https://a.example/chat#{}"):
            code = actions.give_code(unit, viewer, NOW).code
            assert not actions.end_exposed(unit, chat, form.format(f"{code}X"), NOW)
            assert actions.end_exposed(unit, chat, form.format(code.lower()), NOW), form
            assert not actions.end_exposed(unit, chat, form.format(code), NOW), "it is ended but once"

    database.run_now(work)


@pytest.mark.anyio
async def test_of_two_chats_with_one_code_at_the_same_time_one_wins(office: Office) -> None:
    def prepared(unit: Unit) -> tuple[str, list[int]]:
        person, _ = person_with(unit, "a", "web")
        viewer = people.viewer(unit, person, today(START))
        rivals = [int(people.endpoint(unit, "web", f"rival-{at}", START).id) for at in range(4)]
        return actions.give_code(unit, viewer, START).code, rivals

    code, rivals = await office.run(prepared)
    tries = [office.run(partial(actions.join, endpoint_id=one, code=code, now=START)) for one in rivals]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    lost = [one for one in answers if isinstance(one, BaseException)]
    assert len(lost) == len(rivals) - 1
    assert {one.sentence for one in lost if isinstance(one, ActRefused)} == {SAME_ANSWER}
    bound = select(endpoints.c.id).where(endpoints.c.id.in_(rivals), endpoints.c.person_id.is_not(None))
    assert len(await office.read(lambda unit: unit.conn.execute(bound).all())) == 1
