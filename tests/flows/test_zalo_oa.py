"""An office on Zalo: from the first follow to a confirmed report, and what happens when the window or the tokens go."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from actions import offices, tokens
from app.watching import Gauges, watcher
from channels.webchat import NAME as WEB
from channels.zalo_oa_updates import NAME
from domain.delivery import Delivered
from domain.outgoing import Message
from domain.people import Role
from domain.tokens import LEASE, Finding
from storage import people as people_rows
from storage.views import proof
from tests.emulators.zalo_oa_push import HEADER, signature, written
from tests.flows.story import at
from tests.flows.zalo_oa_side import HERE, Person, ZaloOa, zalo_oa_office
from tests.office import Chat, Row

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/01/2026", "Kế hoạch"),
    Row("Báo cáo kết quả rà soát", "Sở Tư pháp", "Trước ngày 28/02/2026", "Báo cáo"),
)
FIRST, SECOND = "NV-0001", "NV-0002"
ZNS = {"ZALO_ZNS_TEMPLATE": "7711"}


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[ZaloOa]:
    async with zalo_oa_office(tmp_path) as opened:
        yield opened


@pytest.fixture
async def coordinator(side: ZaloOa) -> Chat:
    return await side.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")


@pytest.fixture
async def officer(side: ZaloOa, coordinator: Chat) -> Person:
    """The one officer of Sở Tư pháp, who has been told of two tasks."""
    person = await side.officer("501", "STP", name="Trần Mẫu Bình")
    await side.office.issue(PLAN)
    await side.settle()
    return person


async def test_from_the_first_follow_to_a_confirmed_report(side: ZaloOa) -> None:
    coordinator = await side.officer("900", "VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    person = side.person("501")
    assert (await person.follows()).startswith("Kính chào ông/bà")
    asked = await person.says(await side.office.invite("STP", Role.OFFICER, "Trần Mẫu Bình"))
    assert asked.startswith("Xác nhận tham gia: Sở Tư pháp")
    assert person.labels() == ["Đúng, tham gia", "Không phải tôi"]
    assert (await person.presses("Đúng, tham gia")).startswith("Đã tham gia: Sở Tư pháp")
    await side.office.issue(PLAN)
    await side.settle()
    assert "2 việc mới được giao" in person.fresh()[-1].text

    listed = await person.says("viec")
    assert "2 việc" in listed.splitlines()[0]
    assert (await person.says("1")).startswith(f"{FIRST} · chưa nhận")
    await person.says(FIRST)
    await person.says("Đã xong")
    assert "Xác nhận" in await person.sends_file("45-KH-STP.pdf")
    await person.says("1")
    assert (await side.states())[FIRST] == "reported"

    await person.says(SECOND)
    for words in ("Xin gia hạn", "15/03/2026", "Chờ số liệu của các xã", "gửi sau"):
        await person.says(words)
    await person.presses("Gửi đề nghị gia hạn")
    assert (await side.states())[SECOND] == "extension_requested"

    await side.office.advance(at(13, 1, 9))
    coordinator.fresh()
    await coordinator.says(FIRST)
    await coordinator.says("Xác nhận hoàn thành")
    assert (await side.states())[FIRST] == "confirmed"


async def test_a_stranger_who_follows_is_greeted_once_and_an_official_is_not(side: ZaloOa, officer: Person) -> None:
    stranger = side.person("7")
    assert "phananh" in await stranger.follows()
    await stranger.unfollows()
    assert await stranger.follows() == ""
    assert await officer.follows() == ""


async def test_unfollowing_closes_the_chat_and_the_next_words_open_it(side: ZaloOa, officer: Person) -> None:
    await officer.unfollows()
    assert ("zalo_oa", "dead") in await side.facts("select channel, state from endpoints")
    assert (await officer.says("viec")).startswith("Việc của Sở Tư pháp")
    assert ("zalo_oa", "open") in await side.facts("select channel, state from endpoints")


async def test_a_button_pressed_weeks_later_still_opens_its_task(side: ZaloOa, officer: Person) -> None:
    await officer.says("viec")
    side.office.clock.tick(timedelta(days=20).total_seconds())
    assert (await officer.presses(f"{FIRST} ·")).startswith(FIRST)


async def test_received_and_seen_are_proof_of_notice(side: ZaloOa, officer: Person, coordinator: Chat) -> None:
    told = officer.messages[-1].message_id
    side.office.clock.tick(60)
    side.api.world.received(told)
    await side.take_in()
    side.office.clock.tick(60)
    side.api.world.sees(told)
    side.api.world.echoes(told)
    await side.take_in()
    await side.take_in()
    assert await side.facts("select kind from receipts order by id") == [("received",), ("seen",)]
    assert await side.facts("select count(*) from endpoints where channel = 'zalo_oa'") == [(1,)]
    found = await side.office.read(lambda unit: proof.of_assignment(unit, FIRST, side.office.clock().date()))
    telling = next(one for one in found.tellings if one.channel == NAME)
    assert (telling.received_at, telling.viewed_at) == (at(12, 1, 8, 1), at(12, 1, 8, 2))
    await coordinator.say(FIRST)
    shown = "\n".join(one.text for one in await coordinator.press("Đã thông báo những gì?"))
    assert "đã nhận lúc 08:01" in shown
    assert "đã xem tin lúc 08:02" in shown


async def test_receipts_of_others_mean_nothing(side: ZaloOa, officer: Person) -> None:
    told = officer.messages[-1].message_id
    event = side.api.world.sees(told)
    event["recipient"]["id"] = "502"
    event["message"]["msg_ids"] = ["m-unknown", told]
    await side.take_in()
    assert await side.facts("select count(*) from receipts") == [(0,)]


async def test_outside_the_window_a_template_then_the_next_channel(tmp_path: Path) -> None:
    async with zalo_oa_office(tmp_path, ZNS) as side:
        await side.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
        officer = await side.officer("501", "STP", name="Trần Mẫu Bình")
        side.api.world.user("501").phone = "84900000123"
        side.api.world.templates["7711"] = frozenset({"so_viec", "ma_viec", "han", "duong_dan"})
        await side.office.run(lambda unit: offices.remember_address(unit, HERE, side.office.clock()))
        await side.office.advance(at(21, 1, 9))
        await side.office.issue(PLAN)
        await side.settle()
        assert [one.text for one in officer.fresh() if "mới được giao" in one.text] == []
        (notified,) = side.api.world.notifications
        assert notified.data["so_viec"] == "2"
        assert notified.data["ma_viec"] == FIRST
        assert notified.data["duong_dan"].startswith(HERE)
        assert len(notified.data["duong_dan"]) > len(HERE) + 20, "a link of this person's own"
        query = "select state, text_sent, provider_id from outbox where kind = 'bundle' and provider_id like 'z%'"
        ((state, text, provider_id),) = await side.facts(query)
        assert (state, provider_id) == ("sent", notified.message_id)
        assert text.startswith("Tin theo mẫu ZNS 7711\nso_viec: 2")
        side.api.world.received(notified.message_id)
        await side.take_in()
        assert await side.facts("select kind from receipts") == [("received",)]

        side.api.world.zns_quota = 1
        web = side.office.stranger()
        await side.office.run(lambda unit: _bind_too(unit, web.chat, side))
        await side.office.advance(at(25, 2, 9))
        assert len(side.api.world.notifications) == 1
        heard = "\n".join(one.text for one in await web.all_heard())
        assert FIRST in heard or SECOND in heard
        refused = "select count(*) from channel_uses where kind = 'template_refused'"
        assert await side.facts(refused) == [(1,)]


def _bind_too(unit: Any, chat: str, side: ZaloOa) -> None:
    now = side.office.clock()
    person = people_rows.endpoint(unit, NAME, "501", now).person_id
    people_rows.bind_endpoint(unit, people_rows.endpoint(unit, WEB, chat, now).id, person)


async def test_without_a_template_notices_wait_until_the_person_writes(side: ZaloOa, coordinator: Chat) -> None:
    officer = await side.officer("501", "STP", name="Trần Mẫu Bình")
    await side.office.advance(at(21, 1, 9))
    officer.fresh()
    calls = side.api.calls("cs")
    await side.office.issue(PLAN)
    await side.settle()
    assert side.api.calls("cs") == calls, "no call that must be refused"
    await officer.says("viec")
    await side.settle()
    assert "2 việc mới được giao" in "\n".join(one.text for one in officer.messages)


async def test_citizens_never_get_a_template(tmp_path: Path) -> None:
    async with zalo_oa_office(tmp_path, ZNS) as side:
        citizen = side.person("5")
        await citizen.says("xin chào")
        side.api.world.user("5").phone = "84900000123"
        channel = side.opened()
        side.office.clock.tick(timedelta(days=8).total_seconds())
        await channel.send("5", Message("Trả lời phản ánh của ông/bà"))
        assert side.api.calls("zns") == 0


async def test_tokens_that_end_in_a_burst_are_renewed_once_for_all_processes(side: ZaloOa) -> None:
    people = [side.person(str(number)) for number in range(100, 112)]
    for person in people:
        await person.says("xin chào")
    first, second = side.opened(), side.opened()
    side.api.world.expire()
    before = side.api.calls("token")
    ends = await asyncio.gather(
        *((first, second)[at % 2].send(one.number, Message("Nhắc việc")) for at, one in enumerate(people))
    )
    assert all(isinstance(one, Delivered) for one in ends)
    assert side.api.calls("token") == before + 1


async def test_a_process_that_dies_with_the_pair_in_hand_is_an_alarm_until_a_person_mends_it(
    side: ZaloOa, officer: Person
) -> None:
    eye = watcher(side.office.inner)
    clock = side.office.clock
    side.api.world.expire()
    access = next(iter(side.api.world.access))
    found = await side.office.run(lambda unit: tokens.seek(unit, NAME, "", access, clock()))
    assert found.finding is Finding.ASK
    assert side.api.world.tokens(found.token) is not None, "the provider gave the pair; nobody kept it"
    clock.tick(LEASE.total_seconds())
    side.office.timer.advance(LEASE.total_seconds())
    assert "zalo_oa_reauthorise" in [one.name for one in await eye.step()]

    assert await officer.says("viec") == ""
    waiting = "select state, error from outbox where state = 'waiting'"
    assert await side.facts(waiting) == [("waiting", "account: the account must be authorised again")]
    assert "zalo_oa_reauthorise" in [one.name for one in await eye.step()]
    alarm = await side.facts("select name from alarms where name = 'zalo_oa_reauthorise' and cleared_at is null")
    assert alarm == [("zalo_oa_reauthorise",)]

    await side.office.run(lambda unit: tokens.replace(unit, NAME, side.api.world.refresh, clock()))
    clock.tick(700)
    side.office.timer.advance(700)
    await side.office.settle()
    assert officer.messages[-1].text.startswith("Việc của Sở Tư pháp")
    assert "zalo_oa_reauthorise" not in [one.name for one in await eye.step()]


async def test_no_token_stands_in_clear_in_the_database(side: ZaloOa, officer: Person) -> None:
    kept = json.dumps(await side.facts("select * from channel_state"), default=str)
    kept += json.dumps(await side.facts("select * from audit"), default=str)
    assert "unguessable" not in kept
    assert "refresh-token-given" not in kept


async def test_a_forged_or_changed_event_is_refused_and_nothing_is_kept(side: ZaloOa) -> None:
    event = side.api.world.says("66", "viec")
    side.api.world.taken()
    body = written(event)
    changed = body.replace(b'"viec"', b'"huy"')
    again = json.dumps(event, ensure_ascii=True).encode()
    for wrong in (changed, again, body + b"\n", b"", b"{}"):
        assert await side.post(event, wrong) == 403
    for header in ("", "mac=", signature(body, "1"), signature(body, event["timestamp"], secret="guess")):
        assert await side.post(event, more={HEADER: header}) == 403
    assert await side.facts("select count(*) from inbox") == [(0,)]
    assert await side.facts("select count(*) from endpoints") == [(0,)]
    assert await side.post(event) == 200


async def test_an_event_posted_again_or_much_later_is_done_once(side: ZaloOa, officer: Person) -> None:
    event = side.api.world.says(officer.number, "viec")
    officer.fresh()
    await side.take_in()
    assert await side.post(event, more={"num_retry": "1"}) == 200
    side.office.clock.tick(timedelta(days=2).total_seconds())
    assert await side.post(event, more={"num_retry": "5"}) == 200
    await side.handle()
    assert len(officer.fresh()) == 1


async def test_a_file_that_a_person_sent_outlives_its_address(side: ZaloOa, officer: Person) -> None:
    await officer.says(FIRST)
    await officer.says("Đã xong")
    await officer.sends_file("45-KH-STP.pdf", b"%PDF-1.7 45")
    await side.channel.copied()
    reference = side.posted[-1]["message"]["attachments"][0]["payload"]["url"]
    side.api.world.hosted.clear()
    assert await side.opened().fetch(reference, 1000) == b"%PDF-1.7 45"
    kept = json.dumps(await side.facts("select key, value from channel_state where key like 'copy:%'"))
    assert "127.0.0.1" not in kept


async def test_the_ledger_counts_what_was_used(side: ZaloOa, officer: Person) -> None:
    used = await side.facts("select kind, count(*) from channel_uses group by kind")
    assert used == [("free", len(officer.messages))]
    registry = CollectorRegistry()
    await side.office.read(Gauges(registry, side.office.clock).show)
    shown = generate_latest(registry).decode()
    for span in ("day", "month"):
        line = f'nhacviec_channel_uses{{channel="zalo_oa",kind="free",span="{span}"}} {len(officer.messages)}.0'
        assert line in shown
