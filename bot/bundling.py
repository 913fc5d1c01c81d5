"""All evidence of a group task as one file, in a coordinator's chat."""

from actions import evidence_bundle
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.outgoing import Message
from storage.views import work


def show(desk: Desk, button: Button) -> Reply:
    """Answer with the .zip of a task's evidence."""
    made = evidence_bundle.bundle(desk.unit, coordinator(desk), button.number(), desk.now)
    reply = say(
        "office/evidence_bundle",
        work=work.by_ids(desk.unit, [button.number()], desk.day)[button.number()],
        files=made.files,
        missing=made.missing,
        choices=[choice("Cả nhiệm vụ", Verb.OFFICE, "task", 0, button.number()), choice("Tổng hợp", Verb.DIGEST)],
    )
    (text,) = reply.messages
    return Reply((Message(text.text, text.choices, files=(made.file,)),), reply.conversation)
