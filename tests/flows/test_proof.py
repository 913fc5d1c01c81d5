"""The proof of notice: who was told, who saw it, who answered, and who could not be reached."""

from datetime import date, datetime
from pathlib import Path

import pytest

from actions import offices
from domain.delivery import State
from domain.errors import NotFound
from domain.local import VIETNAM, local
from domain.notices import Kind
from domain.people import Role, Viewer
from domain.proofs import KIND_LABELS, ProofOfNotice
from storage import people as people_rows
from storage.database import Unit
from storage.views import office as office_views
from storage.views import proof
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch năm", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 20/3/2026", "Kế hoạch"),
    Row("Công khai thủ tục hành chính", "Sở Tư pháp", "Thường xuyên"),
)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def proven(office: Office, code: str = "NV-0001") -> ProofOfNotice:
    return await office.read(lambda unit: proof.of_assignment(unit, code, office.clock().date()))


async def told(office: Office) -> Chat:
    """The plan is issued to an officer of one of its two agencies, who was told."""
    justice = await office.officer("STP", name="Nguyễn Mẫu An", position="Chuyên viên")
    await office.issue(PLAN)
    await office.settle()
    await justice.heard()
    return justice


async def test_what_was_sent_stands_there_word_for_word(office: Office) -> None:
    justice = await told(office)
    found = await proven(office)
    (one,) = found.tellings
    assert (one.kind, one.person, one.position, one.role) == (
        Kind.ASSIGNED,
        "Nguyễn Mẫu An",
        "Chuyên viên",
        Role.OFFICER,
    )
    assert (one.state, one.channel, one.times) == (State.SENT, "web", 1)
    assert local(one.at) == local(office.clock())
    assert one.text == (await justice.all_heard())[-1].text
    assert (one.seen_at, one.answered_at, found.deeds, found.unreached) == (None, None, [], [])
    assert found.told_at == one.at
    assert (found.plan_number, found.agency, found.due_on) == ("15/KH-UBND", "Sở Tư pháp", date(2026, 3, 19))
    assert [(each.due_on, each.reason) for each in found.due_dates] == [(date(2026, 3, 19), "giao việc")]


async def test_opening_the_task_is_seeing_it_and_acting_is_answering(office: Office) -> None:
    justice = await told(office)
    office.clock.tick(600)
    await justice.say("NV-0001")
    seen = office.clock()
    office.clock.tick(600)
    found = await proven(office)
    assert found.tellings[0].seen_at == seen
    assert (found.tellings[0].answered_at, found.acknowledged_at) == (None, None)
    await justice.press("Đã nhận việc")
    found = await proven(office)
    assert found.tellings[0].seen_at == seen
    assert found.tellings[0].answered_at == office.clock()
    assert [(one.person, one.what) for one in found.deeds] == [("Nguyễn Mẫu An", "nhận việc")]
    assert found.acknowledged_at == office.clock()


async def test_an_answer_proves_sight_also_of_who_never_opened_the_task(office: Office) -> None:
    justice = await told(office)
    office.clock.tick(60)
    await justice.press("Đã nhận tất cả")
    (one,) = (await proven(office)).tellings
    assert one.seen_at == one.answered_at == office.clock()


async def test_another_agencys_acts_answer_nothing(office: Office) -> None:
    await told(office)
    interior = await office.officer("SNV")
    office.clock.tick(60)
    await interior.say("NV-0002")
    await interior.press("Đã nhận việc")
    assert (await proven(office)).deeds == []
    assert len((await proven(office, "NV-0002")).deeds) == 1


async def test_who_cannot_be_reached_stands_in_the_proof(office: Office) -> None:
    await told(office)
    found = await proven(office, "NV-0002")
    assert found.tellings == []
    assert [(one.agency, one.role) for one in found.unreached] == [("Sở Nội vụ", Role.OFFICER)]


async def test_the_whole_task_is_all_its_agencies(office: Office) -> None:
    await told(office)
    day = office.clock().date()
    every = await office.read(lambda unit: proof.of_task(unit, "NV-0001", day))
    assert [one.agency for one in every] == ["Sở Tư pháp", "Sở Nội vụ"]
    assert len(every[0].tellings) == 1
    assert len(every[1].unreached) == 1


async def test_a_check_in_counts_for_each_work_that_it_lists(office: Office) -> None:
    await told(office)
    await office.advance(datetime(2026, 3, 6, 17, 0, tzinfo=VIETNAM))
    kinds = [one.kind for one in (await proven(office, "NV-0003")).tellings]
    assert kinds == [Kind.ASSIGNED, Kind.CHECK_IN]
    assert Kind.CHECK_IN not in [one.kind for one in (await proven(office)).tellings]


async def test_what_waits_and_what_was_dropped_say_so(office: Office) -> None:
    justice = await office.officer("STP")
    await office.issue(PLAN, at=datetime(2026, 1, 12, 19, 0, tzinfo=VIETNAM))
    office.clock.move_to(datetime(2026, 1, 12, 19, 0, tzinfo=VIETNAM))
    await office.settle()
    (one,) = (await proven(office)).tellings
    assert (one.state, one.text, one.channel) == (State.WAITING, "", "")
    await justice.say("NV-0001")
    await justice.press("Báo xong")
    await justice.say("12/KH-STP ngày 12/01/2026")
    await justice.press("Gửi báo cáo")
    office.clock.move_to(datetime(2026, 1, 13, 8, 0, tzinfo=VIETNAM))
    await office.settle()
    (one,) = (await proven(office)).tellings
    assert (one.state, one.text, one.seen_at) == (State.CANCELLED, "", None)
    assert (await proven(office, "NV-0003")).tellings[0].state is State.SENT


