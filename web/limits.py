"""How much one visitor may ask for: bytes in a body, requests in a while, pages that listen."""

from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request

TOO_LARGE = "Nội dung gửi lên quá lớn."
TOO_FAST = "Gửi quá nhanh. Xin chờ một lát rồi gửi lại."

_REMEMBERED = 20_000


async def chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    """Yield the body as it comes; raises HTTPException 413 at once where it is said, or found, to be longer."""
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > limit:
        raise HTTPException(413, TOO_LARGE)
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise HTTPException(413, TOO_LARGE)
        yield chunk


async def read_body(request: Request, limit: int) -> bytes:
    """Return a body of at most `limit` bytes; raises HTTPException 413 beyond."""
    return b"".join([chunk async for chunk in chunks(request, limit)])


class Limiter:
    """Token buckets by key: `burst` requests at once, then one more every `every` seconds."""

    def __init__(self, burst: int, every: float, timer: Callable[[], float]) -> None:
        self._burst = burst
        self._every = every
        self._timer = timer
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def check(self, key: str) -> None:
        """Count one request; raises HTTPException 429 with Retry-After where the bucket is empty."""
        now = self._timer()
        full_at = max(self._full_at.pop(key, now), now)
        wait = full_at + self._every - now - self._burst * self._every
        if wait > 1e-9:
            self._full_at[key] = full_at
            raise HTTPException(429, TOO_FAST, {"Retry-After": str(int(wait) + 1)})
        self._full_at[key] = full_at + self._every
        if len(self._full_at) > _REMEMBERED:
            self._full_at.popitem(last=False)


class Places:
    """Places for pages that listen: so many an address, so many in all."""

    def __init__(self, each: int, total: int) -> None:
        self._each = each
        self._total = total
        self._taken: Counter[str] = Counter()

    def take(self, key: str) -> None:
        """Take a place; raises HTTPException 503 where there is none."""
        if self._taken[key] >= self._each or self._taken.total() >= self._total:
            raise HTTPException(503, "Máy chủ đang bận. Xin thử lại sau ít phút.", {"Retry-After": "30"})
        self._taken[key] += 1

    def leave(self, key: str) -> None:
        """Give a place back."""
        self._taken[key] -= 1
        if self._taken[key] <= 0:
            del self._taken[key]
