"""What a leader said of a task or an agency, on its way to the agency and back."""

from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.directions import State
from domain.notices import Kind
from domain.outgoing import Choice
from messages.render import render
from storage import notices
from storage.types import AnyRow
from storage.views import directions as views
from storage.views.directions import Direction


def direction(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose, for the office, what leaders said and agencies answered, where the next word is still the office's."""
    return _told(context, kind, rows, "Mở ý kiến của lãnh đạo")


def directed(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose, for an agency, what leaders ask of it, and where no answer is needed any more."""
    return _told(context, kind, rows, "Trả lời")


def delivered(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose, for a leader, what was answered."""
    return _told(context, kind, rows, "Mở lại")


def _told(context: Context, kind: Kind, rows: list[AnyRow], label: str) -> Part | None:
    found = views.by_ids(context.unit, {row.data["direction"] for row in rows})
    told = {
        one.id: one
        for row in rows
        if (one := found.get(row.data["direction"])) is not None and one.state is State(row.data["state"])
    }
    notices.drop(context.unit, [row.id for row in rows if row.data["direction"] not in told], "it went on before")
    if not told:
        return None
    values = {"told": list(told.values()), "count": len(told), "day": context.day}
    choices = tuple(_opening(one, label, several=len(told) > 1) for one in list(told.values())[:4])
    files = [one.enclosure for one in told.values() if kind is not Kind.DIRECTED]
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        choices,
        files=tuple(file for file in files if file is not None),
    )


def _opening(one: Direction, label: str, *, several: bool) -> Choice:
    said = label if one.state.is_open else "Mở lại"
    return choice(f"{said}: {one.about}" if several else said, Verb.DIRECTION, one.id)
