"""Where a question may be answered by a file and the channel takes none: a page where one can be sent instead."""

from dataclasses import replace

from actions import links
from bot import reporting, requests, unit_forms
from bot.citizens import steps as feedback
from bot.citizens_after import steps as mine
from bot.desk import Desk, Reply
from domain.conversation import Conversation
from domain.incoming import Sent
from domain.links import Purpose
from domain.local import local
from domain.outgoing import Link, Message

ASKING = (reporting.EVIDENCE, requests.PROVIDE, unit_forms.FILE, mine.TEXT, feedback.FILES)
"""Questions that ask for a file."""


def offered(desk: Desk, reply: Reply) -> Reply:
    """Return the answer with a link where it asks for a file that cannot be sent here.

    Once a question, and again where the person has sent something that this channel does not bring us.
    """
    asked = reply.conversation
    if desk.can.files_in or asked.step not in ASKING or not reply.messages:
        return reply
    if _same(asked, desk.conversation) and desk.incoming.sent is not Sent.OTHER:
        return reply
    matter = asked.data["id"] if asked.step == reporting.EVIDENCE else None
    *before, last = reply.messages
    return replace(reply, messages=(*before, with_link(desk, last, matter)))


def door(desk: Desk, reply: Reply) -> Reply:
    """Return the answer with a link by which a file can be sent in, where the channel itself takes none."""
    if desk.can.files_in or not reply.messages:
        return reply
    *before, last = reply.messages
    return replace(reply, messages=(*before, with_link(desk, last)))


def with_link(desk: Desk, message: Message, matter_id: int | None = None) -> Message:
    """Return the message with a link by which one file can be sent in; without one where nobody knows our address."""
    made = links.upload(desk.unit, desk.endpoint_id, desk.now, matter_id)
    if made is None:
        return message
    until = local(desk.now + links.life_of(desk.unit, Purpose.UPLOAD))
    label = f"Gửi tệp tại đây (đến {until:%H:%M %d/%m})"
    return replace(message, links=(*message.links, Link(label, made)))


def _same(asked: Conversation, before: Conversation) -> bool:
    return (asked.step, asked.data.get("id")) == (before.step, before.data.get("id"))
