"""Reading files of strangers in a child process that can be killed, with limits on time and memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

from documents import codec
from documents.sniff import DAMAGED
from domain.errors import DocumentRefused
from domain.sources import Document

TOO_SLOW = "Đọc tệp “{name}” mất quá {seconds:g} giây nên đã dừng; xin gửi riêng phần phụ lục giao nhiệm vụ."
TOO_MUCH = "Đọc tệp “{name}” cần quá nhiều bộ nhớ nên đã dừng; xin gửi riêng phần phụ lục giao nhiệm vụ."


def read_guarded(path: Path, *, seconds: float, memory_mb: int) -> Document:
    """Return the blocks of a file, read in a child process.

    `seconds` limits the whole reading, `memory_mb` the child's address space. Raises DocumentRefused where
    the file cannot be read, where a limit is reached, and where the child dies.
    """
    roots = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    command = [sys.executable, "-m", "documents.worker", str(path.absolute()), str(seconds), str(memory_mb)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, roots)), "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentRefused(TOO_SLOW.format(name=path.name, seconds=seconds)) from error
    outcome, _, answer = done.stdout.decode("utf-8").partition("\t")
    if outcome == "document":
        return codec.loads(answer)
    if outcome == "refused":
        raise DocumentRefused(json.loads(answer))
    if b"MemoryError" in done.stderr:
        raise DocumentRefused(TOO_MUCH.format(name=path.name))
    raise DocumentRefused(DAMAGED.format(name=path.name))
