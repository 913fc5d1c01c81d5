"""Every file that cannot be read is refused with one sentence that says what is wrong and what to do."""

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from documents import limits, pdf, sniff
from documents.read import read
from domain.errors import DocumentRefused
from tests.documents.tiny_pdf import Page, save

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
HIDDEN = "<" + "00" * 32 + ">"
LOCK = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 "
    f"/O {HIDDEN} /U {HIDDEN} >> /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
)


def refused(path: Path) -> str:
    with pytest.raises(DocumentRefused) as refusal:
        read(path)
    sentence = refusal.value.sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert path.name in sentence
    return sentence


def said(sentence: str, path: Path) -> str:
    return sentence.format(name=path.name)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", sniff.EMPTY),
        (b"\xef\xbb\xbf \r\n\t\r\n", sniff.EMPTY),
        (OLE + "EncryptedPackage".encode("utf-16-le"), sniff.PASSWORD),
        (OLE + "WordDocument".encode("utf-16-le"), sniff.OLD_WORD),
        (OLE + "Workbook".encode("utf-16-le"), sniff.OLD_EXCEL),
        (OLE, sniff.BINARY),
        (b"{\\rtf1\\ansi abc}", sniff.RICH_TEXT),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), sniff.IMAGE),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)), sniff.BINARY),
        (b"\x81\x8d\x8f\x90 abc \x81\x8d" * 9, sniff.ENCODING),
        ("Nội dung công việ".encode()[:-1], sniff.DAMAGED),
        (b"PK\x03\x04 not an archive at all", sniff.DAMAGED),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", sniff.DAMAGED),
    ],
)
def test_by_content_whatever_the_name(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(content)
    assert refused(path) == said(sentence, path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "khong-co.docx") == said(sniff.MISSING, tmp_path / "khong-co.docx")


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == said(sniff.NOT_A_FILE, tmp_path)


def test_the_middle_of_a_word_document_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    book = docx.Document()
    book.add_paragraph("Kế hoạch")
    book.save(str(path))
    path.write_bytes(path.read_bytes()[:-4000])
    assert refused(path) == said(sniff.DAMAGED, path)


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml"])
def test_an_archive_with_broken_parts(part: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<broken")
    assert refused(path) == said(sniff.DAMAGED, path)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, sniff.OPEN_DOCUMENT),
        ({"anh/1.jpg": b"x"}, sniff.OTHER_ARCHIVE),
    ],
)
def test_other_archives(parts: dict[str, bytes], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refused(path) == said(sentence, path)


def test_an_archive_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(limits.RATIO_FROM + 1))
    assert refused(path) == said(limits.BOMB, path)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(limits.FILE_BYTES + 1)
    assert refused(path).startswith(f"Tệp “{path.name}” quá lớn (tối đa 50 MB)")


def test_a_scan(tmp_path: Path) -> None:
    page = Page()
    page.cell(20, 20, 500, 300)
    path = save(tmp_path / "scan.pdf", [page])
    assert refused(path) == said(pdf.SCAN, path)


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    page = Page()
    page.write(20, 20, "Danh mục nhiệm vụ trọng tâm")
    path = save(tmp_path / "khoa.pdf", [page], trailer=LOCK)
    assert refused(path) == said(sniff.PASSWORD, path)


def test_documents_without_any_text(tmp_path: Path) -> None:
    word, sheet = tmp_path / "a.docx", tmp_path / "a.xlsx"
    docx.Document().save(str(word))
    openpyxl.Workbook().save(sheet)
    assert refused(word) == said(sniff.EMPTY, word)
    assert refused(sheet) == said(sniff.EMPTY, sheet)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_encodings_that_are_read(encoding: str, tmp_path: Path) -> None:
    source = "Nô\u0323i dung công viê\u0323c\tThơ\u0300i ha\u0323n\tSơ\u0309 Y tê\u0301\n" * 3
    path = tmp_path / "a.txt"
    path.write_bytes(source.encode(encoding))
    (table,) = read(path).blocks
    assert table.rows[0].cells == ("Nội dung công việc", "Thời hạn", "Sở Y tế")
