"""Files that officers sent by chat: kept with the update, fetched and read outside any unit, spoken of once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import files, sent_files
from storage.types import AnyRow

WAITING = "waiting"
READ = "read"
OFFERED = "offered"
CLOSED = "closed"
REFUSED = "refused"


def add(
    unit: Unit,
    file_id: int,
    endpoint_id: int,
    person_id: int,
    now: datetime,
    *,
    bundle: int | None,
    album: str,
    quiet: bool,
    caption: str,
) -> int:
    """Write one file that waits to be read and return its bundle: the one given, else a new one of its own."""
    row = unit.conn.execute(
        insert(sent_files)
        .values(
            file_id=file_id,
            endpoint_id=endpoint_id,
            person_id=person_id,
            bundle=bundle,
            album=album or None,
            quiet=quiet,
            state=WAITING,
            said=unit.vault.seal_json({"caption": caption}),
            created_at=now,
            not_before=now,
        )
        .returning(sent_files.c.id)
    ).scalar_one()
    if bundle is None:
        unit.conn.execute(update(sent_files).where(sent_files.c.id == row).values(bundle=row))
    return int(bundle or row)


def next_waiting(unit: Unit, channels: Sequence[str], now: datetime) -> AnyRow | None:
    """Return the oldest file of these channels that may be read now, with its channel, reference and name."""
    query = (
        select(sent_files, files.c.channel, files.c.reference, files.c.name)
        .join(files, files.c.id == sent_files.c.file_id)
        .where(sent_files.c.state == WAITING, sent_files.c.not_before <= now, files.c.channel.in_(channels))
        .order_by(sent_files.c.id)
        .limit(1)
    )
    return unit.conn.execute(query).first()


def finish(unit: Unit, row: AnyRow, state: str, now: datetime, found: dict[str, Any], error: str | None = None) -> bool:
    """Mark a waiting file as read or refused, with what was found in it; False where that was done before."""
    now_said = unit.conn.execute(select(sent_files.c.said).where(sent_files.c.id == row.id)).scalar_one()
    said = unit.vault.seal_json(unit.vault.unseal_json(now_said) | found)
    changed = unit.conn.execute(
        update(sent_files)
        .where(sent_files.c.id == row.id, sent_files.c.state == WAITING)
        .values(state=state, said=said, error=error, finished_at=now)
    )
    return changed.rowcount == 1


def kept(unit: Unit, file_id: int, digest: str, name: str, media_type: str, size: int, now: datetime) -> None:
    """Write that a file lies in the house's own folder under its digest, and is called by that name from now on."""
    unit.conn.execute(
        update(files)
        .where(files.c.id == file_id)
        .values(digest=digest, name=name, media_type=media_type, size=size, fetched_at=now)
    )


def failed(unit: Unit, row_id: int, error: str, again_at: datetime) -> int:
    """Count a failed try, to be made again at that moment; return how many failed."""
    return int(
        unit.conn.execute(
            update(sent_files)
            .where(sent_files.c.id == row_id)
            .values(tries=sent_files.c.tries + 1, error=error, not_before=again_at)
            .returning(sent_files.c.tries)
        ).scalar_one()
    )


def put_off(unit: Unit, row_id: int, error: str, again_at: datetime) -> None:
    """Let a file be tried again at that moment, without counting a failed try."""
    unit.conn.execute(update(sent_files).where(sent_files.c.id == row_id).values(error=error, not_before=again_at))


def move(unit: Unit, bundle: int, before: Sequence[str], after: str) -> int:
    """Move the files of a bundle that stand in one of the states; return how many did."""
    changed = unit.conn.execute(
        update(sent_files).where(sent_files.c.bundle == bundle, sent_files.c.state.in_(before)).values(state=after)
    )
    return changed.rowcount


def silence(unit: Unit, bundle: int) -> None:
    """Let nothing be offered of a bundle: its files are fetched and kept all the same."""
    unit.conn.execute(update(sent_files).where(sent_files.c.bundle == bundle).values(quiet=True))
    move(unit, bundle, (READ, OFFERED), CLOSED)


def add_words(unit: Unit, bundle: int, words: str) -> None:
    """Add words to those that stand beside the last file of a bundle."""
    query = select(sent_files.c.id, sent_files.c.said).where(sent_files.c.bundle == bundle)
    row = unit.conn.execute(query.order_by(sent_files.c.id.desc()).limit(1)).one()
    said = unit.vault.unseal_json(row.said)
    said["caption"] = f"{said['caption']} {words}".strip()
    unit.conn.execute(update(sent_files).where(sent_files.c.id == row.id).values(said=unit.vault.seal_json(said)))
