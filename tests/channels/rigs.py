"""The rigs of the adapters; `rig.py` says how to add one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from channels.fake import FakeChannel
from channels.files import FileKeeper
from channels.telegram import TelegramChannel
from channels.telegram_transport import AiohttpTransport
from channels.webchat import WebChat
from domain.delivery import Reason, Refused, Unknown
from tests.channels.email_rig import email
from tests.channels.rig import REFUSALS, Far, Rig, Seen, Shelf
from tests.channels.zalo_bot_rig import PERSON, channel_to
from tests.channels.zalo_oa_rig import zalo_oa
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_memory import Sent
from tests.emulators.zalo_bot import ZaloBotEmulator


@asynccontextmanager
async def telegram() -> AsyncIterator[Rig]:
    kinds = dict(zip(REFUSALS, ("blocked", "flood", "entities", "unauthorized"), strict=True))
    shelf = Shelf()

    def channel_at(url: str) -> TelegramChannel:
        return TelegramChannel(api.token, url, transport=AiohttpTransport(api.token, read=0.3), content=shelf)

    def says(text: str) -> dict[str, Any]:
        api.world.says(1001, text)
        return api.world.updates[-1]

    async with TelegramEmulator() as api:
        api.world.person(1001)
        channel = channel_at(api.url)
        far = Far(
            lambda reason: api.fail(kinds[reason]),
            lambda: api.fail("silence_after"),
            api.stop,
            secrets=(api.token, api.token.partition(":")[2]),
            elsewhere=channel_at,
            says=says,
            source=channel,
        )

        async def seen() -> list[Seen]:
            return [_on_telegram(one) for one in api.world.sent]

        yield Rig(channel, "1001", seen, far, shelf.keep)
        await channel.close()


def _on_telegram(sent: Sent) -> Seen:
    buttons = [one for row in sent.buttons for one in row]
    return Seen(
        sent.text,
        tuple(one["text"] for one in buttons if "callback_data" in one),
        tuple(one["url"] for one in buttons if "url" in one),
        (str(sent.file["name"]),) if sent.file else (),
    )


@asynccontextmanager
async def zalo_bot() -> AsyncIterator[Rig]:
    kinds = dict(zip(REFUSALS, ("blocked", "flood", "broken", "unauthorized"), strict=True))
    async with ZaloBotEmulator() as api:
        api.world.person(PERSON)
        channel = channel_to(api)
        far = Far(
            lambda reason: api.fail(kinds[reason]),
            lambda: api.fail("silence_after"),
            api.stop,
            secrets=(api.token, api.token.partition(":")[2]),
            elsewhere=lambda url: channel_to(api, url),
            says=lambda text: api.world.says(PERSON, text),
            source=channel,
        )

        async def seen() -> list[Seen]:
            return [Seen(sent.text) for sent in api.world.sent]

        yield Rig(channel, PERSON, seen, far)
        await channel.close()


@asynccontextmanager
async def webchat() -> AsyncIterator[Rig]:
    """A page that listens; there is no provider that could fail."""
    lines: list[Seen] = []
    with TemporaryDirectory() as folder:
        channel = WebChat(lambda: datetime(2026, 1, 12, 1, 0, tzinfo=UTC), FileKeeper(Path(folder)))
        with channel.listen(["chat-1"]) as listener:

            async def seen() -> list[Seen]:
                while (told := await listener.next(0.01)) is not None:
                    _, line = told
                    labels = tuple(choice.label for choice in line.choices)
                    addresses = tuple(link.url for link in line.links)
                    lines.append(Seen(line.text, labels, addresses, tuple(file.name for file in line.attachments)))
                return lines

            yield Rig(channel, "chat-1", seen)
        await channel.close()


@asynccontextmanager
async def fake() -> AsyncIterator[Rig]:
    channel = FakeChannel()

    async def seen() -> list[Seen]:
        arrived = [kept.message for kept in channel.attempts if not isinstance(kept.outcome, Refused)]
        return [Seen(one.text, (), tuple(link.url for link in one.links)) for one in arrived]

    def refuse(reason: Reason) -> None:
        channel.end_with(Refused(reason, retry_after=1.0 if reason is Reason.FLOOD else None))

    async def cut_off() -> None:
        channel.end_with(Refused(Reason.UNREACHED), times=100)

    far = Far(refuse, lambda: channel.end_with(Unknown("told to")), cut_off)
    yield Rig(channel, "1001", seen, far, strict=False)
    await channel.close()


RIGS: dict[str, Callable[[], AbstractAsyncContextManager[Rig]]] = {
    "email": email,
    "fake": fake,
    "telegram": telegram,
    "webchat": webchat,
    "zalo_bot": zalo_bot,
    "zalo_oa": zalo_oa,
}
