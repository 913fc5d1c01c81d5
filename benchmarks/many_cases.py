"""A register with very many cases of three years, written in bulk as the product would have, on its last morning.

Nineteen in twenty have ended; each tells something else, of a procedure, a place and an agency; one in four is about
conduct. Senders, questions and answers are there; what happened step by step is not, for nothing here reads it but a
single case.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    String,
    case,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy.schema import CreateIndex

from benchmarks.case_traces import write_answers, write_handlings, write_planned, write_publications
from benchmarks.case_words import (
    AGENCIES,
    DAYS,
    FIELDS,
    FIRST,
    LAST,
    NOW,
    NTH,
    OFFICE,
    PROCEDURES,
    SCRATCH,
    SOURCES,
    TROUBLES,
    WORDS,
    write_days,
    write_words,
)
from benchmarks.many import bulk, write_seats
from domain.cases.lifecycle import State
from domain.people import Role
from domain.workdays import WorkCalendar
from storage.schema import (
    agencies,
    case_answers,
    case_handlings,
    case_publications,
    cases,
    citizens,
    matters,
    planned,
)
from storage.search import PUBLIC, SEARCH
from storage.types import UtcDateTime


def fill(url: str, calendar: WorkCalendar, count: int) -> None:
    """Write `count` cases with what hangs on them into an empty office that nobody has open."""
    with bulk(url) as connection:
        sqlite_search = connection.dialect.name == "sqlite"
        triggers = _drop_triggers(connection) if sqlite_search else []
        filled = (cases, case_handlings, case_answers, case_publications, citizens, planned)
        indexes = sorted((one for table in filled for one in table.indexes), key=lambda one: str(one.name))
        for index in indexes:
            index.drop(connection)
        SCRATCH.create_all(connection)
        _write_people(connection)
        write_days(connection, calendar)
        write_words(connection)
        _write_cases(connection, count)
        write_handlings(connection)
        write_answers(connection)
        write_publications(connection)
        write_planned(connection)
        for index in indexes:
            connection.execute(CreateIndex(index))
        if sqlite_search:
            for name in (SEARCH, PUBLIC):
                connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
            for trigger in triggers:
                connection.exec_driver_sql(trigger)
        SCRATCH.drop_all(connection)


def _drop_triggers(connection: Connection) -> list[str]:
    """Drop what keeps the search index while rows are written one by one; return how to make it again."""
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('cases', 'case_publications')"
    ).all()
    for name, _ in rows:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [sql for _, sql in rows]


def _write_people(connection: Connection) -> None:
    base = {"created_at": NOW}
    alike = {**base, "relation": "subordinate", "coordinating": False}
    office = {**alike, "id": OFFICE, "code": "VP", "name": "Văn phòng UBND tỉnh", "name_folded": "van phong ubnd tinh",
              "level": "province_department", "coordinating": True}  # fmt: skip
    places = [
        {**alike, "id": FIRST + n, "code": f"X{n}", "name": f"UBND xã Số {n}", "name_folded": f"ubnd xa so {n}",
         "level": "commune_committee"}
        for n in range(AGENCIES)
    ]  # fmt: skip
    connection.execute(insert(agencies), [office, *places])
    seats = [(Role.COORDINATOR, OFFICE), (Role.LEADER, OFFICE), *((Role.OFFICER, one["id"]) for one in places)]
    write_seats(connection, seats, NOW)


def _numbers(count: int) -> Any:
    first = select(literal(0).label("n")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count - 1))


def _lag(n: Any) -> Any:
    """Days from the receipt to the end."""
    return 2 + n * 7 % 23


def _write_cases(connection: Connection, count: int) -> None:
    numbers = _numbers(count)
    n = numbers.c.n
    slot = n * literal(LAST + 1) // count
    begun, ended = DAYS.alias("begun"), DAYS.alias("ended")
    stays = (n % 97 == 0) & (n * 5 % 7 == 0)  # somebody forgot it
    closed = case((stays, null()), else_=ended.c.at)
    rows = (
        select(n + FIRST, literal("case"), begun.c.due, literal(1), literal(1), begun.c.at, closed, literal(1))
        .select_from(numbers)
        .join(begun, begun.c.slot == slot)
        .outerjoin(ended, ended.c.slot == slot + _lag(n))
    )
    columns = ["id", "kind", "due_on", "due_version", "calendar_version", "opened_at", "closed_at", "version"]
    connection.execute(insert(matters).from_select(columns, rows.order_by(n)))
    connection.execute(
        insert(citizens).from_select(
            ["id", "kind", "created_at"],
            select(matters.c.id, literal("person"), matters.c.opened_at).order_by(matters.c.id),
        )
    )
    connection.execute(insert(cases).from_select(*_cases()))


def _state() -> Any:
    r = NTH % 20
    ended = (
        ((r > 3) & (r < 7), State.PUBLISHED.value),
        (matters.c.closed_at < literal(NOW - timedelta(days=30), UtcDateTime), State.ARCHIVED.value),
        (r == 0, State.REFUSED.value),
        (r == 1, State.GUIDED.value),
        (r == 2, State.FORWARDED_OUTSIDE.value),
        (NTH % 40 == 3, State.MERGED.value),
        (NTH % 40 == 23, State.WITHDRAWN.value),
    )
    opened = (
        (r < 5, State.WAITING_RECEPTION.value),
        (r < 8, State.FORWARDED.value),
        (r < 10, State.CLARIFYING.value),
    )
    return case(
        (matters.c.closed_at.is_not(None), case(*ended, else_=State.ANSWERED.value)),
        else_=case(*opened, else_=State.IN_PROGRESS.value),
    )


def _cases() -> tuple[list[str], Select[Any]]:
    procedure, trouble, field, source, begun = (
        *(WORDS.alias(one) for one in ("procedure", "trouble", "field", "source")),
        DAYS.alias("begun"),
    )
    place = func.coalesce("phường Số ", "").concat((NTH * 13 % 331).cast(String))
    content = (
        procedure.c.text.concat(" tại ")
        .concat(place)
        .concat(": ")
        .concat(trouble.c.text)
        .concat(", hồ sơ số ")
        .concat(matters.c.id.cast(String))
    )
    folded = (
        procedure.c.folded.concat(" tai phuong so ")
        .concat((NTH * 13 % 331).cast(String))
        .concat(" ")
        .concat(trouble.c.folded)
        .concat(" ho so so ")
        .concat(matters.c.id.cast(String))
    )
    unrouted = (matters.c.closed_at.is_(None)) & (NTH % 20 < 5)
    ended_on = DAYS.alias("ended_on")
    values: dict[str, Any] = {
        "id": matters.c.id,
        "code": literal("PAKN-SL-2026-").concat(matters.c.id.cast(String)),
        "secret_hash": literal("0" * 64),
        "kind": case((NTH % 4 == 0, "conduct"), else_="regulation"),
        "state": _state(),
        "citizen_id": matters.c.id,
        "channel": literal("telegram"),
        "source": source.c.text,
        "content": content,
        "about": literal("UBND xã Số ").concat((NTH * 31 % AGENCIES).cast(String)),
        "folded": folded,
        "field": field.c.text,
        "agency_id": case((unrouted, null()), else_=NTH * 31 % AGENCIES + FIRST),
        "bounces": case((NTH % 17 == 0, 1), else_=0),
        "received_at": matters.c.opened_at,
        "received_on": begun.c.day,
        "passed_on": case((unrouted, null()), else_=ended_on.c.day),
        "ended_at": matters.c.closed_at,
        "answered_at": case((NTH % 20 > 3, matters.c.closed_at)),
        "law_pack": literal("NĐ 20/2008"),
        "master_id": case((NTH % 40 == 3, matters.c.id - 1)),
    }
    rows = (
        select(*values.values())
        .select_from(matters)
        .join(begun, begun.c.at == matters.c.opened_at)
        .outerjoin(ended_on, ended_on.c.slot == begun.c.slot + 1 + NTH % 6)
        .join(procedure, (procedure.c.kind == "procedure") & (procedure.c.slot == NTH * 3 % len(PROCEDURES)))
        .join(trouble, (trouble.c.kind == "trouble") & (trouble.c.slot == NTH * 5 % len(TROUBLES)))
        .join(field, (field.c.kind == "field") & (field.c.slot == NTH * 3 % len(FIELDS)))
        .join(source, (source.c.kind == "source") & (source.c.slot == NTH % len(SOURCES)))
        .order_by(matters.c.id)
    )
    return list(values), rows
