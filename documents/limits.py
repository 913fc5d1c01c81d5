"""How large a file may be before it is refused unread, and what reading a damaged one raises."""

import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from domain.errors import DocumentRefused

FILE_BYTES = 50 * 1024 * 1024
UNPACKED_BYTES = 400 * 1024 * 1024
PARTS = 10_000
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


def check_archive(archive: zipfile.ZipFile, name: str) -> None:
    """Raise DocumentRefused where unpacking would cost far more than the file's size promises."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > PARTS or unpacked > UNPACKED_BYTES:
        raise DocumentRefused(BOMB.format(name=name))
    if unpacked > RATIO_FROM and unpacked / packed > RATIO:
        raise DocumentRefused(BOMB.format(name=name))
