"""Group chats bound to an agency, and the one-time codes that bind them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.delivery import State
from storage.database import Unit
from storage.outbox import NOTICE, REPLY
from storage.people import OPEN
from storage.schema import account_codes, agencies, endpoints, outbox
from storage.types import AnyRow

KIND = "group"
"""The kind of message that a group gets unasked."""

_GROUPS: Select[Any] = select(
    endpoints.c.id,
    endpoints.c.agency_id,
    agencies.c.name.label("agency"),
    endpoints.c.title,
    endpoints.c.summary,
).join(agencies, agencies.c.id == endpoints.c.agency_id)


def bound(unit: Unit, endpoint_id: int) -> AnyRow | None:
    """Return (id, agency_id, agency, title, summary) of a group that an agency has bound."""
    return unit.conn.execute(_GROUPS.where(endpoints.c.id == endpoint_id)).first()


def of_agencies(unit: Unit, agency_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return the open groups of these agencies, as `bound` does."""
    query = _GROUPS.where(endpoints.c.agency_id.in_(agency_ids), endpoints.c.state == OPEN)
    return unit.conn.execute(query.order_by(endpoints.c.id)).all()


def bind(unit: Unit, endpoint_id: int, agency_id: int, title: str) -> None:
    """Make a chat an agency's group, without an evening summary at first."""
    where = update(endpoints).where(endpoints.c.id == endpoint_id)
    unit.conn.execute(where.values(agency_id=agency_id, title=title, summary=False))


def unbind(unit: Unit, endpoint_id: int) -> bool:
    """Let a group go; return whether it was an agency's."""
    where = update(endpoints).where(endpoints.c.id == endpoint_id, endpoints.c.agency_id.is_not(None))
    return unit.conn.execute(where.values(agency_id=None, summary=False)).rowcount == 1


def rename(unit: Unit, endpoint_id: int, title: str) -> None:
    """Keep the name that a group has now."""
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(title=title))


def switch_summary(unit: Unit, endpoint_id: int, *, on: bool) -> None:
    """Say whether a group gets the evening summary."""
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(summary=on))


def add_code(unit: Unit, code_hash: str, agency_id: int, now: datetime, life: timedelta) -> int:
    """Write a one-time code that binds a group (only its hash is kept) and return its id; it stands for nobody."""
    values = {"code_hash": code_hash, "agency_id": agency_id, "created_at": now, "expires_at": now + life}
    return int(unit.conn.execute(insert(account_codes).values(values).returning(account_codes.c.id)).scalar_one())


def usable_code(unit: Unit, code_hash: str, now: datetime) -> AnyRow | None:
    """Return (id, agency_id) of a group's code that still works."""
    query = select(account_codes.c.id, account_codes.c.agency_id).where(
        account_codes.c.code_hash == code_hash,
        account_codes.c.agency_id.is_not(None),
        account_codes.c.person_id.is_(None),
        account_codes.c.used_at.is_(None),
        account_codes.c.expires_at > now,
    )
    return unit.conn.execute(query).first()


def use_code(unit: Unit, code_id: int, now: datetime) -> bool:
    """Take a code; False where another was faster."""
    unused = update(account_codes).where(account_codes.c.id == code_id, account_codes.c.used_at.is_(None))
    return unit.conn.execute(unused.values(used_at=now)).rowcount == 1


def summary_key(endpoint_id: int, day: date) -> str:
    """Return the key of a group's evening summary: one a day."""
    return f"group:{endpoint_id}:{day.isoformat()}"


def without_summary(unit: Unit, day: date) -> Sequence[AnyRow]:
    """Return the open groups, as `bound` does, that want a summary and have none of that day."""
    query = _GROUPS.where(endpoints.c.summary, endpoints.c.state == OPEN)
    groups = unit.conn.execute(query.order_by(endpoints.c.id)).all()
    keys = [summary_key(one.id, day) for one in groups]
    said = set(unit.conn.execute(select(outbox.c.key).where(outbox.c.key.in_(keys))).scalars()) if keys else set()
    return [one for one, key in zip(groups, keys, strict=True) if key not in said]


def wants_summary(unit: Unit) -> bool:
    """Whether any group gets one."""
    query = select(endpoints.c.id).where(endpoints.c.summary, endpoints.c.state == OPEN)
    return unit.conn.execute(query.limit(1)).first() is not None


def say_once(
    unit: Unit, key: str, endpoint_id: int, message: dict[str, Any], now: datetime, *, asked: bool = False
) -> bool:
    """Queue a message to a group unless one of that key ever was; return whether it is new."""
    values = {
        "key": key,
        "kind": KIND,
        "lane": REPLY if asked else NOTICE,
        "endpoint_id": endpoint_id,
        "message": message,
        "state": State.WAITING.value,
        "not_before": now,
        "created_at": now,
    }
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(outbox).values(values).on_conflict_do_nothing().returning(outbox.c.id)
    return unit.conn.execute(fresh).first() is not None


def person_behind(unit: Unit, channel: str, chat: str) -> int | None:
    """Return the person whose private chat that is."""
    query = select(endpoints.c.person_id).where(endpoints.c.channel == channel, endpoints.c.chat == chat)
    return unit.conn.execute(query).scalar()
