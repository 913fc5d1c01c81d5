"""Pictures for everybody: upright, small, and nothing but the picture."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base
from PIL.PngImagePlugin import PngInfo

from documents.pictures import LONGEST_SIDE, more_than_a_picture, public_copy
from domain.errors import DocumentRefused

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><geo>21.18,106.07</geo></x:xmpmeta>'
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def exif(orientation: int = 6) -> Image.Exif:
    """What a phone writes: how it was held, which phone it was, when, where."""
    held = Image.Exif()
    held[Base.Orientation] = orientation
    held[Base.Make] = "MAYMAU"
    held[Base.DateTime] = "2026:03:05 14:30:00"
    held.get_ifd(IFD.GPSInfo)[2] = (21.0, 11.0, 5.0)
    return held


def photograph(kind: str, size: tuple[int, int] = (300, 200)) -> bytes:
    """A picture, its left half red, with all that tells of who took it."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    stream = io.BytesIO()
    more: dict[str, object] = {"exif": exif()}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Author", "Nguyễn Mẫu An 0912345678")
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more["pnginfo"] = notes
    elif kind == "WEBP":
        more |= {"xmp": XMP, "icc_profile": b"\0" * 200}
    else:
        more |= {"xmp": XMP, "comment": "Nguyễn Mẫu An".encode()}
    picture.save(stream, kind, **more)
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_holds_nothing_but_the_picture_and_stands_upright(kind: str) -> None:
    taken = photograph(kind)
    assert b"MAYMAU" in taken
    assert more_than_a_picture(taken, KINDS[kind])
    copy = public_copy("anh", taken)
    assert (copy.media_type, copy.width, copy.height) == (KINDS[kind], 200, 300)
    assert more_than_a_picture(copy.content, copy.media_type) == []
    for told in (b"MAYMAU", b"GPS", b"Exif", b"geo", b"adobe", "Mẫu".encode(), b"2026:03"):
        assert told not in copy.content
    with Image.open(io.BytesIO(copy.content)) as shown:
        assert shown.size == (200, 300)
        assert not shown.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "Author"} & set(shown.info)
        top, bottom = (shown.convert("RGB").getpixel((100, y)) for y in (30, 270))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 60 > top[2]
    assert bottom[2] > 200 > 60 > bottom[0]


def test_what_is_too_large_is_made_smaller() -> None:
    stream = io.BytesIO()
    Image.new("L", (3000, 1200), 128).save(stream, "JPEG")
    copy = public_copy("anh.jpg", stream.getvalue())
    assert (copy.width, copy.height) == (LONGEST_SIDE, 800)


def bomb(width: int, height: int) -> bytes:
    """A few bytes that promise a picture of many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bomb(20_000, 20_000), "quá lớn"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "anh.jpg"),
        (photograph("JPEG")[:900], "hỏng"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải ảnh"),
        (b"", "không phải ảnh"),
    ],
)
def test_what_is_no_sound_picture_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        public_copy("anh.jpg", content)


def test_parts_behind_the_end_are_seen() -> None:
    copy = public_copy("anh", photograph("JPEG"))
    assert more_than_a_picture(copy.content + b"PK\x03\x04", copy.media_type) == ["behind the end"]
    assert more_than_a_picture(copy.content[:40], copy.media_type) == ["a broken part"]
