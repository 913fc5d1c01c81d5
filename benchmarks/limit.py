"""How near to the limit one account is driven: `python -m benchmarks.limit [--quick] [--json OUT]`.

The fake Bot API refuses the thirty-first message in any second, and a second one to a chat within a second. The
product's path sends at its own pace for a minute, at two round trips, every other message to a chat that had one just
before; python-telegram-bot's own limiter stands beside it. Then the server asks once for a wait of five seconds, of one
chat or of the whole account.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import house, services
from benchmarks.delivery import child
from benchmarks.figures import Goal, finish, options, say, table
from benchmarks.senders import Told

PER_SECOND = 30
CONNECTIONS = 64
WAIT = 5.0
ENFORCED = {"per_second": PER_SECOND, "chat_gap": 1.0}


class Bench:
    """Runs against one fake Bot API, each looked at for its first so many seconds."""

    def __init__(self, api: services.BotApi, folder: Path, seconds: float) -> None:
        self.api = api
        self._folder = folder
        self._seconds = seconds
        self._number = 0

    def product(self, chats: int, each: int, **rules: Any) -> dict[str, Any]:
        """Send by the product at its own pace; return what the server saw."""
        self._number += 1
        home = self._folder / str(self._number)
        with house.office(home, None, chats) as database:
            house.queue_ready(database, chats, each)
            url = database.url.render_as_string()
        told = Told(self.api.url, chats * each, CONNECTIONS, url, str(home), PER_SECOND, 1.0)
        return self._run("senders.product", told, rules)

    def limiter(self, messages: int, retries: int, **rules: Any) -> dict[str, Any]:
        """Send by python-telegram-bot with its AIORateLimiter; return what the server saw."""
        return self._run(f"senders.limiter_{retries}", Told(self.api.url, messages, CONNECTIONS), rules)

    def _run(self, sender: str, told: Told, rules: dict[str, Any]) -> dict[str, Any]:
        self.api.ask("reset", **ENFORCED, **rules)
        child(sender, told)
        seen = self.api.ask("counts")
        moments = [at for at, _, _ in self.api.ask("moments")["accepted"]]
        seen["asked"] = told.count
        seen["per_second"] = sum(at < moments[0] + self._seconds for at in moments) / self._seconds
        return seen


def measure(chosen: argparse.Namespace) -> dict[str, dict[str, Any]]:
    seconds = 10 if chosen.quick else 60
    chats = (seconds + 2) * PER_SECOND // 2
    found: dict[str, dict[str, Any]] = {}

    def note(name: str, seen: dict[str, Any]) -> None:
        found[name] = seen
        say(f"  {name}: {seen['per_second']:.2f}/s, {seen['refused']} refused")

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhacviec-bench-")))
        bench = Bench(stack.enter_context(services.bot_api()), folder, seconds)
        for delay in (0.02, 0.2):
            note(f"product, {delay * 1000:g} ms", bench.product(chats, 2, delay=delay))
        for retries in (0, 5):
            name = f"AIORateLimiter, {retries} retries, 20 ms"
            note(name, bench.limiter(chats * 2, retries, delay=0.02))
        for scope in ("chat", "account"):
            flood = {"flood_after": 60, "flood_seconds": WAIT, "flood_scope": scope}
            note(f"product, told to wait, {scope}", bench.product(100, 2, delay=0.02, **flood))
    return found


def goals(found: dict[str, dict[str, Any]]) -> list[Goal]:
    made: list[Goal] = []
    for delay in ("20 ms", "200 ms"):
        seen = found[f"product, {delay}"]
        made.append(Goal(f"{delay}: % of {PER_SECOND}/s", seen["per_second"] / PER_SECOND * 100, 98.5))
        made.append(Goal(f"{delay}: 429s", seen["refused"], 0, least=False))
    for scope in ("chat", "account"):
        seen = found[f"product, told to wait, {scope}"]
        made.append(Goal(f"wait of the {scope}: starts within it", seen["within"], 0, least=False))
        made.append(Goal(f"wait of the {scope}: lost", seen["asked"] - seen["accepted"], 0, least=False))
        made.append(Goal(f"wait of the {scope}: doubled", seen["accepted"] - seen["asked"], 0, least=False))
    return made


def main() -> None:
    chosen = options(__doc__).parse_args()
    found = measure(chosen)
    table(
        ("sender", "messages", "arrived", "429s", "msg/s", f"% of {PER_SECOND}/s"),
        [(name, one["asked"], one["accepted"], one["refused"], *_pace(name, one)) for name, one in found.items()],
    )
    finish("limit", chosen, goals(found), found)


def _pace(name: str, seen: dict[str, Any]) -> tuple[float | None, float | None]:
    if "wait" in name:
        return None, None  # five seconds of it stood still
    return seen["per_second"], seen["per_second"] / PER_SECOND * 100


if __name__ == "__main__":
    main()
