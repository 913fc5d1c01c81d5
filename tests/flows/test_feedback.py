"""A citizen submits feedback: every question, what is caught before sending, files, drafts, duplicates, abuse."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from actions import office_settings
from actions.cases.files import LOST
from bot.citizens.file_reader import TRIES
from domain.people import Role
from storage.schema import case_drafts as drafts
from storage.schema import case_files, cases, consents, files
from tests.feedback import answers, given, report
from tests.office import Chat, Office, make_office

pytestmark = pytest.mark.anyio

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40
RUDE = "Cán bộ hộ tịch nói trống không với người già, bắt về nhà lấy thêm giấy"
ROAD = "Đường thôn 5 lầy lội cả tháng nay, xe không đi được"


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def type_all(chat: Chat, *typed: str) -> str:
    """Type one thing after the other and return the last answer, every message of it."""
    heard = [await chat.say(one) for one in typed]
    return "\n\n".join(one.text for one in heard[-1])


async def rows(office: Office, query: Any) -> list[Any]:
    return await office.read(lambda unit: list(unit.conn.execute(query)))


async def change(office: Office, query: Any) -> None:
    await office.run(lambda unit: unit.conn.execute(query))


async def test_feedback_on_conduct_from_the_first_word_to_the_code(office: Office) -> None:
    citizen = office.stranger()
    await citizen.say("phananh")
    (notice,) = await citizen.press("Phản ánh thái độ")
    assert "dữ liệu cá nhân" in notice.first_line
    assert [one.label for one in notice.choices] == ["Đồng ý, tiếp tục", "Không đồng ý"]
    assert "Câu 1/8" in (await citizen.press("Đồng ý"))[0].text
    assert "cần tên cơ quan" in await type_all(citizen, "không rõ")
    assert "Câu 2/8" in await type_all(citizen, "Bộ phận Một cửa xã Lam Sơn")
    (caught,) = await citizen.say(f"Tôi khiếu nại. {RUDE}, điện thoại 0912345678")
    assert "khiếu nại" in caught.first_line
    (caught,) = await citizen.press("Đây là phản ánh")
    assert "số điện thoại của một người" in caught.first_line
    await citizen.press("Viết lại")
    assert "Câu 3/8" in await type_all(citizen, RUDE)
    assert "ở đâu" in await type_all(citizen, "sáng qua")
    assert "chưa đến" in await type_all(citizen, "tại Một cửa ngày 13/01/2026")
    assert "Câu 4/8" in await type_all(citizen, "sáng 09/01, tại Một cửa xã Lam Sơn")
    (one_file,) = await citizen.send_file("anh.jpg", media_type="image/jpeg", content=JPEG)
    assert "Đã nhận 1 tệp" in one_file.first_line
    refused, _ = await citizen.send_file("chay.exe", media_type="application/x-msdownload")
    assert "“chay.exe” không thuộc loại được nhận" in refused.text
    await citizen.send_file("la-anh.png", media_type="image/png", content=b"MZ" + b"0" * 40)
    await citizen.press("Gửi xong")
    (named,) = await citizen.press("Thay mặt tổ chức")
    assert "Tên tổ chức" in named.first_line
    await type_all(citizen, "Công ty TNHH Mẫu 36, MST 2300000000", "Số 5, xã Lam Sơn", "an.mau@example.vn")
    (review,) = await citizen.press("Cho công khai")
    assert "Tệp kèm theo: 2 tệp" in review.text
    assert await rows(office, select(cases)) == [], "nothing is in the register before it is sent"
    await citizen.press("Sửa")
    assert "Câu 3/8" in (await citizen.press("Thời gian"))[0].text
    (review,) = await citizen.say("chiều 09/01, tại Một cửa xã Lam Sơn")
    assert "chiều 09/01" in review.text
    (told,) = await citizen.press("Gửi phản ánh")
    code = given(told.text).code
    assert f"mã {code}: chậm nhất 15/01/2026" in told.first_line
    assert "03 ngày làm việc" in told.text
    (case,) = await rows(office, select(cases))
    assert (case.kind, case.source, str(case.happened_on), case.place) == (
        "conduct",
        "web",
        "2026-01-09",
        "Một cửa xã Lam Sơn",
    )
    assert {(one.purpose, one.granted) for one in await rows(office, select(consents))} == {
        ("handling", True),
        ("publication", True),
    }
    assert await rows(office, select(drafts)) == []
    while await office.inner.case_files.step():
        pass
    await office.inner.deliverer.drain()
    (wrong,) = await citizen.heard()
    assert "“la-anh.png” không thuộc loại được nhận" in wrong.text
    assert f"Phản ánh {code} vẫn được xử lý" in wrong.text
    kept = select(files.c.name, files.c.media_type, files.c.digest).join(case_files, case_files.c.file_id == files.c.id)
    ((name, media_type, digest),) = await rows(office, kept)
    assert (name, media_type) == ("anh.jpg", "image/jpeg")
    assert office.web.files.read(digest, 100) == JPEG


async def test_a_second_press_and_old_buttons_send_nothing_twice(office: Office) -> None:
    citizen = office.stranger()
    await type_all(citizen, "phananh", "1", "1", *answers(ROAD))
    await citizen.press("Gửi phản ánh")
    assert "câu hỏi đã đóng" in (await citizen.press("Gửi phản ánh"))[0].text
    assert len(await rows(office, select(cases))) == 1


async def test_what_was_begun_is_kept_for_a_day_and_then_erased(office: Office) -> None:
    citizen = office.stranger()
    await type_all(citizen, "phananh", "1", "1", "UBND xã Lam Sơn", ROAD)
    await citizen.say("trogiup")
    assert "đang viết dở" in await type_all(citizen, "phananh")
    (again,) = await citizen.press("Tiếp tục phản ánh đang viết dở")
    assert "Câu 3/8" in again.first_line
    await citizen.press("Huỷ")
    assert await rows(office, select(drafts)) == []
    await type_all(citizen, "phananh", "1", "1", "UBND xã Lam Sơn")
    await office.advance(office.clock() + timedelta(hours=24, minutes=1))
    assert await rows(office, select(drafts)) == []
    assert "đang viết dở" not in await type_all(citizen, "phananh")


async def test_a_picture_without_a_word_is_never_lost(office: Office) -> None:
    citizen = office.stranger()
    (first,) = await citizen.send_file("rác.jpg", media_type="image/jpeg", content=JPEG, caption=ROAD)
    assert "Đã nhận rác.jpg" in first.text
    await citizen.press("Phản ánh, kiến nghị")
    (note,) = await citizen.send_file("rác 2.jpg", media_type="image/jpeg", content=JPEG)
    assert "Đã nhận “rác 2.jpg”" in note.text
    await citizen.say("1")
    await citizen.say("UBND xã Lam Sơn")
    assert "Câu 3/8" in (await citizen.press("Dùng lời đã gửi"))[0].text
    assert "rác.jpg, rác 2.jpg" in (await citizen.say("bỏ qua"))[0].text


async def test_a_story_out_of_nowhere_is_taken_up_and_an_emergency_gets_its_numbers(office: Office) -> None:
    citizen = office.stranger()
    assert "Kính chào" in await type_all(citizen, "xin chào")
    assert "vừa gửi đã được giữ lại" in await type_all(citizen, ROAD)
    await type_all(citizen, "1", "1", "UBND xã Lam Sơn")
    assert "Câu 3/8" in (await citizen.press("Dùng lời đã gửi"))[0].text
    assert "xin gọi ngay 113" in await type_all(office.stranger(), "Cháy nhà ở thôn Đông, cứu với")


async def test_a_file_that_its_channel_does_not_hand_out_is_told_once(office: Office) -> None:
    citizen = office.stranger()
    await citizen.send_file("mất.jpg", media_type="image/jpeg")
    await type_all(citizen, "1", "1", *answers(ROAD)[:3], "xong", *answers(ROAD)[4:])
    code = given((await citizen.press("Gửi phản ánh"))[0].text).code
    for _ in range(TRIES):
        assert await office.inner.case_files.step()
        assert not await office.inner.case_files.step(), "not again at once"
        office.clock.move_to(office.clock() + timedelta(minutes=20))
    await office.inner.deliverer.drain()
    assert [one.text for one in await citizen.heard()] == [LOST.format(name="mất.jpg", code=code)]
    assert await rows(office, select(case_files)) == []


async def test_likely_duplicates_are_shown_without_strangers_words_and_joined(office: Office) -> None:
    first, second = office.stranger(), office.stranger()
    master = await report(first, ROAD, "UBND xã Lam Sơn, ông Mẫu Kín")
    beginning = ("phananh", "1", "1", "UBND xã Lam Sơn", "duong thon 5 lay loi ca thang, xe khong di duoc")
    own = await type_all(first, *beginning, "bỏ qua")
    assert f"{master.code} ông/bà đã gửi" in own
    shown = await type_all(second, *beginning, "bỏ qua")
    assert "Có phải việc này không?" in shown
    assert "thon 5, nhận ngày 12/01/2026" in shown
    assert not any(secret in shown for secret in (master.code, "lầy lội", "Kín"))
    await second.press("Đúng là việc 1")
    await type_all(second, "bỏ qua", "Nguyễn Mẫu Ba", "thôn 5, xã Lam Sơn", "0987 654 321", "không")
    (told,) = await second.press("Gửi phản ánh")
    joined = given(told.text).code
    assert "theo dõi chung" in told.text
    states = {one.code: (one.state, one.master_id) for one in await rows(office, select(cases))}
    (master_id,) = await office.read(lambda u: u.conn.execute(select(cases.c.id).limit(1)).one())
    assert states == {master.code: ("waiting_reception", None), joined: ("merged", master_id)}


async def test_conduct_of_others_is_nobodys_duplicate(office: Office) -> None:
    first, second = office.stranger(), office.stranger()
    when = "sáng 09/01, tại Một cửa xã Lam Sơn"
    who = ("bỏ qua", "Nguyễn Mẫu An", "thôn 5, xã Lam Sơn", "0987 654 321", "không", "1")
    await type_all(first, "phananh", "2", "1", "UBND xã Lam Sơn", RUDE, when, *who)
    assert "Câu 4/8" in await type_all(second, "phananh", "1", "1", "UBND xã Lam Sơn", RUDE, when)


async def test_an_official_writes_down_what_somebody_tells(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR, name="Nguyễn Mẫu Lan")
    commune, department = await office.officer("XA01"), await office.officer("STP")
    assert "muốn phản ánh việc gì" in await type_all(department, "phananh")
    assert "gửi phản ánh cho ai" in await type_all(commune, "phananh")
    await lan.say("phananh")
    await lan.press("Nhập thay người dân (điện thoại)")
    (notice,) = await lan.press("Phản ánh, kiến nghị")
    assert "đọc cho người dân nghe" in notice.first_line
    await lan.press("Người dân đồng ý")
    await type_all(lan, *answers(ROAD))
    (told,) = await lan.press("Gửi phản ánh")
    assert "đọc mã và mã bí mật cho người dân" in told.text
    (case,) = await rows(office, select(cases))
    assert (case.source, case.endpoint_id) == ("phone", None)
    assert case.registered_by is not None


async def test_too_much_is_refused_politely_and_known_spam_goes_out_of_sight(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR, name="Nguyễn Mẫu Lan")
    citizen = office.stranger()
    for content in ("Bán hàng giá rẻ nhất thị trường tỉnh nhà", "Vay tiền nhanh gọn lãi thấp mỗi ngày"):
        await report(citizen, content, "Sở Tài chính")
    await change(office, update(cases).values(spam_at=office.clock()))
    third = await report(citizen, "Mua điện thoại trả góp không cần thẩm định", "Sở Nội vụ")
    ((spam_at,),) = await rows(office, select(cases.c.spam_at).where(cases.c.code == third.code))
    assert spam_at is not None
    await lan.heard()
    await office.settle()
    assert third.code not in "".join(one.text for one in await lan.all_heard())
    await office.run(lambda unit: office_settings.change(unit, None, "case_daily_limit", "3", office.clock()))
    said = await type_all(citizen, "phananh")
    assert "Hôm nay ông/bà đã gửi 3 phản ánh" in said
    assert "0900 000 000" in said
    assert await rows(office, select(func.count()).select_from(cases)) == [(3,)]
