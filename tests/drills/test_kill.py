"""What the drills of `benchmarks.drills` do not show of processes that end: the product's own command, giving up."""

import pytest

from tests.drills.site import Site, chat_of
from tests.processes import ending, until
from tests.run_office import Point

pytestmark = pytest.mark.anyio

KILLED = -9


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


async def test_killed_twice_with_the_same_message_it_is_not_said_a_third_time(site: Site) -> None:
    await site.furnish(1, issue=True)
    office = site.process()
    for _ in range(2):
        await office.launch(ending(Point.ACCEPTED))
        assert await office.ended() == KILLED
    await office.start()
    await until(lambda: site.count("select count(*) from outbox where state = 'unknown'"), "the row given up")
    await office.stop()
    assert [text.startswith("(nhắc lại)") for text in site.heard(1)] == [False, True]


async def test_a_standby_process_stops_when_asked(site: Site) -> None:
    await site.furnish(1, issue=False)
    first, second = site.process(), site.process()
    await first.start()
    await second.launch()
    await until(lambda: "another_process_sends" in second.said(), "the second standing by")
    await second.stop()
    await first.stop()
