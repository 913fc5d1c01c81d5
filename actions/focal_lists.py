"""The list of focal officers as files, by the office's letterhead."""

from datetime import datetime

from actions.progress_reports import letterhead
from domain.focal import FocalList
from domain.outgoing import Attachment
from messages import focal_list, official, workbook
from storage import audit
from storage.database import Unit
from storage.views import focal

NAME = "danh-sach-dau-moi"


def written(unit: Unit, now: datetime) -> tuple[FocalList, bytes, bytes]:
    """Return the list with its Word file and its workbook."""
    found, about = focal.at(unit, now), letterhead(unit)
    return found, focal_list.paper(found, about.head, about.signatory), focal_list.book(found)


def files(unit: Unit, person_id: int, now: datetime) -> tuple[FocalList, tuple[Attachment, ...]]:
    """Return the list with its files, to go with an answer; who took it is kept."""
    found, paper, book = written(unit, now)
    audit.record(unit, "export", "people", 0, now, person_id=person_id, members=len(found.members))
    return found, (
        unit.shelf.put(paper, f"{NAME}.docx", official.MEDIA_TYPE),
        unit.shelf.put(book, f"{NAME}.xlsx", workbook.MEDIA_TYPE),
    )
