"""A coordinator sends a plan in chat: read outside the unit, doubts one by one, one confirmation, issued.

To accept a change of wording: NHACVIEC_REWRITE_GOLDEN=1 pytest tests/flows/test_plan_intake.py, then read the diff.
"""

import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from actions import drafts, intakes, offices, pages
from bot.intake import Reading
from channels.base import ChannelError
from domain.delivery import Unknown
from domain.errors import ActRefused
from domain.people import Membership, Role, Viewer
from storage import people as people_rows
from storage.database import Unit
from storage.schema import assignments, audit, doubts, memberships, outbox, plans
from storage.schema import intakes as intake_rows
from storage.views import office as office_views
from storage.views import sheet
from tests.flows.plan_files import PLAN, put_in, read, send
from tests.flows.telegram_side import telegram_office
from tests.flows.transcript import transcript
from tests.office import START, Chat, Office, make_office

GOLDEN = Path(__file__).parent / "golden" / "plan_intake.txt"

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = make_office(tmp_path)
    await opened.run(lambda unit: _address(unit, opened))
    yield opened
    await opened.close()


def _address(unit: Unit, opened: Office) -> None:
    from_settings = "https://nhacviec.songlam.example"
    offices.remember_address(unit, from_settings, opened.clock())


async def coordinator(office: Office) -> Chat:
    return await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")


def count(what: Table) -> Callable[[Unit], int]:
    return lambda unit: unit.conn.execute(select(func.count()).select_from(what)).scalar_one()


async def test_from_a_file_to_an_issued_plan(office: Office) -> None:
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình", "Chuyên viên")
    lan = await coordinator(office)
    assert "đang đọc" in (await send(lan, "ke-hoach.md", PLAN.encode()))[0].text
    assert await office.read(count(plans)) == 0
    assert "5" in (await read(lan))[0].text
    await lan.press("Trả lời từng điểm")
    await lan.say("Sở Tài chánh")
    await lan.say("stc")
    await lan.press("Đúng")
    await lan.say("1 lúc nào đó")
    await lan.say("chậm nhất ngày 30/4/2026")
    await lan.press("Trả lời lại")
    await lan.say("trước ngày 30/5/2026")
    await lan.press("Đúng")
    await lan.press("Quay lại")
    await lan.say("trước ngày 15/5/2026")
    await lan.press("Đúng")
    await lan.press("Giữ nguyên")
    await lan.press("Ban hành")
    await office.settle()
    await officer.heard()
    await lan.say("kehoach")
    await lan.press("plan:1")
    await lan.press("Mở trên trang web")
    text = _hide_token(await transcript(office))
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert await office.read(count(assignments)) == 6
    persons = await office.read(_acts_by_person)
    assert set(persons) >= {"import_plan", "settle_doubt", "open_doubt", "issue", "intake", "page_link"}
    assert len(set(persons.values())) == 1
    assert None not in persons.values()


def _hide_token(text: str) -> str:
    head, mark, tail = text.partition("/office/enter/")
    return f"{head}{mark}(mã)\n{tail.partition(chr(10))[2]}" if mark else text


def _acts_by_person(unit: Unit) -> dict[str, int | None]:
    of_plans = audit.c.subject.in_(("plan", "intake", "task"))
    return {row.act: row.person_id for row in unit.conn.execute(select(audit).where(of_plans))}


async def test_an_answer_taken_back_undoes_what_it_did(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())
    await read(lan)
    await lan.press("Trả lời từng điểm")
    await lan.press("Sở Tài chính")
    row = await office.read(lambda unit: sheet.of_plan(unit, 1).tasks[1])
    assert [one.code for one in row.named] == ["STC"]
    assert await office.read(lambda unit: _knows(unit, "Sở Tài chánh"))
    await lan.press("Quay lại")
    row = await office.read(lambda unit: sheet.of_plan(unit, 1).tasks[1])
    assert (row.named, row.asks) == ((), True)
    assert not await office.read(lambda unit: _knows(unit, "Sở Tài chánh"))


def _knows(unit: Unit, name: str) -> bool:
    directory = office_views.directory(unit)
    return any(name in one.aliases for one in directory)


async def test_the_rest_can_be_left_as_it_was_read(office: Office) -> None:
    lan = await coordinator(office)
    rows = "\n".join(f"| {at} | Việc {at} | Cơ quan lạ {at} | Quý II | |" for at in range(6, 11))
    await send(lan, "ke-hoach.md", f"{PLAN}{rows}\n".encode())
    await read(lan)
    await lan.press("Trả lời từng điểm")
    heard = await lan.press("Giữ nguyên cả 8 điểm còn lại")
    assert "Chưa có cơ quan nhận: 06 việc" in heard[0].text or "6 việc" in heard[0].text
    assert "Ban hành" in [one.label for one in heard[0].choices]


