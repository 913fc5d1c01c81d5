"""A timer that moves only when told: waiting in tests takes no time."""


class ManualTimer:
    """Satisfies `domain.timing.Timer`. `sleep` moves the clock itself and returns at once."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds
