"""Processes killed with -9 at exact points, at random moments and side by side: nothing lost, nothing said twice.

The one exception is the promise itself: what was in flight when the process ended may have arrived, and is said
once more, marked "(nhắc lại)".
"""

import random
from collections import Counter
from functools import partial

import pytest

from tests.drills.site import AGAIN, Site, chat_of
from tests.emulators.telegram import TelegramEmulator
from tests.processes import ending, until
from tests.run_office import Point

pytestmark = pytest.mark.anyio

KILLED = -9
MANY = 60

KEPT = "Đã ghi tiến độ"
TOLD = "việc mới được giao"


async def test_the_product_itself_starts_outlives_a_kill_and_stops_when_asked(site: Site) -> None:
    await site.furnish(0, issue=False)
    office = site.process(drill=False)
    await office.start()
    site.api.world.says(chat_of(1), "/start")
    await until(lambda: site.count("select count(*) from outbox where state = 'sent'") == 1, "the greeting")
    await office.kill()
    site.api.world.says(chat_of(1), "/riengtu")
    await office.start()
    await until(lambda: site.heard(1, "Dữ liệu cá nhân"), "the answer to what came while nobody ran")
    await office.stop()
    assert len(site.heard(1)) == 2
    assert site.ask("select state, attempts from outbox") == [("sent", 1)] * 2
    assert "Traceback" not in office.said()


@pytest.mark.parametrize("point", [Point.SAVED, Point.HANDLING])
async def test_an_update_that_was_saved_is_handled_once(site: Site, point: Point) -> None:
    await site.furnish(1, issue=True, answering=True)
    site.api.world.says(chat_of(1), "đã xong dự thảo, 60%")
    office = site.process()
    await office.launch(ending(point))
    assert await office.ended() == KILLED
    assert site.ask("select state, tries from inbox") == [("waiting", 0)]
    assert site.count("select count(*) from comments") == 0
    assert not site.heard(1, KEPT)
    await office.start()
    await until(lambda: site.heard(1, KEPT), "the answer")
    await office.stop()
    assert site.ask("select state, tries from inbox") == [("done", 0)]
    assert site.ask("select percent from comments") == [(60,)]
    assert len(site.heard(1, KEPT)) == 1
    assert not site.heard(1, AGAIN)


@pytest.mark.parametrize("asked", [True, False], ids=["reply", "notice"])
@pytest.mark.parametrize("point", [Point.CLAIMED, Point.ACCEPTED])
async def test_what_was_in_flight_goes_once_more_and_says_so(site: Site, point: Point, asked: bool) -> None:
    await site.furnish(1, issue=not asked)
    words = "Việc của" if asked else TOLD
    if asked:
        site.api.world.says(chat_of(1), "/viec")
    office = site.process()
    await office.launch(ending(point))
    assert await office.ended() == KILLED
    assert site.ask("select state, attempts from outbox") == [("sending", 1)]
    before = site.heard(1, words)
    assert len(before) == (point is Point.ACCEPTED)
    await office.start()
    await until(lambda: site.count("select count(*) from outbox where state = 'sent'"), "the second attempt")
    await office.stop()
    again = site.heard(1, words)[len(before) :]
    assert len(again) == 1
    assert again[0].startswith(AGAIN)
    assert not before or again[0] == AGAIN + before[0]
    assert site.ask("select state, attempts, unknowns from outbox") == [("sent", 2, 1)]


async def test_killed_twice_with_the_same_message_it_is_not_said_a_third_time(site: Site) -> None:
    await site.furnish(1, issue=True)
    office = site.process()
    for _ in range(2):
        await office.launch(ending(Point.ACCEPTED))
        assert await office.ended() == KILLED
    await office.start()
    await until(lambda: site.count("select count(*) from outbox where state = 'unknown'"), "the row given up")
    await office.stop()
    assert [text.startswith(AGAIN) for text in site.heard(1)] == [False, True]


async def test_killed_at_random_moments_of_a_burst(site: Site, api: TelegramEmulator) -> None:
    await site.furnish(MANY, issue=True, answering=True)
    chance = random.Random(1)
    api.delay = 0.02
    for n in range(1, MANY + 1):
        api.world.says(chat_of(n), f"đã làm {n}%")
    office = site.process()
    kills = 0
    while len(api.world.sent) < 2 * MANY - 20:
        await office.start()
        goal = len(api.world.sent) + chance.randint(5, 40)
        await until(partial(_sent_or_at_rest, site, goal), "the burst going on")
        await office.kill()
        kills += 1
    await office.start()
    await until(lambda: _at_rest(site), "everything said")
    await office.stop()
    _every_effect_once(site)
    _nothing_lost_nothing_twice(site, kills)
    assert kills >= 3


