"""What is typed, or chosen, about a case by those who work on it: each answer read and checked before it is shown."""

from collections.abc import Sequence

from actions import dates
from bot.acts.flow import OFFER, Reader, Subject, Values
from bot.desk import Desk
from bot.reassigning import SHOWN, alike
from domain.cases.decisions import Outcome
from domain.errors import ActRefused
from domain.evidence import document_in, impossible_date_in
from domain.words import squeeze
from storage.views import office

CHOSEN = "#"
"""Before what a choice names, so that no typed words are taken for it."""

NO_LETTER: Values = {"number": "", "on": ""}
"""What is kept where there is no letter."""


def words(key: str, least: int, most: int, what: str, *, lines: bool = False) -> Reader:
    """Return a reader of plain words of a length, kept under `key`; with `lines` as they are, else in one line."""

    def read(_desk: Desk, _case: Subject, _data: Values, text: str) -> Values:
        said = text.strip() if lines else squeeze(text)
        if not least <= len(said) <= most:
            raise ActRefused(f"Xin gõ {what} ({least} đến {most} ký tự).")
        return {key: said}

    return read


def one_of(key: str, allowed: Sequence[str], what: str) -> Reader:
    """Return a reader of one of the answers that are offered, kept under `key`."""

    def read(_desk: Desk, _case: Subject, _data: Values, text: str) -> Values:
        if squeeze(text) not in allowed:
            raise ActRefused(f"Xin chọn một {what} trong danh sách trên, bằng số hoặc nút.")
        return {key: squeeze(text)}

    return read


outcome = one_of("outcome", list(Outcome), "kết quả")
"""Reads one of the outcomes of Điều 15."""


def outcomes(_desk: Desk, _case: Subject, _data: Values) -> Sequence[tuple[str, str]]:
    """Offer the outcomes of Điều 15."""
    return [(one.label, one.value) for one in Outcome]


def document(desk: Desk, _case: Subject, _data: Values, text: str) -> Values:
    """Take number and date of a document in one line."""
    said = squeeze(text)
    wrong = impossible_date_in(said, desk.day)
    if wrong is not None:
        raise ActRefused(f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày.")
    found = document_in(said, desk.day)
    if found.number is None or found.on is None:
        raise ActRefused("Xin gõ đủ số và ngày văn bản trong một dòng, ví dụ 45/STP-VP ngày 15/01/2026.")
    return {"number": found.number, "on": found.on.isoformat()}


def day(desk: Desk, _case: Subject, _data: Values, text: str) -> Values:
    """Take a day of a limit, as `until`."""
    return {"until": dates.read_due(squeeze(text), desk.now).isoformat()}


def agency(desk: Desk, text: str, but: int | None) -> Values:
    """Take an agency by name, code or choice; offer those of a like name where it is not one alone.

    `but` is the one that is not meant. Raises ActRefused where there is none.
    """
    said = squeeze(text)
    chosen = [one for one in office.agencies_on(desk.unit, desk.day) if f"{CHOSEN}{one.id}" == said]
    found = chosen or alike(desk, said, but or 0)
    if len(found) == 1:
        return {"agency": found[0].id, "name": found[0].name}
    return {OFFER: [(one.name, f"{CHOSEN}{one.id}") for one in found[:SHOWN]]}
