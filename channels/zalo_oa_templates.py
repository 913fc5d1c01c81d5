"""ZNS: a text that Zalo has approved, with blanks, which reaches a phone whatever the person did before.

Source: zalo.cloud/zns; template ids and the names of their blanks are the office's own.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.outgoing import Gist

BLANKS = ("count", "code", "date", "link")
"""What can be filled in: how many tasks, the nearest one's code, its day, where to read on."""

UNDATED = "chưa có hạn"
_PHONE = re.compile(r"84\d{8,10}")


@dataclass(frozen=True, slots=True)
class Template:
    """One approved template. `fields` names each blank that it has; `link` serves a message without its own address."""

    id: str
    fields: Mapping[str, str]
    link: str = ""

    def filled(self, gist: Gist) -> dict[str, str]:
        """Return what stands in the template's blanks."""
        values = {
            "count": str(gist.count),
            "code": gist.code,
            "date": f"{gist.due_on:%d/%m/%Y}" if gist.due_on else UNDATED,
            "link": gist.url or self.link,
        }
        return {name: values[blank] for blank, name in self.fields.items()}

    def request(self, chat: str, phone: str, data: Mapping[str, str]) -> dict[str, Any]:
        """Return the body of one call; its mark, Zalo's own id of the person, comes back with the receipt."""
        return {
            "phone": phone,
            "template_id": self.id,
            "template_data": dict(data),
            "tracking_id": f"{chat}.{secrets.token_hex(6)}",
        }

    def said(self, data: Mapping[str, str]) -> str:
        """Return what left, for the proof of notice."""
        lines = [f"{name}: {value}" for name, value in data.items()]
        return "\n".join([f"Tin theo mẫu ZNS {self.id}", *lines])


def dialled(phone: str) -> str:
    """Return a phone number as ZNS wants it (84…), "" for what is none of Viet Nam."""
    digits = re.sub(r"\D", "", phone)
    full = "84" + digits[1:] if digits.startswith("0") else digits
    return full if _PHONE.fullmatch(full) else ""


def person_of(tracking: str) -> str:
    """Return the person's id out of the mark of a call, "" where it is none of ours."""
    chat, dot, _ = tracking.partition(".")
    return chat if dot else ""
