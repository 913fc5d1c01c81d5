"""What the emulated server knows: people, chats, messages, files and the updates not yet confirmed."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.telegram_rules import Refusal, bad

BOT = {"id": 7, "is_bot": True, "first_name": "Nhắc việc", "username": "NhacViecThuBot"}
DEFAULT_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
LARGEST_FILE = 20 << 20


@dataclass(frozen=True, slots=True)
class Sent:
    """A message the bot brought to a chat; `at` in seconds of the emulator's clock."""

    at: float
    chat: int
    message_id: int
    text: str
    entities: list[dict[str, Any]]
    buttons: list[list[dict[str, Any]]]
    parameters: dict[str, Any]


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
class World:
    """The server's memory, and what people in it can do."""

    clock: Callable[[], float] = time.monotonic
    chats: dict[int, Chat] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    callbacks: set[str] = field(default_factory=set)
    answered: list[dict[str, Any]] = field(default_factory=list)
    commands: list[dict[str, str]] = field(default_factory=list)
    kinds: frozenset[str] = DEFAULT_KINDS
    tells_sizes: bool = True
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))

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

    def says(self, number: int, text: str, sender: int | None = None) -> int | None:
        """A person writes; in a group name the sender. Returns the update's id."""
        return self.message(number, {"text": text}, sender)

    def message(self, number: int, content: dict[str, Any], sender: int | None = None) -> int | None:
        """A message with any content arrives from a person."""
        chat = self.person(number)
        chat.started = True
        who = sender if sender is not None else abs(number)
        return self.arrive(
            "message",
            {
                "message_id": self.next_number(),
                "date": 1_790_000_000,
                "chat": chat.described(),
                "from": {"id": who, "is_bot": False, "first_name": f"Người {who}"},
                **content,
            },
        )

    def edits(self, number: int, text: str) -> int | None:
        """A person changes an old message."""
        edited = {"message_id": 1, "date": 1_790_000_000, "edit_date": 1_790_000_001, "text": text}
        return self.arrive("edited_message", edited | {"chat": self.person(number).described()})

    def sends_file(self, number: int, name: str, content: bytes, caption: str = "", media_type: str = "") -> int | None:
        """A person sends a document."""
        document = self._file(name, content) | {"file_name": name}
        document |= {"mime_type": media_type} if media_type else {}
        return self.message(number, {"document": document} | ({"caption": caption} if caption else {}))

    def sends_photo(self, number: int, content: bytes, caption: str = "") -> int | None:
        """A person sends a picture; it comes in two sizes, as from the real server."""
        small = self._file("nho.jpg", content[:10]) | {"width": 90, "height": 60}
        large = self._file("lon.jpg", content) | {"width": 1280, "height": 853}
        return self.message(number, {"photo": [small, large]} | ({"caption": caption} if caption else {}))

    def sends_sticker(self, number: int) -> int | None:
        """A person sends a sticker."""
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self.message(number, {"sticker": self._file("s.webp", b"webp") | shape})

    def shares_contact(self, number: int, phone: str) -> int | None:
        """A person shares their own telephone number."""
        contact = {"phone_number": phone, "first_name": f"Người {number}", "user_id": number}
        return self.message(number, {"contact": contact})

    def presses(self, number: int, button: str, sender: int | None = None) -> int | None:
        """A person presses a button of the newest message that has one with this label or key.

        Raises LookupError where no message shows it.
        """
        for sent in reversed(self.sent):
            for data in (one for row in sent.buttons for one in row if sent.chat == number):
                if button in (data["text"], data.get("callback_data")):
                    return self._press(sent, data["callback_data"], sender or abs(number))
        raise LookupError(button)

    def blocks(self, number: int) -> int | None:
        """A person blocks the bot; a group throws it out."""
        return self._membership(number, "member", "kicked")

    def unblocks(self, number: int) -> int | None:
        """A person lets the bot back in."""
        return self._membership(number, "kicked", "member")

    def buttons(self, number: int) -> list[str]:
        """Return the labels under the newest message to a chat."""
        newest = next((sent for sent in reversed(self.sent) if sent.chat == number), None)
        return [one["text"] for row in newest.buttons for one in row] if newest else []

    def _press(self, sent: Sent, data: str, who: int) -> int | None:
        key = f"cb{self.next_number()}"
        self.callbacks.add(key)
        shown = {"message_id": sent.message_id, "date": 1_790_000_000, "text": sent.text, "from": BOT}
        return self.arrive(
            "callback_query",
            {
                "id": key,
                "chat_instance": "1",
                "data": data,
                "from": {"id": who, "is_bot": False, "first_name": f"Người {who}"},
                "message": shown | {"chat": self.person(sent.chat).described()},
            },
        )

    def _membership(self, number: int, old: str, new: str) -> int | None:
        chat = self.person(number)
        chat.blocked = new == "kicked"
        until = {"until_date": 0}
        return self.arrive(
            "my_chat_member",
            {
                "chat": chat.described(),
                "from": {"id": abs(number), "is_bot": False, "first_name": f"Người {abs(number)}"},
                "date": 1_790_000_000,
                "old_chat_member": {"user": BOT, "status": old} | (until if old == "kicked" else {}),
                "new_chat_member": {"user": BOT, "status": new} | (until if new == "kicked" else {}),
            },
        )

    def _file(self, name: str, content: bytes) -> dict[str, Any]:
        key = f"file{self.next_number()}"
        self.files[key] = (f"documents/{key}-{len(content)}.{name.rpartition('.')[2]}", content)
        return {"file_id": key, "file_unique_id": f"u{key}", "file_size": len(content)}
