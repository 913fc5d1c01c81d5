"""Files of citizens: looked at by what their channel tells of them, written with the case, fetched afterwards.

What a file truly is shows once it is fetched (`documents.citizen_files`); a wrong one is taken off the case and its
sender told. Until the case is sent a file is only remembered where it lies.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.incoming import IncomingFile
from storage import audit, office_settings
from storage.cases import fetching
from storage.database import Unit
from storage.types import AnyRow

MOST = 10
"""Files with one case."""

TOO_MANY = "Mỗi phản ánh nhận tối đa {most} tệp; chưa nhận: {names}."
TOO_LARGE = "Tệp “{name}” lớn hơn {megabytes} MB nên không nhận. Xin gửi bản nhẹ hơn."
WRONG = "Tệp “{name}” không thuộc loại được nhận. Chỉ nhận ảnh, PDF, Word (.docx), Excel (.xlsx), ghi âm và video."
LOST = "Không tải được tệp “{name}” của phản ánh {code}. Phản ánh vẫn được xử lý; xin gửi lại tệp nếu cần."
TAKEN_OFF = "{said} Phản ánh {code} vẫn được xử lý, không kèm tệp này."

_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif", ".pdf", ".docx", ".xlsx"}
    | {".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".amr", ".mp4", ".mov", ".webm", ".avi", ".3gp"}
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is taken of files that came, and the sentences about those that are not."""

    taken: tuple[IncomingFile, ...]
    refused: tuple[str, ...]


def megabytes(unit: Unit) -> int:
    """Return how many megabytes one file may have: the office's setting."""
    return office_settings.number(unit, "case_file_mb")


def look(unit: Unit, files: Sequence[IncomingFile], have: int) -> Looked:
    """Part files that are taken from those that are not, by name, size and number; `have` came before."""
    limit = megabytes(unit)
    taken: list[IncomingFile] = []
    refused: list[str] = []
    spare: list[str] = []
    for file in files:
        if not _known(file):
            refused.append(WRONG.format(name=file.name))
        elif file.size is not None and file.size > limit * 1024 * 1024:
            refused.append(TOO_LARGE.format(name=file.name, megabytes=limit))
        elif have + len(taken) >= MOST:
            spare.append(file.name)
        else:
            taken.append(file)
    if spare:
        refused.append(TOO_MANY.format(most=MOST, names=", ".join(spare)))
    return Looked(tuple(taken), tuple(refused))


def _known(file: IncomingFile) -> bool:
    """Whether a file may be one that is taken, by its name; what has no ending is judged once it is fetched."""
    _, dot, ending = file.name.lower().rpartition(".")
    return not dot or f".{ending}" in _ENDINGS


def write(unit: Unit, channel: str, files: Sequence[IncomingFile], now: datetime) -> tuple[int, ...]:
    """Write files that go with a case and return their ids; they are fetched afterwards."""
    return tuple(fetching.add(unit, channel, one.reference, one.name, one.media_type, one.size, now) for one in files)


def waiting(unit: Unit, channels: Collection[str], after: int, but: Collection[int]) -> AnyRow | None:
    """Return the next file of these channels to fetch."""
    return fetching.waiting(unit, channels, after, but)


def newest(unit: Unit) -> int:
    """Return the highest id of a file."""
    return fetching.newest(unit)


def keep(unit: Unit, file_id: int, digest: str, name: str, media_type: str, size: int, now: datetime) -> None:
    """Write that a file was fetched and is what it may be."""
    fetching.kept(unit, file_id, digest, name, media_type, size, now)


def refuse(unit: Unit, row: AnyRow, now: datetime) -> bool:
    """Take a file off its case: it is not what may be sent. False where that was done before."""
    if not fetching.refused(unit, row.file_id, now):
        return False
    audit.record(unit, "file_refused", "case", row.case_id, now, actor=audit.SYSTEM, file=row.file_id)
    return True
