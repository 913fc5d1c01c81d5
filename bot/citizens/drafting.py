"""Keeping what a citizen has begun, on every step of the way."""

from actions.cases import drafts
from bot.citizens.steps import DRAFTED
from bot.desk import Desk, Reply


def kept(desk: Desk, reply: Reply) -> Reply:
    """Keep the answers of a conversation that goes on, and return its reply."""
    asked = reply.conversation
    if asked.step in DRAFTED:
        drafts.keep(desk.unit, desk.endpoint_id, asked.step, asked.data, desk.now)
    return reply


def erased(desk: Desk, reply: Reply) -> Reply:
    """Erase what was begun, and return the reply that ends it."""
    drafts.forget(desk.unit, desk.endpoint_id)
    return reply
