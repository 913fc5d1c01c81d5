"""Commands about one task: alone they ask which one, with words behind them they go straight to what is missing."""

import re

from bot import extensions, objections, proposals, reporting, substitutes
from bot.desk import Desk, Reply
from bot.officers import joined, viewer_of
from bot.picking import pick
from domain.assignments import Act
from domain.buttons import Verb
from domain.evidence import code_in
from domain.replies import read
from domain.words import fold


def report(desk: Desk, text: str = "") -> Reply:
    """Answer /baocao: which task is done, or ("nv 12 45/KH-STP ngày 18/1") what would be reported of it."""
    joined(desk)
    if _says_more(text):
        return _understood(desk, f"đã xong {text}") or _which(desk)
    return _which(desk, text)


def _which(desk: Desk, text: str = "") -> Reply:
    return pick(desk, text, Act.REPORT, (Verb.DONE, reporting.done), question="Báo kết quả việc nào?")


def extend(desk: Desk, text: str = "") -> Reply:
    """Answer /giahan: which task, or ("nv 12 đến 30/4 vì chờ số liệu") what would be asked for."""
    joined(desk)
    if _says_more(text):
        return _understood(desk, f"xin gia hạn {text}") or extensions.begin(desk, code_in(text) or "")
    return extensions.begin(desk, text)


def obstruct(desk: Desk, text: str = "") -> Reply:
    """Answer /vuongmac: which task, or ("nv 12 chưa có kinh phí") what would be told of it."""
    joined(desk)
    if _says_more(text):
        return _understood(desk, f"vướng mắc {text}") or objections.begin(desk, code_in(text) or "")
    return objections.begin(desk, text)


def substitute(desk: Desk, text: str = "") -> Reply:
    """Answer /uyquyen: for which seat, or ("Trần Thị Bình đến 30/4") what would be handed over."""
    joined(desk)
    if fold(text):
        return substitutes.proposed(desk, text, read(f"uỷ quyền cho {text}", desk.day).until)
    return substitutes.begin(desk)


def _understood(desk: Desk, text: str) -> Reply | None:
    viewer_of(desk)
    return proposals.understand(desk, text)


_CODE = re.compile(r"\bnv[\s\-–]?\d+\b")


def _says_more(text: str) -> bool:
    """Whether something stands there beside the code of a task."""
    return bool(_CODE.sub("", fold(text)).strip(" .,;:"))
