"""Killed amid a burst of posted updates: whatever was thanked for is answered."""

import asyncio

import aiohttp
import pytest

from tests.drills.site import AGAIN, Site, chat_of
from tests.processes import OfficeProcess, until

pytestmark = pytest.mark.anyio

SECRET = "drill-secret-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PEOPLE = 60
AT_ONCE = 12


async def _post(office: OfficeProcess, left: dict[int, dict[str, object]], enough: int) -> None:
    """Post what is left, so many at once, taking out what is thanked for, until enough was or nobody answers."""
    waiting = iter(list(left))
    wanted = len(left) - enough

    async def keep_posting(session: aiohttp.ClientSession) -> None:
        for chat in waiting:
            if len(left) <= wanted:
                return
            try:
                async with session.post("/telegram", json=left[chat], headers={HEADER: SECRET}) as answer:
                    if answer.status == 200:
                        del left[chat]
            except aiohttp.ClientError:
                return

    async with aiohttp.ClientSession(office.address) as session:
        await asyncio.gather(*(keep_posting(session) for _ in range(AT_ONCE)))


async def test_killed_amid_a_burst_everything_thanked_for_is_answered(site: Site) -> None:
    site.more = {
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "NHACVIEC_PUBLIC_URL": "https://nhacviec.invalid",
    }
    await site.furnish(PEOPLE, issue=False)
    for n in range(1, PEOPLE + 1):
        site.api.world.says(chat_of(n), "/riengtu")
    left = {update["message"]["chat"]["id"]: update for update in site.api.world.taken()}
    assert len(left) == PEOPLE
    office = site.process()
    in_flight = 0
    for part in (20, 20):
        await office.start()
        await _post(office, left, part)
        await office.kill()
        in_flight += site.count("select count(*) from outbox where state = 'sending'")
    await office.start()
    await _post(office, left, PEOPLE)
    assert not left
    await until(lambda: site.at_rest(PEOPLE), "every answer")
    await office.stop()
    assert site.count("select count(*) from inbox where state = 'done' and tries = 0") == PEOPLE
    heard = [site.heard(n) for n in range(1, PEOPLE + 1)]
    assert all(one and "Dữ liệu cá nhân" in one[0] for one in heard)
    twice = [one[1:] for one in heard if len(one) > 1]
    assert len(twice) <= in_flight
    assert all(len(again) == 1 and again[0].startswith(AGAIN) for again in twice)
