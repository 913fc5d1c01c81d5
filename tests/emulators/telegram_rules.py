"""What the Bot API refuses about a message before looking for its chat, in the server's own words.

Sources: core.telegram.org/bots/api#formatting-options and #messageentity; the wording as seen in public threads
about tdlib/telegram-bot-api.
"""

import html
import json
import re
from typing import Any, NoReturn
from urllib.parse import urlsplit

TEXT_LIMIT = 4096
RAW_LIMIT = 32_768
DATA_LIMIT = 64
BUTTON_LIMIT = 100

_HTML_TAGS = re.compile(
    "b|strong|i|em|u|ins|s|strike|del|span|tg-spoiler|a|tg-emoji|code|pre|blockquote", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([^\s>]*)[^>]*(>?)")
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_V2_NAMES = {"*": "Bold", "_": "Italic", "__": "Underline", "~": "Strikethrough", "||": "Spoiler", "[": "TextUrl"}


class Refusal(Exception):
    """An answer that is not ok: status, description and, where the server gives them, parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> NoReturn:
    raise Refusal(400, f"Bad Request: {description}")


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def checked_text(parameters: dict[str, Any], field: str = "text", limit: int = TEXT_LIMIT) -> str:
    """Return the text as people see it, with its markup gone; raises Refusal."""
    raw = str(parameters.get(field) or "")
    if len(raw.encode()) > RAW_LIMIT:
        bad(f"{field} is too long")
    text = _PARSERS.get(str(parameters.get("parse_mode", "")).lower(), _plain)(raw).strip()
    if not text:
        bad(f"message {field} is empty")
    if utf16(text) > limit:
        bad("message is too long" if field == "text" else f"message {field} is too long")
    named = "entities" if field == "text" else f"{field}_entities"
    for entity in decoded(parameters.get(named), "entities") or []:
        _check_entity(entity, raw)
    return text


def decoded(value: Any, what: str) -> Any:
    """Return a parameter that is JSON inside a form, or was JSON already."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        bad(f"can't parse {what} JSON object")


def checked_keyboard(parameters: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows of the inline keyboard, empty where there is none; raises Refusal."""
    markup = decoded(parameters.get("reply_markup"), "reply keyboard markup") or {}
    rows = markup.get("inline_keyboard", [])
    if sum(len(row) for row in rows) > BUTTON_LIMIT:
        bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        _check_button(button)
    return rows  # type: ignore[no-any-return]


def _check_button(button: dict[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    actions = [key for key in ("callback_data", "url", "web_app", "copy_text") if key in button]
    if len(actions) != 1:
        bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "url" in button and not _opens(str(button["url"])):
        bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= DATA_LIMIT:
        bad("BUTTON_DATA_INVALID")


def _opens(url: str) -> bool:
    """Whether an address can stand behind a button: a host that has a dot."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https", "tg"} and "." in (parts.hostname or "").strip(".")


def _check_entity(entity: dict[str, Any], text: str) -> None:
    offset, end = entity["offset"], entity["offset"] + entity["length"]
    units = text.encode("utf-16-le")
    if offset < 0 or entity["length"] <= 0:
        bad("can't parse entities: entity has an incorrect offset or length")
    if end * 2 > len(units):
        bad(f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}")
    for place, verb in ((offset, "begins"), (end, "ends")):
        if 0xDC <= (units[place * 2 + 1] if place * 2 < len(units) else 0) <= 0xDF:
            bad(f"entity {verb} in a middle of a UTF-16 symbol at byte offset {place}")


def _entities(words: str) -> NoReturn:
    bad(f"can't parse entities: {words}")


def _plain(text: str) -> str:
    return text


def _html(text: str) -> str:
    shown: list[str] = []
    opened: list[str] = []
    place = 0
    for tag in _TAG.finditer(text):
        shown.append(text[place : tag.start()])
        place = tag.end()
        _html_tag(tag, opened, len(text[: tag.start()].encode()))
    if opened:
        _entities(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return _CHARACTER.sub(lambda found: html.unescape(found[0]), "".join([*shown, text[place:]]))


def _html_tag(tag: re.Match[str], opened: list[str], offset: int) -> None:
    closing, name, end = tag[1], tag[2].lower(), tag[3]
    if not end:
        _entities(f"Unclosed {'end' if closing else 'start'} tag at byte offset {offset}")
    if not closing:
        if not _HTML_TAGS.fullmatch(name):
            _entities(f'Unsupported start tag "{name}" at byte offset {offset}')
        opened.append(name)
    elif not opened:
        _entities(f"Unexpected end tag at byte offset {offset}")
    elif opened.pop() != name:
        _entities(f"Unmatched end tag at byte offset {offset}")


def _markdown(text: str) -> str:
    """The old form: nothing nests, and a marker that is not closed is an error."""
    shown: list[str] = []
    at = 0
    while at < len(text):
        mark = text[at]
        if mark == "\\" and text[at + 1 : at + 2] in ("_", "*", "`", "["):
            shown.append(text[at + 1])
            at += 2
        elif mark in "_*`[":
            mark = "```" if text.startswith("```", at) else mark
            end = text.find("]" if mark == "[" else mark, at + len(mark))
            if end < 0:
                _entities(f"Can't find end of the entity starting at byte offset {len(text[:at].encode())}")
            shown.append(text[at + len(mark) : end])
            at = _after_address(text, end + len(mark))
        else:
            shown.append(mark)
            at += 1
    return "".join(shown)


def _after_address(text: str, at: int) -> int:
    """Return the place behind "(address)" where one stands here after a closed bracket."""
    if text[at - 1 : at + 1] != "](":
        return at
    end = text.find(")", at)
    return end + 1 if end > 0 else at


def _markdown_v2(text: str) -> str:
    shown: list[str] = []
    opened: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        mark = _v2_mark(text, at)
        if text[at] == "\\" and at + 1 < len(text):
            shown.append(text[at + 1])
            at += 2
        elif mark in ("`", "```"):
            end = text.find(mark, at + len(mark))
            if end < 0:
                _entities(f"Can't find end of Code entity at byte offset {len(text[:at].encode())}")
            shown.append(text[at + len(mark) : end])
            at = end + len(mark)
        elif mark == "]" and opened and opened[-1][0] == "[":
            opened.pop()
            at = _after_address(text, at + 1)
        elif mark in _V2_NAMES:
            if mark != "[" and opened and opened[-1][0] == mark:
                opened.pop()
            else:
                opened.append((mark, len(text[:at].encode())))
            at += len(mark)
        elif mark in _RESERVED and not (mark == ">" and text[at - 1 : at] in ("", "\n")):
            _entities(f"Character '{mark}' is reserved and must be escaped with the preceding '\\'")
        else:
            shown.append(text[at])
            at += 1
    if opened:
        mark, offset = opened[-1]
        _entities(f"Can't find end of {_V2_NAMES[mark]} entity at byte offset {offset}")
    return "".join(shown)


def _v2_mark(text: str, at: int) -> str:
    return next((mark for mark in ("```", "__", "||") if text.startswith(mark, at)), text[at])


_PARSERS = {"html": _html, "markdown": _markdown, "markdownv2": _markdown_v2}
