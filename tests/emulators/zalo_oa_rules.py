"""What the emulated Official Account API refuses, by the codes of developers.zalo.me."""

import json
from typing import Any, NoReturn

TEXT_LIMIT = 2000
BUTTON_LIMIT = 5
TITLE_LIMIT = 100
PAYLOAD_LIMIT = 1000
FILE_LIMIT = 5 << 20
IMAGE_LIMIT = 1 << 20
_BUTTON_KINDS = frozenset({"oa.query.show", "oa.query.hide", "oa.open.url", "oa.open.phone", "oa.open.sms"})
_FILES = (".pdf", ".doc", ".docx")
_IMAGES = (".jpg", ".jpeg", ".png")

WORDS = {
    -32: "Exceeded request limit",
    -100: "attachment is expired",
    -108: "Phone number invalid",
    -109: "Template ID invalid",
    -112: "Template data invalid",
    -115: "Out of quota/balance",
    -118: "Zalo account not existed, or inactived",
    -124: "Invalid access token",
    -144: "OA has exceeded its daily ZNS quota",
    -200: "Send message failed",
    -201: "params is invalid",
    -210: "params exceed max length",
    -211: "out of quota",
    -213: "user is not follow oa",
    -216: "Access token is invalid",
    -217: "user blocked invitation",
    -218: "out of quota receive",
    -220: "access token is expired",
    -221: "OA is not verified",
    -224: "Please upgrade OA Tier Package",
    -227: "User is banned or has been inactive for more than 45 days",
    -230: "user has not interacted with the OA in the past 7 days",
    -232: "user has not interacted with the OA yet",
    -234: "promotion is not sent at night",
    -244: "user has restricted this type of message",
    -321: "Zalo Cloud Account is out of money",
}


class Refusal(Exception):
    """An answer that is an error; the HTTP status is 200 all the same."""

    def __init__(self, code: int) -> None:
        super().__init__(WORDS.get(code, "error"))
        self.code = code

    def body(self) -> dict[str, Any]:
        return {"error": self.code, "message": str(self)}


def refuse(code: int) -> NoReturn:
    raise Refusal(code)


def checked_message(content: object, uploads: dict[str, str]) -> dict[str, Any]:
    """Return a tư vấn message that the server takes; raises Refusal. `uploads` tells the kind of each upload."""
    if not isinstance(content, dict):
        refuse(-201)
    text, attachment = content.get("text", ""), content.get("attachment")
    if not isinstance(text, str) or not (text.strip() or attachment):
        refuse(-201)
    if len(text.encode("utf-16-le")) // 2 > TEXT_LIMIT:
        refuse(-210)
    if attachment is not None:
        _check_attachment(attachment, text, uploads)
    return content


def _check_attachment(attachment: Any, text: str, uploads: dict[str, str]) -> None:
    kind, payload = attachment.get("type"), attachment.get("payload")
    if not isinstance(payload, dict):
        refuse(-201)
    if kind == "file":
        if text or uploads.get(str(payload.get("token"))) != "file":
            refuse(-201)
    elif kind == "template" and payload.get("template_type") == "media":
        _check_media(payload, uploads)
    elif kind == "template":
        _check_buttons(payload.get("buttons"), text)
    else:
        refuse(-201)


def _check_media(payload: dict[str, Any], uploads: dict[str, str]) -> None:
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1:
        refuse(-201)
    element = elements[0]
    if element.get("media_type") != "image" or uploads.get(str(element.get("attachment_id"))) != "image":
        refuse(-201)


def _check_buttons(buttons: Any, text: str) -> None:
    if not text.strip() or not isinstance(buttons, list) or not 1 <= len(buttons) <= BUTTON_LIMIT:
        refuse(-201)
    for button in buttons:
        title, kind, payload = button.get("title"), button.get("type"), button.get("payload")
        if not isinstance(title, str) or not 1 <= len(title) <= TITLE_LIMIT or kind not in _BUTTON_KINDS:
            refuse(-201)
        if kind == "oa.open.url" and not str((payload or {}).get("url", "")).startswith(("http://", "https://")):
            refuse(-201)
        said = payload if isinstance(payload, str) else json.dumps(payload)
        if not payload or len(said) > PAYLOAD_LIMIT:
            refuse(-201)


def check_upload(kind: str, name: str, content: bytes) -> None:
    """Take a file by its name and size; raises Refusal."""
    endings, limit = (_FILES, FILE_LIMIT) if kind == "file" else (_IMAGES, IMAGE_LIMIT)
    if not name.lower().endswith(endings) or not content:
        refuse(-201)
    if len(content) > limit:
        refuse(-210)
