"""How large a file may be before it is refused unread, and what reading a damaged one raises."""

import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from domain.errors import DocumentRefused

FILE_BYTES = 50 * 1024 * 1024
UNPACKED_BYTES = 400 * 1024 * 1024
PARTS = 5_000
DIRECTORY_BYTES = 2 * 1024 * 1024
"""Of an archive's table of contents, which costs some fifty times as much once it is read."""
RATIO, RATIO_FROM = 200, 20 * 1024 * 1024
PDF_PAGES = 1_000

BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RecursionError,
    ValueError,
)
"""What reading a damaged archive of XML parts raises."""

TOO_LARGE = "Tệp “{name}” quá lớn (tối đa {limit} MB); xin gửi riêng phần phụ lục giao nhiệm vụ."
BOMB = (
    "Tệp “{name}” nén bất thường nên không mở, vì có thể gây hại; xin kiểm tra lại tệp và lưu lại từ Word hoặc Excel."
)
TOO_LONG = "Tệp “{name}” có quá nhiều trang (tối đa {limit}); xin gửi riêng phần phụ lục giao nhiệm vụ."


def check_size(path: Path) -> None:
    """Raise DocumentRefused where the file is larger than FILE_BYTES."""
    if path.stat().st_size > FILE_BYTES:
        raise DocumentRefused(TOO_LARGE.format(name=path.name, limit=FILE_BYTES // 1024 // 1024))


_END, _ENTRY = b"PK\x05\x06", b"PK\x01\x02"
_LARGE_END, _LARGE_END_AT = b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _LARGE_END_BYTES, _LARGE_END_AT_BYTES = 22, 56, 20
_COMMENT_BYTES = 0xFFFF


def check_directory(path: Path, name: str) -> None:
    """Raise DocumentRefused where an archive's table of contents would cost too much, before anything reads it.

    The records at its end say where the table lies; how many entries it has is counted, never believed. Raises
    zipfile.BadZipFile for what has no such end. Source: PKWARE's APPNOTE 6.3.10, 4.3.12 to 4.3.16.
    """
    with path.open("rb") as stream:
        length = stream.seek(0, 2)
        start = stream.seek(max(0, length - _END_BYTES - _COMMENT_BYTES - _LARGE_END_BYTES - _LARGE_END_AT_BYTES))
        tail = stream.read()
        at, size = _directory_end(tail)
        if size > DIRECTORY_BYTES:
            raise DocumentRefused(BOMB.format(name=name))
        if size > start + at:
            raise zipfile.BadZipFile("the table of contents is longer than the archive")
        stream.seek(start + at - size)
        if stream.read(size).count(_ENTRY) > PARTS:
            raise DocumentRefused(BOMB.format(name=name))


def _directory_end(tail: bytes) -> tuple[int, int]:
    """Return where in the last bytes of an archive its table of contents ends, and how many bytes it has."""
    at = len(tail) - _END_BYTES
    if at < 0 or not tail.startswith(_END, at) or not tail.endswith(b"\0\0"):
        at = tail.rfind(_END)
    if at < 0 or at + _END_BYTES > len(tail):
        raise zipfile.BadZipFile("no end of the table of contents")
    (size,) = struct.unpack_from("<L", tail, at + 12)
    locator = at - _LARGE_END_AT_BYTES
    if locator < 0 or not tail.startswith(_LARGE_END_AT, locator):
        return at, size
    large = locator - _LARGE_END_BYTES
    if large < 0 or not tail.startswith(_LARGE_END, large):
        raise zipfile.BadZipFile("the large end of the table of contents is not where it belongs")
    (size,) = struct.unpack_from("<Q", tail, large + 40)
    return large, size


def check_archive(archive: zipfile.ZipFile, name: str) -> None:
    """Raise DocumentRefused where unpacking would cost far more than the file's size promises."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > PARTS or unpacked > UNPACKED_BYTES:
        raise DocumentRefused(BOMB.format(name=name))
    if unpacked > RATIO_FROM and unpacked / packed > RATIO:
        raise DocumentRefused(BOMB.format(name=name))
