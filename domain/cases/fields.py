"""What a citizen is asked for, as Nghị định 20/2008/NĐ-CP, Điều 7 demands, each answer checked."""

import re
from dataclasses import dataclass

from domain.errors import ActRefused
from domain.words import squeeze


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports, as Điều 7 khoản 1 điểm d demands: a name, an address, and a phone or a postal address.

    `extra` is an organisation's contact person and tax code, where they were given.
    """

    name: str
    address: str
    phone: str = ""
    mail: str = ""
    email: str = ""
    kind: str = "person"
    """Either "person" or "organisation" (Điều 3 khoản 2, 3)."""
    extra: str = ""


_PHONE = re.compile(r"(?:0|\+84)(?:[35789]\d{8}|2\d{9})")
_NAME = re.compile(r"[^\W\d_][^\d_<>@]{1,119}")


_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]*>")
_LETTERS = 10
"""Fewer letters tell nothing: a row of emoji, of dots."""


def content_of(text: str) -> str:
    """Return what happened, checked: 20 to 4,000 characters, some of them letters. Raises ActRefused."""
    content = squeeze(text)
    if _MARKUP.search(content):
        raise ActRefused("Nội dung chỉ ghi bằng chữ, không dùng mã của trang web. Xin viết lại.")
    if not 20 <= len(content) <= 4000 or sum(one.isalpha() for one in content) < _LETTERS:
        raise ActRefused(
            "Nội dung cần từ 20 đến 4.000 ký tự: xin kể việc gì, ở đâu, khi nào để cơ quan xử lý đúng việc."
        )
    return content


def name_of(text: str) -> str:
    """Return a person's or an organisation's name, checked: 2 to 120 characters. Raises ActRefused."""
    name = squeeze(text)
    if not _NAME.fullmatch(name):
        raise ActRefused("Họ tên cần từ 2 đến 120 ký tự, không có chữ số. Xin nhập lại họ tên đầy đủ.")
    return name


def address_of(text: str) -> str:
    """Return an address, checked for length only. Raises ActRefused."""
    address = squeeze(text)
    if not 5 <= len(address) <= 300:
        raise ActRefused("Địa chỉ cần từ 5 đến 300 ký tự: số nhà hoặc thôn, xã (phường), tỉnh.")
    return address


def contact_of(text: str) -> tuple[str, str]:
    """Return (phone, postal address), one of them empty. Raises ActRefused for neither.

    Mobile and landline numbers of Viet Nam; spaces, dots and dashes are dropped.
    """
    bare = re.sub(r"[\s.\-()]", "", text)
    if _PHONE.fullmatch(bare):
        return bare, ""
    if bare.lstrip("+").isdigit():
        raise ActRefused("Số điện thoại chưa đúng (ví dụ 0912 345 678). Xin nhập lại, hoặc ghi địa chỉ nhận thư.")
    mail = squeeze(text)
    if not 8 <= len(mail) <= 300:
        raise ActRefused("Xin nhập số điện thoại (ví dụ 0912 345 678) hoặc địa chỉ nhận thư đầy đủ.")
    return "", mail
