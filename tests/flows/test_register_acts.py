"""What the office decides about a case, each act with its preview, who may do it and what follows."""

from pathlib import Path

import pytest

from actions import office_settings
from actions.cases import sender
from domain.cases.kinds import Kind
from domain.people import Role
from tests.flows.register_side import (
    CODE,
    CONTENT,
    act,
    at,
    coordinator,
    labels,
    moving_row,
    send_back,
    sent,
    state_of,
    told,
    written_down,
)
from tests.office import Office, make_office

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def test_a_refusal_needs_a_ground_and_a_second_person(office: Office) -> None:
    lan, minh = await coordinator(office, "Hoàng Mẫu Lan"), await coordinator(office, "Lê Mẫu Minh")
    citizen = office.stranger("Người dân")
    await sent(office, citizen)
    question = await act(lan, "Đề nghị từ chối")
    grounds = [one for one in labels(question) if one.startswith("R")]
    assert [one[:2] for one in grounds] == ["R1", "R2", "R3", "R4", "R5", "R6"], (
        "R7, R8 only where the province's rules give them"
    )
    assert not any("thẩm quyền" in one for one in grounds)
    assert "trong danh sách" in (await lan.say("không thuộc thẩm quyền"))[-1].text
    await lan.press("R2")
    assert "10 đến" in (await lan.say("ok"))[-1].text
    await lan.say("Không nêu việc gì, ở đâu, khi nào")
    await lan.press("Trình từ chối")
    assert await state_of(office, CODE) == "waiting_reception"
    assert await told(office, citizen) == ""
    assert CODE in await told(office, minh)
    assert "chờ người thứ hai" not in await told(office, lan)
    assert "Đồng ý từ chối" not in labels(await act(lan))
    assert "Đề nghị từ chối" not in labels(await act(minh))
    preview = await act(minh, "Đồng ý từ chối")
    assert "Người đề xuất: Hoàng Mẫu Lan" in preview.text
    await minh.press("Huỷ")
    await act(minh, "Không đồng ý", "=Người gửi đã nêu rõ nơi xảy ra", "Không từ chối")
    assert "Tiếp nhận" in labels(await act(lan))
    await act(lan, "Đề nghị từ chối", "R2", "=Không nêu việc gì, ở đâu, khi nào", "Trình từ chối")
    await minh.say("tonghop")
    await minh.press("Phản ánh chờ người thứ hai")
    done = await act(minh, "Đồng ý từ chối", "Đồng ý từ chối")
    assert done.first_line.startswith(f"Đã từ chối {CODE}")
    said = await told(office, citizen)
    assert "nội dung chưa rõ ràng" in said
    assert "mã cũ" in said
    assert "Phản ánh" not in (await lan.say("tonghop"))[-1].text.split("\n")[2]


