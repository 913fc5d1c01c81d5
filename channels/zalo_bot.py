"""The Zalo Bot Platform (bot.zaloplatforms.com): numbered text of 2,000 characters, pictures in by address.

It knows no buttons, no edits and no documents in either direction. Its limits and its errors are not published: what
is not known for certain is a setting here, or ends as Unknown.
"""

from collections.abc import Sequence
from typing import Any

from channels import zalo_bot_updates
from channels.base import ChannelError
from channels.downloads import Downloads
from channels.zalo_bot_errors import NotFoundError, WaitedError, result_of
from channels.zalo_bot_transport import ZaloBotTransport
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.incoming import Incoming
from domain.outgoing import Capabilities, Message, plain

CAN = Capabilities(text_limit=2000, buttons=False, files_in=False, utf16=True)
"""2,000 characters, counted as the strictest reader would; a picture of ours goes as a link, for it would have to lie
at a public address."""

API_URL = "https://bot-api.zaloplatforms.com"
FILE_HOSTS = ("zdn.vn", "zadn.vn", "zaloplatforms.com")
"""Hosts from which pictures are fetched, with all below them."""

LONGEST_POLL = 30
"""Seconds that getUpdates waits by default."""
_POLL_GRACE = 10.0


class ZaloBotChannel:
    """One bot. Opens its connections with the first call; `close` gives them back.

    Every call but `send`, `parse`, `acknowledge` and `answers` raises ChannelError.
    """

    def __init__(
        self,
        token: str,
        api_url: str = API_URL,
        *,
        file_hosts: Sequence[str] = FILE_HOSTS,
        transport: ZaloBotTransport | None = None,
    ) -> None:
        self._transport = transport or ZaloBotTransport(token, api_url)
        self._downloads = Downloads(file_hosts, read=self._transport.patience)

    @property
    def name(self) -> str:
        """The name under which the bot's addresses are kept."""
        return zalo_bot_updates.NAME

    @property
    def can(self) -> Capabilities:
        """Numbered text of 2,000 characters, nothing else."""
        return CAN

    async def send(self, chat: str, message: Message) -> Outcome:
        """Make one attempt at sendMessage; see `channels.base.Channel.send`."""
        if message.files:
            return Refused(Reason.BROKEN, "no files by this channel")
        try:
            sent = await self._call("sendMessage", chat_id=chat, text=plain(message).text)
        except NotFoundError as error:
            return await self._whose(error.outcome)
        except ChannelError as error:
            return error.outcome
        found = sent.get("message_id") if isinstance(sent, dict) else None
        return Delivered(str(found)) if found else Unknown("answer not understood")

    def parse(self, update: dict[str, Any]) -> Incoming | None:
        """Return what an update says (see `channels.zalo_bot_updates.parse`)."""
        return zalo_bot_updates.parse(update)

    async def acknowledge(self, update: dict[str, Any]) -> None:
        """Show nothing: there are no buttons, and the answer itself comes at once."""

    async def updates(
        self,
        mark: str | None = None,  # noqa: ARG002 (fixed by the protocol)
        wait: int = LONGEST_POLL,
    ) -> list[dict[str, Any]]:
        """Return the next raw update, alone, or nothing after `wait` seconds.

        The provider knows no mark and forgets an update in handing it out: keep it before asking for the next.
        """
        try:
            found = await self._call("getUpdates", wait + _POLL_GRACE, timeout=str(wait))
        except WaitedError:
            return []
        if not found:
            return []
        if not isinstance(found, dict):
            raise ChannelError(Unknown("getUpdates did not answer with an object"))
        return [found]

    def mark_after(self, updates: list[dict[str, Any]]) -> str:  # noqa: ARG002 (fixed by the protocol)
        """Return "": there is no mark."""
        return ""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` (HTTPS) with `secret` (8-256 signs) in X-Bot-Api-Secret-Token; ends polling."""
        await self._call("setWebhook", url=url, secret_token=secret)

    async def delete_webhook(self) -> None:
        """Return to polling."""
        await self._call("deleteWebhook")

    async def me(self) -> str:
        """Return the bot's name as people see it."""
        found = await self._call("getMe")
        name = found.get("account_name") if isinstance(found, dict) else None
        if not isinstance(name, str):
            raise ChannelError(Unknown("answer not understood"))
        return name

    async def answers(self) -> bool:
        """Whether the provider answers at all, whatever it says."""
        try:
            await self.me()
        except ChannelError as error:
            return isinstance(error.outcome, Refused) and error.outcome.reason is not Reason.UNREACHED
        return True

    async def fetch(self, reference: str, limit: int) -> bytes:
        """Return a picture a person sent, at most `limit` bytes; raises FileTooLargeError beyond.

        The address came with an update: only the hosts we were told are asked, by https, and no redirect is followed.
        """
        self._transport.check_open()
        return await self._downloads.get(reference, limit)

    async def close(self) -> None:
        """Close all connections; later calls end as not sent."""
        await self._transport.close()
        await self._downloads.close()

    async def _call(self, method: str, read: float | None = None, /, **parameters: str) -> Any:
        return result_of(await self._transport.post(method, parameters, read))

    async def _whose(self, missing: Refused | Unknown) -> Outcome:
        """Tell whose fault a bare 404 is: the chat's where the account itself is known, else the account's."""
        try:
            await self.me()
        except ChannelError:
            return missing
        return Refused(Reason.BLOCKED, missing.detail)
