"""Group chats in both databases: bound and let go, codes used once, a summary said once, moved with all they have."""

from datetime import timedelta

from sqlalchemy import insert, select

from domain.people import Membership, Role
from storage import endpoints as moves
from storage import groups, inbox, outbox, people
from storage.database import Database, Unit
from storage.schema import agencies, endpoints
from storage.schema import outbox as outbox_rows
from storage.views import menus, threads
from tests.storage.conftest import NOW

DAY = NOW.date()
HOUR = timedelta(hours=1)


def _agency(unit: Unit, code: str = "STP") -> int:
    values = {
        "code": code,
        "name": f"Sở {code}",
        "name_folded": code,
        "level": "x",
        "coordinating": False,
        "created_at": NOW,
    }
    return int(unit.conn.execute(insert(agencies).values(values).returning(agencies.c.id)).scalar_one())


def _bound(unit: Unit, chat: str = "-5") -> int:
    endpoint_id = int(people.endpoint(unit, "telegram", chat, NOW).id)
    groups.bind(unit, endpoint_id, _agency(unit, f"A{chat}"), "Nhóm Năm")
    return endpoint_id


def test_a_group_is_bound_renamed_and_let_go(database: Database) -> None:
    def work(unit: Unit) -> None:
        endpoint_id = _bound(unit)
        groups.rename(unit, endpoint_id, "Nhóm Sáu")
        known = groups.bound(unit, endpoint_id)
        assert known is not None
        assert (known.agency, known.title, known.summary) == ("Sở A-5", "Nhóm Sáu", False)
        assert [one.id for one in groups.of_agencies(unit, [known.agency_id])] == [endpoint_id]
        assert groups.unbind(unit, endpoint_id)
        assert not groups.unbind(unit, endpoint_id)
        assert groups.bound(unit, endpoint_id) is None

    database.run_now(work)


def test_a_code_works_once_and_for_an_hour(database: Database) -> None:
    def work(unit: Unit) -> None:
        agency_id = _agency(unit)
        code_id = groups.add_code(unit, "h" * 64, agency_id, NOW, HOUR)
        found = groups.usable_code(unit, "h" * 64, NOW)
        assert found is not None
        assert (found.id, found.agency_id) == (code_id, agency_id)
        assert groups.usable_code(unit, "h" * 64, NOW + HOUR) is None
        assert groups.usable_code(unit, "x" * 64, NOW) is None
        assert groups.use_code(unit, code_id, NOW)
        assert not groups.use_code(unit, code_id, NOW)
        assert groups.usable_code(unit, "h" * 64, NOW) is None

    database.run_now(work)


def test_a_summary_is_said_once_a_day_whoever_sweeps(database: Database) -> None:
    """The second sweep of a process that was killed, or of another one, finds the row of the first."""

    def first(unit: Unit) -> int:
        endpoint_id = _bound(unit)
        assert not groups.wants_summary(unit)
        groups.switch_summary(unit, endpoint_id, on=True)
        assert groups.wants_summary(unit)
        assert [one.id for one in groups.without_summary(unit, DAY)] == [endpoint_id]
        assert groups.say_once(unit, groups.summary_key(endpoint_id, DAY), endpoint_id, {"text": "một"}, NOW)
        return endpoint_id

    endpoint_id = database.run_now(first)

    def second(unit: Unit) -> None:
        assert groups.without_summary(unit, DAY) == []
        assert [one.id for one in groups.without_summary(unit, DAY + timedelta(days=1))] == [endpoint_id]
        assert not groups.say_once(unit, groups.summary_key(endpoint_id, DAY), endpoint_id, {"text": "hai"}, NOW)
        assert unit.conn.execute(select(outbox_rows.c.message)).scalars().all() == [{"text": "một"}]

    database.run_now(second)


def test_a_group_takes_all_it_has_to_its_new_address(database: Database) -> None:
    def work(unit: Unit) -> None:
        old, new = _bound(unit), int(people.endpoint(unit, "telegram", "-1005", NOW).id)
        groups.switch_summary(unit, old, on=True)
        assert moves.move(unit, old, "-1005") == new
        known = groups.bound(unit, new)
        assert known is not None
        assert (known.agency, known.title, known.summary) == ("Sở A-5", "Nhóm Năm", True)
        assert groups.bound(unit, old) is None
        rows = unit.conn.execute(select(endpoints.c.state, endpoints.c.summary).where(endpoints.c.id == old))
        assert [tuple(row) for row in rows] == [("dead", False)]

    database.run_now(work)


def test_the_latest_answer_of_a_chat(database: Database) -> None:
    def work(unit: Unit) -> None:
        chat = int(people.endpoint(unit, "telegram", "1", NOW).id)

        def latest(name: str) -> bool:
            return threads.is_latest_answer(unit, chat, name)

        def say(key: str, kind: str = "reply", replaces: str = "") -> int:
            kept = {"text": key} | ({"replaces": replaces} if replaces else {})
            return outbox.add(unit, key, kind, outbox.REPLY, chat, NOW, message=kept)

        assert not latest("10")
        first = say("in:1:1")
        assert not latest(""), "it has no name yet"
        outbox.sent(unit, {first: "10"}, NOW)
        assert latest("10")
        outbox.sent(unit, {say("bundle:1", "bundle"): "11"}, NOW)
        assert latest("10"), "a notice is no answer"
        assert not latest("11")
        change = say("in:2:1", replaces="10")
        assert latest("10"), "what is about to take its place counts as it"
        outbox.sent(unit, {change: "10"}, NOW)
        assert latest("10")
        outbox.sent(unit, {say("in:3:1"): "12", say("in:3:2"): "13"}, NOW)
        assert not latest("10")
        assert not latest("13"), "the end of a longer one"

    database.run_now(work)


def test_whose_menus_there_should_be(database: Database) -> None:
    def work(unit: Unit) -> None:
        agency_id = _agency(unit)
        for chat, roles in (("1", (Role.OFFICER, Role.HEAD)), ("2", (Role.COORDINATOR,)), ("3", ())):
            person_id = people.add_person(unit, f"Người {chat}", "", "", NOW)
            people.bind_endpoint(unit, people.endpoint(unit, "telegram", chat, NOW).id, person_id)
            for role in roles:
                people.seat(unit, person_id, agency_id, role, Membership.ACTIVE, NOW)
        assert menus.roles_by_chat(unit, "telegram") == {
            "1": frozenset({Role.OFFICER, Role.HEAD}),
            "2": frozenset({Role.COORDINATOR}),
        }
        assert menus.roles_by_chat(unit, "zalo_bot") == {}
        inbox.remember(unit, "telegram", "menu:1", "abc")
        inbox.remember(unit, "telegram", "offset", "7")
        assert menus.noted(unit, "telegram") == {"1": "abc"}

    database.run_now(work)
