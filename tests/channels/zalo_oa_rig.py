"""The Official Account on the bench: one person has just written, and everything goes within the window."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.outgoing import Attachment
from tests.channels.rig import REFUSALS, Far, Rig, Seen
from tests.emulators.zalo_oa_account import USER, zalo_oa_account
from tests.emulators.zalo_oa_world import APP_SECRET, FIRST_REFRESH, OA_SECRET, Sent, World


@asynccontextmanager
async def zalo_oa() -> AsyncIterator[Rig]:
    """An account whose tokens are in order."""
    codes = dict(zip(REFUSALS, (-213, -32, -201, -209), strict=True))
    with TemporaryDirectory() as folder:
        async with zalo_oa_account(Path(folder)) as account:
            api = account.api

            def says(text: str) -> dict[str, Any]:
                return api.world.says(USER, text)

            def keep(name: str, content: bytes, media_type: str) -> Attachment:
                kept = account.folder.keep_made(content)
                return Attachment(kept.digest, name, media_type, kept.size)

            async def seen() -> list[Seen]:
                return [shown(api.world, one) for one in api.world.sent]

            far = Far(
                lambda reason: api.fail(codes[reason]),
                lambda: api.fail("silence_after"),
                api.stop,
                secrets=(APP_SECRET, OA_SECRET, FIRST_REFRESH, "unguessable"),
                elsewhere=lambda url: account.opened(url=url),
                says=says,
                source=account.channel,
            )
            yield Rig(account.channel, USER, seen, far, keep)


def shown(world: World, sent: Sent) -> Seen:
    """Return a message as it looks on the phone."""
    payload = (sent.message.get("attachment") or {}).get("payload") or {}
    pictures = [one["attachment_id"] for one in payload.get("elements", ())]
    tokens = [payload["token"]] if "token" in payload else pictures
    return Seen(
        sent.text,
        tuple(one["title"] for one in sent.buttons if one["type"] == "oa.query.hide"),
        tuple(one["payload"]["url"] for one in sent.buttons if one["type"] == "oa.open.url"),
        tuple(world.names[token] for token in tokens),
    )
