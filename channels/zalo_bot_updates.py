"""Reading the Zalo Bot Platform's updates: what a person did, in the neutral form.

Source: the official pages of the Zalo Bot Platform (webhook, getUpdates) as public clients read them: plain, or
wrapped in `{ok, result}`; a picture's address is `photo_url` or `photo`.
"""

from typing import Any
from urllib.parse import urlsplit

from domain.incoming import Incoming, IncomingFile, Sent
from domain.words import nfc

NAME = "zalo_bot"

_TEXT = "message.text.received"
_LINK = "message.link.received"
_IMAGE = "message.image.received"
_OTHER = frozenset({"message.sticker.received", "message.voice.received", "message.unsupported.received"})
"""What is answered politely. A document comes as "unsupported", without any address of its content."""

_PRIVATE = "PRIVATE"
_PICTURES = {".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}


def parse(update: dict[str, Any]) -> Incoming | None:
    """Return what one update says, None where nobody answers: groups, other bots, reactions, protected senders.

    Groups are on trial at Zalo and are left alone. Raises KeyError, TypeError, ValueError or AttributeError for what
    is no update at all.
    """
    told = update["result"] if "event_name" not in update and "result" in update else update
    event = _text(told["event_name"])
    message = told.get("message")
    if message is None:  # a protected account: its words are kept from bots
        return None
    chat, sender = message["chat"], message["from"]
    if chat.get("chat_type", _PRIVATE) != _PRIVATE or sender.get("is_bot"):
        return None
    key = _id(message["message_id"])
    words, files = "", tuple[IncomingFile, ...]()
    if event in {_TEXT, _LINK}:
        words = nfc(_text(message.get("text") or message.get("url") or ""))
        sent = Sent.TEXT if words else Sent.OTHER
    elif event == _IMAGE and (address := message.get("photo_url") or message.get("photo")):
        words, sent, files = nfc(_text(message.get("caption") or "")), Sent.FILE, _picture(_text(address))
    elif event in _OTHER or event == _IMAGE:
        sent = Sent.OTHER
    else:
        return None
    who, where = _id(sender["id"]), _id(chat["id"])
    return Incoming(NAME, where, f"{event}:{key}", sent, words, files=files, sender=who, message_id=key)


def _picture(address: str) -> tuple[IncomingFile, ...]:
    path = urlsplit(address).path.lower()
    ending = next((one for one in _PICTURES if path.endswith(one)), ".jpg")
    return (IncomingFile(address, f"ảnh{ending}", _PICTURES.get(ending, "image/jpeg")),)


def _id(value: Any) -> str:
    if not _text(value):
        raise ValueError("an id is empty")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
