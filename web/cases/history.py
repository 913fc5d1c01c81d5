"""What happened to a case, as each of those reads it who may open its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.cases import happenings
from domain.cases.lifecycle import Act
from domain.people import Viewer
from messages.render import upper_first
from storage.views import AnyRow, Unit
from storage.views.cases import cards, pages


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    what: str
    who: str = ""
    text: str = ""


def events(unit: Unit, viewer: Viewer, row: AnyRow) -> list[Event]:
    """Return what happened, the newest first: all of it for the office, without its own business for others."""
    found = [each for each in cards.history(unit, row.id) if viewer.coordinates or each.act not in happenings.INSIDE]
    names = cards.names_of(unit, [each.person_id for each in found if each.person_id])
    agencies = pages.agency_names(unit, [one for each in found for one in (each.agency_id, _to(each))])
    return [
        Event(
            each.at,
            upper_first(happenings.said(each.act)),
            _who(viewer, each, names, agencies),
            _text(viewer, each, agencies.get(_to(each), "")),
        )
        for each in reversed(found)
    ]


def _to(event: AnyRow) -> int | None:
    """Return the agency to which a case went, or should go, with an event; None where it has none."""
    data = event.data or {}
    found = data.get("agency") or data.get("proposed")
    return found if isinstance(found, int) else None


def _text(viewer: Viewer, event: AnyRow, to: str) -> str:
    """Return where a case went, the number of the letter, and the words; of a merge others read no code."""
    words = event.text if viewer.coordinates or event.act != Act.MERGE else ""
    number = (event.data or {}).get("number")
    return ". ".join(filter(None, (to, f"Văn bản {number}" if number and to else "", words)))


def _who(viewer: Viewer, event: AnyRow, names: Mapping[int, str], agencies: Mapping[int | None, str]) -> str:
    if event.person_id is None:
        return "người gửi" if event.act in happenings.BY_SENDER else ""
    where = agencies.get(event.agency_id, "") if event.agency_id else "Văn phòng"
    if viewer.coordinates or (event.agency_id is not None and viewer.reads_names(event.agency_id)):
        return f"{names.get(event.person_id, '')} ({where})"
    return where
