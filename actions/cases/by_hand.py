"""What a sender without a chat is told by phone or letter: written down once somebody of the office has done it."""

from datetime import datetime

from actions.cases import moving, telling
from actions.cases.wording import said
from domain.errors import ActRefused
from domain.people import Viewer
from storage.cases import rows, tellings
from storage.database import Unit


def texts(unit: Unit, case_id: int) -> list[str]:
    """Return the words in which a case's sender is still to be told, one text a telling, oldest first."""
    row, waiting = rows.get(unit, case_id), tellings.of_case_by_hand(unit, case_id)
    return [] if row is None else [telling.text(unit, row, one.kind, one.data, private=True) for one in waiting]


def told(unit: Unit, viewer: Viewer, case_id: int, telling_ids: list[int], how: str, now: datetime) -> None:
    """Write that a case's sender has been told these, and how. Raises ActRefused where all of it was told before."""
    row = moving.of_office(unit, viewer, case_id)
    how = said(how, "đã báo người gửi bằng cách nào", 5, 300)
    theirs = [one for one in (tellings.get(unit, each) for each in telling_ids) if one and one.case_id == row.id]
    done = [one.id for one in theirs if tellings.told(unit, one.id, viewer.person_id, how, now)]
    if not done:
        raise ActRefused(f"Người gửi của {row.code} đã được đồng nghiệp báo rồi.")
    moving.note(unit, row, "told", now, viewer=viewer, text=how, data={"tellings": done})
