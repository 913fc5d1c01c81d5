"""Honest lateness read back from both databases, and where people see it."""

from datetime import date, datetime

import pytest

from domain.lateness import Lateness
from domain.local import VIETNAM
from domain.people import Role
from storage.database import Unit
from storage.views import digest, standing, work
from tests.office import Chat, Office, Row

pytestmark = pytest.mark.anyio

DUE = "Trước ngày 28/02/2026"
PLAN = (
    Row("Chậm vì chính mình", "Sở Tư pháp", DUE),
    Row("Chậm vì chờ số liệu", "Sở Tư pháp", DUE, coordinating="Sở Tài chính"),
    Row("Vướng ở cơ quan phối hợp", "Sở Tư pháp", DUE, coordinating="Sở Tài chính"),
    Row("Xin gia hạn đúng lúc", "Sở Tư pháp", DUE),
    Row("Đã báo cáo", "Sở Tư pháp", DUE),
    Row("Còn hạn", "Sở Tư pháp", "Trước ngày 30/06/2026"),
    Row("Không có hạn", "Sở Tư pháp", "Thường xuyên"),
    Row("Vướng vì lý do khác", "Sở Tư pháp", DUE, coordinating="Sở Tài chính"),
)
LATE_PLAN = (Row("Giao khi hạn đã cận", "Sở Tư pháp", "Trước ngày 05/03/2026"),)


def at(day: int, month: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


async def _say(chat: Chat, *lines: str) -> None:
    for line in lines:
        await (chat.press(line[1:-1]) if line.startswith("[") else chat.say(line))


async def _story(office: Office) -> Chat:
    officer = await office.officer("STP")
    await office.issue(PLAN)
    await office.advance(at(20, 2))
    await _say(officer, "NV-0002", "[Đề nghị cơ quan phối hợp]", "Số thu năm 2025", "24/02/2026", "[Gửi đề nghị]")
    await _say(officer, "vuongmac NV-0003", "Chờ số liệu của Sở Tài chính, đã hỏi hai lần")
    await _say(officer, "vuongmac NV-0008", "Máy chủ hỏng, đang sửa")
    await _say(officer, "giahan NV-0004", "20/03/2026", "Chờ hướng dẫn của Bộ", "gửi sau", "[Gửi đề nghị gia hạn]")
    await _say(officer, "xong NV-0005", "bỏ qua", "1")
    await office.advance(at(3, 3))
    await office.issue(LATE_PLAN, number="30/KH-UBND")
    await office.advance(at(6, 3))
    return officer


async def test_each_reason_apart(office: Office) -> None:
    officer = await _story(office)
    found = await office.read(_by_code)
    assert found == {
        "NV-0001": Lateness.LATE,
        "NV-0002": Lateness.WAITING_FOR_OTHER,
        "NV-0003": Lateness.WAITING_FOR_OTHER,
        "NV-0004": Lateness.EXTENSION_PENDING,
        "NV-0005": None,
        "NV-0006": Lateness.ON_TIME,
        "NV-0007": Lateness.ON_TIME,
        "NV-0008": Lateness.LATE,
        "NV-0009": Lateness.ASSIGNED_LATE,
    }
    counts = ((Lateness.LATE, 2), (Lateness.ASSIGNED_LATE, 1), (Lateness.WAITING_FOR_OTHER, 2))
    morning = await office.read(lambda unit: digest.of_day(unit, date(2026, 3, 6)))
    assert (morning.late, morning.apart) == (2, (*counts, (Lateness.EXTENSION_PENDING, 1)))
    assert sum(line.late for line in morning.agencies) == 2
    assert not morning.calm
    await _seen_by_the_officer(officer)
    await _seen_by_the_office(office)
    await _seen_by_the_leader(office)


def _by_code(unit: Unit) -> dict[str, Lateness | None]:
    works = work.everything(unit, date(2026, 3, 6))
    stands = standing.of(unit, works, date(2026, 3, 6))
    return {one.code: stands[one.id] for one in works}


async def _seen_by_the_officer(officer: Chat) -> None:
    (listed,) = await officer.say("viec")
    assert listed.first_line.endswith("9 việc, 2 QUÁ HẠN · 1 giao muộn · 2 chờ cơ quan khác · 1 đang xin gia hạn")
    assert "NV-0002 · Chờ cơ quan khác: hạn thứ Sáu 27/02/2026, đã quá 7 ngày" in listed.text
    assert "NV-0001 · quá hạn 7 ngày" in [one.label for one in listed.choices]
    assert "NV-0004 · đang xin gia hạn" in [one.label for one in listed.choices]
    (card,) = await officer.say("NV-0009")
    assert card.first_line == "NV-0009 · chưa nhận · hạn thứ Tư 04/03/2026, đã quá 2 ngày · giao muộn"


async def _seen_by_the_office(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    (overview,) = await coordinator.say("tonghop")
    counts = "6 việc đã qua hạn (quá hạn 2, giao muộn 1, chờ cơ quan khác 2, đang xin gia hạn 1)"
    assert overview.first_line.startswith(f"Tổng hợp thứ Sáu 06/03/2026: {counts}, ")
    (late,) = await coordinator.press("Đã qua hạn (6)")
    assert late.first_line == f"{counts} · thứ Sáu 06/03/2026"
    assert [line.split(" · ")[0] for line in late.text.split("\n") if " · Sở Tư pháp · " in line][:2] == [
        "1. NV-0001", "2. NV-0008",
    ], "what agencies are late with themselves stands first"  # fmt: skip
    assert "NV-0009 · Sở Tư pháp · giao muộn, quá 2 ngày (hạn 04/03/2026)" in late.text


async def _seen_by_the_leader(office: Office) -> None:
    leader = await office.officer("UBNDT", Role.LEADER)
    (told,) = await leader.say("tonghop")
    assert told.first_line.startswith("Tổng hợp thứ Sáu 06/03/2026: 2 việc quá hạn")
    assert "Quá hạn: 2 · giao muộn: 1 · chờ cơ quan khác: 2 · đang xin gia hạn: 1" in told.text


async def test_the_plans_own_date_is_kept_in_sight(office: Office) -> None:
    """What the office extended shows the plan's date; a date the plan itself changed is the plan's own."""
    officer = await office.officer("STP")
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await office.issue(PLAN[:1])
    await _say(officer, "giahan NV-0001", "20/03/2026", "Chờ hướng dẫn của Bộ", "gửi sau", "[Gửi đề nghị gia hạn]")
    await _say(coordinator, "tonghop", "[Xin gia hạn]", "[Trả lời]", "[Đồng ý đến 20]", "[Chính tôi]", "bỏ qua")
    assert await office.read(_original) == {}
    await coordinator.press("Gửi trả lời")
    assert await office.read(_original) == {"NV-0001": date(2026, 2, 27)}


def _original(unit: Unit) -> dict[str, date]:
    works = work.everything(unit, date(2026, 1, 12))
    dates = standing.original_dates(unit, works)
    return {one.code: dates[one.id] for one in works if one.id in dates}
