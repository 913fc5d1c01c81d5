"""Chats that get a new address at their provider."""

from sqlalchemy import delete, exists, select, update

from domain.delivery import State
from storage.database import Unit
from storage.people import DEAD, OPEN
from storage.schema import cases, conversations, endpoints, intakes, outbox

MOVED = "moved"
"""The reason of a chat that goes on under another row."""


def move(unit: Unit, endpoint_id: int, chat: str) -> int:
    """Follow a chat to its new address and return the row under which it goes on.

    Where the new address is known already (somebody wrote from it first), what waits and what is open moves there,
    and the old row stays as the address of what was sent.
    """
    old = unit.conn.execute(select(endpoints).where(endpoints.c.id == endpoint_id)).one()
    query = select(endpoints.c.id, endpoints.c.person_id, endpoints.c.agency_id).where(
        endpoints.c.channel == old.channel, endpoints.c.chat == chat
    )
    known = unit.conn.execute(query).first()
    if known is None:
        unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(chat=chat))
        return endpoint_id
    if known.id != endpoint_id:
        _merge(unit, endpoint_id, int(known.id))
        alive = {"person_id": known.person_id or old.person_id, "state": OPEN, "reason": None, "died_at": None}
        if known.agency_id is None and old.agency_id is not None:
            alive |= {"agency_id": old.agency_id, "title": old.title, "summary": old.summary}
        unit.conn.execute(update(endpoints).where(endpoints.c.id == known.id).values(alive))
        gone = update(endpoints).where(endpoints.c.id == endpoint_id)
        unit.conn.execute(gone.values(state=DEAD, reason=MOVED, agency_id=None, summary=False))
    return int(known.id)


def _merge(unit: Unit, old: int, new: int) -> None:
    open_rows = outbox.c.state.in_((State.WAITING, State.SENDING))
    unit.conn.execute(update(outbox).where(outbox.c.endpoint_id == old, open_rows).values(endpoint_id=new))
    unit.conn.execute(update(cases).where(cases.c.endpoint_id == old).values(endpoint_id=new))
    unit.conn.execute(update(intakes).where(intakes.c.endpoint_id == old).values(endpoint_id=new))
    talks = exists(select(conversations.c.endpoint_id).where(conversations.c.endpoint_id == new))
    unit.conn.execute(update(conversations).where(conversations.c.endpoint_id == old, ~talks).values(endpoint_id=new))
    unit.conn.execute(delete(conversations).where(conversations.c.endpoint_id == old))
