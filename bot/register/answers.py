"""What a coordinator types, or chooses, about a case: each answer read and checked before anything is shown."""

import re

from bot.acts import answers
from bot.acts.flow import OFFER, Values
from bot.desk import Desk
from domain.cases.codes import case_code_in
from domain.cases.decisions import GROUNDS, LegalClass, Urgency
from domain.errors import ActRefused
from domain.evidence import day_in, link_in
from domain.words import squeeze
from storage.views import AnyRow, office

LEAST = 10
"""Characters that a reason needs."""

MOST_MISSING = 10
"""Items that one request for a supplement may list."""

_BULLET = re.compile(r"^\s*(?:[-+•*]|\d{1,2}[.)])\s*")

legal_class = answers.one_of("class", list(LegalClass), "phân loại")
"""Reads one of the four classes of Điều 9 khoản 1 điểm d."""

urgency = answers.one_of("urgency", list(Urgency), "mức độ")

_ground = answers.one_of("ground", list(GROUNDS), "căn cứ")


def ground(desk: Desk, case: AnyRow, data: Values, text: str) -> Values:
    """Take one ground of the closed list, also by its code."""
    return _ground(desk, case, data, text.upper())


def agency(desk: Desk, _case: AnyRow, _data: Values, text: str) -> Values:
    """Take an agency other than the office itself."""
    return _other(desk, text, None)


def other_agency(desk: Desk, case: AnyRow, _data: Values, text: str) -> Values:
    """Take an agency that does not have the case, other than the office itself."""
    return _other(desk, text, case.agency_id)


def _other(desk: Desk, text: str, but: int | None) -> Values:
    found = answers.agency(desk, text, but)
    if OFFER not in found and found["name"] == office.name(desk.unit):
        raise ActRefused("Việc của chính Văn phòng: xin quay lại và chọn “Văn phòng tự xử lý”.")
    return found


def posted(desk: Desk, _case: AnyRow, _data: Values, text: str) -> Values:
    """Take the day on which something was posted in the national system, and its address where there is one."""
    said = squeeze(text)
    link = link_in(said)
    on = day_in(said.replace(link or "", " "), desk.day)
    if on is None or on > desk.day:
        raise ActRefused(
            "Xin gõ ngày đã đăng, không sau hôm nay, kèm đường dẫn nếu có, ví dụ: 15/01/2026 https://dichvucong.gov.vn."
        )
    return {"on": on.isoformat(), "link": link or ""}


def missing(_desk: Desk, _case: AnyRow, _data: Values, text: str) -> Values:
    """Take every missing item: a line each, or between semicolons."""
    items = [squeeze(_BULLET.sub("", one)) for one in re.split(r"[\n;]+", text)]
    items = [one for one in items if one]
    if not items or len(items) > MOST_MISSING or any(not 3 <= len(one) <= 200 for one in items):
        raise ActRefused(
            f"Xin gõ từ 1 đến {MOST_MISSING} mục cần bổ sung, mỗi mục một dòng hoặc cách nhau bằng dấu chấm phẩy, "
            "mỗi mục 3 đến 200 ký tự."
        )
    return {"missing": items}


def master(_desk: Desk, _case: AnyRow, _data: Values, text: str) -> Values:
    """Take the code of the case into which another one goes."""
    code = case_code_in(text)
    if code is None:
        raise ActRefused("Xin gõ mã của phản ánh được giữ lại, ví dụ PAKN-BN-2026-000123.")
    return {"master": code}


def until(desk: Desk, case: AnyRow, data: Values, text: str) -> Values:
    """Take the new last day for the answer."""
    found = answers.day(desk, case, data, text)
    if found["until"] <= desk.day.isoformat():
        raise ActRefused("Ngày gia hạn phải sau hôm nay. Xin gõ lại, ví dụ 15/04/2026.")
    return found
