"""Files that go with an answer."""

from collections.abc import Sequence
from dataclasses import replace

from actions import links
from bot.desk import Desk, Reply
from domain.outgoing import Attachment, Link


def with_files(reply: Reply, files: Sequence[Attachment]) -> Reply:
    """Return an answer of one message with files."""
    (message,) = reply.messages
    return replace(reply, messages=(replace(message, files=tuple(files)),))


def handed(desk: Desk, reply: Reply, file: Attachment) -> Reply:
    """Return an answer with a file of citizens' words: as a file by private channels, else as a link to it."""
    if desk.can.private:
        return with_files(reply, [file])
    (message,) = reply.messages
    url = links.file(desk.unit, desk.endpoint_id, file, desk.now)
    found = (Link(f"Tệp {file.name}", url),) if url else ()
    return replace(reply, messages=(replace(message, links=(*message.links, *found)),))
