"""Reading files of strangers in a child process that can be killed, with limits on time and memory."""

import json
import subprocess
import threading
from pathlib import Path

from documents import codec
from documents.confine import child as child_of
from documents.progress import Told, silent
from documents.sniff import DAMAGED
from domain.errors import DocumentRefused
from domain.sources import Document

TOO_SLOW = "Đọc tệp “{name}” mất quá {seconds:g} giây nên đã dừng; xin gửi riêng phần phụ lục giao nhiệm vụ."
TOO_MUCH = "Đọc tệp “{name}” cần quá nhiều bộ nhớ nên đã dừng; xin gửi riêng phần phụ lục giao nhiệm vụ."


PROGRESS = "progress"
"""How a line of the child's standard error begins that tells how far it is."""


def read_guarded(path: Path, *, seconds: float, memory_mb: int, told: Told = silent) -> Document:
    """Return the blocks of a file, read in a child process.

    `seconds` limits the whole reading, `memory_mb` the child's address space; `told` hears how far it is, on
    another thread. Raises DocumentRefused where the file cannot be read, where a limit is reached, and where the
    child dies.
    """
    command, environment = child_of("documents.worker", path, seconds, memory_mb)
    complaints: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as child:
        listener = threading.Thread(target=_listen, args=(child, told, complaints), daemon=True)
        listener.start()
        late = threading.Event()
        timer = threading.Timer(seconds, _end, (child, late))
        timer.start()
        try:
            printed = child.stdout.read() if child.stdout else b""
        finally:
            timer.cancel()
            child.kill()
            listener.join()
    if late.is_set():
        raise DocumentRefused(TOO_SLOW.format(name=path.name, seconds=seconds))
    return _outcome(path, printed.decode("utf-8"), complaints)


def _end(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def _listen(child: "subprocess.Popen[bytes]", told: Told, complaints: list[str]) -> None:
    for raw in child.stderr or ():
        kind, *rest = raw.decode("utf-8", "replace").rstrip("\n").split("\t")
        if kind == PROGRESS and len(rest) == 3:
            told(rest[0], int(rest[1]), int(rest[2]))
        else:
            complaints.append(kind)


def _outcome(path: Path, printed: str, complaints: list[str]) -> Document:
    outcome, _, answer = printed.partition("\t")
    if outcome == "document":
        return codec.loads(answer)
    if outcome == "refused":
        raise DocumentRefused(json.loads(answer))
    if any("MemoryError" in one for one in complaints):
        raise DocumentRefused(TOO_MUCH.format(name=path.name))
    raise DocumentRefused(DAMAGED.format(name=path.name))
