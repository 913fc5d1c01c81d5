"""What of a person may never stand in an imported table or in a public list: headings that are dropped, and texts.

Rule: names, phones, identity numbers and addresses of persons are left out of what is made public (Luật 91/2025,
Nghị định 356/2025); lists name agencies, procedures and file codes alone.
"""

import re

PERSONAL_HEADINGS: dict[str, str] = dict.fromkeys(
    (
        "ho ten",
        "ho va ten",
        "ten nguoi",
        "ten chu ho so",
        "nguoi nop",
        "nguoi yeu cau",
        "chu ho so",
        "nguoi dan",
        "to chuc, ca nhan",
        "ca nhan",
        "dien thoai",
        "so dt",
        "sdt",
        "cccd",
        "cmnd",
        "can cuoc",
        "dinh danh",
        "dia chi",
        "email",
        "thu dien tu",
        "ngay sinh",
        "can bo xu ly",
        "can bo thu ly",
        "nguoi xu ly",
    ),
    "dữ liệu cá nhân",
)
"""Folded words of headings whose columns are never read."""

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\d.])(?:\+?84|0)[ .)-]{0,2}[35789](?:[ .)-]{0,2}\d){8}(?!\d)"), "số điện thoại"),
    (re.compile(r"(?<!\d)(?:\d{12}|0\d\d(?:[ .]\d{3}){3})(?!\d)"), "số định danh cá nhân"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "thư điện tử"),
    (re.compile(r"\b(?:(?i:ông|bà)|[Aa]nh|[Cc]hị) (?!(?i:ty)\b)[A-ZĐÀ-ỸƠƯ][A-Za-zÀ-ỹĐđƠơƯư]+"), "tên người"),
)


def personal_in(text: object) -> str | None:
    """Return what of a person a text seems to hold ("số điện thoại"), None where nothing is seen.

    Names without a title before them cannot be told from other words; columns of names are left out by heading.
    """
    if not isinstance(text, str):
        return None
    return next((what for pattern, what in _PATTERNS if pattern.search(text)), None)
