"""A posted form with at most one file, as browsers send it without any script."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from channels.base import FileTooLargeError
from channels.files import FileKeeper
from documents import attachments
from domain.errors import ActRefused, DocumentRefused
from domain.incoming import IncomingFile
from domain.neutral import KEPT
from domain.words import nfc
from web.limits import chunks

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of a file."""
_ROOM = 64 * 1024
"""Bytes of everything else in the form."""
_FIELDS = 10
_CHUNK = 256 * 1024
SECONDS = 120.0
"""Within which a form must have come in: the largest file over a line of 1.5 Mbit/s."""
_KEEPS_LINES = "\n"

TOO_LARGE = f"Tệp này quá lớn, tối đa {FILE_LIMIT // 1024 // 1024} MB. Xin gửi bản nhỏ hơn, ví dụ bản PDF đã nén."
TOO_SLOW = "Tệp gửi lên quá lâu chưa xong nên đã dừng. Xin gửi lại khi mạng ổn định, hoặc gửi bản nhẹ hơn."
NO_FORM = "Nội dung gửi lên không đọc được. Xin tải lại trang rồi gửi lại."


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields, the last of each name in form C, and the file where one was chosen."""

    fields: Mapping[str, str]
    upload: UploadFile | None

    def text(self, name: str) -> str:
        """Return a field without blanks around it, "" where it is missing."""
        return self.fields.get(name, "").strip()

    async def close(self) -> None:
        """Let go of the file's temporary copy."""
        if self.upload is not None:
            await self.upload.close()


async def read(request: Request, seconds: float = SECONDS, fields: int = _FIELDS) -> Posted:
    """Return a posted form that comes in within so many seconds; nothing is left of any other.

    Raises HTTPException: 400 for what is no form, 408 for too slow, 411 without a length, 413 for too much.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400, NO_FORM)
    if "content-length" not in request.headers:
        raise HTTPException(411, NO_FORM)
    parser = MultiPartParser(request.headers, _body(request), max_files=1, max_fields=fields, max_part_size=_ROOM)
    try:
        async with asyncio.timeout(seconds):
            form = await parser.parse()
    except TimeoutError:
        raise HTTPException(408, TOO_SLOW, {"Connection": "close"}) from None
    except MultiPartException:
        raise HTTPException(400, NO_FORM) from None
    return _posted(form)


async def _body(request: Request) -> AsyncGenerator[bytes, None]:
    try:
        async for chunk in chunks(request, FILE_LIMIT + _ROOM):
            yield chunk
    except HTTPException as error:
        raise HTTPException(error.status_code, TOO_LARGE) from None


def _posted(form: FormData) -> Posted:
    fields: dict[str, str] = {}
    upload: UploadFile | None = None
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields[name] = _clean(value)
        elif value.filename:
            upload = value
    return Posted(fields, upload)


def _clean(value: str) -> str:
    lines = value.replace("\r\n", _KEEPS_LINES)
    return nfc("".join(letter for letter in lines if letter.isprintable() or letter == _KEEPS_LINES))


class Kinds(Protocol):
    """Which files are taken: told by their content, called by the ending that goes with it."""

    ENDINGS: dict[str, str]

    def media_type(self, path: Path, name: str) -> str:
        """Return what a file holds. Raises DocumentRefused."""

    def named(self, told: str, kind: str) -> str:
        """Return the name under which it is kept."""


async def keep(files: FileKeeper, upload: UploadFile, taken: Kinds = attachments) -> IncomingFile:
    """Keep a file of a kind that is taken. Raises ActRefused with the sentence that says why it is not."""
    name = attachments.cleaned(upload.filename or "")
    kinds: list[str] = []
    try:
        kept = await files.keep(_content(upload), FILE_LIMIT, partial(_look, name, kinds, taken))
    except FileTooLargeError:
        raise ActRefused(TOO_LARGE) from None
    except DocumentRefused as refused:
        raise ActRefused(refused.sentence) from None
    return IncomingFile(KEPT + kept.digest, taken.named(name, kinds[0]), kinds[0], kept.size)


def _look(name: str, kinds: list[str], taken: Kinds, path: Path) -> None:
    kinds.append(taken.media_type(path, name))


async def _content(upload: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await upload.read(_CHUNK):
        yield chunk


def require_own_form(request: Request, public_url: str) -> None:
    """Refuse (HTTPException 403) what another site's page has sent.

    A page without a referrer posts as from origin "null": the browser's own word on the site, where it gives one, and
    the token in the form decide then.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "null")
    ours = {request.headers.get("host", ""), urlsplit(public_url).netloc} - {""}
    if site not in {"same-origin", "none"} or (origin != "null" and _netloc(origin) not in ours):
        raise HTTPException(403, "Yêu cầu này đến từ một trang khác nên không được nhận.")


def _netloc(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
