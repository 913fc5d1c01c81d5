"""Files that an Official Account sends: uploaded once, then named by their token.

Source: developers.zalo.me, "Upload": PDF, DOC, DOCX of 5 MB, JPG and PNG of 1 MB, 5,000 a month.
"""

from domain.outgoing import Attachment
from domain.timing import Timer

FILE_HOSTS = ("zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com", "dlfl.vn", "dlfl.me")
"""Hosts on which Zalo keeps what people send, with all below them."""

UPLOAD_LIFE = 6 * 24 * 3600.0
"""Seconds for which an upload is used again; Zalo keeps one for 7 days."""
_REMEMBERED = 500


class Uploads:
    """Which of our files lie at the provider already: a file for many people is uploaded once."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._known: dict[str, tuple[str, float]] = {}

    def find(self, file: Attachment) -> str | None:
        """Return the token of an upload that is young enough."""
        token, at = self._known.get(file.digest, ("", 0.0))
        return token if token and self._timer.monotonic() - at < UPLOAD_LIFE else None

    def note(self, file: Attachment, token: str) -> None:
        """Remember an upload; the oldest are forgotten."""
        self._known[file.digest] = (token, self._timer.monotonic())
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]

    def forget(self, file: Attachment) -> bool:
        """Forget an upload that the provider does not know any more; return whether it was known here."""
        return self._known.pop(file.digest, None) is not None
