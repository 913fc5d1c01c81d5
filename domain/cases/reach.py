"""Who reports for an organisation, and how a sender is reached: a phone, an e-mail address, a postal address."""

import re

from domain.cases.fields import contact_of
from domain.errors import ActRefused
from domain.words import fold, squeeze

_EMAIL = re.compile(r"[^\s@<>,;]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_LEAST_LETTERS = 2
_PLACE = re.compile(r"\d|,|\b(?:thon|xom|to|khu|ap|ban|xa|phuong|thi tran|duong|pho|tinh|thanh pho|hop thu|so)\b")
"""What a postal address has at the least."""


def organisation_of(text: str) -> tuple[str, str]:
    """Return (name, the rest: tax code, contact person) of an organisation, as typed with commas. Raises ActRefused.

    The name has 2 to 120 characters and may hold numbers ("Công ty 36"); the rest may be empty.
    """
    name, _, rest = squeeze(text).partition(",")
    name, rest = name.strip(), rest.strip()
    letters = sum(one.isalpha() for one in name)
    if not 2 <= len(name) <= 120 or letters < _LEAST_LETTERS or "<" in text or len(rest) > 200:
        raise ActRefused(
            "Tên tổ chức cần từ 2 đến 120 ký tự. Xin nhập lại; mã số thuế, người liên hệ ghi sau dấu phẩy."
        )
    return name, rest


def reached_at(text: str) -> tuple[str, str, str]:
    """Return (phone, postal address, e-mail), one of them filled. Raises ActRefused for none of them."""
    said = squeeze(text)
    if "@" in said:
        if not _EMAIL.fullmatch(said):
            raise ActRefused("Địa chỉ thư điện tử chưa đúng (ví dụ ten@example.vn). Xin nhập lại.")
        return "", "", said
    phone, mail = contact_of(text)
    if mail and not _PLACE.search(fold(mail)):
        raise ActRefused("Địa chỉ nhận thư cần số nhà hoặc thôn, xã (phường). Xin nhập lại, hoặc ghi số điện thoại.")
    return phone, mail, ""
