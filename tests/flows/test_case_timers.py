"""What time does to cases, by the sweep and once: what is missing is asked for again, stopped, taken up, archived."""

from pathlib import Path

import pytest
from sqlalchemy import update

from actions.cases import answering, merging, sender, triage
from domain.cases.decisions import LegalClass, Outcome
from storage.database import Unit
from storage.schema import cases
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


async def test_what_was_said_on_taking_a_case_up_holds_when_it_is_passed_on_before_it_leaves(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=at(12, 1, 8))
    lan, citizen = await coordinator(office, "Hoàng Mẫu Lan"), office.stranger("Người gửi")
    officer = await office.officer("SNV", name="Phạm Mẫu Cúc")
    await limits(office, case_answer_normal="20 ngày")
    code = await sent(office, citizen)
    await office.run(lambda unit: _takes_up(unit, office, lan, code))
    await passed_on(office, lan, code, "SNV")
    await office.settle()
    taken, passed = [one.text for one in await told(citizen)]
    assert taken.startswith(f"{code}: đã tiếp nhận; chậm nhất thứ Hai 19/01/2026 sẽ chuyển"), taken
    assert "Hạn trả lời ông/bà: chậm nhất thứ Hai 09/02/2026" in passed
    (handed,) = await told(officer)
    assert "Phản ánh, kiến nghị của người dân: " in handed.text, "to the agency it is no other agency's to answer"


def _takes_up(unit: Unit, office: Office, lan: Chat, code: str) -> None:
    seen = triage.Classification(LegalClass.ELSEWHERE)
    triage.classify(unit, viewer_of(unit, office, lan), row_of(unit, code).id, seen, office.clock())


async def test_a_limit_in_hours_is_spoken_of_within_the_day(tmp_path: Path) -> None:
    """Halfway and at its end, whatever else was said that day; what is answered by then is not spoken of."""
    office = make_office(tmp_path, start=at(12, 1, 8))
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    officer = await office.officer("SNV", name="Phạm Mẫu Cúc")
    await limits(office, case_answer_normal="4 giờ")
    first, second = await sent(office, office.stranger("Một")), await sent(office, office.stranger("Hai"))
    for code in (first, second):
        await passed_on(office, lan, code, "SNV")
    await office.settle()
    await officer.heard()
    await office.advance(at(12, 1, 10, 30))
    (halfway,) = await told(officer)
    assert (f"{halfway.at:%H:%M}", first in halfway.text, "14:00 hôm nay" in halfway.text) == ("10:00", True, True)
    await office.run(lambda unit: _answers(unit, office, officer, second))
    await office.settle()
    await officer.heard()
    await office.advance(at(12, 1, 17))
    (over,) = await told(officer)
    assert f"{over.at:%H:%M}" == "14:00"
    assert "đã quá giờ" in over.first_line
    assert second not in over.text


async def test_what_one_sender_left_out_is_not_held_against_those_merged_into_it(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=at(12, 1, 8))
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    citizen, other = office.stranger("Một"), office.stranger("Hai")
    master, follower = await sent(office, citizen), await sent(office, other)
    await office.run(lambda unit: _merges(unit, office, lan, follower, master))
    await office.run(lambda unit: _asks(unit, office, lan, master))
    await office.settle()
    assert [one.first_line for one in await told(other)] == [
        f"{follower}: được xử lý cùng phản ánh {master}, vì là cùng một việc"
    ], "what the other sender is asked is nobody else's"
    await office.advance(at(27, 1, 9))
    assert (await case_of(office, master)).state == "refused"
    alone = await case_of(office, follower)
    assert (alone.state, alone.master_id, f"{alone.received_on:%d/%m}") == ("waiting_reception", None, "12/01")
    (split,) = await told(other)
    assert split.first_line == f"{follower}: được xử lý riêng, không gộp với phản ánh khác nữa"


def _merges(unit: Unit, office: Office, lan: Chat, code: str, master: str) -> None:
    merging.merge(unit, viewer_of(unit, office, lan), row_of(unit, code).id, master, office.clock())


async def test_what_is_to_be_public_by_today_is_said_once_while_it_is_not(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=at(12, 1, 8))
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    officer = await office.officer("SNV", name="Phạm Mẫu Cúc")
    await limits(office, case_answer_normal="10 ngày", case_publish_days="3", case_publication="có")
    shown, kept = await sent(office, office.stranger("Một")), await sent(office, office.stranger("Hai"))
    for code in (shown, kept):
        await passed_on(office, lan, code, "SNV")
        await office.run(lambda unit, code=code: _answers(unit, office, officer, code))
    await office.run(lambda unit: unit.conn.execute(update(cases).values(may_publish=cases.c.code == shown)).rowcount)
    await office.settle()
    await lan.heard()
    await office.advance(at(14, 1, 17))
    assert [one for one in await told(lan) if "công khai" in one.text] == []
    await office.advance(at(16, 1, 17))
    (due,) = [one for one in await told(lan) if "công khai" in one.text]
    assert (f"{due.at:%d/%m}", f"{shown}: đến hạn công khai kết quả" in due.text, kept in due.text) == (
        "15/01", True, False,
    )  # fmt: skip
