"""What is typed about a case by who works on it: each answer read and checked before it is shown once more."""

from collections.abc import Callable

from actions import dates
from actions.cases import files
from bot.caseload.asking import Values
from bot.desk import Desk
from bot.reassigning import alike
from bot.reporting import take_files
from domain.cases.decisions import Outcome
from domain.errors import ActRefused
from domain.evidence import document_in, impossible_date_in
from domain.incoming import Sent
from domain.words import squeeze
from storage.views.cases.caseload import Case


def words(key: str, what: str, least: int = 5, most: int = 2000) -> Callable[[Desk, Case, Values], Values]:
    """Return a reader of plain words of a length, kept under `key`."""

    def read(desk: Desk, _case: Case, _data: Values) -> Values:
        said = desk.incoming.text.strip()
        if not least <= len(said) <= most:
            raise ActRefused(f"Xin ghi {what} ({least} đến {most} ký tự).")
        return {key: said}

    return read


def agency(desk: Desk, case: Case, _data: Values) -> Values:
    """Take the name or code of another agency. Raises ActRefused for none and for several."""
    found = alike(desk, squeeze(desk.incoming.text), case.agency_id or 0)
    if len(found) > 1:
        names = ", ".join(one.name for one in found[:5])
        raise ActRefused(f"Có {len(found)} cơ quan tên gần giống: {names}. Xin gõ đủ tên hoặc mã cơ quan.")
    return {"to": found[0].id, "to_name": found[0].name}


def day(key: str) -> Callable[[Desk, Case, Values], Values]:
    """Return a reader of a day ahead, kept under `key`."""

    def read(desk: Desk, _case: Case, _data: Values) -> Values:
        return {key: dates.read_due(squeeze(desk.incoming.text), desk.now).isoformat()}

    return read


def outcome(_desk: Desk, _case: Case, _data: Values) -> Values:
    """Refuse words where one of the outcomes is to be chosen."""
    raise ActRefused("Xin chọn một kết quả: " + "; ".join(one.label for one in Outcome) + ".")


def document(desk: Desk, _case: Case, _data: Values) -> Values:
    """Take number and date of a letter. Raises ActRefused where one of them is missing or impossible."""
    text = squeeze(desk.incoming.text)
    wrong = impossible_date_in(text, desk.day)
    if wrong is not None:
        raise ActRefused(f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày.")
    found = document_in(text, desk.day)
    if not found.number or found.on is None:
        raise ActRefused("Xin gõ đủ số và ngày, ví dụ: 45/STP-VP ngày 20/02/2026.")
    return {"number": found.number, "on": found.on.isoformat()}


def file(desk: Desk, _case: Case, _data: Values) -> Values:
    """Take the letter as files, fetched into the house meanwhile. Raises ActRefused for words, and for none taken."""
    if desk.incoming.sent is not Sent.FILE:
        raise ActRefused("Xin gửi tệp, hoặc gõ “bỏ qua”.")
    if desk.viewer is None or not desk.viewer.own_agencies:
        raise ActRefused("Tệp của Văn phòng gửi trên trang làm việc. Xin gõ “bỏ qua”.")
    looked = files.look(desk.unit, desk.incoming.files, 0)
    if not looked.taken:
        raise ActRefused(" ".join(looked.refused) or "Chưa nhận được tệp nào. Xin gửi lại tệp.")
    kept = take_files(desk, quiet=True)
    return {"files": list(kept.file_ids), "names": [one.name for one in looked.taken]}
