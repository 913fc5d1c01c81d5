"""Who in the office hears first and next; a leader's word there and back."""

from datetime import datetime
from pathlib import Path

import pytest

from actions import following as acts
from actions import heads
from actions import office_settings as settings
from domain.following import Follow
from domain.local import VIETNAM
from domain.people import Role
from storage.views import directions as direction_views
from storage.views import extensions as extension_views
from storage.views import people, work
from tests.flows.evidence_files import WORD, word_file
from tests.office import Chat, Heard, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 28/02/2026", "Kế hoạch"),
    Row("Báo cáo kết quả rà soát", "Sở Nội vụ", "Trước ngày 28/02/2026", "Báo cáo"),
)


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


async def bundles(chat: Chat) -> list[Heard]:
    return [one for one in await chat.heard() if one.kind == "bundle"]


def told(heard: list[Heard], words: str) -> int:
    return sum(words in one.text for one in heard)


async def person(office: Office, name: str) -> int:
    members = await office.read(lambda unit: people.listed(unit, office.clock().date()))
    return next(one.person_id for one in members if one.name == name)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def test_followers_hear_first_then_the_room_then_the_heads_of_the_office(office: Office) -> None:
    chief = await office.officer("VPUBND", Role.COORDINATOR, "Vũ Mẫu Chánh", "Phó Chánh Văn phòng")
    room = await office.officer("VPUBND", Role.COORDINATOR, "Phạm Mẫu Phòng", "Trưởng phòng Tổng hợp")
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    minh = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Minh", "Chuyên viên")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.settle()

    assert "Chưa chọn" in (await lan.say("theodoi"))[-1].text
    await lan.press("Thêm phần theo dõi")
    (asked,) = await lan.say("sở tư pháp")
    assert asked.text.startswith("Theo dõi: Sở Tư pháp")
    assert "- Sở Tư pháp" in (await lan.press("Đồng ý"))[-1].text
    assert "rồi" in (await lan.say("theodoi STP"))[-1].text + (await lan.press("Đồng ý"))[-1].text
    await office.advance(at(13, 1))
    everybody = (lan, minh, room, chief)
    for chat in everybody:
        await chat.heard()

    await officer.say("nv 1 đang vướng vì chưa có kinh phí")
    await officer.press("Gửi vướng mắc")
    await office.settle()
    assert [told(await bundles(one), "NV-0001") for one in everybody] == [1, 0, 0, 0]
    await office.advance(at(14, 1, 16))
    assert [told(await bundles(one), "NV-0001") for one in (minh, room, chief)] == [0, 0, 0]
    await office.advance(at(15, 1, 9))
    assert [told(await bundles(one), "NV-0001") for one in (minh, chief)] == [0, 0]
    (waits,) = [one for one in await bundles(room) if "NV-0001" in one.text]
    assert "chờ Văn phòng từ thứ Ba 13/01/2026" in waits.first_line
    await office.advance(at(19, 1, 9))
    assert told(await bundles(chief), "NV-0001") == 1
    assert told(await bundles(room), "NV-0001") == 0

    await lan.say("NV-0001")
    await lan.press("Trả lời vướng mắc")
    await lan.say("Kinh phí đã được bổ sung, đơn vị làm tiếp")
    await office.advance(at(30, 1, 16))
    assert [told(await bundles(one), "đã lâu") for one in (room, chief)] == [0, 0]

    # Whoever follows is away: the others of the office hear as before, the heads set ranks in chat.
    await office.run(lambda unit: acts.unfollow(unit, None, 1, office.clock()))
    await chief.say("tonghop")
    await chief.press("Việc khác")
    await chief.press("Người tham gia")
    await chief.say("VPUBND")
    await chief.press("Cấp của Lê Mẫu Minh")
    await chief.press("Đặt làm lãnh đạo phòng")
    assert "hiện là lãnh đạo phòng" in (await chief.press("Đồng ý"))[-1].text
    await lan.say("tonghop")
    await lan.press("Việc khác")
    await lan.press("Người tham gia")
    await lan.say("VPUBND")
    with pytest.raises(AssertionError, match="no choice"):
        await lan.press("Cấp của")


