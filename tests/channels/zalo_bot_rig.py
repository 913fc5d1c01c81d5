"""A Zalo bot and its emulated provider, for the tests of the channel."""

from channels.zalo_bot import ZaloBotChannel
from channels.zalo_bot_transport import ZaloBotTransport
from tests.emulators.zalo_bot import ZaloBotEmulator

PERSON = "6ede9afa66b88fe6d6a9"


def channel_to(api: ZaloBotEmulator, url: str = "", token: str = "") -> ZaloBotChannel:
    """Return a channel that gives an answer up after 0.3 s of silence."""
    transport = ZaloBotTransport(token or api.token, url or api.url, read=0.3)
    return ZaloBotChannel(api.token, api.url, file_hosts=("127.0.0.1", "zdn.vn"), transport=transport)
