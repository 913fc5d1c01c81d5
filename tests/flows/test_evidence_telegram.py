"""Files and replies that come by Telegram: fetched from its server, an album as one, a reply about what it quotes."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions import evidence
from tests.flows.evidence_files import word_file
from tests.flows.telegram_side import Person, Telegram, telegram_office
from tests.flows.test_free_text import PLAN
from tests.office import Row

pytestmark = pytest.mark.anyio

LETTER = word_file("12/BC-STP", "10 tháng 01 năm 2026", "báo cáo rà soát thủ tục hộ tịch, chứng thực")
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 200
MORE = Row("Báo cáo biên chế năm 2026", "Sở Tư pháp", "Đến ngày 30/01/2026")


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        yield opened


@pytest.fixture
async def officer(side: Telegram) -> Person:
    """The officer of Sở Tư pháp, told of four tasks."""
    person = await side.officer(1, "STP", name="Trần Mẫu Bình")
    await side.office.issue((*PLAN, MORE))
    await side.office.settle()
    person.fresh()
    return person


async def read(side: Telegram) -> None:
    """Let everything that waits be fetched, read and spoken of."""
    while await side.office.inner.evidence.step():
        pass
    await side.office.inner.deliverer.drain()


async def test_a_document_is_fetched_and_proposed(side: Telegram, officer: Person) -> None:
    side.api.world.sends_file(1, "bao-cao.docx", LETTER, "", "application/octet-stream")
    await side.take_in()
    assert "đang đọc" in officer.fresh()[-1].text
    await read(side)
    assert officer.fresh()[-1].text.startswith("Báo hoàn thành NV-0002 bằng Công văn 12/BC-STP")
    await officer.presses("Đúng, gửi báo cáo")
    assert (await side.states())["NV-0002"] == "reported"
    ((digest, size),) = await side.facts("select digest, size from files")
    assert (digest, size) == (hashlib.sha256(LETTER).hexdigest(), len(LETTER))


async def test_an_album_is_one_result(side: Telegram, officer: Person) -> None:
    pages = {"trang-1.jpg": JPEG, "trang-2.jpg": JPEG + b"2"}
    side.api.world.sends_album(1, pages, "xong nv 1, 9/KH-STP ngày 10/1")
    await side.take_in()
    side.office.clock.tick(5)
    await side.take_in()
    (asked,) = officer.fresh()
    assert asked.text.startswith("Báo hoàn thành NV-0001")
    await read(side)
    assert officer.fresh() == []
    await officer.presses("Đúng, gửi báo cáo")
    assert (await side.states())["NV-0001"] == "reported"
    assert await side.facts("select number from evidence order by id") == [("9/KH-STP",), (None,)]
    assert await side.facts("select count(distinct digest) from files") == [(2,)]


async def test_a_reply_is_about_the_message_it_quotes(side: Telegram, officer: Person) -> None:
    await officer.says("NV-0005")
    card = officer.messages[-1].message_id
    await officer.says("NV-0002")
    side.api.world.says(1, "dang lam duoc 40%", reply_to=card)
    await side.take_in()
    assert officer.fresh()[-1].text.startswith("Ghi tiến độ NV-0005: 40%?")
    await officer.presses("Ghi tiến độ")
    assert (await side.states())["NV-0005"] == "in_progress"


@pytest.mark.parametrize("at_the_question", [False, True])
async def test_an_album_goes_on_without_the_file_that_is_too_large(
    side: Telegram, officer: Person, at_the_question: bool
) -> None:
    if at_the_question:
        await officer.says("xong nv 1")
        officer.fresh()
    pages = {"qua-lon.jpg": JPEG + bytes(evidence.LARGEST), "trang-2.jpg": JPEG, "trang-3.jpg": JPEG + b"3"}
    side.api.world.sends_album(1, pages, "9/KH-STP ngày 10/1" if at_the_question else "xong nv 1, 9/KH-STP ngày 10/1")
    await side.take_in()
    side.office.clock.tick(5)
    await side.take_in()
    told, asked = officer.fresh()
    assert "lớn hơn 20 MB nên không nhận" in told.text
    assert "NV-0001" in asked.text
    await read(side)
    await officer.presses("Gửi báo cáo hoàn thành" if at_the_question else "Đúng, gửi báo cáo")
    assert (await side.states())["NV-0001"] == "reported"
    assert await side.facts("select number from evidence order by id") == [("9/KH-STP",), (None,)]
    assert await side.facts("select count(distinct digest) from files") == [(2,)]
