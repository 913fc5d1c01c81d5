"""An officer on Telegram, from the invitation to the last report: by buttons, by digits and by words."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.people import Role
from tests.flows.story import at
from tests.flows.telegram_side import Person, Telegram, telegram_office
from tests.office import Chat, Row

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/01/2026", "Kế hoạch"),
    Row("Đăng ký thủ tục còn vướng mắc", "Sở Tư pháp", "Trước ngày 22/01/2026", "Văn bản đăng ký"),
    Row("Báo cáo kết quả rà soát", "Sở Tư pháp", "Trước ngày 26/01/2026", "Báo cáo"),
    Row("Hướng dẫn các xã cử đầu mối", "Sở Nội vụ", "Trước ngày 10/02/2026", "Văn bản hướng dẫn"),
)
FIRST, SECOND, THIRD, STRANGERS = "NV-0001", "NV-0002", "NV-0003", "NV-0004"
STRANGERS_CONTENT = "Hướng dẫn các xã cử đầu mối"


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        yield opened


@pytest.fixture
async def coordinator(side: Telegram) -> Chat:
    return await side.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")


@pytest.fixture
async def officer(side: Telegram, coordinator: Chat) -> Person:
    """The one officer of Sở Tư pháp, who has been told of three tasks."""
    person = await side.officer(1, "STP", name="Trần Mẫu Bình")
    await side.office.issue(PLAN)
    await side.office.settle()
    return person


async def test_the_link_names_the_agency_and_asks_once(side: Telegram) -> None:
    person = side.person(1)
    asked = await person.says(f"/start {await side.office.invite('STP', Role.OFFICER, 'Trần Mẫu Bình')}")
    assert asked.startswith("Xác nhận tham gia: Sở Tư pháp")
    assert "Trần Mẫu Bình" in asked
    assert person.labels() == ["Đúng, tham gia", "Không phải tôi"]
    assert await side.facts("select count(*) from memberships") == [(0,)]
    answer = await person.presses("Đúng, tham gia")
    assert answer.startswith("Đã tham gia: Sở Tư pháp (cán bộ đầu mối)")
    assert await side.facts("select role, state from memberships") == [("officer", "active")]


async def test_a_wrong_a_used_and_an_expired_code_are_answered_alike(side: Telegram) -> None:
    used = await side.office.invite("STP", Role.OFFICER)
    expired = await side.office.invite("STP", Role.OFFICER)
    first = side.person(1)
    await first.says(f"/start {used}")
    await first.presses("Đúng, tham gia")
    second = side.person(2)
    answers = [await second.says("/start KHONGCOMANAY"), await second.says(f"/start {used}")]
    side.office.clock.tick(timedelta(days=31).total_seconds())
    answers.append(await second.says(expired))
    assert len(set(answers)) == 1
    assert answers[0].startswith("Mã tham gia không dùng được")
    assert await side.facts("select count(*) from memberships") == [(1,)]


async def test_a_code_used_between_question_and_answer_is_refused(side: Telegram) -> None:
    code = await side.office.invite("STP", Role.OFFICER)
    slow, fast = side.person(1), side.person(2)
    await slow.says(f"/start {code}")
    await fast.says(f"/start {code}")
    assert "Đã tham gia" in await fast.presses("Đúng, tham gia")
    assert (await slow.presses("Đúng, tham gia")).startswith("Mã tham gia không dùng được")
    assert await side.facts("select count(*) from memberships") == [(1,)]


async def test_after_five_wrong_codes_even_a_good_one_has_to_wait(side: Telegram) -> None:
    good = await side.office.invite("STP", Role.OFFICER)
    person, other = side.person(1), side.person(2)
    wrong = {await person.says(f"/start SAIMA{n}") for n in range(5)}
    assert {await person.says(f"/start {good}")} == wrong
    assert (await other.says(f"/start {good}")).startswith("Xác nhận tham gia")
    side.office.clock.tick(timedelta(minutes=16).total_seconds())
    assert (await person.says(f"/start {good}")).startswith("Xác nhận tham gia")


async def test_the_first_notice_takes_one_press_for_all(side: Telegram, officer: Person) -> None:
    told = officer.fresh()[-1].text
    assert "3 việc mới được giao" in told
    assert all(code in told for code in (FIRST, SECOND, THIRD))
    assert STRANGERS not in told
    answer = await officer.presses("Đã nhận tất cả (3 việc)")
    assert answer.startswith("Đã ghi nhận: đơn vị đã nhận 3 việc")
    assert await side.states() == {
        FIRST: "accepted",
        SECOND: "accepted",
        THIRD: "accepted",
        STRANGERS: "assigned",
    }


async def test_the_list_shows_codes_and_a_button_opens(side: Telegram, officer: Person) -> None:
    listed = await officer.says("/viec")
    assert listed.startswith("Việc của Sở Tư pháp · thứ Hai 12/01/2026: 3 việc")
    assert [label.split(" · ")[0] for label in officer.labels()[:3]] == [FIRST, SECOND, THIRD]
    card = await officer.presses(f"{SECOND} ·")
    assert card.startswith(f"{SECOND} · chưa nhận")
    assert "Kế hoạch số 15/KH-UBND ngày 09/01/2026" in card
    assert "Đăng ký thủ tục còn vướng mắc" in card
    assert (await side.states())[SECOND] == "assigned"


@pytest.mark.parametrize("words", ["1", "1.", "nv 1", "NV-0001", "nv-1", "/viec NV-0001"])
async def test_digits_and_words_open_as_buttons_do(officer: Person, words: str) -> None:
    await officer.says("viec")
    assert (await officer.says(words)).startswith(f"{FIRST} · chưa nhận")


async def test_progress_and_an_obstacle_are_kept_and_the_office_is_told(
    side: Telegram, officer: Person, coordinator: Chat
) -> None:
    await officer.says(FIRST)
    assert "Xin gõ một câu" in await officer.presses("Báo tiến độ")
    assert (await officer.says("đã xong dự thảo, 60%")).startswith(f"Đã ghi tiến độ {FIRST}: 60%")
    assert (await side.states())[FIRST] == "in_progress"
    await officer.presses("Báo vướng mắc")
    assert "từ 5 ký tự" in await officer.says("?")
    assert "Đã báo vướng mắc" in await officer.says("Chưa có hướng dẫn của Bộ")
    assert (await side.states())[FIRST] == "obstacle"
    await coordinator.heard()
    await side.office.settle()
    assert "Chưa có hướng dẫn của Bộ" in "\n".join(one.text for one in await coordinator.heard())


DOCUMENT = ("document", "45/KH-STP", "2026-01-20")


@pytest.mark.parametrize(
    ("said", "shown", "kept"),
    [
        ("45/KH-STP ngày 20/01/2026", "20/01/2026", DOCUMENT),
        ("số 45/KH-STP ngày 20 tháng 1 năm 2026", "20/01/2026", DOCUMENT),
        (
            "https://stp.example.vn/ke-hoach.pdf",
            "https://stp.example.vn/ke-hoach.pdf",
            ("link", None, None),
        ),
        ("Bỏ qua", "đã thực hiện, không kèm văn bản", ("event", None, None)),
        ("bo qua", "đã thực hiện, không kèm văn bản", ("event", None, None)),
        ("1", "đã thực hiện, không kèm văn bản", ("event", None, None)),
    ],
)
async def test_done_with_typed_evidence(
    side: Telegram, officer: Person, said: str, shown: str, kept: tuple[str, str | None, str | None]
) -> None:
    await side.office.advance(at(20, 1, 9))
    await officer.says(FIRST)
    assert "Văn bản nào là kết quả?" in await officer.presses("Báo xong")
    asked = await officer.says(said)
    assert asked.startswith(f"Xác nhận báo xong {FIRST}")
    assert shown in asked
    assert (await side.states())[FIRST] == "assigned"
    assert (await officer.says("1")).startswith(f"Đã báo cáo hoàn thành {FIRST}")
    assert (await side.states())[FIRST] == "reported"
    assert await side.facts("select kind, number, date from evidence") == [kept]


@pytest.mark.parametrize("words", ["xong NV-0001", "da xong nv1", "NV-0001 đã xong"])
async def test_typed_words_report_as_the_button_does(side: Telegram, officer: Person, words: str) -> None:
    assert (await officer.says(words)).startswith(f"Báo xong {FIRST}")
    await officer.presses("Bỏ qua")
    await officer.presses("Gửi báo cáo hoàn thành")
    assert (await side.states())[FIRST] == "reported"


@pytest.mark.parametrize("words", ["chưa xong NV-0001", "NV-0001 xong chưa?"])
async def test_what_is_not_done_is_never_taken_for_it(side: Telegram, officer: Person, words: str) -> None:
    said = await officer.says(words)
    assert FIRST in said.split("\n")[0]
    assert "báo xong" not in said.lower()
    assert "Gửi báo cáo hoàn thành" not in officer.labels()
    assert set((await side.states()).values()) == {"assigned"}


async def test_done_with_a_file_keeps_its_reference(side: Telegram, officer: Person) -> None:
    await officer.says(f"xong {FIRST}")
    asked = await officer.sends_file("Kế hoạch.pdf", "12/KH-STP ngày 12/01/2026")
    assert all(words in asked for words in ("12/KH-STP", "12/01/2026", "Kế hoạch.pdf"))
    await officer.presses("Gửi báo cáo hoàn thành")
    ((name, channel, reference, number),) = await side.facts(
        "select files.name, channel, reference, number from evidence join files on files.id = file_id"
    )
    assert (name, channel, number) == ("Kế hoạch.pdf", "telegram", "12/KH-STP")
    assert reference in side.api.world.files


async def test_a_photo_out_of_the_blue_is_asked_which_task_it_completes(side: Telegram, officer: Person) -> None:
    assert "Đây là kết quả của việc nào?" in await officer.sends_photo()
    asked = await officer.presses(f"{SECOND} · báo xong")
    assert asked.startswith(f"Xác nhận báo xong {SECOND}")
    await officer.presses("Gửi báo cáo hoàn thành")
    assert (await side.states())[SECOND] == "reported"
    ((reference,),) = await side.facts("select reference from files")
    assert len(side.api.world.files[reference][1]) > 10, "the large size of the photo"


async def test_one_document_completes_several_tasks(side: Telegram, officer: Person) -> None:
    await officer.says(f"xong {FIRST}")
    await officer.says("12/KH-STP ngày 12/01/2026")
    asked = await officer.presses(f"Văn bản này còn hoàn thành {THIRD}")
    assert asked.startswith(f"Xác nhận báo xong {FIRST}, {THIRD}")
    assert f"Văn bản này còn hoàn thành {THIRD}" not in officer.labels()
    assert (await officer.presses("Gửi báo cáo hoàn thành")).startswith(f"Đã báo cáo hoàn thành {FIRST}, {THIRD}")
    states = await side.states()
    assert [states[code] for code in (FIRST, SECOND, THIRD)] == ["reported", "assigned", "reported"]
    assert await side.facts("select count(*) from evidence") == [(1,)]
    assert await side.facts("select count(*) from evidence_assignments") == [(2,)]


async def test_what_is_reported_is_reminded_no_more(side: Telegram, officer: Person) -> None:
    await officer.says(f"xong {FIRST}")
    await officer.says("12/KH-STP ngày 12/01/2026")
    await officer.presses("Gửi báo cáo hoàn thành")
    await side.office.advance(at(6, 2, 17))
    later = "\n".join(sent.text for sent in officer.fresh())
    assert FIRST not in later
    assert SECOND in later
    assert "QUÁ HẠN" in later


async def test_a_product_dated_in_the_future_is_refused(side: Telegram, officer: Person) -> None:
    await officer.says(f"xong {FIRST}")
    assert "tương lai" in await officer.says("45/KH-STP ngày 20/01/2026")
    assert (await side.states())[FIRST] == "assigned"


async def test_an_old_button_answers_no_other_question(side: Telegram, officer: Person) -> None:
    await officer.says(f"xong {FIRST}")
    skip = officer.key("Bỏ qua (không có văn bản)")
    await officer.presses("Bỏ qua")
    old = officer.key("Gửi báo cáo hoàn thành")
    await officer.presses("Huỷ")
    assert "câu hỏi đã đóng" in await officer.presses_old(old)
    assert "câu hỏi đã đóng" in await officer.presses_old(skip)
    await officer.says(f"xong {SECOND}")
    await officer.presses("Bỏ qua")
    assert "câu hỏi đã đóng" in await officer.presses_old(old)
    assert set((await side.states()).values()) == {"assigned"}
    await officer.presses("Gửi báo cáo hoàn thành")
    assert (await side.states())[FIRST] == "assigned"
    assert (await side.states())[SECOND] == "reported"


async def test_a_press_from_two_devices_acts_once(side: Telegram, officer: Person) -> None:
    await officer.says(FIRST)
    accept = officer.key("Đã nhận việc")
    await officer.presses_old(accept)
    assert "đã nhận” nên không thể nhận việc" in await officer.presses_old(accept)
    await officer.says(f"xong {FIRST}")
    await officer.presses("Bỏ qua")
    send = officer.key("Gửi báo cáo hoàn thành")
    side.api.world.presses(officer.number, send)
    assert "câu hỏi đã đóng" in await officer.presses(send)
    acts = await side.facts("select act, count(*) from audit where subject = 'assignment' group by act")
    assert sorted(acts) == [("accept", 1), ("report", 1)]
    assert await side.facts("select count(*) from evidence") == [(1,)]


FORGED = (
    "open:OTHER", "accept:OTHER", "done:OTHER", "progress:OTHER", "obstacle:OTHER", "also:OTHER",
    "acceptall:999999", "acceptall:THEIRS", "confirm:MINE", "confirm:OTHER",
    "return:MINE", "return:OTHER", "seat:1:no", "seat:2:yes", "office:late:0", "office:cases:0",
    "office:seats:0", "office:reports:0", "office:unreached:0", "digest", "yes", "yes:confirm_done:OTHER",
    "yes:confirm_done:MINE", "yes:join", "skip", "agree", "back", "kind:regulation", "kind:nonsense", "list",
    "list:open:99999999999999999999", "list:x:-1", "open", "open:", "open:-1", "open:0", "open:1e3", "open:٤",
    "open:99999999999999999999", "xong:1", "t:OTHER:done", "DONE:OTHER", "done:MINE:yes", ":", "::::", " ", "\u0000",
    "'; drop table outbox; --", "{{ 7*7 }}", "đ" * 32, "a" * 64, "done:" + "9" * 59,
)  # fmt: skip


@pytest.mark.parametrize("before", ["", "xong NV-0001"], ids=["at rest", "asked for evidence"])
async def test_forged_data_shows_and_changes_nothing(side: Telegram, officer: Person, before: str) -> None:
    await side.officer(2, "SNV", name="Phạm Mẫu Cúc")
    await side.office.settle()
    ((theirs,),) = await side.facts("select max(id) from outbox")
    untouched = await _everything(side)
    ids = {str(code): str(number) for code, number in await side.facts("select code, id from assignments")}
    for template in FORGED:
        key = template.replace("OTHER", ids[STRANGERS]).replace("MINE", ids[FIRST]).replace("THEIRS", str(theirs))
        if before:
            await officer.says(before)
        answer = await officer.presses_old(key)
        assert answer, f"no answer to {key!r}"
        assert not any(words in answer for words in (STRANGERS, STRANGERS_CONTENT, "Phạm Mẫu Cúc", "Sở Nội vụ"))
        assert await _everything(side) == untouched, key
    assert await side.facts("select state, count(*) from inbox where state != 'done' group by state") == []


async def _everything(side: Telegram) -> list[list[tuple[object, ...]]]:
    tables = ("assignments", "matters", "comments", "evidence", "memberships", "cases", "planned", "citizens")
    return [await side.facts(f"select * from {table} order by id") for table in tables]


async def test_two_officers_see_only_their_own(side: Telegram, officer: Person) -> None:
    other = await side.officer(2, "SNV", name="Phạm Mẫu Cúc")
    assert STRANGERS in await other.says("/viec")
    assert "Không tìm thấy" in await other.says(FIRST)
    assert "Không tìm thấy" in await officer.says(STRANGERS)
    assert "Không tìm thấy" in await officer.says(f"xong {STRANGERS}")
    assert "Không tìm thấy" in await officer.says("/tonghop")
