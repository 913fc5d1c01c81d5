"""What a page with forms shows besides them: why one was not taken, and an act as it would be before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.cases.ahead import Ahead


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not taken."""

    act: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Look:
    """An act as it would be, before it is done."""

    act: str
    lines: list[tuple[str, str]]
    """What was typed, in words."""
    hidden: Mapping[str, str]
    """What carries the form on."""
    ahead: Ahead
