"""Messages of ours by the names that their provider gave them: what one told, whether it is the latest answer."""

from sqlalchemy import exists, select

from domain.delivery import State
from domain.evidence import codes_in
from storage.database import Unit
from storage.schema import notices, outbox

_UNDER_WAY = frozenset({State.WAITING.value, State.SENDING.value})


def told_in_message(unit: Unit, endpoint_id: int, provider_id: str) -> tuple[str, ...]:
    """Return the codes of the tasks that a message of a chat told, in their order there, as it stands now."""
    query = (
        select(outbox.c.text_sent)
        .where(outbox.c.endpoint_id == endpoint_id, outbox.c.provider_id == provider_id)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return codes_in(unit.conn.execute(query).scalar() or "") if provider_id else ()


def is_latest_answer(unit: Unit, endpoint_id: int, provider_id: str) -> bool:
    """Whether a message is the whole last answer of a chat, and no proof of a notice: then another may take its place.

    One that is about to take its place already counts as it.
    """
    query = (
        select(
            outbox.c.key,
            outbox.c.state,
            outbox.c.provider_id,
            outbox.c.message,
            exists(select(notices.c.id).where(notices.c.outbox_id == outbox.c.id)).label("proves"),
        )
        .where(outbox.c.endpoint_id == endpoint_id, outbox.c.kind == "reply")
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    last = unit.conn.execute(query).first()
    if last is None or last.proves or not provider_id or not last.key.endswith(":1"):  # a long one came in several
        return False
    if last.state == State.SENT:
        return bool(last.provider_id == provider_id)
    return last.state in _UNDER_WAY and (last.message or {}).get("replaces") == provider_id
