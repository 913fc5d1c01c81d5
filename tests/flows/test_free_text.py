"""What officers type outside any question: read, proposed back, and done only by one more tap or digit.

To accept a change of wording: NHACVIEC_REWRITE_GOLDEN=1 pytest tests/flows/test_free_text.py, then read the diff.
"""

import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from domain.people import Role
from tests.flows.transcript import transcript
from tests.office import HOTLINE, Chat, Office, Row, make_office

GOLDEN = Path(__file__).parent / "golden" / "free_text.txt"

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch cải cách hành chính của cơ quan", "Sở Tư pháp", "Trước ngày 20/01/2026", "Kế hoạch"),
    Row("Rà soát thủ tục hộ tịch, chứng thực", "Sở Tư pháp", "Đến ngày 23/01/2026", "Báo cáo rà soát"),
    Row("Công khai phí, lệ phí tại nơi tiếp nhận hồ sơ", "Sở Tư pháp", "Đến ngày 30/01/2026", "Thông báo"),
    Row("Hướng dẫn các xã cử đầu mối", "Sở Nội vụ", "Trước ngày 10/02/2026", "Văn bản hướng dẫn"),
)
FRESH = {"NV-0001": "assigned", "NV-0002": "assigned", "NV-0003": "assigned", "NV-0004": "assigned"}
TABLES = ("assignments", "matters", "comments", "evidence", "extensions", "substitutes", "due_versions")