async def test_sent_back_twice_only_a_head_of_the_office_decides(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    chief = await coordinator(office, "Vũ Mẫu Chánh", "Phó Chánh Văn phòng")
    minh = await coordinator(office, "Lê Mẫu Minh")
    stp, snv = await office.officer("STP"), await office.officer("SNV")
    await sent(office, office.stranger("Người dân"))
    await act(lan, "Đề nghị từ chối", "R2", "=Không nêu việc gì, ở đâu, khi nào", "Trình từ chối")
    assert "Đồng ý từ chối" not in labels(await act(minh)), "where the office has heads, one of them decides"
    await act(chief, "Không đồng ý", "=Nội dung đã nêu đủ nơi xảy ra", "Không từ chối")
    await act(lan, "Chuyển cơ quan", "=STP", "Bỏ qua", "Bỏ qua", "Chuyển cơ quan này")
    await send_back(office, stp, "SNV")
    card = await act(lan)
    assert {"Chuyển cơ quan khác", "Giữ nguyên cơ quan"} <= set(labels(card))
    question = await act(lan, "Chuyển cơ quan khác")
    assert labels(question)[0] == "Sở Nội vụ", "what the agency proposed is offered first"
    await lan.press("Sở Nội vụ")
    await lan.say("Theo chức năng quản lý nhà nước")
    (preview,) = await lan.press("Bỏ qua")
    assert "từ Sở Tư pháp sang Sở Nội vụ" in preview.first_line
    assert "vẫn tính tiếp" in preview.text
    await lan.press("Chuyển cơ quan này")
    assert "đơn vị không phải trả lời" in await told(office, stp)
    await send_back(office, snv, "STP")
    assert not {"Chuyển cơ quan khác", "Giữ nguyên cơ quan"} & set(labels(await act(lan)))
    assert "đề nghị chuyển lại 2 lần: lãnh đạo Văn phòng quyết định" in (await act(lan)).text
    assert "đề nghị chuyển lại 2 lần\n" in (await act(chief)).text
    await act(chief, "Giữ nguyên", "=Việc thuộc chức năng của Sở Nội vụ", "Giữ nguyên")
    assert await state_of(office, CODE) == "in_progress"


async def test_conduct_goes_to_the_head_alone_and_by_letter_without_one(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.officer("SNV", Role.HEAD, "Lý Mẫu Hòa", "Giám đốc")
    await sent(office, office.stranger("Người dân"), kind=Kind.CONDUCT)
    preview = await act(lan, "Chuyển cơ quan", "=STP", "Bỏ qua", "Bỏ qua")
    assert "Chưa có tài khoản của lãnh đạo Sở Tư pháp" in preview.text
    assert "thứ Năm 15/01/2026" in preview.text, "three days for conduct"
    await lan.press("Chuyển cơ quan này")
    assert CODE not in await told(office, officer)
    card = await act(lan)
    assert "Cơ quan chưa có tài khoản lãnh đạo: gửi bằng công văn" in card.text
    await lan.press("Ghi số văn bản chuyển")
    await lan.say("88/VPUB-KSTT ngày 12/01/2026")
    await lan.press("Ghi số văn bản")
    assert "88/VPUB-KSTT ngày 12/01/2026" in (await act(lan)).text
    preview = await act(lan, "Chuyển cơ quan khác", "=SNV", "=Người bị phản ánh thuộc Sở Nội vụ", "Bỏ qua")
    assert "thấy nội dung: Lý Mẫu Hòa" in preview.text


async def test_supplements_are_listed_whole_and_asked_twice_at_most(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    citizen = office.stranger("Người dân")
    await sent(office, citizen)
    for time in (1, 2):
        preview = await act(lan, "Yêu cầu bổ sung", "=- số nhà, tên đường\n2. ngày xảy ra; mã hồ sơ")
        assert f"lần {time}/2" in preview.first_line
        assert "1. số nhà, tên đường\n2. ngày xảy ra\n3. mã hồ sơ" in preview.text
        await lan.press("Gửi yêu cầu")
        assert "3. mã hồ sơ" in await told(office, citizen)
        assert "Chờ người gửi bổ sung" in (await act(lan)).text
        await office.advance(at(12 + time))
        await office.run(lambda unit: sender.add(unit, moving_row(unit), "Số nhà 5, đường Mẫu", (), office.clock()))
    card = await act(lan)
    assert "Yêu cầu bổ sung" not in labels(card)
    assert "2 ngày làm việc từ 12/01/2026; trong đó chờ người gửi 2 ngày" in card.text


async def test_guided_merged_split_spam_and_outside(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    citizen = office.stranger("Người dân")
    codes = [await sent(office, citizen, f"{CONTENT}, lần {at}") for at in range(1, 4)]
    await lan.heard()
    await act(lan, "Việc khác", "Gộp vào mã khác")
    assert "Xin gõ mã" in (await lan.say("mã kia"))[-1].text
    await lan.say("PAKN-SL-2026-000009")
    (wrong,) = await lan.say(codes[1])
    assert codes[1] in wrong.first_line
    await lan.press("Gộp vào mã này")
    assert await state_of(office, CODE) == "merged"
    assert f"Đã gộp vào phản ánh này: {CODE}" in (await lan.say(codes[1]))[-1].text
    assert f"Đã gộp vào {codes[1]}" in (await act(lan)).text
    await lan.press("Tách ra")
    await lan.press("Tách ra")
    assert await state_of(office, CODE) == "waiting_reception"

    await act(lan, "Việc khác", "Đánh dấu tin rác", "Đánh dấu tin rác")
    assert "tin rác" in (await act(lan)).first_line
    await lan.press("Sổ phản ánh")
    assert CODE in labels((await lan.press("Tin rác"))[-1])
    await lan.press(CODE)
    await lan.press("Bỏ đánh dấu tin rác")
    await lan.press("Bỏ đánh dấu")
    assert "chờ tiếp nhận" in (await act(lan)).first_line

    await act(lan, "Việc khác", "Chuyển ngoài tỉnh", "=Bộ Mẫu", "=9/VPUB-KSTT ngày 12/01/2026", "Chuyển ngoài tỉnh")
    assert await state_of(office, CODE) == "forwarded_outside"
    preview = await act(lan, "Ghi kết quả", "=45/BM-VP ngày 12/01/2026", "=Nguyễn Mẫu Thứ, Thứ trưởng", "Giải thích",
                        "=Bộ đã hướng dẫn địa phương bỏ yêu cầu nộp bản sao công chứng")  # fmt: skip
    assert "của Bộ Mẫu" in preview.first_line
    await lan.press("Ghi kết quả")
    assert "hướng dẫn địa phương" in await told(office, citizen)
    await lan.say(codes[1])
    await lan.press("Việc khác")
    await lan.press("Hướng dẫn nơi khác")
    await lan.press("Ban Tiếp công dân")
    (preview,) = await lan.say("Số 1 đường Mẫu, điện thoại 0900 000 001")
    assert "Người gửi đọc được: Số 1 đường Mẫu" in preview.text
    await lan.press("Hướng dẫn nơi này")
    assert await state_of(office, codes[1]) == "guided"
    await lan.say(codes[2])
    await lan.press("Việc khác")
    await lan.press("Văn phòng tự xử lý")
    await lan.press("Văn phòng xử lý")
    assert await state_of(office, codes[2]) == "in_progress"


async def test_pressing_extending_and_reporting_again(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    officer, citizen = await office.officer("STP", name="Trần Mẫu Bình"), office.stranger("Người dân")
    await office.run(lambda unit: office_settings.change(unit, None, "case_answer_normal", "5 ngày", office.clock()))
    await sent(office, citizen)
    await act(lan, "Chuyển cơ quan", "=STP", "Bỏ qua", "Bỏ qua", "Chuyển cơ quan này")
    await office.advance(at(20))
    await told(office, officer)
    assert "QUÁ HẠN TRẢ LỜI 1 ngày làm việc" in (await act(lan)).first_line
    await lan.press("Sổ phản ánh")
    assert CODE in labels((await lan.press("Phản ánh quá hạn"))[-1])
    await act(lan, "Đôn đốc", "=Xin trả lời trong hôm nay", "Gửi đôn đốc")
    assert "Xin trả lời trong hôm nay" in await told(office, officer)
    assert "đã đôn đốc" in (await act(lan, "Đôn đốc", "Bỏ qua", "Gửi đôn đốc")).text
    await act(lan, "Việc khác", "Đổi mức độ", "Phức tạp", "Đổi mức độ")
    assert "phức tạp" in (await act(lan)).first_line
    await act(lan, "Việc khác", "Đánh dấu lưu ý", "Nhạy cảm", "Ghi lưu ý")
    assert "nhạy cảm" in (await act(lan)).first_line
    await act(lan, "Việc khác", "Đánh dấu lưu ý", "Không công khai", "=Có bí mật kinh doanh", "Ghi lưu ý")
    assert "Không công khai: Có bí mật kinh doanh" in (await act(lan)).text
    await act(lan, "Việc khác", "Đánh dấu lưu ý", "Được công khai lại", "Ghi lưu ý")
    await lan.press("Mở PAKN")
    await lan.press("Việc khác")
    await lan.press("Gia hạn trả lời")
    assert "đã qua" in (await lan.say("15/01/2026"))[-1].text
    await lan.say("30/01/2026")
    await lan.say("Chờ ý kiến của Sở Nội vụ")
    (preview,) = await lan.say("Vũ Mẫu Chánh, Phó Chánh Văn phòng")
    assert "Hạn hiện nay: thứ Hai 19/01/2026" in preview.text
    await lan.press("Gia hạn")
    assert "hạn trả lời thứ Sáu 30/01/2026" in (await act(lan)).first_line
    await act(
        lan, "Việc khác", "Ghi kết quả", "Bỏ qua", "Giải thích", "=Sở đã hướng dẫn xã bỏ yêu cầu này", "Ghi kết quả"
    )
    await office.run(lambda unit: sender.report_again(unit, moving_row(unit), "Xã vẫn đòi nộp như cũ", (), at(21)))
    assert "hạn quyết định" in (await act(lan)).first_line
    question = await act(lan, "Giao xử lý lại")
    assert labels(question)[0] == "Sở Tư pháp"
    await lan.press("Sở Tư pháp")
    await lan.say("Kiểm tra lại thực tế tại xã")
    await lan.press("Giao xử lý lại")
    assert "phản ánh lại lần 1" in (await act(lan)).first_line


async def test_what_came_from_the_national_system_is_told_and_noted_there(office: Office) -> None:
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    await written_down(office, lan, "Tôi tố cáo cán bộ thu tiền trái quy định khi làm thủ tục", "DVCQG-2026-15")
    card = await act(lan)
    assert "Mã ngoài DVCQG-2026-15" in card.text
    assert "khiếu nại, tố cáo (“tố cáo”)" in card.text
    assert labels(await act(lan, "Chuyển cơ quan"))[0] == "UBND xã Lam Sơn", "whom its words name is offered"
    await lan.press("Huỷ")
    await act(lan, "Đề nghị từ chối", "R5")
    (preview,) = await lan.say("Nội dung là tố cáo cán bộ thu tiền")
    assert "Hướng dẫn nơi khác" in preview.text
    await lan.press("Huỷ")
    preview = await act(lan, "Việc khác", "Hướng dẫn nơi khác", "Ban Tiếp công dân", "=Số 1 đường Mẫu")
    assert "được báo trên hệ thống đã chuyển" in preview.text
    await lan.press("Hướng dẫn nơi này")
    await act(lan, "Ghi đã đăng hệ thống quốc gia")
    assert "không sau hôm nay" in (await lan.say("hôm qua"))[-1].text
    (preview,) = await lan.say("12/01/2026 https://dichvucong.gov.vn/mau")
    assert "https://dichvucong.gov.vn/mau" in preview.text
    await lan.press("Ghi đã đăng")
    assert "đã đăng trên hệ thống quốc gia ngày 12/01/2026" in (await act(lan)).text
