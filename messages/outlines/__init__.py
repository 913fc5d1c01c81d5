"""Outlines of reports that come with the program; an office may put its own in their place."""

from importlib.resources import files

PERIODIC = "bao-cao-kstt.toml"


def shipped(name: str = PERIODIC) -> str:
    """Return an outline's text as it comes with the program."""
    return (files(__name__) / name).read_text(encoding="utf-8")
