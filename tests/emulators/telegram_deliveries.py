"""The emulated methods that bring something to a chat: texts, changed texts, pictures, documents.

Limits: core.telegram.org/bots/api (sendPhoto, sendDocument, sending files, ReplyParameters).
"""

import struct
from typing import Any

from aiohttp.web import FileField

from tests.emulators.telegram_faults import Flood
from tests.emulators.telegram_memory import BOT, DATE, Chat, Sent
from tests.emulators.telegram_rules import bad, checked_keyboard, checked_text, decoded
from tests.emulators.telegram_world import World

CAPTION_LIMIT = 1024
LARGEST_PHOTO = 10 * 1000 * 1000
LARGEST_UPLOAD = 50 * 1000 * 1000
LONGEST_SIDES = 10_000
LARGEST_RATIO = 20

Parameters = dict[str, Any]


class Deliveries:
    """The methods, over one world."""

    def __init__(self, world: World, flood: Flood) -> None:
        self.world = world
        self.flood = flood

    async def send_message(self, parameters: Parameters) -> Any:
        text = checked_text(parameters)
        buttons = checked_keyboard(parameters)
        chat = self._open(parameters)
        entities = decoded(parameters.get("entities"), "entities") or []
        return self._brought(chat, parameters, text, entities, buttons)

    async def edit_message_text(self, parameters: Parameters) -> Any:
        text = checked_text(parameters)
        buttons = checked_keyboard(parameters)
        chat = self.world.reachable(_number(parameters))
        key = _whole(parameters.get("message_id"))
        if (chat.number, key) in self.world.written - self.world.deleted:
            bad("message can't be edited")
        old = self.world.standing(chat.number, key)
        if old is None:
            bad("message to edit not found")
        if old.file:
            bad("there is no text in the message to edit")
        entities = decoded(parameters.get("entities"), "entities") or []
        if (old.text, old.entities, old.buttons) == (text, entities, buttons):
            bad(
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message"
            )
        self.flood.count(chat.number, self.world.clock())
        now = self.world.clock()
        self.world.sent.append(Sent(now, chat.number, key, text, entities, buttons, dict(parameters), edit=True))
        return self._described(chat, key, text, entities) | {"edit_date": DATE + 1}

    async def send_photo(self, parameters: Parameters) -> Any:
        handed = parameters.get("photo")
        kept, content = self._handed(handed, "photo")
        if isinstance(handed, FileField):
            if len(content) > LARGEST_PHOTO:
                bad(f"file is too big for a photo: {len(content)} bytes")
            _check_sides(content)
        sizes = [kept | {"width": 90, "height": 60}, kept | {"width": 1280, "height": 853}]
        return self._with_file(parameters, "photo", kept, _name(handed), {"photo": sizes})

    async def send_document(self, parameters: Parameters) -> Any:
        handed = parameters.get("document")
        kept, content = self._handed(handed, "document")
        if len(content) > LARGEST_UPLOAD:
            bad("file is too big")
        name = {"file_name": _name(handed)} if _name(handed) else {}
        return self._with_file(parameters, "document", kept, _name(handed), {"document": kept | name})

    def _with_file(
        self, parameters: Parameters, kind: str, kept: dict[str, Any], name: str, shown: dict[str, Any]
    ) -> dict[str, Any]:
        caption = parameters.get("caption")
        text = checked_text(parameters, "caption", CAPTION_LIMIT) if str(caption or "").strip() else ""
        buttons = checked_keyboard(parameters)
        chat = self._open(parameters)
        entities = decoded(parameters.get("caption_entities"), "entities") or []
        file = {"kind": kind, "name": name, "size": kept["file_size"], "file_id": kept["file_id"]}
        told = {key: value for key, value in parameters.items() if key != kind}
        described = self._brought(chat, told, text, entities, buttons, file)
        del described["text"]
        return described | shown | ({"caption": text} if text else {})

    def _handed(self, handed: Any, what: str) -> tuple[dict[str, Any], bytes]:
        """Return a file that came with the request, or one known by its id."""
        if isinstance(handed, FileField):
            content = handed.file.read()
            if not content:
                bad("file must be non-empty")
            return self.world.keep_file(handed.filename, content), content
        if not handed:
            bad(f"there is no {what} in the request")
        if handed not in self.world.files:
            bad("wrong remote file identifier specified: Wrong string length")
        _, content = self.world.files[handed]
        return {"file_id": handed, "file_unique_id": f"u{handed}", "file_size": len(content)}, content

    def _open(self, parameters: Parameters) -> Chat:
        """Return the chat that a message may go to, and count it; raises Refusal."""
        chat = self.world.reachable(_number(parameters))
        answered = decoded(parameters.get("reply_parameters"), "reply parameters") or {}
        known = not answered or self.world.knows(chat.number, _whole(answered.get("message_id")))
        if not known and not answered.get("allow_sending_without_reply"):
            bad("message to be replied not found")
        self.flood.count(chat.number, self.world.clock())
        return chat

    def _brought(
        self,
        chat: Chat,
        parameters: Parameters,
        text: str,
        entities: list[dict[str, Any]],
        buttons: list[list[dict[str, Any]]],
        file: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        key, now = self.world.next_number(), self.world.clock()
        self.world.sent.append(Sent(now, chat.number, key, text, entities, buttons, dict(parameters), file or {}))
        return self._described(chat, key, text, entities)

    def _described(self, chat: Chat, key: int, text: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
        shown = {"message_id": key, "date": DATE, "chat": chat.described(), "text": text}
        return shown | {"from": BOT} | ({"entities": entities} if entities else {})


def chat_of(parameters: Parameters) -> int | None:
    """Return the chat a request names, None where it names none that could exist."""
    try:
        return int(str(parameters.get("chat_id")))
    except ValueError:
        return None


def _number(parameters: Parameters) -> int:
    number = chat_of(parameters)
    if number is None:
        bad("chat not found" if parameters.get("chat_id") else "chat_id is empty")
    return number


def _whole(value: Any) -> int:
    try:
        return int(str(value))
    except ValueError:
        bad("message identifier is not specified")


def _name(handed: Any) -> str:
    return handed.filename if isinstance(handed, FileField) else ""


def _check_sides(content: bytes) -> None:
    """Refuse what is no picture, or one of a shape that no phone shows."""
    sides = _png(content) or _jpeg(content)
    if sides is None:
        bad("IMAGE_PROCESS_FAILED")
    width, height = sides
    if not width or not height or width + height > LONGEST_SIDES:
        bad("PHOTO_INVALID_DIMENSIONS")
    if max(sides) > LARGEST_RATIO * min(sides):
        bad("PHOTO_INVALID_DIMENSIONS")


def _png(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Return the sides that the first frame header (SOF0, SOF1, SOF2) tells."""
    at = 2
    while content[:2] == b"\xff\xd8" and at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in {0xC0, 0xC1, 0xC2}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None
