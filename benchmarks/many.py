"""An office with very many assignments in the middle of its year, written in bulk as the product would have.

Every assignment is dated, its ladder is what `domain.ladder` lays out for its day, and everything that came due before
`CAUGHT_UP` was said. Nine in ten of what was due by then are done; the others are with their agencies.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    NullPool,
    Select,
    String,
    Table,
    case,
    cast,
    create_engine,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.engine import make_url

from domain.agencies import Agency
from domain.assignments import State
from domain.ladder import DEFAULT, Dates, lay_out
from domain.local import VIETNAM
from domain.people import Membership, Role
from domain.workdays import WorkCalendar
from storage import planned as planned_rows
from storage.database import Unit
from storage.people import OPEN
from storage.schema import (
    agencies,
    assignments,
    endpoints,
    matters,
    memberships,
    notices,
    people,
    plan_versions,
    planned,
    plans,
    task_versions,
    tasks,
)
from storage.types import UtcDateTime

ISSUED = datetime(2026, 1, 5, 7, 30, tzinfo=VIETNAM)
CAUGHT_UP = datetime(2026, 6, 15, 17, 0, tzinfo=VIETNAM)
"""The evening of a Monday."""
DUE = datetime(2026, 6, 16, 8, 0, tzinfo=VIETNAM)
"""The next morning: the day's reminders are due."""
LATE = datetime(2026, 6, 18, 8, 0, tzinfo=VIETNAM)
"""Three mornings later."""

FIRST = 10
"""Ids of what is written here begin above this; task and coordinating office stand below."""
TASK = 1
OFFICE = 1
_PER_AGENCY = 50
_SHARED_BY = 60
"""So many agencies have a task in common, and with it the date."""

