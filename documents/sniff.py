"""What a file is, told by its content; the name's ending is never believed."""

import codecs
import zipfile
from enum import Enum, auto
from pathlib import Path

from documents import legacy, limits
from domain.errors import DocumentRefused
from domain.words import nfc

MISSING = "Không tìm thấy tệp “{name}”; xin kiểm tra lại đường dẫn."
NOT_A_FILE = "“{name}” không phải là tệp; xin chọn một tệp văn bản."
UNREADABLE = "Không mở được tệp “{name}”: không có quyền đọc; xin kiểm tra quyền truy cập."
EMPTY = "Tệp “{name}” trống, không có nội dung; xin gửi lại tệp có phụ lục giao nhiệm vụ."
PASSWORD = "Tệp “{name}” có mật khẩu nên không đọc được; xin bỏ mật khẩu rồi gửi lại."
OLD_WORD = "Tệp “{name}” là Word kiểu cũ (.doc); xin mở bằng Word, lưu lại thành .docx rồi gửi lại."
OLD_EXCEL = "Tệp “{name}” là Excel kiểu cũ (.xls); xin mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."
RICH_TEXT = "Tệp “{name}” là định dạng RTF; xin mở bằng Word, lưu lại thành .docx rồi gửi lại."
OPEN_DOCUMENT = "Tệp “{name}” là định dạng OpenDocument; xin lưu lại thành .docx hoặc .xlsx rồi gửi lại."
OTHER_ARCHIVE = "Tệp “{name}” là tệp nén hoặc định dạng khác; xin gửi tệp .docx, .xlsx, .pdf hoặc .txt."
DAMAGED = "Tệp “{name}” bị hỏng hoặc tải về chưa đủ; xin lấy lại tệp gốc rồi gửi lại."
BINARY = "Tệp “{name}” không phải văn bản đọc được; xin gửi tệp .docx, .xlsx, .pdf hoặc .txt."
IMAGE = "Tệp “{name}” là ảnh, không có chữ để đọc; xin gửi tệp .docx, .xlsx hoặc .pdf có chữ."
ENCODING = "Không nhận ra bảng mã chữ của tệp “{name}”; xin lưu lại bằng Unicode (UTF-8) rồi gửi lại."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_HEAD = 8192
_VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯạảấầẩậắặẹẻếềểệịọỏốồổộớờởợụủứừửựỳỵ")


class Kind(Enum):
    """The kinds of file that can be read."""

    TEXT = auto()
    WORD = auto()
    SHEET = auto()
    PDF = auto()


def kind(path: Path) -> Kind:
    """Tell what the file is. Raises DocumentRefused with a sentence for everything that cannot be read."""
    name = path.name
    if not path.exists():
        raise DocumentRefused(MISSING.format(name=name))
    if not path.is_file():
        raise DocumentRefused(NOT_A_FILE.format(name=name))
    limits.check_size(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise DocumentRefused(UNREADABLE.format(name=name)) from error
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\x0c"):
        raise DocumentRefused(EMPTY.format(name=name))
    return _by_head(path, head)


def _by_head(path: Path, head: bytes) -> Kind:
    name = path.name
    if head.startswith(b"PK"):
        return _archive(path)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_OLE):
        raise DocumentRefused(_ole_sentence(path.read_bytes()).format(name=name))
    if head.startswith(b"{\\rtf"):
        raise DocumentRefused(RICH_TEXT.format(name=name))
    if head.startswith(_IMAGES):
        raise DocumentRefused(IMAGE.format(name=name))
    if _is_binary(head):
        raise DocumentRefused(BINARY.format(name=name))
    return Kind.TEXT


def _archive(path: Path) -> Kind:
    try:
        limits.check_directory(path, path.name)
        with zipfile.ZipFile(path) as archive:
            limits.check_archive(archive, path.name)
            parts = set(archive.namelist())
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise DocumentRefused(PASSWORD.format(name=path.name))
            kind_named = archive.read("mimetype")[:60] if "mimetype" in parts else b""
    except limits.BROKEN_ARCHIVE as error:
        raise DocumentRefused(DAMAGED.format(name=path.name)) from error
    if "word/document.xml" in parts:
        return Kind.WORD
    if "xl/workbook.xml" in parts:
        return Kind.SHEET
    if b"opendocument" in kind_named:
        raise DocumentRefused(OPEN_DOCUMENT.format(name=path.name))
    sentence = DAMAGED if "[Content_Types].xml" in parts and not any("/" in p for p in parts) else OTHER_ARCHIVE
    raise DocumentRefused(sentence.format(name=path.name))


def _ole_sentence(content: bytes) -> str:
    """Return the refusal for a file in Microsoft's old container, by the names of the streams in it."""
    streams = (
        ("EncryptedPackage", PASSWORD),
        ("EncryptionInfo", PASSWORD),
        ("WordDocument", OLD_WORD),
        ("Workbook", OLD_EXCEL),
        ("Book", OLD_EXCEL),
    )
    return next((said for stream, said in streams if stream.encode("utf-16-le") in content), BINARY)


def _is_binary(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_bare_utf16(head):
        return False
    odd = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d")
    return b"\x00" in head or odd * 50 > len(head)


def _is_bare_utf16(head: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark: its tabs, spaces and line ends show it."""
    marks = sum(head[i : i + 2] in (b" \x00", b"\n\x00", b"\t\x00") for i in range(0, len(head) - 1, 2))
    big_marks = sum(head[i : i + 2] in (b"\x00 ", b"\x00\n", b"\x00\t") for i in range(0, len(head) - 1, 2))
    if max(marks, big_marks) * 40 < len(head):
        return None
    return "utf-16-le" if marks > big_marks else "utf-16-be"


def decode(content: bytes, name: str) -> str:
    """Return the text of a text file in form C: UTF-8, UTF-16, or the Vietnamese code page 1258.

    Raises DocumentRefused where none of them gives Vietnamese text, and for TCVN3 and VNI by their names.
    """
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16", name)
    elif order := _is_bare_utf16(content[:_HEAD]):
        return _decoded(content, order, name)
    try:
        return nfc(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3:
            raise DocumentRefused(DAMAGED.format(name=name)) from error
    if (encoding := legacy.encoding_of(content.decode("latin-1").splitlines())) is not None:
        raise DocumentRefused(legacy.LEGACY.format(name=name, encoding=encoding))
    text = _decoded(content, "cp1258", name)
    if not _VIETNAMESE.intersection(text) or any("\x80" <= letter <= "\x9f" for letter in text):
        raise DocumentRefused(ENCODING.format(name=name))
    return text


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return nfc(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise DocumentRefused(ENCODING.format(name=name)) from error
