"""What citizens' files are, by their content."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from documents.citizen_files import TAKEN, media_type, named
from domain.errors import DocumentRefused

KNOWN = [
    (b"\xff\xd8\xff\xe0" + b"0" * 40, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png"),
    (b"%PDF-1.7 " + b"0" * 40, "application/pdf"),
    (b"\0\0\0\x18ftypmp42" + b"0" * 40, "video/mp4"),
    (b"\0\0\0\x18ftypheic" + b"0" * 40, "image/heic"),
    (b"\0\0\0\x18ftypM4A " + b"0" * 40, "audio/mp4"),
    (b"\0\0\0\x14ftypqt  " + b"0" * 40, "video/quicktime"),
    (b"OggS\0\x02" + b"0" * 40, "audio/ogg"),
    (b"ID3\x04\0" + b"0" * 40, "audio/mpeg"),
    (b"\xff\xfb\x90\x64" + b"0" * 40, "audio/mpeg"),
    (b"RIFF\0\0\0\0WAVE" + b"0" * 40, "audio/wav"),
    (b"RIFF\0\0\0\0WEBP" + b"0" * 40, "image/webp"),
]


@pytest.mark.parametrize(("content", "kind"), KNOWN)
def test_what_phones_make_is_taken(tmp_path: Path, content: bytes, kind: str) -> None:
    (path := tmp_path / "tep").write_bytes(content)
    assert media_type(path, "ảnh hiện trường.jpg") == kind


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\0" + b"0" * 40, b"#!/bin/sh\nrm -rf", b"\x7fELF" + b"0" * 40, b"<html><script>", b"Rar!\x1a\x07", b""],
)
def test_what_may_run_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (path := tmp_path / "tep").write_bytes(content)
    with pytest.raises(DocumentRefused) as refused:
        media_type(path, "ảnh.jpg")
    assert "“ảnh.jpg”" in refused.value.sentence
    assert not content or TAKEN in refused.value.sentence


def test_an_archive_is_no_picture(tmp_path: Path) -> None:
    with ZipFile(path := tmp_path / "tep", "w") as archive:
        archive.writestr("a.exe", b"MZ")
    with pytest.raises(DocumentRefused, match="không thuộc loại được nhận"):
        media_type(path, "anh.zip")


@pytest.mark.parametrize(
    ("told", "kind", "kept"),
    [
        ("ghi âm.ogg", "audio/ogg", "ghi âm.ogg"),
        ("ghi âm", "audio/ogg", "ghi âm.ogg"),
        ("phim.exe", "video/mp4", "phim.mp4"),
        ("../../anh.png", "image/jpeg", "anh.jpg"),
        ("", "audio/amr", "tep.amr"),
    ],
)
def test_the_ending_is_the_kinds(told: str, kind: str, kept: str) -> None:
    assert named(told, kind) == kept
