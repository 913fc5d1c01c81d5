"""Mail on the bench: what lies in the mailbox, as a mail program shows it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from html import unescape

from channels.email import EmailChannel
from channels.smtp import MailServer
from tests.channels.rig import REFUSALS, Far, Rig, Seen, Shelf
from tests.emulators.mailbox import Mailbox

TO = "head@stp.example.vn"


@asynccontextmanager
async def email() -> AsyncIterator[Rig]:
    """A mail server that takes everything until told otherwise."""
    kinds = dict(zip(REFUSALS, ("blocked", "flood", "content", "account"), strict=True))
    shelf = Shelf()

    async def office() -> str:
        return "Văn phòng UBND tỉnh Sông Lam"

    async with Mailbox() as box:
        server = MailServer(f"smtp://127.0.0.1:{box.port}", 2.0)
        now = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
        channel = EmailChannel(server, "nhacviec@songlam.example.vn", office, shelf, lambda: now)
        far = Far(
            lambda reason: box.faults.append(kinds[reason]),
            lambda: box.faults.append("hang up after"),
            box.stop,
        )

        async def seen() -> list[Seen]:
            return [shown(mail) for mail in box.mails]

        yield Rig(channel, TO, seen, far, shelf.keep)
        await channel.close()


def shown(mail: EmailMessage) -> Seen:
    """Return a mail as its reader sees it."""
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    addresses = [unescape(one) for one in re.findall(r'href="([^"]*)"', html.get_content())]
    files = [one.get_filename() or "" for one in mail.iter_attachments()]
    return Seen(plain.get_content().replace("\r\n", "\n").strip(), (), tuple(addresses), tuple(files))
