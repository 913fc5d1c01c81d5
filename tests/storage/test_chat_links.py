"""Short links as rows: whose they are when asked for, and that one is used once however many come at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from actions import links, offices
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.neutral import KEPT
from domain.people import Membership, Role
from storage import agencies, inbox, people
from storage import offices as office_rows
from storage.database import Database, Unit
from storage.schema import agencies as agency_rows
from storage.schema import chat_links, endpoints
from tests.storage.conftest import NOW

FILE = IncomingFile(f"{KEPT}{'a' * 64}", "a.pdf", "application/pdf", 9)


def begin(unit: Unit, *, known: bool) -> tuple[int, str]:
    """Return a chat, of an officer or of nobody known, and the key of an upload link for it."""
    offices.remember_address(unit, "https://songlam.example", NOW)
    chat = int(people.endpoint(unit, "zalo_bot", "x1", NOW).id)
    if known:
        values = {"code": "STP", "name": "Sở Tư pháp", "name_folded": "so tu phap", "level": "other"}
        unit.conn.execute(agency_rows.insert().values(**values, coordinating=False, created_at=NOW))
        person = people.add_person(unit, "Nguyễn Mẫu An", "", "", NOW)
        agency = agencies.id_of(unit, "STP")
        assert agency is not None
        people.seat(unit, person, agency, Role.OFFICER, Membership.ACTIVE, NOW)
        people.bind_endpoint(unit, chat, person)
    return chat, key_of(links.upload(unit, chat, NOW))


def key_of(address: str | None) -> str:
    assert address is not None
    return address.removeprefix("https://songlam.example/l/")


@pytest.mark.parametrize("known", [False, True])
def test_a_file_comes_in_once_for_the_chat_however_many_send_it(database: Database, *, known: bool) -> None:
    _, key = database.run_now(lambda unit: begin(unit, known=known))

    def send(_: int) -> bool:
        try:
            database.run_now(lambda unit: links.take_file(unit, key, FILE, "ghi chú", NOW))
        except ActRefused:
            return False
        return True

    with ThreadPoolExecutor(6) as many:
        assert sorted(many.map(send, range(6))) == [False] * 5 + [True]
    row = database.run_now(inbox_row)
    assert (row.channel, row.chat) == ("zalo_bot", "x1")
    assert row.payload["file"]["reference"] == FILE.reference


def inbox_row(unit: Unit) -> inbox.Waiting:
    (only,) = inbox.next_waiting(unit, 10, NOW)
    return only


@pytest.mark.parametrize("known", [False, True])
def test_it_is_worth_what_its_chat_is_worth_now(database: Database, *, known: bool) -> None:
    chat, key = database.run_now(lambda unit: begin(unit, known=known))
    assert database.run_now(lambda unit: links.opened(unit, key, NOW)).endpoint_id == chat
    changes = ({"state": "dead"}, {"state": "open", "person_id": None if known else stranger(database)})
    for change in changes:
        database.run_now(lambda unit, change=change: unit.conn.execute(update(endpoints).values(change)))  # type: ignore[misc]
        with pytest.raises(ActRefused):
            database.run_now(lambda unit: links.opened(unit, key, NOW))


def stranger(database: Database) -> int:
    return database.run_now(lambda unit: people.add_person(unit, "Lê Mẫu Chi", "", "", NOW))


def test_its_last_moment_is_the_one_before_its_end(database: Database) -> None:
    _, key = database.run_now(lambda unit: begin(unit, known=False))
    end = NOW + timedelta(hours=24)
    assert database.run_now(lambda unit: links.opened(unit, key, end - timedelta(seconds=1)))
    with pytest.raises(ActRefused):
        database.run_now(lambda unit: links.opened(unit, key, end))


def test_the_office_sets_how_long(database: Database) -> None:
    chat, _ = database.run_now(lambda unit: begin(unit, known=False))
    database.run_now(lambda unit: set_hours(unit, 2))
    key = key_of(database.run_now(lambda unit: links.upload(unit, chat, NOW)))
    found = database.run_now(lambda unit: links.opened(unit, key, NOW))
    assert found.expires_at == NOW + timedelta(hours=2)


def set_hours(unit: Unit, hours: int) -> None:
    office_rows.set_setting(unit, links.UPLOAD_SETTING, hours, NOW)


def test_a_newer_link_ends_the_one_before_of_the_same_chat_and_purpose(database: Database) -> None:
    chat, first = database.run_now(lambda unit: begin(unit, known=False))
    detail = key_of(database.run_now(lambda unit: links.answer(unit, chat, [], NOW)))
    other = database.run_now(lambda unit: int(people.endpoint(unit, "zalo_bot", "x2", NOW).id))
    beside = key_of(database.run_now(lambda unit: links.upload(unit, other, NOW)))
    second = key_of(database.run_now(lambda unit: links.upload(unit, chat, NOW)))
    with pytest.raises(ActRefused):
        database.run_now(lambda unit: links.opened(unit, first, NOW))
    for key in (second, detail, beside):
        assert database.run_now(lambda unit, key=key: links.opened(unit, key, NOW))  # type: ignore[misc]
    kept = database.run_now(lambda unit: unit.conn.execute(chat_links.select()).all())
    assert all(key not in str(kept) for key in (first, second, detail, beside))