async def test_a_leaders_word_goes_by_the_office_and_comes_back(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    chief = await office.officer("VPUBND", Role.COORDINATOR, "Vũ Mẫu Chánh", "Chánh Văn phòng")
    leader = await office.officer("UBNDT", Role.LEADER, "Đỗ Mẫu Sơn", "Phó Chủ tịch UBND tỉnh")
    head = await office.officer("STP", Role.HEAD, "Lý Mẫu Hòa", "Giám đốc")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    stranger = await office.officer("SNV", name="Ngô Mẫu Khách")
    await office.issue(PLAN)
    await office.settle()
    everybody = (lan, chief, leader, head, officer, stranger)
    for one in everybody:
        await one.heard()

    await leader.say("NV-0001")
    await leader.press("Yêu cầu giải trình")
    assert "từ 5" in (await leader.say("vì"))[-1].text
    (shown,) = await leader.say("Vì sao chưa ban hành kế hoạch?")
    assert shown.text.startswith("Gửi Văn phòng yêu cầu giải trình về Sở Tư pháp, NV-0001?")
    assert "Đã gửi Văn phòng" in (await leader.press("Đúng, gửi"))[-1].text
    await office.settle()
    assert [told(await bundles(one), "Vì sao chưa ban hành") for one in (lan, head, officer, stranger)] == [0, 0, 0, 0]
    (asked,) = await bundles(chief)
    assert "Đỗ Mẫu Sơn (Phó Chủ tịch UBND tỉnh)" in asked.text

    await lan.say("NV-0001")
    card = (await lan.press("Yêu cầu giải trình của lãnh đạo"))[-1]
    assert "Vì sao chưa ban hành" in card.text
    assert not any(one.label == "Chuyển đơn vị" for one in card.choices)  # a head of the office is there

    await chief.press("Mở ý kiến của lãnh đạo")
    (preview,) = await chief.press("Chuyển đơn vị")
    assert "Lý Mẫu Hòa" in preview.text
    await chief.press("Sửa nội dung")
    await chief.say("Đề nghị Sở báo cáo lý do chậm ban hành kế hoạch")
    await chief.press("Đúng, gửi")
    await office.settle()
    assert told(await bundles(officer), "lý do chậm") == 0
    (directed,) = await bundles(head)
    assert "Đề nghị Sở báo cáo lý do chậm" in directed.text
    assert "Vì sao chưa ban hành" not in directed.text

    # Nobody answers: reminded once after three working days.
    await office.advance(at(15, 1, 9))
    assert told(await bundles(head), "lý do chậm") == 1
    await office.advance(at(20, 1, 9))
    assert told(await bundles(head), "lý do chậm") == 0

    await stranger.say("NV-0001")
    with pytest.raises(AssertionError, match="no choice"):
        await stranger.press("Yêu cầu giải trình của lãnh đạo")
    await officer.say("NV-0001")
    seen = (await officer.press("Yêu cầu giải trình của lãnh đạo"))[-1]
    assert "Vì sao chưa ban hành" not in seen.text
    await officer.press("Trả lời")
    await officer.say("Dự thảo đang xin ý kiến, ban hành trước 30/01")
    await officer.press("Đúng, gửi")
    await office.settle()
    assert told(await bundles(leader), "Dự thảo đang xin ý kiến") == 0
    assert told(await bundles(chief), "Dự thảo đang xin ý kiến") == 1
    await chief.press("Mở ý kiến của lãnh đạo")
    await chief.press("Đề nghị đơn vị bổ sung")
    await chief.say("Đề nghị gửi kèm dự thảo kế hoạch")
    await chief.press("Đúng, gửi")
    await office.settle()
    assert told(await bundles(head), "gửi kèm dự thảo") == 1
    await head.press("Trả lời")
    await head.press("Trả lời")
    letter = word_file("45/STP-VP", "20 tháng 01 năm 2026", "giải trình")
    assert "giai-trinh.docx" in (await head.send_file("giai-trinh.docx", "Kèm dự thảo", WORD, letter))[-1].text
    await head.press("Đúng, gửi")
    await office.settle()
    (answered,) = await bundles(chief)
    assert "Lý Mẫu Hòa" in answered.text
    assert answered.files == (), "not fetched yet: only named"
    await chief.press("Mở ý kiến của lãnh đạo")
    assert "chưa tải về xong" in (await chief.press("Nhận tệp của đơn vị"))[-1].text
    while await office.inner.evidence.step():
        pass
    await chief.press("Quay lại")
    got = (await chief.press("Nhận tệp của đơn vị"))[-1]
    assert [one.name for one in got.files] == ["giai-trinh.docx"]
    assert office.web.files.read(got.files[0].digest, 1_000_000) == letter
    await _press(office, leader, "direction:1:file")
    assert "Không tìm thấy tệp này" in (await leader.all_heard())[-1].text, "not before the office passes it on"
    await chief.press("Quay lại")
    await chief.press("Trình lãnh đạo")
    await chief.press("Đúng, gửi")
    await office.settle()
    back, file = await bundles(leader)
    assert "Văn phòng trình: Kèm dự thảo" in back.text
    assert "Tệp của đơn vị: giai-trinh.docx" in back.text
    assert [one.digest for one in file.files] == [got.files[0].digest], "the leader has it with the answer"
    history = (await officer.say("NV-0001"))[-1].text
    assert "lãnh đạo, đề nghị bổ sung: Đề nghị gửi kèm dự thảo" in history
    assert await office.read(direction_views.open_anywhere) == []

    # On an agency as such; what nobody has answered may be taken back, what the office knows it answers itself.
    for words in ("Đề nghị Sở báo cáo nhân sự", "Kinh phí năm nay bao nhiêu?"):
        await _press(office, leader, "direct:instruct:agency:3")
        await leader.say(words)
        await leader.press("Đúng, gửi")
    first, second = await office.read(direction_views.open_anywhere)
    await _press(office, leader, f"direction:{first.id}")
    await leader.press("Rút ý kiến")
    await leader.press("Đúng, gửi")
    await _press(office, chief, f"direction:{second.id}")
    await chief.press("Văn phòng trả lời")
    await chief.say("Kinh phí năm nay là 2 tỷ đồng")
    await chief.press("Đúng, gửi")
    await office.advance(at(21, 1, 9))
    assert told(await bundles(leader), "2 tỷ đồng") == 1
    assert told(await bundles(head), "Kinh phí") + told(await bundles(officer), "nhân sự") == 0
    assert await office.read(direction_views.open_anywhere) == []
    for key in (f"diract:pass:{second.id}", f"direction:{second.id}"):
        await _press(office, stranger, key)
        assert "Không tìm thấy" in (await stranger.all_heard())[-1].text


async def _says(office: Office, leader: Chat, chief: Chat, words: str, *, passed: bool) -> int:
    """Let a leader say something of Sở Tư pháp, which the office passes on or keeps; return its id."""
    await _press(office, leader, "direct:instruct:agency:3")
    await leader.say(words)
    await leader.press("Đúng, gửi")
    said = (await office.read(direction_views.open_anywhere))[-1].id
    if passed:
        await _press(office, chief, f"direction:{said}")
        await chief.press("Chuyển đơn vị")
        await chief.press("Đúng, gửi")
    return said


async def test_who_was_asked_hears_that_no_answer_is_needed_any_more(office: Office) -> None:
    chief = await office.officer("VPUBND", Role.COORDINATOR, "Vũ Mẫu Chánh", "Chánh Văn phòng")
    leader = await office.officer("UBNDT", Role.LEADER, "Đỗ Mẫu Sơn", "Phó Chủ tịch UBND tỉnh")
    await office.issue(PLAN)
    await _says(office, leader, chief, "Báo cáo trụ sở", passed=False)
    (one,) = await office.read(direction_views.open_anywhere)
    await _press(office, chief, f"direction:{one.id}")
    (shown,) = await chief.press("Chuyển đơn vị")
    assert "Chuyển tới Sở Tư pháp (chưa có ai nhận tin, cần báo bằng cách khác)" in shown.text
    await chief.press("Huỷ")

    officer = await office.officer("STP", name="Trần Mẫu Bình")
    colleague = await office.officer("STP", name="Lê Mẫu Cúc")
    head = await office.officer("STP", Role.HEAD, "Lý Mẫu Hòa", "Giám đốc")
    withdrawn = await _says(office, leader, chief, "Báo cáo nhân sự của Sở", passed=True)
    replied = await _says(office, leader, chief, "Báo cáo kinh phí của Sở", passed=True)
    await office.settle()
    assert told(await bundles(head), "Báo cáo nhân sự") == 1
    # What has not left yet is not said, and then there is nothing to take back.
    unheard = await _says(office, leader, chief, "Báo cáo xe công của Sở", passed=True)
    await _press(office, leader, f"direction:{unheard}")
    (shown,) = await leader.press("Rút ý kiến")
    assert "Sẽ báo" not in shown.text
    await leader.press("Đúng, gửi")

    await _press(office, leader, f"direction:{withdrawn}")
    (shown,) = await leader.press("Rút ý kiến")
    assert "Sẽ báo Lý Mẫu Hòa: không cần trả lời nữa." in shown.text
    await leader.press("Đúng, gửi")
    await _press(office, chief, f"direction:{replied}")
    await chief.press("Văn phòng trả lời")
    (shown,) = await chief.say("Kinh phí năm nay là 2 tỷ đồng")
    assert "Sẽ báo Lý Mẫu Hòa: không cần trả lời nữa." in shown.text
    await chief.press("Đúng, gửi")
    await office.settle()
    (ended,) = await bundles(head)
    assert "2 ý kiến của lãnh đạo UBND không cần trả lời nữa" in ended.text
    assert "Báo cáo nhân sự của Sở\nLãnh đạo đã rút ý kiến này, đơn vị không cần trả lời nữa." in ended.text
    assert "Văn phòng đã trả lời lãnh đạo, đơn vị không cần trả lời nữa." in ended.text
    assert "Đề nghị trả lời" not in ended.text
    assert "xe công" not in ended.text
    assert [told(await bundles(one), "không cần trả lời") for one in (officer, colleague)] == [0, 0]
    assert any(one.label.startswith("Mở lại") for one in ended.choices)
    await office.advance(at(20, 1, 9))
    assert told(await bundles(head), "lãnh đạo UBND") == 0, "said once"


async def test_a_leader_decides_an_extension_that_the_office_puts_forward(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    son = await office.officer("UBNDT", Role.LEADER, "Đỗ Mẫu Sơn", "Phó Chủ tịch UBND tỉnh")
    thu = await office.officer("UBNDT", Role.LEADER, "Bùi Mẫu Thu", "Chủ tịch UBND tỉnh")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    await office.issue(PLAN)
    await office.run(lambda unit: settings.change(unit, None, "extension_decider", "lãnh đạo", office.clock()))
    sons = await person(office, "Đỗ Mẫu Sơn")
    await office.run(lambda unit: acts.follow(unit, None, Role.LEADER, Follow(sons, agency_id=3), office.clock()))
    await office.settle()
    for words in ("giahan NV-0001", "20/03/2026", "Chờ hướng dẫn của Bộ Tư pháp", "gửi sau"):
        await officer.say(words)
    await officer.press("Gửi đề nghị gia hạn")
    await office.settle()
    for one in (lan, son, thu, officer):
        await one.heard()

    await lan.say("NV-0001")
    asked = (await lan.press("Trả lời đề nghị gia hạn"))[-1]
    assert [one.label for one in asked.choices][:3] == [
        "Trình: đồng ý đến 20/03/2026", "Trình: đồng ý đến ngày khác", "Trình: không đồng ý",
    ]  # fmt: skip
    await lan.press("Trình: đồng ý đến ngày khác")
    await lan.say("10/3")
    (shown,) = await lan.say("Đề nghị chỉ gia hạn đến 10/3")
    assert shown.text.startswith("Trình lãnh đạo đồng ý gia hạn NV-0001 đến thứ Ba 10/03/2026")
    await lan.press("Trình lãnh đạo")
    await office.settle()
    assert told(await bundles(thu), "NV-0001") == 0  # not in that leader's portfolio
    (notice,) = await bundles(son)
    assert "Văn phòng trình: đồng ý đến thứ Ba 10/03/2026. Đề nghị chỉ gia hạn" in notice.text
    waiting = await office.read(lambda unit: extension_views.for_leader(unit, sons))
    assert [one.code for one in waiting] == ["NV-0001"]

    (digest,) = await son.say("tonghop")
    assert "Đề nghị gia hạn chờ quyết định: 1" in digest.text
    assert "Đề nghị gia hạn" not in (await thu.say("tonghop"))[0].text
    opened = (await son.press("Quyết định gia hạn NV-0001"))[-1]
    assert [one.label for one in opened.choices][:3] == ["Đồng ý đến 10/03/2026", "Ngày khác", "Không đồng ý"]
    await office.take_in(thu.chat, {"button": "grant:1:asked", "label": "x", "stamp": office.web.stamp()})
    assert "Không tìm thấy" in (await thu.heard())[-1].text
    await son.press("Đồng ý đến 10/03/2026")
    assert "gia hạn NV-0001 đến thứ Ba 10/03/2026" in (await son.press("Quyết định"))[-1].text
    await office.settle()
    (granted,) = await bundles(officer)
    assert "Đỗ Mẫu Sơn, Phó Chủ tịch UBND tỉnh" in granted.text
    assert told(await bundles(lan), "NV-0001") == 1
    assert "hạn gốc thứ Sáu 27/02/2026" in (await officer.say("NV-0001"))[-1].text


async def _reports(officer: Chat) -> None:
    await officer.say("NV-0001")
    await officer.press("Báo xong")
    await officer.say("45/KH-STP ngày 12/01/2026")
    await officer.press("Gửi báo cáo")


async def test_the_head_confirms_before_the_office_is_asked(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    head = await office.officer("STP", Role.HEAD, "Lý Mẫu Hòa", "Giám đốc")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    other = await office.officer("SNV", name="Ngô Mẫu Khách")
    await office.issue(PLAN)
    await office.settle()
    await lan.say("kehoach")
    await lan.press("Kế hoạch 15/KH-UBND")
    assert "báo cáo gửi thẳng Văn phòng" in (await lan.press("Ai xác nhận báo cáo trước"))[-1].text
    assert "Đã ghi" in (await lan.press("Đặt như vậy"))[-1].text
    for one in (lan, head, officer, other):
        await one.heard()

    await _reports(officer)
    await office.settle()
    assert told(await bundles(lan), "NV-0001") == 0
    (asked,) = await bundles(head)
    assert "chờ đồng chí xác nhận trước khi gửi Văn phòng" in asked.first_line
    assert "chờ lãnh đạo cơ quan xác nhận" in (await officer.say("NV-0001"))[0].first_line
    assert "Không tìm thấy" in (await _pressed(office, officer, "headok:3"))
    assert "chờ lãnh đạo cơ quan" in (await _pressed(office, lan, "confirm:3"))

    overview = (await head.say("tonghop"))[-1]
    assert "Chờ đồng chí xác nhận: NV-0001" in overview.text
    assert "Cán bộ đầu mối: Trần Mẫu Bình" in overview.text
    await head.press("Xem báo cáo NV-0001")
    await head.press("Trả lại cán bộ đầu mối")
    assert "từ 5 ký tự" in (await head.say("sai"))[-1].text
    assert "Đã trả lại NV-0001" in (await head.say("Thiếu phụ lục kèm theo"))[-1].text
    await office.settle()
    assert told(await bundles(officer), "Thiếu phụ lục kèm theo") == 1
    assert told(await bundles(lan), "NV-0001") == 0

    await _reports(officer)
    await office.settle()
    await head.say("NV-0001")
    assert "gửi Văn phòng" in (await head.press("Xác nhận, gửi Văn phòng"))[-1].text
    await office.advance(at(13, 1, 9))
    assert told(await bundles(lan), "NV-0001") == 1
    assert "đã xác nhận hoàn thành" in (await _pressed(office, lan, "confirm:3")).lower()

    # An agency without a head who can be reached: said, and not held up.
    await other.say("NV-0002")
    await other.press("Báo xong")
    await other.say("7/BC-SNV ngày 12/01/2026")
    await other.press("Gửi báo cáo")
    await office.advance(at(14, 1, 9))
    assert told(await bundles(lan), "NV-0002") == 1
    assert "chuyển thẳng Văn phòng" in (await lan.say("NV-0002"))[0].text


async def test_a_head_who_does_not_answer_holds_nothing_up(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    await office.officer("STP", Role.HEAD, "Lý Mẫu Hòa", "Giám đốc")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    plan = await office.issue(PLAN)
    await office.run(lambda unit: heads.set_wanted(unit, plan, office.clock(), on=True))
    await office.settle()
    await _reports(officer)
    await office.advance(at(13, 1, 16))
    assert told(await bundles(lan), "báo cáo kết quả") + told(await bundles(lan), "45/KH-STP") == 0
    await office.advance(at(14, 1, 9))
    assert told(await bundles(lan), "NV-0001") == 1
    assert "lãnh đạo cơ quan chưa xác nhận" in (await lan.say("NV-0001"))[0].text

    # Turned off, what waits for a head is the office's at once; turned on again, it stays there.
    await lan.press("Trả lại")
    await lan.say("Thiếu phụ lục kèm theo")
    await _reports(officer)
    await office.settle()
    await lan.heard()
    for on in (False, True):
        await office.run(lambda unit, on=on: heads.set_wanted(unit, plan, office.clock(), on=on))
    await office.advance(at(15, 1, 9))
    assert told(await bundles(lan), "NV-0001") == 1
    assert "đã xác nhận hoàn thành" in (await _pressed(office, lan, "confirm:3")).lower()


async def _press(office: Office, chat: Chat, key: str) -> None:
    """Send a choice that was not offered in this chat's last message."""
    await office.take_in(chat.chat, {"button": key, "label": "x", "stamp": office.web.stamp()})
    await chat.heard()


async def _pressed(office: Office, chat: Chat, key: str) -> str:
    """Send a choice that was not offered, about the first task by its id, and return the answer."""
    one = await office.read(lambda unit: work.by_code(unit, "NV-0001", office.clock().date()))
    assert one is not None
    await office.take_in(
        chat.chat, {"button": key.replace(":3", f":{one.id}"), "label": "x", "stamp": office.web.stamp()}
    )
    return (await chat.heard())[-1].text


async def test_what_goes_up_is_decided_by_the_heads_of_the_office(tmp_path: Path) -> None:
    office = make_office(tmp_path, environment={"NHACVIEC_PREVIEW": "delay"})
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    chief = await office.officer("VPUBND", Role.COORDINATOR, "Vũ Mẫu Chánh", "Chánh Văn phòng")
    await office.officer("STP")
    head = await office.officer("STP", Role.HEAD)
    await office.issue((Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 20/02/2026"),))
    await office.advance(at(25, 2, 7, 59))
    for one in (lan, chief, head):
        await one.heard()
    await office.advance(at(25, 2, 8, 30))
    (seen,) = [one for one in await bundles(lan) if "sắp báo lên lãnh đạo" in one.text]
    assert "Lãnh đạo Văn phòng quyết định" in seen.text
    await chief.heard()
    day = "20260225"
    await office.take_in(lan.chat, {"button": f"preview:hold:0:{day}", "label": "x", "stamp": office.web.stamp()})
    assert "do lãnh đạo Văn phòng quyết định" in (await lan.heard())[-1].text
    await office.take_in(lan.chat, {"button": f"preview:propose:0:{day}", "label": "x", "stamp": office.web.stamp()})
    assert "Đã đề nghị" in (await lan.heard())[-1].text
    await office.settle()
    (proposed,) = await bundles(chief)
    assert "Đồng chí Hoàng Mẫu Lan đề nghị giữ lại" in proposed.text
    await chief.press("Giữ tất cả")
    await office.advance(at(25, 2, 16))
    assert await bundles(head) == []


async def test_what_climbs_to_the_office_goes_to_who_follows_it(office: Office) -> None:
    lan = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    minh = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Minh", "Chuyên viên")
    await office.officer("STP")
    await office.officer("SNV")
    plan = await office.issue(PLAN)
    lans = await person(office, "Hoàng Mẫu Lan")
    follow = Follow(lans, plan_id=plan, agency_id=3)
    await office.run(lambda unit: acts.follow(unit, None, Role.COORDINATOR, follow, office.clock()))
    await office.advance(at(10, 3, 16))
    late, preview = "quá hạn", "sắp báo lên lãnh đạo"
    seen = {one.name: [each for each in await one.all_heard() if each.kind == "bundle"] for one in (lan, minh)}
    climbed = {
        name: [one.text for one in heard if late in one.text and preview not in one.text]
        for name, heard in seen.items()
    }
    assert any("NV-0001" in one for one in climbed["Hoàng Mẫu Lan"])
    assert any("NV-0002" in one for one in climbed["Hoàng Mẫu Lan"])
    assert any("NV-0002" in one for one in climbed["Lê Mẫu Minh"])
    assert [one for one in climbed["Lê Mẫu Minh"] if "NV-0001" in one] == []
