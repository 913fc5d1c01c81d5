"""Reading the Bot API's updates: what a person did, in the neutral form.

Source: core.telegram.org/bots/api#update. Kinds we do not ask for, edits and most service messages are nothing.
"""

import re
from collections.abc import Sequence
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update

from domain.incoming import Incoming, IncomingFile, Sent
from domain.words import nfc

NAME = "telegram"

KINDS = ("message", "callback_query", "my_chat_member")
"""The updates we ask for, explicitly: the server remembers the last list it was given."""

_FILES = (
    ("document", "tệp", "application/octet-stream"),
    ("video", "video.mp4", "video/mp4"),
    ("audio", "âm thanh.mp3", "audio/mpeg"),
)
"""(field, name where the sender's is missing, media type where it is missing)."""

_RECORDED = (("voice", "ghi âm.ogg", "audio/ogg"), ("video_note", "video.mp4", "video/mp4"))
"""What people record instead of writing: told with its file, as something that is no text and no document."""

_OTHER = ("sticker", "voice", "video_note", "contact", "location", "poll", "dice", "story", "game")
"""Things people send that carry no text and no file we take."""

_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_GONE = (ChatMember.BANNED, ChatMember.LEFT)
_COMMAND = re.compile(r"(/\w+)@(\w+)")
_MENTION = re.compile(r"@(\w+)[\s,:]*")
_NAMED = re.compile(r"(?<!\w)@(\w+)")


def parse(update: dict[str, Any], username: str = "") -> Incoming | None:
    """Return what one update says, or None where it says nothing to us.

    `username` is the bot's own name without "@"; empty where it is not known yet, then every command in a
    group counts as ours. Raises KeyError, TypeError or
    AttributeError for what is no update at all.
    """
    try:
        known = Update.de_json(update, None)
        key = str(int(known.update_id))
    except OverflowError:  # a moment beyond every calendar, a number beyond every count
        raise ValueError("out of range") from None
    if known.callback_query is not None:
        return _pressed(known.callback_query, key)
    if known.my_chat_member is not None:
        return _membership(known.my_chat_member, key)
    if known.message is not None:
        return _said(known.message, key, username)
    return None


def callback_id(update: dict[str, Any]) -> str | None:
    """Return the id that `answer_callback` wants where the update is a pressed button."""
    query = update.get("callback_query")
    return str(query["id"]) if isinstance(query, dict) and "id" in query else None


def _pressed(query: CallbackQuery, key: str) -> Incoming | None:
    if query.message is None or not isinstance(query.data, str) or not query.data:
        return None
    chat = query.message.chat
    return Incoming(
        NAME,
        str(chat.id),
        key,
        Sent.BUTTON,
        button=query.data,
        sender=str(query.from_user.id),
        group=chat.type in _GROUPS,
        message_id=str(query.message.message_id),
        title=nfc(chat.title or ""),
    )


def _membership(change: ChatMemberUpdated, key: str) -> Incoming | None:
    if change.chat.type == Chat.CHANNEL:
        return None
    sent = Sent.BLOCKED if change.new_chat_member.status in _GONE else Sent.UNBLOCKED
    group = change.chat.type in _GROUPS
    title = nfc(change.chat.title or "")
    return Incoming(NAME, str(change.chat.id), key, sent, sender=str(change.from_user.id), group=group, title=title)


def _said(message: Message, key: str, username: str) -> Incoming | None:
    group = message.chat.type in _GROUPS
    sender = message.from_user
    title = nfc(message.chat.title or "")
    if message.migrate_to_chat_id is not None:
        moved_to = str(message.migrate_to_chat_id)
        return Incoming(NAME, str(message.chat.id), key, Sent.MOVED, group=True, moved_to=moved_to, title=title)
    if sender is not None and sender.is_bot and message.sender_chat is None:
        return None  # another bot: two of them would talk for ever; sender_chat marks a hidden human admin
    said = nfc(message.text or message.caption or "")
    text = _ours(said, username)
    files = _files(message, _FILES)
    if text is None:
        return None
    if not text and not files and not any(getattr(message, kind) for kind in _OTHER):
        return None
    return Incoming(
        NAME,
        str(message.chat.id),
        key,
        Sent.FILE if files else Sent.TEXT if text else Sent.OTHER,
        text=text,
        files=files or _files(message, _RECORDED),
        sender=str(sender.id) if sender is not None else "",
        group=group,
        message_id=str(message.message_id),
        quotes=_quoted(message, username),
        album=str(message.media_group_id or ""),
        title=title,
        called=bool(username) and username.lower() in (name.lower() for name in _NAMED.findall(said)),
    )


def _quoted(message: Message, username: str) -> str:
    """Return the id of the message of ours that this one answers, "" where it answers none of ours."""
    answered = message.reply_to_message
    author = answered.from_user if answered is not None else None
    if answered is None or author is None or not author.is_bot:
        return ""
    ours = not username or (author.username or "").lower() == username.lower()
    return str(answered.message_id) if ours else ""


def _ours(text: str, username: str) -> str | None:
    """Return the words without our own name in them; None where the command is for another bot."""
    if command := _COMMAND.match(text):
        if username and command[2].lower() != username.lower():
            return None
        return command[1] + text[command.end() :]
    mention = _MENTION.match(text)
    if mention and username and mention[1].lower() == username.lower():
        return text[mention.end() :]
    return text


def _files(message: Message, kinds: Sequence[tuple[str, str, str]]) -> tuple[IncomingFile, ...]:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (IncomingFile(largest.file_id, "ảnh.jpg", "image/jpeg", largest.file_size),)
    for field, name, media_type in kinds:
        found = getattr(message, field)
        if found is not None:
            known = IncomingFile(
                found.file_id,
                nfc(getattr(found, "file_name", None) or name),
                getattr(found, "mime_type", None) or media_type,
                found.file_size,
            )
            return (known,)
    return ()
