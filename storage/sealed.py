"""Where sealed values stand, and sealing them anew under the newest key: rotation, a batch at a time."""

from dataclasses import dataclass

from sqlalchemy import Column, Table, Text, cast, literal, select, tuple_, update

from storage.database import Unit
from storage.outbox import SEALED
from storage.schema import (
    case_drafts,
    channel_state,
    citizens,
    conversations,
    data_requests,
    inbox,
    outbox,
    people,
    sent_files,
    settings,
)
from storage.tokens import KEY as TOKENS
from storage.types import AnyRow
from storage.vault import SALT


@dataclass(frozen=True, slots=True)
class Place:
    """A column that holds sealed values.

    `inside` names the member of a JSON column that is sealed, `key` the rows of a table of many things.
    """

    table: Table
    column: str
    inside: str = ""
    key: str = ""

    @property
    def keys(self) -> tuple[Column[object], ...]:
        """The columns by which a row is known."""
        return tuple(self.table.primary_key.columns)


PLACES = (
    *(Place(citizens, name) for name in ("name", "address", "phone", "mail", "email", "extra")),
    Place(people, "phone"),
    Place(case_drafts, "sealed"),
    Place(data_requests, "sealed"),
    Place(sent_files, "said"),
    Place(channel_state, "value", key=TOKENS),
    Place(conversations, "data", "sealed"),
    Place(inbox, "payload", "sealed"),
    Place(outbox, "message", SEALED),
)
"""Every column of the program that holds sealed values."""

AT_ONCE = 500
"""Values sealed anew in one unit."""


def batch(unit: Unit, *, place: Place, after: tuple[object, ...] | None) -> list[AnyRow]:
    """Return the next rows of a place (their keys and the value), in the order of their keys, after those of one."""
    column = place.table.c[place.column]
    query = select(*place.keys, column).where(column.is_not(None)).order_by(*place.keys).limit(AT_ONCE)
    if place.key:
        query = query.where(place.table.c.key == place.key)
    if place.inside:
        query = query.where(cast(column, Text).contains(f'"{place.inside}"'))
    if after is not None:
        query = query.where(tuple_(*place.keys) > tuple_(*(literal(one) for one in after)))
    return list(unit.conn.execute(query).all())


def reseal(unit: Unit, *, place: Place, rows: list[AnyRow]) -> int:
    """Seal these values under the newest key; return how many were under another. Raises VaultKeyWrong.

    A value that changed since it was read is sealed under the newest key by whoever changed it.
    """
    changed = 0
    for row in rows:
        value = getattr(row, place.column)
        sealed = value.get(place.inside) if place.inside else value
        fresh = unit.vault.renewed(sealed) if sealed else None
        if fresh is None:
            continue
        kept = {**value, place.inside: fresh} if place.inside else fresh
        which = [column == getattr(row, column.name) for column in place.keys]
        unit.conn.execute(update(place.table).where(*which).values({place.column: kept}))
        changed += 1
    return changed


def reseal_salt(unit: Unit) -> None:
    """Seal the salt of the digests under the newest key: it stays what it was."""
    kept = unit.conn.execute(select(settings.c.value).where(settings.c.key == SALT)).scalar()
    fresh = unit.vault.renewed(kept) if kept else None
    if fresh is not None:
        unit.conn.execute(update(settings).where(settings.c.key == SALT).values(value=fresh))