@dataclass(slots=True)
class Scene:
    """An office in which one officer of Sở Tư pháp has three tasks and a colleague."""

    office: Office
    officer: Chat

    async def states(self) -> dict[str, str]:
        """Return the state of every assignment by its code."""
        return {str(code): str(state) for code, state in await self.facts("select code, state from assignments")}

    async def facts(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        rows = await self.office.read(lambda unit: unit.conn.exec_driver_sql(query).all())
        return [tuple(row) for row in rows]

    async def everything(self) -> list[list[tuple[Any, ...]]]:
        """Return all that an act could have changed."""
        return [await self.facts(f"select * from {table} order by id") for table in TABLES]

    async def says(self, text: str) -> str:
        """Type something and return all that was answered."""
        return "\n".join(one.text for one in await self.officer.say(text))


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    office = make_office(tmp_path)
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình", "Chuyên viên")
    await office.officer("STP", Role.OFFICER, "Đỗ Mẫu Hoa", "Chuyên viên")
    await office.issue(PLAN)
    yield Scene(office, officer)
    await office.close()


async def _after_welcome(scene: Scene) -> Chat:
    """Let the first notice be the last thing that was heard."""
    await scene.office.settle()
    await scene.officer.heard()
    return scene.officer


DONE = "Xác nhận báo xong"
SENT = "Gửi báo cáo hoàn thành"

ACTS: Sequence[tuple[str, str, str, dict[str, str]]] = (
    # done, with what shows it
    ("da xong nv 1, kh so 9/KH-STP ngay 10/1", f"{DONE} NV-0001", SENT, {"NV-0001": "reported"}),
    ("Đã hoàn thành NV-0001, Kế hoạch số 9/KH-STP ngày 10/01/2026", f"{DONE} NV-0001", SENT, {"NV-0001": "reported"}),
    ("xong nv 1 kh 9/kh-stp 10/1", f"{DONE} NV-0001", SENT, {"NV-0001": "reported"}),
    ("nv2 xong r nhé, bc 12/BC-STP ngày 9/1", f"{DONE} NV-0002", SENT, {"NV-0002": "reported"}),
    ("ddax xong nv 3, tb 5/TB-STP ngày 8/1", f"{DONE} NV-0003", SENT, {"NV-0003": "reported"}),
    ("da xong nv 2, https://stp.songlam.example/bao-cao", f"{DONE} NV-0002", SENT, {"NV-0002": "reported"}),
    ("xong nv 1 va nv 3, kh 9/KH-STP ngay 10/1", f"{DONE} NV-0001, NV-0003", SENT,
     {"NV-0001": "reported", "NV-0003": "reported"}),
    ("đã xong nv 1, văn bản ngày 9/1", f"{DONE} NV-0001", SENT, {"NV-0001": "reported"}),
    ("nv 1 kh so 9/KH-STP ngay 10/1", f"{DONE} NV-0001", SENT, {"NV-0001": "reported"}),
    # how far it is
    ("nv 1 dang lam duoc 60%", "Ghi tiến độ NV-0001: 60%?", "Ghi tiến độ", {"NV-0001": "in_progress"}),
    ("nv 2 đang xin ý kiến các sở", "Ghi tiến độ NV-0002?", "Ghi tiến độ", {"NV-0002": "in_progress"}),
    ("nv 1 sắp xong", "Ghi tiến độ NV-0001?", "Ghi tiến độ", {"NV-0001": "in_progress"}),
    ("chưa xong nv 3, mới được nửa", "Ghi tiến độ NV-0003?", "Ghi tiến độ", {"NV-0003": "in_progress"}),
    # taking on
    ("ok da nhan nv 1", "Ghi nhận đơn vị đã nhận NV-0001?", "Đúng, đã nhận", {"NV-0001": "accepted"}),
    ("đã nhận nv 1, nv 2", "Ghi nhận đơn vị đã nhận NV-0001, NV-0002?", "Đúng, đã nhận",
     {"NV-0001": "accepted", "NV-0002": "accepted"}),
    ("em nhận nv 3 ạ", "Ghi nhận đơn vị đã nhận NV-0003?", "Đúng, đã nhận", {"NV-0003": "accepted"}),
    # more time
    ("xin lui nv 1 den thu 6 tuan sau vi cho so lieu", "Xác nhận xin gia hạn NV-0001 đến thứ Sáu 23/01/2026",
     "Gửi đề nghị gia hạn", {"NV-0001": "extension_requested"}),
    ("xin gia hạn nv 2 đến 30/1 vì chưa có số liệu của xã", "Xác nhận xin gia hạn NV-0002 đến thứ Sáu 30/01/2026",
     "Gửi đề nghị gia hạn", {"NV-0002": "extension_requested"}),
    ("xin thêm 3 ngày cho nv 1 vì đang chờ ký", "Xác nhận xin gia hạn NV-0001 đến thứ Năm 22/01/2026",
     "Gửi đề nghị gia hạn", {"NV-0001": "extension_requested"}),
    ("xin luif nv 3 ddeens cuoosi thangs sau vif chowf soos lieeuj",
     "Xác nhận xin gia hạn NV-0003 đến thứ Bảy 28/02/2026", "Gửi đề nghị gia hạn", {"NV-0003": "extension_requested"}),
    # what is in the way
    ("nv 1 vuong vi chua co huong dan cua Bo", "Báo Văn phòng vướng mắc ở NV-0001?", "Gửi vướng mắc",
     {"NV-0001": "obstacle"}),
    ("nv 2 không làm được vì hệ thống lỗi", "Báo Văn phòng vướng mắc ở NV-0002?", "Gửi vướng mắc",
     {"NV-0002": "obstacle"}),
    # not ours
    ("nv 3 khong phai cua so em", "Báo Văn phòng NV-0003 không thuộc trách nhiệm của đơn vị?", "Gửi Văn phòng",
     {"NV-0003": "not_ours"}),
    ("nv 2 giao nhầm đơn vị, đề nghị chuyển Sở Tài chính",
     "Báo Văn phòng NV-0002 không thuộc trách nhiệm của đơn vị?", "Gửi Văn phòng", {"NV-0002": "not_ours"}),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "asked", "pressed", "moved"), ACTS)
async def test_words_are_proposed_back_and_done_once_confirmed(
    scene: Scene, typed: str, asked: str, pressed: str, moved: dict[str, str]
) -> None:
    await _after_welcome(scene)
    untouched = await scene.everything()
    (answer,) = await scene.officer.say(typed)
    assert answer.first_line == asked
    assert await scene.everything() == untouched, "nothing is done before it is confirmed"
    assert answer.choices[0].label == pressed
    assert answer.choices[-1].label == "Huỷ"
    await scene.officer.say("1")
    assert await scene.states() == {**FRESH, **moved}


