"""What a group of people wrote and read, in one order, as a person would tell it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.local import long_day
from tests.office import Chat, Heard, Office

_CODE = re.compile(r"^[A-HJ-NP-Z2-9]{10}$")


@dataclass(frozen=True, slots=True)
class _Line:
    at: datetime
    stamp: str
    text: str


async def transcript(office: Office) -> str:
    """Return everything that was typed and everything that arrived, grouped by day."""
    lines = [line for chat in office.chats for line in _typed(chat)]
    for chat in office.chats:
        lines += [_Line(heard.at, heard.stamp, _arrived(chat, heard)) for heard in await chat.all_heard()]
    lines.sort(key=lambda line: line.stamp)
    return "\n".join(_by_day(lines)) + "\n"


def _by_day(lines: list[_Line]) -> Iterator[str]:
    for day, group in groupby(lines, key=lambda line: line.at.date()):
        yield f"══ {long_day(day)} ══\n"
        for line in group:
            yield f"{line.at:%H:%M} {line.text}\n"


def _typed(chat: Chat) -> Iterator[_Line]:
    for at, stamp, what in chat.said:
        said = "(gõ mã tham gia)" if _CODE.match(what) else what
        yield _Line(at, stamp, f"{_who(chat)}: {said}")


def _arrived(chat: Chat, heard: Heard) -> str:
    how = "trả lời" if heard.kind == "reply" else "thông báo"
    files = [f"(tệp {one.name})" for one in heard.files]
    body = "\n".join(f"    {line}".rstrip() for line in [*heard.text.split("\n"), *files] if line or not files)
    choices = "".join(f"\n    [{choice.label}]" for choice in heard.choices)
    return f"→ {_who(chat)} ({how})\n{body}{choices}"


def _who(chat: Chat) -> str:
    seat = f", {chat.role.label} {chat.agency}" if chat.role else ""
    return f"{chat.name}{seat}"
