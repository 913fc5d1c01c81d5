"""Whether whom a notice was meant for still holds, when it leaves, the seat it speaks to."""

from collections.abc import Collection, Sequence
from datetime import date

from domain.notices import Kind
from domain.people import Role
from storage import notices, people, planned
from storage.database import Unit
from storage.types import AnyRow

_TO_THE_PERSON = frozenset({Kind.SEATED, Kind.SUBSTITUTE})
"""What is said to a person whatever seat they hold."""


def still_theirs(
    unit: Unit, rows: Sequence[AnyRow], own: Collection[tuple[int, str]], person_id: int, day: date
) -> list[AnyRow]:
    """Return a message's notices but those to a seat that the person has lost; whoever holds it now is asked for anew.

    `own` are the person's own seats (agency id, role). A substitute's seat counts as long as the substitution stands.
    """
    held = set(own)
    if any(not _holds(held, row) for row in rows):
        held |= {(seat.agency_id, seat.role) for seat in people.viewer(unit, person_id, day).seats}
    lost = [row for row in rows if not _holds(held, row)]
    notices.drop(unit, [row.id for row in lost], planned.LEFT)
    for row in lost:
        if row.matter_id is not None and row.agency_id is not None:
            planned.ask_again(unit, row.matter_id, row.agency_id, row.role, row.occasion)
    return [row for row in rows if row not in lost]


def _reads(row: AnyRow) -> bool:
    """Whether it is a leader's digest for one who reads it: whether they still do is asked where it is composed."""
    return row.kind == Kind.DIGEST and "leader" in (row.data or {})


def _holds(held: Collection[tuple[int, str]], row: AnyRow) -> bool:
    if row.kind in _TO_THE_PERSON or _reads(row) or (row.agency_id, row.role) in held:
        return True
    anywhere = row.agency_id is None or row.role == Role.LEADER  # leaders hear as such, wherever they sit
    return anywhere and any(role == row.role for _, role in held)
