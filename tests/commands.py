"""Every command that the command line has, as the words that call it."""

from typing import Any

from typer.main import get_command

from app.cli import app


def every_command() -> list[tuple[str, ...]]:
    """Return the words of every command, groups and the program itself included."""
    return [words for words, _ in _walk((), get_command(app))]


def runnable() -> dict[tuple[str, ...], Any]:
    """Return the commands that do something, by their words."""
    return {
        words: one
        for words, one in _walk((), get_command(app))
        if not hasattr(one, "commands") or one.invoke_without_command
    }


def _walk(words: tuple[str, ...], command: Any) -> list[tuple[tuple[str, ...], Any]]:
    below = getattr(command, "commands", {})
    return [(words, command), *(found for name, one in below.items() for found in _walk((*words, name), one))]
