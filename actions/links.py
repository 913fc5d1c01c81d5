"""Short links from a chat or a mail to a page of one purpose: a file to be sent in or fetched, a task, an answer.

A link is worth what its chat and its person are worth when it is opened; that is asked of the database each time.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions.offices import ADDRESS
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.links import DAYS, PREFIX, UPLOAD_HOURS, Purpose, life
from domain.local import today
from domain.neutral import packed
from domain.outgoing import Attachment
from domain.people import Viewer
from storage import audit, chat_links, inbox, offices, people
from storage.database import Unit
from storage.types import AnyRow

LIFE_SETTING, UPLOAD_SETTING = "link_days", "upload_hours"
"""The office's settings: days for which links work, hours for those by which a file is sent in."""

SAME_ANSWER = (
    "Liên kết này không dùng được: có thể sai, đã được dùng, đã hết hạn, hoặc không còn dành cho người mở. "
    "Xin lấy liên kết mới ở nơi đã nhận liên kết này."
)
"""Word for word the same for every link that does not open, whatever the reason."""

_BYTES = 18


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that works at this moment. `viewer` is None for a citizen's."""

    id: int
    purpose: Purpose
    endpoint_id: int
    channel: str
    chat: str
    viewer: Viewer | None
    matter_id: int | None
    data: dict[str, Any]
    expires_at: datetime

    @property
    def works(self) -> tuple[int, ...]:
        """The assignments to which the link is limited."""
        return tuple(self.data.get("works", ()))

    @property
    def asked(self) -> tuple[int, ...]:
        """The agencies that are asked about all their work without a date."""
        return tuple(self.data.get("asked", ()))

    @property
    def file(self) -> Attachment:
        """The file that the link hands out."""
        return Attachment(**self.data["file"])


def upload(unit: Unit, endpoint_id: int, now: datetime, matter_id: int | None = None) -> str | None:
    """Return the address at which one file can be sent in for a chat; earlier ones that nobody used end.

    None where nobody has told where browsers find us.
    """
    if not offices.setting(unit, ADDRESS):
        return None
    chat_links.end_unused(unit, endpoint_id, Purpose.UPLOAD, now)
    return _link(unit, Purpose.UPLOAD, endpoint_id, now, matter_id=matter_id)


def detail(unit: Unit, endpoint_id: int, matter_id: int, now: datetime) -> str | None:
    """Return the address at which a chat's person reads one task in full, None where there is no address."""
    return _link(unit, Purpose.DETAIL, endpoint_id, now, matter_id=matter_id)


def file(unit: Unit, endpoint_id: int, attachment: Attachment, now: datetime) -> str | None:
    """Return the address at which a file can be fetched, None where there is no address."""
    told = {
        "digest": attachment.digest,
        "name": attachment.name,
        "media_type": attachment.media_type,
        "size": attachment.size,
    }
    return _link(unit, Purpose.FILE, endpoint_id, now, data={"file": told})


def answer(unit: Unit, endpoint_id: int, works: Sequence[int], now: datetime, asked: Sequence[int] = ()) -> str | None:
    """Return the address at which a person acts on these assignments, None where there is no address.

    `asked` are agencies of which the quarter's question is answered there, for all their work without a date.
    """
    return _link(unit, Purpose.ANSWER, endpoint_id, now, data={"works": list(works), "asked": list(asked)})


def _link(
    unit: Unit,
    purpose: Purpose,
    endpoint_id: int,
    now: datetime,
    *,
    matter_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> str | None:
    address = offices.setting(unit, ADDRESS)
    if not address:
        return None
    token = secrets.token_urlsafe(_BYTES)
    hashed, until = _hash(unit, token), now + life_of(unit, purpose)
    link_id = chat_links.add(unit, hashed, purpose.value, endpoint_id, now, until, matter_id=matter_id, data=data)
    audit.record(unit, "chat_link", "endpoint", endpoint_id, now, link=link_id, purpose=purpose.value)
    return f"{address.rstrip('/')}/l/{token}"


def life_of(unit: Unit, purpose: Purpose) -> timedelta:
    """Return how long a fresh link works in this office."""
    days, hours = offices.setting(unit, LIFE_SETTING), offices.setting(unit, UPLOAD_SETTING)
    return life(purpose, days or DAYS, hours or UPLOAD_HOURS)


def opened(unit: Unit, token: str, now: datetime) -> Opened:
    """Return what a link opens; opening changes nothing. Raises ActRefused, always with the same words."""
    row = chat_links.find(unit, _hash(unit, token), now)
    if row is None:
        raise ActRefused(SAME_ANSWER)
    viewer = None
    if row.person_id is not None:
        viewer = people.viewer(unit, row.person_id, today(now))
        if not viewer.seats:
            raise ActRefused(SAME_ANSWER)
    return _opened(row, viewer)


def _opened(row: AnyRow, viewer: Viewer | None) -> Opened:
    return Opened(
        row.id,
        Purpose(row.purpose),
        row.endpoint_id,
        row.channel,
        row.chat,
        viewer,
        row.matter_id,
        row.data or {},
        row.expires_at,
    )


def take_file(unit: Unit, token: str, sent: IncomingFile, text: str, now: datetime) -> None:
    """Use an upload link: the file comes in as the next update of its chat. Raises ActRefused for any other link."""
    link = opened(unit, token, now)
    if link.purpose is not Purpose.UPLOAD or not chat_links.use(unit, link.id, now):
        raise ActRefused(SAME_ANSWER)
    inbox.save(unit, link.channel, [(f"{PREFIX}{link.id}", link.chat, packed(sent, text))], now)
    person = link.viewer.person_id if link.viewer else None
    audit.record(unit, "link_upload", "endpoint", link.endpoint_id, now, person_id=person, link=link.id)


def _hash(unit: Unit, token: str) -> str:
    return unit.vault.digest(f"chat link {token}")