def _sent_or_at_rest(site: Site, goal: int) -> bool:
    return len(site.api.world.sent) >= goal or _at_rest(site)


def _at_rest(site: Site) -> bool:
    """Whether all updates are handled and everything that can be said has been."""
    waiting = site.count("select count(*) from inbox where state = 'waiting'")
    sent = site.count("select count(*) from outbox where state in ('sent', 'unknown')")
    return not waiting and sent == 2 * MANY


def _every_effect_once(site: Site) -> None:
    assert site.ask("select state, count(*) from inbox group by state") == [("done", MANY)]
    assert sorted(site.ask("select percent from comments")) == [(n,) for n in range(1, MANY + 1)]
    assert site.ask("select kind, count(*) from outbox group by kind order by kind") == [
        ("bundle", MANY),
        ("reply", MANY),
    ]
    assert site.ask("select state, count(*) from notices group by state") == [("merged", MANY)]


def _nothing_lost_nothing_twice(site: Site, kills: int) -> None:
    """A message is missing or doubled only where its row says that it was in flight at a kill."""
    rows = site.ask(
        "select endpoints.chat, outbox.kind, outbox.unknowns from outbox"
        " join endpoints on endpoints.id = outbox.endpoint_id"
    )
    unknowns = {(int(chat), kind): count for chat, kind, count in rows}
    plain: Counter[tuple[int, str]] = Counter()
    marked: Counter[tuple[int, str]] = Counter()
    for sent in site.api.world.sent:
        kind = "reply" if KEPT in sent.text else "bundle"
        (marked if sent.text.startswith(AGAIN) else plain)[sent.chat, kind] += 1
    for key, in_flight in unknowns.items():
        assert plain[key] == 1 if in_flight == 0 else plain[key] <= 1, key
        assert marked[key] == in_flight if in_flight < 2 else marked[key] <= 1, key
    assert sum(unknowns.values()) <= kills * 16, "more in flight than the pace allows"


async def test_of_two_processes_one_sends_and_the_other_takes_over(site: Site, api: TelegramEmulator) -> None:
    await site.furnish(MANY, issue=True, answering=True)
    for n in range(1, MANY + 1):
        api.world.says(chat_of(n), f"đã làm {n}%")
    first, second = site.process(), site.process()
    await first.start()
    await second.launch()
    await until(lambda: "another_process_sends" in second.said(), "the second standing by")
    await until(lambda: _at_rest(site), "everything said")
    assert 409 not in {request.status for request in api.requests}  # after the kill its open poll may still stand
    await first.kill()
    await second.listening()
    api.world.says(chat_of(1), "/trogiup")
    await until(lambda: site.heard(1, "Hướng dẫn ngắn"), "an answer from the second")
    await until(lambda: site.count("select count(*) from outbox where state = 'sent'") == 2 * MANY + 1)
    await second.stop()
    assert len(api.world.sent) == 2 * MANY + 1
    assert not any(sent.text.startswith(AGAIN) for sent in api.world.sent)
    assert sorted(site.ask("select percent from comments")) == [(n,) for n in range(1, MANY + 1)]


async def test_a_standby_process_stops_when_asked(site: Site) -> None:
    await site.furnish(1, issue=False)
    first, second = site.process(), site.process()
    await first.start()
    await second.launch()
    await until(lambda: "another_process_sends" in second.said(), "the second standing by")
    await second.stop()
    await first.stop()


@pytest.mark.parametrize("delay", [0.0, 0.3])
async def test_sigterm_amid_sends_finishes_and_records_them(site: Site, api: TelegramEmulator, delay: float) -> None:
    await site.furnish(MANY, issue=True)
    api.delay = delay
    office = site.process()
    await office.start()
    await until(lambda: len(api.world.sent) >= 5, "some messages on their way")
    await office.stop(5.0)
    states = _states(site)
    assert states == {"waiting": MANY - len(api.world.sent), "sent": len(api.world.sent)}
    assert site.count("select count(*) from outbox where state = 'sent' and provider_id is null") == 0
    api.delay = 0.0
    await office.start()
    await until(lambda: _states(site) == {"sent": MANY}, "the rest")
    await office.stop()
    assert len(api.world.sent) == MANY
    assert not any(sent.text.startswith(AGAIN) for sent in api.world.sent)


def _states(site: Site) -> dict[str, int]:
    return {str(state): int(count) for state, count in site.ask("select state, count(*) from outbox group by state")}
