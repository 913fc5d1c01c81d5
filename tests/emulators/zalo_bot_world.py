"""What the emulated Zalo Bot Platform knows: people, messages, pictures and the updates nobody took yet."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

BOT = {"id": "4f1e2d3c", "account_name": "Bot Nhắc việc", "account_type": "BASIC", "can_join_groups": False}
SENT_AT = 1_790_000_000_000


class Refusal(Exception):
    """An answer that is not ok: the provider's code and words."""

    def __init__(self, code: int, description: str, **parameters: float) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message the bot brought to a chat; `at` in seconds of the emulator's clock; `photo` is its address."""

    at: float
    chat: str
    message_id: str
    text: str
    photo: str = ""


@dataclass(slots=True)
class Person:
    """Somebody with Zalo; the bot may write to them once they have written to it."""

    chat: str
    wrote: bool = True
    blocked: bool = False

    @property
    def name(self) -> str:
        return f"Người {self.chat[-4:]}"


@dataclass(slots=True)
class World:
    """The server's memory, and what people in it can do. `pictures` are served below the server's own address.

    `wrapped`: updates come as `{ok, result}`, as some see them, instead of plain.
    """

    clock: Callable[[], float] = time.monotonic
    wrapped: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    address: str = ""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def key(self) -> str:
        """Return a fresh id of a message, hexadecimal as the server's."""
        return f"{0x2D758CB5E222 + next(self._numbers):x}"

    def person(self, chat: str, wrote: bool = True) -> Person:
        """Return a person, known from now on."""
        return self.people.setdefault(chat, Person(chat, wrote))

    def reachable(self, chat: str) -> Person:
        """Return the person a message may go to; raises Refusal."""
        person = self.people.get(chat)
        if person is None or not person.wrote:
            raise Refusal(404, "Chat not found")
        if person.blocked:
            raise Refusal(403, "Forbidden: user has blocked the bot")
        return person

    def bring(self, chat: str, text: str, photo: str = "") -> dict[str, Any]:
        """Bring a message to a person; return what the sender is told."""
        key = self.key()
        self.sent.append(Sent(self.clock(), chat, key, text, photo))
        return {"message_id": key, "date": SENT_AT}

    def says(self, chat: str, text: str) -> dict[str, Any]:
        """A person writes. Returns the update as it will come."""
        return self._arrive("message.text.received", chat, {"text": text, "message_type": "CHAT_TEXT"})

    def sends_photo(self, chat: str, content: bytes, caption: str = "", name: str = "anh.jpg") -> dict[str, Any]:
        """A person sends a picture."""
        path = f"{self.key()}/{name}"
        self.pictures[path] = content
        told = {"photo_url": f"{self.address}/photos/{path}", "caption": caption, "message_type": "CHAT_PHOTO"}
        return self._arrive("message.image.received", chat, told)

    def sends_sticker(self, chat: str) -> dict[str, Any]:
        """A person sends a sticker."""
        told = {"sticker": "bfe458bf64fa8da4d4eb", "url": "https://zalo-api.zadn.vn/api/emoticon/sticker"}
        return self._arrive("message.sticker.received", chat, told | {"message_type": "CHAT_STICKER"})

    def sends_file(self, chat: str) -> dict[str, Any]:
        """A person sends a document: the server tells that something came, and nothing of what it was."""
        return self._arrive("message.unsupported.received", chat, {"message_type": "CHAT_UNSUPPORTED"})

    def is_protected(self) -> dict[str, Any]:
        """Somebody of a protected kind writes: not even who is told."""
        return self._push({"event_name": "message.unsupported.received"})

    def says_in_group(self, group: str, chat: str, text: str) -> dict[str, Any]:
        """Somebody mentions the bot in a group."""
        return self._arrive("message.text.received", chat, {"text": text}, {"id": group, "chat_type": "GROUP"})

    def blocks(self, chat: str) -> None:
        """A person blocks the bot; no update tells it."""
        self.person(chat).blocked = True

    def unblocks(self, chat: str) -> None:
        """A person lets the bot back in."""
        self.person(chat).blocked = False

    def repeats(self, update: dict[str, Any]) -> None:
        """The server brings an update once more."""
        self.updates.append(update)
        self.arrived.set()

    def taken(self) -> dict[str, Any] | None:
        """Return the oldest update and forget it: handed out is gone. None where there is none."""
        return self.updates.pop(0) if self.updates else None

    def _arrive(
        self, event: str, chat: str, content: dict[str, Any], where: dict[str, str] | None = None
    ) -> dict[str, Any]:
        person = self.person(chat)
        person.wrote = True
        message = {
            "message_id": self.key(),
            "date": SENT_AT,
            "chat": where or {"id": chat, "chat_type": "PRIVATE"},
            "from": {"id": chat, "display_name": person.name, "is_bot": False},
            **content,
        }
        return self._push({"event_name": event, "message": message})

    def _push(self, update: dict[str, Any]) -> dict[str, Any]:
        told = {"ok": True, "result": update} if self.wrapped else update
        self.updates.append(told)
        self.arrived.set()
        return told
