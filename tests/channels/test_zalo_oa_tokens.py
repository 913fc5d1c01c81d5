"""The access token: asked for once by however many, kept before it is used, its loss never silent."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from domain import tokens as rules
from domain.delivery import Delivered, Reason, Refused
from domain.outgoing import Message
from domain.tokens import Chain
from tests.channels.odd_server import OddServer
from tests.channels.test_contract_odds import BODIES, SHARED, STATUSES
from tests.emulators.zalo_oa_account import USER, Account, zalo_oa_account

pytestmark = pytest.mark.anyio

HELLO = Message("Nhắc việc")


@pytest.fixture
async def account(tmp_path: Path) -> AsyncIterator[Account]:
    async with zalo_oa_account(tmp_path) as opened:
        yield opened


async def test_the_intention_stands_before_the_request_and_the_pair_before_its_use(account: Account) -> None:
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert account.memory.events == ["ask", "renewed"]
    assert [one.place for one in account.api.requests] == ["token", "cs"]
    assert account.memory.chain.refresh == account.api.world.refresh
    left = account.memory.chain.expires_at
    assert left is not None
    assert timedelta(hours=24) < left - account.clock() < timedelta(hours=25)


async def test_a_day_later_the_token_is_renewed_before_it_ends(account: Account) -> None:
    await account.channel.send(USER, HELLO)
    account.now[0] += timedelta(hours=24, minutes=30)
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert account.api.calls("token") == 2
    assert [one.code for one in account.api.requests if one.place == "cs"] == [0, 0]


async def test_a_burst_over_two_processes_refreshes_once(account: Account) -> None:
    other = account.opened()
    for number in range(20):
        account.hears(str(number))
    await account.channel.send(USER, HELLO)
    account.api.world.expire()
    account.api.delay = 0.02
    sends = [(account.channel, other)[number % 2].send(str(number), HELLO) for number in range(20)]
    outcomes = await asyncio.gather(*sends)
    assert all(isinstance(one, Delivered) for one in outcomes)
    assert account.api.calls("token") == 2, "the first one, and one for all"
    assert len(account.api.world.sent) == 21


async def test_a_pair_that_could_not_be_kept_is_kept_first_at_the_next_call(account: Account) -> None:
    account.memory.away = True
    for _ in range(2):
        outcome = await account.channel.send(USER, HELLO)
        assert isinstance(outcome, Refused)
        assert outcome.reason is Reason.UNREACHED
    assert account.memory.events == ["ask", "away", "away"], "nobody asks again with a spent token"
    assert account.memory.seeks == 1
    account.memory.away = False
    account.now[0] += 2 * rules.LEASE
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert account.memory.events == ["ask", "away", "away", "renewed"]
    assert account.memory.chain.refresh == account.api.world.refresh
    assert account.api.calls("token") == 1
    assert not account.memory.chain.needs_operator(account.clock())


async def test_a_pair_held_back_mends_a_chain_that_another_process_found_spent(account: Account) -> None:
    account.memory.away = True
    await account.channel.send(USER, HELLO)
    account.now[0] += rules.LEASE
    outcome = await account.opened().send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.ACCOUNT
    assert account.memory.chain.refused
    account.memory.away = False
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert not account.memory.chain.needs_operator(account.clock())


async def test_a_good_token_is_used_on_without_asking_the_keeper(account: Account) -> None:
    for _ in range(2):
        await account.channel.send(USER, HELLO)
    asked = account.memory.seeks
    for _ in range(5):
        assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert account.memory.seeks == asked
    account.now[0] += timedelta(hours=24, minutes=5)
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert (account.memory.seeks, account.api.calls("token")) == (asked + 1, 2), "an hour before its end it is renewed"


async def test_a_refused_token_is_first_looked_up_where_another_process_may_have_renewed_it(account: Account) -> None:
    other = account.opened()
    for channel in (account.channel, account.channel, other):
        await channel.send(USER, HELLO)
    account.api.world.expire()
    assert isinstance(await other.send(USER, HELLO), Delivered)
    seeks = account.memory.seeks
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert account.memory.seeks == seeks + 1
    assert account.api.calls("token") == 2, "the first one, and the other process's"


@pytest.mark.parametrize("code", [-216, -220])
async def test_a_refused_token_is_renewed_and_the_call_made_once_more(account: Account, code: int) -> None:
    account.api.fail(code)
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert len(account.api.world.sent) == 1
    account.api.fail(code, 2)
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.ACCOUNT
    assert account.api.calls("cs") == 4, "once more, and no more"


@pytest.mark.parametrize("fault", ["silence_after", "reset_after", "error_after", "empty_after"])
async def test_a_lost_answer_breaks_the_chain_and_is_never_silent(account: Account, fault: str) -> None:
    account.api.fail(fault, place="token")
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.UNREACHED, "the message itself certainly did not leave"
    assert account.memory.chain.needs_operator(account.clock())
    account.now[0] += rules.LEASE
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.ACCOUNT
    assert account.memory.chain.refused
    asked = account.api.calls("token")
    await account.channel.send(USER, HELLO)
    assert account.api.calls("token") == asked, "a token that is worth nothing is not offered again"
    account.memory.chain = rules.begun(account.memory.chain, "second", account.api.world.refresh)
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert not account.memory.chain.needs_operator(account.clock())


@pytest.mark.parametrize("fault", ["silence", "reset", "gateway"])
async def test_a_request_that_did_not_arrive_mends_itself(account: Account, fault: str) -> None:
    account.api.fail(fault, place="token")
    assert isinstance(await account.channel.send(USER, HELLO), Refused)
    assert account.memory.chain.needs_operator(account.clock()), "nobody can know: people are told"
    account.now[0] += rules.LEASE
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert not account.memory.chain.needs_operator(account.clock())


async def test_while_the_old_token_is_good_a_broken_chain_still_sends(account: Account) -> None:
    await account.channel.send(USER, HELLO)
    account.now[0] += timedelta(hours=24, minutes=10)
    account.api.fail("silence_after", place="token")
    await account.channel.send(USER, HELLO)
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert account.memory.chain.needs_operator(account.clock())


async def test_a_wrong_app_secret_spends_no_token(account: Account) -> None:
    account.api.fail(-14004, place="token")
    outcome = await account.channel.send(USER, HELLO)
    assert outcome == Refused(Reason.ACCOUNT, "OAuth -14004")
    assert account.memory.events == ["ask", "unspent"]
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)


async def test_a_connection_that_was_never_made_spends_no_token(account: Account) -> None:
    await account.api.stop()
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.UNREACHED
    assert account.memory.events == ["ask", "unspent"]
    assert not account.memory.chain.needs_operator(account.clock())


async def test_an_account_that_was_never_authorised_waits_for_the_operator(account: Account) -> None:
    account.memory.chain = Chain()
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.ACCOUNT
    assert account.api.requests == []


async def test_whoever_is_asked_for_too_long_is_not_waited_for(account: Account) -> None:
    account.memory.chain, _ = rules.seek(account.memory.chain, "", account.clock())
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.UNREACHED
    assert account.api.requests == []


@settings(max_examples=60, deadline=None, suppress_health_check=SHARED)
@given(status=STATUSES, body=BODIES)
async def test_whatever_the_oauth_server_answers_the_message_waits(account: Account, status: int, body: bytes) -> None:
    account.memory.chain = rules.begun(Chain(), "first", "r1")
    async with OddServer() as server:
        server.status, server.body = status, body
        account.oauth = server.url
        outcome = await account.opened().send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason in {Reason.UNREACHED, Reason.ACCOUNT, Reason.FLOOD}
    assert not account.memory.chain.access
    assert not account.api.world.sent
