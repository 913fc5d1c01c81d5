"""A case made public in chat: one prepares, another releases; withdrawn with a reason; never against the rules."""

from pathlib import Path

import pytest

from actions.cases import publishing
from domain.cases.kinds import Kind
from domain.cases.publication import Public
from domain.errors import ActRefused, NotFound
from domain.people import Role
from storage.database import Unit
from storage.views.cases import publications
from tests.office import Chat, make_office
from tests.publishing_side import answered, open_page, staff, state_of, viewer_of

pytestmark = pytest.mark.anyio

PRIVATE = ("Lành", "Mùa", "0912", "345 678", "Nguyễn Trãi", "Tuấn", "ngõ 5")


async def test_one_prepares_another_releases_and_it_is_taken_back(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    clerk, second = await staff(office)
    case_id, code = await answered(office, clerk)
    await clerk.say("congkhai")
    listed = (await clerk.press("Phản ánh, kiến nghị chờ công khai"))[-1]
    assert f"{code}: chưa soạn" in listed.text
    shown = (await clerk.press(f"{code}: soạn"))[-1].text
    assert not [one for one in PRIVATE if one in shown]
    assert "Tôi là [họ tên], số điện thoại [số điện thoại], ở [địa chỉ], xã Lam Sơn." in shown
    assert "Đã che: 3 họ tên, 1 số điện thoại, 1 địa chỉ." in shown
    await clerk.press("Sửa tiêu đề")
    assert (
        "Tiêu đề: Thu bản sao công chứng ngoài danh mục"
        in (await clerk.say("Thu bản sao công chứng ngoài danh mục"))[-1].text
    )
    await clerk.press("Che thêm")
    assert "Không thấy" in (await clerk.say("chợ huyện"))[-1].text
    assert "[đã che]" in (await clerk.say("Bộ phận Một cửa"))[-1].text
    await clerk.press("Để nguyên một chỗ")
    again = (await clerk.say("Bộ phận Một cửa"))[-1].text
    assert "Bộ phận Một cửa yêu cầu nộp thêm" in again
    assert "Đã trình" in (await clerk.press("Trình người thứ hai duyệt"))[-1].first_line
    assert await state_of(office, case_id) == "answered"
    own = (await clerk.press("Danh sách"))[-1]
    assert "chờ người thứ hai duyệt, Hoàng Mẫu Lan soạn" in own.text
    mine = (await clerk.press(f"{code}: duyệt"))[-1]
    assert "không tự duyệt" in mine.text
    assert "Công khai" not in [one.label for one in mine.choices]

    await second.say("congkhai")
    await second.press("Phản ánh, kiến nghị chờ công khai")
    await second.press(f"{code}: duyệt")
    refused = (await second.press("Công khai"))[-1].text
    assert "Trang công khai đang tắt" in refused
    await open_page(office)
    await second.say("congkhai")
    await second.press("Phản ánh, kiến nghị chờ công khai")
    await second.press(f"{code}: duyệt")
    done = (await second.press("Công khai"))[-1].text
    assert f"https://mau.example/phan-anh/{code}" in done
    assert await state_of(office, case_id) == "published"

    await second.press("Danh sách")
    await second.press(f"{code}: đang công khai")
    await second.press("Gỡ")
    assert "Xin ghi lý do gỡ" in (await second.say("?"))[-1].text
    assert "Đã gỡ" in (await second.say("Người gửi rút đồng ý"))[-1].first_line
    assert await state_of(office, case_id) == "answered"
    assert await office.read(lambda unit: publications.by_code(unit, code)) is None
    await office.close()


async def test_what_the_rules_keep_from_the_public(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    clerk, second = await staff(office)
    officer = await office.officer("STP", Role.OFFICER, "Nguyễn Mẫu An", "Chuyên viên")
    await open_page(office)
    refused = {
        "không đồng ý": await answered(office, clerk, may_publish=False),
        "hành vi": await answered(office, clerk, kind=Kind.CONDUCT),
        "nhạy cảm": await answered(office, clerk, sensitive=True),
        "có tranh chấp": await answered(office, clerk, withheld="có tranh chấp"),
    }
    for said, (case_id, _) in refused.items():
        with pytest.raises(ActRefused, match=said):
            await office.run(lambda unit, one=case_id: publishing.source(unit, viewer_of(unit, office, clerk), one))
    assert await office.read(publications.count) == 0
    case_id, _ = await answered(office, clerk)
    good = Public(
        "Thu giấy tờ ngoài danh mục", "Bộ phận Một cửa thu thêm giấy tờ.", "Đã chấn chỉnh việc thu thêm giấy tờ."
    )

    def prepare(unit: Unit, public: Public, kept: tuple[str, ...] = (), who: Chat = clerk) -> int:
        viewer = viewer_of(unit, office, who)
        return publishing.prepare(unit, viewer, case_id, public, office.clock(), kept=kept)

    with pytest.raises(NotFound):
        await office.run(lambda unit: prepare(unit, good, who=officer))
    for words, kept, said in (
        ("Ông Trần Mẫu Tuấn thu thêm giấy tờ ở đó.", (), "Trần Mẫu Tuấn"),
        ("lanh mau mua bị thu thêm giấy tờ ở đó.", ("lanh mau mua",), "tên người gửi"),
        ("Gọi số 0987 654 321 để nộp thêm giấy tờ.", (), "số điện thoại"),
    ):
        named = Public(good.title, words, good.answer)
        with pytest.raises(ActRefused, match=said):
            await office.run(lambda unit, public=named, kept=kept: prepare(unit, public, kept))
    kept_one = Public(good.title, "Tại phố Mẫu, ông Trần Mẫu Tuấn thu thêm giấy tờ.", good.answer)
    version = await office.run(lambda unit: prepare(unit, kept_one, ("Trần Mẫu Tuấn",)))
    with pytest.raises(ActRefused, match="Người soạn"):
        await office.run(lambda unit: publishing.release(unit, viewer_of(unit, office, clerk), version, office.clock()))
    await office.run(
        lambda unit: publishing.give_back(
            unit, viewer_of(unit, office, second), version, "Che cả tên ông", office.clock()
        )
    )
    await office.settle()
    assert "bản công khai được trả lại để sửa" in "\n".join(one.text for one in await clerk.all_heard())
    with pytest.raises(ActRefused, match="bị trả lại"):
        await office.run(
            lambda unit: publishing.release(unit, viewer_of(unit, office, second), version, office.clock())
        )
    await office.close()


async def test_consent_withdrawn_in_between_stops_the_release(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    clerk, second = await staff(office)
    await open_page(office)
    case_id, _ = await answered(office, clerk)

    def prepare(unit: Unit) -> int:
        viewer = viewer_of(unit, office, clerk)
        public = publishing.source(unit, viewer, case_id).drafted.public
        return publishing.prepare(unit, viewer, case_id, public, office.clock())

    version = await office.run(prepare)
    await office.run(lambda unit: unit.conn.exec_driver_sql("update cases set may_publish = 0"))
    with pytest.raises(ActRefused, match="không đồng ý"):
        await office.run(
            lambda unit: publishing.release(unit, viewer_of(unit, office, second), version, office.clock())
        )
    await office.close()
