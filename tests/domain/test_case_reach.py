"""Who reports for an organisation, and how a sender is reached."""

import pytest

from domain.cases.reach import organisation_of, reached_at
from domain.errors import ActRefused


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("Công ty TNHH Mẫu 36", "Công ty TNHH Mẫu 36", ""),
        ("Hợp tác xã Mẫu,  mã số thuế 2300000000, anh Mẫu", "Hợp tác xã Mẫu", "mã số thuế 2300000000, anh Mẫu"),
    ],
)
def test_an_organisation(text: str, name: str, rest: str) -> None:
    assert organisation_of(text) == (name, rest)


@pytest.mark.parametrize("text", ["", "A", "123 456", "a" * 121, "Công ty <b>"])
def test_what_is_no_organisation(text: str) -> None:
    with pytest.raises(ActRefused, match="Tên tổ chức"):
        organisation_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0912 345 678", ("0912345678", "", "")),
        (" an.mau@example.vn ", ("", "", "an.mau@example.vn")),
        ("Số 5, thôn Hạ, xã Lam Sơn", ("", "Số 5, thôn Hạ, xã Lam Sơn", "")),
    ],
)
def test_how_a_sender_is_reached(text: str, expected: tuple[str, str, str]) -> None:
    assert reached_at(text) == expected


def test_words_that_are_no_address_reach_nobody() -> None:
    with pytest.raises(ActRefused, match="số nhà hoặc thôn"):
        reached_at("lung tung lắm")


@pytest.mark.parametrize("text", ["an@", "a b@example.vn", "@example.vn", "an@example", "091234567"])
def test_what_reaches_nobody(text: str) -> None:
    with pytest.raises(ActRefused, match="chưa đúng"):
        reached_at(text)
