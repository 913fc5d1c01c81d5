"""What of a citizen lies on the disk: sealed while the case lives, and nowhere once the person has been deleted."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.local import VIETNAM
from domain.people import Role
from domain.register_files import RegisterRow
from domain.words import fold
from messages import case_list
from scheduler.sweep import upkeep
from tests.feedback import answers, given, report
from tests.flows.collecting import pick, read
from tests.flows.register_side import coordinator
from tests.flows.test_case_lists import NEW, SENT
from tests.office import Chat, Office, make_office
from tests.web.case_office import PICTURE

pytestmark = pytest.mark.anyio

WHO = ("Quách Mẫu Tuyền", "ngõ Mẫu Chín, xã Lam Sơn", "0987 321 654")
SIGNED = "Hồ sơ đất nộp ba tháng chưa được trả kết quả. " * 60 + "Quách Mẫu Tuyền ký tên"
PLAIN = "Hồ sơ đất nộp ba tháng chưa được trả kết quả tại bộ phận một cửa"


def found(folder: Path, *marks: str) -> list[str]:
    """Return where a mark stands in clear below a folder, also inside of what is packed, written or kept as JSON."""
    spelled = {
        said.encode(): mark
        for mark in marks
        for said in (mark, mark.replace(" ", ""), json.dumps(mark)[1:-1], fold(mark))
    }
    return [
        f"{mark} in {path.relative_to(folder)}"
        for path in folder.rglob("*")
        if path.is_file()
        for content in _unpacked(path.read_bytes())
        for said, mark in spelled.items()
        if said in content
    ]


def _unpacked(content: bytes) -> list[bytes]:
    if not content.startswith(b"PK"):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


async def _report(office: Office, citizen: Chat, content: str) -> tuple[str, str]:
    for typed in ("phananh", "1", "1", *answers(content, "UBND xã Lam Sơn", WHO, "có")):
        await citizen.say(typed)
    told = given((await citizen.say("1"))[-1].text)
    await office.settle()
    return told.code, told.secret


async def _looked_at(desk: Chat, code: str) -> None:
    """Let the office read the case, who sent it, and write papers that name the sender."""
    await desk.say(code)
    for kind in ("supplement", "answer"):
        await desk.office.take_in(
            desk.chat, {"button": f"casepaper:{kind}:1", "label": "x", "stamp": desk.office.web.stamp()}
        )
    await desk.say(code)
    await desk.press("Việc khác với phản ánh này")
    await desk.press("Thông tin người gửi")
    await desk.say("gọi cho ông Quách Mẫu Tuyền để hẹn gặp")
    shown = await desk.press("Xem và ghi nhật ký")
    assert WHO[0] in shown[-1].text


async def test_who_sent_a_case_lies_nowhere_in_clear_and_after_a_deletion_nowhere_at_all(tmp_path: Path) -> None:
    office = make_office(tmp_path / "data")
    desk = await coordinator(office, "Hoàng Mẫu Lan")
    citizen = office.stranger("Người gửi")
    code, secret = await _report(office, citizen, SIGNED)
    assert not found(tmp_path, WHO[1], WHO[2], secret)
    await _looked_at(desk, code)
    await citizen.say("dulieu")
    await citizen.press("Xoá dữ liệu")
    await citizen.press("Gửi yêu cầu")
    await desk.say("dulieu")
    await desk.say("1")
    await desk.press("Thực hiện")
    await desk.press("Thực hiện")
    await office.settle()
    await office.run(lambda unit: upkeep(unit, office.clock()))
    heard = "\n".join(one.text for one in await desk.all_heard())
    assert code in heard
    assert not [one for one in WHO if one in heard]
    await office.close()
    assert not found(tmp_path, *WHO, secret)


async def test_what_is_only_handed_over_leaves_the_folder_after_some_days(tmp_path: Path) -> None:
    office = make_office(tmp_path / "data")
    desk = await coordinator(office, "Hoàng Mẫu Lan")
    code, _ = await _report(office, office.stranger("Người gửi"), PLAIN)
    await _looked_at(desk, code)
    files = tmp_path / "data" / "files"
    assert found(files, WHO[0])
    await office.run(lambda unit: upkeep(unit, office.clock() + timedelta(days=6)))
    assert found(files, WHO[0])
    await office.run(lambda unit: upkeep(unit, office.clock() + timedelta(days=7)))
    assert not found(files, WHO[0])
    await office.close()


async def test_a_file_that_was_never_sent_with_a_case_leaves_the_folder(tmp_path: Path) -> None:
    office = make_office(tmp_path / "data")
    citizen = office.stranger("Người gửi")
    for typed in ("phananh", "1", "1", "UBND xã Lam Sơn", PLAIN, "bỏ qua"):
        await citizen.say(typed)
    await citizen.send_file("anh.png", media_type="image/png", content=PICTURE)
    await citizen.say("huy")
    other = office.stranger("Người khác")
    await report(other)
    await other.say("tracuu")
    await other.press("PAKN")
    await other.press("Gửi thêm")
    await other.send_file("anh hai.png", media_type="image/png", content=PICTURE + b"2")
    await other.press("Gửi")
    while await office.inner.case_files.step():
        pass
    await office.run(lambda unit: upkeep(unit, office.clock() + timedelta(days=7)))
    kept = [one.read_bytes() for one in (tmp_path / "data" / "files").rglob("*") if one.is_file()]
    assert kept == [PICTURE + b"2"]
    await office.close()


@pytest.mark.parametrize(("taken", "days"), [(True, 0), (False, 7)])
async def test_a_list_that_names_senders_leaves_the_folder(tmp_path: Path, *, taken: bool, days: int) -> None:
    office = make_office(tmp_path / "data", start=datetime(2026, 1, 12, 8, tzinfo=VIETNAM))
    desk = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    files = tmp_path / "data" / "files"
    await _list(desk, NEW)
    assert len([one for one in files.rglob("*") if one.is_file()]) == 2
    if taken:
        await pick(desk, "Nhập vào sổ")
    await office.run(lambda unit: upkeep(unit, office.clock() + timedelta(days=days)))
    assert not [one for one in files.rglob("*") if one.is_file()]
    if not taken:
        assert "Xin gửi lại tệp" in (await pick(desk, "Nhập vào sổ")).text
    await office.close()


async def _list(desk: Chat, *lines: RegisterRow) -> None:
    await desk.send_file("pakn.xlsx", content=case_list.book(lines), media_type=case_list.MEDIA_TYPE)
    await pick(desk, "Danh sách phản ánh", SENT)
    await read(desk)
