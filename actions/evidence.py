"""Files that officers send: noted with the update, fetched into the house and read later, spoken of exactly once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.people import Viewer
from domain.replies.letter import Letter
from storage import assignments, audit, sent_files
from storage.database import Unit
from storage.types import AnyRow

LARGEST = 20 * 1024 * 1024
"""Bytes of a file taken from a chat: what the web chat takes in and Telegram's public server hands out."""

TOO_LARGE = "Tệp “{name}” lớn hơn 20 MB nên không nhận qua khung chat. Xin gửi bản nhẹ hơn, hoặc gõ số và ngày văn bản."
LOST = "Không tải được tệp “{name}” sau nhiều lần thử. Xin gửi lại tệp, hoặc gõ số và ngày văn bản."
BROKEN = "Không đọc được tệp “{name}” do lỗi của chương trình; bộ phận kỹ thuật đã được báo. Xin gửi tệp ở dạng khác."

TRIES = 5
"""So often a file that its provider does not hand out, or that cannot be read, is tried."""

WAIT = timedelta(seconds=30)
"""Before the second try; every further wait is twice as long."""

LONGEST_WAIT = timedelta(minutes=10)
PATIENCE = timedelta(days=1)
"""So long a file is waited for while its provider cannot be reached or cannot answer."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was noted: the bundle of the files, and the files' ids in order."""

    bundle: int
    file_ids: tuple[int, ...]


def receive(
    unit: Unit,
    viewer: Viewer,
    endpoint_id: int,
    channel: str,
    files: Sequence[IncomingFile],
    now: datetime,
    *,
    caption: str = "",
    album: str = "",
    bundle: int | None = None,
    quiet: bool = False,
) -> Received:
    """Note files sent together, to be fetched and read; what is too large is left out.

    Raises ActRefused where nothing is left. `bundle` is the one that they join; `quiet` where a question took them
    already, so that nothing is offered.
    """
    ids = []
    taken = [file for file in files if not too_large(file)]
    if files and not taken:
        raise ActRefused(TOO_LARGE.format(name=files[0].name))
    for file in taken:
        file_id = assignments.add_file(unit, channel, file.reference, file.name, file.media_type, file.size, now)
        bundle = sent_files.add(
            unit,
            file_id,
            endpoint_id,
            viewer.person_id,
            now,
            bundle=bundle,
            album=album,
            quiet=quiet,
            caption=caption,
        )
        audit.record(unit, "file", "file", file_id, now, person_id=viewer.person_id)
        ids.append(file_id)
    if bundle is None:
        raise ActRefused("Chưa nhận được tệp nào. Xin gửi lại tệp.")
    return Received(bundle, tuple(ids))


def too_large(file: IncomingFile) -> bool:
    """Whether a file is known to be larger than what is taken from a chat."""
    return file.size is not None and file.size > LARGEST


def take(unit: Unit, channels: Sequence[str], now: datetime) -> AnyRow | None:
    """Return the next file of these channels to fetch and read."""
    return sent_files.next_waiting(unit, channels, now)


@dataclass(frozen=True, slots=True)
class Kept:
    """A fetched file as it lies in the house's folder, and the letter that its first pages are.

    `name` is its sender's, with the ending of what the file is.
    """

    digest: str
    name: str
    media_type: str
    size: int
    letter: Letter | None


def keep(unit: Unit, row: AnyRow, kept: Kept, now: datetime) -> bool:
    """Write what became of a file that was fetched and read; False where that was done before."""
    letter = None
    if kept.letter is not None:
        letter = {**asdict(kept.letter), "on": kept.letter.on.isoformat() if kept.letter.on else None}
    state = sent_files.CLOSED if row.quiet else sent_files.READ
    if not sent_files.finish(unit, row, state, now, {"letter": letter}):
        return False
    sent_files.kept(unit, row.file_id, kept.digest, kept.name, kept.media_type, kept.size, now)
    return True


def refuse(unit: Unit, row: AnyRow, sentence: str, now: datetime) -> bool:
    """Close a file that is not taken; False where that was done before: its sender was told already."""
    return sent_files.finish(unit, row, sent_files.REFUSED, now, {}, error=sentence)


def failed(unit: Unit, row: AnyRow, error: str, sentence: str, now: datetime) -> bool:
    """Count a failed try; after the last one the file is refused, and True says that its sender is to be told."""
    tries = sent_files.failed(unit, row.id, error, now + WAIT * 2**row.tries)
    return tries >= TRIES and refuse(unit, row, sentence, now)


def postponed(
    unit: Unit, row: AnyRow, error: str, sentence: str, now: datetime, after: timedelta | None = None
) -> bool:
    """Let a file wait whose provider cannot answer: as long as it has waited already, at most ten minutes.

    `after` is the wait that the provider asks for. After a day the file is refused, and True says that its sender is
    to be told. Such tries count for nothing: the file itself is not to blame.
    """
    waited = now - row.created_at
    if waited >= PATIENCE:
        return refuse(unit, row, sentence, now)
    wait = max(min(max(waited, WAIT), LONGEST_WAIT), min(after or WAIT, PATIENCE))
    sent_files.put_off(unit, row.id, error, min(now + wait, row.created_at + PATIENCE))
    return False


def offered(unit: Unit, bundle: int) -> bool:
    """Note that a bundle is spoken of now; False where another process was faster."""
    return sent_files.move(unit, bundle, (sent_files.READ,), sent_files.OFFERED) > 0


def settled(unit: Unit, bundle: int) -> None:
    """Note that the officer has said what a bundle is; what is still to be fetched of it is fetched."""
    sent_files.silence(unit, bundle)


def add_words(unit: Unit, bundle: int, words: str) -> None:
    """Note what was typed after files were sent, as if it had stood beside them."""
    sent_files.add_words(unit, bundle, words)
