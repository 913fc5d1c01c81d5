"""Everyday commands: lists with filters and search, one task in one line, help and the first words to a stranger."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.routes import COMMANDS
from channels.telegram import CAN as TELEGRAM
from domain import replies
from domain.local import VIETNAM
from domain.people import Role
from domain.replies import Intent
from domain.words import fold
from messages.render import render
from tests.office import Chat, Office, Row, make_office

PLAN = (
    Row("Rà soát thủ tục hành chính của ngành", "Sở Tư pháp", "Trước ngày 16/01/2026", "Báo cáo rà soát"),
    Row("Niêm yết công khai tại bộ phận Một cửa", "Sở Tư pháp", "Trước ngày 25/01/2026", "Thông báo"),
    Row("Tập huấn nghiệp vụ KSTT cho cán bộ đầu mối", "Sở Tư pháp", "Trước ngày 20/03/2026", "Kế hoạch tập huấn"),
    Row("Đối chiếu phí, lệ phí", "Sở Tư pháp", "Trước ngày 28/02/2026", "Biên bản đối chiếu"),
    Row("Trả lời phản ánh, kiến nghị đúng hạn", "Sở Tư pháp", "Thường xuyên", "Văn bản trả lời"),
    Row("Tuyên truyền cải cách hành chính", "Sở Tư pháp", "Thường xuyên", "Tin, bài"),
    Row("Kiểm tra công tác tiếp công dân", "Sở Tư pháp", "Trước ngày 30/06/2026", "Kết luận"),
    Row("Báo cáo thống kê của ngành nội vụ", "Sở Nội vụ", "Trước ngày 25/01/2026", "Báo cáo"),
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


@pytest.fixture
async def officer(office: Office) -> Chat:
    found = await office.officer("STP", name="Nguyễn Mẫu An")
    await office.issue(PLAN)
    await office.advance(datetime(2026, 1, 19, 9, tzinfo=VIETNAM))
    await found.heard()
    return found


async def codes(chat: Chat, said: str) -> list[str]:
    (answer,) = await chat.say(said)
    return [one.label[:7] for one in answer.choices if one.label.startswith("NV-")]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("viec quá hạn", ["NV-0001"]),
        ("viec qua han", ["NV-0001"]),
        ("/viec tuần này", ["NV-0002"]),
        ("viec sắp đến hạn", ["NV-0002"]),
        ("viec tháng 3", ["NV-0003"]),
        ("viec quý 2", ["NV-0007"]),
        ("viec không hạn", ["NV-0005", "NV-0006"]),
        ("viec thủ tục", ["NV-0001", "NV-0003"]),
        ("viec TTHC", ["NV-0001"]),
        ("viec mot cua", ["NV-0002"]),
        ("viec kiểm soát thủ tục", ["NV-0003"]),
        ("viec biên bản", ["NV-0004"]),
        ("viec 15/KH-UBND tập huấn", ["NV-0003"]),
        ("viec quá hạn niêm yết", []),
        ("viec NV-0003", []),
    ],
)
async def test_words_behind_viec_narrow_the_list(officer: Chat, said: str, found: list[str]) -> None:
    assert await codes(officer, said) == found


async def test_a_code_behind_viec_opens_the_task(officer: Chat) -> None:
    (card,) = await officer.say("viec nv 3")
    assert "NV-0003" in card.first_line


async def test_the_first_of_what_was_found_opens_by_its_number(officer: Chat) -> None:
    await officer.say("viec tập huấn")
    (card,) = await officer.say("1")
    assert "NV-0003" in card.first_line


async def test_a_list_of_several_pages_offers_what_narrows_it(officer: Chat) -> None:
    (first,) = await officer.say("viec")
    labels = [one.label for one in first.choices]
    assert [one for one in labels if "(" in one][-3:] == ["Tuần này (1)", "Sắp đến hạn (1)", "Chưa có hạn (2)"]
    assert "Đã qua hạn (1)" in labels
    (narrowed,) = await officer.press("Chưa có hạn")
    assert narrowed.first_line == "Chưa có hạn · thứ Hai 19/01/2026: 2 việc"
    (back,) = await officer.press("Danh sách việc")
    assert back.first_line == first.first_line


async def test_pages_of_a_search_keep_what_was_looked_for(office: Office, officer: Chat) -> None:
    await office.issue(
        [Row(f"Soạn tài liệu số {at}", "Sở Tư pháp", "Trước ngày 20/04/2026") for at in range(8)], number="16/KH-UBND"
    )
    (first,) = await officer.say("viec tài liệu tháng 4")
    assert first.first_line == "Tháng 4/2026, “tài liệu” · thứ Hai 19/01/2026: 8 việc"
    (second,) = await officer.press("Trang sau")
    assert "Trang 2/2" in second.text
    assert second.first_line == first.first_line
    (again,) = await officer.press("Trang trước")
    assert again.text == first.text


async def test_a_finished_task_is_found_by_the_number_of_its_document(office: Office, officer: Chat) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await officer.say("baocao nv 2 45/KH-STP ngay 18/1")
    await officer.press("Gửi báo cáo")
    assert await codes(officer, "viec đã báo cáo") == ["NV-0002"]
    await coordinator.say("NV-0002")
    await coordinator.press("Xác nhận")
    assert await codes(officer, "viec 45/KH-STP") == ["NV-0002"]


async def test_nothing_found_says_what_can_be_typed(officer: Chat) -> None:
    (answer,) = await officer.say("viec không có gì như thế")
    assert answer.text.startswith("Không thấy việc nào khớp với")
    assert "viec quá hạn" in answer.text


async def test_tasks_of_other_agencies_are_not_found(officer: Chat) -> None:
    (answer,) = await officer.say("viec nội vụ")
    assert "NV-0008" not in answer.text


async def test_the_office_searches_all_of_it(office: Office, officer: Chat) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    assert await codes(coordinator, "viec thống kê") == ["NV-0008"]
    assert "viec kèm chữ" in (await coordinator.say("viec"))[0].text
    (found,) = await coordinator.say("viec quá hạn")
    assert "Sở Tư pháp" in found.text


async def test_a_code_whose_letters_spell_words_of_a_report_is_still_a_code(office: Office, officer: Chat) -> None:
    day = office.clock().date()
    code = await office.invite("SNV", Role.OFFICER)
    while replies.read(code, day).intent is Intent.NONE:
        code = await office.invite("SNV", Role.OFFICER)
    (offered,) = await officer.say(code.lower())
    assert [one.label for one in offered.choices] == ["Đúng, tham gia", "Không phải tôi"]
    await officer.press("Đúng, tham gia")
    (spent,) = await officer.say(code)
    assert not spent.choices


async def test_several_seats_are_shown_agency_by_agency(office: Office, officer: Chat) -> None:
    await officer.say(await office.invite("SNV", Role.OFFICER))
    await officer.press("Đúng, tham gia")
    (listed,) = await officer.say("viec tháng 1")
    assert [line for line in listed.text.split("\n") if line in {"Sở Tư pháp", "Sở Nội vụ"}] == [
        "Sở Tư pháp",
        "Sở Nội vụ",
    ]


async def test_baocao_asks_which_task_and_then_for_its_document(officer: Chat) -> None:
    (asked,) = await officer.say("baocao")
    assert asked.first_line == "Báo kết quả việc nào?"
    (evidence,) = await officer.press("NV-0002")
    assert "NV-0002" in evidence.text
    (confirm,) = await officer.say("45/KH-STP ngày 18/1/2026")
    assert confirm.choices[0].label.startswith("Gửi báo cáo")


@pytest.mark.parametrize("said", ["baocao nv 2 45/KH-STP ngay 18/1", "/baocao NV-0002 45/KH-STP ngày 18/01/2026"])
async def test_baocao_in_one_line_goes_straight_to_the_confirmation(officer: Chat, said: str) -> None:
    (confirm,) = await officer.say(said)
    assert "45/KH-STP" in confirm.text
    assert "18/01/2026" in confirm.text
    await officer.press("Gửi báo cáo")
    assert await codes(officer, "viec đã báo cáo") == ["NV-0002"]


@pytest.mark.parametrize("mark", ["", "/"])
async def test_commands_about_one_task_work_with_and_without_code(officer: Chat, mark: str) -> None:
    for word, question in (("giahan", "gia hạn"), ("vuongmac", "vướng mắc"), ("baocao", "kết quả")):
        (which,) = await officer.say(f"{mark}{word}")
        assert question in fold(which.first_line) or question in which.first_line.lower()
        assert any(one.label.startswith("NV-0002") for one in which.choices)
        (one,) = await officer.say(f"{mark}{word} nv 2")
        assert "NV-0002" in one.text
        await officer.say("huy")


async def test_an_extension_in_one_line_asks_only_for_what_is_missing(officer: Chat) -> None:
    (asked,) = await officer.say("giahan nv 2 đến 30/1/2026")
    assert asked.first_line == "Lý do xin gia hạn NV-0002?"
    assert [one.label for one in asked.choices] == ["Quay lại", "Huỷ"]
    await officer.say("huy")
    (confirm,) = await officer.say("giahan nv 2 đến 30/1/2026 vì chờ số liệu của các xã")
    assert "30/01/2026" in confirm.text
    assert "số liệu của các xã" in confirm.text


async def test_an_obstacle_in_one_line_is_confirmed_once(officer: Chat) -> None:
    (confirm,) = await officer.say("vuongmac nv 2 chưa được cấp kinh phí")
    assert "chưa được cấp kinh phí" in confirm.text
    (kept,) = await officer.press("Gửi vướng mắc")
    assert "NV-0002" in kept.text


async def test_a_substitute_in_one_line_is_confirmed_once(office: Office, officer: Chat) -> None:
    await office.officer("STP", name="Trần Mẫu Bình")
    (confirm,) = await officer.say("uyquyen Trần Mẫu Bình đến 30/01/2026")
    assert "Trần Mẫu Bình" in confirm.text
    assert "30/01/2026" in confirm.text
    (begun,) = await officer.press("Đồng ý")
    assert "Trần Mẫu Bình" in begun.text


async def test_commands_for_officers_are_refused_to_strangers_in_a_sentence(office: Office) -> None:
    stranger = office.stranger()
    for word in (
        "viec",
        "viec quá hạn",
        "baocao",
        "baocao nv 1 45/KH-STP",
        "giahan nv 1 đến 30/4",
        "vuongmac",
        "uyquyen A",
    ):
        (answer,) = await stranger.say(word)
        assert answer.text.startswith("Lệnh này dành cho cán bộ đã tham gia."), word


@pytest.mark.parametrize("slash", [True, False])
def test_help_names_every_command(slash: bool) -> None:
    known = {"officer": True, "office": True, "coordinator": True, "hotline": "", "slash": slash}
    text = render("help", **known, known=True) + render("help", **known, known=False)
    mark = "/" if slash else ""
    assert [word for word in COMMANDS if f"{mark}{word}" not in text] == []
    assert ("/viec" in text) == slash


async def test_a_stranger_is_shown_both_doors_whatever_is_typed_first(office: Office) -> None:
    for said in ("xin chào", "start", "/start", "có ai không"):
        (answer,) = await office.stranger().say(said)
        assert answer.first_line.startswith("Kính chào ông/bà")
        assert "mã tham gia" in answer.text
        assert "gõ phananh" in answer.text
        assert [one.label for one in answer.choices] == ["Gửi phản ánh, kiến nghị"]


def test_commands_are_shown_as_people_type_them_there() -> None:
    assert TELEGRAM.slash
    welcome = render("welcome", office="Văn phòng UBND tỉnh", slash=True)
    assert "/phananh" in welcome
    assert "/" not in render("welcome", office="Văn phòng UBND tỉnh", slash=False).replace("ông/bà", "")
