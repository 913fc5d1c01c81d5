"""Leaders' digests over mornings: red, better, unchanged; portfolios, readers, the office's look, the week's paper."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from actions import digests, following, office_settings
from domain.errors import ActRefused
from domain.following import Follow
from domain.local import VIETNAM
from domain.outgoing import Attachment
from domain.people import Role
from storage.database import Unit
from storage.schema import agencies, people
from tests.office import Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp; Sở Nội vụ; Sở Tài chính", "Trước ngày 20/01/2026"),
    Row("Báo cáo kết quả rà soát", "Sở Tư pháp", "Trước ngày 24/01/2026"),
)


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


class Cast:
    """An office with a coordinator, a chairman, and an officer who answers."""

    def __init__(self, folder: Path) -> None:
        self.office: Office = make_office(folder, environment={"NHACVIEC_PREVIEW": "off"})
        self.coordinator: Chat
        self.leader: Chat
        self.officer: Chat

    async def begin(self, **settings: str) -> "Cast":
        """Let them join and the plan be issued."""
        self.coordinator = await self.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
        self.leader = await self.office.officer("UBNDT", Role.LEADER, "Lê Mẫu Quang", "Chủ tịch")
        self.officer = await self.office.officer("STP", Role.OFFICER, "Trần Mẫu Bình")
        for name, value in settings.items():
            await self.set(name, value)
        await self.office.issue(PLAN)
        return self

    async def set(self, name: str, value: str) -> None:
        """Let the operator set something."""
        now = self.office.clock()
        await self.office.run(lambda unit: office_settings.change(unit, None, name, value, now))

    async def person(self, name: str) -> int:
        """Return a person's id."""
        query = select(people.c.id).where(people.c.name == name)
        return await self.office.read(lambda unit: int(unit.conn.execute(query).scalar_one()))

    async def follows(self, name: str, code: str) -> None:
        """Put an agency into a leader's portfolio."""
        who, now = await self.person(name), self.office.clock()

        def work(unit: Unit) -> None:
            place = unit.conn.execute(select(agencies.c.id).where(agencies.c.code == code)).scalar_one()
            following.follow(unit, None, Role.LEADER, Follow(who, agency_id=place), now)

        await self.office.run(work)

    async def report(self, code: str) -> None:
        """Report a task as done on the day itself, and let the coordinator confirm it."""
        await self.officer.say(f"xong {code}")
        await self.officer.say("12/KH-STP ngày 20/01/2026")
        await self.officer.press("Gửi báo cáo hoàn thành")
        await self.coordinator.say(code)
        await self.coordinator.press("Xác nhận hoàn thành")


async def unasked(chat: Chat) -> list[Heard]:
    """Return what came unasked, files left out."""
    return [one for one in await chat.all_heard() if one.kind == "bundle" and one.text]


async def files(chat: Chat) -> dict[str, Attachment]:
    """Return the files that came, by name."""
    return {file.name: file for one in await chat.all_heard() for file in one.files}


async def content(cast: Cast, file: Attachment) -> bytes:
    """Return what a file that was sent holds."""
    found = await cast.office.read(lambda unit: unit.shelf.take(file.digest, 10_000_000))
    assert found is not None
    return found


RED = """\
Tổng hợp thứ Ba 20/01/2026: 3 việc quá hạn (+3)

Trong 4 việc: 0 đã xác nhận, 0 chờ xác nhận, 3 quá hạn. So với bản tin thứ Hai 19/01/2026.

Cơ quan quá hạn nhiều nhất:
- Sở Nội vụ: 1 việc, lâu nhất 1 ngày
- Sở Tài chính: 1 việc, lâu nhất 1 ngày
- Sở Tư pháp: 1 việc, lâu nhất 1 ngày

Đến hạn trong tuần:
- thứ Sáu 23/01/2026: Báo cáo kết quả rà soát (1 cơ quan)"""

BETTER = """\
Tổng hợp thứ Tư 21/01/2026: 2 việc quá hạn (−1)

Trong 4 việc: 1 đã xác nhận (+1), 0 chờ xác nhận, 2 quá hạn. So với bản tin thứ Ba 20/01/2026.

Cơ quan quá hạn nhiều nhất:
- Sở Nội vụ: 1 việc, lâu nhất 2 ngày
- Sở Tài chính: 1 việc, lâu nhất 2 ngày

Đến hạn trong tuần:
- thứ Sáu 23/01/2026: Báo cáo kết quả rà soát (1 cơ quan)"""


