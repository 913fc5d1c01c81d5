"""What a sent file is, by its content alone: where signatures stand, what Office files say of themselves, names."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from documents import attachments, limits
from documents.attachments import JPEG, PDF, PNG, SHEET, WORD
from domain.errors import DocumentRefused
from tests.web.link_office import book, content_types

MAIN = "word/document.xml"


def kind_of(folder: Path, content: bytes) -> str:
    path = folder / "tep"
    path.write_bytes(content)
    return attachments.media_type(path, "a")


def said(folder: Path, content: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        kind_of(folder, content)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xef\xbb\xbf\r\n %PDF-1.4\n", PDF),
        (b"\x89PNG\r\n\x1a\n....", PNG),
        (b"\xff\xd8\xff\xe0....", JPEG),
        (b"\xff\xd8\xff\xdb....", JPEG),
        (book(), WORD),
        (book(ending="xl/workbook.xml"), SHEET),
    ],
)
def test_a_signature_at_the_start_tells_the_kind(tmp_path: Path, content: bytes, kind: str) -> None:
    assert kind_of(tmp_path, content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 %PDF-1.7\n",
        b"<script>alert(1)</script>%PDF-1.7",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff<script>",
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\n....",
    ],
)
def test_a_signature_anywhere_else_or_cut_short_tells_nothing(tmp_path: Path, content: bytes) -> None:
    assert "không thuộc loại được nhận" in said(tmp_path, content)


def archive(parts: list[tuple[str, str | bytes]]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return kept.getvalue()


def typed(types: str | bytes, *parts: str) -> bytes:
    return archive([("[Content_Types].xml", types), (MAIN, b"x"), *((part, b"x") for part in parts)])


GOOD = content_types(MAIN)
PROGRAM = '<Override PartName="/word/du-lieu.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'


@pytest.mark.parametrize(
    "content",
    [
        typed(GOOD, "word/VBAProject.bin"),
        typed(GOOD, "khac/vbaProject2.bin"),
        typed(GOOD, "word\\vbaProject.bin"),
        book("xl/macrosheets/sheet1.xml", ending="xl/workbook.xml"),
        typed(GOOD.replace("</Types>", PROGRAM), "word/du-lieu.bin"),
        typed(GOOD.replace("</Types>", PROGRAM.replace("vba", "&#118;ba")), "word/du-lieu.bin"),
        typed(GOOD.replace("</Types>", PROGRAM).encode("utf-16"), "word/du-lieu.bin"),
        typed(
            GOOD.replace(
                "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                "vnd.ms-word.document.macroEnabled.main",
            )
        ),
    ],
)
def test_macros_are_found_by_parts_and_by_types(tmp_path: Path, content: bytes) -> None:
    assert "macro" in said(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (archive([("META-INF/MANIFEST.MF", b"Main-Class: A"), (MAIN, b"x")]), "bị hỏng"),
        (typed("x"), "bị hỏng"),
        (typed(GOOD.replace("<Types", '<!DOCTYPE a [<!ENTITY b "c">]><Types')), "bị hỏng"),
        (typed(GOOD + " " * 1024 * 1024), "bị hỏng"),
        (archive([("[Content_Types].xml", GOOD), ("[content_types].XML", GOOD), (MAIN, b"x")]), "bị hỏng"),
        (typed(content_types("xl/workbook.xml")), "không thuộc loại được nhận"),
        (typed(GOOD.replace("/word/document.xml", "/khac.xml")), "không thuộc loại được nhận"),
    ],
)
def test_what_does_not_say_that_it_is_a_letter_is_none(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in said(tmp_path, content)


def test_files_as_the_libraries_write_them_are_taken(tmp_path: Path) -> None:
    letter, table = io.BytesIO(), io.BytesIO()
    docx.Document().save(letter)
    openpyxl.Workbook().save(table)
    assert (kind_of(tmp_path, letter.getvalue()), kind_of(tmp_path, table.getvalue())) == (WORD, SHEET)


def entries(count: int, *, told: int | None = None) -> bytes:
    """Return an archive that is nothing but its table of contents; it may tell another count."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *([0] * 6), 0, 0, 0, 1, *([0] * 4), 0, 0) + b"a"
    size = len(entry) * count
    number = min(count if told is None else told, 0xFFFF)
    return b"PK\x03\x04" + entry * count + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, size, 4, 0)


def zip64(content: bytes, size: int | None = None) -> bytes:
    """Return the same archive with the records that large archives end in."""
    end = content[-22:]
    count, told, offset = struct.unpack("<8xHxxLLxx", end)
    large = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, told if size is None else size, offset
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(content) - 22, 1)
    return (
        content[:-22]
        + large
        + locator
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *([0xFFFF] * 2), *([0xFFFFFFFF] * 2), 0)
    )


@pytest.mark.parametrize(
    "content",
    [
        entries(limits.PARTS + 1),
        entries(limits.PARTS + 1, told=3),
        entries(limits.PARTS + 1)[:-2] + b"\x05\x00ghi c",
        entries(50_000),
        zip64(entries(limits.PARTS + 1)),
        zip64(book(), size=limits.DIRECTORY_BYTES + 1),
    ],
)
def test_a_table_of_contents_that_costs_too_much_is_refused_before_anything_reads_it(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "tep"
    path.write_bytes(content)
    with pytest.raises(DocumentRefused, match="nén bất thường"):
        limits.check_directory(path, "a")
    assert "nén bất thường" in said(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    [
        b"PK",
        b"PK\x03\x04" + b"\0" * 60,
        entries(3)[:-1],
        book()[-22:],
        zip64(book(), size=1_000_000),
        zip64(book()).replace(b"PK\x06\x06", b"PK\x06\x05"),
    ],
)
def test_an_archive_with_a_wrong_end_is_damaged(tmp_path: Path, content: bytes) -> None:
    assert "bị hỏng" in said(tmp_path, content)


def test_an_archive_within_the_limits_is_read_whatever_its_end(tmp_path: Path) -> None:
    path = tmp_path / "tep"
    for content in (entries(limits.PARTS), book()[:-2] + b"\x05\x00ghi c", zip64(book())):
        path.write_bytes(content)
        limits.check_directory(path, "a")
    assert kind_of(tmp_path, zip64(book())) == WORD


@pytest.mark.parametrize(
    ("told", "kind", "name"),
    [
        ("bao-cao.exe", PDF, "bao-cao.pdf"),
        ("bao-cao.pdf.exe", PDF, "bao-cao.pdf"),
        ("bao-cao.exe .", PDF, "bao-cao.pdf"),
        ("Báo cáo 45.PDF", PDF, "Báo cáo 45.PDF"),
        ("anh.jpeg", JPEG, "anh.jpeg"),
        ("anh.png", JPEG, "anh.jpg"),
        ("so 45.2026", WORD, "so 45.2026.docx"),
        ("bang", SHEET, "bang.xlsx"),
        (".exe", PDF, "tep.pdf"),
        ("..\\C/a\u202efdp.exe", PDF, "afdp.pdf"),
        ("", PNG, "tep.png"),
        ("a/b.txt", "text/plain", "b.txt"),
    ],
)
def test_a_name_ends_in_what_the_file_is(told: str, kind: str, name: str) -> None:
    assert attachments.named(told, kind) == name


def test_a_long_name_keeps_its_ending() -> None:
    name = attachments.named("a" * 300 + ".exe", PDF)
    assert (len(name), name[-5:]) == (attachments.NAME_LIMIT, "a.pdf")
