"""Chains of tokens and the ledger of uses, alike on both databases."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from actions import people, tokens, uses
from domain.errors import ActRefused
from domain.people import Role
from domain.tokens import LEASE, Finding, Pair, Sought
from storage import people as people_rows
from storage import tokens as chains
from storage.database import Database, Unit
from storage.views import uses as use_views
from storage.views import watch
from storage.views.office import etiquette
from tests.office import Office
from tests.storage.conftest import NOW

OA = "zalo_oa"
PAIR = Pair("access-2-secret", "refresh-2-secret", NOW + timedelta(hours=25))


def needs_operator(unit: Unit) -> bool:
    return watch.facts(unit, etiquette(unit), NOW).reauthorise


def test_of_many_who_ask_at_once_one_is_told_to(database: Database) -> None:
    found: list[Finding] = []

    def ask() -> None:
        found.append(database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW)).finding)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == [Finding.ASK, *[Finding.WAIT] * 7]


def test_the_pair_is_sealed_and_found_again(database: Database) -> None:
    database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW))
    database.run_now(lambda unit: tokens.renewed(unit, OA, "refresh-1-secret", PAIR, NOW))
    assert database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW)) == Sought(
        Finding.USE, PAIR.access, PAIR.expires_at
    )
    kept = database.run_now(lambda unit: unit.conn.execute(text("select value from channel_state")).scalars().all())
    assert "secret" not in "".join(kept)
    told = database.run_now(lambda unit: unit.conn.execute(text("select act, fields from audit order by id")).all())
    assert [row[0] for row in told][-2:] == ["tokens_begun", "tokens_renewed"]
    assert "secret" not in str(told)


def test_a_broken_chain_is_trouble_until_the_operator_begins_another(database: Database) -> None:
    assert not database.run_now(needs_operator)
    database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW - LEASE))
    assert database.run_now(needs_operator), "whoever asked has died"
    database.run_now(lambda unit: tokens.lost(unit, OA, "refresh-1-secret", NOW))
    assert database.run_now(needs_operator)
    database.run_now(lambda unit: tokens.refused(unit, OA, "refresh-1-secret", NOW))
    assert database.run_now(needs_operator)
    with pytest.raises(ActRefused):
        database.run_now(lambda unit: tokens.replace(unit, OA, "refresh-1-secret", NOW))
    database.run_now(lambda unit: tokens.replace(unit, OA, "refresh-9-secret", NOW))
    assert not database.run_now(needs_operator)
    found = database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW))
    assert found == Sought(Finding.ASK, "refresh-9-secret"), "what stands in the settings is an old one"


def test_an_unspent_token_may_be_asked_with_at_once(database: Database) -> None:
    database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW))
    database.run_now(lambda unit: tokens.unspent(unit, OA, "refresh-1-secret"))
    assert database.run_now(lambda unit: tokens.seek(unit, OA, "", "", NOW)).finding is Finding.ASK
    assert set(database.run_now(chains.every)) == {OA}


def test_how_we_stand_with_a_chat(database: Database) -> None:
    def prepare(unit: Unit) -> None:
        endpoint = people_rows.endpoint(unit, OA, "501", NOW)
        person = people_rows.add_person(unit, "Trần Mẫu Bình", "", "0900 000 123", NOW)
        people_rows.bind_endpoint(unit, endpoint.id, person)
        for kind in ("free", "package", "template"):
            uses.note(unit, OA, "501", kind, NOW - timedelta(hours=1))

    database.run_now(prepare)
    first = database.run_now(lambda unit: uses.standing(unit, OA, "501"))
    assert (first.heard_at, first.in_a_row, first.phone) == (None, 0, ""), "who holds no seat has no phone here"

    def act(unit: Unit) -> None:
        endpoint = people_rows.endpoint(unit, OA, "501", NOW)
        uses.heard(unit, endpoint.id, NOW)
        for kind in ("free", "package", "template", "template_refused"):
            uses.note(unit, OA, "501", kind, NOW + timedelta(minutes=1))
        uses.note(unit, OA, "502", "free", NOW + timedelta(minutes=1))

    database.run_now(act)
    second = database.run_now(lambda unit: uses.standing(unit, OA, "501"))
    assert (second.heard_at, second.in_a_row) == (NOW, 2)
    stranger = database.run_now(lambda unit: uses.standing(unit, OA, "nobody"))
    assert (stranger.heard_at, stranger.phone) == (None, "")


def test_an_official_s_phone_is_told_while_the_seat_is_held(office: Office) -> None:
    database = office.inner.db

    def seat(unit: Unit) -> None:
        row = people.Newcomer("STP", "Trần Mẫu Bình", "", "0900 000 123", Role.OFFICER)
        code = people.invite_person(unit, row, NOW).code
        endpoint = people_rows.endpoint(unit, OA, "501", NOW)
        people.join(unit, endpoint.id, None, code, "", NOW)

    database.run_now(seat)
    assert database.run_now(lambda unit: uses.standing(unit, OA, "501")).phone == "0900 000 123"
    database.run_now(lambda unit: unit.conn.execute(text("update memberships set state = 'ended'")))
    assert database.run_now(lambda unit: uses.standing(unit, OA, "501")).phone == ""


def test_figures_of_day_and_month_and_forgetting(database: Database) -> None:
    def fill(unit: Unit) -> None:
        for kind, at in (("free", NOW), ("free", NOW - timedelta(days=1)), ("template", NOW - timedelta(days=3))):
            uses.note(unit, OA, "501", kind, at)
        uses.note(unit, OA, "501", "free", NOW - timedelta(days=40))

    database.run_now(fill)
    figures = database.run_now(lambda unit: use_views.figures(unit, NOW))
    assert [(one.kind, one.today, one.month) for one in figures] == [("free", 1, 2), ("template", 0, 1)]
    database.run_now(lambda unit: uses.forget_old(unit, NOW + timedelta(days=31)))
    left = database.run_now(lambda unit: unit.conn.execute(text("select count(*) from channel_uses")).scalar())
    assert left == 3


def test_copies_are_found_by_their_address_which_stands_nowhere(database: Database) -> None:
    address = "https://f1.zdn.vn/a/b/45-KH.pdf"
    database.run_now(lambda unit: uses.note_copy(unit, OA, address, "0" * 64, NOW))
    assert database.run_now(lambda unit: uses.copy_of(unit, OA, address)) == "0" * 64
    assert database.run_now(lambda unit: uses.copy_of(unit, OA, address + "x")) == ""
    rows = database.run_now(lambda unit: unit.conn.execute(text("select key from channel_state")).scalars().all())
    assert "zdn" not in "".join(rows)


def test_a_restored_office_gives_its_tokens_up(database: Database) -> None:
    database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW))
    database.run_now(lambda unit: tokens.renewed(unit, OA, "refresh-1-secret", PAIR, NOW))
    database.run_now(lambda unit: tokens.forsake(unit, NOW))
    assert database.run_now(lambda unit: tokens.seek(unit, OA, "refresh-1-secret", "", NOW)) == Sought(Finding.BROKEN)
    assert database.run_now(needs_operator)
    database.run_now(lambda unit: tokens.replace(unit, OA, "refresh-9-secret", NOW))
    assert database.run_now(lambda unit: tokens.seek(unit, OA, "", "", NOW)).finding is Finding.ASK
