"""Reading the Official Account's events, and the proof that one comes from Zalo.

Source: developers.zalo.me, "Webhook". What people outside a chat do, and the echo of our own messages, is nothing.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from channels import zalo_oa_markup, zalo_oa_templates
from domain.incoming import Incoming, IncomingFile, Sent
from domain.words import nfc

NAME = "zalo_oa"
SIGNATURE = "x-zevent-signature"
_FILES = {
    "image": ("ảnh.jpg", "image/jpeg"),
    "file": ("tệp", "application/octet-stream"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("âm thanh.mp3", "audio/mpeg"),
}
"""Kinds of attachment that are fetched: name and media type where the event tells none."""

_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_SAID = "user_send_"
_RECEIPTS = {"user_received_message": Sent.RECEIVED, "user_seen_message": Sent.SEEN}
_CHANGES = {"follow": Sent.UNBLOCKED, "unfollow": Sent.BLOCKED}


def genuine(app_id: str, oa_secret: str) -> Callable[[Mapping[str, str], bytes], bool]:
    """Return the proof: "mac=" and the SHA-256 of app id, raw body, the body's timestamp, OA secret; a plain hash.

    The timestamp is part of the signed body. An old event that is posted again proves itself and does nothing: it is
    known by its message's id.
    """

    def proves(headers: Mapping[str, str], body: bytes) -> bool:
        stamp = _stamp(body)
        if stamp is None or not oa_secret:
            return False
        wanted = "mac=" + hashlib.sha256(app_id.encode() + body + stamp.encode() + oa_secret.encode()).hexdigest()
        return hmac.compare_digest(headers.get(SIGNATURE, "").encode(), wanted.encode())

    return proves


def _stamp(body: bytes) -> str | None:
    """Return the timestamp as the body writes it, None where there is none."""
    try:
        told = json.loads(body, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    stamp = told.get("timestamp") if isinstance(told, dict) else None
    return stamp if isinstance(stamp, str) and stamp else None


def parse(event: dict[str, Any]) -> Incoming | None:
    """Return what one event says, None where it says nothing to us.

    Raises KeyError, TypeError or AttributeError for what is no event at all.
    """
    name = str(event["event_name"])
    if name in _RECEIPTS:
        return _receipt(event, name)
    if name in _CHANGES:
        who = str(event["follower"]["id"])
        return Incoming(NAME, who, f"{name}:{who}:{event['timestamp']}", _CHANGES[name], sender=who)
    return _said(event) if name.startswith(_SAID) else None


def references(event: dict[str, Any]) -> list[str]:
    """Return the addresses of the files that came with an event."""
    try:
        found = parse(event)
    except (KeyError, TypeError, AttributeError):
        return []
    return [file.reference for file in found.files] if found is not None else []


def _receipt(event: dict[str, Any], name: str) -> Incoming | None:
    """Read a receipt. Which side is the person is told in both ways; a ZNS names a phone, and our mark the person."""
    message = event["message"]
    told = message.get("msg_ids") or [message["msg_id"]]
    ids = tuple(str(one) for one in told)
    key = hashlib.sha256("\n".join(ids).encode()).hexdigest()[:40]
    sides = str(event["recipient"]["id"]), str(event["sender"]["id"])
    if message.get("delivery_time"):
        sides = zalo_oa_templates.person_of(str(message.get("tracking_id") or "")), ""
    if not sides[0]:
        return None
    return Incoming(NAME, sides[0], f"{name}:{key}", _RECEIPTS[name], sender=sides[1], about=ids)


def _said(event: dict[str, Any]) -> Incoming:
    message, who = event["message"], str(event["sender"]["id"])
    message_id = str(message["msg_id"])
    text = nfc(str(message.get("text") or _shared(message)))
    files = tuple(_files(message))
    key = "" if files else zalo_oa_markup.pressed(text)
    sent = Sent.FILE if files else Sent.BUTTON if key else Sent.TEXT if text else Sent.OTHER
    return Incoming(
        NAME,
        who,
        f"msg:{message_id}",
        sent,
        text="" if key else text,
        button=key,
        files=files,
        sender=who,
        message_id=message_id,
        quotes=str(message.get("quote_msg_id") or ""),
    )


def _shared(message: Mapping[str, Any]) -> str:
    """Return the address that a person shared without words of their own, "" where there is none."""
    links = [one.get("payload") or {} for one in message.get("attachments") or () if one.get("type") == "link"]
    return str(links[0].get("url") or "") if links else ""


def _files(message: Mapping[str, Any]) -> Iterator[IncomingFile]:
    for attachment in message.get("attachments") or ():
        known, payload = _FILES.get(str(attachment.get("type"))), attachment.get("payload") or {}
        if known is None or not payload.get("url"):
            continue
        name = nfc(str(payload.get("name") or known[0]))
        ending = "." + name.lower().rpartition(".")[2]
        size = str(payload.get("size") or "")
        yield IncomingFile(
            str(payload["url"]),
            name,
            _MEDIA_TYPES.get(ending, known[1]),
            int(size) if size.isascii() and size.isdigit() else None,
        )