async def test_mornings_red_better_and_unchanged(tmp_path: Path) -> None:
    cast = await Cast(tmp_path).begin(digest_at="09:15")
    await cast.office.advance(at(20, 14))
    await cast.report("NV-0001")
    await cast.office.advance(at(23, 9, 30))
    await cast.report("NV-0004")
    await cast.office.advance(at(2, 17, month=2))
    told = [one for one in await unasked(cast.leader) if "Tổng hợp" in one.text]
    assert [f"{one.at:%d/%m %H:%M}" for one in told] == [
        "12/01 09:15", "19/01 09:15", "20/01 09:15", "21/01 09:15", "26/01 09:15", "02/02 09:15",
    ], "what says nothing new is left out, save at the beginning of a week"  # fmt: skip
    assert [one.text for one in told[2:4]] == [RED, BETTER]
    assert told[-1].text == (
        "Tổng hợp thứ Hai 02/02/2026: không thay đổi so với bản tin thứ Hai 26/01/2026:"
        " 2 việc quá hạn, đã xác nhận 2/4 việc"
    )
    await _the_files(cast)
    await _down_and_back(cast)
    await _weekly_only(cast)
    await cast.office.close()


async def _the_files(cast: Cast) -> None:
    """A chart where two agencies or more are late; the week's paper on Mondays, not with the first digest."""
    sent = await files(cast.leader)
    assert set(sent) == {
        "qua-han-2026-01-20.png",
        "qua-han-2026-01-21.png",
        "qua-han-2026-01-26.png",
        "bao-cao-tuan-2026-01-19.docx",
        "bao-cao-tuan-2026-01-26.docx",
        "bao-cao-tuan-2026-02-02.docx",
    }
    assert (await content(cast, sent["qua-han-2026-01-20.png"])).startswith(b"\x89PNG\r\n")
    paper = Document(io.BytesIO(await content(cast, sent["bao-cao-tuan-2026-01-26.docx"])))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "Tuần từ ngày 19/01/2026 đến ngày 25/01/2026" in text
    assert "So với bản tin thứ Hai 19/01/2026" in text
    cells = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    assert ["Quá hạn", "2", "+2"] in cells
    assert ["1", "Sở Nội vụ", "1", "0", "7"] in cells
    assert not [cell for row in cells for cell in row if "Bình" in cell], "officers are never named"


async def _down_and_back(cast: Cast) -> None:
    """From the digest to agency, task and history, by numbers alone, and back."""
    (whole,) = await cast.leader.say("tonghop")
    assert "- Sở Nội vụ: 1 việc, lâu nhất 14 ngày" in whole.text, "asked for, it is told whole"
    (listed,) = await cast.leader.say("1")
    assert listed.first_line == "Việc đã qua hạn theo cơ quan · thứ Hai 02/02/2026: 2 cơ quan"
    (tasks,) = await cast.leader.say("1")
    assert tasks.first_line == "Sở Nội vụ: 1 việc đã qua hạn · thứ Hai 02/02/2026"
    (card,) = await cast.leader.say("1")
    assert card.first_line.startswith("NV-0002 · ")
    (proof,) = await cast.leader.press("Đã thông báo những gì")
    assert "NV-0002" in proof.text
    assert "Mẫu" not in proof.text, "officers are never named"
    await cast.leader.press("Quay lại NV-0002")
    (tasks,) = await cast.leader.press("Quay lại Sở Nội vụ")
    await cast.leader.press("Quay lại các cơ quan")
    (whole,) = await cast.leader.press("Quay lại bản tin")
    assert whole.first_line.startswith("Tổng hợp thứ Hai 02/02/2026: 2 việc quá hạn")


async def _weekly_only(cast: Cast) -> None:
    """Who wants it weekly hears at the beginning of a week, changed or not."""
    await cast.leader.say("caidat")
    await cast.leader.press("Bản tin lãnh đạo")
    (kept,) = await cast.leader.press("Ngày làm việc đầu tuần")
    assert kept.first_line == "Bản tin lãnh đạo: ngày làm việc đầu tuần."
    before = len(await unasked(cast.leader))
    await cast.office.issue([Row("Việc gấp", "Sở Tư pháp", "Trước ngày 05/02/2026")], number="16/KH-UBND")
    await cast.office.advance(at(6, 17, month=2))
    assert len(await unasked(cast.leader)) == before
    await cast.office.advance(at(9, 17, month=2))
    assert (await unasked(cast.leader))[-1].first_line == "Tổng hợp thứ Hai 09/02/2026: 2 việc quá hạn (không đổi)"


