"""What typed words mean where a question is open: a choice's own words, a command, or the answer."""

from pathlib import Path

import pytest

from domain.people import Role
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/01/2026", "Kế hoạch"),
    Row("Đăng ký thủ tục còn vướng mắc", "Sở Tư pháp", "Trước ngày 28/01/2026", "Văn bản đăng ký"),
)


async def _officer(folder: Path) -> tuple[Office, Chat]:
    office = make_office(folder)
    await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.settle()
    await officer.heard()
    return office, officer


async def test_the_words_of_a_choice_are_the_choice_even_where_they_begin_as_a_command(tmp_path: Path) -> None:
    office, officer = await _officer(tmp_path)
    (asked,) = await officer.say("xin lùi đến 30/1 vì chờ số liệu")
    assert "Việc khác" in [one.label for one in asked.choices]
    (answer,) = await officer.say("việc khác")
    assert not answer.text.startswith("Không thấy việc nào khớp")
    await office.close()


@pytest.mark.parametrize("begun", ["vuongmac NV-0001", "giahan NV-0001"])
@pytest.mark.parametrize("command", ["trogiup", "viec", "vuongmac NV-0002", "giahan NV-0002", "/trogiup"])
async def test_a_bare_command_is_no_answer_to_a_question(tmp_path: Path, begun: str, command: str) -> None:
    office, officer = await _officer(tmp_path)
    await officer.say(begun)
    await officer.say(command)
    states = await office.read(lambda unit: unit.conn.exec_driver_sql("select state from assignments").scalars().all())
    assert set(states) == {"assigned"}
    await office.close()


async def test_words_of_a_command_within_a_sentence_stay_the_answer(tmp_path: Path) -> None:
    office, officer = await _officer(tmp_path)
    await officer.say("vuongmac NV-0001")
    (answer,) = await officer.say("viec nay cho huong dan cua Bo")
    assert answer.text.startswith("Đã báo vướng mắc")
    await office.close()
