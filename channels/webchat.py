"""The web chat as a channel: what is sent is told to the browsers that listen, and kept by the outbox alone.

Nothing is lost when no browser listens: a page reads its history from the database. The channel's own message
ids are stamps (`domain.chatlines`), which put what was sent and what came in into one order.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from channels.files import FileKeeper
from domain.chatlines import ChatLine, said, stamp
from domain.delivery import Delivered, Outcome, Reason, Refused
from domain.incoming import Incoming, IncomingFile, Sent
from domain.outgoing import Capabilities, Message, Pictures
from domain.words import nfc

NAME = "web"
LARGEST_OUT = 50 * 1024 * 1024
CAN = Capabilities(
    text_limit=4000,
    buttons=True,
    files_in=True,
    files_out=("",),
    largest_out=LARGEST_OUT,
    pictures=Pictures.BYTES,
    largest_picture=LARGEST_OUT,
    links=True,
)

LISTENERS = 8
"""The most pages that may listen to one chat at once; the oldest makes room."""
_BACKLOG = 200


class Listener:
    """One page's ear: lines of its chats in the order in which they were told, until it is closed."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[tuple[str, ChatLine] | None] = asyncio.Queue()
        self.closed = False

    async def next(self, patience: float) -> tuple[str, ChatLine] | None:
        """Return the next (chat, line); None after `patience` seconds of silence, a nudge, or once it is closed."""
        try:
            return await asyncio.wait_for(self._queue.get(), patience)
        except TimeoutError:
            return None

    def tell(self, chat: str, line: ChatLine) -> None:
        """Hand a line over; a listener that does not keep up is closed and reads its history again."""
        if self._queue.qsize() >= _BACKLOG:
            self.close()
        if not self.closed:
            self._queue.put_nowait((chat, line))

    def nudge(self) -> None:
        """Let the one that waits look for itself what is new."""
        self._queue.put_nowait(None)

    def close(self) -> None:
        """End the listening once what was told has been taken."""
        if not self.closed:
            self.closed = True
            self._queue.put_nowait(None)

    @property
    def over(self) -> bool:
        """Whether it is closed and everything told has been taken."""
        return self.closed and self._queue.empty()


class WebChat:
    """The channel "web". A chat's address is the unguessable id of a browser's session.

    `clock` gives business time for the lines shown; `ticker` nanoseconds since 1970 for their order.
    """

    def __init__(
        self, clock: Callable[[], datetime], files: FileKeeper, ticker: Callable[[], int] = time.time_ns
    ) -> None:
        self.files = files
        self._clock = clock
        self._ticker = ticker
        self._last = 0
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        self._closed = False

    @property
    def name(self) -> str:
        """The name under which its addresses are kept."""
        return NAME

    @property
    def can(self) -> Capabilities:
        """4,000 characters, buttons, links, files in and out."""
        return CAN

    def stamp(self) -> str:
        """Return a fresh stamp, later than every one before."""
        self._last = max(self._ticker(), self._last + 1)
        return stamp(self._last)

    async def send(self, chat: str, message: Message) -> Outcome:
        """Tell the listening pages; always delivered, for the outbox row itself is what a page reads later."""
        if CAN.length(message.text) > CAN.text_limit:
            return Refused(Reason.BROKEN, "text too long")
        mark = self.stamp()
        line = said(mark, self._clock(), message)
        self.tell(chat, line)
        return Delivered(mark)

    def tell(self, chat: str, line: ChatLine) -> None:
        """Show a line to every page that listens to the chat."""
        for listener in tuple(self._listeners.get(chat, ())):
            listener.tell(chat, line)

    def nudge(self, chat: str) -> None:
        """Let every page that listens to the chat read anew: another process may have sent something."""
        for listener in tuple(self._listeners.get(chat, ())):
            listener.nudge()

    @contextmanager
    def listen(self, chats: Iterable[str]) -> Iterator[Listener]:
        """Open an ear for these chats; closed with the block, or earlier by `close` or a ninth listener."""
        listener, heard = Listener(), tuple(chats)
        if self._closed:
            listener.close()
        for chat in heard:
            others = self._listeners[chat]
            others.append(listener)
            if len(others) > LISTENERS:
                others[0].close()
                del others[0]
        try:
            yield listener
        finally:
            for chat in heard:
                self._forget(chat, listener)

    def parse(self, chat: str, key: str, payload: Mapping[str, Any]) -> Incoming:
        """Return what an inbox row of this channel says."""
        if "button" in payload:
            return Incoming(NAME, chat, key, Sent.BUTTON, button=payload["button"], sender="")
        text = nfc(payload.get("text", ""))
        if "file" in payload:
            told = payload["file"]
            file = IncomingFile(told["reference"], told["name"], told["media_type"], told["size"])
            return Incoming(NAME, chat, key, Sent.FILE, text=text, files=(file,), sender="")
        return Incoming(NAME, chat, key, Sent.TEXT, text=text, sender="")

    async def fetch(self, reference: str, limit: int) -> bytes:
        """Return a file a person sent, at most `limit` bytes.

        Raises FileTooLargeError beyond, ChannelError where it is not kept (any more).
        """
        return await asyncio.to_thread(self.files.read, reference, limit)

    def hang_up(self) -> None:
        """End every listening there is now; the pages come back by themselves and read what they missed."""
        for listeners in tuple(self._listeners.values()):
            for listener in tuple(listeners):
                listener.close()

    async def answers(self) -> bool:
        """Always: there is no provider."""
        return True

    async def close(self) -> None:
        """End every listening, now and later, so that open pages let go of the server."""
        self._closed = True
        self.hang_up()

    def _forget(self, chat: str, listener: Listener) -> None:
        left = [one for one in self._listeners.get(chat, ()) if one is not listener]
        if left:
            self._listeners[chat] = left
        else:
            self._listeners.pop(chat, None)
