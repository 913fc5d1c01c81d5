"""Chains of single-use tokens, sealed, one a channel; whoever reads one to change it holds it until the unit ends."""

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.tokens import Chain
from storage.database import Unit
from storage.schema import channel_state

KEY = "tokens"


def hold(unit: Unit, channel: str) -> Chain:
    """Return a channel's chain, locked; an empty one where none was begun."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    empty = {"channel": channel, "key": KEY, "value": unit.vault.seal_json(Chain().to_json())}
    unit.conn.execute(dialect.insert(channel_state).values(empty).on_conflict_do_nothing())
    query = select(channel_state.c.value).where(channel_state.c.channel == channel, channel_state.c.key == KEY)
    return Chain.from_json(unit.vault.unseal_json(unit.conn.execute(query.with_for_update()).scalar_one()))


def keep(unit: Unit, channel: str, chain: Chain) -> None:
    """Write a chain that is held."""
    row = update(channel_state).where(channel_state.c.channel == channel, channel_state.c.key == KEY)
    unit.conn.execute(row.values(value=unit.vault.seal_json(chain.to_json())))


def every(unit: Unit) -> dict[str, Chain]:
    """Return the chains that were begun, by channel."""
    rows = unit.conn.execute(select(channel_state.c.channel, channel_state.c.value).where(channel_state.c.key == KEY))
    return {row.channel: Chain.from_json(unit.vault.unseal_json(row.value)) for row in rows}
