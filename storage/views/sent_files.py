"""Files that officers sent: what was read in them, and which of them wait to be spoken of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from domain.replies.letter import Letter
from storage.database import Unit
from storage.schema import conversations, endpoints, evidence, files, sent_files
from storage.sent_files import OFFERED, READ, REFUSED, WAITING
from storage.types import AnyRow

READING = "file_reading"
"""The step of a conversation in which nothing is asked and a file is being read."""

RESTING = ("", READING)
"""Steps of a conversation in which the person waits for nothing but a file."""


def resting(step: str) -> bool:
    """Whether nothing is asked in a conversation that stands there."""
    return step in RESTING


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file: what its sender calls it and typed beside it, and the letter read in it where there is one."""

    id: int
    file_id: int
    name: str
    media_type: str
    state: str
    caption: str
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files sent together; they are one result. `quiet` where nothing is to be offered of them by themselves."""

    id: int
    endpoint_id: int
    person_id: int
    quiet: bool
    files: tuple[SentFile, ...]

    @property
    def waits(self) -> bool:
        """Whether one of its files is still to be read."""
        return any(one.state == WAITING for one in self.files)

    @property
    def usable(self) -> tuple[SentFile, ...]:
        """Its files without those that were refused."""
        return tuple(one for one in self.files if one.state != REFUSED)

    @property
    def caption(self) -> str:
        """What was typed beside its files."""
        return " ".join(dict.fromkeys(one.caption for one in self.files if one.caption))

    @property
    def letter(self) -> Letter | None:
        """The letter among its files: the first with a number, else the first."""
        found = [one.letter for one in self.usable if one.letter is not None]
        return next((one for one in found if one.number), found[0] if found else None)


def bundle(unit: Unit, number: int) -> Bundle | None:
    """Return a bundle."""
    query = (
        select(sent_files, files.c.name, files.c.media_type)
        .join(files, files.c.id == sent_files.c.file_id)
        .where(sent_files.c.bundle == number)
        .order_by(sent_files.c.id)
    )
    rows = unit.conn.execute(query).all()
    if not rows:
        return None
    quiet = any(row.quiet for row in rows)
    return Bundle(number, rows[0].endpoint_id, rows[0].person_id, quiet, tuple(_files(unit, rows)))


def _files(unit: Unit, rows: Iterable[AnyRow]) -> Iterable[SentFile]:
    for row in rows:
        said = unit.vault.unseal_json(row.said)
        yield SentFile(
            row.id, row.file_id, row.name, row.media_type, row.state, said["caption"], _letter(said.get("letter"))
        )


def _letter(kept: dict[str, Any] | None) -> Letter | None:
    if kept is None:
        return None
    on = kept["on"]
    return Letter(**{**kept, "on": date.fromisoformat(on) if on else None})


def of_album(unit: Unit, endpoint_id: int, album: str) -> int | None:
    """Return the bundle to which the earlier files of an album went."""
    query = select(sent_files.c.bundle).where(sent_files.c.endpoint_id == endpoint_id, sent_files.c.album == album)
    return unit.conn.execute(query.order_by(sent_files.c.id.desc()).limit(1)).scalar()


def open_one(unit: Unit, endpoint_id: int, person_id: int, *, fresh: bool) -> int | None:
    """Return the oldest bundle of a person in a chat that was read and not answered; `fresh`: not offered before."""
    query = select(sent_files.c.bundle).where(
        sent_files.c.endpoint_id == endpoint_id,
        sent_files.c.person_id == person_id,
        sent_files.c.state.in_((READ,) if fresh else (READ, OFFERED)),
        sent_files.c.quiet.is_(False),
    )
    return unit.conn.execute(query.order_by(sent_files.c.id).limit(1)).scalar()


def ripe(unit: Unit, now: datetime) -> int | None:
    """Return the oldest bundle that was read wholly, was not offered yet, and whose chat is free for it."""
    waiting = sent_files.alias("waiting")
    query = (
        select(sent_files.c.bundle)
        .outerjoin(conversations, conversations.c.endpoint_id == sent_files.c.endpoint_id)
        .where(
            sent_files.c.state == READ,
            sent_files.c.quiet.is_(False),
            or_(
                conversations.c.step.is_(None),
                conversations.c.step.in_(RESTING),
                conversations.c.expires_at <= now,
            ),
            ~select(waiting.c.id).where(waiting.c.bundle == sent_files.c.bundle, waiting.c.state == WAITING).exists(),
        )
        .order_by(sent_files.c.id)
        .limit(1)
    )
    return unit.conn.execute(query).scalar()


def reported_with(unit: Unit, file_id: int) -> bool:
    """Whether a file is evidence already."""
    return unit.conn.execute(select(evidence.c.id).where(evidence.c.file_id == file_id)).first() is not None


def address(unit: Unit, endpoint_id: int) -> tuple[str, str]:
    """Return the channel and the chat of an endpoint."""
    row = unit.conn.execute(select(endpoints.c.channel, endpoints.c.chat).where(endpoints.c.id == endpoint_id)).one()
    return row.channel, row.chat
