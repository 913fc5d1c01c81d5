"""A plan file sent in chat: noted with the update, read later outside any unit, answered exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions import drafts, plans
from actions.plans import Imported, Nearest, by
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.local import today
from domain.people import Viewer
from domain.plans import Draft
from storage import audit, intakes, people
from storage.database import Unit
from storage.types import AnyRow

LARGEST = 20 * 1024 * 1024
"""Bytes of a file taken from a chat: what the web chat takes in and Telegram's public server hands out."""

TOO_LARGE = (
    "Tệp “{name}” lớn hơn 20 MB nên không nhận qua khung chat. Xin gửi riêng phần phụ lục giao nhiệm vụ, "
    "hoặc nhập trên máy chủ bằng lệnh: nhacviec plan import TỆP."
)
LOST = "Không tải được tệp “{name}” sau nhiều lần thử. Xin gửi lại tệp; nếu vẫn lỗi, gửi tệp ở dạng khác."
BROKEN = "Không đọc được tệp “{name}” do lỗi của chương trình; bộ phận kỹ thuật đã được báo. Xin gửi tệp ở dạng khác."

TRIES = 3
WAIT = timedelta(seconds=30)
"""Between two tries; the second wait is twice as long."""


def begin(unit: Unit, viewer: Viewer, endpoint_id: int, channel: str, file: IncomingFile, now: datetime) -> int:
    """Note a coordinator's file to be read and return its id. Raises ActRefused for others and for a too large one."""
    who = by(viewer)
    if file.size is not None and file.size > LARGEST:
        raise ActRefused(TOO_LARGE.format(name=file.name))
    intake_id = intakes.add(unit, endpoint_id, viewer.person_id, channel, file.reference, file.name, now)
    audit.record(unit, "intake", "intake", intake_id, now, **who)
    return intake_id


def take(unit: Unit, channels: Sequence[str], now: datetime) -> AnyRow | None:
    """Return the next file of these channels to read (id, endpoint_id, person_id, channel, reference, name)."""
    return intakes.next_waiting(unit, channels, now)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: the draft, with whom it is for, or the sentence of its refusal."""

    viewer: Viewer
    imported: Imported | None
    refusal: str = ""


def keep(
    unit: Unit, intake: AnyRow, draft: Draft, as_read: dict[str, Any], digest: str, nearest: Nearest, now: datetime
) -> Taken | None:
    """Make the draft of a file that was read; None where it was answered before.

    The sender's seat is asked for again: it may have ended while the file was read.
    """
    viewer = people.viewer(unit, intake.person_id, today(now))
    try:
        with unit.conn.begin_nested():
            imported = plans.import_draft(unit, draft, as_read, digest, nearest, now, viewer)
            drafts.ask_near_dates(unit, imported.plan_id, now)
            if not intakes.finish(unit, intake.id, intakes.READ, now, plan_id=imported.plan_id):
                raise _Answered
    except _Answered:
        return None
    except ActRefused as refused:
        return refuse(unit, intake, refused.sentence, now)
    return Taken(viewer, imported)


class _Answered(Exception):
    """Another process was faster: nothing of this reading is kept."""


def refuse(unit: Unit, intake: AnyRow, sentence: str, now: datetime) -> Taken | None:
    """Close a file that cannot become a plan; None where it was answered before."""
    if not intakes.finish(unit, intake.id, intakes.REFUSED, now, error=sentence):
        return None
    return Taken(people.viewer(unit, intake.person_id, today(now)), None, sentence)


def failed(unit: Unit, intake: AnyRow, error: str, sentence: str, now: datetime) -> Taken | None:
    """Count a failed try; after the third the file is refused with the sentence."""
    tries = intakes.failed(unit, intake.id, error, now + WAIT * (intake.tries + 1))
    return refuse(unit, intake, sentence, now) if tries >= TRIES else None
