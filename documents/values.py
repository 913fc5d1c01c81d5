"""Workbooks as values: every visible sheet with its cells as what they are, for forms and figures.

Read in a child process that can be killed, with limits on time and memory, as every file of strangers. A percentage
comes as it is shown, 95 for 95%; days come as ISO texts.
"""

import json
import subprocess
import tempfile
from pathlib import Path

from documents.confine import child
from documents.sniff import DAMAGED
from domain.collections import Sheet
from domain.errors import DocumentRefused

SECONDS = 30.0
MEMORY_MB = 1024
_NAME = "bang.xlsx"

NO_WORKBOOK = "Tệp “{name}” không phải bảng tính Excel (.xlsx). Xin lưu lại dưới dạng .xlsx rồi gửi lại."
TOO_SLOW = "Đọc tệp “{name}” quá lâu nên đã dừng. Xin bỏ bớt trang tính không cần rồi gửi lại."


def read(name: str, content: bytes, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; `name` is what its sender calls it. Raises DocumentRefused."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-bang-") as folder:
        path = Path(folder) / _NAME
        path.write_bytes(content)
        command, environment = child("documents.values_worker", path, seconds, memory_mb)
        try:
            done = subprocess.run(command, capture_output=True, env=environment, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            raise DocumentRefused(TOO_SLOW.format(name=name)) from None
    outcome, _, answer = done.stdout.decode("utf-8").partition("\t")
    if outcome == "refused":
        raise DocumentRefused(json.loads(answer).replace(_NAME, name))
    if outcome != "sheets":
        raise DocumentRefused(DAMAGED.format(name=name))
    return tuple(
        Sheet(one, tuple(tuple(row) for row in rows), tuple((column, first, last) for column, first, last in down))
        for one, rows, down in json.loads(answer)
    )


def read_path(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook on this machine. Raises DocumentRefused."""
    try:
        content = path.read_bytes()
    except OSError:
        raise DocumentRefused(f"Không đọc được tệp “{path.name}”. Kiểm tra đường dẫn rồi thử lại.") from None
    return read(path.name, content)