async def test_a_portfolio_and_its_reader(tmp_path: Path) -> None:
    """A vice chairman hears of the own portfolio alone; a secretary reads the same, and decides nothing."""
    cast = await Cast(tmp_path).begin()
    deputy = await cast.office.officer("UBNDT", Role.LEADER, "Vũ Mẫu Dũng", "Phó Chủ tịch")
    reader = await cast.office.officer("SNV", Role.OFFICER, "Phạm Mẫu Cúc")
    await cast.follows("Vũ Mẫu Dũng", "SNV")
    who, whose, now = await cast.person("Phạm Mẫu Cúc"), await cast.person("Vũ Mẫu Dũng"), cast.office.clock()
    row = await cast.office.run(lambda unit: digests.name_reader(unit, None, whose, who, now))
    with pytest.raises(ActRefused):
        await cast.office.run(lambda unit: digests.name_reader(unit, None, whose, who, now))
    await cast.office.advance(at(20, 17))
    assert (await unasked(cast.leader))[-1].first_line == "Tổng hợp thứ Ba 20/01/2026: 3 việc quá hạn (+3)"
    own = (await unasked(deputy))[-1]
    assert own.first_line == "Tổng hợp thứ Ba 20/01/2026: 1 việc quá hạn (+1)"
    assert "Trong 1 việc" in own.text
    assert "Sở Tư pháp" not in own.text
    read = next(one for one in await unasked(reader) if "quá hạn (+1)" in one.text)
    assert read.first_line == (
        "Bản tin của đồng chí Phó Chủ tịch Vũ Mẫu Dũng (chỉ để xem), thứ Ba 20/01/2026: 1 việc quá hạn (+1)"
    )
    await _kept_within(deputy)
    (again,) = await reader.say("tonghop")
    assert again.first_line == read.first_line
    await reader.say("1")
    (refused,) = await reader.press("Quay lại bản tin")
    assert refused.first_line == read.first_line
    (gone,) = await reader.say("NV-0001")
    assert "Tư pháp" not in gone.text, "no task outside that portfolio"
    await cast.office.run(lambda unit: digests.end_reader(unit, None, row, now))
    (ended,) = await reader.say("tonghop")
    assert "Vũ Mẫu Dũng" not in ended.text
    await cast.office.close()


async def _kept_within(deputy: Chat) -> None:
    """Lists and tasks keep to the portfolio, by whatever key they are asked for."""
    await deputy.say("tonghop")
    (listed,) = await deputy.say("1")
    assert listed.first_line.endswith("1 cơ quan")
    (card,) = await deputy.say("NV-0002")
    assert card.first_line.startswith("NV-0002")
    (found,) = await deputy.say("viec quá hạn")
    assert "NV-0002" in found.text
    assert "NV-0001" not in found.text
    (refused,) = await deputy.say("NV-0001")
    assert "Sở Tư pháp" not in refused.text
    assert not refused.first_line.startswith("NV-0001 · ")


async def test_the_office_looks_first(tmp_path: Path) -> None:
    """At 16:30 the office sees the next morning's digest; held it does not leave, let go it does, with its word."""
    cast = await Cast(tmp_path).begin(digest_check="có")
    await cast.office.advance(at(19, 16, 29))
    await cast.coordinator.heard()
    await cast.office.advance(at(19, 16, 31))
    (shown,) = await cast.coordinator.heard()
    assert shown.first_line == "BẢN TIN LÃNH ĐẠO THỨ BA 20/01/2026, XEM TRƯỚC"
    assert "Gửi lãnh đạo lúc 07:30 thứ Ba 20/01/2026 nếu không giữ lại." in shown.text
    assert "Tổng hợp thứ Ba 20/01/2026: 3 việc quá hạn (+3)" in shown.text
    assert f"{shown.at:%H:%M}" == "16:30"
    (held,) = await cast.coordinator.press("Giữ lại")
    assert "Đang giữ lại" in held.text
    await cast.coordinator.press("Thêm lời của Văn phòng")
    (asked,) = await cast.coordinator.say("Sở Tài chính đã xin gia hạn bằng công văn")
    assert asked.text.endswith("Văn phòng: Sở Tài chính đã xin gia hạn bằng công văn")
    await cast.coordinator.press("Ghi vào bản tin")
    await cast.office.advance(at(20, 10))
    assert "20/01" not in (await unasked(cast.leader))[-1].first_line, "what is held does not leave"
    (gone,) = await cast.coordinator.press("Cho gửi")
    assert "Đang giữ lại" not in gone.text
    await cast.office.advance(at(20, 10, 5))
    told = (await unasked(cast.leader))[-1]
    assert told.first_line == "Tổng hợp thứ Ba 20/01/2026: 3 việc quá hạn (+3)"
    assert told.text.split("\n")[2] == "Văn phòng: Sở Tài chính đã xin gia hạn bằng công văn"
    (late,) = await cast.coordinator.press("Giữ lại")
    assert "đã gửi tới lãnh đạo" in late.text
    await cast.office.close()


