"""Numbers of persons in what a citizen writes: papers, bank accounts, phones. They are better taken out."""

import re

from domain.words import fold, nfc

_FILE_NUMBER = re.compile(
    r"(?:ma|so) (?:ho so|bien nhan|bien lai|tra cuu|don|thu tuc)(?: so)?[:\s]*[\w.\-/]+"
    r"|(?:ho so|bien lai|bien nhan)(?: so)?[:\s]*[\w.\-/]*\d[\w.\-/]*"
    r"|\d{3}\.\d{2}\.\d{2}\.[\w.\-]+"
)
"""A file's own number is no person's, and helps the office to find it."""

_PAPER = re.compile(
    r"(?:cccd|can cuoc(?: cong dan)?|cmnd|cmtnd|chung minh(?: nhan dan| thu)?)\D{0,20}(\d{9}|\d{12})(?!\d)"
)
_BARE_PAPER = re.compile(r"(?<![\d.,/\-])0\d{11}(?![\d]|[.,/\-]\d)")
_ACCOUNT = re.compile(r"(?:stk|so tai khoan|tai khoan|so tk|tk ngan hang)\D{0,20}(\d(?:[ .]?\d){6,18})(?!\d)")
_PHONE = re.compile(r"(?<![\d./\-])(?:\+84|84|0)[35789](?:[ .\-]?\d){8}(?![ .\-]?\d)")


def numbers_in(text: str) -> tuple[str, ...]:
    """Return what kinds of persons' numbers a text holds, named for a sentence, each once; () for none.

    Never the numbers themselves: the warning may be shown where the text may not.
    """
    said = _FILE_NUMBER.sub(" ", fold(nfc(text)))
    kinds = (
        ("số căn cước", _PAPER.search(said) or _BARE_PAPER.search(said)),
        ("số tài khoản", _ACCOUNT.search(said)),
        ("số điện thoại", _PHONE.search(_ACCOUNT.sub(" ", said))),
    )
    return tuple(name for name, found in kinds if found)
