"""The register in the coordinating office's chat: lists, words, who opens a case, what leaves by which channel."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from actions import office_settings
from bot.dispatch import handle
from bot.register.deeds import DEEDS, SELDOM
from channels.telegram import CAN as TELEGRAM
from domain.cases.lifecycle import Act
from domain.incoming import Incoming, Sent
from domain.people import Role
from messages.render import render
from storage import people
from storage.database import Unit
from storage.schema import identity_reads, outbox
from storage.views.cases import register
from tests.flows.register_side import (
    CODE,
    CONTENT,
    act,
    coordinator,
    labels,
    sent,
    state_of,
    told,
    viewer_of,
    written_down,
)
from tests.office import Office, make_office
from tests.register_values import LINE, MASTER, OF_REGISTER
from tests.test_texts import values

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def test_from_the_inbox_to_an_agency_by_digits_alone(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    officer, citizen = await office.officer("STP", name="Trần Mẫu Bình"), office.stranger("Người dân")
    await sent(office, citizen)
    await told(office, lan)
    (overview,) = await lan.say("tonghop")
    assert "1. Phản ánh chờ tiếp nhận: 1" in overview.text
    (found,) = await lan.say("1")
    assert "chờ Văn phòng tiếp nhận" in found.text
    assert "hạn chuyển thứ Hai 19/01/2026, còn 5 ngày làm việc" in found.text.lower().replace("thứ hai", "thứ Hai")
    (card,) = await lan.say("1")
    assert card.first_line.startswith(f"{CODE} · chờ tiếp nhận")
    assert "Tổng thời gian: 0 ngày làm việc" in card.text
    assert "không thuộc thẩm quyền" not in " ".join(labels(card)).lower()

    (preview,) = await lan.say("1")
    assert labels(preview) == ["Tiếp nhận", f"Quay lại {CODE}", "Huỷ"]
    assert await state_of(office, CODE) == "waiting_reception", "nothing happens before the confirmation"
    await lan.say("1")
    assert await state_of(office, CODE) == "classifying"
    await lan.say("1")  # phân loại: what commonly follows stands first
    await lan.say("3")  # nội dung quy định
    await lan.say("đất đai")
    (preview,) = await lan.say("1")
    assert "Chưa đặt thời hạn trả lời cho mức độ này" in preview.text
    await lan.say("1")
    await office.run(lambda unit: office_settings.change(unit, None, "case_answer_normal", "15 ngày", office.clock()))

    answer = await act(lan, "Chuyển cơ quan", "=UBND xã")
    assert "UBND xã Lam Thủy" in labels(answer)
    assert "Có 2 cơ quan tên gần giống" in answer.text
    for _ in range(2):
        assert "Xin liên hệ" not in (missed := (await lan.say("Sở Không Có"))[-1].text)
        assert "không có cơ quan nào" in missed
    assert "Xin liên hệ" in (await lan.say("Sở Không Có"))[-1].text, "as wherever an answer is missed again and again"
    await lan.say("tư pháp")
    assert "đủ số và ngày" in (await lan.say("123/VPUB-KSTT"))[-1].text
    await lan.say("123/VPUB-KSTT ngày 12/01/2026")
    (preview,) = await lan.say("Đề nghị trả lời sớm")
    for said in ("Người nhận tin: Trần Mẫu Bình", "Lời gửi kèm: Đề nghị trả lời sớm", "15 ngày làm việc, đến hết"):
        assert said in preview.text
    older = next(one.key for one in preview.choices if one.label == "Chuyển cơ quan này")
    (back,) = await lan.press("Quay lại")
    assert "có lời nào gửi kèm" in back.text
    await lan.press("Bỏ qua")
    assert "đã đóng" in (await lan._send({"button": older, "label": ""}, "(nút cũ)"))[-1].text
    (done,) = await lan.press("Chuyển cơ quan này")
    assert done.first_line == f"Đã chuyển {CODE} cho Sở Tư pháp"
    assert await state_of(office, CODE) == "forwarded"
    assert CODE in await told(office, officer)
    assert "Sở Tư pháp" in await told(office, citizen)
    assert "Phản ánh chờ" not in (await lan.say("tonghop"))[-1].text


async def test_words_without_marks_find_cases_inside_the_register_and_tasks_elsewhere(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    citizen = office.stranger("Người dân")
    await sent(office, citizen)
    await sent(office, citizen, "Trạm y tế thu thêm tiền ngoài quy định, đề nghị công khai bảng giá dịch vụ")
    await lan.say("tonghop")
    await lan.press("Phản ánh, kiến nghị")
    (found,) = await lan.say("tìm tram y te")
    assert [one for one in labels(found) if one.startswith("PAKN")] == ["PAKN-SL-2026-000002"]
    assert "Không có phản ánh" in (await lan.say("tim khong co chu nay"))[-1].text
    await act(lan, "Chuyển cơ quan", "=SNV", "=77/VPUB-KSTT ngày 12/01/2026", "Bỏ qua", "Chuyển cơ quan này")
    await lan.say("tonghop")
    await lan.press("Phản ánh, kiến nghị")
    assert CODE in labels((await lan.say("tim so noi vu"))[-1])
    assert CODE in labels((await lan.say("tim 77/VPUB-KSTT"))[-1])
    assert CODE in labels((await lan.say("pakn mot cua"))[-1])
    await lan.say("trogiup")
    assert "việc" in (await lan.say("tim tram y te"))[-1].text, "outside the register it looks for tasks"


async def test_only_the_office_opens_it_and_the_second_of_two_is_told_who_was_first(office: Office) -> None:
    lan, minh = await coordinator(office, "Hoàng Mẫu Lan"), await coordinator(office, "Lê Mẫu Minh")
    officer, leader = await office.officer("STP"), await office.officer("UBNDT", Role.LEADER)
    await sent(office, office.stranger("Người dân"))
    for chat in (lan, minh):
        await act(chat, "Tiếp nhận")
    await lan.press("Tiếp nhận")
    (late,) = await minh.press("Tiếp nhận")
    assert "vừa được đồng chí Hoàng Mẫu Lan cập nhật" in late.text
    await act(lan, "Chuyển cơ quan", "=SNV", "Bỏ qua", "Bỏ qua")
    await act(minh, "Đề nghị từ chối")
    await lan.press("Chuyển cơ quan này")
    (late,) = await minh.press("R2")
    assert "Hoàng Mẫu Lan" in late.text, "told at the next answer, before anything is typed for nothing"
    assert await state_of(office, CODE) == "forwarded"
    case = await office.read(lambda unit: register.by_code(unit, CODE))
    assert case is not None
    for stranger in (officer, leader):
        for key in (f"reg:open:{case.id}", f"reg:do:forward:{case.id}", "office:case_triage:0", "office:cases:0"):
            sent_by_hand = await stranger._send({"button": key, "label": key}, key)
            assert "Không tìm thấy" in sent_by_hand[-1].text
            assert CONTENT not in sent_by_hand[-1].text


async def test_who_sent_it_is_shown_for_a_reason_and_who_has_no_chat_is_told_by_hand(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    await written_down(office, lan)
    card = await act(lan)
    assert "điện thoại" in card.text
    assert "Phan Mẫu Dân" not in card.text
    preview = await act(lan, "Tiếp nhận")
    assert "báo tin bằng tay" in preview.text
    await lan.press("Tiếp nhận")
    await lan.say("tonghop")
    assert CODE in labels((await lan.press("Phản ánh cần báo người gửi"))[-1])
    await act(lan, "Việc khác", "Thông tin người gửi", "=Gọi điện báo đã tiếp nhận")
    (shown,) = await lan.press("Xem và ghi nhật ký")
    assert "Phan Mẫu Dân" in shown.text
    assert "0912345678" in shown.text
    await act(lan, "Đã báo người gửi", "=Gọi điện lúc 9 giờ, người gửi đã nghe máy", "Đã báo xong")
    assert "Đã báo người gửi" not in labels(await act(lan))
    await lan.press("Diễn biến")
    history = (await lan.heard()) or (await act(lan, "Diễn biến"))
    reads = await office.read(lambda unit: unit.conn.execute(select(identity_reads.c.reason)).scalars().all())
    assert reads == ["Gọi điện báo đã tiếp nhận"]
    assert history


WORDS = "Chuyện riêng của người gửi"


OF_CARD = {"content", "about", "proposal"}


def _shown_by(name: str) -> dict[str, Any]:
    """Return what a text of the register is made of, with a citizen's words in it."""
    given = {**values(name, bare=False), **OF_REGISTER[name], "private": False}
    line = SimpleNamespace(**{**vars(LINE), "content": WORDS, "about": WORDS})
    master = SimpleNamespace(**{**vars(MASTER), "content": WORDS})
    sender = SimpleNamespace(name=WORDS, address=WORDS, phone=WORDS, mail=WORDS)
    theirs = {"line": line, "lines": [line], "urgent": [line], "master": master, "sender": sender}
    return given | {one: theirs[one] for one in theirs if one in given} | dict.fromkeys(OF_CARD & given.keys(), WORDS)


