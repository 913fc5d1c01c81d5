"""What a file sent as evidence says on its first pages, where its number, date and subject stand.

The file's kind is told by its content. Its text is read in a child process that can be killed; whatever goes wrong
there makes a file without text, never a refusal: a signed scan is as good a result as any.
"""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from documents import attachments
from documents.confine import child

SECONDS = 20.0
MEMORY_MB = 1024

_WITH_TEXT = frozenset({attachments.PDF, attachments.WORD})
_NAME = "tep"


@dataclass(frozen=True, slots=True)
class FirstPages:
    """A file's media type by its content, and the text of its first pages; "" for a picture, a scan, a table."""

    media_type: str
    text: str


def read(name: str, content: bytes, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> FirstPages:
    """Return what a sent file is and says; `name` is what its sender calls it.

    Raises DocumentRefused for what is not taken at all: programs, macros, archives that swell, unknown kinds.
    """
    with tempfile.TemporaryDirectory(prefix="nhacviec-tep-") as folder:
        path = Path(folder) / _NAME
        path.write_bytes(content)
        media_type = attachments.media_type(path, name)
        text = _text(path, seconds, memory_mb) if media_type in _WITH_TEXT else ""
    return FirstPages(media_type, text)


def _text(path: Path, seconds: float, memory_mb: int) -> str:
    command, environment = child("documents.letter_worker", path, seconds, memory_mb)
    try:
        done = subprocess.run(command, capture_output=True, env=environment, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return str(json.loads(done.stdout)) if done.returncode == 0 else ""
