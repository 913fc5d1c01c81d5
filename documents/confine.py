"""Limits that a child process lays on itself before it reads a file of strangers, and how such a child is started."""

import os
import resource
import sys
from pathlib import Path


def confine(seconds: float, memory_mb: int) -> None:
    """Bound this process: its time on the processor, its address space; no core is ever dumped."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024, memory_mb * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def child(module: str, path: Path, seconds: float, memory_mb: int) -> tuple[list[str], dict[str, str]]:
    """Return the command that reads `path` with a module of ours, and the environment it needs."""
    roots = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    command = [sys.executable, "-m", module, str(path.absolute()), str(seconds), str(memory_mb)]
    return command, {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, roots)), "PYTHONIOENCODING": "utf-8"}
