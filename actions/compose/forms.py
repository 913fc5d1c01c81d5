"""What units hear of forms that the office opened, and officials of lists that are to be made public."""

from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.collections import from_json
from domain.notices import Kind
from domain.outgoing import Choice
from domain.publications import TITLES, State
from messages.render import render
from storage import collections, notices, publications
from storage.types import AnyRow


def collect(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which forms wait for which unit; one that was sent or closed since is not told."""
    waiting = {
        (one.id, one.agency_id): one
        for one in collections.waiting_for(context.unit, {row.agency_id for row in rows}, with_sent=False)
    }
    gone = [row.id for row in rows if (row.data["collection"], row.agency_id) not in waiting]
    notices.drop(context.unit, gone, "it was sent or closed before")
    asked = {(row.data["collection"], row.agency_id): row for row in rows if row.id not in gone}
    if not asked:
        return None
    told = [(waiting[key], _sections(context, key[0]), row.data["why"] != "asked") for key, row in asked.items()]
    values = {"told": told, "count": len(told), "day": context.day}
    choices = tuple(
        choice(f"Điền biểu mẫu: {one.agency}", Verb.FORM, "show", *key) for key, one in _offered(waiting, asked)
    )
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def _offered(
    waiting: dict[tuple[int, int], AnyRow], asked: dict[tuple[int, int], AnyRow]
) -> list[tuple[tuple[int, int], AnyRow]]:
    return [(key, waiting[key]) for key in asked][:3]


def _sections(context: Context, collection_id: int) -> int:
    row = collections.get(context.unit, collection_id)
    return len(from_json(row.outline).asked) if row is not None else 0


_TRUE_WHILE = {"proposed": State.DRAFT, "approved": State.APPROVED, "returned": State.RETURNED}


def publication(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which lists wait for approval, and how those that one has made were decided."""
    found = [(publications.get(context.unit, row.data["publication"]), row) for row in rows]
    told = [
        (one, row.data["what"], TITLES[one.kind], row.data["reason"])
        for one, row in found
        if one is not None and one.state == _TRUE_WHILE[row.data["what"]]
    ]
    notices.drop(
        context.unit,
        [row.id for one, row in found if one is None or one.state != _TRUE_WHILE[row.data["what"]]],
        "it was decided before",
    )
    if not told:
        return None
    values = {"told": told, "count": len(told)}
    choices: list[Choice] = [
        choice("Xem danh sách công khai", Verb.PUBLICATION, "show", one.id) for one, *_ in told[:3]
    ]
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), tuple(choices))
