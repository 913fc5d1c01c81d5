"""What a file sent in as evidence is, by its content: signed documents, tables, pictures. Nothing that runs.

The file is looked at, never opened in full: an archive's table of contents, the first bytes of anything else.
"""

import zipfile
from pathlib import Path

from documents import limits
from domain.errors import DocumentRefused

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEAD = 1024
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_BOOKS = (("word/document.xml", WORD), ("xl/workbook.xml", SHEET))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUNS = ("vbaproject.bin", "vbadata.xml", "/activex/")
"""Parts of an Office file by which it can do more than be read; an embedded chart is no such part."""

ENDINGS = {PDF: ".pdf", WORD: ".docx", SHEET: ".xlsx", "image/png": ".png", "image/jpeg": ".jpg"}
"""What is taken, with the ending of its name."""

TAKEN = "Chỉ nhận PDF, Word (.docx), Excel (.xlsx) và ảnh (.jpg, .png)."
EMPTY = "Tệp “{name}” rỗng. Xin chọn lại tệp."
DAMAGED = "Tệp “{name}” bị hỏng nên không nhận được. Xin mở lại bằng Word hoặc Excel, lưu rồi gửi lại."
OLD = "Tệp “{name}” là định dạng cũ hoặc có mật khẩu. Xin lưu lại thành .docx, .xlsx hoặc PDF, bỏ mật khẩu rồi gửi."
MACROS = "Tệp “{name}” có macro nên không nhận. Xin lưu lại thành PDF rồi gửi."
OTHER = "Tệp “{name}” không thuộc loại được nhận. {taken}"


def media_type(path: Path, name: str) -> str:
    """Return what the file at `path` holds. Raises DocumentRefused with a sentence that calls it `name`."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise DocumentRefused(EMPTY.format(name=name))
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"PK"):
        return _book(path, name)
    if head.startswith(_OLE):
        raise DocumentRefused(OLD.format(name=name))
    found = next((kind for mark, kind in _PICTURES if head.startswith(mark)), None)
    if found is None:
        raise DocumentRefused(OTHER.format(name=name, taken=TAKEN))
    return found


def _book(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            limits.check_archive(archive, name)
            parts = {part.filename.lower() for part in archive.infolist()}
    except limits.BROKEN_ARCHIVE as error:
        raise DocumentRefused(DAMAGED.format(name=name)) from error
    kind = next((kind for part, kind in _BOOKS if part in parts), None)
    if kind is None:
        raise DocumentRefused(OTHER.format(name=name, taken=TAKEN))
    if any(mark in f"/{part}" for part in parts for mark in _RUNS):
        raise DocumentRefused(MACROS.format(name=name))
    return kind
