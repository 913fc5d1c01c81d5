"""Citizens' feedback: what is asked of them, what is refused, and the first clock."""

from datetime import date, datetime

import pytest

from domain.cases.clocks import forward_by, waited
from domain.cases.doors import Sound, listen
from domain.cases.fields import address_of, contact_of, content_of, name_of
from domain.cases.kinds import ASKED_IN_ORDER, Kind
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.statutes import FORWARDING
from tests.domain.calendars import TET


def test_which_kinds_open_a_case() -> None:
    assert {kind for kind in Kind if kind.opens_case} == {Kind.CONDUCT, Kind.REGULATION}
    assert sorted(ASKED_IN_ORDER) == sorted(Kind)


@pytest.mark.parametrize(
    ("received", "due", "skipped"),
    [
        (date(2026, 1, 12), date(2026, 1, 19), 2),
        (date(2026, 1, 9), date(2026, 1, 15), 1),  # Saturday the 10th is worked for the 2nd
        (date(2026, 1, 17), date(2026, 1, 23), 1),
        (date(2026, 2, 12), date(2026, 2, 26), 9),  # Tết
    ],
)
def test_five_working_days_after_reception(received: date, due: date, skipped: int) -> None:
    found = forward_by(received, FORWARDING, TET)
    assert FORWARDING.working_days == len(found.counted) == 5
    assert (found.due, len(found.skipped)) == (due, skipped)


def test_waiting_for_the_sender_ends_with_the_answer_or_with_the_case() -> None:
    def at(day: int, hour: int = 23) -> datetime:
        return datetime(2026, 1, day, hour, tzinfo=VIETNAM)

    assert waited([(at(5), at(7)), (at(12), None)], date(2026, 1, 14), TET) == 4
    assert waited([(at(12), None)], date(2026, 1, 12), TET) == waited([], date(2026, 1, 14), TET) == 0


@pytest.mark.parametrize("text", ["Đường", " " * 50, "x" * 19, "x" * 4001])
def test_a_content_too_short_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(ActRefused, match="20 đến 4\\.000"):
        content_of(text)


@pytest.mark.parametrize(
    "text", ["Trang một cửa <script>alert(1)</script> bị lỗi", "Thông báo <b>in đậm</b> trên cổng khó đọc"]
)
def test_a_content_holds_no_markup(text: str) -> None:
    with pytest.raises(ActRefused, match="chỉ ghi bằng chữ"):
        content_of(text)


def test_a_content_with_signs_of_comparison_is_taken() -> None:
    assert content_of("Thời gian chờ < 30 phút theo quy định, thực tế > 2 giờ")


def test_a_content_is_squeezed() -> None:
    assert content_of("  Bộ phận Một cửa   yêu cầu\nthêm giấy tờ ") == "Bộ phận Một cửa yêu cầu thêm giấy tờ"


@pytest.mark.parametrize("name", ["Nguyễn Mẫu An", "Công ty TNHH Mẫu (Sông Lam)", "H'Mẫu Niê", "  Lê   Mẫu  Bình "])
def test_names(name: str) -> None:
    assert name_of(name) == " ".join(name.split())


@pytest.mark.parametrize("name", ["", "A", "0912345678", "Lê Mẫu 2", "<b>An</b>", "x" * 121, "an@mau.vn"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ActRefused, match="Họ tên"):
        name_of(name)


def test_addresses() -> None:
    assert address_of(" Thôn Mẫu,  xã Lam Sơn ") == "Thôn Mẫu, xã Lam Sơn"
    for wrong in ("xã", " " * 9, "x" * 301):
        with pytest.raises(ActRefused, match="Địa chỉ"):
            address_of(wrong)


@pytest.mark.parametrize(
    ("text", "phone", "mail"),
    [
        ("0912 345 678", "0912345678", ""),
        ("0912.345.678", "0912345678", ""),
        ("(+84) 912-345-678", "+84912345678", ""),
        ("0243 825 1234", "02438251234", ""),
        ("Thôn Mẫu, xã Lam Sơn, tỉnh Sông Lam", "", "Thôn Mẫu, xã Lam Sơn, tỉnh Sông Lam"),
        ("12 đường Mẫu, phường Bến Sen", "", "12 đường Mẫu, phường Bến Sen"),
    ],
)
def test_a_phone_or_a_postal_address(text: str, phone: str, mail: str) -> None:
    assert contact_of(text) == (phone, mail)


@pytest.mark.parametrize(("text", "why"), [("091234567", "chưa đúng"), ("113", "chưa đúng"), ("nhà tôi", "đầy đủ")])
def test_neither_phone_nor_address(text: str, why: str) -> None:
    with pytest.raises(ActRefused, match=why):
        contact_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tôi muốn khiếu nại quyết định thu hồi đất", True),
        ("toi to cao can bo nhan tien", True),
        ("Đơn tố cáo gửi từ tháng trước", True),
        ("Cán bộ yêu cầu nộp lại giấy tờ đã có", False),
        ("Thủ tục khó hiểu, đề nghị sửa mẫu đơn", False),
        ("Nhà cao tầng ở phường xây sai phép", False),
    ],
)
def test_what_sounds_like_another_door(text: str, expected: bool) -> None:
    assert any(one.sound is Sound.COMPLAINT for one in listen(text)) is expected
