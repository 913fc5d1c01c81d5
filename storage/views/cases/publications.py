"""What is public of cases: a page at a time, searched by what everybody may read; and what waits to become public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, text

from domain.cases.lifecycle import State as CaseState
from domain.cases.publication import State
from domain.local import VIETNAM
from domain.words import fold
from storage.cases import publications
from storage.database import Unit
from storage.schema import agencies, case_publications, cases, people
from storage.search import PUBLIC
from storage.types import AnyRow, AnySelect

_P = case_publications.c

newest = publications.newest
get = publications.get


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold; what is left as it is holds nothing back. `year` is that of the release."""

    words: str = ""
    field: str = ""
    agency_id: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list begins: behind the release of one version."""

    at: datetime
    id: int


def _query() -> AnySelect:
    return (
        select(
            case_publications,
            cases.c.code,
            cases.c.received_on,
            cases.c.answered_on,
            cases.c.state.label("case_state"),
            agencies.c.name.label("agency"),
        )
        .join(cases, cases.c.id == _P.case_id)
        .outerjoin(agencies, agencies.c.id == _P.agency_id)
        .where(_P.state == State.RELEASED.value)
    )


def listed(unit: Unit, wanted: Wanted, limit: int, after: Place | None = None) -> Sequence[AnyRow]:
    """Return a page of what is public, the newest release first."""
    return unit.conn.execute(page_of(unit, wanted, limit, after)).all()


def page_of(unit: Unit, wanted: Wanted, limit: int, after: Place | None = None) -> AnySelect:
    """Return the question after such a page."""
    query = _query().where(*_conditions(unit, wanted))
    if after is not None:
        earlier = and_(_P.released_at == after.at, _P.id < after.id)
        query = query.where(or_(_P.released_at < after.at, earlier))
    return query.order_by(_P.released_at.desc(), _P.id.desc()).limit(limit)


def data(unit: Unit, after: int, limit: int) -> Sequence[AnyRow]:
    """Return what is public as open data is read: by id, behind one."""
    return unit.conn.execute(_query().where(_P.id > after).order_by(_P.id).limit(limit)).all()


def by_code(unit: Unit, code: str) -> AnyRow | None:
    """Return what is public of one case."""
    return unit.conn.execute(_query().where(cases.c.code == code).order_by(_P.id.desc()).limit(1)).first()


def _conditions(unit: Unit, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.field:
        found.append(_P.field == wanted.field)
    if wanted.agency_id is not None:
        found.append(_P.agency_id == wanted.agency_id)
    if wanted.year is not None:
        opens, closes = (
            datetime(year, 1, 1, tzinfo=VIETNAM).astimezone(UTC) for year in (wanted.year, wanted.year + 1)
        )
        found += [_P.released_at >= opens, _P.released_at < closes]
    if wanted.words.strip():
        found.append(_matching(unit, wanted.words, all_of_them=bool(found)))
    return found


MATCHES = 5_000
"""So many of the newest that hold a word alone are shown: a word that stands everywhere is no question."""


def _matching(unit: Unit, words: str, *, all_of_them: bool) -> ColumnElement[bool]:
    """Return the condition of what holds all of the words, typed with or without marks."""
    tokens = "".join(one if one.isalnum() else " " for one in fold(words)).split()[:12]
    if not tokens:
        return _P.id < 0
    if unit.conn.dialect.name == "postgresql":
        asked = func.plainto_tsquery(literal_column("'simple'"), " ".join(tokens))
        return func.to_tsvector(literal_column("'simple'"), _P.folded).op("@@")(asked)
    asked_for = " ".join(f'"{one}"' for one in tokens)
    newest = "" if all_of_them else f" ORDER BY rowid DESC LIMIT {MATCHES}"
    matched = text(f"SELECT rowid FROM {PUBLIC} WHERE {PUBLIC} MATCH :asked{newest}").bindparams(asked=asked_for)
    return _P.id.in_(matched.columns(_P.id))


def fields(unit: Unit) -> list[str]:
    """Return the fields in which something is public, by name."""
    query = select(_P.field).where(_P.state == State.RELEASED.value, _P.field != "").distinct()
    return sorted(unit.conn.execute(query).scalars())


def of_agencies(unit: Unit) -> Sequence[AnyRow]:
    """Return the agencies (id, name) of whose cases something is public."""
    having = select(_P.agency_id).where(_P.state == State.RELEASED.value, _P.agency_id.is_not(None)).distinct()
    query = select(agencies.c.id, agencies.c.name).where(agencies.c.id.in_(having)).order_by(agencies.c.name)
    return unit.conn.execute(query).all()


def first_release(unit: Unit) -> datetime | None:
    """Return when the first of what is public was released."""
    query = select(func.min(_P.released_at)).where(_P.state == State.RELEASED.value)
    return unit.conn.execute(query).scalar()


def first_case(unit: Unit) -> date | None:
    """Return the day on which the first case of the register was received."""
    return unit.conn.execute(select(func.min(cases.c.received_on))).scalar()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case on its way to the public: `publication` is its version that waits or was returned, None before one."""

    case: AnyRow
    publication: AnyRow | None
    preparer: str


def waiting(unit: Unit, limit: int, offset: int = 0) -> Sequence[Waiting]:
    """Return answered cases on their way to the public: first those that wait for a second person, the oldest first."""
    query = _waiting(cases, _P.id.label("publication_id"), people.c.name.label("preparer"))
    order = ((_P.state == State.PREPARED.value).desc(), cases.c.answered_on, cases.c.id)
    rows = unit.conn.execute(query.order_by(*order).limit(limit).offset(offset)).all()
    return [
        Waiting(row, get(unit, row.publication_id) if row.publication_id else None, row.preparer or "") for row in rows
    ]


def count(unit: Unit) -> int:
    """Return how many cases are on their way to the public."""
    return int(unit.conn.execute(_waiting(func.count())).scalar_one())


def answered_since(unit: Unit, day: date) -> Sequence[AnyRow]:
    """Return the cases (id, answered_on) on their way to the public that were answered on a day or later."""
    query = _waiting(cases.c.id, cases.c.answered_on).where(cases.c.answered_on >= day)
    return unit.conn.execute(query.order_by(cases.c.id)).all()


def _waiting(*columns: Any) -> AnySelect:
    versions = case_publications.alias("versions")
    last = (
        select(func.max(versions.c.id))
        .where(versions.c.case_id == cases.c.id, versions.c.state.in_((State.PREPARED.value, State.RETURNED.value)))
        .scalar_subquery()
    )
    return (
        select(*columns)
        .select_from(cases)
        .outerjoin(case_publications, _P.id == last)
        .outerjoin(people, people.c.id == _P.prepared_by)
        .where(
            cases.c.state == CaseState.ANSWERED.value,
            cases.c.spam_at.is_(None),
            cases.c.anonymised_at.is_(None),
            cases.c.may_publish,
            cases.c.withheld.is_(None),
            cases.c.kind != "conduct",
            cases.c.sensitive.is_(False),
        )
    )
