"""Processes born of one that has imported the program already: a start costs a fork and not seconds of importing.

What is born is a process of its own: it has its own pid and open files, is killed by SIGKILL, stopped by SIGTERM, and
ends by its own exit code. Only what a start imports is shared; the database is opened, the connections are made and
the signals are bound after the birth, as in any other start. `python -m tests.nursery FD` is the process that gives
birth; it ends with whoever holds the other end of that socket.
"""

import asyncio
import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Self

from tests import run_office

ROOT = Path(__file__).parents[1]
_LONGEST = 1 << 17
"""Bytes of the longest request."""


class Born:
    """One process that the nursery gave birth to; its standard input is empty."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader, end: asyncio.StreamReader) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._ended = asyncio.create_task(self._watch(end))

    @classmethod
    async def start(cls, arguments: Sequence[str], environment: Mapping[str, str], stderr: IO[bytes]) -> Self:
        """Start `tests.run_office` with these arguments and variables and no others."""
        out, theirs = os.pipe()
        told, teller = os.pipe()
        request = json.dumps({"arguments": list(arguments), "environment": dict(environment)}).encode()
        socket.send_fds(_nursery(), [request], [theirs, stderr.fileno(), teller])
        os.close(theirs)
        os.close(teller)
        end = await _reader(told)
        return cls(int(await end.readline()), await _reader(out), end)

    async def communicate(self) -> tuple[bytes, None]:
        """Wait for the end and return what it still printed."""
        printed = await self.stdout.read()
        await self.wait()
        return printed, None

    async def wait(self) -> int:
        """Wait for the end and return the exit code (negative: the signal)."""
        return await asyncio.shield(self._ended)

    def kill(self) -> None:
        """Kill -9."""
        self._signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def _signal(self, which: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, which)

    async def _watch(self, end: asyncio.StreamReader) -> int:
        self.returncode = int(await end.read())
        return self.returncode


async def _reader(fd: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(fd, "rb", buffering=0)
    )
    return reader


@cache
def _nursery() -> socket.socket:
    """Return the way to this process's nursery, which starts with the first birth."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {name: os.environ.get(name, "") for name in ("PATH", "HOME")} | {"LANG": "C.UTF-8"}
    environment |= {"OPENBLAS_NUM_THREADS": "1"}  # one that has threads is no parent
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery", str(theirs.fileno())],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _births(requests: socket.socket) -> list[str] | None:
    """Give birth until nobody asks any more, None; in one that is born, return its arguments."""
    while True:
        request, (out, log, teller), *_ = _received(requests)
        if not request:
            return None
        if os.fork():
            for fd in (out, log, teller):
                os.close(fd)
            continue
        requests.close()
        return _attended(request, out, log, teller)


def _received(requests: socket.socket) -> tuple[bytes, list[int]]:
    request, fds, _, _ = socket.recv_fds(requests, _LONGEST, 3)
    return request, fds or [-1, -1, -1]


def _attended(request: bytes, out: int, log: int, teller: int) -> list[str]:
    """In one that is born, return its arguments; whoever attends the birth tells the pid and the end, and is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if pid := os.fork():
        os.close(out)
        os.close(log)
        os.write(teller, f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        os.write(teller, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    os.close(teller)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for fd, standard in ((out, 1), (log, 2)):
        os.dup2(fd, standard)
        os.close(fd)
    told = json.loads(request)
    os.environ.clear()
    os.environ.update(told["environment"])
    arguments: list[str] = told["arguments"]
    sys.argv[1:] = arguments
    return arguments


def _main(fd: int) -> None:
    """Give birth, and in one that is born be the office or its command."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who attend
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ends with whoever it serves
    gc.freeze()
    with socket.socket(fileno=fd) as requests:
        arguments = _births(requests)
    if arguments is not None:
        run_office.start(arguments)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
