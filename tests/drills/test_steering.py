"""What the office confirmed survives kill -9 before it leaves: nothing is lost, and nothing is said twice."""

import pytest

from tests.drills.site import Site
from tests.processes import ending, until
from tests.run_office import Point

pytestmark = pytest.mark.anyio

KILLED = -9
OFFICE = 900
TEXT = "Đề nghị các đơn vị gửi báo cáo trước giờ họp"


async def test_a_broadcast_outlives_kills_after_its_confirmation_and_before_it_leaves(site: Site) -> None:
    await site.furnish(3, issue=False, coordinator=OFFICE)
    office = site.process()
    await office.start()
    site.api.world.says(OFFICE, f"thongbao {TEXT}")
    await until(lambda: site.at_rest(1), "the question to whom")
    site.api.world.presses(OFFICE, "Tất cả cán bộ đầu mối")
    await until(lambda: site.at_rest(2), "the preview")
    await office.stop()
    site.api.world.presses(OFFICE, "Gửi thông báo")
    await office.launch(ending(Point.HANDLED))
    assert await office.ended() == KILLED
    assert site.count("select count(*) from broadcasts where left_at is null and undone_at is null") == 1

    site.leap(600.0)
    office = site.process()
    await office.launch(ending(Point.ACCEPTED))
    assert await office.ended() == KILLED
    await office.start()
    await until(lambda: site.at_rest(6), "everybody told")
    await office.stop()
    assert site.count("select count(*) from broadcasts where left_at is not null") == 1
    assert [len(site.heard(n, TEXT)) for n in (1, 2, 3)] == [1, 1, 1]
