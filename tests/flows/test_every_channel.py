"""One diary on every channel: join, list, open, report with a file, ask for a later date, confirm. Same outcome."""

import os
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions import outbox
from domain.outgoing import Message
from domain.people import Role
from storage.database import Unit
from storage.schema import endpoints
from storage.types import AnyRow
from tests.flows.phones import SIDES, Phone, Side
from tests.office import Row

pytestmark = pytest.mark.anyio

GOLDEN = Path(__file__).parent / "golden"

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/01/2026", "Kế hoạch"),
    Row("Đăng ký thủ tục còn vướng mắc", "Sở Tư pháp", "Trước ngày 28/01/2026", "Văn bản đăng ký"),
    Row("Hướng dẫn các xã cử đầu mối", "Sở Nội vụ", "Trước ngày 10/02/2026", "Văn bản hướng dẫn"),
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays."""

    side: Side
    coordinator: Phone
    officer: Phone


@pytest.fixture(params=sorted(SIDES))
async def cast(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Cast]:
    async with SIDES[request.param](tmp_path) as side:
        yield Cast(side, side.phone("Hoàng Mẫu Lan"), side.phone("Trần Mẫu Bình"))


async def join(side: Side, phone: Phone, agency: str, role: Role) -> str:
    code = await side.office.invite(agency, role, phone.name, "Chuyên viên")
    asked = await phone.types(code, shown="(gõ mã tham gia)")
    assert "Xác nhận tham gia: " in asked
    return await phone.picks("Đúng, tham gia")


async def play(cast: Cast) -> None:
    """Play the diary."""
    side, officer, coordinator = cast.side, cast.officer, cast.coordinator
    await join(side, coordinator, "VPUBND", Role.COORDINATOR)
    assert "Sở Tư pháp" in await join(side, officer, "STP", Role.OFFICER)
    await side.office.issue(PLAN)
    await side.settle()
    assert "NV-0001" in await officer.hears()
    assert "NV-0002" in await officer.types("viec")
    assert (await officer.types("1")).startswith("NV-0001")
    assert "Văn bản nào" in await officer.picks("Báo xong")
    read_back = await officer.hands_over("45-KH-STP.pdf", PDF, "45/KH-STP ngày 12/01/2026")
    assert "45/KH-STP" in read_back
    assert "NV-0001" in await officer.picks("Gửi báo cáo hoàn thành")
    assert "NV-0002" in await officer.types("giahan nv 2")
    await officer.types("06/02/2026")
    await officer.types("Chờ hướng dẫn của Bộ Tư pháp")
    assert "thứ Sáu 06/02/2026" in await officer.types("gửi sau")
    await officer.picks("Gửi đề nghị gia hạn")
    await side.settle()
    await coordinator.types("tonghop")
    await coordinator.picks("Báo cáo chờ xác nhận")
    assert "NV-0001" in await coordinator.picks("Xác nhận NV-0001")
    await coordinator.types("tonghop")
    await coordinator.picks("Xin gia hạn")
    await coordinator.picks("Trả lời NV-0002")
    await coordinator.picks("Đồng ý đến 06/02/2026")
    await coordinator.picks("Chính tôi")
    await coordinator.types("bỏ qua")
    assert "NV-0002" in await coordinator.picks("Gửi trả lời")


async def outcome(side: Side) -> dict[str, list[tuple[Any, ...]]]:
    """Return what came of it: states and dates, evidence, the acts that were written down."""
    questions = {
        "assignments": "select a.code, a.state, m.due_on from assignments a join matters m on m.id = a.id order by 1",
        "evidence": "select e.kind, e.number, e.date, f.name from evidence e left join files f on f.id = e.file_id",
        "acts": "select distinct act from audit where actor = 'person' order by 1",
        "extensions": "select state, asked_until, granted_until, reason from extensions",
    }
    return {
        name: [tuple(row) for row in await side.office.read(partial(rows, query=query))]
        for name, query in questions.items()
    }


def rows(unit: Unit, query: str) -> Sequence[AnyRow]:
    return unit.conn.exec_driver_sql(query).all()


async def test_the_same_diary_comes_to_the_same_end(cast: Cast) -> None:
    await play(cast)
    found = await outcome(cast.side)
    assert found["assignments"] == [
        ("NV-0001", "confirmed", "2026-01-19"),
        ("NV-0002", "assigned", "2026-02-06"),
        ("NV-0003", "assigned", "2026-02-09"),
    ]
    assert found["evidence"] == [("file", "45/KH-STP", "2026-01-12", "45-KH-STP.pdf")]
    assert found["extensions"] == [("granted", "2026-02-06", "2026-02-06", "Chờ hướng dẫn của Bộ Tư pháp")]
    assert {"join", "report", "confirm"} <= {act for (act,) in found["acts"]}


async def test_no_message_is_longer_than_the_channel_takes(cast: Cast) -> None:
    await play(cast)
    before = len(await cast.side.left())
    await cast.side.office.run(lambda unit: tell(unit, cast.side))
    await cast.side.settle()
    left = await cast.side.left()
    told = "".join(left[before:])
    assert [told.count(f"Mục {number}:") for number in range(LINES)] == [1] * LINES, "all of it arrives, once"
    assert max(map(units, left)) <= cast.side.limit
    assert max(map(units, left)) > cast.side.limit // 2, "the parts are as long as they may be"


LINES = 200


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def tell(unit: Unit, side: Side) -> None:
    """Queue an answer longer than any channel takes at once, with letters of two units where such are counted."""
    row = unit.conn.execute(select(endpoints).order_by(endpoints.c.id).limit(1)).one()
    can = side.office.inner.deliverer.accounts[row.channel].channel.can
    letter = "𡨸" if can.utf16 else "字"
    lines = "\n".join(f"Mục {number}: chữ Nôm {letter} viết cho đủ dài" for number in range(LINES))
    outbox.reply(unit, "long", row.id, None, [Message(lines)], can, side.office.clock())


async def test_the_diary_on_the_narrowest_channel_reads_well(tmp_path: Path) -> None:
    """The transcript is kept to be read aloud; NHACVIEC_REWRITE_GOLDEN=1 writes it anew."""
    async with SIDES["zalo_bot"](tmp_path) as side:
        cast = Cast(side, side.phone("Hoàng Mẫu Lan"), side.phone("Trần Mẫu Bình"))
        await play(cast)
        told = "\n".join([*cast.officer.log, "", "════════", "", *cast.coordinator.log]) + "\n"
    told = re.sub(r"/l/[\w-]+", "/l/…", told)
    kept = GOLDEN / "every_channel.txt"
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        kept.write_text(told, encoding="utf-8")
    assert told == kept.read_text(encoding="utf-8")
