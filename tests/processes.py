"""Offices as real processes: started, killed, started again, stopped. And waiting, with a deadline."""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

from tests.nursery import ROOT, Born
from tests.run_office import CLOCK, END, Point

PATIENCE = 20.0
"""Seconds after which what did not happen counts as missing; nothing is slept through."""

_ADDRESS = re.compile(r"https?://\S+:\d+")


async def until(happened: Callable[[], object], what: str = "", patience: float = PATIENCE) -> None:
    """Return as soon as it happened; fails after `patience` seconds."""
    end = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end, f"did not happen within {patience:g} s: {what}"
        await asyncio.sleep(0.01)


def told_clock(moment: datetime, speed: float = 1.0) -> dict[str, str]:
    """Return the variable by which the processes of one drill share a business clock that starts now."""
    return {CLOCK: f"{moment.isoformat()} {time.time()} {speed}"}


def ending(point: Point) -> dict[str, str]:
    """Return the variable that ends a process at a point."""
    return {END: point.value}


async def _started(
    command: Sequence[str], environment: Mapping[str, str], log: IO[bytes]
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *command,
        cwd=ROOT,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
    )


class OfficeProcess:
    """One process at a time on one data folder; its log is kept in `log` for a failing test to show.

    With `drill` it is `tests.run_office`, otherwise the product's own command line. A drill's is born in the nursery
    unless `fresh`: then its starts take as long as in life. The product's own is always started as anybody starts it.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        *,
        drill: bool = True,
        fresh: bool = False,
        name: str = "office",
    ) -> None:
        self.log = folder.parent / f"{folder.name}-{name}.log"
        self.address = ""
        self._command = ["tests.run_office"] if drill else ["app.cli", "run", "--port", "0"]
        self._born = drill and not fresh
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(folder.parent),
            "LANG": "C.UTF-8",
            "NHACVIEC_DATA_DIR": str(folder),
            "NHACVIEC_HOST": "127.0.0.1",
            "NHACVIEC_PORT": "0",
            **settings,
        }
        self._process: asyncio.subprocess.Process | Born | None = None

    async def start(self, more: Mapping[str, str] | None = None) -> None:
        """Start and return once it has printed its address."""
        await self.launch(more)
        await self.listening()

    async def launch(self, more: Mapping[str, str] | None = None) -> None:
        """Start without waiting for anything; `more` are variables for this once."""
        assert self._process is None, "one process at a time"
        environment = {**self._environment, **(more or {})}
        with self.log.open("ab") as log:
            self._process = await (
                Born.start((), environment, log) if self._born else _started(self._command, environment, log)
            )

    async def listening(self) -> None:
        """Return once it has printed its address."""
        out = self._running.stdout
        assert out is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await out.readline()).decode():
                if found := _ADDRESS.search(line):
                    self.address = found.group()
                    return
        raise AssertionError(f"it ended before it listened:\n{self.said()}")

    async def command(self, *arguments: str) -> str:
        """Run one of the product's commands with the same settings, whether or not the office runs; return its output.

        Fails where the command does.
        """
        with TemporaryFile() as errors:
            process = await Born.start(arguments, self._environment, errors)
            async with asyncio.timeout(PATIENCE):
                out, _ = await process.communicate()
            errors.seek(0)
            assert process.returncode == 0, (out + errors.read()).decode()
        return out.decode()

    async def kill(self) -> None:
        """Kill -9."""
        self._running.kill()
        assert await self.ended() == -signal.SIGKILL, self.said()

    async def stop(self, patience: float = 10.0) -> None:
        """Ask it to end by SIGTERM; fails unless it leaves with exit code 0 in time."""
        self._running.terminate()
        assert await self.ended(patience) == 0, self.said()

    async def ended(self, patience: float | None = PATIENCE) -> int:
        """Wait for its end, and return its exit code (negative: the signal). None has all the patience there is."""
        process = self._running
        async with asyncio.timeout(patience):
            await process.communicate()
        self._process = None
        assert process.returncode is not None
        return process.returncode

    async def clear(self) -> None:
        """Leave nothing behind, whatever the test came to."""
        if self._process is not None:
            if self._process.returncode is None:
                self._process.kill()
            await self.ended()

    @property
    def pid(self) -> int | None:
        """The process, None where none runs."""
        alive = self._process is not None and self._process.returncode is None
        return self._process.pid if alive and self._process is not None else None

    def said(self) -> str:
        """Return the log so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def _running(self) -> asyncio.subprocess.Process | Born:
        assert self._process is not None, "nothing runs"
        return self._process


class Supervisor:
    """Starts an office again whenever it ends, as a service manager does (Restart=always, RestartSec=pause).

    In a test: `async with Supervisor(process, pause)`; leaving it stops the office.
    """

    def __init__(self, process: OfficeProcess, pause: float) -> None:
        self.process = process
        self.starts = 0
        self._pause = pause
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.process.start()
        self.starts = 1
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.process.clear()

    async def _watch(self) -> None:
        while True:
            await self.process.ended(None)
            await asyncio.sleep(self._pause)
            await self.process.launch()
            self.starts += 1
