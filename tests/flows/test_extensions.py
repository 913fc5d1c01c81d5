"""Asking for a later date, in a whole office: asked, agreed to, refused, taken back, and the ladder after each."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.assignments import State
from domain.local import VIETNAM, local
from domain.people import Role
from storage.database import Unit
from storage.schema import due_versions, extensions, planned
from storage.views import standing, work
from storage.views.work import Work
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 28/02/2026", "Kế hoạch"),
    Row("Công khai thủ tục hành chính", "Sở Tư pháp", "Thường xuyên"),
)
DUE = date(2026, 2, 27)


def at(day: int, month: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


@pytest.fixture
async def people(office: Office) -> tuple[Chat, Chat]:
    """The coordinator and the officer of Sở Tư pháp, who has been told."""
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.settle()
    await officer.heard()
    return coordinator, officer


async def _one(office: Office, code: str = "NV-0001") -> Work:
    found = await office.read(lambda unit: work.by_code(unit, code, office.clock().date()))
    assert found is not None
    return found


async def _waiting(office: Office, code: str = "NV-0001") -> list[str]:
    """Return the rungs that still wait, with their day."""
    one = await _one(office, code)
    query = (
        select(planned.c.rung, planned.c.at)
        .where(planned.c.matter_id == one.id, planned.c.state == "waiting")
        .order_by(planned.c.at)
    )
    rows = await office.read(lambda unit: unit.conn.execute(query).all())
    return [f"{row.rung} {local(row.at):%d/%m}" for row in rows if not row.rung.startswith("week")]


async def _ask(officer: Chat) -> str:
    await officer.say("giahan NV-0001")
    await officer.say("20/03/2026")
    await officer.say("Chờ hướng dẫn của Bộ Tư pháp")
    await officer.say("công văn số 45/STP-VP ngày 12/01/2026")
    (answer,) = await officer.press("Gửi đề nghị gia hạn")
    return answer.text


async def _grant(coordinator: Chat, *words: str) -> str:
    """Answer the request that is told of, by these choices and words; return what was answered last."""
    await coordinator.say("tonghop")
    await coordinator.press("Xin gia hạn")
    await coordinator.press("Trả lời NV-0001")
    answer = ""
    for one in words:
        heard = await (coordinator.press(one[1:-1]) if one.startswith("[") else coordinator.say(one))
        answer = heard[-1].text
    return answer


async def test_what_is_asked_is_said_back_once_and_rests(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await office.advance(at(20, 2))
    (listed,) = await officer.say("giahan")
    assert listed.first_line == "Việc nào cần xin gia hạn?"
    assert "NV-0002" not in listed.text, "what has no date needs no later one"
    (asked,) = await officer.say("1")
    assert asked.first_line == "Xin gia hạn NV-0001, hạn hiện nay thứ Sáu 27/02/2026"
    assert "Hạn mới phải sau" in (await officer.say("20/02/2026"))[0].text
    assert "Lý do xin gia hạn" in (await officer.say("20/3"))[0].text
    assert "từ 5 ký tự" in (await officer.say("bận"))[0].text
    await officer.say("Chờ hướng dẫn của Bộ Tư pháp")
    (review,) = await officer.say("gửi sau")
    assert review.first_line == "Xác nhận xin gia hạn NV-0001 đến thứ Sáu 20/03/2026"
    assert "Văn bản đề nghị: gửi sau" in review.text
    (sent,) = await officer.say("1")
    assert sent.first_line == "Đã gửi đề nghị gia hạn NV-0001 đến thứ Sáu 20/03/2026"
    assert (await _one(office)).state is State.EXTENSION_REQUESTED
    assert await _waiting(office) == []
    await office.advance(at(23, 2))
    told = [one for one in await coordinator.all_heard() if "xin gia hạn" in one.first_line]
    assert [one.first_line for one in told] == [
        "Văn phòng UBND tỉnh: Sở Tư pháp xin gia hạn NV-0001 đến thứ Sáu 20/03/2026"
    ]
    assert all(words in told[0].text for words in ("27/02/2026", "Chờ hướng dẫn của Bộ Tư pháp", "gửi sau"))


async def test_back_and_leave_at_every_step(office: Office, people: tuple[Chat, Chat]) -> None:
    officer = people[1]
    await officer.say("NV-0001")
    await officer.press("Xin gia hạn")
    await officer.say("20/03/2026")
    await officer.say("Chờ hướng dẫn của Bộ Tư pháp")
    await officer.say("gửi sau")
    for expected in ("Công văn xin gia hạn", "Lý do xin gia hạn", "Xin gia hạn NV-0001"):
        assert (await officer.say("quay lại"))[0].first_line.startswith(expected)
    assert (await officer.press("Quay lại NV-0001"))[0].first_line.startswith("NV-0001 · chưa nhận")
    await officer.press("Xin gia hạn")
    assert "chưa có gì được gửi" in (await officer.say("huỷ"))[0].text
    assert (await _one(office)).state is State.ASSIGNED


async def test_agreed_to_as_asked(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await office.advance(at(20, 2))
    await _ask(officer)
    await office.advance(at(24, 2))
    await officer.heard()
    answer = await _grant(
        coordinator,
        "[Đồng ý đến 20/03/2026]",
        "Nguyễn Văn A, Phó Chánh Văn phòng",
        "123/VP-TH ngày 24/02/2026",
        "[Gửi trả lời]",
    )
    assert answer.startswith("Đã trả lời Sở Tư pháp: gia hạn NV-0001 đến thứ Sáu 20/03/2026")
    one = await _one(office)
    assert (one.state, one.due_on) == (State.ASSIGNED, date(2026, 3, 20))
    assert await _waiting(office) == [
        "t14 02/03", "t7 11/03", "t3 17/03", "t1 19/03", "t0 20/03", "over1 23/03", "over3 25/03", "over5 27/03",
    ]  # fmt: skip
    await office.settle()
    told = [one for one in await officer.heard() if one.kind == "bundle"]
    assert told[-1].first_line == "Văn phòng UBND tỉnh: NV-0001 được gia hạn đến thứ Sáu 20/03/2026"
    assert "Nguyễn Văn A, Phó Chánh Văn phòng; 123/VP-TH ngày 24/02/2026" in told[-1].text
    (card,) = await officer.say("NV-0001")
    assert "Ngày cuối còn đúng hạn: thứ Sáu 20/03/2026 (hạn gốc thứ Sáu 27/02/2026)" in card.text
    (listed,) = await officer.say("viec")
    assert "(hạn gốc 27/02/2026)" in listed.text
    kept = await office.read(_due_versions)
    assert kept == [
        (1, DUE, "issued", None),
        (2, date(2026, 3, 20), "extended",
         "123/VP-TH ngày 24/02/2026; người đồng ý: Nguyễn Văn A, Phó Chánh Văn phòng"),
    ]  # fmt: skip
    assert await office.read(lambda unit: standing.original_dates(unit, [one])) == {one.id: DUE}


def _due_versions(unit: Unit) -> list[tuple[int, date | None, str, str | None]]:
    columns = (due_versions.c.number, due_versions.c.due_on, due_versions.c.reason, due_versions.c.basis)
    query = select(*columns).where(due_versions.c.due_on.is_not(None)).order_by(due_versions.c.number)
    return [tuple(row) for row in unit.conn.execute(query)]


async def test_agreed_to_until_another_day(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await _ask(officer)
    answer = await _grant(coordinator, "[Đồng ý đến ngày khác]", "10/03/2026", "[Chính tôi]", "bỏ qua", "[Gửi trả lời]")
    assert answer.startswith("Đã trả lời Sở Tư pháp: gia hạn NV-0001 đến thứ Ba 10/03/2026")
    assert (await _one(office)).due_on == date(2026, 3, 10)
    ((granted, agreed_by),) = await office.read(
        lambda unit: unit.conn.execute(select(extensions.c.granted_until, extensions.c.agreed_by)).all()
    )
    assert (granted, agreed_by) == (date(2026, 3, 10), "Hoàng Mẫu Lan")


async def test_refused_in_time_the_old_date_and_its_ladder_stand(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await officer.say("NV-0001")
    await officer.press("Đã nhận việc")
    before = await _waiting(office)
    await office.advance(at(20, 2))
    await _ask(officer)
    await office.advance(at(23, 2))
    answer = await _grant(
        coordinator, "[Không đồng ý]", "Bộ đã có hướng dẫn ngày 10/02", "[Chính tôi]", "bỏ qua", "[Gửi trả lời]"
    )
    assert "Hạn vẫn là thứ Sáu 27/02/2026" in answer
    one = await _one(office)
    assert (one.state, one.due_on) == (State.ACCEPTED, DUE), "back to where it stood before"
    assert await _waiting(office) == [rung for rung in before if rung.split(" ")[0] in {
        "t3", "t1", "t0", "over1", "over3", "over5",
    }]  # fmt: skip
    await office.settle()
    assert "Bộ đã có hướng dẫn ngày 10/02" in (await officer.heard())[-1].text


async def test_refused_after_the_date_the_days_of_waiting_are_given_back(
    office: Office, people: tuple[Chat, Chat]
) -> None:
    """Asked on Wednesday, two working days before the date; refused four working days later, after it."""
    coordinator, officer = people
    await office.advance(at(25, 2))
    await _ask(officer)
    await office.advance(at(3, 3))
    overdue = [one.text for one in await officer.heard() if "QUÁ HẠN" in one.text or "quá hạn" in one.first_line]
    assert overdue == [], "what waits for an answer is not called late"
    answer = await _grant(
        coordinator, "[Không đồng ý]", "Đề nghị hoàn thành ngay", "[Chính tôi]", "bỏ qua", "[Gửi trả lời]"
    )
    assert "cộng lại số ngày làm việc đã chờ: hạn nay là thứ Năm 05/03/2026" in answer
    await office.settle()
    assert "cộng lại số ngày làm việc đã chờ, đến thứ Năm 05/03/2026" in (await officer.heard())[-1].text
    one = await _one(office)
    assert one.due_on == date(2026, 3, 5)
    assert not one.is_late
    assert await _waiting(office) == ["t1 04/03", "t0 05/03", "over1 06/03", "over3 10/03", "over5 12/03"]


async def test_asked_too_late_nothing_is_given_back(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await office.advance(at(3, 3))
    await _ask(officer)
    await office.advance(at(5, 3))
    await _grant(coordinator, "[Không đồng ý]", "Đề nghị hoàn thành ngay", "[Chính tôi]", "bỏ qua", "[Gửi trả lời]")
    one = await _one(office)
    assert one.due_on == DUE
    assert one.is_late


async def test_taken_back_by_the_agency(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    before = await _waiting(office)
    await _ask(officer)
    (answer,) = await officer.press("Rút đề nghị")
    assert answer.first_line == "Đã rút đề nghị gia hạn NV-0001"
    assert await _waiting(office) == before
    (overview,) = await coordinator.say("tonghop")
    assert "Xin gia hạn" not in overview.text
    await office.advance(at(13, 1, 10))
    assert not [one for one in await coordinator.all_heard() if one.kind == "bundle" and "gia hạn" in one.text]


async def test_reporting_done_withdraws_it(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await _ask(officer)
    await coordinator.say("tonghop")
    await coordinator.press("Xin gia hạn")
    for typed in ("xong NV-0001", "bỏ qua", "1"):
        await officer.say(typed)
    states = await office.read(lambda unit: unit.conn.execute(select(extensions.c.state)).scalars().all())
    assert states == ["withdrawn"]
    (answer,) = await coordinator.press("Trả lời NV-0001")
    assert answer.text == "Đề nghị gia hạn NV-0001 không còn chờ trả lời: đơn vị đã rút hoặc đã báo cáo."


async def test_one_request_at_a_time(office: Office, people: tuple[Chat, Chat]) -> None:
    officer = people[1]
    await _ask(officer)
    (card,) = await officer.say("NV-0001")
    assert "Đang xin gia hạn đến thứ Sáu 20/03/2026" in card.text
    assert "Xin gia hạn" not in [one.label for one in card.choices]
    (refused,) = await officer.say("giahan NV-0001")
    assert refused.text == "Việc này đang ở trạng thái “đang xin gia hạn” nên không thể xin gia hạn."


async def test_the_second_of_two_coordinators_is_told_what_was_decided(
    office: Office, people: tuple[Chat, Chat]
) -> None:
    first, officer = people
    second = await office.officer("VPUBND", Role.COORDINATOR, "Lý Mẫu Sơn")
    await _ask(officer)
    for one in (first, second):
        await _grant(one, "[Đồng ý đến 20/03/2026]", "[Chính tôi]", "bỏ qua")
    await first.press("Gửi trả lời")
    (answer,) = await second.press("Gửi trả lời")
    assert answer.text == (
        "Đề nghị gia hạn NV-0001 đã được Hoàng Mẫu Lan trả lời lúc 08:00 12/01/2026: đồng ý đến thứ Sáu 20/03/2026."
    )
    assert len(await office.read(_due_versions)) == 2


FORGED = ("ext:1", "grant:1:asked", "grant:1:other", "refuse:1", "yes:grant_confirm:1", "withdraw:1", "extend:1")


async def test_forged_buttons_change_nothing(office: Office, people: tuple[Chat, Chat]) -> None:
    _, officer = people
    await _ask(officer)
    stranger = await office.officer("STC")
    for who, keys in ((stranger, FORGED), (officer, ("ext:1", "grant:1:asked", "refuse:1", "yes:grant_confirm:1"))):
        for key in keys:
            number = (await _one(office)).id if key.split(":")[0] in {"withdraw", "extend"} else 1
            forged = key.replace(":1", f":{number}", 1)
            await office.take_in(who.chat, {"button": forged, "label": "x", "stamp": office.web.stamp()})
            (answer,) = await who.heard()
            assert "Không tìm thấy" in answer.text or "câu hỏi đã đóng" in answer.text, key
    assert (await _one(office)).state is State.EXTENSION_REQUESTED
    assert await office.read(lambda unit: unit.conn.execute(select(extensions.c.state)).scalars().all()) == ["pending"]


async def test_an_answer_that_is_forgotten_is_brought_up_again(office: Office, people: tuple[Chat, Chat]) -> None:
    coordinator, officer = people
    await _ask(officer)
    await office.advance(at(20, 1, 17))
    lines = [one for one in await coordinator.heard() if not one.first_line.startswith("Đang chờ Văn phòng")]
    told = [one for one in lines if "gia hạn" in one.first_line]
    assert [f"{one.at:%d/%m}" for one in told] == ["12/01", "15/01"]
