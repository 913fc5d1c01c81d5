"""Files kept on disk under the digest of what they hold: what came in by our own pages, and what goes out."""

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from channels.base import ChannelError, FileTooLargeError
from domain.delivery import Reason, Refused
from domain.neutral import KEPT
from domain.outgoing import Attachment

Fetch = Callable[[str, int], Awaitable[bytes]]
"""Returns a file by its reference, at most so many bytes. Raises FileTooLargeError, ChannelError."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file on disk: its SHA-256 in hexadecimal, by which it is found again, and its length in bytes."""

    digest: str
    size: int


class FileKeeper:
    """A folder of files named by digest; the same content is kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(
        self, chunks: AsyncIterator[bytes], limit: int, look: Callable[[Path], object] = lambda _: None
    ) -> KeptFile:
        """Write a stream to the folder and return its name; nothing is left of one longer than `limit` bytes.

        `look` sees the whole file before it is kept; nothing is left where it raises. Raises FileTooLargeError.
        The file is on disk (fsync) before it is named.
        """
        path, written = await asyncio.to_thread(self._open)
        try:
            digest, size = hashlib.sha256(), 0
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise FileTooLargeError(Refused(Reason.BROKEN, f"over {limit} bytes"))
                digest.update(chunk)
                await asyncio.to_thread(written.write, chunk)
            await asyncio.to_thread(written.flush)
            await asyncio.to_thread(look, path)
            await asyncio.to_thread(self._settle, path, written, digest.hexdigest())
            return KeptFile(digest.hexdigest(), size)
        finally:
            written.close()
            path.unlink(missing_ok=True)

    def keep_made(self, content: bytes) -> KeptFile:
        """Keep a file that the house has made itself; on disk (fsync) when this returns."""
        kept = KeptFile(hashlib.sha256(content).hexdigest(), len(content))
        if not self._path(kept.digest).exists():
            path, written = self._open()
            with written:
                written.write(content)
                self._settle(path, written, kept.digest)
        return kept

    def put(self, content: bytes, name: str, media_type: str) -> Attachment:
        """Keep a file that the house has made and return it as a message carries it (`domain.shelf.Shelf`)."""
        kept = self.keep_made(content)
        return Attachment(kept.digest, name, media_type, kept.size)

    def take(self, digest: str, most: int) -> bytes | None:
        """Return a kept file of at most `most` bytes, None where there is none (`domain.shelf.Shelf`)."""
        try:
            return self.read(digest, most)
        except ChannelError:
            return None

    def drop(self, digest: str) -> None:
        """Remove a kept file; one that is not there is no fault (`domain.shelf.Shelf`)."""
        if _DIGEST.fullmatch(digest):
            self._path(digest).unlink(missing_ok=True)

    def first(self, fetch: Fetch | None = None) -> Fetch:
        """Return a way to fetch a chat's files: those kept here by their mark, others as the channel does."""

        async def fetched(reference: str, limit: int) -> bytes:
            if reference.startswith(KEPT):
                return await asyncio.to_thread(self.read, reference.removeprefix(KEPT), limit)
            if fetch is None:
                raise ChannelError(Refused(Reason.BROKEN, "no such file"))
            return await fetch(reference, limit)

        return fetched

    def read(self, reference: str, limit: int) -> bytes:
        """Return a kept file; raises FileTooLargeError over `limit` bytes, ChannelError where there is none."""
        if not _DIGEST.fullmatch(reference):
            raise ChannelError(Refused(Reason.BROKEN, "no such file"))
        try:
            with self._path(reference).open("rb") as file:
                content = file.read(limit + 1)
        except FileNotFoundError:
            raise ChannelError(Refused(Reason.BROKEN, "no such file")) from None
        if len(content) > limit:
            raise FileTooLargeError(Refused(Reason.BROKEN, f"over {limit} bytes"))
        return content

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _open(self) -> tuple[Path, BinaryIO]:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="new-", dir=self._folder)
        return Path(name), os.fdopen(handle, "wb")

    def _settle(self, path: Path, written: BinaryIO, digest: str) -> None:
        written.flush()
        os.fsync(written.fileno())
        kept = self._path(digest)
        kept.parent.mkdir(exist_ok=True)
        path.replace(kept)
