"""What a file sent by a citizen is, by its content: documents, pictures, sound, film. Nothing that runs.

Looked at as evidence is (`documents.attachments`), with what phones record besides; only the first bytes are read.
"""

import re
import tempfile
from pathlib import Path

from documents import attachments
from domain.errors import DocumentRefused

TAKEN = "Chỉ nhận ảnh, PDF, Word (.docx), Excel (.xlsx), ghi âm và video."
OTHER = "Tệp “{name}” không thuộc loại được nhận. {taken}"

_HEAD = 64
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}
"""Brands of ISO base media files (ISO/IEC 14496-12) that are no film in MP4."""

_STARTS = (
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_MPEG_AUDIO = re.compile(rb"\xff[\xe2-\xe7\xf2-\xff]")
"""The sync word of MPEG audio and ADTS, layers that exist."""

_ENDINGS = {
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/amr": ".amr",
    "audio/wav": ".wav",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-msvideo": ".avi",
    "image/heic": ".heic",
    "image/gif": ".gif",
    "image/webp": ".webp",
}


ENDINGS = attachments.ENDINGS | _ENDINGS
"""What is taken, with the ending of its name."""


def media_type(path: Path, name: str) -> str:
    """Return what the file at `path` holds. Raises DocumentRefused with a sentence that calls it `name`."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    recorded = _recorded(head)
    if recorded:
        return recorded
    try:
        return attachments.media_type(path, name)
    except DocumentRefused as refused:
        told = refused.sentence.replace(attachments.TAKEN, TAKEN)
        raise DocumentRefused(told) from refused


def kind_of(name: str, content: bytes) -> str:
    """Return what a fetched file holds. Raises DocumentRefused with a sentence that calls it `name`."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-tep-") as folder:
        path = Path(folder) / "tep"
        path.write_bytes(content)
        return media_type(path, name)


def named(told: str, kind: str) -> str:
    """Return the name under which a file of that kind is kept: its ending is the kind's."""
    ending = _ENDINGS.get(kind)
    if ending is None:
        return attachments.named(told, kind)
    name = attachments.cleaned(told)
    if name.lower().endswith(ending):
        return name
    stem = name.rpartition(".")[0] if "." in name else name
    return (stem.rstrip(". ")[: attachments.NAME_LIMIT - len(ending)] or "tep") + ending


def _recorded(head: bytes) -> str:
    """Return the media type of sound, film and pictures of phones, "" for anything else."""
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "")
    found = next((kind for start, kind in _STARTS if head.startswith(start)), "")
    return found or ("audio/mpeg" if _MPEG_AUDIO.match(head) else "")
