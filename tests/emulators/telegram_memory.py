"""What the emulated server remembers: chats, messages both ways, files, menus and the updates not yet confirmed."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.telegram_rules import Refusal, bad

BOT = {"id": 7, "is_bot": True, "first_name": "Nhắc việc", "username": "NhacViecThuBot"}
DEFAULT_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
LARGEST_FILE = 20 << 20
DATE = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A message the bot brought to a chat, or showed in the place of an earlier one (`edit`).

    `at` in seconds of the emulator's clock; `file` is kind, name, size and id of what was handed over.
    """

    at: float
    chat: int
    message_id: int
    text: str
    entities: list[dict[str, Any]]
    buttons: list[list[dict[str, Any]]]
    parameters: dict[str, Any]
    file: dict[str, Any] = field(default_factory=dict)
    edit: bool = False


@dataclass(slots=True)
class Chat:
    """A chat the bot may know. Groups have numbers below zero."""

    number: int
    started: bool = True
    blocked: bool = False
    gone: str = ""
    moved_to: int | None = None

    def described(self) -> dict[str, Any]:
        if self.number < 0:
            return {"id": self.number, "type": "supergroup", "title": f"Nhóm {-self.number}"}
        return {"id": self.number, "type": "private", "first_name": f"Người {self.number}"}


@dataclass(slots=True)
class Memory:
    """The server's memory. `privacy`: in groups the bot gets only commands, replies to it and mentions of it."""

    clock: Callable[[], float] = time.monotonic
    chats: dict[int, Chat] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    callbacks: set[str] = field(default_factory=set)
    answered: list[dict[str, Any]] = field(default_factory=list)
    menus: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    kinds: frozenset[str] = DEFAULT_KINDS
    tells_sizes: bool = True
    privacy: bool = True
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    written: set[tuple[int, int]] = field(default_factory=set)
    """The messages of people, as (chat, message)."""
    deleted: set[tuple[int, int]] = field(default_factory=set)
    _numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def commands(self) -> list[dict[str, str]]:
        """The menu of everyone."""
        return self.menus.get("default", [])

    def next_number(self) -> int:
        return next(iter(self._numbers))

    def person(self, number: int, started: bool = True) -> Chat:
        """Return a chat, making it where it is new. `started` False: the bot may not write first."""
        return self.chats.setdefault(number, Chat(number, started))

    def reachable(self, number: int) -> Chat:
        """Return the chat a message may go to; raises Refusal in the server's words."""
        chat = self.chats.get(number)
        if chat is None:
            bad("chat not found")
        if chat.moved_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, words, migrate_to_chat_id=chat.moved_to)
        for wrong, words in (
            (chat.blocked and number > 0, "bot was blocked by the user"),
            (chat.blocked, "bot was kicked from the supergroup chat"),
            (bool(chat.gone), chat.gone),
            (not chat.started, "bot can't initiate conversation with a user"),
        ):
            if wrong:
                raise Refusal(403, f"Forbidden: {words}")
        return chat

    def shown(self) -> Iterator[Sent]:
        """Yield the messages of the bot as they stand now, the newest first."""
        seen: set[tuple[int, int]] = set()
        for one in reversed(self.sent):
            place = (one.chat, one.message_id)
            if place not in seen and place not in self.deleted:
                yield one
            seen.add(place)

    def standing(self, number: int, message_id: int) -> Sent | None:
        """Return one message of the bot as it stands now, None where it is gone."""
        return next((one for one in self.shown() if (one.chat, one.message_id) == (number, message_id)), None)

    def knows(self, number: int, message_id: int) -> bool:
        """Whether a message of anybody stands in the chat."""
        place = (number, message_id)
        written = place in self.written and place not in self.deleted
        return written or self.standing(number, message_id) is not None

    def keep_file(self, name: str, content: bytes) -> dict[str, Any]:
        key = f"file{self.next_number()}"
        self.files[key] = (f"documents/{key}-{len(content)}.{name.rpartition('.')[2]}", content)
        return {"file_id": key, "file_unique_id": f"u{key}", "file_size": len(content)}

    def arrive(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update, or nothing where the bot did not ask for its kind; wake who waits."""
        if kind not in self.kinds:
            return None
        number = 1000 + self.next_number()
        self.updates.append({"update_id": number, kind: content})
        self.arrived.set()
        return number

    def taken(self) -> list[dict[str, Any]]:
        """Return the updates that wait, and forget them: whoever asks brings them to the bot in a way of their own."""
        waiting, self.updates = self.updates, []
        return waiting
