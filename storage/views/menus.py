"""Whose menus of commands there should be, and which were set."""

from sqlalchemy import select

from domain.people import Membership, Role
from storage.database import Unit
from storage.people import OPEN
from storage.schema import channel_state, endpoints, memberships

PREFIX = "menu:"


def roles_by_chat(unit: Unit, channel: str) -> dict[str, frozenset[Role]]:
    """Return what the people behind the open private chats of a channel are, by chat; others are left out."""
    query = (
        select(endpoints.c.chat, memberships.c.role)
        .join(memberships, memberships.c.person_id == endpoints.c.person_id)
        .where(endpoints.c.channel == channel, endpoints.c.state == OPEN, memberships.c.state == Membership.ACTIVE)
        .distinct()
        .order_by(endpoints.c.chat)
    )
    found: dict[str, set[Role]] = {}
    for row in unit.conn.execute(query):
        found.setdefault(row.chat, set()).add(Role(row.role))
    return {chat: frozenset(roles) for chat, roles in found.items()}


def noted(unit: Unit, channel: str) -> dict[str, str]:
    """Return the mark of each menu that was set, by whose it is."""
    query = select(channel_state.c.key, channel_state.c.value).where(
        channel_state.c.channel == channel, channel_state.c.key.startswith(PREFIX, autoescape=True)
    )
    return {row.key.removeprefix(PREFIX): row.value for row in unit.conn.execute(query)}
