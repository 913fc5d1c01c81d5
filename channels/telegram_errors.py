"""What the Bot API's failures mean for one message.

In python-telegram-bot BadRequest is a kind of NetworkError, so the order of the table matters: what the
server answered comes before what the network did.
"""

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from channels.telegram_transport import FloodError, NotSentError
from domain.delivery import Reason, Refused, Unknown

_DEAD_CHAT = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "chat_write_forbidden",
    "rights to send",
)
"""Words of a 400 that condemn the address, not the message (tdlib/telegram-bot-api, Client.cpp)."""

_REASONS: tuple[tuple[type[TelegramError], Reason], ...] = (
    (Forbidden, Reason.BLOCKED),  # 403: blocked, deactivated, kicked, never started
    (InvalidToken, Reason.ACCOUNT),  # 401, 404: the token was revoked or mistyped
    (Conflict, Reason.ACCOUNT),  # 409: another process polls with our token
    (BadRequest, Reason.BROKEN),  # 400, 413: the message itself
    (NotSentError, Reason.UNREACHED),
)


def outcome_of(error: TelegramError) -> Refused | Unknown:
    """Return how a message ended that met this error. Anything not known to be a refusal is Unknown."""
    detail = error.message
    if isinstance(error, FloodError):
        return Refused(Reason.FLOOD, detail, retry_after=error.seconds)
    if isinstance(error, ChatMigrated):
        return Refused(Reason.MOVED, detail, new_chat=str(error.new_chat_id))
    if isinstance(error, BadRequest) and any(words in detail.lower() for words in _DEAD_CHAT):
        return Refused(Reason.BLOCKED, detail)
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return Refused(reason, detail)
    return Unknown(detail)
