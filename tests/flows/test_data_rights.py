"""The citizen's rights over the own data in chat: done at once where the program can, else by the office's word."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions import erasing
from actions.cases.opening import NOTICE_VERSION
from domain.local import VIETNAM
from storage.cases import attachments, rows
from storage.cases import people as citizens
from storage.database import Unit
from storage.schema import (
    case_files,
    consents,
    data_requests,
    files,
    metadata,
)
from storage.views.cases import lists
from tests.flows.citizen_side import WHO, Told, send, sent
from tests.office import make_office

pytestmark = pytest.mark.anyio

MARKS = ("Trần Thị Mẫu", "0912345678", "0912 345 678", "Mẫu Đông", "giay-hen")


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    office = make_office(tmp_path)
    yield await sent(office)
    await office.close()


def everything(unit: Unit) -> str:
    """All that the database holds, what is sealed opened, the trail and the directory of people left out."""
    found = []
    for table in metadata.sorted_tables:
        for row in unit.conn.execute(select(table)).all():
            for value in row:
                found.append(_opened(unit, value))
    return "\n".join(found)


def _opened(unit: Unit, value: object) -> str:
    if isinstance(value, bytes):
        return unit.vault.unseal(value)
    if isinstance(value, dict) and "sealed" in value:
        return json.dumps(unit.vault.unseal_json(value["sealed"]), ensure_ascii=False)
    if isinstance(value, str) and value.startswith("gAAAA"):
        return unit.vault.unseal(value.encode())
    return json.dumps(value, ensure_ascii=False, default=str)


async def test_a_stranger_has_nothing_and_each_chat_its_own(told: Told) -> None:
    other = told.office.stranger("Người khác")
    (said,) = await other.say("dulieu")
    assert "Chưa lưu thông tin cá nhân nào" in said.text
    assert "cán bộ" not in said.text
    assert [one.label for one in said.choices] == ["Huỷ"]
    (own,) = await told.citizen.say("dulieu")
    assert own.first_line == "Dữ liệu của ông/bà tại Văn phòng UBND tỉnh: 1 phản ánh gửi từ đây"
    (shown,) = await told.citizen.press("Xem dữ liệu của tôi")
    assert all(one in shown.text for one in (WHO.name, WHO.address, WHO.phone, told.code))
    assert "Đồng ý công khai: có" in shown.text
    for key in ("data:see", "data:erase", "data:fix", "data:unpublish"):
        await other.say("dulieu")
        await other.office.take_in(other.chat, {"button": key, "label": key, "stamp": other.office.web.stamp()})
        assert all(WHO.name not in one.text for one in await other.heard())


async def test_a_correction_is_checked_and_done_at_once(told: Told) -> None:
    citizen = told.citizen
    second = await send(told.office, citizen, "Việc khác: phí chứng thực thu cao hơn mức niêm yết tại trụ sở.")
    await citizen.say("dulieu")
    await citizen.press("Sửa thông tin")
    await citizen.press("Số điện thoại")
    (wrong,) = await citizen.say("12345")
    assert "Số điện thoại chưa đúng" in wrong.text
    (preview,) = await citizen.say("0987 654 321")
    assert told.code in preview.text
    assert second.code in preview.text
    (done,) = await citizen.press("Đổi")
    assert "Đã sửa thông tin ở 2 phản ánh." in done.text

    def kept(unit: Unit) -> set[str]:
        return {who.phone for one in (told.id, second.case_id) if (who := citizens.get(unit, _citizen(unit, one)))}

    assert await told.office.read(kept) == {"0987654321"}


def _citizen(unit: Unit, case_id: int) -> int:
    row = rows.get(unit, case_id)
    assert row is not None
    return int(row.citizen_id)


async def test_consent_to_publication_is_withdrawn_at_once(told: Told) -> None:
    citizen = told.citizen
    await citizen.say("dulieu")
    await citizen.press("Rút đồng ý công khai")
    (done,) = await citizen.press("Rút đồng ý công khai")
    assert "Đã rút đồng ý công khai." in done.text
    ledger = await told.office.read(
        lambda unit: {
            row.purpose: row.withdrawn_at
            for row in unit.conn.execute(select(consents.c.purpose, consents.c.withdrawn_at))
        }
    )
    assert ledger["publication"] is not None
    assert ledger["handling"] is None
    case = await told.office.read(lambda unit: rows.get(unit, told.id))
    assert case is not None
    assert not case.may_publish
    assert "Rút đồng ý công khai" not in [one.label for one in done.choices]
    (told_how,) = await citizen.say("riengtu")
    assert "24 tháng" in told_how.text
    (notice,) = await citizen.press("Thông báo ông/bà đã đọc")
    assert notice.first_line == f"Thông báo về dữ liệu cá nhân, bản số {NOTICE_VERSION}"
    assert "Xử lý phản ánh: đồng ý ngày 12/01/2026" in notice.text
    assert "Công khai kết quả: đã rút ngày 12/01/2026" in notice.text
    assert "có đồng ý không" not in notice.text


async def test_what_is_public_already_is_taken_down_by_the_office(told: Told) -> None:
    citizen, desk, office = told.citizen, told.desk, told.office

    async def public(at: datetime | None) -> None:
        await office.run(lambda unit: rows.put(unit, told.id, published_at=at))

    await public(office.clock())
    await citizen.say("dulieu")
    (sure,) = await citizen.press("Rút đồng ý công khai")
    assert f"Bản đã công khai ({told.code}) sẽ được gỡ, chậm nhất thứ Ba 27/01/2026." in sure.text
    (done,) = await citizen.press("Rút đồng ý công khai")
    assert "Văn phòng đang gỡ bản đã công khai" in done.text
    await desk.say("dulieu")
    await desk.say("1")
    await desk.press("Thực hiện")
    (refused,) = await desk.press("Thực hiện")
    assert refused.text == f"Còn bản công khai chưa gỡ: {told.code}. Xin gỡ trước rồi xác nhận."
    await public(None)
    await desk.say("1")
    await office.settle()
    assert "Bản công khai đã được gỡ" in (await citizen.heard())[-1].text


async def test_a_deletion_takes_the_person_out_of_everything(told: Told) -> None:
    """The office decides; afterwards no table, opened, holds the person, and the case is still there to be answered."""
    citizen, office = told.citizen, told.office
    await citizen.send_file("giay-hen.jpg", media_type="image/jpeg", content=b"\xff\xd8\xff\xe0jpeg")
    await citizen.press("Huỷ")
    await told.ask_supplement("bà Trần Thị Mẫu gửi giấy hẹn")
    await citizen.send_file("giay-hen.jpg", "giấy khai sinh của con tôi", "image/jpeg", b"\xff\xd8\xff\xe0jpeg")
    await citizen.press("Gửi")
    kept = await office.read(lambda unit: unit.conn.execute(select(files.c.reference)).scalars().all())
    await office.run(lambda unit: unit.conn.execute(update(files).values(digest=_digest(kept))))
    clean = office.web.files.keep_made(b"a picture without EXIF")
    await office.run(lambda unit: attachments.put_clean(unit, _case_file(unit), clean.digest))
    before = await office.read(everything)
    assert [mark for mark in MARKS if mark not in before] == []
    await citizen.say("dulieu")
    (preview,) = await citizen.press("Xoá dữ liệu của tôi")
    assert "Nghị định 20/2008/NĐ-CP, Điều 9" in preview.text
    (asked,) = await citizen.press("Gửi yêu cầu")
    assert "thực hiện chậm nhất thứ Hai 02/02/2026" in asked.first_line
    desk = told.desk
    (overview,) = await desk.say("tonghop")
    assert "Yêu cầu về dữ liệu cá nhân (1)" in [one.label for one in overview.choices]
    (listed,) = await desk.press("Yêu cầu về dữ liệu cá nhân")
    assert listed.first_line == "1 yêu cầu về dữ liệu cá nhân đang chờ Văn phòng"
    await desk.say("1")
    (sure,) = await desk.press("Thực hiện")
    assert told.code in sure.text
    await desk.press("Thực hiện")
    await office.settle()
    said = (await citizen.heard())[-1].text
    assert "đã thực hiện yêu cầu xoá dữ liệu cá nhân" in said
    wanted = lists.Wanted(words="trần thị mẫu")
    assert not await office.read(lambda unit: lists.listed(unit, told.coordinator, wanted))
    left = await office.read(everything)
    assert [mark for mark in MARKS if mark in left] == []
    row = await office.read(lambda unit: rows.get(unit, told.id))
    assert row is not None
    assert (row.endpoint_id, row.anonymised_at is not None) == (None, True)
    assert "Một cửa xã Lam Sơn hẹn trả" in row.content
    assert "[họ tên]" in row.content
    assert await told.forward() == ""
    assert (await citizen.say("tracuu"))[0].first_line == "Chưa có phản ánh nào gửi từ đây"
    path = office.inner.settings.data_dir
    await office.run(lambda unit: erasing.clear_files(unit, office.clock()))
    assert not [one for digest in (_digest(kept), clean.digest) for one in path.rglob(digest)]
    assert await office.read(lambda unit: unit.conn.execute(select(consents.c.id)).all())


async def test_what_is_forgotten_by_itself_leaves_the_same_chat_s_other_case(told: Told) -> None:
    office, first = told.office, told.id
    await told.ask_supplement("ngày của giấy hẹn thứ nhất")
    second = await send(office, told.citizen, "Việc khác: phí chứng thực thu cao hơn mức niêm yết tại trụ sở.")
    told.opened = second
    await told.ask_supplement("số tiền của việc thứ hai")
    now = office.clock()
    await office.run(lambda unit: erasing.erase(unit, [_citizen(unit, first)], now, by=None, why="retention"))
    texts = [one.text for one in await told.citizen.all_heard()]
    assert not [one for one in texts if "thứ nhất" in one]
    assert [one for one in texts if "thứ hai" in one]
    (own,) = await told.citizen.say("tracuu")
    assert own.first_line == "1 phản ánh, kiến nghị ông/bà đã gửi từ đây"
    assert await office.read(lambda unit: citizens.get(unit, _citizen(unit, second.case_id))) == WHO


async def test_the_office_s_word_extended_once_refused_restricted_and_taken_back(told: Told) -> None:
    citizen, desk, office = told.citizen, told.desk, told.office
    await citizen.say("dulieu")
    await citizen.press("Hạn chế, phản đối")
    await citizen.press("Hạn chế")
    await citizen.say("Địa chỉ của tôi chưa đúng, xin đừng dùng")
    (asked,) = await citizen.press("Gửi yêu cầu")
    assert "thực hiện chậm nhất thứ Ba 27/01/2026" in asked.first_line
    again = await citizen.say("dulieu")
    assert "Hạn chế, phản đối" not in [one.label for one in again[0].choices]
    await office.advance(datetime(2026, 1, 26, 9, tzinfo=VIETNAM))
    assert any("chậm nhất thứ Ba 27/01/2026 phải thực hiện" in one.text for one in await desk.all_heard())
    await desk.say("dulieu")
    await desk.say("1")
    await desk.press("Gia hạn một lần")
    (bad,) = await desk.say("30/03/2026 cần phối hợp")
    assert "không quá 11/02/2026" in bad.text
    await desk.say("10/02/2026 cần phối hợp với đơn vị lưu trữ")
    await desk.press("Gửi")
    await office.settle()
    assert "chậm nhất thứ Ba 10/02/2026" in (await citizen.heard())[-1].first_line
    await desk.say("dulieu")
    (card,) = await desk.say("1")
    assert "Gia hạn một lần" not in [one.label for one in card.choices]
    await desk.press("Thực hiện")
    await desk.press("Thực hiện")
    await office.settle()
    assert "Không ai mở xem được" in (await citizen.heard())[-1].text
    assert await office.read(lambda unit: citizens.is_restricted(unit, _citizen(unit, told.id)))
    await citizen.say("dulieu")
    await citizen.press("Xoá dữ liệu của tôi")
    await citizen.press("Gửi yêu cầu")
    await desk.say("dulieu")
    await desk.say("1")
    await desk.press("Không thực hiện, có lý do")
    await desk.say("Hồ sơ đang là chứng cứ của vụ việc theo quy định")
    await desk.press("Gửi")
    await office.settle()
    assert "Lý do: Hồ sơ đang là chứng cứ" in (await citizen.heard())[-1].text
    await citizen.say("dulieu")
    await citizen.press("Xoá dữ liệu của tôi")
    (sent_again,) = await citizen.press("Gửi yêu cầu")
    (menu,) = await citizen.say("dulieu")
    taken = next(one for one in menu.choices if one.label.startswith("Rút yêu cầu"))
    assert taken.label.removeprefix("Rút yêu cầu ") in sent_again.text
    (gone,) = await citizen.press(taken.label)
    assert "Đã rút yêu cầu." in gone.text
    assert (await desk.say("dulieu"))[0].first_line == "Không có yêu cầu về dữ liệu cá nhân nào đang chờ"


async def test_no_official_but_a_coordinator_decides(told: Told) -> None:
    await told.citizen.say("dulieu")
    await told.citizen.press("Xoá dữ liệu của tôi")
    await told.citizen.press("Gửi yêu cầu")
    (row,) = await told.office.read(lambda unit: unit.conn.execute(select(data_requests.c.id)).all())
    for word in ("list", "show", "done", "refuse", "extend"):
        payload = {"button": f"data:{word}:{row.id}", "label": word, "stamp": told.office.web.stamp()}
        await told.office.take_in(told.citizen.chat, payload)
        assert (await told.citizen.heard())[-1].first_line.startswith("Dữ liệu của ông/bà tại Văn phòng UBND tỉnh")
    assert await told.office.read(lambda unit: unit.conn.execute(select(data_requests.c.state)).scalar()) == "open"


def _case_file(unit: Unit) -> int:
    return int(unit.conn.execute(select(case_files.c.id)).scalar_one())


def _digest(references: Sequence[str]) -> str:
    return str(references[-1]).rpartition(":")[2]
