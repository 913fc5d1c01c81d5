"""What people and groups on the emulated server can do."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.emulators.telegram_memory import BOT, DATE, Memory, Sent

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COMMAND = re.compile(r"/\w+(?:@(\w+))?")


@dataclass(slots=True)
class World(Memory):
    """The server's memory with people in it."""

    def says(self, number: int, text: str, sender: int | None = None, reply_to: int | None = None) -> int | None:
        """A person writes; in a group name the sender. Returns the update's id, None where the bot gets none."""
        return self.message(number, {"text": text} | self._reply(number, reply_to), sender)

    def message(self, number: int, content: dict[str, Any], sender: int | None = None) -> int | None:
        """A message with any content arrives from a person."""
        chat = self.person(number)
        chat.started = True
        who = sender if sender is not None else abs(number)
        key = self.next_number()
        self.written.add((number, key))
        if self.privacy and number < 0 and not self._for_the_bot(content):
            return None
        return self.arrive(
            "message",
            {
                "message_id": key,
                "date": DATE,
                "chat": chat.described(),
                "from": {"id": who, "is_bot": False, "first_name": f"Người {who}"},
                **content,
            },
        )

    def _for_the_bot(self, content: dict[str, Any]) -> bool:
        """Whether privacy mode lets a group's message through: commands, replies to the bot, mentions, services."""
        words = content.get("text", content.get("caption"))
        if content.get("reply_to_message", {}).get("from", {}).get("id") == BOT["id"]:
            return True
        if words is None:
            return not {"photo", "document", "sticker", "voice", "video", "audio", "location"} & content.keys()
        name = str(BOT["username"]).lower()
        if command := _COMMAND.match(words):
            return (command[1] or name).lower() == name
        return f"@{name}" in words.lower()

    def _reply(self, number: int, to: int | None) -> dict[str, Any]:
        if to is None:
            return {}
        ours = self.standing(number, to)
        who = BOT if ours else {"id": abs(number), "is_bot": False, "first_name": f"Người {abs(number)}"}
        shown = {"message_id": to, "date": DATE, "chat": self.person(number).described(), "from": who}
        return {"reply_to_message": shown | {"text": ours.text if ours else "…"}}

    def edits(self, number: int, text: str) -> int | None:
        """A person changes an old message."""
        edited = {"message_id": 1, "date": DATE, "edit_date": DATE + 1, "text": text}
        return self.arrive("edited_message", edited | {"chat": self.person(number).described()})

    def deletes(self, number: int, message_id: int) -> None:
        """A person deletes a message, anybody's, for both sides; the bot is not told."""
        self.deleted.add((number, message_id))

    def sends_file(self, number: int, name: str, content: bytes, caption: str = "", media_type: str = "") -> int | None:
        """A person sends a document."""
        return self.message(number, self._document(name, content, media_type) | _captioned(caption))

    def sends_photo(self, number: int, content: bytes, caption: str = "") -> int | None:
        """A person sends a picture; it comes in two sizes, as from the real server."""
        return self.message(number, self._photo(content) | _captioned(caption))

    def sends_album(self, number: int, files: dict[str, bytes], caption: str = "") -> list[int | None]:
        """A person sends files together: as many updates with one mark, the caption with the first.

        Pictures (.jpg) go with pictures only, documents with documents only; 2 to 10 of them.
        """
        pictures = {name.endswith(".jpg") for name in files}
        assert len(pictures) == 1, "documents only with documents"
        assert 2 <= len(files) <= 10
        mark = {"media_group_id": str(self.next_number())}
        captions = [caption, *[""] * len(files)]
        made = [
            self._photo(content) if name.endswith(".jpg") else self._document(name, content, "application/pdf")
            for name, content in files.items()
        ]
        return [self.message(number, one | mark | _captioned(captions[at])) for at, one in enumerate(made)]

    def _document(self, name: str, content: bytes, media_type: str) -> dict[str, Any]:
        kind = {"mime_type": media_type} if media_type else {}
        return {"document": self.keep_file(name, content) | {"file_name": name} | kind}

    def _photo(self, content: bytes) -> dict[str, Any]:
        small = self.keep_file("nho.jpg", content[:10]) | {"width": 90, "height": 60}
        return {"photo": [small, self.keep_file("lon.jpg", content) | {"width": 1280, "height": 853}]}

    def sends_sticker(self, number: int) -> int | None:
        """A person sends a sticker."""
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self.message(number, {"sticker": self.keep_file("s.webp", b"webp") | shape})

    def shares_contact(self, number: int, phone: str) -> int | None:
        """A person shares their own telephone number."""
        contact = {"phone_number": phone, "first_name": f"Người {number}", "user_id": number}
        return self.message(number, {"contact": contact})

    def presses(self, number: int, button: str, sender: int | None = None) -> int | None:
        """A person presses a button of the newest message that has one with this label or key.

        Raises LookupError where no message shows it.
        """
        for sent in self.shown():
            for data in (one for row in sent.buttons for one in row if sent.chat == number):
                if button in (data["text"], data.get("callback_data")) and "callback_data" in data:
                    return self._press(sent, data["callback_data"], sender or abs(number))
        raise LookupError(button)

    def follows(self, number: int, link: str) -> int | None:
        """A person opens a deep link into their chat. Raises LookupError for one that Telegram does not know."""
        return self.says(number, f"/start {_payload(link, 'start')}")

    def adds_by_link(self, number: int, link: str, sender: int) -> int | None:
        """A person adds the bot to a group by a deep link: it comes in, then the payload in that person's name."""
        payload = _payload(link, "startgroup")
        self.adds(number, sender)
        return self.says(number, f"/start@{BOT['username']} {payload}", sender)

    def adds(self, number: int, sender: int) -> int | None:
        """A person adds the bot to a group."""
        return self._membership(number, "left", "member", sender)

    def upgrades(self, number: int, to: int) -> int | None:
        """A group becomes a supergroup: told in the old chat and in the new one."""
        old, new = self.person(number), self.person(to)
        told = self.message(number, {"migrate_to_chat_id": to})
        old.moved_to, new.started = to, True
        self.message(to, {"migrate_from_chat_id": number})
        return told

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
        shown = {"message_id": sent.message_id, "date": DATE, "text": sent.text, "from": BOT}
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

    def _membership(self, number: int, old: str, new: str, sender: int | None = None) -> int | None:
        chat = self.person(number)
        chat.blocked = new == "kicked"
        until = {"until_date": 0}
        who = sender or abs(number)
        return self.arrive(
            "my_chat_member",
            {
                "chat": chat.described(),
                "from": {"id": who, "is_bot": False, "first_name": f"Người {who}"},
                "date": DATE,
                "old_chat_member": {"user": BOT, "status": old} | (until if old == "kicked" else {}),
                "new_chat_member": {"user": BOT, "status": new} | (until if new == "kicked" else {}),
            },
        )


def _captioned(caption: str) -> dict[str, Any]:
    return {"caption": caption} if caption else {}


def _payload(link: str, name: str) -> str:
    parts = urlsplit(link)
    found = parse_qs(parts.query).get(name, [""])[0]
    if (parts.scheme, parts.netloc, parts.path.lstrip("/")) != ("https", "t.me", BOT["username"]):
        raise LookupError(link)
    if not _PAYLOAD.fullmatch(found):
        raise LookupError(f"{link}: no payload of 1-64 A-Z a-z 0-9 _ -")
    return found
