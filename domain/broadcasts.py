"""One text to many: whom it is for, when it leaves, and until when it can be taken back."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from domain.cases.codes import case_code_in
from domain.errors import ActRefused
from domain.local import local
from domain.notices import Etiquette
from domain.people import Role

LONGEST = 1200
"""Characters of the longest text: it must fit one message of every channel."""
LEAST = 15
_IDENTITY = re.compile(r"(?<!\d)\d{12}(?!\d)")
"""Twelve digits together are a citizen's number."""


class To(StrEnum):
    """Whom a broadcast is for."""

    OFFICERS = "officers"
    HEADS = "heads"
    LEVEL = "level"
    LATE = "late"
    CHOSEN = "chosen"

    @property
    def role(self) -> Role:
        """As what its people hear it."""
        return Role.HEAD if self is To.HEADS else Role.OFFICER


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a broadcast is for, fixed as it was confirmed: the agencies by id, and how they were named."""

    to: To
    agencies: tuple[int, ...]
    said: str

    def to_json(self) -> dict[str, Any]:
        """Return the value as it is kept."""
        return {"to": self.to.value, "agencies": list(self.agencies), "said": self.said}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the value that was kept."""
        return cls(To(kept["to"]), tuple(kept["agencies"]), kept["said"])


def leaves_at(now: datetime, minutes: int, etiquette: Etiquette) -> datetime:
    """Return when a broadcast confirmed now leaves: after so many minutes, in office hours (local, aware)."""
    return etiquette.next_open(local(now) + timedelta(minutes=minutes))


def check_text(text: str) -> str:
    """Return a text that may go to many. Raises ActRefused for one that is too short, too long, or names a citizen."""
    if len(text) < LEAST:
        raise ActRefused(f"Nội dung thông báo quá ngắn (từ {LEAST} ký tự). Xin gõ đủ việc gì, khi nào.")
    if len(text) > LONGEST:
        raise ActRefused(f"Nội dung dài {len(text)} ký tự, tối đa {LONGEST}. Xin rút gọn để vừa một tin trên mọi kênh.")
    if case_code_in(text) is not None or _IDENTITY.search(text):
        raise ActRefused(
            "Thông báo chung không được chứa dữ liệu của người dân (mã phản ánh, số định danh). Xin bỏ đi."
        )
    return text
