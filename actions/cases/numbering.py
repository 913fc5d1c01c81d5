"""The number and date of the letter that answers, written down once the registry has given them."""

from datetime import date, datetime

from actions.cases import moving
from domain.errors import ActRefused
from domain.local import today
from domain.people import Viewer
from domain.words import squeeze
from storage.cases import answers
from storage.database import Unit

LONGEST = 80
"""Characters of a document's number."""


def number_answer(
    unit: Unit, viewer: Viewer | None, case_id: int, number: str, on: date | None, now: datetime, signer: str = ""
) -> None:
    """Write number, date and signer of the answer in force; for a coordinator or the operator.

    Raises ActRefused where the case has no answer, the number is none, or the date lies in the future.
    """
    row = moving.of_office(unit, viewer, case_id)
    given = [one for one in answers.of(unit, row.id) if one.state == answers.APPROVED]
    if not given:
        raise ActRefused(f"{row.code} chưa có câu trả lời được duyệt nên chưa ghi được số văn bản trả lời.")
    said = squeeze(number)
    if not said or len(said) > LONGEST:
        raise ActRefused(f"Số văn bản cần từ 1 đến {LONGEST} ký tự, ví dụ 45/SNNMT-VP.")
    if on is not None and on > today(now):
        raise ActRefused("Ngày đang ở tương lai. Xin kiểm tra lại ngày.")
    last = given[-1]
    answers.change(unit, last.id, number=said, date=on or last.date, signer=squeeze(signer)[:120] or last.signer)
    data = {"answer_number": said, "answer_on": on.isoformat() if on else None}
    moving.note(unit, row, "numbers", now, viewer=viewer, actor=moving.operator(viewer), data=data)
