"""An agency works on citizens' cases in chat: takes, asks, drafts, sends back, studies; conduct is the head's."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions.cases import forwarding, triage
from channels.telegram import CAN as TELEGRAM
from domain.cases.decisions import LegalClass, Urgency
from domain.cases.kinds import Kind
from domain.people import Role
from storage.database import Unit
from storage.schema import endpoints, identity_reads, notices
from tests.flows.caseload_side import at, case_of, does, limits, passed_on, row_of, told
from tests.flows.register_side import CONTENT, sent, viewer_of
from tests.flows.register_side import coordinator as in_office
from tests.flows.test_private_channel import claimed, moved_to_telegram
from tests.office import Chat, Heard, Office, make_office

pytestmark = pytest.mark.anyio

ANSWER = "Sở đã yêu cầu bộ phận Một cửa không thu thêm giấy tờ ngoài danh mục và trả kết quả ngày 13/01."


@dataclass(frozen=True, slots=True)
class Cast:
    """One case in the hands of Sở Tư pháp, and who is about it."""

    office: Office
    lan: Chat
    binh: Chat
    head: Chat
    citizen: Chat
    code: str


async def play(folder: Path, kind: Kind = Kind.REGULATION) -> Cast:
    office = make_office(folder)
    lan = await in_office(office, "Hoàng Mẫu Lan")
    binh = await office.officer("STP", name="Trần Mẫu Bình", position="Chuyên viên")
    head = await office.officer("STP", Role.HEAD, "Đặng Mẫu Hà", "Giám đốc")
    citizen = office.stranger("Phan Mẫu Dân")
    await limits(office, case_answer_normal="10 ngày")
    code = await sent(office, citizen, kind=kind)
    await passed_on(office, lan, code, "STP", "12/VP-KSTT")
    await office.settle()
    for one in (lan, binh, head, citizen):
        one.said.clear()
    return Cast(office, lan, binh, head, citizen, code)


def labels(heard: Heard) -> list[str]:
    return [one.label for one in heard.choices]


async def test_a_case_is_taken_clarified_drafted_given_back_and_answered(tmp_path: Path) -> None:
    cast = await play(tmp_path)
    (handed,) = await told(cast.binh)
    assert handed.first_line == (
        f"Văn phòng UBND tỉnh: {cast.code} chuyển đồng chí xử lý, trả lời chậm nhất thứ Hai 26/01/2026"
    )
    assert CONTENT in handed.text
    assert "Phan Mẫu Dân" not in handed.text
    await cast.citizen.heard()
    (taken,) = await cast.binh.press("Đã nhận")
    assert taken.first_line == f"Đã nhận xử lý {cast.code}"
    (listed,) = await cast.binh.say("viec")
    assert "Phản ánh, kiến nghị cần xử lý: 1 (gõ pakn)" in listed.text
    await cast.binh.say("pakn")
    (card,) = await cast.binh.say("1")
    assert card.first_line == f"{cast.code} · đang xử lý · hạn trả lời thứ Hai 26/01/2026, còn 14 ngày"
    assert "Phan Mẫu Dân" not in card.text
    preview = await does(cast.binh, cast.code, "Hỏi người gửi", "=Ông nộp hồ sơ trực tiếp hay trực tuyến?")
    assert labels(preview) == ["Gửi câu hỏi", "Quay lại", "Huỷ"]
    await cast.office.settle()
    assert await told(cast.citizen) == [], "nothing leaves before the confirmation"
    await cast.binh.press("Gửi câu hỏi")
    await cast.office.settle()
    (asked,) = await told(cast.citizen)
    assert "Ông nộp hồ sơ trực tiếp hay trực tuyến?" in asked.text
    assert "hỏi thêm người gửi" in (await cast.binh.say(cast.code))[0].first_line
    assert "Hỏi người gửi" not in labels((await cast.binh.say(cast.code))[0]), "one open question at a time"
    await does(cast.binh, cast.code, "Soạn trả lời", "đã khắc phục", f"={ANSWER}", "=45/STP-VP ngày 12/01/2026")
    shown = (await cast.binh.say("Đặng Mẫu Hà, Giám đốc"))[-1]
    assert shown.text.startswith(f"Trả lời {cast.code}: có tệp công văn")
    shown = (await cast.binh.say("bỏ qua"))[-1]
    assert "Công văn: 45/STP-VP ngày 12/01/2026, Đặng Mẫu Hà, Giám đốc ký" in shown.text
    assert "Đã trình" in (await cast.binh.press("Trình lãnh đạo duyệt"))[0].first_line
    assert "Duyệt trả lời" not in labels((await cast.binh.say(cast.code))[0])
    (forged,) = await _pressed(cast.binh, f"load:approve:{(await case_of(cast.office, cast.code)).id}")
    assert forged.text == "Việc này do lãnh đạo cơ quan quyết định. Xin chờ lãnh đạo."
    await cast.office.settle()
    (waits,) = await told(cast.head)
    assert waits.first_line == f"Văn phòng UBND tỉnh: {cast.code} chờ đồng chí duyệt, hạn thứ Hai 26/01/2026"
    await does(cast.head, cast.code, "Trả lại dự thảo", "=Nêu rõ căn cứ pháp lý", "Trả lại dự thảo")
    await cast.office.settle()
    assert "Ý kiến lãnh đạo: Nêu rõ căn cứ pháp lý" in (await told(cast.binh))[-1].text
    await does(
        cast.binh, cast.code, "Soạn trả lời", "giải thích", "Giữ nội dung dự thảo trước", "=47/STP ngày 12/01/2026"
    )
    await cast.binh.say("bỏ qua")
    (sure,) = await cast.binh.send_file("cong-van-47.pdf", content=b"%PDF-1.4 cong van")
    assert "Tệp: cong-van-47.pdf" in sure.text
    await cast.binh.press("Trình lãnh đạo duyệt")
    assert (await case_of(cast.office, cast.code)).state == "awaiting_approval"
    assert f"chờ đồng chí duyệt: {cast.code}" in (await cast.head.say("tonghop"))[0].text
    approving = await does(cast.head, cast.code, "Duyệt trả lời")
    assert ANSWER in approving.text
    assert "Người duyệt: Đặng Mẫu Hà" in approving.text
    await cast.head.press("Duyệt, gửi người gửi")
    await cast.office.settle()
    assert (await case_of(cast.office, cast.code)).state == "answered"
    assert ANSWER in (await told(cast.citizen))[-1].text
    assert f"{cast.code}: cơ quan đã trả lời người gửi" in (await told(cast.lan))[-1].first_line
    assert "Phản ánh" not in (await cast.binh.say("viec"))[0].text


async def test_a_case_of_another_agency_is_the_offices_to_decide(tmp_path: Path) -> None:
    cast = await play(tmp_path)
    await does(cast.binh, cast.code, "Không đúng thẩm quyền", "=Sở không quản lý việc này, thuộc ngành nội vụ")
    assert "cơ quan nào khác tên" in (await cast.binh.say("Sở Không Có"))[0].text
    (several,) = await cast.binh.say("UBND xã")
    assert "Có 2 cơ quan tên gần giống" in several.text
    assert {"UBND xã Lam Sơn", "UBND xã Lam Thủy", "Chưa rõ, bỏ qua", "Quay lại"} <= set(labels(several))
    preview = (await cast.binh.say("so noi vu"))[-1]
    assert "Cơ quan đề nghị: Sở Nội vụ" in preview.text
    back = (await cast.binh.press("Quay lại"))[-1]
    assert back.first_line == f"Theo đồng chí, cơ quan nào xử lý {cast.code}?"
    await cast.binh.say("Sở Nội vụ")
    await cast.binh.press("Gửi đề nghị chuyển lại")
    await cast.office.settle()
    (asked,) = [one for one in await told(cast.lan) if "đề nghị chuyển lại" in one.first_line]
    assert "Sở không quản lý việc này" in asked.text
    assert "đề nghị chuyển lại" in (await cast.binh.say(cast.code))[0].first_line
    assert "chuyển lại" not in "".join(one.text for one in await told(cast.citizen)), "inside the offices alone"


async def test_studied_further_with_the_heads_word_until_a_day(tmp_path: Path) -> None:
    cast = await play(tmp_path)
    await does(cast.binh, cast.code, "Đã nhận")
    late = await does(cast.binh, cast.code, "Chưa đủ cơ sở", "=Cần lấy ý kiến các xã", "=30/12/2026")
    assert "không quá 12/04/2026" in late.text
    await cast.binh.say("20/01/2026")
    await cast.binh.press("Trình lãnh đạo duyệt")
    await cast.office.settle()
    assert "xem xét lại 20/01/2026" in (await told(cast.head))[-1].text
    assert (await case_of(cast.office, cast.code)).state == "in_progress"
    await does(cast.head, cast.code, "Duyệt tập hợp", "Duyệt tập hợp")
    assert (await case_of(cast.office, cast.code)).state == "collected"
    await told(cast.binh)
    await cast.office.advance(at(21, 1, 17))
    again = [one for one in await told(cast.binh) if "đến ngày xem xét lại" in one.text]
    assert len(again) == 1, "the sweep brings it up once"
    assert (await case_of(cast.office, cast.code)).state == "in_progress"


async def test_who_it_is_is_asked_with_a_reason_and_kept(tmp_path: Path) -> None:
    cast = await play(tmp_path)
    preview = await does(cast.binh, cast.code, "Xin thông tin", "=Cần gọi điện hẹn trả kết quả")
    assert "Phan Mẫu Dân" not in preview.text
    (shown,) = await cast.binh.press("Xem thông tin")
    assert shown.first_line == f"Người gửi {cast.code}: Phan Mẫu Dân"
    reads = await cast.office.read(lambda unit: unit.conn.execute(select(identity_reads.c.reason)).scalars().all())
    assert reads == ["Cần gọi điện hẹn trả kết quả"]
    await cast.office.settle()
    assert "cơ quan đã xem thông tin người gửi" in (await told(cast.lan))[-1].text


async def test_whoever_was_overtaken_hears_by_whom(tmp_path: Path) -> None:
    cast = await play(tmp_path)
    second = await cast.office.officer("STP", name="Vũ Mẫu Dũng")
    await does(cast.binh, cast.code, "Hỏi người gửi", "=Ông nộp hồ sơ ở đâu, ngày nào?")
    await does(second, cast.code, "Đã nhận")
    (late,) = await cast.binh.press("Gửi câu hỏi")
    assert "vừa được đồng chí Vũ Mẫu Dũng cập nhật" in late.text
    old = (await does(second, cast.code, "Trả lời tiến độ", "=Đã kiểm tra hồ sơ tại xã")).choices[0].key
    await second.press("Quay lại")
    await second.say("Đang chờ xã báo cáo lại")
    await second.press("Quay lại")
    await second.say("Chưa có gì mới để báo")
    stale = await second.office.take_in(second.chat, {"button": old, "stamp": "z"})
    assert stale is None
    assert "đã đóng" in (await second.heard())[-1].text, "an old confirmation sends no other words"


async def test_without_a_head_here_a_signed_letter_stands_for_the_approval(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    lan = await in_office(office, "Hoàng Mẫu Lan")
    officer = await office.officer("SNV", name="Phạm Mẫu Cúc")
    citizen = office.stranger("Phan Mẫu Dân")
    code = await sent(office, citizen)
    handed = await passed_on(office, lan, code, "SNV")
    assert handed.due_on is None
    await office.settle()
    assert "chưa có hạn trả lời" in (await told(officer))[-1].text
    asked = await does(officer, code, "Soạn trả lời", "giải thích", f"={ANSWER}")
    assert "Bỏ qua" not in labels(asked)
    assert "đủ số và ngày" in (await officer.say("bỏ qua"))[0].text
    await officer.say("45/SNV-VP ngày 12/01/2026")
    await officer.say("Lê Mẫu Sơn, Giám đốc")
    shown = (await officer.say("bỏ qua"))[-1]
    assert "công văn đã ký là căn cứ duyệt" in shown.text
    await officer.press("Gửi trả lời")
    assert (await case_of(office, code)).state == "answered"


async def test_conduct_is_the_heads_and_whom_the_head_names(tmp_path: Path) -> None:
    cast = await play(tmp_path, Kind.CONDUCT)
    second = await cast.office.officer("STP", name="Vũ Mẫu Dũng")
    assert await told(cast.binh) == []
    (handed,) = await told(cast.head)
    assert handed.first_line.startswith(f"Văn phòng UBND tỉnh: {cast.code} chuyển đồng chí xử lý")
    assert "Phản ánh" not in (await cast.binh.say("viec"))[0].text
    assert "0 đang mở" in (await cast.binh.say("pakn"))[0].text
    assert CONTENT not in (await cast.binh.say(cast.code))[-1].text
    (forged,) = await _pressed(cast.binh, f"load:open:{(await case_of(cast.office, cast.code)).id}")
    assert forged.text.startswith("Không tìm thấy")
    named = await does(cast.head, cast.code, "Giao đồng chí khác", "Trần Mẫu Bình")
    assert "chỉ người được giao và lãnh đạo cơ quan xem được" in named.text
    await cast.head.press("Giao xử lý")
    await cast.office.settle()
    assert cast.code in (await told(cast.binh))[-1].first_line
    assert "1 đang mở" in (await cast.binh.say("pakn"))[0].text
    assert "0 đang mở" in (await second.say("pakn"))[0].text
    await does(cast.binh, cast.code, "Đã nhận")
    await cast.office.advance(at(19, 1, 17))
    heard = await cast.office.read(_hearers)
    assert len(heard) == 3, "the head, whom the head named, and the office"
    assert [one for one in await second.all_heard() if cast.code in one.text] == []


def _hearers(unit: Unit) -> set[int]:
    return set(
        unit.conn.execute(select(notices.c.person_id).where(notices.c.kind.startswith("case_"))).scalars()
    ) | set(unit.conn.execute(select(notices.c.person_id).where(notices.c.kind == "new_case")).scalars())


async def _pressed(chat: Chat, key: str) -> list[Heard]:
    await chat.heard()
    await chat.office.take_in(chat.chat, {"button": key, "stamp": chat.office.web.stamp()})
    return await chat.heard()


@pytest.mark.parametrize("brief", [False, True])
async def test_on_a_foreign_channel_codes_kinds_and_dates_alone(tmp_path: Path, brief: bool) -> None:
    office = make_office(tmp_path)
    lan = await in_office(office, "Hoàng Mẫu Lan")
    head = await office.officer("STP", Role.HEAD, "Đặng Mẫu Hà", "Giám đốc")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    plain, conduct = [await sent(office, office.stranger(kind), kind=kind) for kind in (Kind.REGULATION, Kind.CONDUCT)]
    await limits(office, case_answer_normal="10 ngày")
    for chat in (head, officer):
        await moved_to_telegram(office, chat)
    await office.run(lambda unit: unit.conn.execute(update(endpoints).values(brief=brief)).rowcount)
    for code in (plain, conduct):
        await passed_on(office, lan, code, "STP")
    await office.settle()
    texts = await claimed(office, TELEGRAM)
    assert len(texts) == 2
    assert all(CONTENT not in one and "UBND xã Lam Sơn" not in one for one in texts)
    assert sum(plain in one for one in texts) == 1
    assert sum(conduct in one for one in texts) == 1
    assert all("Mở PAKN" in one for one in texts), "what is to be done can be opened from there"


async def test_where_only_the_head_is_here_the_head_is_who_acts(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    lan = await in_office(office, "Hoàng Mẫu Lan")
    head = await office.officer("XA01", Role.HEAD, "Bùi Mẫu Yến", "Chủ tịch")
    code, nobody = [await sent(office, office.stranger(name)) for name in ("Người gửi một", "Người gửi hai")]
    await limits(office, case_answer_normal="10 ngày")
    assert (await passed_on(office, lan, code, "XA01")).hear == 1
    assert (await passed_on(office, lan, nobody, "XA02")).hear == 0
    await office.advance(at(13, 1, 9))
    heard = [one.first_line for one in await told(head)]
    assert heard[0].startswith(f"Văn phòng UBND tỉnh: {code} chuyển đồng chí xử lý")
    assert heard[1].startswith(f"Văn phòng UBND tỉnh: {code} chưa báo nhận")
    shown = await does(head, code, "Soạn trả lời", "giải thích", f"={ANSWER}", "=bỏ qua")
    assert shown.first_line == f"Trả lời {code}"
    assert "đồng chí là người duyệt" in shown.text
    await head.press("Duyệt và gửi trả lời")
    assert (await case_of(office, code)).state == "answered"
    await office.advance(at(14, 1, 9))
    (late,) = [one for one in await told(lan) if "chưa báo nhận" in one.first_line]
    assert f"{nobody} · UBND xã Lam Thủy: chuyển thứ Hai 12/01/2026, chưa báo nhận, chưa có ai" in late.text
    assert "đã được nhắc" not in late.text


async def test_conduct_without_a_head_here_goes_by_letter_and_is_recorded(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    lan = await in_office(office, "Hoàng Mẫu Lan")
    officer = await office.officer("SNV", name="Phạm Mẫu Cúc")
    citizen = office.stranger("Phan Mẫu Dân")
    await limits(office, case_answer_normal="10 ngày")
    code = await sent(office, citizen, kind=Kind.CONDUCT)
    handed = await passed_on(office, lan, code, "SNV", "20/VP-KSTT")
    assert (handed.by_document, handed.hear) == (True, 0)
    await office.advance(at(15, 1, 9))
    assert await told(officer) == []
    assert [one for one in await told(lan) if "chưa báo nhận" in one.text] == [], "a letter is not taken on here"
    (menu,) = await lan.say("pakn")
    assert "Gửi bằng công văn, chờ kết quả" in menu.text
    (listed,) = await lan.press("Gửi bằng công văn")
    assert code in listed.text
    assert "Ghi kết quả" in "".join(labels((await lan.say(code))[0]))


async def test_an_urgent_case_is_counted_in_working_hours(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=at(16, 1, 16))
    lan = await in_office(office, "Hoàng Mẫu Lan")
    officer = await office.officer("STP", name="Trần Mẫu Bình")
    code = await sent(office, office.stranger("Phan Mẫu Dân"))
    await limits(office, case_answer_urgent="4 giờ")

    def classify(unit: Unit) -> None:
        what = triage.Classification(LegalClass.REGULATION, Urgency.URGENT)
        triage.classify(unit, viewer_of(unit, office, lan), row_of(unit, code).id, what, office.clock())

    await office.run(classify)
    await passed_on(office, lan, code, "STP")
    await office.settle()
    (handed,) = await told(officer)
    assert handed.first_line.endswith(f"{code} chuyển đồng chí xử lý, trả lời chậm nhất 10:30 thứ Hai 19/01/2026")
    assert f"{code} · KHẨN · hạn trả lời 10:30 thứ Hai 19/01/2026" in handed.text
    await office.advance(at(19, 1, 11))
    assert "hạn trả lời 10:30 hôm nay, đã quá giờ" in (await officer.say(code))[0].first_line


async def test_what_the_office_keeps_it_answers_as_an_agency_does(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    lan = await in_office(office, "Hoàng Mẫu Lan")
    citizen = office.stranger("Phan Mẫu Dân")
    code = await sent(office, citizen)
    await office.run(lambda unit: _keeps(unit, office, lan, code))
    card = await does(lan, code, "Xử lý, trả lời")
    assert "Hỏi người gửi" in labels(card)
    assert "Không đúng thẩm quyền" not in labels(card)
    await lan.press("Soạn trả lời")
    for words in ("giải thích, hướng dẫn", ANSWER, "bỏ qua"):
        (shown,) = await lan.say(words)
    assert "đồng chí là người duyệt" in shown.text
    await lan.press("Duyệt và gửi trả lời")
    await office.settle()
    assert (await case_of(office, code)).state == "answered"
    assert ANSWER in (await told(citizen))[-1].text


def _keeps(unit: Unit, office: Office, lan: Chat, code: str) -> None:
    forwarding.keep(unit, viewer_of(unit, office, lan), row_of(unit, code).id, office.clock())
