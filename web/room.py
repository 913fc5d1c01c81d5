"""What every chat page does with one chat, whoever was found to own it: say, send a file, read, listen."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from actions import inbox
from channels import webchat
from channels.base import ChannelError
from domain.chatlines import ChatLine, is_stamp, rewound
from domain.local import local, long_day
from domain.outgoing import KEY_BYTES
from domain.words import nfc
from storage.views import chat as view
from web.limits import chunks, read_body
from web.parts import WebParts

BODY_LIMIT = 64 * 1024
FILE_LIMIT = 20 * 1024 * 1024
"""Bytes."""
HEARTBEAT = 15.0
"""Seconds of silence after which a listening page is told that we are here, and the database asked again."""
OVERLAP = 60
"""Seconds: how far a resumed reading goes back, for lines stamped before their row could be read."""

_KEY = re.compile(r"[A-Za-z0-9-]{8,40}")
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,59}")
_NO_FILE = "Không còn tệp này. Xin nhắn để được gửi lại."
_LABEL_LIMIT = 200
_NAME_LIMIT = 200
_BATCH = 100
_REMEMBERED = 1000


class Room:
    """The chat's own work; who may do it is decided before."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    async def say(self, request: Request, chat: str) -> Response:
        """Take {"id", "text"} or {"id", "button", "label"}; answers 202 when it is saved."""
        if not request.headers.get("content-type", "").startswith("application/json"):
            raise HTTPException(415, "Chỉ nhận nội dung JSON.")
        body = json_object(await read_body(request, BODY_LIMIT))
        return await self._save(chat, _key(body.get("id")), _said(body))

    async def upload(self, request: Request, chat: str) -> Response:
        """Take a file as the body, its name (percent-encoded) in X-File-Name; answers 202 when it is saved."""
        key = _key(request.query_params.get("id"))
        name = _file_name(request.headers.get("x-file-name", ""))
        media_type = request.headers.get("content-type", "").partition(";")[0].strip()
        kept = await self._parts.webchat.files.keep(chunks(request, FILE_LIMIT), FILE_LIMIT)
        if not kept.size:
            raise HTTPException(422, "Tệp này rỗng.")
        file = {
            "reference": kept.digest,
            "name": name,
            "media_type": media_type if _MEDIA_TYPE.fullmatch(media_type) else "application/octet-stream",
            "size": kept.size,
        }
        return await self._save(chat, key, {"file": file})

    async def history(self, request: Request, chat: str) -> Response:
        """Return the last lines, or those in front of `before`, and whether there are older ones."""
        before = request.query_params.get("before", "")
        lines = await self._parts.db.read(
            lambda unit: view.history(unit, webchat.NAME, chat, before=before, limit=view.PAGE + 1)
        )
        shown = [as_json(line) for line in lines[-view.PAGE :]]
        return JSONResponse({"lines": shown, "more": len(lines) > view.PAGE})

    async def attachment(self, request: Request, chat: str) -> Response:
        """Return a file that came with a line of the chat; a picture is shown, anything else is saved."""
        mark, place = request.path_params["stamp"], request.path_params["place"]
        found = await self._parts.db.read(lambda unit: view.attachment(unit, webchat.NAME, chat, mark, place))
        if found is None:
            raise HTTPException(404, _NO_FILE)
        try:
            content = await asyncio.to_thread(self._parts.webchat.files.read, found.digest, webchat.LARGEST_OUT)
        except ChannelError:
            raise HTTPException(404, _NO_FILE) from None
        how = "inline" if found.is_picture else "attachment"
        headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(found.name)}"}
        return Response(content, media_type=found.media_type, headers=headers)

    def events(self, request: Request, chats: Sequence[str], ended: Callable[[], None]) -> Response:
        """Return the stream of new lines: those after Last-Event-ID (or ?after), then live ones.

        A line may come twice around a break; its id says so.
        """
        told = request.headers.get("last-event-id") or request.query_params.get("after", "")
        mark = told if is_stamp(told) else self._parts.webchat.stamp()
        return EventStream(self._stream(chats, mark), ended)

    async def _save(self, chat: str, key: str, payload: dict[str, Any]) -> Response:
        now = self._parts.clock()
        kept = payload | {"stamp": self._parts.webchat.stamp()}
        update = (f"{chat}:{key}", chat, kept)
        saved = await self._parts.db.run(lambda unit: inbox.save(unit, webchat.NAME, [update], now))
        if not saved:
            return JSONResponse({"line": None}, 202)  # a repeated request: the first one was taken
        line = view.typed(kept, now)
        self._parts.webchat.tell(chat, line)
        self._parts.wake()
        return JSONResponse({"line": as_json(line)}, 202)

    async def _stream(self, chats: Sequence[str], mark: str) -> AsyncGenerator[str, None]:
        told: dict[str, None] = {}
        newest = mark

        def event(chat: str, line: ChatLine) -> str:
            nonlocal newest
            newest = max(newest, line.stamp)
            told[line.stamp] = None
            if len(told) > _REMEMBERED:
                del told[next(iter(told))]
            return _event(newest, as_json(line) | ({"chat": chat} if len(chats) > 1 else {}))

        with self._parts.webchat.listen(chats) as ear:
            yield "retry: 2000\n\n"
            while not ear.over:
                since = rewound(newest, OVERLAP)
                for chat in chats:
                    for line in await self._missed(chat, since):
                        if line.stamp not in told:
                            yield event(chat, line)
                while (heard := await ear.next(HEARTBEAT)) is not None:
                    if heard[1].stamp not in told:
                        yield event(*heard)
                yield ": still here\n\n"

    async def _missed(self, chat: str, since: str) -> list[ChatLine]:
        lines: list[ChatLine] = []
        while True:
            read = partial(view.history, channel=webchat.NAME, chat=chat, after=since, limit=_BATCH)
            more = await self._parts.db.read(read)
            lines += more
            if len(more) < _BATCH:
                return lines
            since = more[-1].stamp


