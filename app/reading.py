"""From a file on disk to a draft, with its digest."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.guessing import guess_date
from documents.guard import read_guarded
from documents.progress import Told, silent
from domain.errors import DocumentRefused
from domain.plans import Draft, draft, to_json

SECONDS = 120.0
MEMORY_MB = 2048


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft, the same in the plan format, and the digest of the file it came from."""

    draft: Draft
    as_read: dict[str, Any]
    digest: str


def read_plan(path: Path, told: Told = silent) -> Reading:
    """Read a plan in a child process with limits; `told` hears how far it is. Raises DocumentRefused."""
    document = read_guarded(path, seconds=SECONDS, memory_mb=MEMORY_MB, told=told)
    found = draft(document, file_name=path.name, guess=guess_date)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise DocumentRefused(f"Không đọc được tệp “{path.name}”. Kiểm tra đường dẫn rồi thử lại.") from None
    return Reading(found, to_json(found), digest)


_LONGEST_NAME = 60
"""Characters kept of a sent file's name: file systems count bytes, and Vietnamese takes up to three a letter."""


def read_sent(name: str, content: bytes) -> Reading:
    """Read a plan that was sent, as `read_plan`; `name` is what its sender calls it."""
    safe = "".join(letter for letter in name if letter.isprintable() and letter not in "/\\:").strip(". ")
    with tempfile.TemporaryDirectory(prefix="nhacviec-plan-") as folder:
        path = Path(folder) / (safe[-_LONGEST_NAME:] or "ke-hoach")
        path.write_bytes(content)
        return read_plan(path)
