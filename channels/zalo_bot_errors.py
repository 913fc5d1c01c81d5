"""What the Zalo Bot Platform's refusals mean for one message.

The provider publishes no table of its codes, and those in public libraries contradict each other. Certain are the
form (`ok`, `error_code`, `description`), 408 for "nothing new", and that codes follow HTTP's meanings; an answer
comes with HTTP 200 whatever it says. So a code of HTTP's 4xx is a refusal, and everything else is Unknown.
"""

from typing import Any

from channels.base import ChannelError
from channels.zalo_bot_transport import Answer
from domain.delivery import Reason, Refused, Unknown

_NOT_FOUND = 404
_WAITED = 408
_TOO_MANY = 429
PATIENCE = 5.0
"""Seconds to wait after a "too many" that names no time: the limits are not published."""

_REASONS = {
    401: Reason.ACCOUNT,  # the token is wrong or was taken back
    403: Reason.BLOCKED,  # the person does not let us write
    409: Reason.ACCOUNT,  # somebody else polls, or a webhook is set
}
_DEAD_CHAT = ("chat", "user", "recipient", "conversation")
_GONE = ("not found", "not exist", "blocked", "invalid", "cannot send", "can't send", "deactivated")
"""One word of each row in a 4xx condemns the address, not the message; "chat_id is required" does not."""


class WaitedError(ChannelError):
    """The provider waited as long as asked, and nothing came (408)."""


class NotFoundError(ChannelError):
    """Something is not there (404), and nothing says what: the token's account, or what the call named."""


def result_of(answer: Answer) -> Any:
    """Return what a call brought. Raises ChannelError, WaitedError, NotFoundError."""
    if answer.said and answer.ok:
        return answer.result
    if answer.said and answer.code == _WAITED:
        raise WaitedError(Unknown(_detail(answer)))
    if answer.said and answer.code == _NOT_FOUND and not _condemns(answer.description):
        raise NotFoundError(Refused(Reason.ACCOUNT, _detail(answer)))
    raise ChannelError(_ending(answer))


def _ending(answer: Answer) -> Refused | Unknown:
    if answer.code == _TOO_MANY:
        return Refused(Reason.FLOOD, _detail(answer), retry_after=answer.wait or PATIENCE)
    if answer.code == 401:  # alone of all, the same from whoever stands before the provider
        return Refused(Reason.ACCOUNT, _detail(answer))
    if not answer.said or not 400 <= answer.code < 500 or answer.code == _WAITED:
        return Unknown(_detail(answer))
    if _condemns(answer.description):
        return Refused(Reason.BLOCKED, _detail(answer))
    return Refused(_REASONS.get(answer.code, Reason.BROKEN), _detail(answer))


def _condemns(description: str) -> bool:
    said = description.lower().replace("_", " ")
    return any(word in said for word in _DEAD_CHAT) and any(word in said for word in _GONE)


def _detail(answer: Answer) -> str:
    return f"{answer.code} {answer.description}".strip() if answer.said else f"HTTP {answer.code}"
