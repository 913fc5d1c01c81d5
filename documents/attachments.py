"""What a file sent in as evidence is, by its content: signed documents, tables, pictures. Nothing that runs.

The file is looked at, never opened in full: an archive's table of contents, the first bytes of anything else.
"""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from documents import limits
from domain.errors import DocumentRefused
from domain.words import nfc

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEAD = 1024
PNG = "image/png"
JPEG = "image/jpeg"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = re.compile(rb"\xff\xd8\xff[\xc0-\xcf\xda-\xfe]")
"""The start of a picture, then the marker of a segment that has a length. Source: ITU-T T.81, table B.1."""
_PDF = re.compile(rb"(?:\xef\xbb\xbf)?[\0\t\n\f\r ]*%PDF-")
_BOOKS = (("word/document.xml", WORD), ("xl/workbook.xml", SHEET))
_MAIN = ".main+xml"
_TYPES = "[content_types].xml"
_TYPES_BYTES = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUNS = ("vbaproject", "vbadata", "/activex/", "/macrosheets/")
"""In the names of parts by which an Office file can do more than be read; an embedded chart is no such part."""
_RUN_TYPES = ("vbaproject", "macroenabled", "macrosheet", "activex")
"""In the types that an Office file gives to such parts, whatever their names."""

ENDINGS = {PDF: ".pdf", WORD: ".docx", SHEET: ".xlsx", PNG: ".png", JPEG: ".jpg"}
"""What is taken, with the ending of its name."""
_ALSO = {JPEG: (".jpeg", ".jpe")}
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}")
NAME_LIMIT = 120
"""Characters of a file's name."""

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
    if _PDF.match(head):
        return PDF
    if head.startswith(_PNG):
        return PNG
    if _JPEG.match(head):
        return JPEG
    if head.startswith(b"PK"):
        return _book(path, name)
    if head.startswith(_OLE):
        raise DocumentRefused(OLD.format(name=name))
    raise DocumentRefused(OTHER.format(name=name, taken=TAKEN))


def cleaned(told: str) -> str:
    """Return a file's name without folders and signs that cannot be seen, "tep" where nothing is left."""
    name = nfc(told).replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable()).strip()
    return name[-NAME_LIMIT:] or "tep"


def named(told: str, kind: str) -> str:
    """Return the name under which a file of that kind is kept: its ending is the kind's, whatever it was told to be.

    `kind` is what `media_type` returned; the name of any other kind is only cleaned.
    """
    name, ending = cleaned(told), ENDINGS.get(kind)
    if ending is None:
        return name
    right = (ending, *_ALSO.get(kind, ()))
    stem, own = _parted(name)
    if own.lower() not in right:
        before, inner = _parted(stem)
        stem, own = (before, inner) if inner.lower() in right else (stem, ending)
    return (stem.rstrip(". ")[: NAME_LIMIT - len(own)] or "tep") + own


def _parted(name: str) -> tuple[str, str]:
    """Return a name without its ending, and the ending: a dot and one to five letters and digits."""
    bare = name.rstrip(". ")
    stem, dot, rest = bare.rpartition(".")
    return (stem, dot + rest) if _ENDING.fullmatch(dot + rest) else (bare, "")


def _book(path: Path, name: str) -> str:
    try:
        limits.check_directory(path, name)
        with zipfile.ZipFile(path) as archive:
            limits.check_archive(archive, name)
            parts = {_plain(part.filename) for part in archive.infolist()}
            kind = _kind(parts, name)
            types = _types(archive)
    except limits.BROKEN_ARCHIVE as error:
        raise DocumentRefused(DAMAGED.format(name=name)) from error
    if any(mark in told for told in (*types, *types.values()) for mark in (*_RUNS, *_RUN_TYPES)):
        raise DocumentRefused(MACROS.format(name=name))
    main = next(part for part, one in _BOOKS if one == kind)
    if types.get(f"/{main}", types.get("xml")) != kind + _MAIN:
        raise DocumentRefused(OTHER.format(name=name, taken=TAKEN))
    return kind


def _kind(parts: set[str], name: str) -> str:
    kind = next((kind for part, kind in _BOOKS if part in parts), None)
    if kind is None:
        raise DocumentRefused(OTHER.format(name=name, taken=TAKEN))
    if any(mark in f"/{part}" for part in parts for mark in _RUNS):
        raise DocumentRefused(MACROS.format(name=name))
    return kind


def _types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the types that an Office file names, by part ("/word/document.xml") or ending ("xml"), in small letters.

    Raises ValueError for a list of types that is missing, given twice, or not written as Office writes it.
    Source: ECMA-376 part 2, 10.1.2.
    """
    (part,) = (one for one in archive.infolist() if _plain(one.filename) == _TYPES)
    if part.file_size > _TYPES_BYTES:
        raise ValueError("the list of types is too long")
    with archive.open(part) as stream:
        content = stream.read(_TYPES_BYTES)
    text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    if "<!DOCTYPE" in text:
        raise ValueError("the list of types has a grammar of its own")
    listed = ElementTree.fromstring(text)
    return {
        _plain(one.get("PartName") or one.get("Extension") or ""): (one.get("ContentType") or "").lower()
        for one in listed
    }


def _plain(part: str) -> str:
    return part.replace("\\", "/").lower()
