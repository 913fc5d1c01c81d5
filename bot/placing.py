"""Where an answer is shown: below, under the message that asks, or in the place of the list that was turned."""

from dataclasses import replace

from bot.desk import Desk, Reply
from domain.buttons import Button
from domain.incoming import Sent
from domain.outgoing import Message
from storage.views import threads


def placed(desk: Desk, reply: Reply) -> tuple[Message, ...]:
    """Return the messages of an answer, told where they belong."""
    if not reply.messages:
        return ()
    first, *rest = reply.messages
    if not rest and _turns(desk, reply, first):
        return (replace(first, replaces=desk.incoming.message_id),)
    if desk.incoming.quotes:
        return (replace(first, answers=desk.incoming.message_id), *rest)
    return reply.messages


def _turns(desk: Desk, reply: Reply, shown: Message) -> bool:
    """Whether a press only leafed on in the chat's latest answer: what was told unasked, or tells an act, stays."""
    incoming = desk.incoming
    if incoming.sent is not Sent.BUTTON or not desk.can.edits or not shown.choices or shown.files:
        return False
    if reply.notices or reply.conversation.step:
        return False
    button = Button.unpack(incoming.button)
    if button is None or not button.verb.only_reads:
        return False
    return threads.is_latest_answer(desk.unit, desk.endpoint_id, incoming.message_id)
