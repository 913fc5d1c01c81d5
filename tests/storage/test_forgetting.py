"""What has had its time is removed, so many at once, and nothing else; alike on both databases."""

from datetime import timedelta

from sqlalchemy import text

from actions import forgetting, uses
from domain.tokens import Chain
from scheduler.sweep import upkeep
from storage import accounts, chat_links, people
from storage import tokens as chains
from storage.database import Database, Unit
from tests.storage.conftest import NOW

OA = "zalo_oa"
LONG_AGO = NOW - timedelta(days=60)
LIFE = timedelta(days=1)
RIPE = NOW - forgetting.KEPT - LIFE
"""A link, code or copy of this moment has had its time just now, and is still there."""


def left(database: Database, query: str) -> list[str]:
    return sorted(database.run_now(lambda unit: unit.conn.execute(text(query)).scalars().all()))


def test_links_that_expired_long_ago_go_so_many_at_once(database: Database) -> None:
    def fill(unit: Unit) -> None:
        chat = people.endpoint(unit, "zalo_bot", "x1", LONG_AGO).id
        for number in range(5):
            chat_links.add(unit, f"old{number}", "task", chat, LONG_AGO, LONG_AGO + LIFE)
        chat_links.add(unit, "on the day", "task", chat, RIPE, RIPE + LIFE)
        chat_links.add(unit, "good", "task", chat, LONG_AGO, NOW + LIFE)

    database.run_now(fill)
    assert database.run_now(lambda unit: forgetting.forget(unit, NOW, most=3)) == 3
    assert left(database, "select token_hash from chat_links") == ["good", "old3", "old4", "on the day"]
    database.run_now(lambda unit: upkeep(unit, NOW))
    assert left(database, "select token_hash from chat_links") == ["good", "on the day"]
    database.run_now(lambda unit: upkeep(unit, NOW + timedelta(seconds=1)))
    assert left(database, "select token_hash from chat_links") == ["good"]


def test_a_code_stays_while_the_account_it_joined_is_that_person_s(database: Database) -> None:
    def fill(unit: Unit) -> tuple[int, int]:
        person = people.add_person(unit, "Nguyễn Mẫu An", "", "", LONG_AGO)
        chat = int(people.endpoint(unit, "telegram", "a1", LONG_AGO).id)
        people.bind_endpoint(unit, chat, person)
        accounts.add_code(unit, "unused", person, LONG_AGO, LIFE)
        used = accounts.add_code(unit, "used", person, LONG_AGO, LIFE)
        assert accounts.use_code(unit, used, chat, LONG_AGO + timedelta(minutes=1))
        accounts.add_code(unit, "good", person, NOW, LIFE)
        return person, chat

    person, chat = database.run_now(fill)
    database.run_now(lambda unit: upkeep(unit, NOW))
    assert left(database, "select code_hash from account_codes") == ["good", "used"]
    (account,) = database.run_now(lambda unit: accounts.of_person(unit, person))
    assert account.since == LONG_AGO + timedelta(minutes=1)
    database.run_now(lambda unit: unit.conn.execute(text(f"update endpoints set person_id = null where id = {chat}")))
    database.run_now(lambda unit: upkeep(unit, NOW))
    assert left(database, "select code_hash from account_codes") == ["good"]


def test_copies_that_were_long_read_are_forgotten_and_nothing_else_a_channel_keeps(database: Database) -> None:
    def fill(unit: Unit) -> None:
        chains.keep(unit, OA, chains.hold(unit, OA))
        people.endpoint(unit, OA, "501", LONG_AGO)
        for number in range(3):
            uses.note_copy(unit, OA, f"https://f1.zdn.vn/{number}", "0" * 64, LONG_AGO + number * LIFE)
        uses.note_copy(unit, OA, "https://f1.zdn.vn/new", "f" * 64, NOW - timedelta(days=29))

    database.run_now(fill)
    assert database.run_now(lambda unit: forgetting.forget(unit, NOW, most=2)) == 2
    assert database.run_now(lambda unit: uses.copy_of(unit, OA, "https://f1.zdn.vn/2")) == "0" * 64
    database.run_now(lambda unit: upkeep(unit, NOW))
    assert database.run_now(lambda unit: uses.copy_of(unit, OA, "https://f1.zdn.vn/2")) == ""
    assert database.run_now(lambda unit: uses.copy_of(unit, OA, "https://f1.zdn.vn/new")) == "f" * 64
    assert database.run_now(chains.every) == {OA: Chain()}
