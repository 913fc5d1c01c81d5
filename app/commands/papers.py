"""Writing papers where the operator wants them: all of them whole, or none of them at all."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from domain.errors import ActRefused


def check(path: Path | None, option: str, ending: str) -> None:
    """Refuse a paper that could not be written there, before any work is done for it. Raises ActRefused."""
    if path is None:
        return
    if path.suffix.lower() != ending:
        raise ActRefused(f"Tệp “{path}” ở {option} phải có đuôi {ending}. Đổi tên rồi chạy lại.")
    if path.is_dir() or not path.resolve().parent.is_dir():
        raise ActRefused(f"Không ghi được tệp “{path}” ở {option}. Chọn một tệp {ending} trong thư mục đã có.")


def write(papers: Sequence[tuple[Path, bytes]]) -> None:
    """Write papers, each beside its place first; what stood there is replaced at once, or not at all.

    Raises ActRefused where one cannot be written; none is left half written then.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, content in papers:
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            ready.append((beside, path))
            _write(beside, content)
        for beside, path in ready:
            beside.replace(path)
    except OSError as error:
        raise ActRefused(
            f"Không ghi được tệp báo cáo ({error.strerror or 'lỗi ổ đĩa'}). Chọn nơi khác, hoặc giải phóng ổ đĩa."
        ) from None
    finally:
        for beside, _ in ready:
            with suppress(OSError):
                beside.unlink()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
