"""Doors at which providers knock: who knocks is proved, what they bring is saved, then they are thanked."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web.limits import read_body

BODY_LIMIT = 1024 * 1024
"""Bytes; a provider's update is far smaller."""

Genuine = Callable[[Mapping[str, str], bytes], bool]
"""Says from the headers (names in lower case) and the raw body whether a call comes from the provider."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """One provider's door. `receive` must have saved the update when it returns."""

    path: str
    genuine: Genuine
    receive: Callable[[dict[str, Any]], Awaitable[None]]


def secret_header(name: str, secret: str) -> Genuine:
    """Return the proof by a shared secret in a header, compared in constant time; an empty secret proves nothing."""

    def genuine(headers: Mapping[str, str], _body: bytes) -> bool:
        told = headers.get(name.lower(), "").encode()
        return bool(secret) and hmac.compare_digest(told, secret.encode())

    return genuine


def telegram_webhook(secret: str, receive: Callable[[dict[str, Any]], Awaitable[None]]) -> Webhook:
    """Return Telegram's door (Bot API, setWebhook: secret_token comes back in this header)."""
    return Webhook("/telegram", secret_header("X-Telegram-Bot-Api-Secret-Token", secret), receive)


def route(webhook: Webhook) -> Route:
    """Return the door's place in the route table."""

    async def knock(request: Request) -> Response:
        body = await read_body(request, BODY_LIMIT)
        if not webhook.genuine(request.headers, body):
            return PlainTextResponse("forbidden", 403)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("not JSON", 400)
        if not isinstance(update, dict):
            return PlainTextResponse("not an object", 400)
        await webhook.receive(update)
        return PlainTextResponse("ok")

    return Route(webhook.path, knock, methods=["POST"])
