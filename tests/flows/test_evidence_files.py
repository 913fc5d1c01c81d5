"""Files that officers send: fetched into the house, read, matched to a task, reported once it is confirmed."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.base import ChannelError
from documents.letters import FirstPages
from domain.delivery import Reason, Refused, Unknown
from domain.people import Role
from tests.flows.evidence_files import pdf_file, read, scan, send, with_macros, word_file
from tests.flows.test_free_text import PLAN, Scene
from tests.office import make_office

pytestmark = pytest.mark.anyio

DAY = "10 tháng 01 năm 2026"
REVIEWED = "báo cáo rà soát thủ tục hộ tịch, chứng thực"
LETTER = word_file("12/BC-STP", DAY, REVIEWED)
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 200


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    office = make_office(tmp_path)
    officer = await office.officer("STP", Role.OFFICER, "Trần Mẫu Bình", "Chuyên viên")
    await office.issue(PLAN)
    await office.settle()
    await officer.heard()
    yield Scene(office, officer)
    await office.close()


EVIDENCE = "select e.kind, e.number, e.date, f.name from evidence e left join files f on f.id = e.file_id order by e.id"


async def test_a_letter_is_read_matched_and_reported_by_one_digit(scene: Scene) -> None:
    officer = scene.officer
    (received,) = await send(officer, "bao-cao.docx", LETTER)
    assert received.text.startswith("Đã nhận tệp “bao-cao.docx”, đang đọc")
    untouched = await scene.everything()
    (offered,) = await read(officer)
    assert offered.kind == "reply"
    assert offered.first_line == "Báo hoàn thành NV-0002 bằng Công văn 12/BC-STP ngày 10/01/2026 của SỞ TƯ PHÁP?"
    assert f"Trích yếu: {REVIEWED}" in offered.text
    assert "Sẽ ghi kết quả: văn bản số 12/BC-STP ngày 10/01/2026 (thứ Bảy), tệp bao-cao.docx" in offered.text
    assert [one.label for one in offered.choices] == ["Đúng, gửi báo cáo", "Việc khác", "Chỉ lưu", "Huỷ"]
    assert await scene.everything() == untouched, "nothing is done before it is confirmed"
    assert (await officer.say("1"))[0].first_line == "Đã báo cáo hoàn thành NV-0002"
    assert (await scene.states())["NV-0002"] == "reported"
    assert await scene.facts(EVIDENCE) == [("file", "12/BC-STP", "2026-01-10", "bao-cao.docx")]
    assert await scene.facts("select completed_on from assignments where code = 'NV-0002'") == [("2026-01-10",)]


async def test_the_file_lies_in_the_house_under_its_digest(scene: Scene, tmp_path: Path) -> None:
    content = pdf_file(tmp_path, "12/BC-STP", DAY, REVIEWED)
    await send(scene.officer, "bao-cao.docx", content)  # the name tells nothing about what it is
    (offered,) = await read(scene.officer)
    assert "12/BC-STP ngày 10/01/2026" in offered.first_line
    digest = hashlib.sha256(content).hexdigest()
    kept = await scene.facts("select digest, media_type, size from files")
    assert kept == [(digest, "application/pdf", len(content))]
    assert scene.office.web.files.read(digest, 1 << 20) == content


async def test_another_task_can_be_chosen_and_number_and_date_typed_over(scene: Scene) -> None:
    officer = scene.officer
    await send(officer, "bao-cao.docx", LETTER)
    await read(officer)
    (asked,) = await officer.press("Việc khác")
    assert "Đây là kết quả của việc nào?" in asked.first_line
    assert "NV-0002" not in asked.text
    assert (await officer.press("NV-0003 · báo xong"))[0].first_line == "Xác nhận báo xong NV-0003"
    assert "13/BC-STP ngày 09/01/2026" in (await officer.say("13/BC-STP ngày 9/1"))[0].text
    await officer.press("Gửi báo cáo hoàn thành")
    assert await scene.facts(EVIDENCE) == [("file", "13/BC-STP", "2026-01-09", "bao-cao.docx")]
    assert (await scene.states())["NV-0003"] == "reported"


@pytest.mark.parametrize("choice", ["Chỉ lưu", "Huỷ"])
async def test_a_file_that_is_only_kept_or_dropped_reports_nothing(scene: Scene, choice: str) -> None:
    await send(scene.officer, "bao-cao.docx", LETTER)
    await read(scene.officer)
    untouched = await scene.everything()
    await scene.officer.press(choice)
    await scene.officer.say("1")
    assert await read(scene.officer) == [], "it is not offered once more"
    assert await scene.everything() == untouched


async def test_two_possible_tasks_are_asked_about(scene: Scene) -> None:
    content = word_file("14/BC-STP", DAY, "tình hình công tác năm 2026")
    await send(scene.officer, "bao-cao.docx", content)
    (asked,) = await read(scene.officer)
    assert asked.first_line == "Đã nhận tệp bao-cao.docx. Đây là kết quả của việc nào?"
    assert "Đọc được: Công văn 14/BC-STP ngày 10/01/2026 của SỞ TƯ PHÁP" in asked.text
    assert len([one for one in asked.choices if "báo xong" in one.label]) == 3
    confirm = (await scene.officer.say("nv 3"))[0]
    assert confirm.first_line.startswith("Báo hoàn thành NV-0003 bằng Công văn 14/BC-STP")
    await scene.officer.say("1")
    assert (await scene.states())["NV-0003"] == "reported"


async def test_the_caption_says_which_task_and_agrees_with_the_file(scene: Scene) -> None:
    await send(scene.officer, "bao-cao.docx", LETTER, "xong nv 1, số 12 ngày 10/1")
    (offered,) = await read(scene.officer)
    assert offered.first_line.startswith("Báo hoàn thành NV-0001 bằng Công văn 12/BC-STP")


@pytest.mark.parametrize(
    ("choice", "kept"), [("Ghi theo tệp", ("12/BC-STP", "2026-01-10")), ("Ghi theo lời", ("21/BC-STP", "2026-01-09"))]
)
async def test_a_number_that_differs_from_the_typed_one_is_asked_about(
    scene: Scene, choice: str, kept: tuple[str, str]
) -> None:
    officer = scene.officer
    await send(officer, "bao-cao.docx", LETTER, "21/BC-STP ngày 9/1")
    (asked,) = await read(officer)
    assert "khác với lời đã gõ" in asked.first_line
    assert "Trong tệp: số 12/BC-STP ngày 10/01/2026" in asked.text
    assert "Đã gõ: số 21/BC-STP ngày 09/01/2026" in asked.text
    assert (await officer.press(choice))[0].first_line.startswith("Báo hoàn thành NV-0002")
    await officer.say("1")
    assert await scene.facts("select number, date from evidence") == [kept]


async def test_words_typed_while_the_file_is_read_stand_beside_it(scene: Scene) -> None:
    await send(scene.officer, "bao-cao.docx", LETTER)
    assert "Đã ghi cùng tệp đang đọc" in await scene.says("xong nv 3")
    (offered,) = await read(scene.officer)
    assert offered.first_line.startswith("Báo hoàn thành NV-0003")


async def test_a_file_beside_words_that_say_not_done_reports_nothing(scene: Scene) -> None:
    answers = await send(scene.officer, "bao-cao.docx", LETTER, "chưa xong nv 1, gửi trước dự thảo")
    assert answers[-1].first_line.startswith("Ghi tiến độ NV-0001")
    assert await read(scene.officer) == []
    assert await scene.facts("select count(*) from files where digest is not null") == [(1,)]


async def test_a_scan_and_a_photo_are_no_ground_for_a_guess(scene: Scene, tmp_path: Path) -> None:
    officer = scene.officer
    await send(officer, "ban-chup.pdf", scan(tmp_path))
    (asked,) = await read(officer)
    assert "Đây là kết quả của việc nào?" in asked.first_line
    assert "Chưa đọc được số, ngày trong tệp" in asked.text
    await officer.press("Huỷ")
    (asked,) = await send(officer, "anh.jpg", JPEG)
    assert "Đây là kết quả của việc nào?" in asked.first_line
    (confirm,) = await officer.press("NV-0001 · báo xong")
    assert "gõ ngay (ví dụ: 45/KH-STP ngày 12/01/2026), hoặc gửi luôn" in confirm.text
    assert await read(officer) == []
    await officer.say("9/KH-STP ngày 10/1")
    await officer.say("1")
    assert await scene.facts(EVIDENCE) == [("file", "9/KH-STP", "2026-01-10", "anh.jpg")]


async def test_a_file_at_the_question_is_read_and_fills_in_what_was_not_typed(scene: Scene) -> None:
    officer = scene.officer
    await officer.say("xong nv 1")
    (confirm,) = await send(officer, "bao-cao.docx", LETTER)
    assert confirm.first_line == "Xác nhận báo xong NV-0001"
    assert "đang được đọc" in confirm.text
    (filled,) = await read(officer)
    assert filled.first_line == "Xác nhận báo xong NV-0001"
    assert "văn bản 12/BC-STP ngày 10/01/2026 (thứ Bảy) tệp bao-cao.docx" in filled.text
    await officer.press("Gửi báo cáo hoàn thành")
    assert await scene.facts(EVIDENCE) == [("file", "12/BC-STP", "2026-01-10", "bao-cao.docx")]


@pytest.mark.parametrize("typed", ["1", "gui bao cao hoan thanh", "2"])
async def test_what_is_typed_after_a_file_was_read_reports_nothing_unseen(scene: Scene, typed: str) -> None:
    officer = scene.officer
    await officer.say("xong nv 1")
    await send(officer, "bao-cao.docx", LETTER)
    await read(officer)
    changed, shown = await officer.say(typed)
    assert "vừa đổi, chưa có gì được gửi đi" in changed.text
    assert shown.first_line == "Xác nhận báo xong NV-0001"
    assert "văn bản 12/BC-STP ngày 10/01/2026" in shown.text
    assert await scene.facts(EVIDENCE) == []
    await officer.say("1")
    assert await scene.facts(EVIDENCE) == [("file", "12/BC-STP", "2026-01-10", "bao-cao.docx")]


async def test_a_digit_never_chooses_between_numbers_that_were_not_seen(scene: Scene) -> None:
    officer = scene.officer
    await officer.say("xong nv 1")
    await send(officer, "bao-cao.docx", LETTER, "21/BC-STP ngày 9/1")
    await read(officer)
    changed, asked = await officer.say("1")
    assert "vừa đổi, chưa có gì được gửi đi" in changed.text
    assert "Trong tệp: số 12/BC-STP ngày 10/01/2026" in asked.text
    assert "Đã gõ: số 21/BC-STP ngày 09/01/2026" in asked.text
    assert "12/BC-STP" in (await officer.say("1"))[0].text
    await officer.say("1")
    assert await scene.facts("select number, date from evidence") == [("12/BC-STP", "2026-01-10")]


@pytest.mark.parametrize("caption", ["", "21/BC-STP ngày 9/1"])
async def test_the_button_of_a_confirmation_that_read_back_less_shows_the_present_one(
    scene: Scene, caption: str
) -> None:
    officer = scene.officer
    await officer.say("xong nv 1")
    (before,) = await send(officer, "bao-cao.docx", LETTER, caption)
    (present,) = await read(officer)
    changed, shown = await officer._send({"button": before.choices[0].key, "label": "cũ"}, "[cũ]")
    assert "vừa đổi, chưa có gì được gửi đi" in changed.text
    assert shown.text == present.text
    assert await scene.facts(EVIDENCE) == []


async def test_the_button_of_a_proposal_with_another_number_shows_the_present_one(scene: Scene) -> None:
    officer = scene.officer
    await send(officer, "bao-cao.docx", LETTER)
    (before,) = await read(officer)
    (present,) = await officer.say("13/BC-STP ngày 9/1")
    _, shown = await officer._send({"button": before.choices[0].key, "label": "cũ"}, "[cũ]")
    assert shown.text == present.text
    assert await scene.facts(EVIDENCE) == []
    await officer.press("Đúng, gửi báo cáo")
    assert await scene.facts("select number, date from evidence") == [("13/BC-STP", "2026-01-09")]


async def test_a_link_stays_beside_the_file_that_follows_it(scene: Scene) -> None:
    officer, link = scene.officer, "https://example.gov.vn/van-ban/12"
    await officer.say("xong nv 1")
    await officer.say(link)
    (confirm,) = await send(officer, "anh.jpg", JPEG)
    assert f"tệp anh.jpg, {link}" in confirm.text
    await officer.say("1")
    assert await scene.facts("select kind, text from evidence") == [("file", f"anh.jpg, {link}")]
    assert f"tệp anh.jpg, {link}" in await scene.says("nv 1")


async def test_a_link_remains_where_the_file_after_it_is_refused(scene: Scene) -> None:
    officer, link = scene.officer, "https://example.gov.vn/van-ban/12"
    await officer.say("xong nv 1")
    await officer.say(link)
    await send(officer, "bao-cao.docx", with_macros())
    told, confirm = await read(officer)
    assert "có macro nên không nhận" in told.text
    assert f"Kết quả: {link}" in confirm.text


async def test_the_third_answer_that_names_no_evidence_is_answered_with_a_person(scene: Scene) -> None:
    await scene.says("xong nv 1")
    for _ in range(2):
        assert "Xin liên hệ" not in await scene.says("gửi anh nhé")
    assert "để được hỗ trợ trực tiếp" in await scene.says("gửi anh nhé")
    assert "Xác nhận báo xong NV-0001" in await scene.says("12/BC-STP ngày 10/1")


async def test_the_third_date_that_is_none_is_answered_with_a_person(scene: Scene) -> None:
    await scene.says("giahan nv 1")
    for _ in range(2):
        assert "Xin liên hệ" not in await scene.says("khi nào xong thì xong")
    assert "để được hỗ trợ trực tiếp" in await scene.says("khi nào xong thì xong")


async def test_a_file_sent_before_the_confirmation_joins_what_was_typed(scene: Scene) -> None:
    officer = scene.officer
    await officer.say("xong nv 1, 12/BC-STP ngày 10/1")
    (confirm,) = await send(officer, "bao-cao.docx", LETTER)
    assert "văn bản 12/BC-STP ngày 10/01/2026 (thứ Bảy) tệp bao-cao.docx" in confirm.text
    await send(officer, "phu-luc.jpg", JPEG)
    assert await read(officer) == [], "what agrees with the words is not said again"
    await officer.say("1")
    assert await scene.facts(EVIDENCE) == [
        ("file", "12/BC-STP", "2026-01-10", "bao-cao.docx"),
        ("file", None, None, "phu-luc.jpg"),
    ]


async def test_a_file_at_the_question_that_contradicts_its_caption_is_asked_about(scene: Scene) -> None:
    officer = scene.officer
    await officer.say("xong nv 1")
    await send(officer, "bao-cao.docx", LETTER, "21/BC-STP ngày 9/1")
    (asked,) = await read(officer)
    assert "khác với lời đã gõ" in asked.first_line
    (confirm,) = await officer.press("Ghi theo tệp")
    assert confirm.first_line == "Xác nhận báo xong NV-0001"
    await officer.say("1")
    assert await scene.facts("select number, date from evidence") == [("12/BC-STP", "2026-01-10")]


async def test_who_confirms_before_the_file_is_read_is_not_asked_again(scene: Scene) -> None:
    officer = scene.officer
    await officer.say("xong nv 1")
    await send(officer, "bao-cao.docx", LETTER)
    await officer.say("1")
    assert await read(officer) == []
    assert await scene.facts(EVIDENCE) == [("file", None, None, "bao-cao.docx")]
    ((digest,),) = await scene.facts("select digest from files")
    assert digest == hashlib.sha256(LETTER).hexdigest()


async def test_an_open_question_keeps_its_digits(scene: Scene) -> None:
    officer = scene.officer
    await send(officer, "bao-cao.docx", LETTER)
    await officer.say("giahan nv 1")
    assert await read(officer) == []
    await officer.say("30/1")
    await officer.say("Chờ hướng dẫn của Bộ Tư pháp")
    await officer.say("gửi sau")
    await officer.say("1")
    assert (await scene.states())["NV-0001"] == "extension_requested"
    (told,) = await read(officer)
    assert told.first_line == "Đã đọc tệp bao-cao.docx: Công văn 12/BC-STP ngày 10/01/2026 của SỞ TƯ PHÁP"
    assert [one.label for one in told.choices] == ["Trả lời về tệp này"]
    assert (await officer.say("1"))[0].first_line.startswith("Báo xong NV-0001"), "a digit answers the menu before"
    await officer.say("huỷ")
    assert (await officer.say("tệp"))[0].first_line.startswith("Báo hoàn thành NV-0002")
    await officer.say("1")
    assert (await scene.states())["NV-0002"] == "reported"
    assert "Hiện không có tệp nào" in await scene.says("tệp")


async def test_one_file_after_the_other(scene: Scene) -> None:
    officer = scene.officer
    await send(officer, "mot.docx", LETTER)
    await send(officer, "hai.docx", word_file("5/TB-STP", DAY, "công khai phí, lệ phí tại nơi tiếp nhận hồ sơ"))
    (first,) = await read(officer)
    assert first.first_line.startswith("Báo hoàn thành NV-0002")
    done, second = await officer.say("1")
    assert done.first_line == "Đã báo cáo hoàn thành NV-0002"
    assert second.first_line.startswith("Báo hoàn thành NV-0003 bằng")
    await officer.say("1")
    assert (await scene.states())["NV-0003"] == "reported"


@pytest.mark.parametrize("at_the_question", [False, True])
async def test_macros_are_refused_once_and_nothing_is_kept(scene: Scene, at_the_question: bool) -> None:
    officer = scene.officer
    if at_the_question:
        await officer.say("xong nv 1")
    await send(officer, "bao-cao.docx", with_macros())
    heard = await read(officer)
    assert "có macro nên không nhận" in heard[0].text
    if at_the_question:
        assert heard[-1].first_line.startswith("Báo xong NV-0001")
    assert await read(officer) == []
    assert await scene.facts("select digest from files") == [(None,)]
    assert "reported" not in (await scene.states()).values()


async def test_a_file_that_cannot_be_fetched_is_tried_again_and_said_once(scene: Scene) -> None:
    officer, inner = scene.officer, scene.office.inner
    await officer.send_file("mat-tep.pdf")
    for _ in range(10):
        await inner.evidence.step()
        scene.office.clock.tick(timedelta(minutes=10).total_seconds())
    await inner.deliverer.drain()
    (told,) = await officer.heard()
    assert told.text.startswith("Không tải được tệp “mat-tep.pdf” sau nhiều lần thử")
    assert await scene.facts("select tries, state from sent_files") == [(5, "refused")]


async def test_a_provider_that_fails_a_while_loses_nothing(scene: Scene) -> None:
    officer, inner = scene.officer, scene.office.inner
    await send(officer, "bao-cao.docx", LETTER)

    async def silent(_reference: str, _limit: int) -> bytes:
        raise ChannelError(Unknown("silence"))

    await replace(inner.evidence, fetchers={"web": silent}).step()
    assert await read(officer) == [], "not at once again"
    scene.office.clock.tick(31)
    assert (await read(officer))[0].first_line.startswith("Báo hoàn thành NV-0002")


@pytest.mark.parametrize(
    "outcome",
    [Unknown("silence"), *(Refused(reason) for reason in (Reason.UNREACHED, Reason.ACCOUNT, Reason.FLOOD))],
)
async def test_an_outage_of_hours_loses_no_file(scene: Scene, outcome: Refused | Unknown) -> None:
    officer, inner, clock = scene.officer, scene.office.inner, scene.office.clock
    await send(officer, "bao-cao.docx", LETTER)
    tried = await _out_of_reach(scene, outcome, timedelta(hours=20))
    assert 60 < tried < 150, "often enough, not all the time"
    assert await scene.facts("select tries, state from sent_files") == [(0, "waiting")]
    clock.tick(600)
    await inner.deliverer.drain()
    assert (await read(officer))[0].first_line.startswith("Báo hoàn thành NV-0002")


async def test_a_file_is_given_up_and_said_after_a_day(scene: Scene) -> None:
    officer, inner = scene.officer, scene.office.inner
    await send(officer, "bao-cao.docx", LETTER)
    await _out_of_reach(scene, Refused(Reason.UNREACHED), timedelta(hours=25))
    await inner.deliverer.drain()
    (told,) = await officer.heard()
    assert told.text.startswith("Không tải được tệp “bao-cao.docx” sau nhiều lần thử")
    assert await scene.facts("select state from sent_files") == [("refused",)]


async def test_a_wait_that_the_provider_asks_for_is_kept(scene: Scene) -> None:
    await send(scene.officer, "bao-cao.docx", LETTER)
    flooded = Refused(Reason.FLOOD, retry_after=3600.0)
    assert await _out_of_reach(scene, flooded, timedelta(minutes=59), timedelta(seconds=30)) == 1


async def _out_of_reach(
    scene: Scene, outcome: Refused | Unknown, during: timedelta, every: timedelta = timedelta(minutes=4)
) -> int:
    """Let a provider end every fetch like that for so long, look so often; return how often it was asked."""
    asked = 0

    async def fails(_reference: str, _limit: int) -> bytes:
        nonlocal asked
        asked += 1
        raise ChannelError(outcome)

    reader = replace(scene.office.inner.evidence, fetchers={"web": fails})
    for _ in range(int(during / every)):
        await reader.step()
        scene.office.clock.tick(every.total_seconds())
    return asked


async def test_a_reading_that_was_cut_short_is_done_again_and_said_once(scene: Scene, tmp_path: Path) -> None:
    officer = scene.officer
    await send(officer, "bao-cao.docx", LETTER)

    class Killed(BaseException):
        pass

    def dies(_name: str, _content: bytes) -> FirstPages:
        raise Killed

    with pytest.raises(Killed):
        await replace(scene.office.inner.evidence, read=dies).step()  # the process ends while it reads
    again = make_office(tmp_path, start=scene.office.clock(), directory=())
    while await again.inner.evidence.step():
        pass
    while await scene.office.inner.evidence.step():
        pass
    await again.close()
    await scene.office.inner.deliverer.drain()
    assert len(await officer.heard()) == 1
    await officer.say("1")
    assert (await scene.states())["NV-0002"] == "reported"


async def test_two_readers_say_it_once(scene: Scene) -> None:
    await send(scene.officer, "bao-cao.docx", LETTER)
    inner = scene.office.inner
    fast = replace(inner.evidence)

    def slow(name: str, content: bytes) -> FirstPages:
        pages = inner.evidence.read(name, content)
        done.append(name)
        return pages

    done: list[str] = []
    taken = replace(inner.evidence, read=slow)
    first = await scene.office.read(lambda unit: unit.conn.exec_driver_sql("select id from sent_files").all())
    await fast.step()
    await taken.step()
    assert len(first) == 1
    assert done == [], "a file that was read is taken by nobody else"
    await inner.deliverer.drain()
    assert len(await scene.officer.heard()) == 1


async def test_who_has_lost_the_seat_meanwhile_hears_nothing(scene: Scene) -> None:
    await send(scene.officer, "bao-cao.docx", LETTER)
    await scene.office.run(
        lambda unit: unit.conn.exec_driver_sql("update memberships set state = 'ended' where role = 'officer'")
    )
    assert await read(scene.officer) == []


async def test_a_file_is_kept_under_the_ending_of_what_it_is(scene: Scene) -> None:
    await send(scene.officer, "bao-cao.exe", LETTER)
    await read(scene.officer)
    assert await scene.facts("select name from files") == [("bao-cao.docx",)]