class EventStream(StreamingResponse):
    """Server-sent events; `ended` is called once, however the page goes away."""

    def __init__(self, events: AsyncGenerator[str, None], ended: Callable[[], None]) -> None:
        super().__init__(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        self._events = events
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the page goes away or the listening is ended."""
        try:
            async with aclosing(self._events):
                await super().__call__(scope, receive, send)
        finally:
            self._ended()


def as_json(line: ChatLine) -> dict[str, Any]:
    """Return a line as the pages' script reads it; day and time are those of Viet Nam."""
    at = local(line.at)
    return {
        "id": line.stamp,
        "mine": line.mine,
        "text": line.text,
        "heading": line.heading,
        "choices": [{"label": choice.label, "key": choice.key} for choice in line.choices],
        "numbered": line.numbered,
        "file": line.file,
        "links": [{"label": link.label, "url": link.url} for link in line.links],
        "files": [{"name": file.name, "picture": file.is_picture} for file in line.attachments],
        "day": long_day(at.date()),
        "time": f"{at:%H:%M}",
    }


def _event(mark: str, data: dict[str, Any]) -> str:
    return f"id: {mark}\nevent: line\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def json_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object a body holds; raises HTTPException 400 for anything else."""
    try:
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):  # no JSON, or thousands of brackets in one another
        value = None
    if not isinstance(value, dict):
        raise HTTPException(400, "Nội dung gửi lên không đọc được.")
    return value


def _key(value: Any) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise HTTPException(422, "Thiếu mã của lần gửi.")
    return value


def _said(body: dict[str, Any]) -> dict[str, Any]:
    text, button, label = (body.get(name, "") for name in ("text", "button", "label"))
    if not all(isinstance(value, str) for value in (text, button, label)):
        raise HTTPException(422, "Nội dung gửi lên không đúng dạng.")
    if button:
        if len(button.encode()) > KEY_BYTES or len(label) > _LABEL_LIMIT:
            raise HTTPException(422, "Lựa chọn này không đúng.")
        return {"button": button.replace("\0", ""), "label": nfc(label.replace("\0", ""))}
    text = nfc(text.replace("\0", "")).strip()
    if not text:
        raise HTTPException(422, "Chưa có nội dung.")
    if webchat.CAN.length(text) > webchat.CAN.text_limit:
        raise HTTPException(422, f"Mỗi lần gửi tối đa {webchat.CAN.text_limit} ký tự.")
    return {"text": text}


def _file_name(header: str) -> str:
    name = nfc(unquote(header)).replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable()).strip()
    if not name:
        raise HTTPException(422, "Thiếu tên tệp.")
    return name[-_NAME_LIMIT:]
