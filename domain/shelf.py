"""Where the house's own files stand: letters, charts, tables, evidence; by the digest of what they hold."""

from typing import Protocol

from domain.outgoing import Attachment


class Shelf(Protocol):
    """Keeps files beside the database; the same content is kept once."""

    def put(self, content: bytes, name: str, media_type: str) -> Attachment:
        """Keep a file that the house has made, on disk when this returns, and return it as a message carries it."""

    def take(self, digest: str, most: int) -> bytes | None:
        """Return a kept file of at most `most` bytes, None where there is none."""

    def drop(self, digest: str) -> None:
        """Remove a kept file; one that is not there is no fault."""


class NoShelf:
    """The shelf of whoever reads and writes rows alone."""

    def put(self, content: bytes, name: str, media_type: str) -> Attachment:  # noqa: ARG002 the protocol's signature
        """Raise RuntimeError: nothing can be kept here."""
        raise RuntimeError("no folder of files was given")

    def take(self, digest: str, most: int) -> bytes | None:  # noqa: ARG002 the protocol's signature
        """Return None: there is nothing here."""
        return None

    def drop(self, digest: str) -> None:
        """Do nothing: there is nothing here."""
