"""What time does to cases, by the sweep and once: what is missing is asked for again, stopped, taken up, archived."""

from pathlib import Path

import pytest

from actions.cases import answering, sender, triage
from domain.cases.decisions import Outcome
from storage.database import Unit
from tests.flows.caseload_side import at, case_of, limits, passed_on, row_of, told
from tests.flows.register_side import coordinator, sent, viewer_of
from tests.office import Chat, Office, make_office

pytestmark = pytest.mark.anyio


async def test_waiting_ends_by_itself_and_a_word_takes_it_up_again(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=at(12, 1, 8))
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    officer = await office.officer("SNV", name="Phạm Mẫu Cúc")
    citizen, other = office.stranger("Người gửi thứ nhất"), office.stranger("Người gửi thứ hai")
    await limits(office, case_answer_normal="10 ngày", case_archive_days="7")
    missing, answered = await sent(office, citizen), await sent(office, other)
    await office.run(lambda unit: _asks(unit, office, lan, missing))
    await passed_on(office, lan, answered, "SNV")
    await office.run(lambda unit: _answers(unit, office, officer, answered))
    await office.settle()
    await citizen.heard()
    await lan.heard()
    await office.advance(at(26, 1, 17))
    assert [f"{one.at:%d/%m}" for one in await told(citizen)] == ["21/01", "23/01"], "reminded twice"
    assert (await case_of(office, missing)).state == "supplement_asked"
    await office.advance(at(27, 1, 9))
    (stopped,) = await told(citizen)
    assert missing in stopped.first_line
    assert (await case_of(office, missing)).state == "refused"
    assert [one for one in await told(lan) if "hết hạn bổ sung" in one.text]
    await office.advance(at(28, 1, 9))
    assert await told(citizen) == [], "said once"
    await office.run(lambda unit: sender.add(unit, row_of(unit, missing), "Hồ sơ khai sinh", (), office.clock()))
    again = await case_of(office, missing)
    assert (again.state, f"{again.received_on:%d/%m}") == ("waiting_reception", "12/01"), "its age does not begin anew"
    assert (await case_of(office, answered)).state == "archived"


def _asks(unit: Unit, office: Office, lan: Chat, code: str) -> None:
    triage.ask_supplement(unit, viewer_of(unit, office, lan), row_of(unit, code).id, "Hồ sơ gì?", office.clock())


def _answers(unit: Unit, office: Office, officer: Chat, code: str) -> None:
    on = office.clock().date()
    what = answering.Answer(Outcome.FIXED, "Sở đã yêu cầu xã trả kết quả.", "45/SNV", on, "Lê Mẫu Sơn")
    answering.draft(unit, viewer_of(unit, office, officer), row_of(unit, code).id, what, office.clock())
