"""Feedback by channels that differ: a voice without a word on Telegram, numbered text and photos on Zalo."""

from pathlib import Path

import pytest

from tests.feedback import answers, given
from tests.flows.telegram_side import telegram_office
from tests.flows.zalo_bot_side import zalo_bot_office

pytestmark = pytest.mark.anyio

ROAD = "Đường thôn 5 lầy lội cả tháng nay, xe không đi được"


async def test_a_voice_without_a_word_opens_the_conversation_and_goes_with_the_case(tmp_path: Path) -> None:
    async with telegram_office(tmp_path) as side:
        citizen = side.person(5)
        voice = {"file_id": "v1", "file_unique_id": "v", "duration": 3, "file_size": 900}
        side.api.world.message(5, {"voice": voice})
        await side.take_in()
        assert "Đã nhận ghi âm.ogg" in citizen.fresh()[-1].text
        notice = await citizen.presses("Phản ánh, kiến nghị")
        assert "đặt ở nước ngoài" in notice
        await citizen.presses("Đồng ý")
        about, content, when, _, *rest = answers(ROAD)
        assert "Câu 2/8" in await citizen.says(about)
        side.api.world.message(5, {"voice": {**voice, "file_id": "v2"}, "caption": content})
        await side.take_in()
        assert [one.text.split(":")[0] for one in citizen.fresh()] == [
            "Đã nhận “ghi âm.ogg”, sẽ gửi kèm phản ánh.",
            "Câu 3/8",
        ]
        asked = await citizen.says(when)
        assert "ghi âm.ogg, ghi âm.ogg" in asked
        for typed in ("xong", *rest):
            review = await citizen.says(typed)
        assert "Tệp kèm theo: 2 tệp" in review
        assert ROAD not in review, "what a citizen wrote does not leave again by Telegram"
        given(await citizen.presses("Gửi phản ánh"))
        sent = await side.facts("select reference from files join case_files on case_files.file_id = files.id")
        assert sent == [("v1",), ("v2",)]


async def test_the_whole_way_by_numbers_and_words_on_zalo(tmp_path: Path) -> None:
    async with zalo_bot_office(tmp_path) as side:
        citizen = side.person("z7")
        about, content, when, _, *rest = answers(ROAD)
        await citizen.says("phananh")
        await citizen.chooses("Phản ánh, kiến nghị")
        await citizen.chooses("Đồng ý")
        await citizen.says(about)
        await citizen.says("khong chiu noi nua roi, tuc qua di mat")
        assert "Câu 2/8" in await citizen.chooses("Viết lại")
        await citizen.says(content)
        asked = await citizen.says(when)
        assert "Câu 4/8" in asked
        assert "Đã nhận 1 tệp" in await citizen.sends_photo()
        await citizen.chooses("Gửi xong")
        for typed in rest:
            review = await citizen.says(typed)
        assert content in review
        assert "Câu 8/8" in await citizen.chooses("Quay lại")
        await citizen.says("có")
        await citizen.chooses("Sửa")
        await citizen.chooses("Liên hệ")
        assert "cho phép" in await citizen.says("an.mau@example.vn")
        given(await citizen.chooses("Gửi phản ánh"))
        assert max(len(one.text) for one in citizen.messages) <= 2000
        assert await side.facts("select source, may_publish from cases") == [("chat", 1)]
