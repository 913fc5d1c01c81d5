"""Fetching and reading the files that officers sent: outside any unit, then one unit that keeps them and answers.

A process that ends in the middle leaves a file waiting; whoever starts next takes it again, and what is said of it is
queued with the mark that says so: exactly once. Whoever is in the middle of a question is not disturbed: files that
were read wait until it is answered.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from actions import conversations, evidence, outbox, people
from actions.evidence import Kept
from bot import filed, reporting, sent_files
from bot.desk import Desk, Reply, sentence
from bot.intake import Fetch, in_thread
from bot.looping import keep_working
from channels.base import ChannelError, FileTooLargeError
from channels.files import KeptFile
from documents.attachments import named
from documents.letters import FirstPages
from domain.conversation import Conversation
from domain.delivery import Reason, Refused
from domain.errors import ActRefused, DocumentRefused
from domain.incoming import Incoming, Sent
from domain.local import today
from domain.outgoing import Capabilities, Message
from domain.replies.letter import Letter, read_letter
from messages.render import render
from storage.views import AnyRow, Database, Unit, office
from storage.views import sent_files as views

log = structlog.get_logger(__name__)

Read = Callable[[str, bytes], FirstPages]
"""Reads a file of that name, slowly, within limits; raises DocumentRefused for what is not taken."""

Keep = Callable[[AsyncIterator[bytes]], Awaitable[KeptFile]]
"""Puts a file into the house's folder."""

USED = "Báo cáo đã gửi vẫn được ghi nhận, nhưng chưa kèm tệp này."