async def test_a_file_whose_reading_was_cut_short_is_read_again_and_answered_once(
    office: Office, tmp_path: Path
) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())

    class Killed(BaseException):
        pass

    def dies(_name: str, _content: bytes) -> Reading:
        raise Killed

    inner = office.inner.intake
    with pytest.raises(Killed):
        await replace(inner, read=dies).step()  # the process ends while it reads
    assert await office.read(count(plans)) == 0
    await office.close()
    again = make_office(tmp_path)  # the same folder: what a restart finds
    assert await again.inner.intake.step()
    assert not await again.inner.intake.step()
    await again.inner.deliverer.drain()
    answers = select(func.count()).where(outbox.c.key.like("intake:%"))
    assert await again.read(lambda unit: unit.conn.execute(answers).scalar_one()) == 1
    assert await again.read(count(plans)) == 1
    await again.close()


async def test_two_readers_of_one_file_answer_once(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())
    first = await office.read(lambda unit: intakes.take(unit, ["web"], office.clock()))
    assert first is not None
    reader = office.inner.intake
    ending = await reader._attempt(first)
    late = await reader._attempt(first)
    await office.run(lambda unit: reader._answer(unit, first, ending(unit)))
    await office.run(lambda unit: reader._answer(unit, first, late(unit)))
    await office.inner.deliverer.drain()
    assert len(await lan.heard()) == 1
    assert await office.read(count(plans)) == 1


async def test_a_file_that_holds_no_plan_is_answered_with_its_sentence(office: Office) -> None:
    lan = await coordinator(office)
    for name, content in (
        ("anh.jpg", b"\xff\xd8\xff\xe0" + b"0" * 600),
        ("thu.txt", "Kính gửi các đồng chí.".encode()),
    ):
        await send(lan, name, content)
        heard = await read(lan)
        assert len(heard) == 1
        assert heard[0].choices == ()
        assert heard[0].text.endswith((".", "”"))
    assert await office.read(count(plans)) == 0
    states = await office.read(lambda unit: list(unit.conn.execute(select(intake_rows.c.state)).scalars()))
    assert states == ["refused", "refused"]


async def test_a_file_that_cannot_be_fetched_is_tried_three_times(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())

    async def broken(_reference: str, _limit: int) -> bytes:
        raise ChannelError(Unknown("connection lost"))

    reader = replace(office.inner.intake, fetchers={"web": broken})
    assert await reader.step()
    assert not await reader.step(), "not again at once"
    for _ in range(2):
        office.clock.move_to(office.clock() + timedelta(minutes=2))
        assert await reader.step()
    await office.inner.deliverer.drain()
    assert ["Không tải được tệp" in one.text for one in await lan.heard()] == [True]


async def test_a_busy_chat_keeps_its_question(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())
    await lan.say("phananh")
    await lan.press("Cho chính đồng chí")
    await lan.press("Phản ánh")
    heard = await read(lan)
    assert "đang trả lời một câu hỏi khác" in heard[0].text
    open_step = await office.read(lambda unit: office_views.conversation(unit, 1, office.clock()).step)
    assert open_step.startswith("feedback")


async def test_the_same_file_again_is_the_same_draft(office: Office) -> None:
    lan = await coordinator(office)
    for told in ("Đã đọc tệp", "đã được nhập trước đó"):
        await send(lan, "ke-hoach.md", PLAN.encode())
        assert told in (await read(lan))[0].text
    assert await office.read(count(plans)) == 1


async def test_an_edit_in_place_outlives_a_second_import(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())
    await read(lan)
    viewer = await office.read(_first_coordinator)
    task = (await office.read(lambda unit: sheet.of_plan(unit, 1))).tasks[0]
    await office.run(lambda unit: drafts.set_lead(unit, viewer, 1, task.id, "SNV; UBND các xã, phường", office.clock()))
    await send(lan, "ke-hoach.md", PLAN.encode())
    await read(lan)
    task = (await office.read(lambda unit: sheet.of_plan(unit, 1))).tasks[0]
    assert [one.code for one in task.named] == ["SNV", "XA01", "XA02"]


def _first_coordinator(unit: Unit) -> Viewer:
    return office_views.viewer(unit, office_views.coordinators_reachable(unit)[0], START.date())


