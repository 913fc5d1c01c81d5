"""An update that no provider has shaped: what came in by a page of our own, for a chat of any channel."""

import re
from collections.abc import Mapping
from typing import Any

from domain.incoming import Incoming, IncomingFile, Sent
from domain.links import PREFIX
from domain.words import nfc

KEPT = "kept:"
"""How the reference of a file begins that lies in the house's own folder, whatever channel the chat is on."""


_DIGEST = re.compile(r"[0-9a-f]{64}")


def digest_of(reference: str) -> str:
    """Return under which digest a file lies in the house's own folder, "" for one that lies with its provider."""
    digest = reference.removeprefix(KEPT)
    return digest if _DIGEST.fullmatch(digest) else ""


def packed(file: IncomingFile, text: str = "") -> dict[str, Any]:
    """Return the form in which the inbox keeps a file and the words beside it."""
    told = {"reference": file.reference, "name": file.name, "media_type": file.media_type, "size": file.size}
    return {"file": told, "text": text}


def is_neutral(key: str) -> bool:
    """Whether an update with this key is one of ours. No provider's update has such a key."""
    return key.startswith(PREFIX)


def unpacked(channel: str, chat: str, key: str, payload: Mapping[str, Any]) -> Incoming:
    """Return what such an update says, as if it had come by the chat's own channel."""
    file = IncomingFile(**payload["file"])
    return Incoming(channel, chat, key, Sent.FILE, text=nfc(payload["text"]), files=(file,), sender=chat)
