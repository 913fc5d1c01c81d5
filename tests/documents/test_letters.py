"""The first pages of files sent as evidence: text where there is any, a polite refusal of what is dangerous."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from documents import letters
from domain.errors import DocumentRefused
from domain.replies.letter import read_letter
from tests.documents.tiny_pdf import Page, save
from tests.flows.evidence_files import pdf_file, scan, with_macros, word_file
from tests.web.link_office import content_types

DAY = "18 tháng 01 năm 2026"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_word_letter_and_a_pdf_letter_read_alike(tmp_path: Path) -> None:
    as_word = letters.read("a.docx", word_file("45/BC-STP", DAY, "kết quả rà soát"))
    as_pdf = letters.read("a.pdf", pdf_file(tmp_path, "45/BC-STP", DAY, "kết quả rà soát"))
    assert (as_word.media_type, as_pdf.media_type) == (WORD, PDF)
    for pages in (as_word, as_pdf):
        letter = read_letter(pages.text)
        assert (letter.number, str(letter.on), letter.subject) == ("45/BC-STP", "2026-01-18", "kết quả rà soát")
        assert letter.issuer == "SỞ TƯ PHÁP"


def test_the_columns_of_a_letterhead_are_parted(tmp_path: Path) -> None:
    text = letters.read("a.pdf", pdf_file(tmp_path, "45/BC-STP", DAY, "kết quả rà soát")).text
    assert text.split("\n")[0] == "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_only_the_first_two_pages_are_looked_at(tmp_path: Path) -> None:
    pages = [Page(), Page(), Page()]
    for number, page in enumerate(pages, 1):
        page.write(40, 20, f"Trang {number}")
    text = letters.read("a.pdf", save(tmp_path / "a.pdf", pages).read_bytes()).text
    assert text == "Trang 1\nTrang 2"


def test_a_scan_a_picture_and_a_damaged_letter_have_no_text(tmp_path: Path) -> None:
    assert letters.read("a.pdf", scan(tmp_path)) == letters.FirstPages(PDF, "")
    assert letters.read("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50) == letters.FirstPages("image/png", "")
    assert letters.read("a.pdf", b"%PDF-1.4 cut short") == letters.FirstPages(PDF, "")


def large() -> bytes:
    """A Word document of 50,000 paragraphs."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types("word/document.xml"))
        body = "".join(f"<w:p><w:r><w:t>Dòng {number}</w:t></w:r></w:p>" for number in range(50_000))
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>')
    return kept.getvalue()


@pytest.mark.parametrize(("seconds", "memory_mb"), [(0.01, 1024), (20.0, 16)], ids=["slow", "hungry"])
def test_a_letter_that_costs_too_much_has_no_text(seconds: float, memory_mb: int) -> None:
    assert letters.read("a.docx", large(), seconds=seconds, memory_mb=memory_mb) == letters.FirstPages(WORD, "")


def test_of_a_long_document_the_beginning_is_read() -> None:
    assert letters.read("a.docx", large()).text.startswith("Dòng 0\nDòng 1\n")


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    return kept.getvalue()


def legacy() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_macros(), "có macro"),
        (bomb(), "nén bất thường"),
        (legacy(), "định dạng cũ"),
        (b"MZ\x90\x00 a program", "không thuộc loại được nhận"),
        (b"", "rỗng"),
    ],
    ids=["macros", "bomb", "old", "program", "empty"],
)
def test_what_is_dangerous_or_unknown_is_refused_by_its_content(content: bytes, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said) as refused:
        letters.read("bao-cao.docx", content)
    assert "bao-cao.docx" in refused.value.sentence


def test_an_old_encoding_is_no_text() -> None:
    book = docx.Document()
    for line in ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc", "Sè: 45/BC-STP"):
        book.add_paragraph(line)
    kept = io.BytesIO()
    book.save(kept)
    assert letters.read("a.docx", kept.getvalue()).text == ""
