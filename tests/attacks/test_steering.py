"""Choices of the office's steering that are forged, pressed too late, twice, or by two people at once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from actions import figures, inbox, leaving, publications
from channels.webchat import NAME as WEB
from domain.collections import Sheet
from domain.local import VIETNAM, today
from domain.people import Role, Viewer
from domain.plans import Indicator
from storage.database import Unit
from storage.views import office as office_views
from tests.office import Chat, Heard, Office, Row, make_draft, make_office

pytestmark = pytest.mark.anyio

SECRET = "BIMAT"
"""Stands in every text that outsiders may not read."""

PLAN = (
    Row(f"Ban hành kế hoạch {SECRET}", "Sở Tư pháp", "Trước ngày 16/01/2026", "Kế hoạch"),
    Row("Niêm yết thủ tục", "UBND xã Lam Sơn", "Trước ngày 15/03/2026", "Biên bản"),
)
RATE = Indicator("1", None, f"Tỷ lệ hồ sơ {SECRET}", "%", ">=", 50, {"year": 2026}, ("Sở Tư pháp",))
SCORES = [Sheet("Điểm", (("Đơn vị", "Tổng điểm"), ("Sở Tư pháp", 87.77)))]
MONDAY = datetime(2026, 1, 19, 9, 0, tzinfo=VIETNAM)


@dataclass(slots=True)
class Cast:
    """Everybody, by what they are; the late NV-0001 belongs to Sở Tư pháp, NV-0002 to the commune."""

    office: Office
    people: dict[str, Chat]

    async def forge(self, who: str, key: str) -> list[Heard]:
        """Press a choice that nobody showed, and return what was answered."""
        return await self.people[who]._send({"button": key, "label": "x"}, key)

    async def at_once(self, key: str, *whom: str) -> list[str]:
        """Let several press the same in one moment; return the first lines that they read."""
        now, stamp = self.office.clock(), self.office.web.stamp()
        lines = [
            (f"once:{stamp}:{at}", self.people[who].chat, {"button": key, "label": "x", "stamp": stamp})
            for at, who in enumerate(whom)
        ]
        for who in whom:
            await self.people[who].heard()
        await self.office.run(lambda unit: inbox.save(unit, WEB, lines, now))
        await self.office.settle()
        return [one.first_line for who in dict.fromkeys(whom) for one in await self.people[who].heard()]

    async def acts(self) -> list[tuple[str, str]]:
        """Return who did what so far, as (name, act)."""
        query = "select p.name, a.act from audit a join people p on p.id = a.person_id order by a.id"
        return await self.office.read(lambda unit: [tuple(row) for row in unit.conn.exec_driver_sql(query)])


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    office = make_office(tmp_path)
    people = {
        "clerk": await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên"),
        "chief": await office.officer("VPUBND", Role.COORDINATOR, "Vũ Mẫu Chánh", "Chánh Văn phòng"),
        "leader": await office.officer("UBNDT", Role.LEADER, "Đỗ Mẫu Sơn", "Phó Chủ tịch"),
        "owner": await office.officer("STP", name="Trần Mẫu Bình"),
        "other": await office.officer("XA01", name="Phan Mẫu Xã"),
        "other_head": await office.officer("XA01", Role.HEAD, "Phan Mẫu Trưởng", "Chủ tịch"),
        "gone": await office.officer("STP", name="Cao Mẫu Nghỉ"),
        "admin": await office.officer("VPUBND", Role.ADMIN, "Ngô Mẫu Kỹ", "Kỹ thuật"),
        "stranger": office.stranger("Ai Mẫu Đó"),
    }
    await office.issue_draft(replace(make_draft(PLAN), indicators=(RATE,)))
    await office.settle()
    await office.run(_end_seat)
    await office.advance(MONDAY)
    yield Cast(office, people)
    await office.close()


def _end_seat(unit: Unit) -> None:
    leaving.leave(unit, _viewer(unit, "Cao Mẫu Nghỉ").person_id, None, MONDAY)


async def _furnish(cast: Cast) -> None:
    """Let something wait everywhere: a leader's word passed on, a broadcast, a letter, a list, an asked form."""
    leader, chief = cast.people["leader"], cast.people["chief"]
    await leader.say("NV-0001")
    await leader.press("Yêu cầu giải trình")
    await leader.say(f"{SECRET} vì sao chậm ban hành")
    await leader.press("Đúng, gửi")
    await cast.office.settle()
    await cast.forge("chief", "diract:pass:1")
    await chief.press("Đúng, gửi")
    await chief.say(f"thongbao {SECRET} đề nghị các đơn vị khẩn trương")
    await chief.say("Sở Tư pháp")
    await chief.press("Gửi")
    await cast.forge("chief", "letter:late:0")
    await chief.press("Không ghi ngày")
    await chief.press("Lập công văn")
    await cast.office.run(_publication)
    assert {"direct", "pass", "broadcast", "write_letter", "propose"} <= {act for _, act in await cast.acts()}


def _publication(unit: Unit) -> None:
    viewer = _viewer(unit, "Hoàng Mẫu Lan")
    figures.import_figures(unit, viewer, "scores766", "2026-01", SCORES, f"{SECRET}.xlsx", "d" * 64, MONDAY)
    publications.propose(unit, viewer, "scores766", "2026-01", MONDAY)


