"""Four cases from the register's side, each compared with a transcript that a person has read.

Forwarded and answered, refused by two people, sent back twice, merged and told with the case it follows. To accept a
change of wording: NHACVIEC_REWRITE_GOLDEN=1 pytest tests/flows/test_register_diary.py, then read the diff.
"""

import os
from datetime import datetime
from pathlib import Path

import pytest

from actions import office_settings
from domain.local import VIETNAM
from domain.people import Role
from tests.flows.register_side import CONTENT, coordinator, sent
from tests.flows.transcript import transcript
from tests.office import Chat, make_office

GOLDEN = Path(__file__).parent / "golden" / "register.txt"
FIRST_DAY = "══ thứ Ba 13/01/2026"
"""The people join the day before; what they hear then is told elsewhere."""

pytestmark = pytest.mark.anyio


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=VIETNAM)


async def do(chat: Chat, code: str, *steps: str) -> None:
    """Open a case and press, or (after "=") type, one thing after the other."""
    await chat.say(code)
    for step in steps:
        await (chat.say(step[1:]) if step.startswith("=") else chat.press(step))


async def test_four_cases_read_as_they_were_approved(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    minh = await coordinator(office, "Lê Mẫu Minh")
    chief = await coordinator(office, "Vũ Mẫu Chánh", "Phó Chánh Văn phòng")
    justice = await office.officer("STP", name="Trần Mẫu Bình")
    home = await office.officer("SNV", name="Ngô Mẫu Khánh")
    an, binh, cuc = (office.stranger(f"Người gửi {name}") for name in ("An", "Bình", "Cúc"))
    await office.run(lambda unit: office_settings.change(unit, None, "case_answer_normal", "10 ngày", office.clock()))
    for one in (an, binh, cuc):
        await one.say("trogiup")
    await office.advance(at(13))
    first = await sent(office, an)
    second = await sent(office, binh, "Ở đây làm ăn chán quá, không ra gì cả, đề nghị xem lại hết đi")
    third = await sent(
        office, cuc, "Đề nghị bỏ giấy xác nhận tình trạng hôn nhân khi cấp lại bản sao", about="không rõ"
    )
    fourth = await sent(office, cuc, f"{CONTENT}, ba lần nộp đều bị trả về")
    await office.settle()

    await lan.say("tonghop")
    await lan.press("Phản ánh chờ tiếp nhận")
    await do(lan, first, "Tiếp nhận", "Tiếp nhận")
    await do(lan, first, "Phân loại", "Nội dung quy định", "=hộ tịch", "Thường", "Ghi phân loại")
    await do(lan, first, "Chuyển cơ quan", "=tư pháp", "=123/VPUB-KSTT ngày 13/01/2026", "Bỏ qua", "Chuyển cơ quan này")
    await do(lan, fourth, "Việc khác", "Gộp vào mã khác", f"={first}", "Gộp vào mã này")
    await office.advance(at(14))
    await do(lan, second, "Đề nghị từ chối", "R2", "=Không nêu việc gì, ở đâu, khi nào", "Trình từ chối")
    await office.settle()
    await do(chief, second, "Đồng ý từ chối", "Đồng ý từ chối")
    await do(minh, third, "Chuyển cơ quan", "=SNV", "Bỏ qua", "Bỏ qua", "Chuyển cơ quan này")
    await office.advance(at(15))
    await do(home, third, "Không đúng thẩm quyền", "=Việc hộ tịch thuộc Sở Tư pháp", "=Sở Tư pháp", "Gửi")
    await office.settle()
    await do(minh, third, "Chuyển cơ quan khác", "Sở Tư pháp", "=Hộ tịch do Sở Tư pháp quản lý", "Bỏ qua")
    await minh.press("Chuyển cơ quan này")
    await office.advance(at(16))
    await do(justice, third, "Không đúng thẩm quyền", "=Giấy này do cơ quan khác đòi", "Chưa rõ", "Gửi")
    await office.settle()
    await minh.say(third)
    await chief.press("Mở PAKN")
    await do(chief, third, "Giữ nguyên", "=Sở Tư pháp chủ trì, các sở phối hợp", "Giữ nguyên")
    await office.advance(at(20))
    await do(lan, first, "Đôn đốc", "Bỏ qua", "Gửi đôn đốc")
    answered = "Sở Tư pháp đã yêu cầu UBND xã Lam Sơn không đòi bản sao công chứng ngoài danh mục"
    await do(
        lan, first, "Việc khác", "Ghi kết quả", "=45/STP-HCTP ngày 19/01/2026", "=Lý Mẫu Hòa, Giám đốc", "Đã khắc phục"
    )
    await lan.say(answered)
    await lan.press("Ghi kết quả")
    await office.advance(at(21))
    await lan.say(first)
    await lan.press("Diễn biến")
    text = await transcript(office)
    await office.close()

    assert Role.LEADER.value not in text
    told = FIRST_DAY + text.partition(FIRST_DAY)[2]
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")
