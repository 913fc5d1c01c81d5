"""The letter that urges: a few tasks within it, many behind the signature, by agency."""

import io
from datetime import date

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from messages.official import Letterhead, Signatory
from messages.urging_letter import Entry, UrgingLetter, docx


def letter(tasks: int, agencies: int) -> tuple[list[str], list[list[str]], int]:
    """Return what stands in the letter's body and tables in order, the rows of its last table, and its sections."""
    names = [f"Sở Mẫu {at}" for at in range(agencies)]
    due = date(2026, 3, 5)
    entries = [
        Entry(f"Việc {name}.{at}", "Kế hoạch số 15/KH-UBND", name, due, 11, 7)
        for name in names
        for at in range(tasks // agencies)
    ]
    head = Letterhead("Ủy ban nhân dân tỉnh Mẫu", "Văn phòng", "VP-KSTT", "Mẫu")
    signatory = Signatory("", "Phó Chánh Văn phòng", "Nguyễn Mẫu An")
    grounds = [f"Kế hoạch số {at}/KH-UBND" for at in range(9)]
    made = UrgingLetter(head, signatory, "Văn phòng UBND tỉnh", names, grounds, entries, date(2026, 3, 16), due)
    read = Document(io.BytesIO(docx(made)))
    texts = ["".join(one.text or "" for one in part.iter(qn("w:t"))) for part in read.element.body.iterchildren()]
    rows = [[cell.text for cell in row.cells] for row in read.tables[-1].rows]
    assert [one.orientation for one in read.sections[1:]] == [WD_ORIENT.LANDSCAPE] * (len(read.sections) - 1)
    return texts, rows, len(read.sections)


def place(texts: list[str], words: str) -> int:
    return next(at for at, text in enumerate(texts) if words in text)


@pytest.mark.parametrize(("tasks", "apart"), [(12, False), (13, True), (26, True)])
def test_many_tasks_stand_behind_the_signature(tasks: int, apart: bool) -> None:
    texts, rows, sections = letter(tasks, 1 if tasks == 13 else 2)
    asks, signed, table = (place(texts, words) for words in ("khẩn trương", "Nguyễn Mẫu An", "Việc Sở Mẫu 0.0"))
    assert ((asks < signed < table), sections) == (apart, 1 + apart)
    assert asks < signed
    assert f"còn {tasks} nhiệm vụ của 0" in "".join(texts)
    assert ("Phụ lục kèm theo" in "".join(texts)) is apart
    assert len([row for row in rows if row[1].startswith("Việc")]) == (tasks if apart else 0)


def test_the_appendix_names_its_letter_and_goes_by_agency() -> None:
    texts, rows, _ = letter(40, 20)
    said = "\n".join(texts)
    assert "Kính gửi: Các cơ quan, đơn vị có tên trong Phụ lục kèm theo" in said
    assert "(lâu nhất 11 ngày)" in said
    assert "5/KH-UBND và 03 văn bản khác ghi bên từng nhiệm vụ;" in said
    assert texts[place(texts, "PHỤ LỤC") + 1].startswith("(Kèm theo Công văn số        /VP-KSTT ngày")
    assert [row[0] for row in rows[:5]] == ["TT", "1. Sở Mẫu 0: 02 nhiệm vụ", "1", "2", "2. Sở Mẫu 1: 02 nhiệm vụ"]
    assert len(set(rows[1])) == 1, "one cell over the whole table"
    assert rows[-1] == ["40", "Việc Sở Mẫu 19.1", "Kế hoạch số 15/KH-UBND", "05/03/2026", "11", "07"]
