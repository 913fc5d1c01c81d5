"""The account's access token: asked for with a single-use refresh token, by one asker at a time.

Whoever keeps the chain (`TokenKeeper`) has written the intention down before the request leaves, and the fresh pair
before the new access token is used. Source: developers.zalo.me, "Xác thực và uỷ quyền".
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from channels.base import ChannelError
from channels.zalo_oa_api import Api, code_of, door
from channels.zalo_oa_errors import REFRESH_SPENT
from domain.delivery import Reason, Refused, Unknown
from domain.timing import Timer
from domain.tokens import Finding, Pair, Sought

WAITS = 30
"""So many seconds, one by one, another process that is asking is waited for."""
_MARGIN = timedelta(minutes=5)
"""So much earlier than told an access token counts as ended."""


class TokenKeeper(Protocol):
    """Keeps the chain for all processes; each call is committed when it returns."""

    async def seek(self, stale: str) -> Sought:
        """Say what to do for an access token other than `stale`; with ASK the use is written down."""
        ...

    async def renewed(self, spent: str, pair: Pair) -> None:
        """Keep the pair that a refresh token gave."""
        ...

    async def refused(self, spent: str) -> None:
        """Note that the provider does not take the refresh token."""
        ...

    async def lost(self, spent: str) -> None:
        """Note that no answer came: the token may be spent."""
        ...

    async def unspent(self, spent: str) -> None:
        """Note that the refresh token certainly was not used."""
        ...


class Tokens:
    """Access tokens for one account's calls. `clock` gives business time, `timer` the waiting.

    A good access token is used on without asking the keeper. A pair that the keeper could not keep is held here, for
    the refresh token it came for is spent, and kept before anything else is done.
    """

    def __init__(
        self,
        keeper: TokenKeeper,
        api: Api,
        oauth_url: str,
        app_id: str,
        app_secret: str,
        clock: Callable[[], datetime],
        timer: Timer,
    ) -> None:
        self._keeper = keeper
        self._api = api
        self._url = door(oauth_url, "/v4/oa/access_token")
        self._app_id = app_id
        self._app_secret = app_secret
        self._clock = clock
        self._timer = timer
        self._asking = asyncio.Lock()
        self._known = Sought(Finding.WAIT)
        self._unkept: tuple[str, Pair] | None = None

    async def access(self, stale: str = "") -> str:
        """Return an access token other than `stale`, which was refused just now.

        Raises ChannelError, a refusal always: no message has left. ACCOUNT where the operator must authorise again.
        """
        async with self._asking:
            if self._unkept is not None:
                await asyncio.shield(self._keep(*self._unkept))
            if self._known.lasts(self._clock(), stale):
                return self._known.token
            for _ in range(WAITS):
                found = await self._keeper.seek(stale)
                match found.finding:
                    case Finding.USE:
                        self._known = found
                        return found.token
                    case Finding.ASK:
                        return await asyncio.shield(self._ask(found.token))
                    case Finding.BROKEN:
                        raise ChannelError(Refused(Reason.ACCOUNT, "the account must be authorised again"))
                    case Finding.WAIT:
                        await self._timer.sleep(1.0)
        raise ChannelError(Refused(Reason.UNREACHED, "another process is asking for an access token"))

    async def _ask(self, refresh: str) -> str:
        form = {"app_id": self._app_id, "grant_type": "refresh_token", "refresh_token": refresh}
        try:
            told = await self._api.call("POST", self._url, {"secret_key": self._app_secret}, data=form)
            pair = self._pair(told)
        except ChannelError as error:
            await self._failed(refresh, error)
            raise ChannelError(_before_sending(error)) from None
        await self._keep(refresh, pair)
        return pair.access

    async def _keep(self, spent: str, pair: Pair) -> None:
        """Let the pair be kept, then use it. Raises ChannelError, the pair being held, where the keeper is away."""
        self._unkept = (spent, pair)
        await self._keeper.renewed(spent, pair)
        self._unkept = None

    def _pair(self, told: dict[str, Any]) -> Pair:
        code = code_of(told)
        if code in REFRESH_SPENT:
            raise _SpentError(Refused(Reason.ACCOUNT, "the account must be authorised again"))
        if code:
            raise ChannelError(Refused(Reason.ACCOUNT, f"OAuth {code}"))
        access, refresh = told.get("access_token"), told.get("refresh_token")
        if not isinstance(access, str) or not isinstance(refresh, str) or not access or not refresh:
            raise ChannelError(Unknown("OAuth: answer not understood"))
        try:
            life = timedelta(seconds=float(str(told.get("expires_in", "")) or 0))
        except (ValueError, OverflowError):
            life = timedelta(0)
        return Pair(access, refresh, self._clock() + max(life - _MARGIN, _MARGIN))

    async def _failed(self, refresh: str, error: ChannelError) -> None:
        if isinstance(error, _SpentError):
            await self._keeper.refused(refresh)
        elif isinstance(error.outcome, Unknown):
            await self._keeper.lost(refresh)
        else:
            await self._keeper.unspent(refresh)


class _SpentError(ChannelError):
    """The refresh token is worth nothing."""


def _before_sending(error: ChannelError) -> Refused:
    """Return how a message ends for which no token could be had: it certainly never left."""
    if isinstance(error.outcome, Refused):
        return error.outcome
    return Refused(Reason.UNREACHED, f"no access token: {error.outcome.detail}")