def _viewer(unit: Unit, name: str) -> Viewer:
    row = unit.conn.exec_driver_sql("select id from people where name = ?", (name,)).one()
    return office_views.viewer(unit, row.id, today(MONDAY))


FORGED = (
    *("urge:late:0", "urge:one:3", "letter:late:0", "letterno:1", "letterdrop:1", "paste:late:0", "evidence:3"),
    *("broadcast:new", "broadcast:undo:1", "give:new", "addagency:3", "calloff:3", "forward:3", "focal", "confirmall"),
    *("office:agencies:0", "office:agency:0:3", "office:task:0:3", "office:letters:0", "office:directions:0"),
    *("direct:explain:task:3", "direct:instruct:agency:3", "direction:1", "diract:reply:1", "diract:answer:1"),
    *("diract:withdraw:1", "headok:3", "headback:3", "rank:1:2", "follow:add", "reader:list:3", "reader:pick:3:5"),
    *("digest:3", "brief:late:3:0", "brief:of:3:3:0", "dcheck:show:2026-01-20", "dcheck:hold:2026-01-20"),
    *("preview:go:3:20260119", "planheads:1:on", "public:show:1", "public:approve:1", "public:new:scores766:2026-01"),
    *("figures:list", "figures:series:scores766", "collect:new", "periodic:freeze:2026-01", "report:freeze:2026-Q1"),
    *(
        "ind:open:1:0",
        "ind:of:1:3",
        "value:give:1:3",
        "value:give:1:0",
        "target:drop:1",
        "feed:make:3",
        "page:NV-0001",
        "open:3",
        "why:3",
    ),
    *("proof:3", "confirm:3", "report:make:2026-Q1", "office:extensions:0"),
)
OUTSIDERS = ("stranger", "other", "other_head", "gone", "admin")


async def test_what_is_forged_by_others_does_nothing_and_tells_nothing(cast: Cast) -> None:
    await _furnish(cast)
    before = await cast.acts()
    for at, who in enumerate(OUTSIDERS):
        for key in FORGED if who in {"other", "gone"} else FORGED[at::3]:
            told = " ".join(one.text for one in await cast.forge(who, key) if one.kind == "reply")
            assert told, (who, key)
            assert SECRET not in told, (who, key)
            assert "87,77" not in told, (who, key)
        for step in ("urge_confirm", "letter_confirm", "direction_confirm", "give_confirm", "public_approve"):
            await cast.forge(who, f"yes:{step}")
    assert [one for one in await cast.acts() if one not in before] == []
    for one in ("-1", "0", "999999999", "9" * 40, "x", ""):
        for verb in (
            "urge:one",
            "letterno",
            "broadcast:undo",
            "direction",
            "diract:pass",
            "ext",
            "public:show",
            "rank",
        ):
            (answer,) = await cast.forge("chief", f"{verb}:{one}")
            assert "lỗi hệ thống" not in answer.text, (verb, one)


async def test_a_leader_speaks_of_what_is_in_the_portfolio(cast: Cast) -> None:
    leader = cast.people["leader"]
    await cast.forge("leader", "reader:part:3")
    await leader.say("XA01")
    await leader.press("Đồng ý")
    for key in ("direct:explain:task:3", "direct:instruct:agency:3"):
        await cast.forge("leader", key)
        await leader.say("Đề nghị báo cáo ngay lý do chậm")
        (refused,) = await leader.press("Đúng, gửi")
        assert "không thuộc phần đồng chí phụ trách" in refused.text
    await cast.forge("leader", "direct:explain:agency:6")
    await leader.say("Đề nghị báo cáo tiến độ niêm yết")
    assert "Đã gửi Văn phòng" in (await leader.press("Đúng, gửi"))[-1].text


async def test_two_of_the_office_at_once_do_a_thing_once(cast: Cast) -> None:
    clerk = cast.people["clerk"]
    for who in ("clerk", "chief"):
        await cast.forge(who, "urge:late:0")
    lines = await cast.at_once("yes:urge_confirm", "clerk", "chief", "clerk")
    assert sum("đã đôn đốc lúc 09:00 hôm nay" in one for one in lines) == 1
    await clerk.say("giao STP báo cáo kết quả rà soát thủ tục trước 20/02/2026")
    await cast.at_once("yes:give_confirm", "clerk", "clerk", "chief")
    acts = [act for _, act in await cast.acts()]
    assert (acts.count("urge"), acts.count("give")) == (1, 1)


async def test_a_broadcast_is_taken_back_once_and_not_after_it_left(cast: Cast) -> None:
    chief = cast.people["chief"]
    for number in (2, 3):
        await chief.say(f"thongbao Đề nghị các đơn vị báo cáo tiến độ lần {number}")
        await chief.say("Sở Tư pháp")
        await chief.press("Gửi")
    lines = await cast.at_once("broadcast:undo:1", "chief", "clerk")
    assert sum("đã được thu hồi trước đó" in one for one in lines) == 1
    await cast.office.advance(datetime(2026, 1, 19, 16, 0, tzinfo=VIETNAM))
    (late,) = [one for one in await cast.forge("clerk", "broadcast:undo:2") if one.kind == "reply"]
    assert "không thu hồi được nữa" in late.text
    assert [act for _, act in await cast.acts()].count("undo") == 1
    heard = " ".join(one.text for one in await cast.people["owner"].all_heard())
    assert ("lần 2" in heard, heard.count("Đồng chí Vũ Mẫu Chánh")) == (False, 1)
