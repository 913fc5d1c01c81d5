"""Citizens' cases as a workbook, in the columns of the lists that other registers give out: for entry there."""

from collections.abc import Mapping, Sequence

from domain.register_files import WRITTEN, Field, RegisterRow, cells_of
from messages import workbook
from messages.workbook import MEDIA_TYPE, Workbook

__all__ = ["MEDIA_TYPE", "SHEET", "book"]

SHEET = "Phản ánh, kiến nghị"
_WIDTHS: Mapping[Field, float] = {
    Field.CODE: 20,
    Field.OWN_CODE: 22,
    Field.TITLE: 30,
    Field.CONTENT: 60,
    Field.KIND: 22,
    Field.SUBJECT: 20,
    Field.ABOUT: 24,
    Field.NAME: 22,
    Field.ADDRESS: 28,
    Field.MAIL: 22,
    Field.AGENCY: 26,
    Field.ANSWER: 60,
    Field.LINK: 30,
}
_NARROW = 14


def book(rows: Sequence[RegisterRow], title: Sequence[str] = (), fields: tuple[Field, ...] = WRITTEN) -> bytes:
    """Return the list as a workbook: days are days, everything else is text that no program executes."""
    made = Workbook()
    columns = [workbook.Field(one.label, _WIDTHS.get(one, _NARROW)) for one in fields]
    made.sheet(SHEET, columns, [cells_of(one, fields) for one in rows], title=title)
    return made.saved()