@pytest.mark.parametrize("typed", [one[0] for one in ACTS])
async def test_huy_leaves_everything_as_it_was(scene: Scene, typed: str) -> None:
    await _after_welcome(scene)
    untouched = await scene.everything()
    await scene.says(typed)
    assert "chưa có gì được gửi đi" in await scene.says("huỷ")
    await scene.says("1")
    assert await scene.everything() == untouched


NEVER = (
    "chưa xong nv 1", "chua xong nv1", "nv 1 chưa hoàn thành", "xong nv 1 chưa?", "nv 1 xong chưa ạ", "xong chưa",
    "bao giờ phải xong nv 1", "nv 1 bao gio phai xong?", "đã xong nv 1 đâu", "nv 1 sắp xong rồi", "gần xong nv 1",
    "nếu xong nv 1 thì em báo", "khi nào xong nv 1 em báo", "không xong được nv 1", "mới xong một nửa nv 1",
    "xong dự thảo nv 1", "nv 1 xong nhưng chưa ký", "thế nào là xong nv 1", "xong nv 1 thì báo ở đâu?",
    "nghe nói nv 1 xong rồi", "chuwa xong nv 1", "k xong đc nv 1", "dự kiến nv 1 xong 30/1", "phải xong nv 1 trước tết",
    "ok", "vâng", "cảm ơn anh", "không phải 9/KH-STP", "đã xong 80% nv 1", "xong nv 1 rồi à?", "ddang lafm nv 1",
)  # fmt: skip


@pytest.mark.parametrize("typed", NEVER)
async def test_negations_questions_and_nods_never_report(scene: Scene, typed: str) -> None:
    await _after_welcome(scene)
    untouched = await scene.everything()
    (answer,) = await scene.officer.say(typed)
    assert not any(label in one.label for one in answer.choices for label in ("Gửi báo cáo", "Bỏ qua (không"))
    assert not answer.first_line.startswith(("Báo xong", DONE))
    assert await scene.everything() == untouched
    await scene.officer.say("1")
    assert "reported" not in (await scene.states()).values()