async def test_only_the_agency_and_who_oversees_all_may_look(office: Office) -> None:
    await told(office)
    await office.officer("SNV")
    await office.officer("VPUBND", Role.COORDINATOR)
    day = office.clock().date()

    def look(unit: Unit, role: Role, agency: str) -> list[str]:
        holder = next(
            one
            for one in people_rows.active(unit, role)
            if agency in {seat.agency for seat in office_views.viewer(unit, one, day).seats}
        )
        viewer = office_views.viewer(unit, holder, day)
        return [one.agency for one in proof.of_task(unit, "NV-0001", day, viewer)]

    assert await office.read(lambda unit: look(unit, Role.OFFICER, "Sở Tư pháp")) == ["Sở Tư pháp"]
    both = await office.read(lambda unit: look(unit, Role.COORDINATOR, "Văn phòng UBND tỉnh"))
    assert both == ["Sở Tư pháp", "Sở Nội vụ"]
    with pytest.raises(NotFound):
        await office.read(lambda unit: look(unit, Role.OFFICER, "Sở Nội vụ"))


async def test_the_words_said_to_others_stay_theirs(office: Office) -> None:
    await told(office)
    await office.officer("VPUBND", Role.COORDINATOR)
    await office.advance(datetime(2026, 3, 26, 17, 0, tzinfo=VIETNAM))
    day = office.clock().date()

    def texts(unit: Unit, viewer: Viewer | None) -> list[str]:
        found = proof.of_assignment(unit, "NV-0001", day, viewer)
        return [one.text for one in found.tellings if not one.own and one.state is State.SENT]

    justice = await office.read(lambda unit: office_views.viewer(unit, people_rows.active(unit, Role.OFFICER)[0], day))
    assert "Sở Nội vụ (NV-0002)" in "".join(await office.read(lambda unit: texts(unit, None)))
    assert set(await office.read(lambda unit: texts(unit, justice))) == {""}


async def test_a_message_about_two_agencies_is_read_by_who_sees_both(office: Office) -> None:
    """One message a day says everything a person has to hear, also of an agency that a colleague does not know."""
    of_both = await office.officer("STP", name="Nguyễn Mẫu An")
    await of_both.say(await office.invite("SNV", Role.OFFICER))
    await of_both.press("Đúng")
    await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.settle()
    day = office.clock().date()

    def texts(unit: Unit, name: str) -> list[str]:
        every = (office_views.viewer(unit, one, day) for one in people_rows.active(unit, Role.OFFICER))
        viewer = next(one for one in every if one.name == name)
        found = proof.of_assignment(unit, "NV-0001", day, viewer)
        return [one.text for one in found.tellings if one.person == "Nguyễn Mẫu An"]

    assert "NV-0002" in "".join(await office.read(lambda unit: texts(unit, "Nguyễn Mẫu An")))
    assert await office.read(lambda unit: texts(unit, "Trần Mẫu Bình")) == [""]


async def test_the_chat_tells_it_and_gives_a_way_to_the_page(office: Office) -> None:
    justice = await told(office)
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    await lan.say("NV-0001")
    (short,) = await lan.press("Đã thông báo những gì?")
    assert short.first_line.startswith("NV-0001: đã thông báo từ 08:00 12/01/2026, đơn vị chưa phản hồi")
    assert "Nguyễn Mẫu An (Chuyên viên): đã gửi qua trang chat" in short.text
    assert "/office/enter/" not in short.text
    await office.run(lambda unit: offices.remember_address(unit, "https://viec.example", office.clock()))
    await lan.say("NV-0001")
    (linked,) = await lan.press("Đã thông báo những gì?")
    assert "https://viec.example/office/enter/" in linked.text
    await justice.say("NV-0001")
    (own,) = await justice.press("Đã thông báo những gì?")
    assert "Nguyễn Mẫu An" in own.text


async def test_a_strangers_button_opens_nothing(office: Office) -> None:
    await told(office)
    interior = await office.officer("SNV")
    await interior.say("NV-0002")
    (refused,) = await interior._send({"button": "proof:2", "label": "x"}, "[x]")
    assert "Nguyễn Mẫu An" not in refused.text


def test_every_kind_about_an_assignment_has_words() -> None:
    about_else = {
        Kind.JOIN_REQUEST, Kind.SEATED, Kind.NEW_CASE, Kind.UNREACHABLE, Kind.SUBSTITUTE, Kind.PREVIEW, Kind.ASK_DATE,
        Kind.DIGEST, Kind.ALARM, Kind.BROADCAST, Kind.RECONFIRM, Kind.DIGEST_CHECK, Kind.MORNING,
        Kind.COLLECT, Kind.PUBLICATION, Kind.DATA_REQUEST, Kind.INCIDENT,
        *(one for one in Kind if one.startswith("case_")),
    }  # fmt: skip
    assert set(KIND_LABELS) | about_else == set(Kind)
