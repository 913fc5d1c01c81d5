"""Files that officers sent, on both databases: taken once, ripe when the chat is free, spoken of once."""

import pytest

from domain.people import Role
from storage import sent_files
from storage.views import quoted
from storage.views import sent_files as views
from tests.flows.evidence_files import read, send, word_file
from tests.office import Office, Row

pytestmark = pytest.mark.anyio

LETTER = word_file("12/BC-STP", "10 tháng 01 năm 2026", "báo cáo rà soát thủ tục hộ tịch")
PLAN = (Row("Rà soát thủ tục hộ tịch", "Sở Tư pháp", "Đến ngày 23/01/2026", "Báo cáo"),)


async def test_a_file_goes_from_waiting_to_reported(office: Office) -> None:
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.settle()
    await officer.heard()
    spoken = await office.read(lambda unit: quoted.last(unit, 1))
    assert spoken is not None
    assert (spoken.answer, spoken.codes, len(spoken.announced)) == (False, ("NV-0001",), 1)
    await send(officer, "bao-cao.docx", LETTER)
    await officer.say("giahan nv 1")
    assert await read(officer) == []
    assert await office.read(lambda unit: views.ripe(unit, office.clock())) is None, "a question is open"
    await officer.say("huỷ")
    assert await office.read(lambda unit: views.ripe(unit, office.clock())) == 1
    assert (await read(officer))[0].first_line.startswith("Báo hoàn thành NV-0001 bằng Công văn 12/BC-STP")
    assert await office.read(lambda unit: views.ripe(unit, office.clock())) is None
    await officer.say("1")
    bundle = await office.read(lambda unit: views.bundle(unit, 1))
    assert bundle is not None
    assert [(one.name, one.state) for one in bundle.files] == [("bao-cao.docx", sent_files.CLOSED)]
    assert bundle.letter is not None
    assert bundle.letter.number == "12/BC-STP"


async def test_a_file_is_finished_once(office: Office) -> None:
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình")
    await office.issue(PLAN)
    await send(officer, "bao-cao.docx", LETTER)
    now = office.clock()
    row = await office.read(lambda unit: sent_files.next_waiting(unit, ["web"], now))
    assert row is not None
    assert row.name == "bao-cao.docx"
    assert await office.read(lambda unit: sent_files.next_waiting(unit, ["telegram"], now)) is None
    first = await office.run(lambda unit: sent_files.finish(unit, row, sent_files.REFUSED, now, {}, "lost"))
    again = await office.run(lambda unit: sent_files.finish(unit, row, sent_files.READ, now, {"letter": None}))
    assert (first, again) == (True, False)
