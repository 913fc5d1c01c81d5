"""How a neutral message looks to the Official Account API.

Buttons come back as typed text that is their payload, so a payload is the choice's key behind a sign of ours. Source:
developers.zalo.me, "Tin tư vấn": at most 5 buttons, title 100, payload 1000 characters.
"""

from typing import Any

from domain.buttons import Button
from domain.outgoing import Message

SIGN = "#"
"""What a pressed button's text begins with."""
MOST_BUTTONS = 5
TITLE_LIMIT = 100


def content(message: Message) -> dict[str, Any]:
    """Return the message object for a text with its buttons, as many as `domain.outgoing.parts` leaves of them."""
    buttons = [_button(one.label, "oa.query.hide", SIGN + one.key) for one in message.choices]
    buttons += [_button(one.label, "oa.open.url", {"url": one.url}) for one in message.links]
    if not buttons:
        return {"text": message.text}
    return {"text": message.text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def picture(attachment_id: str, text: str) -> dict[str, Any]:
    """Return the message object for an uploaded picture and the text it bears."""
    element = {"media_type": "image", "attachment_id": attachment_id}
    payload = {"template_type": "media", "elements": [element]}
    return {**({"text": text} if text else {}), "attachment": {"type": "template", "payload": payload}}


def document(token: str) -> dict[str, Any]:
    """Return the message object for an uploaded file; it bears no text."""
    return {"attachment": {"type": "file", "payload": {"token": token}}}


def pressed(text: str) -> str:
    """Return the key of the button that a text stands for, "" for anything a person has typed."""
    key = text.removeprefix(SIGN)
    return key if text.startswith(SIGN) and Button.unpack(key) is not None else ""


def _button(title: str, kind: str, payload: str | dict[str, str]) -> dict[str, Any]:
    shown = title if len(title) <= TITLE_LIMIT else title[: TITLE_LIMIT - 1].rstrip() + "…"
    return {"title": shown, "type": kind, "payload": payload}