_scratch = MetaData()
_days = Table("fill_days", _scratch, Column("slot", Integer, primary_key=True), Column("due_on", Date, index=True))
_steps = Table(
    "fill_steps",
    _scratch,
    Column("due_on", Date, index=True),
    Column("rung", String(30)),
    Column("at", UtcDateTime),
    Column("role", String(20)),
    Column("kind", String(30)),
    Column("seat", Integer),
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written, and how long it took."""

    assignments: int
    planned: int
    notices: int
    seconds: float


def fill(url: str, calendar: WorkCalendar, count: int) -> None:
    """Write `count` assignments with everything that hangs on them into an empty office that nobody has open."""
    with bulk(url) as connection:
        indexes = [index for table in (planned, notices) for index in table.indexes]
        for index in indexes:
            index.drop(connection)
        _scratch.create_all(connection)
        _write_people(connection, max(1, count // _PER_AGENCY))
        _write_task(connection)
        _write_days(connection, calendar)
        _write_assignments(connection, count)
        _write_planned(connection)
        _write_notices(connection)
        for index in indexes:
            index.create(connection)
        _scratch.drop_all(connection)


@contextmanager
def bulk(url: str) -> Iterator[Connection]:
    """Give a connection without journal and without checks of references: the file is worthless if this fails."""
    engine = engine_of(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.commit()
        else:
            for line in ("session_replication_role = replica", "synchronous_commit = off", "work_mem = '512MB'",
                         "maintenance_work_mem = '1GB'"):  # fmt: skip
                connection.exec_driver_sql(f"SET {line}")
        yield connection
        connection.commit()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        else:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")


def engine_of(url: str) -> Engine:
    made = make_url(url)
    if made.get_backend_name() == "postgresql":
        made = made.set(drivername="postgresql+psycopg")
    return create_engine(made, poolclass=NullPool)


def _numbers(count: int) -> Any:
    """Return a column of the numbers below `count`."""
    first = select(literal(0).label("n")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count - 1))


def _write_people(connection: Connection, count: int) -> None:
    """One officer and one head in each agency, one coordinator; all of them can be reached."""
    base = {"created_at": ISSUED}
    head = Agency("VP", "Văn phòng UBND tỉnh", level="province_department", coordinating=True, relation="subordinate")
    connection.execute(
        insert(agencies).values(
            **base, id=OFFICE, code=head.code, name=head.name, name_folded="van phong ubnd tinh", level=head.level,
            relation=head.relation, coordinating=True,
        )
    )  # fmt: skip
    alike = {**base, "level": "commune_committee", "relation": "subordinate", "coordinating": False}
    places = [
        {**alike, "id": FIRST + n, "code": f"X{n}", "name": f"Xã {n}", "name_folded": f"xa {n}"} for n in range(count)
    ]
    connection.execute(insert(agencies), places)
    seats = [(Role.OFFICER, FIRST + n) for n in range(count)] + [(Role.HEAD, FIRST + n) for n in range(count)]
    seats.append((Role.COORDINATOR, OFFICE))
    write_seats(connection, seats, ISSUED)


def write_seats(connection: Connection, seats: Sequence[tuple[Role, int]], at: datetime) -> None:
    """Write a person for each seat (role, agency id), since a moment, each reached by a chat."""
    numbers = list(enumerate(seats, 1))
    connection.execute(
        insert(people),
        [{"created_at": at, "id": n, "name": f"Người {n}", "name_folded": f"nguoi {n}"} for n, _ in numbers],
    )
    connection.execute(
        insert(memberships),
        [
            {
                "created_at": at,
                "person_id": n,
                "agency_id": agency,
                "role": role.value,
                "state": Membership.ACTIVE.value,
            }
            for n, (role, agency) in numbers
        ],
    )
    connection.execute(
        insert(endpoints),
        [
            {"created_at": at, "id": n, "channel": "telegram", "chat": str(n), "person_id": n, "state": OPEN}
            for n, _ in numbers
        ],
    )


def _write_task(connection: Connection) -> None:
    plan = {"kind": "Kế hoạch", "number": "15/KH-UBND", "date": ISSUED.date(), "year": 2026, "state": "issued"}
    connection.execute(insert(plans).values(id=1, created_at=ISSUED, issued_at=ISSUED, **plan))
    version = {"number": 1, "file_name": "a.docx", "digest": "0" * 64, "draft": {}, "imported_at": ISSUED}
    connection.execute(insert(plan_versions).values(id=1, plan_id=1, **version))
    connection.execute(insert(matters).values(id=TASK, kind="task", opened_at=ISSUED))
    connection.execute(insert(tasks).values(id=TASK, plan_id=1, position=1))
    wording = {"content": "Rà soát thủ tục", "content_folded": "ra soat thu tuc", "deadline_raw": "", "product": ""}
    empty: dict[str, Any] = {"section": [], "lead": [], "coordinating": [], "following": [], "also": [], "source": {}}
    connection.execute(
        insert(task_versions).values(
            task_id=TASK, plan_version_id=1, deadline={"kind": "unspecified"}, **wording, **empty
        )
    )


def _write_days(connection: Connection, calendar: WorkCalendar) -> None:
    """The working days on which something is due, each with the ladder that is laid out for it."""
    every = (date(2026, 2, 1) + timedelta(days=n) for n in range(333))
    days = [day for day in every if calendar.is_working(day)]
    connection.execute(insert(_days), [{"slot": slot, "due_on": day} for slot, day in enumerate(days)])
    seats = {Role.OFFICER: 0, Role.HEAD: 1, Role.COORDINATOR: 2}
    rows = [
        {
            "due_on": day,
            "rung": step.rung.name,
            "at": step.at,
            "role": step.rung.role.value,
            "kind": step.rung.kind.value,
            "seat": seats[step.rung.role],
        }
        for day in days
        for step in lay_out(DEFAULT, Dates(ISSUED, None, day), calendar)
        if step.rung.role in seats
    ]
    connection.execute(insert(_steps), rows)


def _shared_by(count: int) -> int:
    return max(1, min(_SHARED_BY, count // 250))  # something is due on every day, also in a small office


def _write_assignments(connection: Connection, count: int) -> None:
    numbers = _numbers(count)
    slots = select(func.count()).select_from(_days).scalar_subquery()
    done = (_days.c.due_on <= CAUGHT_UP.date()) & (numbers.c.n % 10 != 0)
    closed = case((done, literal(ISSUED, UtcDateTime)), else_=None)
    opened = literal(ISSUED, UtcDateTime)
    slot = numbers.c.n // _shared_by(count) % slots
    rows = (
        select(numbers.c.n + FIRST, literal("assignment"), _days.c.due_on, literal(1), literal(1), opened, closed,
               literal(1))
        .select_from(numbers)
        .join(_days, _days.c.slot == slot)
    )  # fmt: skip
    columns = ["id", "kind", "due_on", "due_version", "calendar_version", "opened_at", "closed_at", "version"]
    connection.execute(insert(matters).from_select(columns, rows.order_by(numbers.c.n)))
    per_agency = matters.c.id % max(1, count // _PER_AGENCY)
    state = case((matters.c.closed_at.is_(None), State.ACCEPTED.value), else_=State.CONFIRMED.value)
    rows = select(
        matters.c.id,
        literal("NV-").concat(matters.c.id),
        literal(TASK),
        per_agency + FIRST,
        literal(0),
        cast(matters.c.id, String),
        cast(literal("{}"), JSON) if connection.dialect.name == "postgresql" else literal("{}"),
        literal(""),
        state,
        opened,
    ).where(matters.c.kind == "assignment")
    columns = ["id", "code", "task_id", "agency_id", "part", "period", "deadline", "product", "state", "issued_at"]
    connection.execute(insert(assignments).from_select(columns, rows.order_by(matters.c.id)))


def _write_planned(connection: Connection) -> None:
    past = _steps.c.at <= literal(CAUGHT_UP, UtcDateTime)
    open_state = case((past, planned_rows.SAID), else_=planned_rows.WAITING)
    state = case((matters.c.closed_at.is_(None), open_state), else_=planned_rows.CANCELLED)
    agency = case((_steps.c.seat == 2, OFFICE), else_=assignments.c.agency_id)
    rows: Select[Any] = (
        select(
            matters.c.id,
            _steps.c.rung,
            literal(1),
            _steps.c.at,
            agency,
            _steps.c.role,
            _steps.c.kind,
            state,
            literal(ISSUED, UtcDateTime),
        )
        .select_from(matters)
        .join(assignments, assignments.c.id == matters.c.id)
        .join(_steps, _steps.c.due_on == matters.c.due_on)
        .order_by(matters.c.id)
    )
    columns = ["matter_id", "rung", "due_version", "at", "agency_id", "role", "kind", "state", "previewed_at"]
    connection.execute(insert(planned).from_select(columns, rows))


def _write_notices(connection: Connection) -> None:
    """What was said of the assignments that are open still."""
    seats = select(func.count()).select_from(agencies).scalar_subquery() - 1
    person = case(
        (planned.c.role == Role.OFFICER.value, planned.c.agency_id - FIRST + 1),
        (planned.c.role == Role.HEAD.value, planned.c.agency_id - FIRST + 1 + seats),
        else_=2 * seats + 1,
    )
    occasion = literal("rung:").concat(planned.c.rung).concat(":due").concat(planned.c.due_version)
    rows = (
        select(planned.c.matter_id, occasion, person, planned.c.agency_id, planned.c.role, planned.c.kind,
               literal("merged"), literal(False), planned.c.at, planned.c.at)
        .where(planned.c.state == planned_rows.SAID)
        .order_by(planned.c.id)
    )  # fmt: skip
    columns = ["matter_id", "occasion", "person_id", "agency_id", "role", "kind", "state", "urgent", "not_before",
               "created_at"]  # fmt: skip
    connection.execute(insert(notices).from_select(columns, rows))


def counts(unit: Unit) -> dict[str, int]:
    """Return how many rows there are."""
    tables = {"assignments": assignments, "planned": planned, "notices": notices}
    return {
        name: unit.conn.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.items()
    }