async def test_what_is_missing_is_asked_and_nothing_twice(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    assert "Đề nghị gia hạn đến ngày nào?" in await scene.says("xin gia hạn nv 1 vì chờ số liệu của các xã")
    answer = await scene.says("30/1")
    assert answer.startswith("Xác nhận xin gia hạn NV-0001 đến thứ Sáu 30/01/2026")
    assert "Lý do: chờ số liệu của các xã" in answer
    await officer.press("Huỷ")
    assert "Lý do" in await scene.says("xin lùi nv 1 đến 30/1")
    answer = await scene.says("Chờ hướng dẫn của Bộ Tư pháp")
    assert answer.startswith("Xác nhận xin gia hạn NV-0001 đến thứ Sáu 30/01/2026")
    await officer.press("Huỷ")
    assert "Hạn mới phải sau hạn hiện nay" in await scene.says("xin lùi nv 1 đến 15/1 vì chờ số liệu")
    assert (await scene.says("23/1")).startswith("Xác nhận xin gia hạn NV-0001 đến thứ Sáu 23/01/2026")
    await officer.press("Huỷ")
    assert (await scene.says("đã xong nv 2")).startswith("Báo xong NV-0002")
    assert (await scene.says("9/BC-STP ngày 10/1")).startswith(f"{DONE} NV-0002")
    await officer.press("Huỷ")
    assert "vướng mắc" in (await scene.says("vướng nv 2")).lower()
    assert "Đã báo vướng mắc" in await scene.says("chưa có hướng dẫn của Bộ")


async def test_an_impossible_date_is_said_and_asked_again(scene: Scene) -> None:
    await _after_welcome(scene)
    answer = await scene.says("xong nv 1, 9/KH-STP ngày 31/02/2026")
    assert "không có trong lịch" in answer
    assert "Văn bản nào là kết quả?" in answer
    assert (await scene.says("9/KH-STP ngày 10/01/2026")).startswith(f"{DONE} NV-0001")


async def test_two_possible_tasks_are_asked_about(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    (asked,) = await officer.say("đã xong, số 9/KH-STP ngày 10/1")
    assert asked.first_line == "“đã xong, số 9/KH-STP ngày 10/1” là về việc nào?"
    assert [one.label.partition(" ·")[0] for one in asked.choices] == [
        "NV-0001", "NV-0002", "NV-0003", "Việc khác", "Huỷ",
    ]  # fmt: skip
    (confirm,) = await officer.say("2")
    assert confirm.first_line == f"{DONE} NV-0002"
    assert "văn bản 9/KH-STP ngày 10/01/2026 (thứ Bảy)" in confirm.text
    await officer.press("Huỷ")
    await officer.say("đã xong, số 9/KH-STP ngày 10/1")
    assert "gõ mã việc" in (await officer.press("Việc khác"))[0].text
    assert (await officer.say("nv 3"))[0].first_line == f"{DONE} NV-0003"


async def test_a_bare_document_is_asked_about_and_all_can_be_taken_on_at_once(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    assert (await officer.say("9/KH-STP ngày 10/1"))[0].first_line == "“9/KH-STP ngày 10/1” là về việc nào?"
    assert (await officer.say("1"))[0].first_line == f"{DONE} NV-0001"
    await officer.press("Huỷ")
    await officer.say("đã nhận")
    (asked,) = await officer.press("Đã nhận tất cả (3 việc)")
    assert asked.first_line == "Ghi nhận đơn vị đã nhận NV-0001, NV-0002, NV-0003?"
    await officer.say("1")
    assert list((await scene.states()).values()) == ["accepted", "accepted", "accepted", "assigned"]


async def test_an_old_proposal_confirms_no_newer_one(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    (first,) = await officer.say("nv 1 đang làm được 40%")
    await officer.say("nv 1 đang làm được 60%")
    old = {"button": first.choices[0].key, "label": first.choices[0].label}
    (answer,) = await officer._send(old, "[nút cũ]")
    assert "câu hỏi đã đóng" in answer.text
    assert (await scene.states())["NV-0001"] == "assigned"


async def test_words_tell_which_task_where_they_share_its_subject(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    (confirm,) = await officer.say("đã xong báo cáo rà soát thủ tục hộ tịch, chứng thực, 12/BC-STP ngày 9/1")
    assert confirm.first_line == f"{DONE} NV-0002"


async def test_the_task_spoken_of_last_is_meant(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    await officer.say("nv 2")
    (confirm,) = await officer.say("đã xong, 12/BC-STP ngày 9/1")
    assert confirm.first_line == f"{DONE} NV-0002"
    await officer.press("Huỷ")
    await officer.say("nv 3")
    assert (await officer.say("bao giờ phải xong?"))[0].first_line.startswith("NV-0003 · chưa nhận")


async def test_the_only_open_task_is_meant(scene: Scene) -> None:
    stranger = await scene.office.officer("SNV", Role.OFFICER, "Phạm Mẫu Cúc")
    await stranger.say("trogiup")
    assert (await stranger.say("đang làm được 30%"))[0].first_line == "Ghi tiến độ NV-0004: 30%?"


async def test_another_agencys_and_an_unknown_task_get_one_sentence(scene: Scene) -> None:
    await _after_welcome(scene)
    untouched = await scene.everything()
    for typed in ("xong nv 4, 9/KH-STP ngày 10/1", "xin lùi nv 99 đến 30/1", "nv 4 đang làm 50%", "đã nhận nv 4"):
        answer = await scene.says(typed)
        assert answer.startswith("Không tìm thấy việc NV-00"), typed
        assert "Hướng dẫn các xã" not in answer
    assert await scene.everything() == untouched


async def test_a_question_is_answered_with_the_task_and_its_date(scene: Scene) -> None:
    await _after_welcome(scene)
    answer = await scene.says("nv 2 bao gio phai xong?")
    assert answer.startswith("NV-0002 · chưa nhận")
    assert "thứ Sáu 23/01/2026" in answer
    assert HOTLINE in await scene.says("gửi báo cáo cho ai ạ?")


async def test_a_nod_at_the_notice_of_one_task_proposes_to_take_it_on(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    officer = await office.officer("SNV", Role.OFFICER, "Phạm Mẫu Cúc")
    await office.issue(PLAN)
    await office.settle()
    assert "NV-0004" in (await officer.heard())[-1].text
    assert (await officer.say("ok ạ"))[0].first_line == "Ghi nhận đơn vị đã nhận NV-0004?"
    assert (await Scene(office, officer).states())["NV-0004"] == "assigned"
    assert "Chưa ghi gì; xin chọn: 1 Đúng, đã nhận" in (await officer.say("vâng"))[0].text
    assert (await officer.say("1"))[0].first_line == "Đã ghi nhận: đơn vị đã nhận NV-0004"
    assert (await officer.say("cảm ơn anh"))[0].text.startswith("Cảm ơn đồng chí")
    await office.close()


async def test_three_misses_lead_to_a_person_and_a_phone_and_thanks_are_none(scene: Scene) -> None:
    await _after_welcome(scene)
    for typed in ("hôm nay trời đẹp quá", "lorem ipsum dolor", "cảm ơn anh"):
        assert HOTLINE not in await scene.says(typed)
    assert HOTLINE in await scene.says("abc xyz mnp")


async def test_a_colleague_is_named_and_until_when(scene: Scene) -> None:
    await _after_welcome(scene)
    answer = await scene.says("nho chi Hoa lam thay den het tuan")
    assert answer.startswith("Đồng chí Đỗ Mẫu Hoa thay đồng chí từ hôm nay đến hết thứ Sáu 16/01/2026")
    assert await scene.facts("select count(*) from substitutes") == [(0,)]
    await scene.officer.press("Đồng ý")
    assert await scene.facts("select until_on from substitutes") == [("2026-01-16",)]


async def test_a_colleague_without_a_day_or_without_a_name_is_asked_for(scene: Scene) -> None:
    await _after_welcome(scene)
    assert "thay đến hết ngày nào?" in await scene.says("uỷ quyền cho chị Hoa")
    assert "đến hết thứ Sáu 30/01/2026" in await scene.says("30/1/2026")
    await scene.officer.press("Huỷ")
    assert "Ai thay đồng chí" in await scene.says("nhờ anh Tuấn làm thay")


async def test_words_of_a_step_are_never_read_as_a_proposal(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    await officer.say("nv 1")
    await officer.press("Báo tiến độ")
    assert "Đã ghi tiến độ NV-0001" in await scene.says("đã xong nv 2, 9/KH-STP ngày 10/1")
    assert (await scene.states())["NV-0002"] == "assigned"


async def test_number_and_date_can_be_mended_before_sending(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    await officer.say("xong nv 1, 9/KH-STP ngày 10/1")
    (answer,) = await officer.say("nhầm, số 11/KH-STP ngày 9/1")
    assert answer.first_line == f"{DONE} NV-0001"
    await officer.say("1")
    assert await scene.facts("select number, date from evidence") == [("11/KH-STP", "2026-01-09")]


async def test_a_coordinator_without_tasks_is_answered_as_before(scene: Scene) -> None:
    lan = await scene.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    assert (await lan.say("xong nv 1, 9/KH-STP ngày 10/1"))[0].first_line.startswith("NV-0001 ·")
    assert (await scene.states())["NV-0001"] == "assigned"


async def test_the_transcript_reads_as_it_was_approved(scene: Scene) -> None:
    officer = await _after_welcome(scene)
    for typed in (
        "ok da nhan nv 1, nv 2", "1", "da xong nv 1, kh so 9/KH-STP ngay 10/1", "1",
        "xin lui nv 2 den het thang vi cho so lieu", "1", "nv 3 bao gio phai xong?", "vuong o cho chua co bieu mau",
        "1", "da xong, tb 5/TB-STP ngay 9/1", "cảm ơn anh", "huỷ", "nho chi Hoa lam thay den het tuan", "1", "trời đẹp",
    ):  # fmt: skip
        await officer.say(typed)
    text = await transcript(scene.office)
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
