"""Pictures of citizens as they may be shown to everybody: drawn anew, upright, smaller, with nothing but the picture.

A photograph carries where and when it was taken, by which phone, sometimes an uncropped preview. None of that is
copied: a child process that can be killed draws the pixels into a new file, and what it returns is read part by part
before it is trusted.
"""

import json
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from documents.attachments import JPEG, PNG
from documents.confine import child
from domain.errors import DocumentRefused

WEBP = "image/webp"
ENDINGS = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp"}
"""What is drawn anew, with the ending of its name; a kind stays that kind."""

SECONDS = 20.0
MEMORY_MB = 1024
FILE_BYTES = 20 * 1024 * 1024
PIXELS = 50_000_000
"""Of a picture taken in, several times what phones make; more is refused before a pixel is read."""
LONGEST_SIDE = 2_000
"""Of the copy, in pixels."""

NO_PICTURE = "Tệp “{name}” không phải ảnh .jpg, .png hoặc .webp nên không công khai được."
TOO_LARGE = "Ảnh “{name}” quá lớn nên không công khai được. Xin chụp lại hoặc thu nhỏ ảnh."
BROKEN = "Ảnh “{name}” bị hỏng nên không công khai được."
TOO_SLOW = "Xử lý ảnh “{name}” quá lâu nên đã dừng. Xin thu nhỏ ảnh rồi gửi lại."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that holds nothing but itself; sides in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int


def public_copy(name: str, content: bytes, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> Picture:
    """Return a picture drawn anew; `name` is what its sender calls it.

    Raises DocumentRefused for what is no picture, damaged, or swells; RuntimeError where the copy holds more than a
    picture, which the program must never let out.
    """
    if len(content) > FILE_BYTES:
        raise DocumentRefused(TOO_LARGE.format(name=name))
    with tempfile.TemporaryDirectory(prefix="nhacviec-anh-") as folder:
        path = Path(folder) / "anh"
        path.write_bytes(content)
        command, environment = child("documents.picture_worker", path, seconds, memory_mb)
        try:
            done = subprocess.run(command, capture_output=True, env=environment, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            raise DocumentRefused(TOO_SLOW.format(name=name)) from None
    told, _, drawn = done.stdout.partition(b"\n")
    if done.returncode != 0 or not told:
        raise DocumentRefused(BROKEN.format(name=name))
    answer = json.loads(told)
    if "refused" in answer:
        raise DocumentRefused(str(answer["refused"]).format(name=name))
    picture = Picture(drawn, answer["media_type"], answer["width"], answer["height"])
    more = more_than_a_picture(picture.content, picture.media_type)
    if more:
        raise RuntimeError(f"a public copy holds more than a picture: {more}")
    return picture


def more_than_a_picture(content: bytes, media_type: str) -> list[str]:
    """Return the names of all parts of a file that are not the picture itself: EXIF, XMP, comments, previews.

    Sources: ITU-T T.81 (JPEG), W3C PNG 3rd edition, RFC 9649 (WebP).
    """
    parts, allowed = _PARTS[media_type]
    try:
        return [one for one in parts(content) if one not in allowed]
    except (IndexError, struct.error):
        return ["a broken part"]


def _jpeg(content: bytes) -> Iterator[str]:
    """Yield the segments of a JPEG file up to its scan, then what stands behind its end."""
    at = 2
    while content[at : at + 2] != b"\xff\xda":
        if content[at] != 0xFF:
            raise IndexError(at)
        (length,) = struct.unpack_from(">H", content, at + 2)
        marker = content[at + 1]
        plain = marker == 0xE0 and content[at + 4 : at + 9] == b"JFIF\0"
        yield "JFIF" if plain else f"{marker:02x}"
        at += 2 + length
    if not content.endswith(b"\xff\xd9"):
        yield "behind the end"


def _png(content: bytes) -> Iterator[str]:
    at = 8
    while at < len(content):
        (length,) = struct.unpack_from(">L", content, at)
        yield content[at + 4 : at + 8].decode("latin-1")
        at += 12 + length


def _webp(content: bytes) -> Iterator[str]:
    at = 12
    while at < len(content):
        (length,) = struct.unpack_from("<L", content, at + 4)
        yield content[at : at + 4].decode("latin-1")
        at += 8 + length + length % 2


_PARTS = {
    JPEG: (_jpeg, {"JFIF", "db", "c0", "c2", "c4", "dd"}),
    PNG: (_png, {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}),
    WEBP: (_webp, {"VP8 ", "VP8L", "VP8X", "ALPH"}),
}
"""How the parts of a kind are read, and which of them are the picture: tables, sizes, colours, pixels."""
