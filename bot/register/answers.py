"""What a coordinator types, or chooses, about a case: each answer read and checked before anything is shown."""

import re
from typing import Any

from actions import dates
from bot.desk import Desk
from bot.reassigning import SHOWN, alike
from domain.cases.codes import case_code_in
from domain.cases.decisions import GROUNDS, LegalClass, Outcome, Urgency
from domain.errors import ActRefused
from domain.evidence import day_in, document_in, impossible_date_in, link_in
from domain.words import squeeze
from storage.views import office

Data = dict[str, Any]

OFFER = "offer"
"""Stands in what a reader returns where the answer is not one alone: the answers to choose from."""

LEAST = 10
"""Characters that a reason needs."""

MOST_MISSING = 10
"""Items that one request for a supplement may list."""

_BULLET = re.compile(r"^\s*(?:[-+•*]|\d{1,2}[.)])\s*")


def words(key: str, least: int, most: int, what: str) -> Any:
    """Return a reader of plain words of a length, kept under `key`."""

    def read(_desk: Desk, _data: Data, text: str) -> Data:
        said = squeeze(text)
        if not least <= len(said) <= most:
            raise ActRefused(f"Xin gõ {what} ({least} đến {most} ký tự).")
        return {key: said}

    return read


def optional(key: str, most: int, what: str) -> Any:
    """Return a reader of words that may be left out."""

    def read(_desk: Desk, _data: Data, text: str) -> Data:
        said = squeeze(text)
        if len(said) > most:
            raise ActRefused(f"Xin gõ {what} ngắn lại, tối đa {most} ký tự.")
        return {key: said}

    return read


def legal_class(_desk: Desk, _data: Data, text: str) -> Data:
    """Take one of the four classes of Điều 9 khoản 1 điểm d."""
    return {"class": _one_of(text, [one.value for one in LegalClass], "phân loại")}


def urgency(_desk: Desk, _data: Data, text: str) -> Data:
    """Take one of the levels of urgency."""
    return {"urgency": _one_of(text, [one.value for one in Urgency], "mức độ")}


def outcome(_desk: Desk, _data: Data, text: str) -> Data:
    """Take one of the outcomes of Điều 15."""
    return {"outcome": _one_of(text, [one.value for one in Outcome], "kết quả")}


def ground(_desk: Desk, _data: Data, text: str) -> Data:
    """Take one ground of the closed list, also by its code."""
    return {"ground": _one_of(squeeze(text).upper(), list(GROUNDS), "căn cứ")}


def _one_of(text: str, allowed: list[str], what: str) -> str:
    said = squeeze(text)
    if said not in allowed:
        raise ActRefused(f"Xin chọn một {what} trong danh sách trên, bằng số hoặc nút.")
    return said


def agency(desk: Desk, data: Data, text: str) -> Data:
    """Take an agency by name, code or choice; offer those of a like name where it is not one alone."""
    said = squeeze(text)
    if said.startswith("#"):
        found = [one for one in office.agencies_on(desk.unit, desk.day) if f"#{one.id}" == said]
    else:
        found = alike(desk, said, data["from"] if data["deed"] == "reroute" else 0)
    if len(found) == 1 and found[0].name == office.name(desk.unit):
        raise ActRefused("Việc của chính Văn phòng: xin quay lại và chọn “Văn phòng tự xử lý”.")
    if len(found) == 1:
        return {"agency": found[0].id, "name": found[0].name}
    return {OFFER: [[one.name, f"#{one.id}"] for one in found[:SHOWN]]}


def letter(desk: Desk, _data: Data, text: str) -> Data:
    """Take number and date of a document in one line; nothing where it was left out."""
    said = squeeze(text)
    if not said:
        return {"number": "", "on": ""}
    wrong = impossible_date_in(said, desk.day)
    if wrong is not None:
        raise ActRefused(f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày.")
    found = document_in(said, desk.day)
    if found.number is None or found.on is None:
        raise ActRefused("Xin gõ đủ số và ngày văn bản trong một dòng, ví dụ 123/VPUB-KSTT ngày 15/01/2026.")
    return {"number": found.number, "on": found.on.isoformat()}


def posted(desk: Desk, _data: Data, text: str) -> Data:
    """Take the day on which something was posted in the national system, and its address where there is one."""
    said = squeeze(text)
    link = link_in(said)
    on = day_in(said.replace(link or "", " "), desk.day)
    if on is None or on > desk.day:
        raise ActRefused(
            "Xin gõ ngày đã đăng, không sau hôm nay, kèm đường dẫn nếu có, ví dụ: 15/01/2026 https://dichvucong.gov.vn."
        )
    return {"on": on.isoformat(), "link": link or ""}


def missing(_desk: Desk, _data: Data, text: str) -> Data:
    """Take every missing item: a line each, or between semicolons."""
    items = [squeeze(_BULLET.sub("", one)) for one in re.split(r"[\n;]+", text)]
    items = [one for one in items if one]
    if not items or len(items) > MOST_MISSING or any(not 3 <= len(one) <= 200 for one in items):
        raise ActRefused(
            f"Xin gõ từ 1 đến {MOST_MISSING} mục cần bổ sung, mỗi mục một dòng hoặc cách nhau bằng dấu chấm phẩy, "
            "mỗi mục 3 đến 200 ký tự."
        )
    return {"missing": items}


def master(_desk: Desk, _data: Data, text: str) -> Data:
    """Take the code of the case into which another one goes."""
    code = case_code_in(text)
    if code is None:
        raise ActRefused("Xin gõ mã của phản ánh được giữ lại, ví dụ PAKN-BN-2026-000123.")
    return {"master": code}


def until(desk: Desk, _data: Data, text: str) -> Data:
    """Take the new last day for the answer."""
    found = dates.read_due(squeeze(text), desk.now)
    if found <= desk.day:
        raise ActRefused("Ngày gia hạn phải sau hôm nay. Xin gõ lại, ví dụ 15/04/2026.")
    return {"until": found.isoformat()}