def test_no_text_of_the_register_shows_a_citizens_words_by_a_foreign_channel() -> None:
    assert [name for name in OF_REGISTER if WORDS in render(name, **_shown_by(name))] == []
    card = _shown_by("register/card") | {"private": True}
    assert WORDS in render("register/card", **card), "but where it may be seen it is"


async def test_on_a_foreign_channel_the_case_is_read_on_its_page(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    await sent(office, office.stranger("Người dân"))
    case = await office.read(lambda unit: register.by_code(unit, CODE))
    assert case is not None

    def press(key: str) -> str:
        sent_by = Incoming("telegram", "77", f"telegram:{key}", Sent.BUTTON, "", key)
        office.inner.db.run_now(lambda unit: handle(unit, sent_by, f"t:{key}", {"telegram": TELEGRAM}, office.clock()))
        kept = select(outbox.c.message).where(outbox.c.key.startswith(f"t:{key}:"))
        found = office.inner.db.run_now(lambda unit: unit.conn.execute(kept).scalars().all())
        return "\n".join("\n".join([one["text"], *(label for label, *_ in one["choices"])]) for one in found)

    def join(unit: Unit) -> None:
        person = viewer_of(unit, office, lan).person_id
        endpoint = people.endpoint(unit, "telegram", "77", office.clock())
        people.bind_endpoint(unit, endpoint.id, person)

    office.inner.db.run_now(join)
    shown = press(f"reg:open:{case.id}")
    assert f"{CODE} · chờ tiếp nhận" in shown
    assert CONTENT[:20] not in shown
    assert "Mở trang" in shown
    assert "Thông tin người gửi" not in press(f"reg:more:{case.id}")
    assert CONTENT[:20] not in press(f"reg:do:forward:{case.id}") + press("office:case_reception:0")
    assert "trang" in press(f"reg:page:{case.id}").lower()


ELSEWHERE = {Act.PUBLISH, Act.UNPUBLISH}
"""Acts of the office that have their own lists."""


def test_every_act_of_the_office_is_a_deed_and_every_question_has_its_words() -> None:
    of_office = set(list(Act)[: list(Act).index(Act.ACKNOWLEDGE)]) - ELSEWHERE
    assert {one.act for one in DEEDS.values() if one.act} == of_office
    given = values("register/ask", bare=False)
    asked = {question.name for one in DEEDS.values() for question in one.questions}
    assert all("?" in render("register/ask", **{**given, "question": one}).split("\n")[0] for one in asked)
    assert {f"register/{kind}_{one}" for kind in ("confirm", "done") for one in DEEDS} <= set(OF_REGISTER)
    assert set(DEEDS) >= SELDOM