async def test_the_morning_line_joins_the_days_message(tmp_path: Path) -> None:
    """What waits stands in the one message of the day, once; on a Monday also where nothing else is said."""
    cast = await Cast(tmp_path).begin(agency_digest="có")
    await cast.office.issue([Row("Niêm yết", "Sở Tư pháp", "Trước ngày 23/01/2026")], number="16/KH-UBND")
    await cast.office.advance(at(20, 17))
    (told,) = [one for one in await unasked(cast.officer) if f"{one.at:%d/%m}" == "20/01"]
    assert "Việc của Sở Tư pháp: 1 việc quá hạn (+1), 2 việc khác đến hạn trong tuần." in told.text
    await cast.office.advance(at(2, 17, month=2))
    lines = [one for one in await unasked(cast.coordinator) if "Các cơ quan quá hạn" in one.text]
    assert [f"{one.at:%d/%m %H:%M}" for one in lines] == ["26/01 08:00", "02/02 08:00"]
    assert lines[-1].text == "Các cơ quan quá hạn: 5 việc."
    days = [f"{one.at:%d/%m}" for one in await unasked(cast.coordinator)]
    assert len(days) == len(set(days)), "it makes no second message of a day"
    await cast.office.close()


async def test_portfolio_and_reader_set_in_chat(tmp_path: Path) -> None:
    """By the office in "Người tham gia", by the leader in caidat; nothing before one preview and a yes."""
    cast = await Cast(tmp_path).begin()
    chat = cast.coordinator
    await chat.say("tonghop")
    await chat.press("Việc khác")
    await chat.press("Người tham gia")
    await chat.say("UBNDT")
    (shown,) = await chat.press("Phụ trách, người xem bản tin: Lê Mẫu Quang")
    assert "Phụ trách: toàn bộ" in shown.text
    await chat.press("Cử người xem bản tin")
    (unknown,) = await chat.say("Không Ai Cả")
    assert "Không có ai tên" in unknown.text
    (asked,) = await chat.say("mau binh")
    assert asked.first_line == "Cử đồng chí Trần Mẫu Bình xem bản tin của đồng chí Lê Mẫu Quang"
    await chat.press("Quay lại")
    await chat.press("Cử người xem bản tin")
    await chat.say("mau binh")
    (done,) = await chat.press("Đồng ý")
    assert "Cùng xem bản tin (không quyết định thay):\n- Trần Mẫu Bình" in done.text
    await cast.leader.say("caidat")
    await cast.leader.press("Bản tin lãnh đạo")
    await cast.leader.press("Người cùng xem bản tin")
    await cast.leader.press("Thêm phần phụ trách")
    (asked,) = await cast.leader.say("SNV")
    assert asked.first_line == "Đưa vào phần đồng chí Lê Mẫu Quang phụ trách: Sở Nội vụ"
    (done,) = await cast.leader.press("Đồng ý")
    assert "Phụ trách:\n- Sở Nội vụ" in done.text
    await cast.office.advance(at(20, 17))
    assert "1 việc quá hạn (+1)" in (await unasked(cast.leader))[-1].first_line
    await cast.leader.say("caidat")
    await cast.leader.press("Bản tin lãnh đạo")
    await cast.leader.press("Người cùng xem bản tin")
    await cast.leader.press("Thôi xem bản tin: Trần Mẫu Bình")
    (ended,) = await cast.leader.press("Đồng ý")
    assert "Chưa cử ai cùng xem bản tin." in ended.text
    await cast.office.close()