@dataclass(slots=True)
class EvidenceReader:
    """Reads one file after the other; `answered` is called after each commit, so that the answer leaves at once."""

    db: Database
    clock: Callable[[], datetime]
    fetchers: Mapping[str, Fetch]
    read: Read
    keep: Keep
    can: Mapping[str, Capabilities]
    answered: Callable[[], None]
    awake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Read until cancelled."""
        await keep_working(self.step, self.awake)

    async def step(self) -> bool:
        """Take in one waiting file, else speak of one that was read; return whether there was one."""
        now = self.clock()
        row = await self.db.read(lambda unit: evidence.take(unit, tuple(self.fetchers), now))
        if row is not None:
            ending = await self._attempt(row)
            await self.db.run(lambda unit: ending(unit))
        elif (ripe := await self.db.read(lambda unit: views.ripe(unit, now))) is not None:
            await self.db.run(lambda unit: self._offer(unit, ripe))
        else:
            return False
        self.answered()
        return True

    async def _attempt(self, row: AnyRow) -> Callable[[Unit], None]:
        """Fetch, look, keep and read; return what the unit that follows has to do."""
        try:
            content = await self.fetchers[row.channel](row.reference, evidence.LARGEST)
            pages = await in_thread(lambda: self.read(row.name, content))
            file = await self.keep(_whole(content))
        except FileTooLargeError:
            return lambda unit: self._refuse(unit, row, evidence.TOO_LARGE.format(name=row.name))
        except ChannelError as error:
            log.warning("file_not_fetched", file=row.file_id, error=str(error))
            return self._not_fetched(row, error)
        except DocumentRefused as refused:
            said = refused.sentence
            return lambda unit: self._refuse(unit, row, said)
        except Exception as error:
            log.exception("file_failed", file=row.file_id)
            return self._failing(row, type(error).__name__, evidence.BROKEN)
        kept = Kept(file.digest, named(row.name, pages.media_type), pages.media_type, file.size, _letter(pages.text))
        return lambda unit: self._taken(unit, row, kept)

    def _not_fetched(self, row: AnyRow, error: ChannelError) -> Callable[[Unit], None]:
        """Count a file that its provider does not hand out; wait for a provider that cannot answer now."""
        outcome = error.outcome
        if isinstance(outcome, Refused) and outcome.reason is Reason.BROKEN:
            return self._failing(row, str(error), evidence.LOST)
        asked = outcome.retry_after if isinstance(outcome, Refused) else None
        after = timedelta(seconds=asked) if asked is not None else None
        said = evidence.LOST.format(name=row.name)

        def wait(unit: Unit) -> None:
            if evidence.postponed(unit, row, str(error), said, self.clock(), after):
                self._tell_refused(unit, row, said)

        return wait

    def _failing(self, row: AnyRow, error: str, said: str) -> Callable[[Unit], None]:
        sentence_said = said.format(name=row.name)

        def fail(unit: Unit) -> None:
            if evidence.failed(unit, row, error, sentence_said, self.clock()):
                self._tell_refused(unit, row, sentence_said)

        return fail

    def _refuse(self, unit: Unit, row: AnyRow, said: str) -> None:
        if evidence.refuse(unit, row, said, self.clock()):
            self._tell_refused(unit, row, said)

    def _tell_refused(self, unit: Unit, row: AnyRow, said: str) -> None:
        """Say once that a file is not taken; where it was the evidence about to be confirmed, ask for another."""
        desk, bundle = self._desk(unit, row.endpoint_id, row.person_id), views.bundle(unit, row.bundle)
        if desk is None or bundle is None:
            return
        if views.reported_with(unit, row.file_id):
            said = f"{said} {USED}"
        told = Message(said, heading=False, numbered=False)
        reply = Reply((told,), desk.conversation)
        if desk.data.get("bundle") == bundle.id:
            if desk.conversation.step == sent_files.READING and not bundle.usable:
                reply = Reply((told,), Conversation())
            elif desk.conversation.step == reporting.CONFIRM:
                again = filed.unseen(filed.without_refused(desk, bundle))
                reply = replace(again, messages=(told, *again.messages))
        self._send(unit, desk, f"file:{row.id}", reply)

    def _taken(self, unit: Unit, row: AnyRow, kept: Kept) -> None:
        """Keep what was read, and say at once what it adds to a confirmation that waits for it."""
        if not evidence.keep(unit, row, kept, self.clock()):
            return
        desk, bundle = self._desk(unit, row.endpoint_id, row.person_id), views.bundle(unit, row.bundle)
        if desk is None or bundle is None or bundle.waits:
            return
        if desk.conversation.step == reporting.CONFIRM and desk.data.get("bundle") == bundle.id:
            reply = _tried(desk, lambda: filed.read_since(desk, bundle))
            if reply is not None:
                self._send(unit, desk, f"file:{row.id}", filed.unseen(reply))
        elif views.resting(desk.conversation.step):
            self._offer(unit, bundle.id)

    def _offer(self, unit: Unit, number: int) -> None:
        """Propose what files are, once; beside choices that are still shown only a button and a word lead to it."""
        bundle = views.bundle(unit, number)
        if bundle is None or bundle.quiet or bundle.waits or not evidence.offered(unit, number):
            return
        desk = self._desk(unit, bundle.endpoint_id, bundle.person_id)
        if desk is None or not bundle.usable:
            return
        if desk.conversation.choices:
            told = Message(
                render("work/file_read", name=bundle.files[0].name, letter=bundle.letter),
                (sent_files.way_to(bundle),),
                numbered=False,
            )
            reply: Reply | None = Reply((told,), desk.conversation)
        else:
            reply = _tried(desk, lambda: sent_files.offer(desk, bundle))
        if reply is not None:
            self._send(unit, desk, f"offer:{bundle.files[-1].id}", reply)

    def _desk(self, unit: Unit, endpoint_id: int, person_id: int) -> Desk | None:
        """Return the chat as it stands now, None where it is not that person's any more or no seat is left."""
        now = self.clock()
        if people.person_behind(unit, endpoint_id) != person_id:
            return None
        viewer = office.viewer(unit, person_id, today(now))
        if not viewer.own_agencies:
            return None
        channel, chat = views.address(unit, endpoint_id)
        conversation = office.conversation(unit, endpoint_id, now)
        incoming = Incoming(channel, chat, "", Sent.OTHER)
        return Desk(unit, now, incoming, endpoint_id, self.can[channel], viewer, conversation)

    def _send(self, unit: Unit, desk: Desk, key: str, reply: Reply) -> None:
        person_id = desk.viewer.person_id if desk.viewer else None
        conversations.save(unit, desk.endpoint_id, reply.conversation, desk.now)
        outbox.reply(unit, key, desk.endpoint_id, person_id, reply.messages, desk.can, desk.now)


def _tried(desk: Desk, work: Callable[[], Reply | None]) -> Reply | None:
    """Answer a refusal of the rules with its sentence: a task may have gone while its file was read."""
    try:
        with desk.unit.conn.begin_nested():
            return work()
    except ActRefused as refused:
        return sentence(refused.sentence)


def _letter(text: str) -> Letter | None:
    found = read_letter(text) if text else Letter()
    return found if found.number or found.on or found.subject else None


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