async def test_a_file_of_an_officer_stays_evidence_and_a_strangers_nothing(office: Office) -> None:
    await coordinator(office)
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình")
    stranger = office.stranger()
    await send(officer, "ke-hoach.md", PLAN.encode())
    await send(stranger, "ke-hoach.md", PLAN.encode())
    assert await office.read(count(intake_rows)) == 0
    assert not await office.inner.intake.step()


async def test_who_holds_both_seats_says_what_the_file_is(office: Office) -> None:
    lan = await coordinator(office)
    await lan.say(await office.invite("SNV", Role.OFFICER))
    await lan.press("Đúng, tham gia")
    await send(lan, "ke-hoach.md", PLAN.encode())
    assert await office.read(count(intake_rows)) == 0
    assert "đang đọc" in (await lan.press("Kế hoạch cần nhập"))[0].text
    assert "Đã đọc" in (await read(lan))[0].text


KEYS = ("plans:0", "plan:1", "planpage:1", "doubts:1", "issue:1", "settle:1:1:0", "keeprest:1", "yes:plan_confirm")


async def test_presses_of_others_change_nothing(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())
    await read(lan)
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình")
    before = await office.read(count(doubts))
    for chat in (officer, office.stranger()):
        for key in KEYS:
            heard = await chat._send({"button": key, "label": key}, key)
            assert all(one.choices == () for one in heard), key
        await chat.say("kehoach")
    assert await office.read(count(doubts)) == before
    settled = select(func.count()).where(doubts.c.settled_at.is_not(None))
    assert await office.read(lambda unit: unit.conn.execute(settled).scalar_one()) == 0
    assert await office.read(count(assignments)) == 0


async def test_a_seat_that_ended_while_the_file_was_read_keeps_nothing(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())
    await office.run(lambda unit: _end_seats(unit, office))
    assert "Chỉ cán bộ Văn phòng" in (await read(lan))[0].text
    assert await office.read(count(plans)) == 0


def _end_seats(unit: Unit, office: Office) -> None:
    for seat in unit.conn.execute(select(memberships.c.id)).scalars().all():
        people_rows.set_membership(unit, seat, Membership.ENDED, office.clock())


async def test_the_actions_ask_for_the_seat_themselves(office: Office) -> None:
    lan = await coordinator(office)
    await send(lan, "ke-hoach.md", PLAN.encode())
    await read(lan)
    await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình")
    officer = await office.read(lambda unit: people_rows.viewer(unit, 2, START.date()))
    assert not officer.coordinates
    now = office.clock()
    acts: list[Callable[[Unit], object]] = [
        lambda unit: drafts.answer(unit, officer, 1, 1, "STP", now),
        lambda unit: drafts.take_back(unit, officer, 1, 1, now),
        lambda unit: drafts.keep_rest(unit, officer, 1, now),
        lambda unit: drafts.set_lead(unit, officer, 1, 1, "STP", now),
        lambda unit: drafts.set_deadline(unit, officer, 1, 1, "Quý II", now),
        lambda unit: pages.link(unit, officer, 1, now),
    ]
    for act in acts:
        with pytest.raises(ActRefused, match="Chỉ cán bộ Văn phòng"):
            await office.run(act)


async def test_a_large_file_is_refused_before_it_is_fetched(office: Office) -> None:
    lan = await coordinator(office)
    reference = await put_in(office, b"x")
    file = {"reference": reference, "name": "to.pdf", "media_type": "application/pdf", "size": 21 * 1024 * 1024}
    heard = await lan._send({"file": file, "text": ""}, "(tệp to.pdf)")
    assert "lớn hơn 20 MB" in heard[0].text
    assert await office.read(count(intake_rows)) == 0


async def test_by_telegram_the_file_is_fetched_by_its_id(tmp_path: Path) -> None:
    async with telegram_office(tmp_path) as telegram:
        lan = await telegram.officer(1001, "VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
        telegram.api.world.sends_file(1001, "ke-hoach.md", PLAN.encode(), "", "text/markdown")
        lan.fresh()
        await telegram.take_in()
        assert ["đang đọc" in sent.text for sent in lan.fresh()] == [True]
        assert await telegram.office.inner.intake.step()
        await telegram.office.inner.deliverer.drain()
        assert ["Đã đọc tệp" in sent.text for sent in lan.fresh()] == [True]
        assert lan.labels()[0] == "Trả lời từng điểm (3)"
        assert "Sở Tài chánh" in await lan.presses("Trả lời từng điểm")
