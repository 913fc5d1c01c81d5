"""The program's own source, for the tests that hold it to the rules of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "actions", "app", "bot", "channels", "documents", "domain", "messages", "samples", "scheduler", "storage", "web"
)  # fmt: skip


@cache
def parsed(package: str) -> tuple[tuple[Path, ast.Module], ...]:
    """Return every module of a package with its tree."""
    paths = sorted((ROOT / package).rglob("*.py"))
    return tuple((path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of the program."""
    for package in PACKAGES:
        yield from parsed(package)


def strings(tree: ast.Module) -> Iterator[str]:
    """Yield every string of a module, docstrings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
