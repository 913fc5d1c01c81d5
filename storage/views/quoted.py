"""What a message of ours spoke of: the tasks named in the one that is quoted, or in the last one of a chat."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from domain.notices import Kind
from storage.database import Unit
from storage.schema import notices, outbox
from storage.types import AnyRow

_CODE = re.compile(r"\bNV-\d{4,}\b")
_LEFT = ("sent", "unknown", "sending")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message that left: whether it was an answer, the codes it names, the assignments it announced as new."""

    answer: bool
    codes: tuple[str, ...]
    announced: frozenset[int]


def message(unit: Unit, endpoint_id: int, provider_id: str) -> Spoken | None:
    """Return what the message with the provider's id said in that chat, None where it is none of ours."""
    query = select(outbox).where(outbox.c.endpoint_id == endpoint_id, outbox.c.provider_id == provider_id)
    row = unit.conn.execute(query.order_by(outbox.c.id.desc()).limit(1)).first()  # as it stands now: lists are turned
    return None if row is None else _spoken(unit, row)


def last(unit: Unit, endpoint_id: int) -> Spoken | None:
    """Return what was said last in a chat, None where nothing was."""
    query = select(outbox).where(outbox.c.endpoint_id == endpoint_id, outbox.c.state.in_(_LEFT))
    row = unit.conn.execute(query.order_by(outbox.c.id.desc()).limit(1)).first()
    return None if row is None else _spoken(unit, row)


def _spoken(unit: Unit, row: AnyRow) -> Spoken:
    announced = select(notices.c.matter_id).where(
        notices.c.outbox_id == row.id, notices.c.kind == Kind.ASSIGNED.value, notices.c.matter_id.is_not(None)
    )
    answer, text = row.kind == "reply", row.text_sent or ""
    return Spoken(answer, _codes(text, answer=answer), frozenset(unit.conn.execute(announced).scalars()))


def _codes(text: str, *, answer: bool) -> tuple[str, ...]:
    """Return the codes of the first line, which names what a message is about; else all that a notice tells.

    An answer may hold a code as an example further down.
    """
    head = _CODE.findall(text.partition("\n")[0])
    return tuple(dict.fromkeys(head or (() if answer else _CODE.findall(text))))
