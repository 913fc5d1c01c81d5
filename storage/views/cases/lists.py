"""Lists of cases: filtered, searched by words, a page at a time, and counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, literal_column, select, text

from domain.cases.decisions import Source
from domain.cases.lifecycle import OPEN, State
from domain.people import Viewer
from domain.words import fold
from storage.database import Unit
from storage.schema import agencies, cases, matters
from storage.search import SEARCH
from storage.types import AnyRow, AnySelect
from storage.views.cases import reach

_COLUMNS = (
    cases.c.id,
    cases.c.code,
    cases.c.kind,
    cases.c.legal_class,
    cases.c.state,
    cases.c.about,
    cases.c.content,
    cases.c.place,
    cases.c.field,
    cases.c.urgency,
    cases.c.source,
    cases.c.external_code,
    cases.c.channel,
    cases.c.bounces,
    cases.c.agency_id,
    cases.c.handler_id,
    cases.c.received_on,
    cases.c.received_at,
    cases.c.due_at,
    cases.c.answered_on,
    matters.c.due_on,
    matters.c.version,
    agencies.c.code.label("agency_code"),
    agencies.c.name.label("agency"),
)


def query() -> AnySelect:
    """Return the question after cases with what every list shows of one."""
    return (
        select(*_COLUMNS)
        .join(matters, matters.c.id == cases.c.id)
        .outerjoin(agencies, agencies.c.id == cases.c.agency_id)
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold; what is left as it is holds nothing back."""

    states: Collection[State] = ()
    agency_id: int | None = None
    agencies: Collection[int] | None = None
    """Only what one of these agencies has, None for no such limit."""
    kind: str = ""
    legal_class: str = ""
    source: str = ""
    field: str = ""
    urgency: str = ""
    words: str = ""
    late_on: date | None = None
    """Only what is past its date on that day."""
    due: tuple[date, date] | None = None
    """Only what is due from one day to another, both included."""
    since: date | None = None
    until: date | None = None
    """Days of reception, both included."""
    unposted: bool = False
    """Only what came from another system, is answered here, and is not noted as posted there."""
    spam: bool = False


def listed(
    unit: Unit,
    viewer: Viewer | None,
    wanted: Wanted,
    *,
    limit: int = 20,
    before: int | None = None,
    oldest: bool = False,
) -> Sequence[AnyRow]:
    """Return a page of cases that the viewer may see (None: the operator sees all), the newest first.

    `before` is the id of the last one of the page before; with `oldest` the oldest come first, after that id.
    """
    found = query().where(*conditions(unit, viewer, wanted))
    if before is not None:
        found = found.where(cases.c.id > before if oldest else cases.c.id < before)
    order = cases.c.id if oldest else cases.c.id.desc()
    return unit.conn.execute(found.order_by(order).limit(limit)).all()


def counted(unit: Unit, viewer: Viewer | None, wanted: Wanted) -> int:
    """Return how many cases a list holds."""
    found = select(func.count()).select_from(cases).join(matters, matters.c.id == cases.c.id)
    return int(unit.conn.execute(found.where(*conditions(unit, viewer, wanted))).scalar_one())


def conditions(unit: Unit, viewer: Viewer | None, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions of a list."""
    found: list[ColumnElement[bool]] = []
    if viewer is not None:
        found.append(reach.within(viewer))
    found.append(cases.c.spam_at.is_not(None) if wanted.spam else cases.c.spam_at.is_(None))
    states = list(wanted.states) or (list(OPEN) if wanted.late_on or wanted.due else [])
    if states:
        found.append(cases.c.state.in_([one.value for one in states]))
    same = {name: getattr(wanted, name) for name in ("kind", "legal_class", "source", "field", "urgency")}
    found += [cases.c[name] == value for name, value in same.items() if value]
    if wanted.agency_id is not None:
        found.append(cases.c.agency_id == wanted.agency_id)
    if wanted.agencies is not None:
        found.append(cases.c.agency_id.in_(sorted(wanted.agencies)))
    if wanted.due is not None:
        found.append(matters.c.due_on.between(*wanted.due))
    if wanted.late_on is not None:
        found.append(matters.c.due_on < wanted.late_on)
    if wanted.since is not None:
        found.append(cases.c.received_on >= wanted.since)
    if wanted.until is not None:
        found.append(cases.c.received_on <= wanted.until)
    if wanted.unposted:
        followed = [one.value for one in Source if one.tells_its_senders]
        found += [cases.c.answered_on.is_not(None), cases.c.posted_on.is_(None), cases.c.source.in_(followed)]
    if wanted.words.strip():
        found.append(matching(unit, wanted.words))
    return found


def matching(unit: Unit, words: str) -> ColumnElement[bool]:
    """Return the condition of the cases that hold all of the words, typed with or without marks."""
    tokens = "".join(one if one.isalnum() else " " for one in fold(words)).split()[:12]
    if not tokens:
        return cases.c.id < 0
    if unit.conn.dialect.name == "postgresql":
        asked = func.plainto_tsquery(literal_column("'simple'"), " ".join(tokens))
        return func.to_tsvector(literal_column("'simple'"), cases.c.folded).op("@@")(asked)
    asked_for = " ".join(f'"{one}"' for one in tokens)
    matched = text(f"SELECT rowid FROM {SEARCH} WHERE {SEARCH} MATCH :asked").bindparams(asked=asked_for)
    return cases.c.id.in_(matched.columns(cases.c.id))
