"""A message as a mail: plain text, the same as simple HTML, its files beside it."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from domain.outgoing import Attachment, Link, Message, spelled

_SUBJECT = 150
"""Characters; a longer first line stands in full in the text."""
_CODE = re.compile(r"\bNV-\d{4,}\b")
_STYLE = "font-family:Arial,sans-serif;font-size:15px;line-height:1.5;color:#1b2625"


def compose(
    message: Message,
    files: Sequence[tuple[Attachment, bytes]],
    *,
    sender: tuple[str, str],
    to: str,
    name: str,
    at: datetime,
) -> bytes:
    """Return the mail as it goes over the wire.

    `sender` is (name, address). A repeat carries the same Message-ID, so that mail programs show it once.
    """
    office, address = sender
    domain = address.rpartition("@")[2]
    mail = EmailMessage(policy.SMTP)
    mail["To"] = Address(addr_spec=to)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{name}@{domain}>"
    codes = set(_CODE.findall(message.text))
    if len(codes) == 1:
        mail["References"] = f"<{codes.pop().lower()}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["Content-Language"] = "vi"
    mail.set_content(spelled(message), cte="quoted-printable")
    mail.add_alternative(_html(message.text, message.links), subtype="html", cte="quoted-printable")
    for file, content in files:
        _enclose(mail, file, content)
    heads = (f"Subject: {_encoded(_subject(message.text))}", f"From: {_encoded(office)}\r\n <{address}>")
    return "".join(f"{one}\r\n" for one in heads).encode("ascii") + mail.as_bytes()


def _encoded(text: str) -> str:
    """Return words as a header bears them. The newer way of the library loses blanks where it folds a line."""
    return Header(text, "utf-8", maxlinelen=70).encode(linesep="\r\n")


def _subject(text: str) -> str:
    first = " ".join(text.partition("\n")[0].split())
    return first if len(first) <= _SUBJECT else first[: _SUBJECT - 1].rsplit(" ", 1)[0] + "…"


def _enclose(mail: EmailMessage, file: Attachment, content: bytes) -> None:
    main, _, sub = file.media_type.partition("/")
    more = {"charset": "utf-8", "method": "PUBLISH"} if file.media_type == "text/calendar" else None
    mail.add_attachment(content, maintype=main, subtype=sub, filename=file.name, params=more)


def _html(text: str, links: Iterable[Link]) -> str:
    first, _, rest = text.strip().partition("\n")
    blocks = [f'<h1 style="font-size:18px;margin:0 0 12px">{escape(first)}</h1>']
    blocks += [
        f'<p style="margin:0 0 12px">{_lines(block)}</p>' for block in re.split(r"\n{2,}", rest.strip()) if block
    ]
    blocks += [f'<p style="margin:0 0 12px"><a href="{escape(one.url)}">{escape(one.label)}</a></p>' for one in links]
    body = "\n".join(blocks)
    head = '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"></head>'
    return f'{head}\n<body style="{_STYLE}">\n{body}\n</body></html>\n'


def _lines(block: str) -> str:
    return "<br>\n".join(escape(line) for line in block.split("\n"))
